import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, Integer, LargeBinary, MetaData, Table, create_engine, insert, select

from knowledge.library import CountedGap, Gap, Library, connect_library
from knowledge.library.database import MIGRATIONS
from knowledge.library.gaps import MOST_QUESTIONS, QUESTIONS_SHOWN
from knowledge.model import Source
from tests.fakes import WordEncoder, shelve
from tests.knowledge.library.conftest import in_a_file

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from datetime import date
from pathlib import Path
from knowledge.library import Gap, Library, connect_library
library = Library(connect_library(Path(sys.argv[1])))
print("ready", flush=True)
sys.stdin.read()
for number in range(int(sys.argv[2])):
    gap = Gap(day=date(2026, 11, 23), source_id=f"s{number % 3}", title="S", question=f"q{number}")
    library.gaps.record([gap], today=date(2026, 11, 23), keep_questions=True)
"""
OPENER = """
import sys
from pathlib import Path
from knowledge.library import Library, connect_library
print("ready", flush=True)
sys.stdin.read()
connect_library(Path(sys.argv[1])).dispose()
"""


def gap(source_id: str | None = "a", *, age: int = 0, **more: str) -> Gap:
    title = f"Title of {source_id}" if source_id else None
    values: dict[str, Any] = {"title": title, **more}
    return Gap(day=TODAY - timedelta(age), source_id=source_id, **values)


def keep(library: Library, *gaps: Gap, questions: bool = True) -> None:
    library.gaps.record(gaps, today=TODAY, keep_questions=questions)


def counted(library: Library, days: int = 90) -> tuple[CountedGap, ...]:
    since = TODAY - timedelta(days)
    return library.gaps.counted(since, questions_since=since)


def at_once(script: str, *arguments: str) -> None:
    """Runs a script in two processes that begin together."""
    processes = [
        subprocess.Popen(  # noqa: S603 - this interpreter
            [sys.executable, "-c", script, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(60) == 0


def test_gaps_are_grouped_by_place_and_the_most_frequent_comes_first(library: Library) -> None:
    keep(
        library,
        *(gap("a", heading="One"), gap("a", heading="Two"), gap("a", heading="One", age=3)),
        *(gap("b"), gap(None, age=2), gap(None, age=4)),
    )
    keep(library, gap("a", heading="One", age=3), gap("b", age=1))
    assert [(each.title, each.heading, each.count, each.last) for each in counted(library)] == [
        ("Title of a", "One", 3, "2026-11-23"),
        ("Title of b", None, 2, "2026-11-23"),
        (None, None, 2, "2026-11-21"),
        ("Title of a", "Two", 1, "2026-11-23"),
    ]


def test_only_what_was_asked_since_the_day_is_counted(library: Library) -> None:
    keep(library, gap(age=10), gap(age=9), gap(age=9))
    assert [each.count for each in counted(library, 10)] == [3]
    assert [each.count for each in counted(library, 9)] == [2]
    assert counted(library, 8) == ()


def test_counts_go_after_a_year_and_questions_after_a_month(library: Library) -> None:
    library.gaps.record(
        [gap("old", age=366), gap("kept", age=365), gap("s", age=31, question="late?")],
        today=TODAY - timedelta(1),
        keep_questions=True,
    )
    keep(library, gap("s", age=30, question="early?"))
    found = {each.source_id: each.questions for each in counted(library, 1000)}
    assert found == {"kept": (), "s": ("early?",)}


def test_the_latest_different_questions_are_shown_newest_first(library: Library) -> None:
    keep(library, *(gap(question=f"q{number}") for number in range(8)), gap("b", question="b?"))
    keep(library, gap(question="q2"), gap(question="older", age=1), gap())
    first, second = counted(library)
    assert first.questions == ("q2", "q7", "q6", "q5", "q4")
    assert len(first.questions) == QUESTIONS_SHOWN
    assert second.questions == ("b?",)
    assert library.gaps.counted(TODAY, questions_since=None)[0].questions == ()


def test_the_oldest_questions_make_room(library: Library) -> None:
    keep(library, *(gap("a", question=f"q{number}") for number in range(3)))
    keep(library, *(gap("b", question=f"q{number}") for number in range(MOST_QUESTIONS - 1)))
    assert {each.source_id: each.questions for each in counted(library)}["a"] == ("q2",)


@in_a_file
def test_questions_that_may_not_be_kept_any_longer_leave_no_trace_in_the_file(
    library: Library, tmp_path: Path
) -> None:
    keep(library, gap(question="Where is the zanzibar clause?"))
    keep(library, gap(question="And the zeppelin clause?"), questions=False)
    assert [(each.count, each.questions) for each in counted(library)] == [(2, ())]
    library.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Title of a" in held
    assert b"zanzibar" not in held
    assert b"zeppelin" not in held


def test_a_gap_outlives_the_source_that_was_nearest(library: Library, words: WordEncoder) -> None:
    shelve(library, words, Source(id="a", title="Title of a"), "Some text.")
    keep(library, gap("a"))
    library.remove("a", now="2026-02-02T00:00:00+00:00")
    assert [(each.source_id, each.title) for each in counted(library)] == [("a", "Title of a")]


@in_a_file
def test_two_processes_that_count_at_once_lose_nothing(library: Library, tmp_path: Path) -> None:
    at_once(WRITER, str(tmp_path), "60")
    found = counted(library)
    assert {each.source_id: each.count for each in found} == {"s0": 40, "s1": 40, "s2": 40}
    assert found[0].questions


@in_a_file
def test_who_reads_during_a_write_sees_the_state_before_it(
    library: Library, tmp_path: Path
) -> None:
    keep(library, gap())
    writing = connect_library(tmp_path)
    with writing.begin() as connection:
        connection.exec_driver_sql("UPDATE gaps SET count = 7")
        assert [each.count for each in counted(library)] == [1]
    assert [each.count for each in counted(library)] == [7]
    writing.dispose()


def older_library(data_dir: Path) -> dict[str, list[dict[str, Any]]]:
    """Makes a library of schema 0002 with a row in every table; returns the rows."""
    engine = create_engine(f"sqlite:///{data_dir / 'library.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    found: dict[str, list[dict[str, Any]]] = {}
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(insert(table).values(_row(table)))
                rows = connection.execute(select(table)).mappings()
                found[table.name] = [dict(row) for row in rows]
    engine.dispose()
    return found


def _row(table: Table) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in table.columns:
        kinds = {JSON: ["x"], Integer: 1, LargeBinary: b"\x00\x01"}
        values[column.name] = next((v for k, v in kinds.items() if isinstance(column.type, k)), "x")
    return values


def test_an_older_library_keeps_everything_it_held(tmp_path: Path) -> None:
    before = older_library(tmp_path)
    assert {"sources", "documents", "chunks", "vectors", "locators", "versions"} <= set(before)
    engine = connect_library(tmp_path)
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for name, rows in before.items():
            columns = [tables.tables[name].c[column] for column in rows[0]]
            after = [dict(row) for row in connection.execute(select(*columns)).mappings()]
            assert after == rows, name
    library = Library(engine)
    keep(library, gap())
    assert [each.count for each in counted(library)] == [1]
    library.close()


def test_two_processes_may_meet_an_older_library_at_once(tmp_path: Path) -> None:
    older_library(tmp_path)
    at_once(OPENER, str(tmp_path))
    library = Library(connect_library(tmp_path))
    assert counted(library) == ()
    library.close()
