"""The nouns of Caveat: frozen records that need nothing but the standard library.

Dates are ISO 8601 strings of any precision ("2024", "2024-07", "2024-07-12"). Character positions
count Unicode code points from 0; the end of a span is exclusive. Pages count from 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "law",
    "standard",
    "government",
    "research",
    "licence",
    "vendor",
    "advocacy",
    "news",
    "incident",
    "brief",
    "other",
]
Stance = Literal["favours-openness", "favours-restriction", "mixed", "neutral", "unknown"]
Status = Literal[
    "in-force",
    "final",
    "proposed",
    "draft",
    "superseded",
    "revoked",
    "vetoed",
    "withdrawn",
    "unknown",
]
Outcome = Literal["answered", "abstained", "declined", "smalltalk"]
Mode = Literal["quoted", "written"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The bibliographic record that a reader needs to judge a quote.

    Attributes:
        id: stable for as long as the library holds the source.
        url: public address, or None for a local file.
        published, retrieved, status_date: ISO 8601, or None when unknown.
        superseded_by: id or title of the source that replaces this one.
        licence: as stated by the publisher; decides how much is shown in public.
    """

    id: str
    title: str
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    kind: Kind = "other"
    stance: Stance = "unknown"
    jurisdiction: str | None = None
    published: str | None = None
    retrieved: str | None = None
    status: Status = "unknown"
    status_date: str | None = None
    superseded_by: str | None = None
    licence: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A line of a document that names what follows it.

    Attributes:
        level: 1 for the outermost.
        text: the name a citation shows, such as "Article 53 Obligations for providers".
        start, end: the span of the heading line in the document's text.
    """

    level: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A source's text at one moment.

    Attributes:
        text: paragraphs separated by blank lines, lines inside a paragraph already joined.
        media_type: of the file that it was read from, such as "application/pdf".
        content_hash: SHA-256 of the text, and of its links where it has some, hexadecimal.
        page_starts: where each page begins in the text; empty when it has no pages.
        headings: in order of position.
        links: (start, end, address) of what a brief names as its sources, in order of position;
            of other documents none are kept.
    """

    text: str
    media_type: str
    content_hash: str
    page_starts: tuple[int, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """An exact slice of a document: `text == document.text[start:end]`.

    Attributes:
        id: the same for the same slice of the same text, across runs and machines.
        ordinal: position among the chunks of its document, from 0.
        page: the page on which the slice begins, or None.
        page_breaks: (position in `text`, page) for each further page that begins inside.
        heading_path: names of the headings that enclose the slice's beginning, outermost first.
        heading_breaks: (position in `text`, heading path) for each heading that begins inside.
        links: those of the document that begin inside, with positions in `text`.
    """

    id: str
    source_id: str
    text: str
    start: int
    end: int
    ordinal: int
    page: int | None = None
    page_breaks: tuple[tuple[int, int], ...] = ()
    heading_path: tuple[str, ...] = ()
    heading_breaks: tuple[tuple[int, tuple[str, ...]], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()

    def heading_path_at(self, position: int) -> tuple[str, ...]:
        """The headings that enclose the character at `position` in `text`, outermost first."""
        path = self.heading_path
        for offset, names in self.heading_breaks:
            if offset <= position:
                path = names
        return path

    def page_at(self, position: int) -> int | None:
        """The page of the character at `position` in `text`."""
        page = self.page
        for offset, number in self.page_breaks:
            if offset <= position:
                page = number
        return page


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A chunk that a search returned.

    Attributes:
        score: fused relevance for this question, 0 to 1; comparable within one search only.
        similarity: cosine of the question's and the chunk's vectors, -1 to 1.
    """

    chunk: Chunk
    source: Source
    score: float
    similarity: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A verbatim quote from a passage that was in front of the writer.

    Attributes:
        number: as in the marks `[1]` of the answer's text.
        start: where the quote begins in the passage's text.
        link: the deepest public address of the quote, or None for a local file.

    Raises:
        ValueError: when the quote does not stand at `start` in the passage.
    """

    number: int
    passage: Passage
    quote: str
    start: int
    link: str | None = None

    def __post_init__(self) -> None:
        if not self.quote or not self.passage.chunk.text.startswith(self.quote, self.start):
            raise ValueError(f"citation {self.number}: its passage does not hold the quote")

    @property
    def page(self) -> int | None:
        """The page on which the quote begins."""
        return self.passage.chunk.page_at(self.start)

    @property
    def heading_path(self) -> tuple[str, ...]:
        """The headings that enclose the quote's beginning, outermost first."""
        return self.passage.chunk.heading_path_at(self.start)


@dataclass(frozen=True, kw_only=True, slots=True)
class NearestSource:
    """A source close to a question that the library does not answer, with a verbatim quote.

    Attributes:
        heading: the headings over the quote as one line, or None when there are none.
    """

    source_id: str
    title: str
    url: str | None
    quote: str
    heading: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something the reader of an answer should know.

    Attributes:
        code: which note it is, such as "status"; the same in every language.
        text: an English sentence.
        values: what the sentence tells, by name, so that it can be told in other languages.
    """

    code: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed:
    """A sentence of a chat model that is not shown as an answer, because it failed the check.

    Attributes:
        sentence: as the model wrote it, without its marks.
        reason: code of what is wrong, as of `knowledge.support.verdict.Reason`, or of
            `knowledge.writing.suspecting.OwnReason`.
        detail: the words that are wrong, such as the number that no passage holds; may be empty.
    """

    sentence: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    """What a chat model used for one answer, all its calls together.

    Attributes:
        input_tokens, output_tokens: as the provider reported them.
        dollars: by the price table, or None when the model has no price there.
    """

    input_tokens: int
    output_tokens: int
    dollars: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """How the text of a written answer came about.

    Attributes:
        model: as configured, such as "openai:gpt-4o-mini".
        prompt: version of the prompts, the first 12 hexadecimal digits of their SHA-256.
        checked: sentences of the model that were checked, those removed included.
        removed: sentences that failed, in the order in which the model wrote them.
    """

    model: str
    prompt: str
    checked: int
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a reader gets for a question.

    Attributes:
        id: random, unique; what feedback and evidence buttons refer to.
        text: paragraphs separated by blank lines; a line that begins with "> " is a verbatim
            quote, `[n]` marks citation n; there is no other markup.
        notes: what the reader should know, such as "not legal advice".
        timings_ms: milliseconds by stage, with "total".
        build: the index build that was read, or None when none was needed.
        written: how the text came about, or None for an answer that only quotes.
        spent: what a chat model used, also where its text was not good enough to be shown.
    """

    id: str
    question: str
    outcome: Outcome
    mode: Mode
    text: str
    citations: tuple[Citation, ...] = ()
    nearest: tuple[NearestSource, ...] = ()
    notes: tuple[Note, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    build: str | None = None
    written: Written | None = None
    spent: Spent | None = None
