"""Shows how far a written answer has come."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from knowledge.writing import Stage, Told

STAGES = {
    "searching": "Searching the library …",
    "reading": "Reading {sources} …",
    "writing": "Writing from {sources} …",
    "checking": "Checking each sentence …",
}


@contextmanager
def shown_stages(console: Console) -> Iterator[Told]:
    """What to tell of stages: a terminal shows the present one, anything else a line for each.

    Nothing is shown when nothing is told, as of answers that only quote.
    """
    status = console.status("")
    shown = False

    def tell(stage: Stage) -> None:
        nonlocal shown
        line = stage_words(stage)
        if not console.is_terminal:
            console.print(line, highlight=False)
            return
        status.update(line)
        if not shown:
            shown = True
            status.start()

    try:
        yield tell
    finally:
        status.stop()


def stage_words(stage: Stage) -> str:
    """What is being done, in a few words."""
    sources = "1 source" if stage.sources == 1 else f"{stage.sources} sources"
    return STAGES[stage.name].format(sources=sources)
