"""Reads Markdown and MDX: front matter, headings, and text without its markup."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.extract.characters import clean, one_line
from ingest.extract.encodings import decode
from ingest.extract.front_matter import split_front_matter
from ingest.extract.labels import part_label
from ingest.extract.markers import glue_markers, is_marker
from ingest.extract.markup import Markup
from ingest.extract.orders import hidden_orders
from ingest.extract.records import Block, Parsed
from ingest.extract.text import normalised_line_ends
from knowledge.citations import is_web_address

_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_MODULE_LINE = re.compile(r"(?:import\s.+\sfrom\s|import\s*['\"]|export\s+(?:const|default)\s)")
# a comment of MDX
_REMARK = re.compile(r"\{/\*.*?(?:\*/\}|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][\w.:-]*(?:\s[^<>]*)?/?>")


def read(data: bytes, name: str) -> Parsed:
    """The paragraphs of a Markdown text; the front matter's title, or the first heading, is its.

    Raises:
        FailedSourceError: the front matter is malformed, or no encoding fits.
    """
    del name
    metadata, body = split_front_matter(normalised_line_ends(decode(data)))
    reader = _Reader(body)
    blocks = glue_markers(reader.blocks())
    if metadata.title is None:
        headings = [block for block in blocks if block.level is not None]
        outermost = min((block.level or 0 for block in headings), default=0)
        title = next((block.text for block in headings if block.level == outermost), None)
        metadata = replace(metadata, title=title)
    hidden = hidden_orders(reader.hidden)
    # a brief says what it rests on by its links; elsewhere a link is part of the page's furniture
    links = reader.links() if metadata.kind == "brief" else ()
    return Parsed(blocks=tuple(blocks), metadata=metadata, warnings=hidden, links=links)


class _Reader:
    """Walks the tokens of one text, carrying what encloses the present one."""

    def __init__(self, body: str) -> None:
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self._tokens = parser.parse(_FOOTNOTE.sub(r"\\[\1\\]", _REMARK.sub("", body)))
        self._markup = Markup(body)
        self._marker = ""
        self._row: list[str] = []
        self._level: int | None = None
        self._in_table = False

    @property
    def hidden(self) -> list[str]:
        """The texts that tags and comments hide, once the blocks were asked for."""
        return self._markup.hidden

    def links(self) -> tuple[tuple[str, str], ...]:
        """The words and addresses of the links into the web, in order."""
        found = []
        for token in self._tokens:
            children = token.children or ()
            for place, child in enumerate(children):
                address = str(child.attrGet("href") or "") if child.type == "link_open" else ""
                if is_web_address(address):
                    found.append((one_line(_words_of(children[place + 1 :])), address))
        return tuple((words, address) for words, address in found if words)

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
                found.extend(_code(self._markup.visible_text(token.content)))
            elif token.type == "html_block":
                visible = self._markup.visible(token.content, between="\n")
                found.extend(Block(text=one_line(html.unescape(x))) for x in visible.split("\n"))
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
        self._markup.begin_inline()
        lines = self._inline_text(token.children or ()).split("\n")
        self._markup.end_inline()
        if _MODULE_LINE.match(lines[0]) and self._level is None:
            return
        for text in _paragraphs(lines):
            self._take(text, found)

    def _inline_text(self, tokens: Sequence[Token]) -> str:
        """The words of a paragraph; of a picture none, since what describes it is not seen."""
        parts = []
        for token in tokens:
            if token.type in {"text", "code_inline"}:
                parts.append(self._markup.visible_text(token.content))
            elif token.type == "softbreak":
                parts.append("\n")
            elif token.type == "hardbreak" or _is_break(token):
                parts.append(" ")
            elif token.type == "html_inline":
                parts.append(self._markup.visible(token.content))
        return _TAG.sub("", "".join(parts))

    def _take(self, text: str, found: list[Block]) -> None:
        if self._in_table:
            self._row.append(text)
            return
        if text:
            found.append(Block(text=self._marker + text, level=self._level))
            self._marker = ""


def _words_of(tokens: Sequence[Token]) -> str:
    """The words of a link up to its end."""
    inside = takewhile(lambda token: token.type != "link_close", tokens)
    return "".join(" " if "break" in token.type else token.content for token in inside)


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


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and token.content.lower().startswith("<br")


def _code(content: str) -> list[Block]:
    """Code keeps its lines; a blank line in it parts paragraphs as everywhere."""
    parts = re.split(r"\n[ \t]*\n", clean(content))
    return [
        Block(text="\n".join(line.rstrip() for line in part.strip("\n").split("\n")))
        for part in parts
    ]
