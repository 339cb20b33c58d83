"""Shows an answer in a terminal."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from knowledge.labels import standing
from knowledge.model import Answer, Citation, NearestSource

WIDTH = 96
QUOTE_BAR = "┃ "


def print_answer(console: Console, answer: Answer) -> None:
    """Prints the answer with its quotes, the list of its sources, and its notes."""
    width = min(console.width, WIDTH)
    parts: list[RenderableType] = [_text(answer, width)]
    if answer.citations:
        parts += [Text(), Text("Sources", style="bold")]
        parts += [_source_line(citation) for citation in answer.citations]
    parts += [Padding(_nearest_line(nearest), (0, 0, 1, 0)) for nearest in answer.nearest]
    if answer.notes or answer.build:
        parts.append(Text())
    parts += [Text(note, style="italic") for note in answer.notes]
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


def _source_line(citation: Citation) -> Text:
    source = citation.passage.source
    line = Text(f"[{citation.number}] ", style="bold cyan")
    line.append(source.title, style=f"link {citation.link}" if citation.link else "")
    details = [source.publisher, source.published, standing(source), _place(citation)]
    line.append(f"\n    {' · '.join(detail for detail in details if detail)}", style="dim")
    if citation.link:
        line.append(f"\n    {citation.link}", style=f"dim link {citation.link}")
    return line


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
