"""What the bot keeps of a citation: enough to show the evidence long after the answer."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from knowledge.model import Citation

HEADING_SEPARATOR = " > "  # as in the JSON of `python -m bot ask`


@dataclass(frozen=True, kw_only=True, slots=True)
class CitedPassage:
    """A citation without the objects around it.

    Attributes:
        heading: names of the enclosing headings, outermost first, or None.
        quote: verbatim, `passage[start:start + len(quote)]`.
        passage: the whole chunk; `bot.message.licence` says how much of it may be shown.

    The other fields are those of `knowledge.model.Source` and `knowledge.model.Citation`.
    """

    number: int
    source_id: str
    chunk_id: str
    title: str
    kind: str
    stance: str
    publisher: str | None
    published: str | None
    jurisdiction: str | None
    status: str
    status_date: str | None
    superseded_by: str | None
    licence: str | None
    url: str | None
    link: str | None
    page: int | None
    heading: str | None
    quote: str
    start: int
    passage: str

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """The record of a citation."""
        source, chunk = citation.passage.source, citation.passage.chunk
        return cls(
            number=citation.number,
            source_id=source.id,
            chunk_id=chunk.id,
            title=source.title,
            kind=source.kind,
            stance=source.stance,
            publisher=source.publisher,
            published=source.published,
            jurisdiction=source.jurisdiction,
            status=source.status,
            status_date=source.status_date,
            superseded_by=source.superseded_by,
            licence=source.licence,
            url=source.url,
            link=citation.link,
            page=citation.page,
            heading=HEADING_SEPARATOR.join(citation.heading_path) or None,
            quote=citation.quote,
            start=citation.start,
            passage=chunk.text,
        )

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Self:
        """The record that `write` made, also when a later version added fields to it."""
        names = {field.name for field in dataclasses.fields(cls)}
        return cls(**{name: value for name, value in record.items() if name in names})

    def write(self) -> dict[str, Any]:
        """A plain dictionary for JSON."""
        return dataclasses.asdict(self)

    @property
    def innermost_heading(self) -> str | None:
        """The heading right above the quote."""
        return self.heading.rsplit(HEADING_SEPARATOR, 1)[-1] if self.heading else None

    @property
    def address(self) -> str | None:
        """Where a reader can check the quote: the deep link, else the source's page."""
        return self.link or self.url
