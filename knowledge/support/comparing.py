"""A sentence beside the passage that it may come from."""

from dataclasses import dataclass

from knowledge.sentences import Span
from knowledge.support.aligning import Alignment, Indexed, aligned, indexed, indexed_heading
from knowledge.support.tokens import Token, read_tokens


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A sentence, its passage, and where its words come from.

    Attributes:
        sentence: without marks.
        text: of the passage.
        about: its title and headings.
        passage: the sentences of the text.
        alignment: where the words of the sentence come from.
    """

    sentence: str
    text: str
    about: str
    passage: tuple[Indexed, ...]
    alignment: Alignment

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the sentence."""
        return self.alignment.tokens

    @property
    def best(self) -> int | None:
        """The number of the passage's sentence that holds most of its words."""
        return self.alignment.region[0] if self.alignment.region else None

    @property
    def span(self) -> Span | None:
        """Where that sentence stands in the text."""
        return None if self.best is None else self.passage[self.best].sentence.span

    @property
    def open_words(self) -> str:
        """The content words that nothing holds."""
        return " ".join(self.tokens[at].text for at in sorted(self.alignment.uncovered))

    def given(self, number: int) -> tuple[Token, ...]:
        """The words of a sentence of the passage."""
        return self.passage[number].sentence.tokens


def compare(sentence: str, text: str, about: str) -> Comparison:
    """A sentence beside a passage."""
    passage, heading = indexed(text), indexed_heading(about)
    tokens = read_tokens(sentence)
    alignment = aligned(tokens, passage, heading)
    return Comparison(
        sentence=sentence,
        text=text,
        about=about,
        passage=passage,
        alignment=alignment,
    )
