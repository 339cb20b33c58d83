"""Makes an answer of the sentences that are left, or finds that too little is."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import Answer, Citation
from knowledge.policy import is_operational
from knowledge.quoted import quoted_text
from knowledge.sides import SIDES
from knowledge.words import words
from knowledge.writing.citing import Cited, cited_text
from knowledge.writing.noting import written_notes
from knowledge.writing.prepared import Prepared
from knowledge.writing.sifting import Kept, Sieve, Sifted

LEAST_KEPT = 0.5  # of the sentences that were checked


def composed(prepared: Prepared, sifted: Sifted, sieve: Sieve, *, partly: bool) -> Answer | None:
    """The written answer; None when too little is left, or what is left would do harm.

    Its notes are without those of the asker, and it does not say yet which model wrote it.
    """
    if not _is_enough(prepared, sifted.kept, sifted.checked):
        return None
    cited = _with_both_sides(
        cited_text(sifted.kept, prepared.passages, sieve), prepared.quoted.citations
    )
    return replace(
        prepared.quoted,
        mode="written",
        text=cited.text,
        citations=cited.citations,
        notes=written_notes(prepared, cited.citations, sifted, partly=partly),
    )


def _is_enough(prepared: Prepared, kept: Sequence[Kept], checked: int) -> bool:
    if not kept or len(kept) < LEAST_KEPT * checked:
        return False
    text = "\n".join(each.text for each in kept)
    if is_operational(text):
        return False
    # what says no word of the question, though its quotes do, answers less than they
    asked = set(words(prepared.topic))
    quoted = set(words(" ".join(each.quote for each in prepared.quoted.citations)))
    return not asked & quoted or bool(asked & set(words(text)))


def _with_both_sides(cited: Cited, quoted: Sequence[Citation]) -> Cited:
    """With a quote of each side that was heard in the quoted answer and is no more."""
    if not {_stance(each) for each in quoted}.issuperset(SIDES):
        return cited
    heard = {_stance(each) for each in cited.citations}
    missing = [
        next(each for each in quoted if _stance(each) == side)
        for side in SIDES
        if side not in heard
    ]
    if not missing:
        return cited
    lines = tuple(
        replace(each, number=number)
        for number, each in enumerate(missing, start=len(cited.citations) + 1)
    )
    return Cited(text=f"{cited.text}\n\n{quoted_text(lines)}", citations=(*cited.citations, *lines))


def _stance(citation: Citation) -> str:
    return citation.passage.source.stance
