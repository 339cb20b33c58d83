"""What the reader of a written answer is told beside it, and of one that could not be written."""

import secrets
from dataclasses import replace

from knowledge.drafting import citation_notes
from knowledge.model import Answer, Citation, Note, Spent
from knowledge.sides import one_side
from knowledge.writing.prepared import Prepared
from knowledge.writing.sifting import Sifted

PARTLY = "The passages may not answer every part of this; the rest is left open."
INSTEAD = "so this answer is quoted."
FALLBACKS = {
    "timeout": "The chat model took too long",
    "rate-limit": "The chat model had no room for another question",
    "refused": "The chat model did not want to answer",
    "empty": "The chat model said nothing",
    "malformed": "The chat model's reply could not be read",
    "overlong": "The chat model said far too much",
    "overflow": "The passages were too long for the chat model",
    "key": "The chat model did not accept its key",
    "unreachable": "The chat model could not be reached",
    "resting": "The chat model failed several times and is left alone for a moment",
    "unusable": "The chat model is not set up rightly",
    "failed": "The chat model failed",
    "unsupported": "The sources support too little of what the chat model wrote",
    "budget": "The budget for written answers is used up",
    "language": "Only English passages can be checked",
}


def quoted_instead(answer: Answer, code: str) -> Answer:
    """A quoted answer with the reason why it is not written.

    Args:
        answer: that is quoted.
        code: of `FALLBACKS`; another one is told as "failed".
    """
    why = FALLBACKS.get(code, FALLBACKS["failed"])
    note = Note(code=f"written-{code}", text=f"{why}, {INSTEAD}")
    return replace(answer, notes=(*answer.notes, note))


def written_notes(
    prepared: Prepared, citations: tuple[Citation, ...], sifted: Sifted, *, partly: bool
) -> tuple[Note, ...]:
    """The notes of a written answer, but for those that its asker alone is told."""
    side = one_side(prepared.topic, [each.passage.source for each in citations])
    doubts = (
        *prepared.doubts,
        *((Note(code="partly", text=PARTLY),) if partly else ()),
        *((side,) if side else ()),
    )
    return (*citation_notes(doubts, citations, prepared.day), checked_note(sifted))


def checked_note(sifted: Sifted) -> Note:
    """How many sentences were checked, and how many of them are shown."""
    kept, of = len(sifted.kept), sifted.checked
    return Note(
        code="checked",
        text=f"✓ {kept} of {of} {'sentence' if of == 1 else 'sentences'} checked.",
        values={"kept": str(kept), "of": str(of)},
    )


def added(*parts: Spent | None) -> Spent | None:
    """What several calls used together; None when there was none.

    The price is unknown when that of any part is.
    """
    known = [part for part in parts if part is not None]
    if not known:
        return None
    prices = [part.dollars for part in known]
    return Spent(
        input_tokens=sum(part.input_tokens for part in known),
        output_tokens=sum(part.output_tokens for part in known),
        dollars=None if None in prices else sum(price for price in prices if price is not None),
    )


def with_new_id(answer: Answer) -> Answer:
    """The same answer, given another time."""
    return replace(answer, id=secrets.token_hex(8))
