"""Shows the glossary in a terminal."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from knowledge.glossary import Glossary, Term

WIDTH = 96


def glossary_json(terms: Sequence[Term]) -> dict[str, Any]:
    """The terms with all that is said of them."""
    return {
        "terms": [
            {
                "id": term.id,
                "term": term.name,
                "also": list(term.also),
                "plain": term.plain,
                "expert": term.expert,
                "source": {
                    "title": term.source.title,
                    "url": term.source.url,
                    "published": term.source.published,
                },
                "see": list(term.see),
            }
            for term in terms
        ]
    }


def print_terms(console: Console, terms: Sequence[Term], glossary: Glossary) -> None:
    """Prints what terms mean: in plain words, exactly, the source, and what to see also."""
    width = min(console.width, WIDTH)
    for term in terms:
        head = Text(term.name, style="bold")
        if term.also:
            head.append(f" ({', '.join(term.also)})", style="not bold")
        origin = term.source
        dated = ", ".join(part for part in (origin.title, origin.published) if part)
        source = Text(dated, style="dim")
        lines = [Text(term.plain), Text(f"Exactly: {term.expert}"), source]
        see = [glossary.by_id[each].name for each in term.see if each in glossary.by_id]
        lines += [Text(f"See also: {', '.join(see)}")] if see else []
        console.print(head, width=width, highlight=False)
        for line in lines:
            console.print(Padding(line, (0, 0, 0, 4)), width=width, highlight=False)
        address = Text(f"    {origin.url}", style="dim")  # never broken, so that it can be copied
        console.print(address, no_wrap=True, overflow="ignore", crop=False, highlight=False)
        console.print()


def print_names(console: Console, glossary: Glossary) -> None:
    """Prints the names of all terms, a line for each letter."""
    for letter, terms in glossary.letters.items():
        line = Text(f"{letter}  ", style="bold")
        line.append(" · ".join(term.name for term in terms), style="not bold")
        console.print(line, width=min(console.width, WIDTH), highlight=False)
