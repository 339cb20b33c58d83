import pytest

from tests.bot.wire.rendering import addressed, links
from tests.bot.wire.tricks import STRANGER, TRICKS

HARMLESS = {"\u202e"}


@pytest.mark.parametrize("trick", [each for each in TRICKS if "\u200b" not in each])
def test_every_trick_would_work_if_nobody_prevented_it(trick: str) -> None:
    message = {"embeds": [{"description": f"see {trick}"}]}
    assert links(message) or addressed(message)


def test_a_backslash_takes_the_meaning_from_a_mark() -> None:
    text = f"\\[a\\](https\\://evil.example) \\<@{STRANGER}\\>"
    assert links({"content": text}) == set()
    assert addressed({"content": text}) == set()


def test_two_backslashes_do_not() -> None:
    assert links({"content": r"\\[a](https://evil.example)"}) == {"https://evil.example"}


def test_the_addresses_of_buttons_and_titles_are_links() -> None:
    message = {
        "embeds": [{"url": "https://a.example"}],
        "components": [{"url": "https://b.example"}],
    }
    assert links(message) == {"https://a.example", "https://b.example"}


def test_author_and_footer_of_an_embed_are_plain() -> None:
    message = {"embeds": [{"footer": {"text": "@everyone https://evil.example"}}]}
    assert links(message) == addressed(message) == set()
