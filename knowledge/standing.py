"""Whether what was quoted once still stands in the library."""

from collections.abc import Sequence
from typing import Literal

from knowledge.index import Snapshot
from knowledge.model import Chunk

AT_ONCE = 500  # below SQLite's limit of bound values in one statement

Standing = Literal["held", "changed", "vanished", "retracted"]
Cited = tuple[str, str, str]  # source id, chunk id, quote


def standing(snapshot: Snapshot, cited: Sequence[Cited]) -> tuple[Standing, ...]:
    """How each quote stands today, in the same order.

    "held": the source still says it, word for word, in that passage or in another one. "changed":
    the source is there and does not say it any more. "vanished": there is no such source any more.
    "retracted": the source was taken out for a reason.

    Args:
        snapshot: the build to look into.
        cited: the ids of source and chunk, and the quote, of each citation.

    Raises:
        IndexUnreadableError: when the build is damaged.
    """
    retracted = {retraction.source_id for retraction in snapshot.chronicle().retractions}
    passages = _passages(snapshot, [chunk_id for _, chunk_id, _ in cited])
    texts: dict[str, str] = {}  # of whole sources, made when a quote has left its passage
    found: list[Standing] = []
    for source_id, chunk_id, quote in cited:
        if source_id not in snapshot.sources:
            found.append("retracted" if source_id in retracted else "vanished")
            continue
        passage = passages.get(chunk_id)
        if passage is not None and passage.source_id == source_id and quote in passage.text:
            found.append("held")
            continue
        if source_id not in texts:
            parts = [chunk.text for chunk in snapshot.chunks_of(source_id)]
            texts[source_id] = _flat(" ".join(parts))
        found.append("held" if _flat(quote) in texts[source_id] else "changed")
    return tuple(found)


def _passages(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, Chunk]:
    wanted, found = list(dict.fromkeys(ids)), dict[str, Chunk]()
    for start in range(0, len(wanted), AT_ONCE):
        found |= snapshot.chunks(wanted[start : start + AT_ONCE])
    return found


def _flat(text: str) -> str:
    """The text with one space wherever there is any: a new cut moves line ends, not words."""
    return " ".join(text.split())
