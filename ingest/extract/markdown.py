"""Reads Markdown and MDX: front matter, headings, and text without its markup."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.extract.characters import clean, one_line
from ingest.extract.encodings import decode
from ingest.extract.front_matter import split_front_matter
from ingest.extract.labels import part_label
from ingest.extract.markers import glue_markers, is_marker
from ingest.extract.records import Block, Parsed
from ingest.extract.text import normalised_line_ends

_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_MODULE_LINE = re.compile(r"(?:import\s.+\sfrom\s|import\s*['\"]|export\s+(?:const|default)\s)")
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_ALTERNATIVE = re.compile(r"<img\b[^>]*?\balt=[\"']([^\"']*)[\"'][^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w.:-]*(?:\s[^<>]*)?/?>")


def read(data: bytes, name: str) -> Parsed:
    """The paragraphs of a Markdown text; the front matter's title, or the first heading, is its.

    Raises:
        FailedSourceError: the front matter is malformed, or no encoding fits.
    """
    del name
    metadata, body = split_front_matter(normalised_line_ends(decode(data)))
    blocks = glue_markers(_Reader(body).blocks())
    if metadata.title is None:
        headings = [block for block in blocks if block.level is not None]
        outermost = min((block.level or 0 for block in headings), default=0)
        title = next((block.text for block in headings if block.level == outermost), None)
        metadata = replace(metadata, title=title)
    return Parsed(blocks=tuple(blocks), metadata=metadata)


class _Reader:
    """Walks the tokens of one text, carrying what encloses the present one."""

    def __init__(self, body: str) -> None:
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self._tokens = parser.parse(_FOOTNOTE.sub(r"\\[\1\\]", body))
        self._marker = ""
        self._row: list[str] = []
        self._level: int | None = None
        self._in_table = False

    def blocks(self) -> list[Block]:
        """The paragraphs, list items, table rows and headings in order."""
        found: list[Block] = []
        for token in self._tokens:
            self._enter(token)
            if token.type == "tr_close":
                found.append(Block(text=" | ".join(self._row)))
                self._row = []
            elif token.type == "list_item_close" and self._marker[:1].isalnum():
                # A number whose text is not indented is no part of the list in Markdown.
                found.append(Block(text=self._marker.strip()))
                self._marker = ""
            elif token.type in {"fence", "code_block"}:
                found.extend(_code(token.content))
            elif token.type == "html_block":
                found.extend(_markup(token.content))
            elif token.type == "inline":
                self._inline(token, found)
        return [block for block in found if block.text.strip(" |")]

    def _enter(self, token: Token) -> None:
        if token.type == "list_item_open":
            self._marker = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "heading_open":
            self._level = int(token.tag[1:])
        elif token.type == "heading_close":
            self._level = None
        elif token.type in {"table_open", "table_close"}:
            self._in_table = token.type == "table_open"

    def _inline(self, token: Token, found: list[Block]) -> None:
        lines = _inline_text(token.children or ()).split("\n")
        if _MODULE_LINE.match(lines[0]) and self._level is None:
            return
        for text in _paragraphs(lines):
            self._take(text, found)

    def _take(self, text: str, found: list[Block]) -> None:
        if self._in_table:
            self._row.append(text)
            return
        if text:
            found.append(Block(text=self._marker + text, level=self._level))
            self._marker = ""


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """The lines as one, parted where a line is nothing but "Annex II" or "(a)"."""
    part: list[str] = []
    for line in lines:
        label = part_label(one_line(line))
        if is_marker(line.strip()) or (label is not None and label.bare):
            yield one_line(" ".join(part))
            yield one_line(line)
            part = []
        else:
            part.append(line)
    yield one_line(" ".join(part))


def _inline_text(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append("\n")
        elif token.type == "hardbreak" or _is_break(token):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_inline_text(token.children or ()))
        elif token.type == "html_inline":
            parts.append(_ALTERNATIVE.sub(r"\1", token.content))
    return _TAG.sub("", _ALTERNATIVE.sub(r"\1", "".join(parts)))


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and token.content.lower().startswith("<br")


def _code(content: str) -> list[Block]:
    """Code keeps its lines; a blank line in it parts paragraphs as everywhere."""
    parts = re.split(r"\n[ \t]*\n", clean(content))
    return [
        Block(text="\n".join(line.rstrip() for line in part.strip("\n").split("\n")))
        for part in parts
    ]


def _markup(content: str) -> list[Block]:
    """The words between the tags of an HTML or JSX block."""
    visible = _TAG.sub("\n", _ALTERNATIVE.sub(r"\1", _HIDDEN.sub("", content)))
    return [Block(text=one_line(html.unescape(line))) for line in visible.split("\n")]
