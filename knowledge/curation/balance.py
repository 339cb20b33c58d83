"""Shows what the corpus holds, and whether both sides are heard in it."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from rich.console import Console
from rich.table import Table
from rich.text import Text

from knowledge.curation.brief import Brief
from knowledge.curation.values import READ, TOPICS
from knowledge.model import Stance

STANCES = [stance for stance in get_args(Stance) if stance != "unknown"]


def print_briefs(console: Console, briefs: Sequence[Brief]) -> None:
    """A row for each brief, by topic; then how many briefs of each stance a topic has.

    The last columns count the sources of a brief: read as a whole, in part, through another one;
    and those that bear no date.
    """
    ranks = {topic: rank for rank, topic in enumerate(TOPICS)}
    table = Table(box=None, pad_edge=False)
    for name in ("topic", "brief", "stance", "published", "checked", "review by"):
        table.add_column(name, no_wrap=True)
    for name in (*READ, "undated"):
        table.add_column(name, justify="right", no_wrap=True)
    for brief in sorted(briefs, key=lambda each: ranks.get(each.value("topic"), len(ranks))):
        table.add_row(*map(Text, _row(brief)))
    console.print(table)
    console.print()
    console.print(_balance(briefs))


def _row(brief: Brief) -> list[str]:
    read = Counter(source["read"].text for source in brief.sources if "read" in source)
    undated = sum("published" in each and not each["published"].text for each in brief.sources)
    said = (brief.value(name) for name in ("stance", "published", "checked", "review_by"))
    name = brief.name.removesuffix(".md")
    counts = (*(read[way] for way in READ), undated)
    return [brief.value("topic"), name, *said, *map(str, counts)]


def _balance(briefs: Sequence[Brief]) -> Table:
    counted = Counter((brief.value("topic"), brief.value("stance")) for brief in briefs)
    table = Table("topic", box=None, pad_edge=False)
    for name in (*STANCES, "briefs"):
        table.add_column(name, justify="right", no_wrap=True)
    for topic in TOPICS:
        row = [counted[topic, stance] for stance in STANCES]
        if any(row):
            table.add_row(topic, *map(str, row), str(sum(row)))
    total = [sum(counted[topic, stance] for topic in TOPICS) for stance in STANCES]
    table.add_row("all", *map(str, total), str(sum(total)), style="bold")
    return table
