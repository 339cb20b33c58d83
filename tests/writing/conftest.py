"""A library to write from, published once for all tests of a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.answer import Answerer
from knowledge.writing import Prepared
from tests.writing.library import QUESTION, answering, publish_texts


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_texts(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def quoter(shelf: Path) -> Iterator[Answerer]:
    """Without a model."""
    with answering(shelf) as answerer:
        yield answerer


@pytest.fixture
def prepared(quoter: Answerer) -> Prepared:
    """A contested question, to write on."""
    return quoter.prepare(QUESTION)
