"""Shows an answer in a terminal."""

import re
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.terminal.removals import removed_lines
from knowledge.glossary import Term
from knowledge.labels import standing
from knowledge.model import Answer, Citation, NearestSource
from knowledge.silence import shown_nearest

WIDTH = 96
QUOTE_BAR = "┃ "
INDENT = "    "
EXPLAINED_BY = "python -m knowledge glossary TERM"
_MARK = re.compile(r"(\[\d{1,3}\])")


def print_answer(console: Console, answer: Answer, terms: Sequence[Term] = ()) -> None:
    """Prints the answer with its quotes, the list of its sources, its notes and its terms."""
    width = min(console.width, WIDTH)
    parts: list[RenderableType] = [_text(answer, width)]
    if answer.citations:
        parts += [Text(), Text("Sources", style="bold")]
        parts += _source_lines(answer.citations, width if answer.mode == "written" else None)
    parts += [Padding(_nearest_line(nearest), (0, 0, 1, 0)) for nearest in shown_nearest(answer)]
    if answer.notes or answer.build:
        parts.append(Text())
    parts += [Text(note.text, style="italic") for note in answer.notes]
    if terms:
        names = " · ".join(term.name for term in terms)
        parts.append(Text(f"Terms: {names} ({EXPLAINED_BY})", style="dim"))
    parts += removed_lines(answer)
    if answer.build:
        seconds = answer.timings_ms.get("total", 0) / 1000
        parts.append(
            Text(f"{answer.mode} from build {answer.build} in {seconds:.2f} s", style="dim")
        )
    console.print(Group(*parts), width=width, highlight=False)


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


def _source_lines(citations: Sequence[Citation], width: int | None) -> Iterator[Text]:
    """One entry a source, in the order of its first citation; with the quotes if told a width."""
    sources = dict.fromkeys(citation.passage.source.id for citation in citations)
    for source_id in sources:
        cited = [c for c in citations if c.passage.source.id == source_id]
        source = cited[0].passage.source
        line = Text(f"{INDENT}{source.title}", style="bold")
        details = (source.publisher, source.published, standing(source))
        line.append(f"\n{INDENT}{' · '.join(part for part in details if part)}", style="not bold")
        links = dict.fromkeys(citation.link for citation in cited)
        for citation in cited:
            line.append(f"\n[{citation.number}]".ljust(len(INDENT) + 1), style="cyan")
            style = f"link {citation.link}" if citation.link else ""
            line.append(_place(citation) or "the text", style=f"not bold {style}")
            if width:
                quote = Text(f"“{' '.join(citation.quote.split())}”", style="not bold italic")
                for part in quote.wrap(_plain(), width - len(INDENT)):
                    line.append(f"\n{INDENT}").append_text(part)
            if citation.link and len(links) > 1:
                line.append(f"\n{INDENT}{citation.link}", style=f"not bold dim {style}")
        for link in links if len(links) == 1 else ():
            if link:
                line.append(f"\n{INDENT}{link}", style=f"not bold dim link {link}")
        yield line


def _place(citation: Citation) -> str:
    heading = citation.heading_path[-1] if citation.heading_path else ""
    page = f"page {citation.page}" if citation.page else ""
    return ", ".join(part for part in (page, heading) if part)


def _nearest_line(nearest: NearestSource) -> Text:
    line = Text(f"{nearest.title}", style="bold")
    line.append(f"\n    “{' '.join(nearest.quote.split())}”", style="not bold")
    if nearest.url:
        line.append(f"\n    {nearest.url}", style=f"not bold dim link {nearest.url}")
    return line
