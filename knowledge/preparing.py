"""Makes the quoted answer to a question, with what a better one may be written from."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.asked import Asked
from knowledge.choosing import MAX_QUOTES, Quote
from knowledge.continuing import read_on
from knowledge.drafting import Draft
from knowledge.gate import SURE_MARGIN
from knowledge.index import Snapshot
from knowledge.language import cannot_read
from knowledge.model import Answer, Note
from knowledge.reading import Reading, read
from knowledge.search import Searcher
from knowledge.sides import SIDES, hear_both, is_contested, one_side
from knowledge.silence import READS_ENGLISH, lacking, nearest_sources, silence
from knowledge.stopwatch import Stopwatch
from knowledge.writing.material import material
from knowledge.writing.prepared import NO_PLAN, Plan, Prepared

CLOSEST = "These are the closest passages in the library; they may not answer just what you asked."


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Reads one build.

    Attributes:
        least: confidence, 0 to 1, from which the library is taken to answer.
    """

    searcher: Searcher
    snapshot: Snapshot
    least: float

    def reading(self, topic: str, watch: Stopwatch) -> Reading:
        """What the build holds near a topic."""
        return read(self.searcher, self.snapshot, topic, watch=watch)

    def answers(self, reading: Reading) -> bool:
        """Whether the build answers what was read for."""
        return reading.found is not None and reading.confidence >= self.least

    def doubts(self, *readings: Reading) -> tuple[Note, ...]:
        """What to tell of answers that are not sure."""
        unsure = min(each.confidence for each in readings) < self.least + SURE_MARGIN
        notes = {note.text: note for each in readings for note in lacking(each)}
        closest = (Note(code="closest", text=CLOSEST),) if unsure else ()
        return (*closest, *notes.values())


def prepare(put: Asked, plan: Plan, reader: Reader) -> Prepared:
    """The quoted answer, or an abstention with the nearest sources; notes of the asker not yet.

    What a plan searches for counts where the library answers it; where it answers nothing of the
    plan, the question is read for as it was put.
    """
    draft = Draft(question=put.question, snapshot=reader.snapshot)
    if cannot_read(reader.searcher.encoder.identity, reader.snapshot, put.words):
        return _silent(put, draft.silent(READS_ENGLISH))
    planned = [(search, reader.reading(search, draft.watch)) for search in plan.searches]
    answered = [(search, reading) for search, reading in planned if reader.answers(reading)]
    if not answered:
        plan = Plan(spent=plan.spent, milliseconds=plan.milliseconds)
        topic, reading = read_on(reader.searcher, reader.snapshot, put, watch=draft.watch)
        if not reader.answers(reading):
            nearest = nearest_sources(reading.ranked)
            text = silence(put.words, reading)
            quoted = draft.silent(text, nearest=nearest, notes=lacking(reading))
            return _silent(put, quoted, plan)
        answered = [(topic, reading)]
    readings = [reading for _, reading in answered]
    topic = " ".join(" ".join(search for search, _ in answered).split())
    with draft.watch.stage("quote"):
        quotes = _quotes(readings)
    side = one_side(topic, [quote.passage.source for quote in quotes])
    doubts = (*reader.doubts(*readings), *_open_parts(planned, answered))
    answer = draft.quoting(quotes, (*doubts, *((side,) if side else ())))
    return Prepared(
        put=put,
        quoted=answer,
        plan=plan,
        topic=topic,
        passages=material(
            answer.citations,
            [reading.ranked for reading in readings],
            contested=is_contested(topic),
        ),
        doubts=doubts,
        day=draft.day,
    )


def _silent(put: Asked, quoted: Answer, plan: Plan = NO_PLAN) -> Prepared:
    return Prepared(put=put, quoted=quoted, plan=plan, topic=" ".join(put.topic.split()))


def _open_parts(
    planned: Sequence[tuple[str, Reading]], answered: Sequence[tuple[str, Reading]]
) -> tuple[Note, ...]:
    """A note for each part of a question that the library does not answer, though others."""
    held = {search for search, _ in answered}
    return tuple(
        Note(
            code="open-part",
            text=f"My library does not answer this part: {search}",
            values={"part": search},
        )
        for search, _ in planned
        if len(planned) > 1 and held.issubset({each for each, _ in planned}) and search not in held
    )


def _quotes(readings: Sequence[Reading]) -> tuple[Quote, ...]:
    """The quotes to show: of several readings the best of each in turn, and of each side one."""
    each_best = [
        hear_both(reading.found.question, reading.ranked) for reading in readings if reading.found
    ]
    if len(each_best) == 1:
        return each_best[0]
    turns = [
        quotes[place] for place in range(MAX_QUOTES) for quotes in each_best if place < len(quotes)
    ]
    taken: list[Quote] = []
    for found in turns:
        if not any(_meets(found, other) for other in taken):
            taken.append(found)
    voices = [
        next((each for each in taken if each.passage.source.stance == side), None) for side in SIDES
    ]
    first = [voice for voice in voices if voice is not None and voice not in taken[:MAX_QUOTES]]
    return (*taken[: MAX_QUOTES - len(first)], *first)


def _meets(found: Quote, other: Quote) -> bool:
    return (
        found.passage.chunk.id == other.passage.chunk.id
        and found.start < other.end
        and other.start < found.end
    )
