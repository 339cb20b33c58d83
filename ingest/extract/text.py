"""Reads plain text: its encoding, and the paragraphs that its lines make."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from ingest.extract.characters import one_line
from ingest.extract.encodings import decode
from ingest.extract.front_matter import split_front_matter
from ingest.extract.hyphens import join_lines, vocabulary
from ingest.extract.labels import is_title
from ingest.extract.markers import glue_markers
from ingest.extract.records import Block, Parsed
from ingest.extract.titles import is_notice

_MARKER = re.compile(
    r"(?:[-*•·\u2013—▪◦‣]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]|\d+(?:\.\d+)+\.?)\s+\S"
)
_BULLET = re.compile(r"\A[*•·▪◦‣\u2013]\s+")
_LABEL = re.compile(
    r"(?:Section|Sec\.|Article|Art\.|Annex|Chapter|Part|Title|§)\s+[\dIVXLC]", re.IGNORECASE
)
_RULE = re.compile(r"[-=_*~#.\s]{3,}\Z")
_TITLE_LENGTH = 200
_HEADING_LENGTH = 100
_FEWEST_BELOW = 120
_MOST_WORDS = 14
_WRAP_TOLERANCE = 0.75


def read(data: bytes, name: str) -> Parsed:
    """The paragraphs of a plain text; its first short line is the title.

    Raises:
        FailedSourceError: no encoding fits its bytes.
    """
    del name
    metadata, body = split_front_matter(normalised_line_ends(decode(data)))
    blocks = blocks_of_text(body)
    if metadata.title is None:
        metadata = replace(metadata, title=_title(blocks))
    return Parsed(blocks=tuple(blocks), metadata=metadata)


def blocks_of_text(text: str) -> list[Block]:
    """The paragraphs of a text that has no markup, title lines made headings."""
    paragraphs = paragraphs_of(text)
    return list(mark_title_lines(glue_markers(Block(text=part) for part in paragraphs if part)))


def normalised_line_ends(text: str) -> str:
    """`text` with line feeds only; spaces stay, since indentation has a meaning."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def mark_title_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those that read as a title above a longer paragraph made headings.

    A text without markup has nothing else to tell its headings by.
    """
    for block, following in zip_longest(blocks, blocks[1:]):
        words = len(block.text.split())
        short = len(block.text) <= _HEADING_LENGTH and words <= _MOST_WORDS and is_title(block.text)
        above = following is not None and len(following.text) >= max(_FEWEST_BELOW, len(block.text))
        labelled = _LABEL.match(block.text) or _MARKER.match(block.text) or block.text[0].isdigit()
        yield replace(block, level=2) if short and above and not labelled else block


def _title(blocks: Sequence[Block]) -> str | None:
    first = next((block.text for block in blocks if re.search(r"\w", block.text)), None)
    if first is None or len(first) > _TITLE_LENGTH or first[-1] in ":;," or is_notice(first):
        return None
    return first


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text: wrapped lines joined, list items apart, characters clean."""
    paragraphs: list[str] = []
    # Cleaning makes runs of spaces one, which would flatten indentation, so it comes per line.
    text = text.replace("\xa0", " ").replace("\f", "\n\n").expandtabs(4)
    words = vocabulary(text.split("\n"))
    for part in re.split(r"\n[ \t]*\n", text):
        lines = [line.rstrip() for line in part.split("\n") if line.strip()]
        if not lines:
            continue
        width = max(len(line) for line in lines)
        paragraphs.extend(_joined(lines, width, words))
    return [paragraph for paragraph in paragraphs if not _RULE.match(paragraph)]


def _joined(lines: list[str], width: int, words: Counter[str]) -> list[str]:
    found: list[list[str]] = []
    for previous, line in zip([None, *lines], lines, strict=False):
        if previous is None or _begins_paragraph(line, previous, width):
            found.append([line.strip()])
        else:
            found[-1].append(line.strip())
    return [
        _BULLET.sub("- ", one_line(join_lines(part, words, typeset=False)), count=1)
        for part in found
    ]


def _begins_paragraph(line: str, previous: str, width: int) -> bool:
    stripped = line.strip()
    if _MARKER.match(stripped) or (_LABEL.match(stripped) and not stripped[-1].islower()):
        return True
    indent, before = (len(text) - len(text.lstrip()) for text in (line, previous))
    if indent > before and previous.rstrip()[-1:] in ".!?:;\"”'":
        return True
    if _is_capitals(previous) != _is_capitals(stripped):
        return True
    # A wrapped line was broken because the next word did not fit; a shorter one ended by itself.
    next_word = len(stripped.split(" ", 1)[0])
    return len(previous) + 1 + next_word < width * _WRAP_TOLERANCE


def _is_capitals(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) > 3 and all(character.isupper() for character in letters)  # noqa: PLR2004
