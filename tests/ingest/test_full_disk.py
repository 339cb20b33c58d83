import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.ingest.conftest import Curator

SMALL = "# Small\n\nA short text on weights."
LARGE = "# Large\n\n" + "\n\n".join(
    f"Line {n} is about the duty of providers." for n in range(2500)
)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes, as on a disk that fills up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def add_on_a_full_disk(curator: Curator, size: int) -> None:
    """Adds a document that does not fit; it is a sentence, and readers notice nothing."""
    before = curator.served()
    with files_of_at_most(size):
        code, out = curator.output("add", "large.md", "--quiet", "--json")
    assert (code, out) == (1, "")
    assert curator.errors.count("\n") == 1, curator.errors
    assert "space" in curator.errors
    assert curator.served() == before == {"Small": {SMALL.removeprefix("# ")}}
    assert [path.name for path in (curator.data / "index").glob(".*")] == []
    assert curator.run("add", "large.md") == 0
    assert curator.served().keys() == {"Small", "Large"}
    assert curator.report("verify")["ok"]


@pytest.mark.parametrize("size", [0, 30_000, 120_000, 200_000])  # the lock, then the library
def test_a_disk_too_full_for_the_library_is_a_sentence_and_costs_nothing(
    curator: Curator, size: int
) -> None:
    curator.write("small.md", SMALL)
    curator.write("large.md", LARGE)
    assert curator.run("add", "small.md") == 0
    add_on_a_full_disk(curator, size)


@pytest.mark.parametrize("size", [40_000, 190_000, 230_000])  # the catalogue, then the vectors
def test_a_disk_too_full_for_the_index_leaves_the_old_one_in_service(
    curator: Curator, size: int
) -> None:
    curator.write("small.md", SMALL)
    curator.write("large.md", LARGE)
    assert curator.run("add", "small.md") == 0
    shutil.copytree(curator.data / "index", curator.folder / "kept")
    assert curator.run("add", "large.md") == 0
    shutil.rmtree(curator.data / "index")  # back to when the library held more than the index
    shutil.copytree(curator.folder / "kept", curator.data / "index")
    add_on_a_full_disk(curator, size)
