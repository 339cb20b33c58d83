"""A library in each kind of database that it may lie in."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.database import database_url
from knowledge.library import Library, Place, connect_library
from tests.postgres import fresh_database

in_a_file = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


in_every_place = pytest.mark.parametrize(
    "place", ["sqlite", "shared file", "postgresql"], indirect=True
)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where an empty library may lie."""
    if request.param == "sqlite":
        return tmp_path
    if request.param == "shared file":
        return database_url(f"sqlite:///{tmp_path / 'state.db'}")
    socket = request.getfixturevalue("postgres")
    return database_url(fresh_database(socket, f"test_{uuid.uuid4().hex[:12]}"))


@pytest.fixture
def library(place: Place) -> Iterator[Library]:
    opened = Library(connect_library(place))
    yield opened
    opened.close()
