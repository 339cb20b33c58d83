"""Every hop is checked, and what was checked is what is dialled."""

import ssl
from collections.abc import Iterator

import pytest
import trustme

from knowledge.errors import CaveatError, FailedSourceError, RejectedSourceError
from tests.ingest.fetch.web import Names, Page, Web, fetcher, serving

AUTHORITY = trustme.CA()


@pytest.fixture
def secure_web() -> Iterator[Web]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("documents.example").configure_cert(tls)
    with serving(tls) as served:
        yield served


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


def test_redirects_are_followed_to_the_document(web: Web) -> None:
    web.redirect("/a", "/b?utm_source=kept#part")
    web.redirect("/b?utm_source=kept", web.url("/c/../d"), 307)
    web.page("/d", Page(body=b"words"))
    with fetcher() as fetching:
        fetched = fetching.fetch(web.url("/a"))
    assert (fetched.data, fetched.url) == (b"words", web.url("/d"))
    assert fetched.redirected_permanently_to is None


def test_only_what_moved_for_good_is_a_new_address(web: Web) -> None:
    web.redirect("/a", "/b", 301)
    web.redirect("/b", "/c?utm_medium=x", 308)
    web.redirect("/c?utm_medium=x", "/d", 302)
    web.redirect("/d", "/e", 301)
    web.page("/e", Page())
    with fetcher() as fetching:
        fetched = fetching.fetch(web.url("/a"))
    assert fetched.url == web.url("/e")
    assert fetched.redirected_permanently_to == web.url("/c")


def test_a_circle_of_redirects_is_given_up(web: Web) -> None:
    web.redirect("/a", "/b")
    web.redirect("/b", "/a")
    with fetcher() as fetching, pytest.raises(FailedSourceError, match="in a circle"):
        fetching.fetch(web.url("/a"))
    assert web.asked == ["/a", "/b"]


def test_five_redirects_are_followed_and_no_more(web: Web) -> None:
    for step in range(6):
        web.redirect(f"/{step}", f"/{step + 1}")
    web.page("/6", Page(body=b"words"))
    with fetcher() as fetching:
        assert fetching.fetch(web.url("/1")).data == b"words"
        with pytest.raises(FailedSourceError, match="more than 5 times"):
            fetching.fetch(web.url("/0"))


def test_a_redirect_to_nowhere_is_a_failure(web: Web) -> None:
    web.page("/a", Page(status=302, body=b""))
    with fetcher() as fetching, pytest.raises(FailedSourceError, match="without saying where"):
        fetching.fetch(web.url("/a"))


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.2:{port}/b", r"redirects to 127\.0\.0\.2: .*a loopback address"),
        ("//127.0.0.2:{port}/b", "a loopback address"),
        ("http://2130706434:{port}/b", "a loopback address"),
        ("http://[::1]:{port}/b", "a loopback address"),
        ("http://[::ffff:127.0.0.2]:{port}/b", "an IPv6 form of"),
        ("http://169.254.169.254/latest/meta-data/", "a metadata service"),
        ("http://localhost:{port}/b", "a name of a local network"),
        ("http://inside.example:{port}/b", r"inside\.example leads to 10\.0\.0\.7"),
        ("file:///etc/passwd", "not file"),
        ("gopher://127.0.0.1/", "not gopher"),
        ("http://user:hunter2@127.0.0.1/", "a user name or a password"),
    ],
)
def test_a_redirect_away_from_the_public_web_is_refused(
    web: Web, location: str, reason: str
) -> None:
    web.redirect("/a", location.format(port=web.port))
    names = {"inside.example": [["10.0.0.7"]]}
    with (
        fetcher(strict=True, names=names) as fetching,
        pytest.raises(RejectedSourceError, match=reason) as caught,
    ):
        fetching.fetch(web.url("/a"))
    assert "redirects" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert web.asked == ["/a"]


def test_a_name_is_looked_up_once_so_that_it_cannot_change_after_the_check(web: Web) -> None:
    names = Names({"rebinding.example": [["127.0.0.1"], ["127.0.0.2"]]})
    web.redirect("/a", "/b")
    web.page("/b", Page(status=503), Page(body=b"words"))
    with fetcher(strict=True, names=names) as fetching:
        fetched = fetching.fetch(web.url("/a", host="rebinding.example"))
        assert fetched.data == b"words"
        assert names.asked == ["rebinding.example"]  # for robots.txt, two hops and a retry
        assert web.headers[-1]["Host"] == f"rebinding.example:{web.port}"
        with pytest.raises(RejectedSourceError, match=r"leads to 127\.0\.0\.2"):
            fetching.fetch(web.url("/b", host="rebinding.example"))
    assert len(names.asked) == 2


