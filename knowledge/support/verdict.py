"""What the support check says of a sentence."""

from dataclasses import dataclass
from typing import Literal, Protocol

Reason = Literal[
    "unmarked",
    "invented-mark",
    "number",
    "date",
    "reference",
    "name",
    "quoted-words",
    "negation",
    "modality",
    "uncovered",
    "judge",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A passage that was in front of the writer.

    Attributes:
        number: as in its marks, from 1.
        text: of the passage.
        about: who published it and under which title and headings, as the writer was told; a
            sentence may name them.
        heading: "publisher: title > headings", as the judge was taught to read it; without one it
            is given what stands in `about`.
    """

    number: int
    text: str
    about: str = ""
    heading: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether some passages support a sentence.

    Attributes:
        supported: whether it may be shown.
        numbers: the passages that support it, the best first; empty when none does.
        span: (start, end) of the best sentence in the text of the first of `numbers`, or of the
            nearest passage when it is not supported; None when nothing came near.
        reason: what is wrong, or None when it is supported.
        detail: the words that are wrong; may be empty.
        score: share of the content words that the passages hold, 0 to 1.
    """

    supported: bool
    numbers: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    reason: Reason | None = None
    detail: str = ""
    score: float = 0.0


class Judge(Protocol):
    """A model that is asked about what no rule speaks against."""

    def supports(self, passage: str, sentence: str, about: str = "") -> float | None:
        """The probability, 0 to 1, that the passage supports the sentence; blocks.

        Args:
            passage: its text.
            sentence: without marks.
            about: title and headings of the passage.

        Returns:
            None where the judge cannot be asked: then the rules alone decide.
        """
        ...
