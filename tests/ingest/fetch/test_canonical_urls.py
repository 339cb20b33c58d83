"""One spelling for each address."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.errors import RejectedSourceError
from knowledge.web import canonical_url, follow, without_credentials


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("  https://example.org/a \n", "https://example.org/a"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("http://example.org:80/", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://example.org:/", "http://example.org/"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org/%7euser/%c3%bc", "https://example.org/~user/%C3%BC"),
        ("https://example.org/a/./b/../c/", "https://example.org/a/c/"),
        ("https://example.org/a/%2e%2e/b", "https://example.org/b"),
        ("https://example.org/../../a", "https://example.org/a"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://example.org/a//b", "https://example.org/a//b"),
        ("https://example.org/?b=2&a=1&b=3", "https://example.org/?b=2&a=1&b=3"),
        ("https://example.org/?utm_source=x&id=7&FBCLID=9&gclid=1", "https://example.org/?id=7"),
        ("https://example.org/?utm%5Fsource=x", "https://example.org/"),
        ("https://example.org/?", "https://example.org/"),
        ("https://example.org/?q=a+b%2bc", "https://example.org/?q=a+b%2Bc"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[2001:DB8:0:0::1]:80/", "http://[2001:db8::1]/"),
    ],
)
def test_spellings_of_one_address_have_one_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(
    st.one_of(
        st.builds(
            "{}://{}{}/{}?{}#{}".format,
            st.sampled_from(["http", "HTTPS"]),
            st.one_of(st.from_regex(r"[a-zA-Z0-9.\-]{1,20}", fullmatch=True), st.text(max_size=8)),
            st.sampled_from(["", ":80", ":443", ":8080"]),
            st.text(max_size=20),
            st.text(alphabet="abut_m=&%20ü?/+", max_size=20),
            st.text(max_size=5),
        ),
        st.text(),
    )
)
@example("http://a.example/%%32%35?%2&%&=")
@example("http://a.example//..//./%2e./")
def test_a_canonical_url_stays_what_it_is(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except RejectedSourceError:
        return
    assert canonical_url(canonical) == canonical
    assert canonical.isascii()
    assert urlsplit(canonical).hostname


def test_following_a_redirect_keeps_the_parameters_a_server_insists_on() -> None:
    assert follow("https://a.example/x/y", "../z?utm_source=s") == (
        "https://a.example/z?utm_source=s"
    )


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("ftp://a.example/", "not ftp"),
        ("file:///etc/passwd", "not file"),
        ("http://a.example/", "from https to unprotected http"),
        ("https://user:pw@a.example/", "a user name or a password"),
        ("https://[", "not a web address"),
        ("https://a.example:22/", "port 22"),
    ],
)
def test_a_redirect_out_of_the_protected_web_is_refused(location: str, reason: str) -> None:
    with pytest.raises(RejectedSourceError, match="redirects") as caught:
        follow("https://a.example/", location)
    assert reason in str(caught.value)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@a.example/x", "https://a.example/x"),
        ("https://user@a.example", "https://a.example"),
        ("https://a:secret@b@a.example/", "https://a.example/"),
        ("user:secret@a.example/x", "a.example/x"),
        ("https://user:se/cr#e?t@a.example/x", "https://a.example/x"),
        ("https://user:\nsecret@a.example/x", "https://a.example/x"),
        ("https://a.example:80/@name", "https://a.example:80/@name"),
        ("https://[::1]/@name", "https://[::1]/@name"),
        ("https://a.example/@name?x=a@b", "https://a.example/@name?x=a@b"),
        ("http:\\\\user:secret@a.example", "http:\\\\a.example"),
    ],
)
def test_a_url_is_shown_without_credentials(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
