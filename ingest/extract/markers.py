"""List markers that stand in a paragraph of their own, put in front of what they mark."""

import re
from collections.abc import Iterable

from ingest.extract.records import Block

_ALONE = re.compile(
    r"(?:\((?:\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6})\)|\d{1,3}\.|[-•\u2013—])\Z", re.IGNORECASE
)
_DASHES = ("•", "\u2013", "—")


def glue_markers(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, a lone "(a)", "1." or bullet joined to the block after it.

    Nested markers join one after the other: "1." and "(a)" give "1. (a) ...".
    """
    glued: list[Block] = []
    for block in blocks:
        if glued and block.level is None and _is_lone(glued[-1]):
            marker = glued.pop()
            sign = "-" if marker.text in _DASHES else marker.text
            text = f"{sign} {block.text}"
            glued.append(Block(text=text, pages=_pages(marker, block, len(text) - len(block.text))))
        else:
            glued.append(block)
    return glued


def is_marker(text: str) -> bool:
    """Whether `text` is a list marker and nothing else."""
    return _ALONE.match(text) is not None


def _is_lone(block: Block) -> bool:
    return (
        block.level is None
        and _ALONE.match(block.text.rsplit(" ", 1)[-1]) is not None
        and all(_ALONE.match(word) for word in block.text.split(" "))
    )


def _pages(marker: Block, block: Block, shift: int) -> tuple[tuple[int, int], ...]:
    known = {page for _, page in marker.pages}
    moved = ((place + shift, page) for place, page in block.pages if page not in known)
    return (*marker.pages, *moved)
