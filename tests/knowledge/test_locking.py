import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.errors import LibraryError, LibraryLockedError
from knowledge.locking import writer_lock

HOLDER = """
import sys
from pathlib import Path
from knowledge.locking import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(data_dir: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(  # noqa: S603 - this interpreter
        [sys.executable, "-c", HOLDER, str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_told_which_process_writes(tmp_path: Path) -> None:
    with (
        hold(tmp_path) as process,
        pytest.raises(LibraryLockedError, match=rf"process {process.pid} since 20\d\d-"),
        writer_lock(tmp_path),
    ):
        pytest.fail("two writers at once")
    with writer_lock(tmp_path):
        assert str(os.getpid()) in (tmp_path / "ingest.holder.json").read_text("utf-8")


def test_a_killed_writer_gives_the_lock_back(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        process.kill()
        process.wait()
        assert (tmp_path / "ingest.holder.json").exists()
        with writer_lock(tmp_path):
            pass
    assert not (tmp_path / "ingest.holder.json").exists()


@pytest.mark.parametrize("record", ["", "[]", "{}", "no json"])
def test_a_holder_whose_record_is_unreadable_still_holds(tmp_path: Path, record: str) -> None:
    with hold(tmp_path):
        (tmp_path / "ingest.holder.json").write_text(record, "utf-8")
        with (
            pytest.raises(LibraryLockedError, match="its process is not known"),
            writer_lock(tmp_path),
        ):
            pytest.fail("two writers at once")


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", "utf-8")
    with (
        pytest.raises(LibraryError, match=r"file/data cannot be written .*CAVEAT_DATA_DIR"),
        writer_lock(tmp_path / "file" / "data"),
    ):
        pytest.fail("wrote below a file")
