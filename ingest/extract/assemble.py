"""Builds a document from the blocks that a reader found."""

from collections.abc import Sequence

from ingest.extract.records import Block
from ingest.extract.structure import find_headings
from knowledge.fingerprint import content_hash
from knowledge.model import Document

_PARAGRAPH_BREAK = "\n\n"


def assemble(
    blocks: Sequence[Block],
    *,
    media_type: str,
    page_count: int = 0,
    links: Sequence[tuple[str, str]] = (),
) -> Document:
    """The document whose paragraphs are `blocks`, with page starts, headings, links and hash.

    Args:
        blocks: in reading order.
        media_type: of the file.
        page_count: physical pages, 0 when the format has none.
        links: (words, address) in reading order; one whose words are not in the text is dropped.
    """
    blocks = [block for block in blocks if block.text]
    starts = []
    position = 0
    for block in blocks:
        starts.append(position)
        position += len(block.text) + len(_PARAGRAPH_BREAK)
    text = _PARAGRAPH_BREAK.join(block.text for block in blocks)
    placed = _placed(links, text)
    return Document(
        text=text,
        media_type=media_type,
        content_hash=content_hash(text, placed),
        page_starts=_page_starts(blocks, starts, page_count, len(text)),
        headings=tuple(find_headings(blocks, starts)),
        links=placed,
    )


def _placed(links: Sequence[tuple[str, str]], text: str) -> tuple[tuple[int, int, str], ...]:
    """Where the links stand in the text."""
    found = []
    position = 0
    for words, address in links:
        start = text.find(words, position)
        if start >= 0:
            position = start + len(words)
            found.append((start, position, address))
    return tuple(found)


def _page_starts(
    blocks: Sequence[Block], starts: Sequence[int], page_count: int, length: int
) -> tuple[int, ...]:
    """Where each page begins; a page without text begins where the next one does."""
    first: dict[int, int] = {}
    for block, start in zip(blocks, starts, strict=True):
        for position, page in block.pages:
            first.setdefault(page, start + position)
    found = []
    following = length
    for page in range(page_count, 0, -1):
        following = min(first.get(page, following), following)
        found.append(following)
    return tuple(reversed(found))
