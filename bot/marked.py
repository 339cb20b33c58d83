"""An answer's text, made ready for Discord: verbatim quotes, and marks that lead to sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.cited import CitedPassage
from bot.escape import ELLIPSIS, escape, escape_within, link, size
from bot.licence import may_show_whole, short_quote

_MARK = re.compile(r"\[(\d{1,3})\]")
_QUOTE_AND_MARKS = re.compile(r"(?P<quote>.*?)(?P<marks>(?:\s*\[\d{1,3}\])*)\s*", re.DOTALL)
_SHORTEST_REST = 40

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


def marked_text(
    text: str, cited: Cited, limit: int, labels: Mapping[str, str] | None = None
) -> str:
    """The text as Discord Markdown of at most `limit`.

    Marks become links to their sources. When that is too long they stay plain, and when that is
    still too long the end is left out.

    Args:
        text: of an answer.
        cited: what its marks name.
        limit: in UTF-16 code units.
        labels: Markdown to show in place of some lines.
    """
    found = list(blocks(text))
    shorter = {} if labels is None else labels
    for linked in (True, False):
        shown = [_shown(block, cited, shorter, linked=linked) for block in found]
        whole = "".join(block.gap + each for block, each in zip(found, shown, strict=True)).strip()
        if size(whole) <= limit:
            return whole
    return _as_much_as_fits(found, cited, limit, shorter)


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


def _shown(block: Block, cited: Cited, labels: Mapping[str, str], *, linked: bool) -> str:
    label = None if block.quoted else labels.get(block.text)
    return label or _render(block, cited, linked=linked)


def _render(block: Block, cited: Cited, *, linked: bool) -> str:
    if not block.quoted:
        return _with_marks(block.text, cited, linked=linked)
    quote, marks = _quote_and_marks(block, cited)
    shown = _prefixed(escape(quote))
    tail = _with_marks(marks.strip(), cited, linked=linked)
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


def _with_marks(text: str, cited: Cited, *, linked: bool) -> str:
    parts = _MARK.split(text)  # text, number, text, number, ..., text
    rendered = [escape(parts[0])]
    for number, rest in zip(parts[1::2], parts[2::2], strict=True):
        rendered += [mark(int(number), cited, linked=linked), escape(rest)]
    return "".join(rendered)


def _prefixed(escaped: str) -> str:
    return "\n".join(f"> {line}" for line in escaped.split("\n"))


def _as_much_as_fits(
    found: list[Block], cited: Cited, limit: int, labels: Mapping[str, str]
) -> str:
    shown = ""
    for block in found:
        gap = block.gap if shown else ""
        whole = gap + _shown(block, cited, labels, linked=False)
        room = limit - size(shown) - size(gap) - len(f"\n{ELLIPSIS}")
        if size(whole) <= room:
            shown += whole
            continue
        if room >= _SHORTEST_REST:
            shown += gap + _shortened(block, cited, room)
        break
    return shown if shown.endswith(ELLIPSIS) else f"{shown}\n{ELLIPSIS}".strip()


def _shortened(block: Block, cited: Cited, room: int) -> str:
    if not block.quoted:
        return escape_within(block.text, room)
    quote, _ = _quote_and_marks(block, cited)
    lines = 1 + quote.count("\n")
    if 2 * lines > room // 2:  # more line starts than words
        quote, lines = " ".join(quote.split()), 1
    return _prefixed(escape_within(quote, room - 2 * lines))
