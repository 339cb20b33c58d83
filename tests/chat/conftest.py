from collections.abc import Iterator

import pytest

from tests.chat.server import ChatServer


@pytest.fixture
def server() -> Iterator[ChatServer]:
    """A server that says one sentence unless it is told otherwise."""
    with ChatServer() as running:
        yield running
