import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from ingest.sandbox import Extractor, Limits, run_extraction
from ingest.sandbox.messages import Reply, UnusableReplyError, receive_reply, send_reply
from knowledge.errors import CaveatError, FailedSourceError, RejectedSourceError

DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "documents"
MISBEHAVING = "tests.ingest.sandbox.misbehaving:read"
PAGE = b"<!doctype html><p>Weights spread."
LIMITS = Limits(seconds=10, seconds_per_megabyte=0, memory=600_000_000, documents=3)


@pytest.fixture
def extractor() -> Iterator[Extractor]:
    with Extractor(LIMITS, reader=MISBEHAVING) as found:
        yield found


def worker_id(extractor: Extractor) -> int:
    text = extractor.extract(PAGE, "tells").document.text
    return next(int(word) for word in text.split() if word.isdigit())


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for_end(process: int) -> None:
    due = time.monotonic() + 5
    while is_running(process) and time.monotonic() < due:
        time.sleep(0.02)
    assert not is_running(process)


def test_a_document_reads_the_same_in_the_worker() -> None:
    data = (DOCUMENTS / "statute.pdf").read_bytes()
    extracted = run_extraction(data, name="statute.pdf")
    assert extracted.metadata.title == "Statute on the Release of Model Weights"
    assert len(extracted.document.page_starts) == 3


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hoards", "Reading it needs more than 0.6 GB of memory: split it."),
        ("crashes", "The program that reads such files crashed over it (SIGSEGV): it is damaged."),
        (
            "leaves",
            "The program that reads such files crashed over it (exit code 3): it is damaged.",
        ),
        ("breaks", "It cannot be read (KeyError: 'no such font')."),
    ],
)
def test_a_document_that_ends_the_worker_fails_with_a_sentence_and_the_next_is_read(
    extractor: Extractor, name: str, reason: str
) -> None:
    with pytest.raises(FailedSourceError) as caught:
        extractor.extract(PAGE, name)
    assert str(caught.value) == reason
    assert extractor.extract(PAGE, "page.html").document.text == "Weights spread."


def test_a_document_that_takes_too_long_is_given_up() -> None:
    limits = Limits(seconds=0.5, seconds_per_megabyte=0)
    began = time.monotonic()
    with Extractor(limits, reader=MISBEHAVING) as extractor:
        with pytest.raises(FailedSourceError, match=r"longer than 0\.5 s to read and was"):
            extractor.extract(PAGE, "loops")
        assert extractor.extract(PAGE, "page.html").document.text == "Weights spread."
    assert time.monotonic() - began < 60


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the wall clock is the limit")
def test_a_document_may_wait_for_a_busy_processor_but_not_for_ever() -> None:
    with Extractor(Limits(seconds=1, seconds_per_megabyte=0), reader=MISBEHAVING) as extractor:
        goes_on = threading.Timer(2.5, os.kill, (worker_id(extractor), signal.SIGCONT))
        goes_on.start()
        assert extractor.extract(PAGE, "waits").document.text == "Weights spread."
        goes_on.join()
    with Extractor(Limits(seconds=0.1, seconds_per_megabyte=0), reader=MISBEHAVING) as extractor:
        began = time.monotonic()
        with pytest.raises(FailedSourceError, match=r"longer than 0\.1 s to read and was"):
            extractor.extract(PAGE, "waits")
        assert time.monotonic() - began >= 1


def test_a_page_too_large_for_the_memory_says_so() -> None:
    page = b"<html><body>" + b"<p>Weights spread.</p>" * 400_000
    with pytest.raises(FailedSourceError, match=r"needs more than 0\.1 GB of memory"):
        run_extraction(page, name="page.html", limits=Limits(memory=100_000_000))


def test_the_time_that_a_document_may_take_grows_with_its_size() -> None:
    assert Limits().seconds_for(50_000_000) > Limits().seconds_for(1_000_000) > 60


def test_what_a_parser_prints_does_not_get_into_the_replies(extractor: Extractor) -> None:
    assert extractor.extract(PAGE, "prints").document.text == "Weights spread."


def test_the_worker_is_told_no_secret_and_imports_nothing_from_the_present_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit")
    with Extractor(LIMITS, reader=MISBEHAVING) as extractor:
        words = extractor.extract(PAGE, "tells").document.text.split()
    assert "PYTHONPATH" in words
    assert not {"DISCORD_TOKEN", "OPENAI_API_KEY", "HOME", ""} & set(words)
    assert words.count(str(tmp_path)) == 1  # the folder it runs in, but not one to import from


