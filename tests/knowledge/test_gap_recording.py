import logging
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.answer import Answerer
from knowledge.gaps import MOST_WAITING, PATIENCE_MS, CountingAnswerer, GapRecorder
from knowledge.index import SnapshotKeeper, publish
from knowledge.library import CountedGap, Library, connect_library
from knowledge.model import Answer, NearestSource
from knowledge.search import Searcher
from knowledge.silence import NO_QUESTION
from tests.fakes import WordEncoder
from tests.knowledge.index.publishing import TOPICS, fill

QUESTION = "Where do zebras graze?"
NEAREST = NearestSource(
    source_id="a", title="Title of a", url=None, quote="Quoted.", heading="Part > Place"
)
SILENT = Answer(
    id="1", question=QUESTION, outcome="abstained", mode="quoted", text="No.", nearest=(NEAREST,)
)
NOBODY = 65534
LONG_AGO = date(2000, 1, 1)

Recording = Callable[..., GapRecorder]


def counted(data_dir: Path) -> tuple[CountedGap, ...]:
    library = Library(connect_library(data_dir))
    found = library.gaps.counted(LONG_AGO, questions_since=LONG_AGO)
    library.close()
    return found


def total(data_dir: Path) -> int:
    return sum(gap.count for gap in counted(data_dir))


@pytest.fixture
def recording(library: Library, tmp_path: Path) -> Iterator[Recording]:
    """Makes recorders on the library in `tmp_path`."""
    del library
    made: list[GapRecorder] = []

    def make(data_dir: Path = tmp_path, *, keep_questions: bool = False) -> GapRecorder:
        made.append(GapRecorder(data_dir, keep_questions=keep_questions))
        return made[-1]

    yield make
    for recorder in made:
        recorder.close()


