"""Small published libraries, and sentences whose scores are given."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.extract import extract
from knowledge.index import Snapshot, open_snapshot, publish
from knowledge.library import Library, connect_library
from knowledge.model import Chunk, Passage, Source
from knowledge.quoting import Merits, Sentence
from knowledge.sentences import sentence_spans
from tests.fakes import WordEncoder, shelve

PADDING = (
    "A kettle boils water quickly.",
    "Bees gather nectar in spring.",
    "The tide turns twice daily.",
    "Old bridges carry heavy trucks.",
    "Bakers knead dough before dawn.",
)


def opened(data_dir: Path, texts: Sequence[tuple[Source, str]]) -> Snapshot:
    """A build of these texts, in Markdown, and of some that have nothing to do with them."""
    words = WordEncoder()
    library = Library(connect_library(data_dir))
    others = [(Source(id=f"other{n}", title=f"of {n}"), text) for n, text in enumerate(PADDING)]
    for source, text in (*texts, *others):
        document = extract(text.encode(), name=f"{source.id}.md").document
        shelve(library, words, source, document, f"/{source.id}.md")
    publish(library, words.identity, data_dir)
    library.close()
    return open_snapshot(data_dir)


def ranked(
    text: str,
    scores: Sequence[float],
    source: Source | None = None,
    *,
    met: Sequence[Sequence[float]] = ((),),
    starts: Sequence[int] = (),
) -> tuple[Sentence, ...]:
    """The sentences of a text with these scores, best first.

    Args:
        text: of one passage.
        scores: of its sentences, in order.
        source: of the passage.
        met: what each token of the passage is worth to each of the question.
        starts: of the passage's tokens.
    """
    source = source or Source(id="a", title="A", licence="CC BY 4.0")
    chunk = Chunk(
        id=f"{source.id}-{abs(hash(text))}",
        source_id=source.id,
        text=text,
        start=0,
        end=len(text),
        ordinal=0,
    )
    passage = Passage(chunk=chunk, source=source, score=1.0, similarity=1.0)
    spans = tuple(sentence_spans(text))
    merits = Merits(
        met=np.array(met, dtype=np.float32).reshape(len(met), len(starts)),
        starts=np.array(starts, dtype=np.int32),
    )
    found = [
        Sentence(
            passage=passage,
            spans=spans,
            index=index,
            score=score,
            similarity=score,
            met=np.array([score], dtype=np.float32),
            coverage=score,
            merits=merits,
        )
        for index, score in enumerate(scores)
    ]
    assert len(found) == len(spans)
    return tuple(sorted(found, key=lambda sentence: -sentence.score))
