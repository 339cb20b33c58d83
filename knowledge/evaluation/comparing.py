"""Whether two texts say the same words, whatever their spaces, line ends and ligatures."""

import re
import unicodedata
from difflib import SequenceMatcher

SHARE_OF_QUOTE = 0.6  # of its words, in one run

_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=\w)")


def plain(text: str) -> str:
    """The text after NFKC, with words broken at a line end joined and white space collapsed."""
    return " ".join(_BROKEN_WORD.sub("", unicodedata.normalize("NFKC", text)).split())


def holds_quote(text: str, quote: str) -> bool:
    """Whether the longest run of words that both share covers enough of the quote."""
    held, wanted = plain(text).split(), plain(quote).split()
    matcher = SequenceMatcher(None, held, wanted, autojunk=False)
    return matcher.find_longest_match().size >= SHARE_OF_QUOTE * len(wanted)


def states_fact(text: str, fact: str) -> bool:
    """Whether one of the fact's alternatives, separated by `|`, stands in the text in any case."""
    folded = plain(text).casefold()
    return any(plain(each).casefold() in folded for each in fact.split("|") if each.strip())
