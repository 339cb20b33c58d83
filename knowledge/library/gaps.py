"""What readers asked and the library did not answer: counts, and questions where they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, Engine, delete, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.library import schema
from knowledge.library.database import overwrite_deleted, shed_log

COUNTS_KEPT_FOR = timedelta(days=365)
QUESTIONS_KEPT_FOR = timedelta(days=30)
MOST_QUESTIONS = 1000  # in all
QUESTIONS_SHOWN = 5  # of one gap

Place = tuple[str, str]  # source id and heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A question that the library did not answer.

    Attributes:
        day: when it was asked, in UTC.
        source_id, title, heading: what came nearest; None when nothing was near.
        question: its text, or None to count it only.
    """

    day: date
    source_id: str | None = None
    title: str | None = None
    heading: str | None = None
    question: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedGap:
    """Questions that the library did not answer and that have the same place nearest to them.

    Attributes:
        source_id, title, heading: that place; the library may not hold it any more. None when
            nothing was near.
        count: how many questions.
        last: day of the latest, ISO 8601 in UTC.
        questions: the latest different ones of those that were kept, newest first.
    """

    source_id: str | None
    title: str | None
    heading: str | None
    count: int
    last: str
    questions: tuple[str, ...]


class Gaps:
    """Counts by day and by the place that came nearest; each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(self, found: Iterable[Gap], *, today: date, keep_questions: bool) -> None:
        """Counts what was not answered, and deletes what may not be kept any longer.

        Questions go after `QUESTIONS_KEPT_FOR`, or at once unless they are to be kept.
        """
        with self._engine.begin() as connection:
            overwrite_deleted(connection)
            # the first statement must write: a transaction that has read before fails at once,
            # without waiting for its turn, when another process has written in between
            oldest = (today - COUNTS_KEPT_FOR).isoformat()
            connection.execute(delete(schema.gaps).where(schema.gaps.c.day < oldest))
            for gap in found:
                _count(connection, gap)
                if keep_questions and gap.question:
                    _keep_question(connection, gap)
            keep = MOST_QUESTIONS if keep_questions else 0
            forgotten = _forget_questions(connection, today=today, keep=keep)
        if forgotten:
            shed_log(self._engine)

    def counted(self, since: date, *, questions_since: date | None) -> tuple[CountedGap, ...]:
        """What was not answered since a day, that day included; what was asked most comes first.

        Args:
            since: in UTC.
            questions_since: the day from which to tell questions, too; None tells none.
        """
        table = schema.gaps.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table.source_id, table.heading, table.title, table.day, table["count"])
                .where(table.day >= since.isoformat())
                .order_by(table.day)
            ).all()
            kept = _questions(connection, questions_since) if questions_since else {}
        groups: dict[Place, list[tuple[str, str, int]]] = {}
        for source_id, heading, title, day, count in rows:
            groups.setdefault((source_id, heading), []).append((title, day, count))
        gaps = [
            CountedGap(
                source_id=source_id or None,
                title=days[-1][0] or None,
                heading=heading or None,
                count=sum(count for _, _, count in days),
                last=days[-1][1],
                questions=tuple(kept.get((source_id, heading), ())[:QUESTIONS_SHOWN]),
            )
            for (source_id, heading), days in groups.items()
        ]
        gaps.sort(key=lambda gap: (gap.title or "", gap.heading or ""))
        gaps.sort(key=lambda gap: (gap.count, gap.last), reverse=True)
        return tuple(gaps)


def _count(connection: Connection, gap: Gap) -> None:
    table = schema.gaps
    title = gap.title or ""
    postgres = connection.dialect.name == "postgresql"
    connection.execute(
        (postgresql.insert(table) if postgres else sqlite.insert(table))
        .values({**_place(gap), "day": gap.day.isoformat(), "title": title, "count": 1})
        .on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_={"count": table.c["count"] + 1, "title": title},
        )
    )


def _keep_question(connection: Connection, gap: Gap) -> None:
    table = schema.gap_questions
    row = {**_place(gap), "question": gap.question}
    same = (table.c[name] == value for name, value in row.items())
    connection.execute(delete(table).where(*same))  # who asks again is not shown twice
    connection.execute(insert(table).values(**row, day=gap.day.isoformat()))


def _place(gap: Gap) -> dict[str, str]:
    return {"source_id": gap.source_id or "", "heading": gap.heading or ""}


def _forget_questions(connection: Connection, *, today: date, keep: int) -> int:
    table = schema.gap_questions
    oldest = (today - QUESTIONS_KEPT_FOR).isoformat()
    newest = select(table.c.id).order_by(table.c.day.desc(), table.c.id.desc()).limit(keep)
    unwanted = or_(table.c.day < oldest, table.c.id.not_in(newest))
    return connection.execute(delete(table).where(unwanted)).rowcount


def _questions(connection: Connection, since: date) -> dict[Place, list[str]]:
    table = schema.gap_questions.c
    found: dict[Place, list[str]] = {}
    for source_id, heading, question in connection.execute(
        select(table.source_id, table.heading, table.question)
        .where(table.day >= since.isoformat())
        .order_by(table.day.desc(), table.id.desc())
    ):
        found.setdefault((source_id, heading), []).append(question)
    return found
