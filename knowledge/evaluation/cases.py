"""Reads questions with the quotes that answer them."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.evaluation.lines import read_records


class Gold(BaseModel):
    """A place that answers.

    Attributes:
        doc: how the path or URL of the document ends.
        page: the physical page from 1, or None where the document has none.
        quote: the document's own words.
        also: further documents with the same words; citing one of them is as good.
    """

    model_config = ConfigDict(frozen=True)

    doc: str = Field(min_length=1)
    page: int | None = None
    quote: str = Field(pattern=r"\w")
    also: tuple[str, ...] = ()


class AnswerCase(BaseModel):
    """A question and what a good answer holds.

    Attributes:
        kind: a name to group cases by.
        need: whether any gold place suffices, all are needed, or silence is right.
        key_facts: what the answer must say; `|` separates alternatives.
    """

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...] = ()
    need: Literal["any", "all", "none"]
    key_facts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _answerable_has_gold(self) -> Self:
        if (self.need == "none") == bool(self.gold):
            raise ValueError('gold must be empty exactly when need is "none"')
        return self


def read_cases(path: Path) -> tuple[AnswerCase, ...]:
    """The cases of a file of JSON lines, in order.

    Raises:
        EvaluationSetError: when the file is missing or a line cannot be used.
    """
    return tuple(read_records(path, AnswerCase).values())
