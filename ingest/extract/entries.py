"""Documents that come as fields with names: rows of a table, objects of a JSON file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest.extract.characters import one_line
from ingest.extract.records import Block, Metadata
from ingest.extract.text import blocks_of_text
from ingest.extract.titles import iso_date, sensible_names

TEXTS = ("text", "content", "body", "page_content", "markdown", "full_text", "article", "html")
SUMMARIES = ("abstract", "summary", "description")
TITLES = ("title", "name", "headline", "heading")
_URLS = ("url", "link", "canonical", "permalink")
_PUBLISHERS = ("publisher", "site", "site_name")
_AUTHORS = ("authors", "author", "creator", "by")
_DATES = ("published", "date", "published_at", "publication_date", "datepublished", "pub_date")
_LICENCES = ("licence", "license", "rights")
_SHOWN = frozenset((*_URLS, *_PUBLISHERS, *_AUTHORS, *_DATES, *_LICENCES))
LONG = 200  # characters from which a field is prose
_MARKDOWN = re.compile(r"^#{1,6} \S|\[[^\]\n]{1,200}\]\(https?://", re.MULTILINE)
_HTML = re.compile(
    r"\s*<(?:!doctype|html|head|body|div|p|h[1-6]|article|section|ul|table)\b", re.IGNORECASE
)
_LONGEST_TITLE = 300


def find(fields: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """The first field that has one of these names and a value."""
    return next((name for name in names if fields.get(name)), None)


def metadata_of(fields: Mapping[str, str]) -> Metadata:
    """What the fields of a single document say of it."""

    def value(names: tuple[str, ...]) -> str | None:
        name = find(fields, names)
        return one_line(fields[name]) or None if name else None

    return Metadata(
        title=value(TITLES),
        publisher=value(_PUBLISHERS),
        authors=sensible_names(value(_AUTHORS)),
        published=iso_date(value(_DATES)),
        url=value(_URLS),
        licence=value(_LICENCES),
    )


def blocks_of_entry(fields: Mapping[str, str]) -> Iterator[Block]:
    """A document among several: its title as a heading, what identifies it, and its text.

    Long fields beside the text stand under their names; short ones, and of a document with a text
    field only those that tell where it is from, make one line "name: value | name: value".
    """
    title = find(fields, TITLES)
    text = find(fields, TEXTS)
    heading = one_line(fields[title]) if title else ""
    if heading:
        # a paragraph put into the title field is no name
        yield Block(text=heading, level=1 if len(heading) <= _LONGEST_TITLE else None)
    others = {name: value for name, value in fields.items() if name not in (title, text) and value}
    prose = [name for name, value in others.items() if is_long(value)]
    if text is None:
        short = [name for name in others if name not in prose]
    else:
        short = [name for name in others if name in _SHOWN]
        prose = [name for name in prose if name in SUMMARIES]
    yield Block(text=" | ".join(f"{name}: {one_line(others[name])}" for name in short))
    for name in prose:
        yield Block(text=one_line(name), level=2)
        yield from blocks_of_value(others[name], below=2)
    if text is not None:
        yield from blocks_of_value(fields[text], below=1)


def is_long(value: str) -> bool:
    """Whether a field is prose and not a name, a number or a word."""
    return len(value) >= LONG


def blocks_of_value(value: str, *, below: int) -> Iterator[Block]:
    """The paragraphs of a field that may hold HTML, Markdown or plain text.

    Args:
        value: the field.
        below: the level of the heading that it stands under; its own headings go deeper.
    """
    for block in _parsed(value):
        yield block if block.level is None else replace(block, level=block.level + below)


def _parsed(value: str) -> tuple[Block, ...]:
    # Imported late: most tables and JSON files hold plain text.
    if _HTML.match(value):
        from ingest.extract import html  # noqa: PLC0415

        return html.read(value.encode("utf-8", "replace"), "").blocks
    if _MARKDOWN.search(value):
        from ingest.extract import markdown  # noqa: PLC0415

        return markdown.read(value.encode("utf-8", "replace"), "").blocks
    return tuple(blocks_of_text(value))
