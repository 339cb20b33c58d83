"""Sentences with the passages that they cite, as writers made them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import SettingsError

FIT = Path(__file__).with_name("support_fit.jsonl")
BLIND = Path(__file__).with_name("support_blind.jsonl")

Kind = Literal[
    "supported",
    "number",
    "date",
    "name",
    "negation",
    "modality",
    "scope",
    "attribution",
    "addition",
]


class Pair(BaseModel):
    """A sentence with the passage that it cites.

    Attributes:
        kind: "supported", or in which way it is wrong.
        writer: of the passage and the sentence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    passage: str
    about: str = ""
    sentence: str
    kind: Kind
    writer: str = ""

    @property
    def wrong(self) -> bool:
        """Whether the passage does not support it."""
        return self.kind != "supported"


class _Wrong(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    sentence: str


class _Passage(BaseModel):
    """A line of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    writer: str
    about: str
    passage: str
    supported: tuple[str, ...]
    wrong: tuple[_Wrong, ...]

    def pairs(self) -> Iterator[Pair]:
        for sentence in self.supported:
            yield self._pair(sentence, "supported")
        for each in self.wrong:
            yield self._pair(each.sentence, each.kind)

    def _pair(self, sentence: str, kind: Kind) -> Pair:
        return Pair(
            passage=self.passage,
            about=self.about,
            sentence=sentence,
            kind=kind,
            writer=self.writer,
        )


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """The pairs of a file, of which each line is a passage with its sentences.

    Raises:
        SettingsError: when it cannot be read or a line of it is no such thing.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
        passages = [_Passage.model_validate_json(line) for line in lines if line.strip()]
    except (OSError, ValueError, ValidationError) as error:
        raise SettingsError(f"{file} holds no pairs ({error}). Name a file that does.") from error
    return tuple(pair for each in passages for pair in each.pairs())
