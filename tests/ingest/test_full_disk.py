import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.ingest.conftest import Curator


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes, as on a disk that fills up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# what fails first differs: the lock, the library, the catalogue, the vectors
@pytest.mark.parametrize("size", [0, 30_000, 120_000, 200_000, 300_000])
def test_a_full_disk_is_a_sentence_and_costs_nothing(curator: Curator, size: int) -> None:
    lines = [f"Line {line} is about weights and the duty of providers." for line in range(2000)]
    curator.write("small.md", "# Small\n\nA short text on weights.")
    assert curator.run("add", "small.md") == 0
    before = curator.served()
    curator.write("large.md", "# Large\n\n" + "\n\n".join(lines))
    with files_of_at_most(size):
        code, out = curator.output("add", "large.md", "--quiet", "--json")
    assert (code, out) == (1, "")
    assert curator.errors.count("\n") == 1, curator.errors
    assert "space" in curator.errors
    assert curator.served() == before
    assert [path.name for path in (curator.data / "index").glob(".*")] == []
    assert curator.run("add", "large.md") == 0
    assert curator.served().keys() == {"Small", "Large"}
    assert curator.report("verify")["ok"]
