"""Checks, sentence by sentence, whether passages support what a chat model wrote."""

from knowledge.support.checking import check, marks_in
from knowledge.support.verdict import Given, Judge, Reason, Verdict

__all__ = ["Given", "Judge", "Reason", "Verdict", "check", "marks_in"]
