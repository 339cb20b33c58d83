"""Sources that readers suggested, until a curator decides and ingest takes them in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import get_args

from sqlalchemy import Connection, Engine, case, delete, insert, null, or_, select, update

from knowledge.errors import LibraryBusyError, LibraryError, SuggestionError
from knowledge.library import schema
from knowledge.library.database import (
    is_busy,
    one_at_a_time,
    overwrite_deleted,
    shed_log,
)
from knowledge.library.records import Suggestion, SuggestionStatus
from knowledge.library.suggestible import (
    MOST_CHARACTERS,
    MOST_PENDING,
    count_pending,
    one_line,
    public_address,
    refuse_known,
    refuse_too_many,
)

CONTACT_KEPT_FOR = timedelta(days=90)  # after the decision, when a person cannot be told
KEPT_FOR = timedelta(days=365)  # after the decision

FINAL: tuple[SuggestionStatus, ...] = ("rejected", "taken", "failed")
COLUMNS = [schema.suggestions.c[name] for name in Suggestion.__dataclass_fields__]


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Suggestions:
    """The queue of suggestions; each method is one transaction, beside an ingest that writes.

    Every method that writes raises LibraryBusyError when another process writes for too long.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        allow_private: bool = False,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Reads nothing yet.

        Args:
            engine: the library's database.
            allow_private: takes addresses of the operator's own network, too.
            clock: tells the time in UTC.
        """
        self._engine = engine
        self._allow_private = allow_private
        self._clock = clock

    def suggest(
        self, url: str, *, note: str | None, contact: str | None, guild: str | None
    ) -> Suggestion:
        """Puts an address into the queue; nothing is looked up or fetched.

        Args:
            url: as a person wrote it.
            note: why, or None.
            contact: who is to be told of the decision, such as a user's id; or None.
            guild: the server it comes from, or None.

        Raises:
            SuggestionError: when it is no public web address, is known already, or the queue is
                full; its `code` says which, its `user_message` can be shown.
        """
        address = public_address(url, allow_private=self._allow_private)
        said = one_line(note or "", "note")
        with self._writing() as connection:
            refuse_known(connection, address)
            refuse_too_many(connection, contact)
            row = {
                "url": address,
                "note": said or None,
                "contact": contact,
                "guild": guild,
                "status": "pending",
                "suggested_at": self._now(),
            }
            (made,) = connection.execute(
                insert(schema.suggestions).values(row).returning(schema.suggestions.c.id)
            ).one()
            return _one(connection, made)

    def pending(self, limit: int = 25) -> tuple[Suggestion, ...]:
        """What waits for a decision, oldest first."""
        return self._with_status("pending", limit)

    def approved(self, limit: int = MOST_PENDING) -> tuple[Suggestion, ...]:
        """What ingest may take in, oldest first."""
        return self._with_status("approved", limit)

    def count_pending(self) -> int:
        """How many wait for a decision."""
        with self._engine.connect() as connection:
            return count_pending(connection)

    def listed(self, limit: int = 200) -> tuple[Suggestion, ...]:
        """All of them: pending ones first, then by status, the newest of each first."""
        table = schema.suggestions.c
        rank = {status: position for position, status in enumerate(get_args(SuggestionStatus))}
        order = case(rank, value=table.status), table.id.desc()
        with self._engine.connect() as connection:
            rows = connection.execute(select(*COLUMNS).order_by(*order).limit(limit)).mappings()
            return tuple(Suggestion(**row) for row in rows)

    def find(self, suggestion_id: int) -> Suggestion | None:
        """One suggestion, or None."""
        table = schema.suggestions
        with self._engine.connect() as connection:
            found = connection.execute(select(*COLUMNS).where(table.c.id == suggestion_id))
            row = found.mappings().first()
        return Suggestion(**row) if row else None

    def approve(self, suggestion_id: int) -> Suggestion:
        """Lets ingest take it in; also one that failed, or one that is approved already.

        Raises:
            SuggestionError: when there is none, or it was rejected or taken in.
        """
        before: tuple[SuggestionStatus, ...] = ("pending", "approved", "failed")
        return self._decide(suggestion_id, "approved", before)

    def reject(self, suggestion_id: int, reason: str) -> Suggestion:
        """Refuses it for a reason, which the suggester is told; one line, at most 500 characters.

        Raises:
            SuggestionError: when there is none, it was taken in, or the reason cannot be used.
        """
        said = one_line(reason, "reason")
        if not said:
            raise SuggestionError("reason", "Please give a reason: the suggester is told.")
        before: tuple[SuggestionStatus, ...] = ("pending", "approved", "failed", "rejected")
        return self._decide(suggestion_id, "rejected", before, reason=said)

    def take(self, suggestion_id: int, source_id: str) -> Suggestion:
        """Notes which source it became.

        Raises:
            SuggestionError: when there is none that is approved.
        """
        return self._decide(suggestion_id, "taken", ("approved",), source_id=source_id)

    def fail(self, suggestion_id: int, reason: str) -> Suggestion:
        """Notes why it could not be taken in.

        Raises:
            SuggestionError: when there is none that is approved.
        """
        said = " ".join(reason.split())[:MOST_CHARACTERS]
        return self._decide(suggestion_id, "failed", ("approved",), reason=said)

    def untold(self, limit: int = 25) -> tuple[Suggestion, ...]:
        """Those whose suggester does not know the present status yet, oldest decision first."""
        table = schema.suggestions.c
        unknown = or_(table.told.is_(None), table.told != table.status)
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(*COLUMNS)
                .where(table.status != "pending", table.contact.is_not(None), unknown)
                .order_by(table.decided_at, table.id)
                .limit(limit)
            ).mappings()
            return tuple(Suggestion(**row) for row in rows)

    def mark_told(self, suggestion_id: int, status: SuggestionStatus | None = None) -> None:
        """Notes that the suggester knows, or cannot be told, and forgets who it is.

        Of one that is approved, the contact stays until what became of it was told, too.

        Args:
            suggestion_id: of an unknown one nothing is noted.
            status: what they were told; None is the present one.
        """
        table = schema.suggestions
        told = status or table.c.status
        with self._writing() as connection:
            connection.execute(
                update(table)
                .where(table.c.id == suggestion_id, table.c.status != "pending")
                .values(
                    told=told,
                    contact=case(
                        ((table.c.status == told) & table.c.status.in_(FINAL), null()),
                        else_=table.c.contact,
                    ),
                )
            )
        shed_log(self._engine)

    def of(self, contact: str) -> tuple[Suggestion, ...]:
        """What one person suggested, as long as it is known that it was they."""
        table = schema.suggestions.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(*COLUMNS).where(table.contact == contact).order_by(table.id)
            ).mappings()
            return tuple(Suggestion(**row) for row in rows)

    def forget_contact(self, contact: str) -> int:
        """Forgets who made suggestions, which stay; how many they were. Nobody is told then."""
        return self._forget("contact", contact)

    def forget_guild(self, guild: str) -> int:
        """Forgets of which server suggestions are, which stay; how many they were."""
        return self._forget("guild", guild)

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def _forget(self, column: str, value: str) -> int:
        known = schema.suggestions.c[column] == value
        with self._writing() as connection:
            change = update(schema.suggestions).where(known).values({column: None})
            forgotten = connection.execute(change).rowcount
        shed_log(self._engine)
        return forgotten

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _with_status(self, status: SuggestionStatus, limit: int) -> tuple[Suggestion, ...]:
        table = schema.suggestions.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(*COLUMNS).where(table.status == status).order_by(table.id).limit(limit)
            ).mappings()
            return tuple(Suggestion(**row) for row in rows)

    def _decide(
        self,
        suggestion_id: int,
        status: SuggestionStatus,
        before: Sequence[SuggestionStatus],
        **values: str,
    ) -> Suggestion:
        table = schema.suggestions
        cleared = {"reason": None, "source_id": None, "decided_at": self._now()}
        with self._writing() as connection:
            known = connection.execute(
                update(table)
                .where(table.c.id == suggestion_id, table.c.status.in_(before))
                .values(cleared | values | {"status": status})
            ).rowcount
            if known:
                return _one(connection, suggestion_id)
            present = connection.execute(
                select(table.c.status).where(table.c.id == suggestion_id)
            ).scalar()
        if present is None:
            raise SuggestionError("unknown", f"There is no suggestion {suggestion_id}.")
        raise SuggestionError("decided", f"Suggestion {suggestion_id} is {present} already.")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                overwrite_deleted(connection)
                one_at_a_time(connection, schema.suggestions)
                # writes first: in SQLite a transaction that has read before fails at once, without
                # waiting for its turn, when another process has written in between
                self._tidy(connection)
                yield connection
        except LibraryError as error:
            if is_busy(error):
                raise LibraryBusyError(
                    "Another process is writing to the library. Try again in a moment."
                ) from error
            raise

    def _tidy(self, connection: Connection) -> None:
        """Forgets whom nobody could tell, and what was decided long ago."""
        table, now = schema.suggestions, self._clock()
        contact_until = (now - CONTACT_KEPT_FOR).isoformat(timespec="seconds")
        kept_until = (now - KEPT_FOR).isoformat(timespec="seconds")
        old = table.c.status.in_(FINAL) & (table.c.decided_at < contact_until)
        connection.execute(update(table).where(old).values(contact=None))
        connection.execute(
            delete(table).where(table.c.status.in_(FINAL), table.c.decided_at < kept_until)
        )


def _one(connection: Connection, suggestion_id: int) -> Suggestion:
    table = schema.suggestions.c
    found = connection.execute(select(*COLUMNS).where(table.id == suggestion_id))
    return Suggestion(**found.mappings().one())