def test_one_private_address_among_public_ones_refuses_the_name(web: Web) -> None:
    web.page("/a", Page())
    names = {"mixed.example": [["127.0.0.1", "10.0.0.1"]]}
    with (
        fetcher(strict=True, names=names) as fetching,
        pytest.raises(RejectedSourceError, match=r"10\.0\.0\.1, a private address"),
    ):
        fetching.fetch(web.url("/a", host="mixed.example"))
    assert web.headers == []


def test_private_addresses_are_read_where_the_operator_allows_them(web: Web) -> None:
    web.page("/a", Page(body=b"words"))
    names = {"intranet": [["127.0.0.1"]]}
    with fetcher(names=names) as fetching:
        assert fetching.fetch(web.url("/a", host="intranet")).data == b"words"
        assert fetching.fetch(f"http://2130706433:{web.port}/a").data == b"words"


def test_proxies_of_the_environment_are_not_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.page("/a", Page())
    with fetcher() as fetching:
        assert fetching.fetch(web.url("/a")).data == b"text"


def test_tls_verifies_the_name_although_an_address_is_dialled(secure_web: Web) -> None:
    secure_web.page("/a", Page(body=b"words"))
    names = {"documents.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}
    with fetcher(names=names, tls=trusting(), strict=True) as fetching:
        assert fetching.fetch(secure_web.url("/a", host="documents.example")).data == b"words"
        with pytest.raises(FailedSourceError, match=r"certificate of other\.example.*mismatch"):
            fetching.fetch(secure_web.url("/a", host="other.example"))


def test_a_certificate_that_nobody_vouches_for_is_a_failure_and_not_retried(
    secure_web: Web,
) -> None:
    names = Names({"documents.example": [["127.0.0.1"]]})
    with (
        fetcher(names=names) as fetching,
        pytest.raises(FailedSourceError, match=r"certificate .* not valid \("),
    ):
        fetching.fetch(secure_web.url("/a", host="documents.example"))
    assert secure_web.headers == []


def test_a_server_that_speaks_no_tls_is_named(web: Web) -> None:
    names = {"documents.example": [["127.0.0.1"]]}
    with (
        fetcher(names=names) as fetching,
        pytest.raises(FailedSourceError, match=r"connection to documents\.example"),
    ):
        fetching.fetch(f"https://documents.example:{web.port}/a")


def test_a_redirect_from_https_to_http_is_refused(secure_web: Web, web: Web) -> None:
    secure_web.redirect("/a", web.url("/a", host="documents.example"))
    names = {"documents.example": [["127.0.0.1"]]}
    with (
        fetcher(names=names, tls=trusting()) as fetching,
        pytest.raises(RejectedSourceError, match="from https to unprotected http"),
    ):
        fetching.fetch(secure_web.url("/a", host="documents.example"))
    assert web.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://opener:hunter2@127.0.0.1:{port}/a",
        "http://opener:hunter2@10.0.0.1/",
        "ftp://opener:hunter2@example.org/",
        "http://opener:hunter2@[::1/",
        "http://opener:hunter2@localhost:99999/",
        "opener:hunter2@example.org",
        "http://127.0.0.1:{port}/missing?token=hunter2",
        "http://127.0.0.1:{port}/robbed?token=hunter2",
        "http://127.0.0.1:{port}/moved?token=hunter2",
        "http://10.0.0.1/?token=hunter2",
    ],
)
def test_no_message_tells_a_secret_of_the_address(web: Web, url: str) -> None:
    web.page("/robots.txt", Page(body=b"User-agent: *\nDisallow: /robbed\n"))
    web.redirect("/moved?token=hunter2", "http://opener:hunter2@10.0.0.1/?hunter2")
    with fetcher(strict=True) as fetching, pytest.raises(CaveatError) as caught:
        fetching.fetch(url.format(port=web.port))
    assert "hunter2" not in str(caught.value)
    assert "opener" not in str(caught.value)
