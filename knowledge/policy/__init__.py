"""What Caveat explains and what it never enables: the judgement of questions and of passages."""

from knowledge.policy.judging import Judgement
from knowledge.policy.operational import is_operational
from knowledge.policy.policy import ADAPTERS, Policy
from knowledge.policy.replies import HELP_LINES, LESSONS, MORE, language_of, notes_for, refusal
from knowledge.policy.topics import Rule

__all__ = (
    "ADAPTERS",
    "HELP_LINES",
    "LESSONS",
    "MORE",
    "Judgement",
    "Policy",
    "Rule",
    "is_operational",
    "language_of",
    "notes_for",
    "refusal",
)
