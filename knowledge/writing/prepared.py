"""What stands between a question and its written answer."""

from dataclasses import dataclass

from knowledge.asked import Asked
from knowledge.model import Answer, Note, Passage, Spent

MOST_SEARCHES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What to search for.

    Attributes:
        searches: instead of the question's topic; empty when that is searched for. One stands for
            a follow-up, several for the parts of a question.
        spent: what a chat model used to make the plan.
        milliseconds: that it took.
    """

    searches: tuple[str, ...] = ()
    spent: Spent | None = None
    milliseconds: float = 0.0


NO_PLAN = Plan()


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A complete quoted answer, and what to write a better one from.

    Attributes:
        put: what was asked.
        quoted: may be shown as it is.
        plan: that was followed.
        topic: what was searched for, as one line.
        passages: the best, best first; none when there is nothing to write.
        doubts: notes that hold however the answer is worded.
        day: of the library, ISO 8601.
    """

    put: Asked
    quoted: Answer
    plan: Plan = NO_PLAN
    topic: str = ""
    passages: tuple[Passage, ...] = ()
    doubts: tuple[Note, ...] = ()
    day: str = ""
