import shutil
import stat
from pathlib import Path

from knowledge.index.sharing import private_copy


def test_a_copy_of_what_is_read_only_can_be_written_and_removed(tmp_path: Path) -> None:
    published = tmp_path / "chroma"
    (published / "segment").mkdir(parents=True)
    (published / "segment" / "data.bin").write_bytes(b"vectors")
    paths = [*published.rglob("*"), published]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    copy = private_copy(published)
    try:
        assert (copy / "segment" / "data.bin").read_bytes() == b"vectors"
        assert all(path.stat().st_mode & stat.S_IWUSR for path in (copy, *copy.rglob("*")))
    finally:
        shutil.rmtree(copy)
        for path in reversed(paths):
            path.chmod(0o755)
