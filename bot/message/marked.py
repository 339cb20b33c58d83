"""An answer's text, made ready for Discord: verbatim quotes, and marks that lead to sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.message.cited import CitedPassage
from bot.message.escape import ELLIPSIS, escape, escape_within, link, size
from bot.message.licence import may_show_whole, short_quote

_MARK = re.compile(r"\[(\d{1,3})\]")
_QUOTE_AND_MARKS = re.compile(r"(?P<quote>.*?)(?P<marks>(?:\s*\[\d{1,3}\])*)\s*", re.DOTALL)
_WORD = re.compile(r"\S+\s*|\s+")

Cited = Mapping[int, CitedPassage]


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Lines of an answer that belong together: a quote, or part of a paragraph.

    Attributes:
        gap: what stands in front of it, a line end or a blank line.
    """

    text: str
    quoted: bool
    gap: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How blocks are shown.

    Attributes:
        cited: what marks name.
        labels: Markdown to show in place of some lines.
        linked: whether marks are links.
    """

    cited: Cited
    labels: Mapping[str, str]
    linked: bool = True


def marked_paragraphs(text: str, look: Look, limit: int) -> list[str]:
    """The text as Discord Markdown, in paragraphs of at most `limit` that stand for themselves.

    A label stays with its quote, and a quote with its marks. In a paragraph that is too long the
    marks are no links; when it still is, its blocks stand alone: a quote is shortened, other text
    goes on in the next paragraph, between words and never inside a mark.

    Args:
        text: of an answer.
        look: how to show it.
        limit: in UTF-16 code units.
    """
    plain = Look(cited=look.cited, labels=look.labels, linked=False)
    shown: list[str] = []
    for paragraph in _paragraphs(text):
        for each in (look, plain):
            whole = "\n".join(_shown(block, each) for block in paragraph).strip()
            if size(whole) <= limit:
                shown.append(whole)
                break
        else:
            shown += [part for block in paragraph for part in _fitted(block, plain, limit)]
    return [paragraph for paragraph in shown if paragraph]


def blocks(text: str) -> Iterator[Block]:
    """The blocks of an answer's text, in order."""
    introduced = False
    for paragraph in re.split(r"\n[^\S\n]*\n", text):
        gap, introduced = "\n" if introduced else "\n\n", False
        lines: list[str] = []
        quoted = False
        for line in paragraph.split("\n"):
            is_quote = line.startswith(">")
            if lines and is_quote != quoted:
                yield Block(text="\n".join(lines), quoted=quoted, gap=gap)
                gap, lines = "\n", []
            quoted = is_quote
            lines.append(line.removeprefix(">").removeprefix(" ") if is_quote else line)
        if any(line.strip() for line in lines):
            # a line such as "AI Act (law, in force):" stands right above what it introduces
            introduced = not quoted and lines[-1].rstrip().endswith(":")
            yield Block(text="\n".join(lines), quoted=quoted, gap=gap)


def mark(number: int, cited: Cited, *, linked: bool = True) -> str:
    """The mark of a citation, a link where its source is public."""
    plain = f"[{number}]"
    address = cited[number].address if linked and number in cited else None
    return link(plain, address) if address and link(plain, address) != plain else escape(plain)


def _paragraphs(text: str) -> Iterator[list[Block]]:
    """The blocks in the groups that stand between blank lines."""
    group: list[Block] = []
    for block in blocks(text):
        if group and block.gap == "\n\n":
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _shown(block: Block, look: Look) -> str:
    label = None if block.quoted else look.labels.get(block.text)
    return label or _render(block, look)


def _render(block: Block, look: Look) -> str:
    if not block.quoted:
        return _with_marks(block.text, look)
    quote, marks = _quote_and_marks(block, look.cited)
    shown = _prefixed(escape(quote))
    tail = _with_marks(marks.strip(), look)
    return f"{shown} {tail}" if tail else shown


def _quote_and_marks(block: Block, cited: Cited) -> tuple[str, str]:
    """The quote as far as its licence lets it be shown, and the marks behind it.

    Only marks at the end count: a document may have numbers in brackets of its own.
    """
    match = _QUOTE_AND_MARKS.fullmatch(block.text)
    quote, marks = (match["quote"], match["marks"]) if match else (block.text, "")
    numbers = [int(number) for number in _MARK.findall(marks)]
    passages = [cited[number] for number in numbers if number in cited]
    passages = passages or [passage for passage in cited.values() if quote in passage.quote]
    if all(may_show_whole(passage) for passage in passages or cited.values()):
        return quote, marks
    words = quote.removeprefix(f"{ELLIPSIS} ").removesuffix(f" {ELLIPSIS}")  # of the document
    return quote if words == short_quote(words) else short_quote(quote), marks


def _with_marks(text: str, look: Look) -> str:
    parts = _MARK.split(text)  # text, number, text, number, ..., text
    rendered = [escape(parts[0])]
    for number, rest in zip(parts[1::2], parts[2::2], strict=True):
        rendered += [mark(int(number), look.cited, linked=look.linked), escape(rest)]
    return "".join(rendered)


def _prefixed(escaped: str) -> str:
    return "\n".join(f"> {line}" for line in escaped.split("\n"))


def _fitted(block: Block, look: Look, limit: int) -> list[str]:
    """A block in parts of at most `limit`."""
    whole = _shown(block, look)
    if size(whole) <= limit:
        return [whole.strip()]
    if not block.quoted:
        return _between_words(block.text, look, limit)
    quote, marks = _quote_and_marks(block, look.cited)
    flat = " ".join(quote.split())
    tail = _with_marks(marks.strip(), look)
    tail = f" {tail}" if tail and size(tail) < limit // 2 else ""
    return [f"{_prefixed(escape_within(flat, limit - size(tail) - 2))}{tail}"]


def _between_words(text: str, look: Look, limit: int) -> list[str]:
    parts = [""]
    for word in _WORD.findall(text):
        longer = parts[-1] + word
        if size(_with_marks(longer, look).strip()) <= limit:
            parts[-1] = longer
        else:
            parts.append(word if size(_with_marks(word, look)) <= limit else "")
            if not parts[-1]:  # no word of any language is as long as a message
                parts[-1] = word[: limit // 4]
    return [_with_marks(part, look).strip() for part in parts]
