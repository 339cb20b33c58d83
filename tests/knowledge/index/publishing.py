"""A small shelf of sources to publish."""

from pathlib import Path

import pytest

from knowledge.encoders import Encoder
from knowledge.index import Snapshot, open_snapshot, publish
from knowledge.library import Library, connect_library
from knowledge.model import Source
from knowledge.search import find
from tests.fakes import WordEncoder, shelve

TOPICS = (
    "weights recall copies forever",
    "safeguards fine-tuning removal afternoon",
    "licence field-of-use restriction clause",
    "provider documentation duty exemption",
    "marginal risk baseline evidence",
    "disinformation deepfake voice scam",
    "benefits research competition audit",
    "export order threshold compute",
)


def fill(library: Library, encoder: Encoder, topics: tuple[str, ...] = TOPICS) -> None:
    """A source for each topic, of three chunks or so."""
    for number, topic in enumerate(topics):
        lines = [f"Sentence {line} of topic {number} is about {topic}." for line in range(60)]
        shelve(
            library, encoder, Source(id=f"s{number}", title=f"Topic {number}"), "\n\n".join(lines)
        )


def builds(data_dir: Path) -> set[str]:
    """Names of everything in the folder of builds, CURRENT left out."""
    return {path.name for path in (data_dir / "index").iterdir()} - {"CURRENT"}


def found(snapshot: Snapshot, encoder: Encoder, words: str) -> list[str]:
    """Ids of the chunks that a search gives."""
    answer = find(snapshot, encoder, words, limit=5)
    return [passage.chunk.id for passage in answer.passages] if answer else []


def everything_found(data_dir: Path, encoder: Encoder) -> list[list[str]]:
    """What the build in service gives for each topic."""
    snapshot = open_snapshot(data_dir)
    try:
        return [found(snapshot, encoder, topic) for topic in TOPICS]
    finally:
        snapshot.close()


def publish_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publishes the library in a folder, and has the commands work there with its encoder."""
    encoder = WordEncoder()
    library = Library(connect_library(folder))
    fill(library, encoder)
    publish(library, encoder.identity, folder)
    library.close()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(folder))
    monkeypatch.setattr("knowledge.compose.open_encoder", lambda _settings: encoder)
