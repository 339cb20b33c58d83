"""`python -m tests.evals.claims`: what is found in messages, and what is shown on it.

The messages of `claims.jsonl` are checked over an index of the starter corpus. Prints how many are
split into just the claims that they make, for how many claims that the library bears on a right
document and a right quote are shown, and how many others are left without evidence.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge.answer import Answerer
from knowledge.claims import CheckedClaim
from knowledge.errors import CaveatError
from knowledge.evaluation.cases import Gold
from knowledge.evaluation.comparing import plain
from knowledge.evaluation.lines import read_records
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings, read_settings
from tests.evals.commands import starter_searcher

MESSAGES = Path(__file__).with_name("claims.jsonl")


class Made(BaseModel):
    """A claim of a message.

    Attributes:
        gold: the places that bear on it; empty when none does, None when that is open.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    gold: tuple[Gold, ...] | None


class Message(BaseModel):
    """A message with the claims that it makes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    message: str
    claims: tuple[Made, ...]


class Tally:
    """What was counted."""

    def __init__(self) -> None:
        self.split = 0
        self.held = 0
        self.right_document = 0
        self.right_quote = 0
        self.quotes = 0
        self.foreign = 0
        self.silent = 0


def read_messages() -> tuple[Message, ...]:
    """The messages of the set, in order."""
    return tuple(read_records(MESSAGES, Message).values())


def measure(searcher: Searcher, messages: Sequence[Message]) -> Tally:
    """The counts over all messages."""
    answerer, tally = Answerer(searcher), Tally()
    locators = searcher.snapshots.current().locators()
    for each in messages:
        found = answerer.check(each.message).claims
        tally.split += [one.claim for one in found] == [made.text for made in each.claims]
        checked = {one.claim: one for one in found}
        for made in each.claims:
            if made.gold is not None and made.text in checked:
                _count(tally, made.gold, checked[made.text], locators)
    return tally


def _count(
    tally: Tally,
    gold: Sequence[Gold],
    checked: CheckedClaim,
    locators: dict[str, tuple[str, ...]],
) -> None:
    shown = checked.evidence
    if not gold:
        tally.foreign += 1
        tally.silent += not shown
        return
    tally.held += 1
    tally.quotes += len(shown)
    tally.right_document += any(
        place.endswith(f"/{each.doc}")
        for one in shown
        for place in locators[one.passage.source.id]
        for each in gold
    )
    tally.right_quote += any(
        plain(each.quote) in plain(one.quote) for one in shown for each in gold
    )


def main() -> int:
    """Prints the figures."""
    messages = read_messages()
    try:
        with starter_searcher(read_settings(KnowledgeSettings)) as searcher:
            tally = measure(searcher, messages)
    except CaveatError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{tally.split} of {len(messages)} messages are split into just the claims they make.")
    print(
        f"Of {tally.held} claims that the library bears on, {tally.right_document} are shown a "
        f"right document and {tally.right_quote} a right quote, with {tally.quotes} quotes in all."
    )
    print(f"Of {tally.foreign} others, {tally.silent} are left without evidence.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
