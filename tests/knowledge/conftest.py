"""A library without weights in a temporary folder, and one with the real encoder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.__main__ import main
from knowledge.answer import Answerer
from knowledge.encoders import Encoder
from knowledge.index import SnapshotKeeper
from knowledge.library import Library, connect_library
from knowledge.search import Searcher
from tests.fakes import WordEncoder

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(connect_library(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def words() -> WordEncoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def shelves(
    encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Library, Searcher]]:
    """The documents of `tests/fixtures`, taken in with the real encoder and published."""
    data_dir = tmp_path_factory.mktemp("shelves")
    places = (FIXTURES / "library", FIXTURES / "documents" / "statute.pdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAVEAT_DATA_DIR", str(data_dir))
        patch.setattr("ingest.commands.open_encoder", lambda _settings: encoder)
        assert main(["add", *map(str, places), "--quiet"]) == 0
    library = Library(connect_library(data_dir))
    assert len(library.holdings()) == 10
    searcher = Searcher(encoder=encoder, snapshots=SnapshotKeeper(data_dir, lambda _: None))
    yield library, searcher
    searcher.close()
    library.close()


@pytest.fixture
def searcher(shelves: tuple[Library, Searcher]) -> Searcher:
    return shelves[1]


@pytest.fixture
def answerer(shelves: tuple[Library, Searcher]) -> Answerer:
    """Stays silent as configured."""
    return Answerer(shelves[1])


@pytest.fixture
def quoter(shelves: tuple[Library, Searcher]) -> Answerer:
    """Never stays silent: the gate is fitted to a library of another size than this one."""
    return Answerer(shelves[1], least_confidence=0.0)
