"""What readers are told when the library does not answer, and what it holds nearest to that."""

from collections.abc import Sequence

from knowledge.choosing import shortened
from knowledge.citations import deep_link
from knowledge.missing import missing_provisions
from knowledge.model import Answer, NearestSource, Note
from knowledge.quoting import Sentence
from knowledge.reading import Reading
from knowledge.serialise import heading_text

NEAREST_SOURCES = 3
NEAREST_CHARACTERS = 240
SILENCE = "My library does not answer this."
NEAREST = "The nearest it holds:"
OFF_TOPIC = f"{SILENCE} Nothing that it holds comes near."
LEAST_NEAR = 0.27  # cosine of the question and the nearest passage; below it they share no subject
NO_QUESTION = "Please ask a question."
READS_ENGLISH = (
    "The model behind my library reads English only: please ask in English. For other languages "
    "the person who runs me can set ENCODER to a multilingual model and run python -m ingest "
    "rebuild."
)


def silence(question: str, reading: Reading) -> str:
    """What to say of a question that the library does not answer, or that asks nothing."""
    if not question.strip():
        return NO_QUESTION
    passages = reading.found.passages if reading.found else ()
    nearest = max((passage.similarity for passage in passages), default=0.0)
    return f"{SILENCE} {NEAREST}" if nearest >= LEAST_NEAR and reading.ranked else OFF_TOPIC


def shown_nearest(answer: Answer) -> tuple[NearestSource, ...]:
    """The nearest sources that readers are shown: none when the library says that none is near.

    The answer itself always has them, for programs.
    """
    return () if answer.text == OFF_TOPIC else answer.nearest


def lacking(reading: Reading) -> tuple[Note, ...]:
    """Which provision to take in, when what comes near points to one that the library lacks."""
    named = missing_provisions(reading.found, reading.ranked)[:1] if reading.found else ()
    return tuple(
        Note(
            code="missing",
            text=f"What comes near points to {name.capitalize()}, which the library does not hold.",
            values={"provision": name.capitalize()},
        )
        for name in named
    )


def nearest_sources(ranked: Sequence[Sentence]) -> tuple[NearestSource, ...]:
    """The sources of the best sentences, each with its best one."""
    best: dict[str, Sentence] = {}
    for sentence in ranked:
        best.setdefault(sentence.passage.source.id, sentence)
    return tuple(
        NearestSource(
            source_id=source_id,
            title=sentence.passage.source.title,
            url=deep_link(sentence.passage, *sentence.spans[sentence.index]),
            quote=shortened(sentence.text, NEAREST_CHARACTERS),
            heading=heading_text(sentence.heading_path),
        )
        for source_id, sentence in list(best.items())[:NEAREST_SOURCES]
    )
