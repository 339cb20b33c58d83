"""`python -m tests.evals.followups`: how well follow-ups are understood by what was asked before.

The dialogues of `followups.jsonl` are asked over an index of the starter corpus: half of them lean
on an earlier question, half change the topic. Prints, for the last question alone, for all
questions one after the other, and for the last one asked after the others, how often the first
quote is of a right document, and how often a right quote is shown. Half of the dialogues were held
out: their errors were not looked at.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.answer import Answerer
from knowledge.errors import CaveatError
from knowledge.evaluation.cases import Gold
from knowledge.evaluation.comparing import plain
from knowledge.evaluation.lines import read_records
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings, read_settings
from tests.evals.commands import starter_searcher

DIALOGUES = Path(__file__).with_name("followups.jsonl")
IN_CONVERSATION = "in conversation"
WAYS: Mapping[str, Callable[["Dialogue"], tuple[str, tuple[str, ...]]]] = {
    "alone": lambda said: (said.question, ()),
    "concatenated": lambda said: (" ".join((*reversed(said.earlier), said.question)), ()),
    IN_CONVERSATION: lambda said: (said.question, said.earlier),
}


class Dialogue(BaseModel):
    """A question with those before it, the newest first, and the places that answer it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Literal["follow-up", "switch"]
    part: Literal["development", "held-out"]
    earlier: tuple[str, ...] = Field(min_length=1)
    question: str
    gold: tuple[Gold, ...] = Field(min_length=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of a question.

    Attributes:
        document: whether the first quote is of a right document.
        quote: whether a right quote is shown.
        taken: whether something was taken over from earlier questions.
    """

    document: bool
    quote: bool
    taken: bool


def read_dialogues() -> tuple[Dialogue, ...]:
    """The dialogues of the set, in order."""
    return tuple(read_records(DIALOGUES, Dialogue).values())


def ask(searcher: Searcher, gold: Sequence[Gold], question: str, earlier: Sequence[str]) -> Outcome:
    """The outcome of one question; the gate is open, as it is not what is measured."""
    prepared = Answerer(searcher, least_confidence=0.0).prepare(question, earlier=earlier)
    cited = prepared.quoted.citations
    locators = searcher.snapshots.current().locators()

    def is_of(each: Gold, source_id: str) -> bool:
        return any(place.endswith(f"/{each.doc}") for place in locators[source_id])

    return Outcome(
        document=any(is_of(each, one.passage.source.id) for one in cited[:1] for each in gold),
        quote=any(plain(each.quote) in plain(one.quote) for one in cited for each in gold),
        taken=prepared.topic != " ".join(question.split()),
    )


def measure(searcher: Searcher, dialogues: Sequence[Dialogue]) -> dict[str, dict[str, Outcome]]:
    """The outcomes of every dialogue by way and id."""
    return {
        way: {said.id: ask(searcher, said.gold, *phrased(said)) for said in dialogues}
        for way, phrased in WAYS.items()
    }


def table(
    dialogues: Sequence[Dialogue], outcomes: Mapping[str, Mapping[str, Outcome]]
) -> list[str]:
    """The figures as lines of Markdown."""
    groups = {
        "follow-up": [said for said in dialogues if said.kind == "follow-up"],
        "switch": [said for said in dialogues if said.kind == "switch"],
        "held out": [said for said in dialogues if said.part == "held-out"],
        "all": list(dialogues),
    }
    lines = [
        "| dialogues | | " + " | ".join(f"{way}: document, quote, both" for way in WAYS) + " |",
        "|---|---|" + "---|" * len(WAYS),
    ]
    for name, group in groups.items():
        cells = []
        for found in outcomes.values():
            documents = sum(found[said.id].document for said in group)
            quotes = sum(found[said.id].quote for said in group)
            both = sum(found[said.id].document and found[said.id].quote for said in group)
            cells.append(f"{documents}, {quotes}, {both}")
        lines.append(f"| {name} | {len(group)} | {' | '.join(cells)} |")
    return lines


def main() -> int:
    """Prints the figures."""
    dialogues = read_dialogues()
    try:
        with starter_searcher(read_settings(KnowledgeSettings)) as searcher:
            outcomes = measure(searcher, dialogues)
    except CaveatError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("\n".join(table(dialogues, outcomes)))
    taken = outcomes[IN_CONVERSATION]
    kept = sum(not taken[said.id].taken for said in dialogues if said.kind == "switch")
    joined = sum(taken[said.id].taken for said in dialogues if said.kind == "follow-up")
    print(f"\n{kept} changes of topic were left as written, {joined} follow-ups got a topic.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
