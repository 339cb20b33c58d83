"""Splits what a chat model wrote into sentences, each with the passages that it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.sentences import Span, sentence_spans
from knowledge.writing.cleaning import plain_paragraphs
from knowledge.writing.marks import Marked, marked

LONGEST_HEADING = 8  # words of a line without a stop, that are no sentence
SHORTEST = 3  # the same for a line with a mark

ENDS = (".", "!", "?", ":", ";", "”", '"', ")", "…")
_PREAMBLE = re.compile(
    r"(?:sure|certainly|of course|okay|ok|great question|thank you|thanks|here(?:['’]s| is| are)|"  # noqa: RUF001
    r"below is|i hope|let me know|feel free|in summary:|to summari[sz]e:|the answer is:)\b.*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:based on|according to|as per|from) (?:the |these |those )?(?:provided |given |available |"
    r"above )?(?:passages?|sources?|texts?|documents?|context|information)"
    r"(?: provided| given| above)?,\s+(?=\w)",
    re.IGNORECASE,
)
_GIVEN = (
    r"(?:the|these|those|any of the|none of the)\s(?:provided |given |available |cited )?"
    r"(?:passages?|sources?|context|material|information)(?: provided| given| here| above)?"
)
_SAYS_NOTHING = re.compile(
    rf"\b{_GIVEN} (?:(?:do|does|did)(?: not|n['’]t)(?: \w+ly)? (?:say|mention|address|state|"  # noqa: RUF001
    r"specify|cover|answer|explain|discuss|contain|provide|give|offer|include|define|describe|"
    r"indicate|tell)|(?:contains?|provides?|offers?|gives?|includes?|makes?|says?) "
    r"(?:no\b|nothing\b))|"
    rf"\b(?:not|n['’]t|never) (?:\w+ly )?(?:\w+ed|said|given|told) (?:in|by) {_GIVEN}",  # noqa: RUF001
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A sentence that a chat model wrote.

    Attributes:
        text: without marks.
        marks: numbers that it cites, as written.
        paragraph: in which it stands, from 0.
    """

    text: str
    marks: tuple[int, ...]
    paragraph: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a chat model wrote.

    Attributes:
        said: its sentences, in order, none twice.
        partly: whether it says that the passages leave a part of the question open.
    """

    said: tuple[Said, ...]
    partly: bool


def split(reply: str, *, most: int, cut: bool) -> Told:
    """The sentences of a reply.

    Args:
        reply: as the model wrote it.
        most: the highest number that was given to a passage.
        cut: whether its end is missing; then its last sentence is left out.
    """
    paragraphs, partly = plain_paragraphs(reply)
    said: list[Said] = []
    for number, lines in enumerate(paragraphs):
        for line in lines:
            said += _sentences(marked(line, most), number)
    if cut and said and not (said[-1].marks and said[-1].text.endswith(ENDS)):
        said.pop()
    silent = [each for each in said if _says_nothing(each.text)]
    kept = {" ".join(each.text.lower().split()): each for each in reversed(said)}
    shown = sorted(kept.values(), key=said.index)
    return Told(
        said=tuple(each for each in shown if each not in silent and not _is_no_claim(each)),
        partly=partly or bool(silent),
    )


def _sentences(line: Marked, paragraph: int) -> Iterator[Said]:
    spans = sentence_spans(line.text)
    held: dict[Span, list[int]] = {span: [] for span in spans}
    for position, number in line.marks:
        before = [span for span in spans if span[0] < position] or spans[:1]
        if before:
            held[before[-1]].append(number)
    for start, end in spans:
        text = _without_lead(line.text[start:end].lstrip("> "))  # no quote of a document
        if text:
            marks = tuple(dict.fromkeys(held[start, end]))
            yield Said(text=text, marks=marks, paragraph=paragraph)


def _without_lead(sentence: str) -> str:
    match = _LEAD.match(sentence)
    if not match:
        return sentence
    rest = sentence[match.end() :]
    return rest[:1].upper() + rest[1:]


def _says_nothing(sentence: str) -> bool:
    """Whether a sentence only tells what the passages lack."""
    return bool(_SAYS_NOTHING.search(sentence))


def _is_no_claim(said: Said) -> bool:
    """Whether it is a question, a heading, a greeting or an announcement."""
    if said.text.endswith("?") or not any(sign.isalnum() for sign in said.text):
        return True
    words = len(said.text.split())
    if said.marks:
        return words <= SHORTEST and not said.text.endswith(ENDS)
    return bool(_PREAMBLE.fullmatch(said.text)) or (
        words <= LONGEST_HEADING and not said.text.endswith(ENDS)
    )
