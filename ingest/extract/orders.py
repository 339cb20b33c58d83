"""Takes out of a document's own description what is an order to whoever answers from it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ingest.extract.records import Metadata
from knowledge.instructions import is_instruction
from knowledge.model import Heading
from knowledge.sentences import sentence_spans

_LINES = ("title", "publisher", "licence", "jurisdiction", "superseded_by")
_LEFT_OUT = "its {} addresses whoever answers from it, and was left out"

_HIDDEN = "it hides text that addresses whoever answers from it, which was left out"


def hidden_orders(texts: Iterable[str]) -> tuple[str, ...]:
    """A warning when some text that readers do not see is an order to whoever answers."""
    found = any(
        is_instruction(text[start:end]) for text in texts for start, end in sentence_spans(text)
    )
    return (_HIDDEN,) if found else ()


def without_orders(
    metadata: Metadata, headings: Sequence[Heading]
) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata without orders, and a warning for each that was left out.

    Titles and names are shown in answers, as if they were ours. The first heading takes the place
    of a title.
    """
    found = [name for name in _LINES if is_instruction(getattr(metadata, name) or "")]
    nothing: dict[str, Any] = dict.fromkeys(found)
    kept = replace(metadata, **nothing)
    authors = tuple(name for name in metadata.authors if not is_instruction(name))
    if authors != metadata.authors:
        found.append("authors")
        kept = replace(kept, authors=authors)
    if "title" in found:
        kept = replace(kept, title=next((heading.text for heading in headings), None))
    return kept, tuple(_LEFT_OUT.format(name.replace("_", " ")) for name in found)
