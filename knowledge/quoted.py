"""Makes citations of quotes, and the text of an answer of citations."""

from collections.abc import Sequence

from knowledge.choosing import Quote, in_source_order
from knowledge.citations import cite
from knowledge.labels import citation_label
from knowledge.model import Citation
from knowledge.sentences import sentence_spans

ENDS = (".", "!", "?", ":", ";", "”", '"', ")")


def cited(quotes: Sequence[Quote], *, first: int = 1) -> tuple[Citation, ...]:
    """Citations of quotes, those of one source next to each other, numbered from `first`."""
    return tuple(
        cite(quote.passage, quote.start, quote.end, number=number)
        for number, quote in enumerate(in_source_order(quotes), start=first)
    )


def quoted_text(citations: Sequence[Citation]) -> str:
    """The text of an answer: each quote with its mark, below its source and place."""
    lines: list[str] = []
    for before, citation in zip((None, *citations), citations, strict=False):
        label = citation_label(citation, after=before)
        if label:
            lines.append(f"{label}:")
        flat = " ".join(citation.quote.split())
        cut = "" if flat.endswith(ENDS) else " …"
        lead = "… " if _begins_inside(citation) else ""
        lines.append(f"> {lead}{flat}{cut} [{citation.number}]")
    return "\n\n".join(lines)


def _begins_inside(citation: Citation) -> bool:
    """Whether a quote leaves out the beginning of its sentence."""
    text = citation.passage.chunk.text
    return citation.start not in {start for start, _ in sentence_spans(text)}
