"""What Caveat explains and what it never enables: the judgement of questions and of passages."""

from knowledge.policy.judging import Judgement
from knowledge.policy.operational import is_operational
from knowledge.policy.policy import judge
from knowledge.policy.replies import HELP_LINES, LESSONS, MORE, language_of, notes_for, refusal
from knowledge.policy.topics import Rule

__all__ = (
    "HELP_LINES",
    "LESSONS",
    "MORE",
    "Judgement",
    "Rule",
    "is_operational",
    "judge",
    "language_of",
    "notes_for",
    "refusal",
)
