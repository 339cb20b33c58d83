"""Opens the database of the bot's state, and all its stores together."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import BotSettings
from bot.state.answers import Records
from bot.state.blocks import BlockStore
from bot.state.departures import DepartureStore
from bot.state.feedback import FeedbackStore
from bot.state.guilds import GuildStore
from bot.state.people import PeopleStore
from bot.state.pseudonyms import Pseudonyms, open_pseudonyms
from bot.state.refusals import RefusalStore
from bot.state.schema import SCHEMA_VERSION, VERSION_TABLE
from bot.state.spending import SpendingStore
from bot.state.syncs import SyncStore
from bot.state.uses import UseStore
from bot.state.writing import Clock, utc_now
from knowledge.database import database_url, open_database
from knowledge.errors import LibraryError

FILE = "bot.db"
MIGRATIONS = Path(__file__).parent / "migrations"

# what a store raises when its database cannot be reached, is full or damaged
FAULTS = (SQLAlchemyError, LibraryError)


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """The stores, all in one database."""

    engine: Engine
    records: Records
    guilds: GuildStore
    feedback: FeedbackStore
    uses: UseStore
    refusals: RefusalStore
    spending: SpendingStore
    syncs: SyncStore
    people: PeopleStore
    blocks: BlockStore
    departures: DepartureStore
    pseudonyms: Pseudonyms

    def purge(self, guild_id: int) -> None:
        """Deletes everything that belongs to a server."""
        self.departures.purge(guild_id)
        self.guilds.forget_read(guild_id)
        self.blocks.forget_read()

    def forget_old(self) -> int:
        """Deletes what is kept for a time only; how many answers that were."""
        self.uses.forget_old()
        self.refusals.forget_old()
        self.spending.forget_old()
        self.feedback.forget_old()
        return self.records.forget_old()

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()


def open_state(settings: BotSettings, now: Clock = utc_now) -> State:
    """The bot's state: `bot.db` in the data folder, or where `DATABASE_URL` leads.

    Raises:
        LibraryError: when the database is damaged, read-only, out of reach or of a newer version.
        SettingsError: when `DATABASE_URL` cannot be used.
    """
    address = settings.database_url.get_secret_value().strip() if settings.database_url else ""
    engine = open_database(
        database_url(address) if address else settings.data_dir / FILE,
        migrations=MIGRATIONS,
        schema_version=SCHEMA_VERSION,
        version_table=VERSION_TABLE,
    )
    if engine.dialect.name == "sqlite":
        engine.dispose()  # so that no connection is at hand that was made before
        event.listen(engine, "connect", _overwrite_deleted)
    return State(
        engine=engine,
        records=Records(engine, now),
        guilds=GuildStore(engine, now),
        feedback=FeedbackStore(engine, now),
        uses=UseStore(engine, now),
        refusals=RefusalStore(engine, now),
        spending=SpendingStore(engine, now),
        syncs=SyncStore(engine, now),
        people=PeopleStore(engine, now),
        blocks=BlockStore(engine, now),
        departures=DepartureStore(engine, now),
        pseudonyms=open_pseudonyms(engine),
    )


def _overwrite_deleted(connection: object, _record: object) -> None:
    """Has SQLite overwrite what is deleted; in PostgreSQL that is the matter of its VACUUM."""
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the DBAPI's own connection
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()
