"""Shows a curator what the library lacks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from knowledge.library import CountedGap

NOTHING_NEAR = "nothing near"
WITHIN = " › "  # noqa: RUF001 - headings have ">" between them already


def gaps_json(gaps: Sequence[CountedGap], since: date) -> dict[str, Any]:
    """The counted gaps; unknown values are None."""
    return {
        "gaps": [{**asdict(gap), "questions": list(gap.questions)} for gap in gaps],
        "since": since.isoformat(),
    }


def print_gaps(console: Console, gaps: Sequence[CountedGap], since: date) -> None:
    """Prints a row for each gap, with its questions below it where they were kept."""
    if not gaps:
        console.print(f"Every question since {since} was answered, or none was asked.")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("asked", justify="right")
    table.add_column("last", no_wrap=True)
    table.add_column(f"nearest source{WITHIN}heading", ratio=1)
    for gap in gaps:
        table.add_row(str(gap.count), gap.last, _place(gap))
    console.print(table)
    total = sum(gap.count for gap in gaps)
    console.print(f"Questions without an answer since {since}: {total}.", highlight=False)


def _place(gap: CountedGap) -> Text:
    parts = [part for part in (gap.title or gap.source_id or NOTHING_NEAR, gap.heading) if part]
    place = Text(WITHIN.join(parts), style="bold")
    for question in gap.questions:
        place.append(f"\n“{question}”", style="not bold dim")
    return place
