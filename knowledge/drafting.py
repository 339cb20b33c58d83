"""Makes an answer: its text, citations and notes."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.choosing import Quote
from knowledge.index import Snapshot
from knowledge.labels import is_about_law
from knowledge.model import Answer, Citation, NearestSource, Note, Outcome
from knowledge.quoted import cited, quoted_text
from knowledge.sides import status_notes
from knowledge.stopwatch import Stopwatch

NOT_ADVICE = "This is not legal advice."
OWN_WORDS = "Caveat briefs are our own summaries; their link leads to the source they name for it."


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An answer that is being made.

    Attributes:
        snapshot: of the build that is read, or None when none is needed.
    """

    question: str
    snapshot: Snapshot | None = None
    watch: Stopwatch = field(default_factory=Stopwatch)

    @property
    def day(self) -> str:
        """Of the library that is read, ISO 8601; "" when none is."""
        return self.snapshot.manifest.created[:10] if self.snapshot else ""

    def quoting(self, quotes: Sequence[Quote], doubts: Sequence[Note]) -> Answer:
        """The answer that shows some quotes."""
        citations = cited(quotes)
        return replace(
            self.silent(quoted_text(citations), outcome="answered"),
            citations=citations,
            notes=citation_notes(doubts, citations, self.day),
        )

    def silent(
        self,
        text: str,
        *,
        outcome: Outcome = "abstained",
        nearest: tuple[NearestSource, ...] = (),
        notes: tuple[Note, ...] = (),
    ) -> Answer:
        """The answer that quotes nothing."""
        return Answer(
            id=secrets.token_hex(8),
            question=self.question,
            outcome=outcome,
            mode="quoted",
            text=text,
            nearest=nearest,
            notes=notes,
            timings_ms=self.watch.stop(),
            build=self.snapshot.manifest.build if self.snapshot else None,
        )


def citation_notes(
    doubts: Sequence[Note], citations: Sequence[Citation], day: str
) -> tuple[Note, ...]:
    """The notes of an answer that cites something.

    Args:
        doubts: that it has already; they come first.
        citations: what it cites.
        day: of the library, ISO 8601; "" when none was read.
    """
    sources = [citation.passage.source for citation in citations]
    notes = [*doubts, *status_notes(sources)]
    if day and any(map(is_about_law, citations)):
        text = f"Library of {day}. {NOT_ADVICE}"
        notes.append(Note(code="not-advice", text=text, values={"date": day}))
    if any(source.kind == "brief" for source in sources):
        notes.append(Note(code="own-words", text=OWN_WORDS))
    return tuple(notes)
