import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cited import CitedPassage
from bot.state import KEPT_FOR, Records, open_records
from knowledge.errors import LibraryError
from tests.fakes import WordOverlapAnswerer

QUESTION = "What are the security risks of widely available model weights?"


def test_evidence_survives_closing_the_file(tmp_path: Path) -> None:
    answer = WordOverlapAnswerer().answer(QUESTION)
    records = open_records(tmp_path)
    records.keep(answer)
    records.locate(answer.id, channel_id=2**62, message_id=2**62 + 1)
    records.close()
    reopened = open_records(tmp_path)
    evidence = reopened.evidence(answer.id)
    reopened.close()
    assert evidence is not None
    assert evidence.build == answer.build
    assert evidence.cited == tuple(map(CitedPassage.of, answer.citations))


def test_neither_question_nor_asker_is_stored(tmp_path: Path) -> None:
    records = open_records(tmp_path)
    records.keep(WordOverlapAnswerer().answer(QUESTION))
    records.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("bot.db*"))
    assert QUESTION.encode() not in stored
    with sqlite3.connect(tmp_path / "bot.db") as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(answers)")]
    connection.close()
    assert "question" not in columns
    assert not any("user" in column for column in columns)


def test_an_unknown_answer_has_no_evidence(records: Records) -> None:
    assert records.evidence("never") is None


def test_old_answers_are_forgotten_and_young_ones_kept(tmp_path: Path) -> None:
    today = datetime(2026, 11, 23, tzinfo=UTC)
    opened = open_records(tmp_path)
    clock = [today - KEPT_FOR - timedelta(hours=1)]
    records = Records(opened._engine, now=lambda: clock[0])  # noqa: SLF001
    old, young = (WordOverlapAnswerer().answer(QUESTION) for _ in range(2))
    records.keep(old)
    clock[0] = today - KEPT_FOR + timedelta(hours=1)
    records.keep(young)
    clock[0] = today
    assert records.forget_old() == 1
    assert records.evidence(old.id) is None
    assert records.evidence(young.id) is not None
    opened.close()


def test_what_was_synced_is_remembered_by_scope(records: Records) -> None:
    assert records.synced() == {}
    records.mark_synced("old")
    records.mark_synced("new")
    records.mark_synced("other", "123")
    assert records.synced() == {"global": "new", "123": "other"}


def test_a_damaged_file_ends_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match=r"bot\.db"):
        open_records(tmp_path)
