"""Shows an answer in a terminal."""

import re
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from bot.terminal.removals import removed_lines
from knowledge.glossary import Term
from knowledge.invoking import runnable
from knowledge.labels import DOUBTS, standing
from knowledge.model import Answer, Citation, NearestSource, Note
from knowledge.silence import shown_nearest

WIDTH = 96
QUOTE_BAR = "┃ "
INDENT = "    "
EXPLAINED_BY = "python -m knowledge glossary TERM"
_MARK = re.compile(r"(\[\d{1,3}\])")


def print_answer(console: Console, answer: Answer, terms: Sequence[Term] = ()) -> None:
    """Prints the answer with its quotes, the list of its sources, its notes and its terms.

    What may be wrong with the answer is told first. Addresses are never broken, however narrow the
    terminal is, so that they can be copied.
    """
    width = min(console.width, WIDTH)
    doubts = [_note(note) for note in answer.notes if note.code in DOUBTS]
    parts: list[RenderableType] = [*doubts, Text()] if doubts else []
    parts.append(_text(answer, width))
    if answer.citations:
        parts += [Text(), Text("Sources", style="bold")]
        parts += _source_lines(answer.citations, width, quotes=answer.mode == "written")
    nearby = shown_nearest(answer)
    for nearest in nearby:
        parts += [*_nearest_lines(nearest, width), Text()]
    if (len(doubts) < len(answer.notes) or answer.build) and not nearby:
        parts.append(Text())
    parts += [_note(note) for note in answer.notes if note.code not in DOUBTS]
    if terms:
        names = " · ".join(term.name for term in terms)
        parts.append(Text(f"Terms: {names}", style="dim"))
        parts.append(_unbroken(f"Explained by {runnable(EXPLAINED_BY)}", "dim"))
    parts += removed_lines(answer)
    if answer.build:
        seconds = answer.timings_ms.get("total", 0) / 1000
        parts.append(
            Text(f"{answer.mode} from build {answer.build} in {seconds:.2f} s", style="dim")
        )
    console.print(Group(*parts), width=width, highlight=False, crop=False)


def _note(note: Note) -> Text:
    return Text(note.text, style="italic")


def _text(answer: Answer, width: int) -> Group:
    links = {f"[{c.number}]": c.link for c in answer.citations}
    lines: list[Text] = []
    for paragraph in answer.text.split("\n\n"):
        if not paragraph.startswith("> "):
            if answer.mode == "written" and not paragraph.endswith(":"):
                lines += [_prose(paragraph, links), Text()]
            else:
                lines.append(Text(paragraph, style="bold"))
            continue
        quote = _mark(paragraph.removeprefix("> "), links)
        wrapped = quote.wrap(_plain(), width - len(QUOTE_BAR))
        lines.extend(Text(QUOTE_BAR, style="cyan") + line for line in wrapped)
        lines.append(Text())
    return Group(*lines[:-1] if lines and not lines[-1].plain else lines)


def _plain() -> Console:
    return Console(width=WIDTH)


def _mark(quote: str, links: dict[str, str | None]) -> Text:
    words, _, mark = quote.rpartition(" ")
    text = Text(f"{words} " if mark in links else quote)
    if mark in links:
        style = f"bold cyan link {links[mark]}" if links[mark] else "bold cyan"
        text.append(mark, style=style)
    return text


def _prose(paragraph: str, links: dict[str, str | None]) -> Text:
    """Sentences with their marks."""
    text = Text()
    for part in _MARK.split(paragraph):
        if part in links:
            text.append(part, style=f"cyan link {links[part]}" if links[part] else "cyan")
        else:
            text.append(part)
    return text


def _source_lines(citations: Sequence[Citation], width: int, *, quotes: bool) -> Iterator[Text]:
    """The lines of each source, in the order of its first citation."""
    sources = dict.fromkeys(citation.passage.source.id for citation in citations)
    for source_id in sources:
        cited = [c for c in citations if c.passage.source.id == source_id]
        source = cited[0].passage.source
        yield from _indented(Text(source.title, style="bold"), width)
        details = (source.publisher, source.published, standing(source))
        yield from _indented(Text(" · ".join(part for part in details if part)), width)
        links = dict.fromkeys(citation.link for citation in cited)
        for citation in cited:
            style = f"link {citation.link}" if citation.link else ""
            mark = Text(f"[{citation.number}]".ljust(len(INDENT)), style="cyan")
            place = Text(_place(citation) or "the text", style=style)
            yield from _indented(place, width, first=mark)
            if quotes:
                flat = " ".join(citation.quote.split())
                yield from _indented(Text(f"“{flat}”", style="italic"), width)
            if citation.link and len(links) > 1:
                yield _address(citation.link)
        for link in links if len(links) == 1 else ():
            if link:
                yield _address(link)


def _indented(text: Text, width: int, first: Text | None = None) -> Iterator[Text]:
    """The lines of a text, each behind an indent, or the first behind something as wide."""
    for line in text.wrap(_plain(), max(1, width - len(INDENT))):
        line.rstrip()
        yield (first or Text(INDENT)).append_text(line)
        first = None


def _address(address: str) -> Text:
    return _unbroken(f"{INDENT}{address}", f"dim link {address}")


def _unbroken(line: str, style: str) -> Text:
    return Text(line, style=style, no_wrap=True, overflow="ignore")


def _place(citation: Citation) -> str:
    heading = citation.heading_path[-1] if citation.heading_path else ""
    page = f"page {citation.page}" if citation.page else ""
    return ", ".join(part for part in (page, heading) if part)


def _nearest_lines(nearest: NearestSource, width: int) -> Iterator[Text]:
    yield Text(nearest.title, style="bold")
    yield from _indented(Text(f"“{' '.join(nearest.quote.split())}”"), width)
    if nearest.url:
        yield _address(nearest.url)
