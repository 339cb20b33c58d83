"""What is wrong in the corpus, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

Finding = tuple[int, str]  # the line, counted from 1, and what is wrong with its cure
Findings = Iterator[Finding]


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something that a curator has to mend.

    Attributes:
        file: its name within the folder of the corpus.
        line: from 1.
        problem: what is wrong and what helps, in a sentence.
    """

    file: str
    line: int
    problem: str
