"""What the bot keeps of its answers: what they rest on and where they stand."""

import statistics
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update

from bot.message.cited import CitedPassage
from bot.state.schema import answers
from bot.state.writing import Clock, stamp, utc_now
from knowledge.model import Answer

KEPT_FOR = timedelta(days=30)
DAY_CHARACTERS = len("2026-11-23")


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The passages behind an answer.

    Attributes:
        asked_at: ISO 8601 in UTC.
        build: the index build that was read.
        removed: how many sentences of a chat model are not shown; their words are not stored.
    """

    answer_id: str
    asked_at: str
    build: str | None
    cited: tuple[CitedPassage, ...]
    removed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownAnswer:
    """An answer that stands in a channel, where it can be edited.

    Attributes:
        guild_id: None in direct messages.
        corrected_for: what its corrections tell already.
    """

    answer_id: str
    guild_id: int | None
    channel_id: int
    message_id: int
    cited: tuple[CitedPassage, ...]
    corrected_for: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCounts:
    """How a day's questions ended, in UTC."""

    day: date
    answered: int
    abstained: int
    declined: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How the questions of some days ended.

    Attributes:
        median_ms: from question to answer, or None when nothing was answered.
        days: every day from the oldest to today, also those without questions.
    """

    answered: int
    abstained: int
    declined: int
    median_ms: float | None
    days: tuple[DayCounts, ...]


class Records:
    """Reads and writes the answers; neither questions nor askers."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def keep(
        self,
        answer: Answer,
        *,
        guild_id: int | None = None,
        ephemeral: bool = False,
        milliseconds: int | None = None,
    ) -> None:
        """Stores what an answer rests on; neither the question nor its author.

        Args:
            answer: any.
            guild_id: where it was asked, or None in a direct message.
            ephemeral: whether only the asker sees it.
            milliseconds: that the asker waited; else how long the answer took.
        """
        took = answer.timings_ms.get("total") if milliseconds is None else milliseconds
        row = {
            "id": answer.id,
            "build": answer.build,
            "asked_at": stamp(self._now()),
            "guild_id": guild_id,
            "outcome": answer.outcome,
            "mode": answer.mode,
            "cited": [CitedPassage.of(citation).write() for citation in answer.citations],
            "milliseconds": None if took is None else round(took),
            "ephemeral": ephemeral,
            "removed": len(answer.written.removed) if answer.written else None,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(answers).values(row))

    def locate(self, answer_id: str, *, channel_id: int, message_id: int) -> None:
        """Notes which message shows an answer."""
        self._change(answer_id, {"channel_id": channel_id, "message_id": message_id})

    def evidence(self, answer_id: str) -> Evidence | None:
        """The evidence for an answer, or None when it is unknown or was forgotten."""
        query = select(answers).where(answers.c.id == answer_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        return Evidence(
            answer_id=answer_id,
            asked_at=row["asked_at"],
            build=row["build"],
            cited=_passages(row),
            removed=row["removed"] or 0,
        )

    def forget(self, answer_id: str) -> None:
        """Deletes an answer whose message was deleted."""
        with self._engine.begin() as connection:
            connection.execute(delete(answers).where(answers.c.id == answer_id))

    def forget_old(self) -> int:
        """Deletes answers older than `KEPT_FOR`; how many they were."""
        with self._engine.begin() as connection:
            old = delete(answers).where(answers.c.asked_at < self._oldest(KEPT_FOR))
            return connection.execute(old).rowcount

    def counts(self, guild_id: int | None, days: int = KEPT_FOR.days) -> Counts:
        """How the questions of one guild ended in the last days, today included.

        Args:
            guild_id: the guild, or None for direct messages.
            days: at most those of `KEPT_FOR`; older answers are forgotten.
        """
        today = self._now().date()
        shown = [today - timedelta(days=back) for back in reversed(range(days))]
        mine = answers.c.guild_id == guild_id  # IS NULL for None
        young = answers.c.asked_at >= shown[0].isoformat()
        day = func.substr(answers.c.asked_at, 1, DAY_CHARACTERS)
        ended = select(day, answers.c.outcome, func.count()).where(mine, young)
        took = select(answers.c.milliseconds).where(
            mine, young, answers.c.milliseconds.is_not(None), answers.c.outcome == "answered"
        )
        with self._engine.connect() as connection:
            rows = connection.execute(ended.group_by(day, answers.c.outcome)).all()
            times = connection.execute(took).scalars().all()
        found = Counter({(row[0], row[1]): row[2] for row in rows})
        return _counts(shown, found, statistics.median(times) if times else None)

    def to_correct(self, *, after: str = "", limit: int = 200) -> tuple[ShownAnswer, ...]:
        """Answers of the last `KEPT_FOR` that others see and that could be corrected, by their ids.

        Args:
            after: the last id of the page before; "" for the first page.
            limit: of answers in a page; fewer mean that it is the last one.
        """
        query = select(answers).where(
            answers.c.id > after,
            answers.c.asked_at >= self._oldest(KEPT_FOR),
            answers.c.message_id.is_not(None),
            answers.c.outcome == "answered",
            answers.c.ephemeral.is_(False),
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(answers.c.id).limit(limit)).mappings().all()
        return tuple(
            ShownAnswer(
                answer_id=row["id"],
                guild_id=row["guild_id"],
                channel_id=row["channel_id"],
                message_id=row["message_id"],
                cited=_passages(row),
                corrected_for=frozenset(row["corrected_for"] or ()),
            )
            for row in rows
        )

    def mark_corrected(self, answer_id: str, told: Collection[str]) -> None:
        """Notes what all the corrections of an answer tell, so that none of it is told again."""
        values = {"corrected_at": stamp(self._now()), "corrected_for": sorted(told)}
        self._change(answer_id, values)

    def _change(self, answer_id: str, values: Mapping[str, Any]) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(answers).where(answers.c.id == answer_id).values(values))

    def _oldest(self, age: timedelta) -> str:
        return stamp(self._now() - age)


def _passages(row: Mapping[Any, Any]) -> tuple[CitedPassage, ...]:
    return tuple(CitedPassage.read(record) for record in row["cited"])


def _counts(shown: list[date], found: Counter[tuple[str, str]], median: float | None) -> Counts:
    days = tuple(
        DayCounts(
            day=day,
            answered=found[day.isoformat(), "answered"],
            abstained=found[day.isoformat(), "abstained"],
            declined=found[day.isoformat(), "declined"],
        )
        for day in shown
    )
    return Counts(
        answered=sum(day.answered for day in days),
        abstained=sum(day.abstained for day in days),
        declined=sum(day.declined for day in days),
        median_ms=median,
        days=days,
    )
