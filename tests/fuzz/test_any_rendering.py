"""Whatever stands in a quote or a question, Discord shows it and does nothing else with it."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.message import question_line
from bot.message.escape import (
    clean,
    clip,
    dotted,
    escape,
    escape_within,
    link,
    one_line,
    public_url,
    size,
)
from bot.message.marked import Look, blocks, marked_paragraphs
from tests.fuzz.strategies import TEXTS

UNHURRIED = settings(deadline=None)
# a mark that Discord would read, with an even number of backslashes in front of it
_LIVE = re.compile(r"(?<!\\)(?:\\\\)*[*_~`|<>\[\]]")
_MENTION = re.compile(r"@(?:everyone|here)|(?<!\\)<[@#/:t]", re.IGNORECASE)


@given(text=TEXTS)
@UNHURRIED
def test_escaped_text_has_no_markup_and_mentions_nobody(text: str) -> None:
    shown = escape(text)
    assert not _LIVE.search(shown)
    assert not _MENTION.search(shown)
    assert not re.search(r"^\s*(?:#|-#|>|[-+*] |\d+[.)])", shown, re.MULTILINE)


@given(text=TEXTS)
@UNHURRIED
def test_what_is_escaped_reads_as_it_was_written(text: str) -> None:
    plain = re.sub(r"\\(.)", r"\1", escape(text).replace("@\u200b", "@"), flags=re.DOTALL)
    # a backslash before a letter or digit of the original is doubled, and so read back
    assert plain == clean(text).replace("@\u200b", "@")


@given(text=TEXTS, limit=st.integers(1, 400))
@UNHURRIED
def test_everything_fits_its_limit(text: str, limit: int) -> None:
    assert size(escape_within(text, limit)) <= limit
    assert size(clip(text, limit)) <= limit
    assert size(dotted([text, text], limit)) <= limit
    assert "\n" not in one_line(text)


@given(text=TEXTS, limit=st.integers(200, 2000))
@UNHURRIED
def test_every_paragraph_fits_its_limit(text: str, limit: int) -> None:
    shown = marked_paragraphs(text, Look(cited={}, labels={}), limit)
    assert all(size(paragraph) <= limit for paragraph in shown)


@given(text=TEXTS)
@UNHURRIED
def test_the_blocks_of_a_text_lose_no_word_of_it(text: str) -> None:
    held = "".join("".join(block.text.split()) for block in blocks(text))
    wanted = "".join(text.split())
    assert held.replace(">", "") == wanted.replace(">", "")


@given(url=TEXTS, label=TEXTS)
@UNHURRIED
def test_links_lead_to_web_addresses_only(url: str, label: str) -> None:
    safe = public_url(url)
    assert safe is None or re.match(r"https?://[^\s()<>]+\Z", safe)
    link(escape(label), url)


@given(question=TEXTS)
@UNHURRIED
def test_a_question_that_was_shown_is_read_back(question: str) -> None:
    shown = question_line.write(question)
    assert not _MENTION.search(shown)
    question_line.read(shown)
