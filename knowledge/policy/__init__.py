"""What Caveat explains and what it never enables: the judgement of questions and of passages."""

from knowledge.policy.judging import Judgement, judge
from knowledge.policy.topics import Rule

__all__ = ("Judgement", "Rule", "judge")
