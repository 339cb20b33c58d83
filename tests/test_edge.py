"""Commands in a shell that is not kind to them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.edge import run_command
from knowledge.errors import SettingsError

ROOT = Path(__file__).parents[1]
GLOSSARY = ("knowledge", "glossary", "--json")  # long, and needs no data folder
LIGHT = """
import sys
import {module}.__main__
print(sorted({{"numpy", "sqlalchemy", "pydantic", "rich"}} & set(sys.modules)))
"""


def command(
    *arguments: str, output: int = subprocess.PIPE, unbuffered: bool = False, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    unset = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    if unbuffered:
        unset["PYTHONUNBUFFERED"] = "1"
    return subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=unset | environment,
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.mark.parametrize("unbuffered", [True, False])
def test_a_reader_that_had_enough_is_no_fault(unbuffered: bool) -> None:  # noqa: FBT001 - pytest's
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = command(*GLOSSARY, output=writing, unbuffered=unbuffered)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("unbuffered", [True, False])
def test_an_output_on_a_full_disk_is_a_sentence(unbuffered: bool) -> None:  # noqa: FBT001
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        done = command(*GLOSSARY, output=full, unbuffered=unbuffered)
    finally:
        os.close(full)
    assert done.returncode == 1
    assert b"The output, or a file of the data folder, cannot be" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_what_the_terminal_cannot_show_is_a_question_mark() -> None:
    shown = command("knowledge", "glossary", "GPAI", PYTHONIOENCODING="ascii")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "Near it" not in shown.stdout.decode("ascii")
    listed = command("knowledge", "glossary", PYTHONIOENCODING="ascii")
    assert (listed.returncode, listed.stderr) == (0, b"")
    assert b"?" in listed.stdout  # for the dots between the names


@pytest.mark.parametrize("module", ["bot", "ingest", "knowledge"])
def test_what_takes_long_to_import_is_imported_where_an_interrupt_is_a_sentence(
    module: str,
) -> None:
    loaded = subprocess.run(  # noqa: S603 - this interpreter and the code above
        [sys.executable, "-c", LIGHT.format(module=module)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout == "[]\n"


def failing(error: BaseException) -> Callable[[], int]:
    def fail() -> int:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (KeyboardInterrupt(), 1, "Stopped. Run it again to go on.\n"),
        (SettingsError("Mend it."), 2, "Mend it.\n"),
        (
            PermissionError(13, "Permission denied", "x.db"),
            1,
            (
                "x.db cannot be read or written: Permission denied. Free some space or mend its "
                "permissions, and run it again; what was stored before is kept.\n"
            ),
        ),
    ],
)
def test_what_ends_a_command_is_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, sentence: str
) -> None:
    assert run_command(failing(error)) == code
    assert capsys.readouterr() == ("", sentence)
