"""Shows which sentences of a chat model an answer left out, and why."""

from collections.abc import Iterator, Sequence

from bot.message.escape import escape_within, one_line, size
from bot.words import Words
from knowledge.model import Removed
from knowledge.policy import is_operational

SENTENCE_LIMIT = 400
DETAIL_LIMIT = 80
LIMIT = 1700  # for the narrowest place, a message of text


def removed_text(removed: Sequence[Removed], count: int, words: Words) -> str:
    """The sentences, each with the reason in words, as far as there is room.

    Args:
        removed: the sentences, as far as they are remembered.
        count: of all of them.
        words: of the reader's language.
    """
    if not removed:
        return words("removed.forgotten", count=count)
    shown, lines = "", list(_lines(removed, words))
    for number, line in enumerate(lines):
        longer = f"{shown}\n\n{line}" if shown else line
        if size(longer) > LIMIT:
            return f"{shown}\n\n{words('removed.more', count=len(lines) - number)}"
        shown = longer
    return shown


def reason_words(removed: Removed, words: Words) -> str:
    """Why a sentence was left out; escaped."""
    key = f"removed.reason.{removed.reason}"
    why = words(key if key in words else "removed.reason.uncovered")
    detail = escape_within(one_line(removed.detail), DETAIL_LIMIT)
    return words("removed.detail", why=why, detail=detail) if detail else why


def _lines(removed: Sequence[Removed], words: Words) -> Iterator[str]:
    for each in removed:
        # what would do harm as a quote does so here, too
        harmful = is_operational(each.sentence)
        sentence = (
            words("removed.hidden")
            if harmful
            else escape_within(one_line(each.sentence), SENTENCE_LIMIT)
        )
        yield f"> {sentence}\n↳ {reason_words(each, words)}"
