"""Has a chat model write an answer, and shows of it what the passages support."""

from knowledge.writing.manner import DEPTHS, STANDARD, Depth, Manner, Stage, StageName, Told
from knowledge.writing.noting import quoted_instead
from knowledge.writing.prepared import NO_PLAN, Plan, Prepared
from knowledge.writing.prompts import prompt_version
from knowledge.writing.unusable import UnusableChat
from knowledge.writing.writer import Writer

__all__ = [
    "DEPTHS",
    "NO_PLAN",
    "STANDARD",
    "Depth",
    "Manner",
    "Plan",
    "Prepared",
    "Stage",
    "StageName",
    "Told",
    "UnusableChat",
    "Writer",
    "prompt_version",
    "quoted_instead",
]
