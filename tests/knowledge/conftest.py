"""A library in a temporary folder, and an encoder that needs no weights."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.library import Library, connect_library
from tests.fakes import WordEncoder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(connect_library(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def words() -> WordEncoder:
    return WordEncoder()
