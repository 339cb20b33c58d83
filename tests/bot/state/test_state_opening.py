import json
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.settings import BotSettings
from bot.state import GuildSettings, NewFeedback, State, open_state
from bot.state.schema import SCHEMA_VERSION, VERSION_TABLE, metadata
from knowledge.database import database_url
from knowledge.errors import LibraryError, SettingsError
from tests.bot.state.conftest import OpenState
from tests.bot.world import settings_in
from tests.fakes import WordOverlapAnswerer
from tests.postgres import fresh_database

QUESTION = "What are the security risks of widely available model weights?"
FIRST_RELEASE = """
CREATE TABLE answers (id VARCHAR NOT NULL, build VARCHAR, asked_at VARCHAR NOT NULL,
  channel_id BIGINT, message_id BIGINT, outcome VARCHAR NOT NULL, mode VARCHAR NOT NULL,
  cited JSON NOT NULL, PRIMARY KEY (id));
CREATE INDEX ix_answers_asked_at ON answers (asked_at);
CREATE TABLE syncs (scope VARCHAR NOT NULL, digest VARCHAR NOT NULL, synced_at VARCHAR NOT NULL,
  PRIMARY KEY (scope));
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO alembic_version VALUES ('0001');
INSERT INTO syncs VALUES ('global', 'digest', '2026-11-23T00:00:00+00:00');
INSERT INTO answers VALUES ('kept', 'b', '2026-11-23T00:00:00+00:00', 1, 2, 'answered', 'quoted',
  '[]');
"""


def test_the_migrations_make_exactly_the_tables_of_the_schema(state: State) -> None:
    with state.engine.connect() as connection:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "version_table": VERSION_TABLE,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        query = text("SELECT version_num FROM alembic_version_bot")
        assert connection.execute(query).scalar_one() == SCHEMA_VERSION


def test_no_table_has_a_place_for_questions_and_none_is_stored(
    state: State, tmp_path: Path
) -> None:
    state.records.keep(WordOverlapAnswerer().answer(QUESTION), guild_id=1)
    state.guilds.write(1, GuildSettings())
    tables = inspect(state.engine)
    names = {c["name"] for table in tables.get_table_names() for c in tables.get_columns(table)}
    assert not any("question" in name or "user" in name for name in names)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("bot.db*"))
    assert QUESTION.encode() not in stored


def test_processes_that_start_at_once_make_one_schema(open_again: OpenState) -> None:
    faults: list[BaseException] = []
    names: list[str] = []

    def start() -> None:
        try:
            names.append(open_again().pseudonyms.of(1))
        except BaseException as error:  # noqa: BLE001 - told by the test
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert len(names) == 4
    assert len(set(names)) == 1


def test_a_database_of_a_newer_version_is_refused(state: State, settings: BotSettings) -> None:
    with state.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version_bot SET version_num = '9999'"))
    with pytest.raises(LibraryError, match=r"newer version of Caveat \(schema 9999\)") as caught:
        open_state(settings)
    assert "unused" not in str(caught.value)  # the password of the tests' PostgreSQL


def test_the_state_of_the_first_release_keeps_every_row(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "bot.db") as connection:
        connection.executescript(FIRST_RELEASE)
    connection.close()
    for _ in range(2):
        state = open_state(settings_in(tmp_path))
        assert state.syncs.synced() == {"global": "digest"}
        assert state.records.evidence("kept") is not None
        state.feedback.add(NewFeedback(answer_id="kept", guild_id=None, person="p", verdict="up"))
        tables = set(inspect(state.engine).get_table_names())
        assert "alembic_version" not in tables
        assert tables == {*metadata.tables, VERSION_TABLE}
        state.close()


def test_a_version_table_of_another_program_in_postgresql_is_left_alone(
    postgres: str, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, DATABASE_URL=fresh_database(postgres, "shared"))
    engine = open_state(settings).engine
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version_bot"))
        for table in metadata.tables:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('theirs')"))
    engine.dispose()
    state = open_state(settings)
    with state.engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert found == "theirs"
    state.close()


def test_a_lost_connection_is_made_anew(postgres: str, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, DATABASE_URL=fresh_database(postgres, "restarted"))
    state, other = open_state(settings), open_state(settings)
    state.syncs.mark_synced("digest")
    with other.engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = 'restarted' AND pid <> pg_backend_pid()"
            )
        )
    assert state.syncs.synced() == {"global": "digest"}
    state.close()
    other.close()


def test_a_damaged_file_ends_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match=r"bot\.db"):
        open_state(settings_in(tmp_path))


def test_a_server_out_of_reach_ends_in_one_sentence_without_the_password(tmp_path: Path) -> None:
    address = "postgresql://me:s3cret@127.0.0.1:1/state?password=s3cret"
    with pytest.raises(LibraryError) as caught:
        open_state(settings_in(tmp_path, DATABASE_URL=address))
    told = str(caught.value)
    assert told.startswith("The PostgreSQL database state on 127.0.0.1 cannot be used")
    assert "s3cret" not in told
    assert len(told.splitlines()) == 1


def test_a_missing_driver_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    address = "postgres://me:s3cret@127.0.0.1/state"
    with pytest.raises(SettingsError, match=r"extra `postgres`") as caught:
        open_state(settings_in(tmp_path, DATABASE_URL=address))
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["", "s3cret", "mysql://me:s3cret@host/db", "postgresql://me:s3cret@host", "://"]
)
def test_an_address_that_cannot_be_used_is_told_without_it(address: str) -> None:
    with pytest.raises(SettingsError, match=r"postgresql://user:password@host/database") as caught:
        database_url(address)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["postgresql://me:top@s3cret@host/db", "postgresql://me/s3cret:top@host/db"]
)
def test_a_password_that_breaks_the_address_in_two_is_told_without_it(address: str) -> None:
    with pytest.raises(SettingsError, match=r"%2F") as caught:
        database_url(address)
    assert "s3cret" not in str(caught.value)


def test_an_address_may_also_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / "state.db"
    open_state(settings_in(tmp_path, DATABASE_URL=f"sqlite:///{file}")).close()
    assert file.is_file()
    assert not (tmp_path / "bot.db").exists()


def test_settings_are_stored_as_plain_json(state: State) -> None:
    state.guilds.write(1, GuildSettings(exempt_roles=frozenset({2**62})))
    with state.engine.connect() as connection:
        stored = connection.execute(text("SELECT settings FROM guild_settings")).scalar_one()
    record = stored if isinstance(stored, dict) else json.loads(stored)
    assert record["exempt_roles"] == [2**62]