@contextmanager
def writing(data_dir: Path) -> Iterator[None]:
    """Holds the right to write to the library, as an ingest does while it stores a document."""
    connection = sqlite3.connect(data_dir / "library.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def unprivileged() -> Iterator[None]:
    """Permissions count, also for a test that root runs."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def read_only(library: Library, tmp_path: Path) -> Iterator[Path]:
    """A folder with a library, neither of which may be written."""
    library.close()
    with tempfile.TemporaryDirectory() as name:  # above tmp_path not everyone may enter
        folder = Path(name)
        shutil.copy(tmp_path / "library.db", folder)
        (folder / "library.db").chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_an_abstention_is_counted_under_what_came_nearest(
    recording: Recording, tmp_path: Path
) -> None:
    recorder = recording()
    recorder.note(SILENT)
    recorder.note(replace(SILENT, nearest=()))
    recorder.note(SILENT)
    first, second = counted(tmp_path)
    assert (first.source_id, first.title, first.heading, first.count, first.questions) == (
        *("a", "Title of a", "Part > Place", 2, ()),
    )
    assert (second.source_id, second.title, second.heading, second.count) == (None, None, None, 1)


def test_answers_and_empty_questions_are_no_gaps(recording: Recording, tmp_path: Path) -> None:
    recorder = recording(keep_questions=True)
    recorder.note(replace(SILENT, text=NO_QUESTION))
    recorder.note(replace(SILENT, outcome="answered"))
    recorder.note(replace(SILENT, outcome="declined"))
    assert counted(tmp_path) == ()


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        (QUESTION, QUESTION),
        ("line\nby  line", "line by line"),
        ("\x1b[31mred\u202e alert\ud800", "[31mred alert"),
        ("中文?", "中文?"),
        ("long " * 1000, ("long " * 100)),
    ],
)
def test_a_question_is_kept_on_one_plain_line_where_that_was_chosen(
    recording: Recording, tmp_path: Path, question: str, kept: str
) -> None:
    recording(keep_questions=True).note(replace(SILENT, question=question))
    assert [gap.questions for gap in counted(tmp_path)] == [(kept,)]


def test_no_word_of_a_question_is_stored_unless_that_was_chosen(
    recording: Recording, tmp_path: Path
) -> None:
    recorder = recording()
    recorder.note(SILENT)
    for closed in (False, True):
        if closed:
            recorder.close()
        held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert b"Title of a" in held
        assert b"zebra" not in held


def test_who_stops_keeping_questions_has_none_left_after_the_next_answer(
    recording: Recording, tmp_path: Path
) -> None:
    keeping = recording(keep_questions=True)
    keeping.note(SILENT)
    keeping.close()
    assert counted(tmp_path)[0].questions == (QUESTION,)
    recording().note(replace(SILENT, outcome="answered"))
    assert [(gap.count, gap.questions) for gap in counted(tmp_path)] == [(1, ())]
    assert all(b"zebra" not in path.read_bytes() for path in tmp_path.iterdir())


def test_old_questions_go_also_on_days_on_which_everything_is_answered(
    library: Library, tmp_path: Path
) -> None:
    del library
    today = date(2026, 1, 1)
    recorder = GapRecorder(tmp_path, keep_questions=True, today=lambda: today)
    recorder.note(SILENT)
    answered = replace(SILENT, outcome="answered")
    for passed, left in ((30, (QUESTION,)), (31, ())):
        today = date(2026, 1, 1) + timedelta(passed)
        recorder.note(answered)
        assert counted(tmp_path)[0].questions == left
    recorder.close()


def test_while_an_ingest_writes_the_answer_hardly_waits_and_the_gap_is_counted_later(
    recording: Recording, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = recording()
    with writing(tmp_path):
        begin = time.perf_counter()
        recorder.note(SILENT)
        assert time.perf_counter() - begin < PATIENCE_MS / 1000 + 1
    assert total(tmp_path) == 0
    recorder.note(SILENT)
    assert total(tmp_path) == 2
    with writing(tmp_path):
        recorder.note(SILENT)
    recorder.close()
    assert total(tmp_path) == 3
    assert caplog.records == []


def test_a_library_that_stays_busy_to_the_end_is_told_in_one_line(
    recording: Recording, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = recording()
    with writing(tmp_path):
        recorder.note(SILENT)
        recorder.close()
    (line,) = caplog.messages
    assert "not counted" in line
    assert "locked" in line


def told_once(recorder: GapRecorder, caplog: pytest.LogCaptureFixture) -> str:
    """The one line that is logged for many gaps, without a word of the question."""
    for _ in range(MOST_WAITING + 2):
        recorder.note(SILENT)
    recorder.close()
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "\n" not in record.getMessage()
    assert record.exc_info is None
    assert "zebra" not in caplog.text
    return record.getMessage()


def test_without_a_library_nothing_is_made_and_one_line_tells(
    recording: Recording, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data_dir = tmp_path / "index-only"
    data_dir.mkdir()
    recorder = recording(data_dir, keep_questions=True)
    recorder.note(replace(SILENT, outcome="answered"))
    assert caplog.records == []
    assert "no library" in told_once(recorder, caplog)
    assert list(data_dir.iterdir()) == []


def test_a_library_that_may_not_be_written_is_told_in_one_line(
    recording: Recording, read_only: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with unprivileged():
        assert "library.db" in told_once(recording(read_only, keep_questions=True), caplog)
    assert [path.name for path in read_only.iterdir()] == ["library.db"]


def test_a_damaged_library_is_told_in_one_line_and_left_alone(
    recording: Recording, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data_dir = tmp_path / "damaged"
    data_dir.mkdir()
    (data_dir / "library.db").write_text("These are my notes. " * 100)
    assert "not a database" in told_once(recording(data_dir, keep_questions=True), caplog)
    assert (data_dir / "library.db").read_text().startswith("These are my notes.")


def test_a_library_that_takes_the_place_of_another_gets_the_next_gaps(
    recording: Recording, tmp_path: Path
) -> None:
    recorder = recording()
    for _ in range(3):
        recorder.note(SILENT)
    for path in tmp_path.glob("library.db*"):
        path.rename(tmp_path / f"old-{path.name}")
    connect_library(tmp_path).dispose()
    recorder.note(SILENT)
    assert total(tmp_path) == 1


def test_an_answerer_that_counts_answers_as_before(
    library: Library, words: WordEncoder, recording: Recording, tmp_path: Path
) -> None:
    fill(library, words)
    manifest = publish(library, words.identity, tmp_path)
    keeper = SnapshotKeeper(tmp_path, lambda _: None)
    plain = Answerer(Searcher(encoder=words, snapshots=keeper))
    answerer = CountingAnswerer(plain, recording())
    assert answerer.build() == manifest.build
    for question in (TOPICS[0], QUESTION, ""):
        expected, found = plain.answer(question), answerer.answer(question)
        assert replace(found, id=expected.id, timings_ms=expected.timings_ms) == expected
        assert answerer.assess(question) == plain.assess(question)
    assert answerer.answer(TOPICS[0], mode="written").notes == (
        plain.answer(TOPICS[0], mode="written").notes
    )
    answerer.close()
    (gap,) = counted(tmp_path)
    assert (gap.count, gap.title) == (1, None)  # nothing that is held comes near it


def test_only_answers_are_counted_and_not_what_is_asked_behind_them(
    library: Library, words: WordEncoder, recording: Recording, tmp_path: Path
) -> None:
    fill(library, words)
    publish(library, words.identity, tmp_path)
    keeper = SnapshotKeeper(tmp_path, lambda _: None)
    answerer = CountingAnswerer(Answerer(Searcher(encoder=words, snapshots=keeper)), recording())
    assert answerer.more(QUESTION, seen=(), earlier=(TOPICS[0],)).outcome == "abstained"
    assert answerer.other_side(QUESTION, heard=(), earlier=(TOPICS[0],)).outcome == "abstained"
    assert answerer.check("Zebras graze in the library of Alexandria.").claims
    assert answerer.answer("thanks!", earlier=(QUESTION,)).outcome == "smalltalk"
    assert total(tmp_path) == 0
    follow_up = answerer.answer("and where?", earlier=(QUESTION,))
    assert (follow_up.question, follow_up.outcome) == ("and where?", "abstained")
    assert total(tmp_path) == 1
    answerer.close()
