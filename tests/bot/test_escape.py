import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.message.escape import clip, dotted, escape, escape_within, link, public_url, size

PLAIN = "Art. 53(2), first subparagraph: models released in 2024, “free and open-source”."


def test_ordinary_text_stays_as_it_is() -> None:
    assert escape(PLAIN) == PLAIN


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ ~c~ |d| `e`", r"\*a\* \_b\_ \~c\~ \|d\| \`e\`"),
        ("[here](https://evil.example)", r"\[here\](https\://evil.example)"),
        ("<@1> <t:1:R>", r"\<@1\> \<t\:1\:R\>"),
        ("# a\n- b\n1. c\n-# d", "\\# a\n\\- b\n1\\. c\n\\-# d"),
        (":smile: at 10:30", r"\:smile: at 10\:30"),
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
        ("discord.gg/x", r"discord\.gg/x"),
        ("a\u202eb\x00c\ud800d", "abcd"),
        ("a\r\nb\u2028c", "a\nb\nc"),
    ],
)
def test_markup_and_mentions_show_as_they_are_written(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(st.text(), st.integers(0, 40))
def test_cut_text_fits(text: str, limit: int) -> None:
    assert size(escape_within(text, limit)) <= limit
    assert size(clip(text, limit)) <= max(limit, 1)


def test_cuts_fall_between_words() -> None:
    assert escape_within("one two three four", 12) == "one two…"


def test_a_cut_never_leaves_half_an_escape() -> None:
    for limit in range(1, 12):
        assert not escape_within("*" * 9, limit).rstrip("…").endswith("\\\\")
        assert escape_within("*" * 9, limit).count("\\") == escape_within("*" * 9, limit).count("*")


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x_(y) z", "https://a.example/x_%28y%29%20z"),
        ("https://a.example/#:~:text=a%20b,c", "https://a.example/#:~:text=a%20b,c"),
        ("https://a.example/" + "#" + "x" * 2000, "https://a.example/"),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        (None, None),
    ],
)
def test_only_public_addresses_become_links(url: str | None, safe: str | None) -> None:
    assert public_url(url) == safe
    assert link("label", url) == (f"[label]({safe})" if safe else "label")


def test_dots_stay_at_the_end_of_a_line() -> None:
    assert dotted(["Law", "in force"], 50) == "Law\u00a0· in force"
