"""What people said of answers, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, and_, delete, func, select, update

from bot.message.escape import clean
from bot.state.schema import answers, feedback
from bot.state.writing import Clock, stamp, upsert, utc_now

LONGEST_COMMENT = 1_000
LONGEST_RESOLUTION = 500
REPORTER_KEPT_FOR = timedelta(days=90)  # also of a report that nobody resolved
FEEDBACK_KEPT_FOR = timedelta(days=365)

Verdict = Literal["up", "down"]
Reason = Literal["wrong", "unsupported", "outdated", "unsafe", "other"]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFeedback:
    """What a person says of an answer.

    Attributes:
        guild_id: where the answer stands, or None for direct messages.
        person: pseudonym of who says it.
        reason: what is wrong, when the verdict is "down".
        comment: in the person's words; of a long one the beginning is kept.
        reporter_id: the same person, to be told what became of it; None to stay unknown.
    """

    answer_id: str
    guild_id: int | None
    person: str
    verdict: Verdict
    reason: Reason | None = None
    comment: str | None = None
    reporter_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackReport:
    """A 👎 with what its giver said.

    Attributes:
        guild_id: where the answer stands, or None for direct messages.
        channel_id, message_id: of the answer, or None when it was forgotten or nobody sees it.
        reporter_id: the giver, as long as they are to be told.
        given_at: ISO 8601 in UTC.
        resolution: what was done, or None while it is open.
    """

    id: int
    answer_id: str
    guild_id: int | None
    channel_id: int | None
    message_id: int | None
    reason: Reason | None
    comment: str | None
    reporter_id: int | None
    given_at: str
    resolution: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackCounts:
    """Verdicts on a guild's answers; `open` are those 👎 that nobody resolved."""

    up: int
    down: int
    open: int


class FeedbackStore:
    """One verdict for each person and answer; what belongs to a guild is shown to it only."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def add(self, given: NewFeedback) -> None:
        """Notes a verdict, in place of what the person said of the answer before."""
        down = given.verdict == "down"
        row = {
            "guild_id": given.guild_id,
            "verdict": given.verdict,
            "reason": given.reason if down else None,
            "comment": (clean(given.comment or "").strip()[:LONGEST_COMMENT] or None)
            if down
            else None,
            "reporter_id": given.reporter_id if down else None,  # of a 👍 there is nothing to tell
            "resolved_at": None,
            "resolution": None,
            "given_at": stamp(self._now()),
        }
        keys = {"answer_id": given.answer_id, "person": given.person}
        with self._engine.begin() as connection:
            connection.execute(
                upsert(connection, feedback, {**keys, **row}, keys=list(keys), change=row)
            )

    def queue(
        self, guild_id: int | None, *, limit: int = 100, after: int = 0
    ) -> tuple[FeedbackReport, ...]:
        """The open reports of a guild, oldest first, without so many that come before."""
        return self._reports(_open(guild_id), limit, after)

    def open_report(self, feedback_id: int, *, guild_id: int | None) -> FeedbackReport | None:
        """An open report of this guild, or None when it is resolved, unknown or of another."""
        found = self._reports(and_(feedback.c.id == feedback_id, _open(guild_id)), 1)
        return found[0] if found else None

    def resolve(self, feedback_id: int, words: str, *, guild_id: int | None) -> bool:
        """Closes an open report with what was done; whether there was one in this guild."""
        done = {"resolution": clean(words).strip()[:LONGEST_RESOLUTION]}
        return self._close(feedback_id, guild_id, done)

    def dismiss(self, feedback_id: int, *, guild_id: int | None) -> bool:
        """Closes an open report, and nobody is told; whether there was one in this guild."""
        return self._close(feedback_id, guild_id, {"resolution": "", "reporter_id": None})

    def untold(self, *, limit: int = 100) -> tuple[FeedbackReport, ...]:
        """Resolved reports of every guild whose givers were not told yet, oldest first."""
        resolved, waiting = feedback.c.resolved_at, feedback.c.reporter_id
        return self._reports(and_(resolved.is_not(None), waiting.is_not(None)), limit)

    def mark_told(self, feedback_id: int) -> None:
        """Forgets who gave a report, once they were told or cannot be reached."""
        self._forget_reporters(feedback.c.id == feedback_id)

    def counts(self, guild_id: int | None, days: int = 30) -> FeedbackCounts:
        """The verdicts on a guild's answers in the last days, and its open reports of any age."""
        today = self._now().date()
        since = (today - timedelta(days=days - 1)).isoformat()
        mine = feedback.c.guild_id == guild_id
        given = (
            select(feedback.c.verdict, func.count())
            .where(mine, feedback.c.given_at >= since)
            .group_by(feedback.c.verdict)
        )
        waiting = select(func.count()).select_from(feedback).where(_open(guild_id))
        with self._engine.connect() as connection:
            found = {row[0]: row[1] for row in connection.execute(given)}
            still = connection.execute(waiting).scalar_one()
        return FeedbackCounts(up=found.get("up", 0), down=found.get("down", 0), open=still)

    def forget_old(self) -> int:
        """Forgets who gave reports older than `REPORTER_KEPT_FOR`; how many they were.

        What was said longer than `FEEDBACK_KEPT_FOR` ago is deleted.
        """
        said_before = stamp(self._now() - FEEDBACK_KEPT_FOR)
        with self._engine.begin() as connection:
            connection.execute(delete(feedback).where(feedback.c.given_at < said_before))
        oldest = stamp(self._now() - REPORTER_KEPT_FOR)
        known = feedback.c.reporter_id.is_not(None)
        return self._forget_reporters(and_(feedback.c.given_at < oldest, known))

    def _close(self, feedback_id: int, guild_id: int | None, values: Mapping[str, Any]) -> bool:
        closing = {"resolved_at": stamp(self._now()), **values}
        change = update(feedback).where(feedback.c.id == feedback_id, _open(guild_id))
        with self._engine.begin() as connection:
            return connection.execute(change.values(closing)).rowcount > 0

    def _forget_reporters(self, which: ColumnElement[bool]) -> int:
        with self._engine.begin() as connection:
            return connection.execute(
                update(feedback).where(which).values(reporter_id=None)
            ).rowcount

    def _reports(
        self, which: ColumnElement[bool], limit: int, after: int = 0
    ) -> tuple[FeedbackReport, ...]:
        seen = and_(answers.c.id == feedback.c.answer_id, answers.c.ephemeral.is_(False))
        query = (
            select(feedback, answers.c.channel_id, answers.c.message_id)
            .outerjoin(answers, seen)
            .where(which, feedback.c.verdict == "down")
            .order_by(feedback.c.given_at, feedback.c.id)
            .limit(limit)
            .offset(after)
        )
        names = FeedbackReport.__dataclass_fields__
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(FeedbackReport(**{name: row[name] for name in names}) for row in rows)


def _open(guild_id: int | None) -> ColumnElement[bool]:
    mine = feedback.c.guild_id == guild_id  # IS NULL for None
    return and_(mine, feedback.c.verdict == "down", feedback.c.resolved_at.is_(None))
