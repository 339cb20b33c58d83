"""Shows which sentences of a chat model were taken out of an answer, and why."""

from collections.abc import Iterator

from rich.text import Text

from knowledge.model import Answer, Removed

HEADING = "Removed (not supported by the sources)"
REASONS = {
    "unmarked": "cites no passage",
    "invented-mark": "cites a passage that was not given",
    "number": "a number that the passage does not hold",
    "date": "a date that the passage does not hold",
    "reference": "a provision that the passage does not name",
    "name": "a name that the passage does not hold",
    "quoted-words": "quotes words that the passage does not hold",
    "negation": "says the opposite",
    "modality": "makes more or less binding what the passage says",
    "uncovered": "says what the passage does not",
    "judge": "the judge model does not find it in the passage",
    "leaning": "leans on a sentence that was removed",
    "leak": "speaks of the model or its orders",
    "order": "is an order to whoever answers",
    "licence": "repeats more of the source than its licence allows",
    "link": "sends its reader somewhere",
}


def removed_lines(answer: Answer) -> Iterator[Text]:
    """A line for each sentence that was removed, below a heading; none when none was."""
    removed = answer.written.removed if answer.written else ()
    if removed:
        yield Text()
        yield Text(HEADING, style="bold")
    for each in removed:
        yield Text(f"– {each.sentence}  ({_why(each)})", style="dim")  # noqa: RUF001 - a dash


def _why(removed: Removed) -> str:
    reason = REASONS.get(removed.reason, removed.reason)
    return f"{reason}: {removed.detail}" if removed.detail else reason
