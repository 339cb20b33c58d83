"""The web server that the tests of fetching read from."""

from collections.abc import Iterator

import pytest

from tests.ingest.fetch.web import Web, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as served:
        yield served
