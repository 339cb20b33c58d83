"""Recognises a law by the formula with which it was adopted."""

import re
from dataclasses import replace

from ingest.extract import Extracted

OPENING = 12_000  # characters in which a law names itself and who adopts it

# An act of the European Union has a number once it is adopted, and names who adopts it and under
# which treaty; a proposal has no number (Joint Practical Guide for drafting Union legislation,
# guidelines 7 to 9)
_UNION_ACT = re.compile(
    r"\b(REGULATION|DIRECTIVE|DECISION)\s+(\((EU|EC|EEC|Euratom|EU, Euratom)\)\s+(No\s+)?\d+/\d+|"
    r"\d+/\d+/(EU|EC|EEC|Euratom)\b).{0,2000}?"
    r"THE\s+(EUROPEAN\s+PARLIAMENT|EUROPEAN\s+COMMISSION|COUNCIL\s+OF\s+THE\s+EUROPEAN\s+(UNION|"
    r"COMMUNITIES)).{0,200}?Having\s+regard\s+to\s+the\s+Treaty",
    re.DOTALL | re.IGNORECASE,
)
_PROPOSAL = re.compile(r"\b(Proposal\s+for\s+a|Draft|Working\s+document)\b", re.IGNORECASE)


def with_adoption(extracted: Extracted) -> Extracted:
    """The document, called a law where its own formula says so and nobody said what it is."""
    metadata = extracted.metadata
    if metadata.kind is not None:
        return extracted
    opening = extracted.document.text[:OPENING]
    match = _UNION_ACT.search(opening)
    if match is None or _PROPOSAL.search(opening[: match.start()]):
        return extracted
    law = replace(metadata, kind="law", jurisdiction=metadata.jurisdiction or "EU")
    return replace(extracted, metadata=law)