def test_the_worker_writes_no_file(extractor: Extractor, tmp_path: Path) -> None:
    left = tmp_path / "left.txt"
    with pytest.raises(FailedSourceError, match="OSError"):
        extractor.extract(f"<!doctype html>{left}".encode(), "writes")
    assert not left.exists() or not left.read_bytes()


def test_a_worker_reads_several_documents_and_is_then_replaced(extractor: Extractor) -> None:
    workers = [worker_id(extractor) for _ in range(4)]
    assert len(set(workers[:3])) == 1
    assert workers[3] != workers[0]
    assert not is_running(workers[0])


def test_what_the_ingest_holds_does_not_wear_the_worker_out(extractor: Extractor) -> None:
    held = bytearray(LIMITS.memory)  # as an embedding model may be
    workers = {worker_id(extractor) for _ in range(2)}
    assert len(workers) == 1
    assert len(held) == LIMITS.memory


def test_a_worker_that_was_killed_between_documents_is_replaced(extractor: Extractor) -> None:
    before = worker_id(extractor)
    os.kill(before, signal.SIGKILL)
    wait_for_end(before)
    assert worker_id(extractor) != before


def test_closing_ends_the_worker(extractor: Extractor) -> None:
    worker = worker_id(extractor)
    extractor.close()
    assert not is_running(worker)


def test_a_small_text_needs_no_worker_and_a_large_one_does(extractor: Extractor) -> None:
    # the misbehaving reader would tell of its process
    assert extractor.extract(b"Weights spread.", "tells").document.text == "Weights spread."
    large = b"Weights spread.\n\n" * 200_000
    assert "PYTHONPATH" in extractor.extract(large, "tells").document.text


def test_what_is_not_supported_is_rejected_by_the_worker_too() -> None:
    with pytest.raises(RejectedSourceError, match="a zip archive"):
        run_extraction(b"PK\x05\x06" + bytes(18), name="x.zip")


def test_a_worker_that_cannot_start_says_how_to_find_out_why() -> None:
    with (
        Extractor(reader="ingest.extract.nowhere:read") as extractor,
        pytest.raises(CaveatError, match="could not be started: run"),
    ):
        extractor.extract(PAGE, "page.html")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the worker ends after its document")
def test_a_killed_ingest_leaves_no_worker_behind() -> None:
    script = (
        "from ingest.sandbox import Extractor\n"
        f"extractor = Extractor(reader={MISBEHAVING!r})\n"
        f"print(extractor.extract({PAGE!r}, 'tells').document.text, flush=True)\n"
        f"extractor.extract({PAGE!r}, 'loops')\n"
    )
    root = str(Path(__file__).parents[3])
    parent = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=root, text=True
    )
    assert parent.stdout is not None
    worker = next(int(word) for word in parent.stdout.readline().split() if word.isdigit())
    time.sleep(0.3)
    assert is_running(worker)
    parent.kill()
    parent.communicate()
    wait_for_end(worker)


@pytest.mark.parametrize(
    "said",
    [
        b"\x80\x04cos\nmkdir\n",
        b"[" * 100_000,
        b"{}",
        b'{"outcome": "shell", "reason": ""}',
        b'{"outcome": "read", "extracted": {"document": {"text": ["a"]}, "metadata": {}}}',
        b'{"outcome": "failed", "reason": {"a": 1}}',
    ],
)
def test_a_reply_that_holds_anything_but_our_records_is_refused(said: bytes) -> None:
    stream = BytesIO(len(said).to_bytes(8, "big") + said)
    with pytest.raises(UnusableReplyError):
        receive_reply(stream, most=1_000_000)


def test_a_reply_that_is_cut_short_is_none_and_one_too_long_is_refused() -> None:
    stream = BytesIO()
    send_reply(stream, Reply(outcome="failed", reason="It is damaged."))
    whole = stream.getvalue()
    assert receive_reply(BytesIO(whole), most=10_000) is not None
    assert receive_reply(BytesIO(whole[:-1]), most=10_000) is None
    assert receive_reply(BytesIO(whole[:5]), most=10_000) is None
    with pytest.raises(UnusableReplyError):
        receive_reply(BytesIO(whole), most=10)


def test_a_string_of_a_parsers_own_kind_crosses_as_a_string() -> None:
    class ParserString(str):
        __slots__ = ()

    stream = BytesIO()
    send_reply(stream, Reply(outcome="failed", reason=ParserString("It is damaged.")))
    stream.seek(0)
    reply = receive_reply(stream, most=10_000)
    assert reply is not None
    assert type(reply.reason) is str
