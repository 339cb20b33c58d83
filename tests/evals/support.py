"""`python -m tests.evals.support [FILE...]`: which sentences the support check lets pass.

Without a file, the pairs of `support_blind.jsonl` are judged, from which nothing was learnt.
`--words-alone` leaves the judge out. `--moved` puts right sentences beside the passages of others
instead, where none is supported. `--errors` lists the wrong ones that pass and the supported ones
that are rejected, `--json` prints one object.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.compose import open_support_judge
from knowledge.errors import CaveatError
from knowledge.settings import KnowledgeSettings, read_settings
from knowledge.support import Given, Judge, Verdict, check
from tests.evals.support_pairs import BLIND, Pair, read_pairs

SHIFTS = range(20, 120, 20)  # passages further, beside which right sentences are put


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A pair and what the check says of it."""

    pair: Pair
    verdict: Verdict
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether it passes when it is supported, and only then."""
        return self.verdict.supported != self.pair.wrong


def judge(pairs: Iterable[Pair], by: Judge | None = None) -> tuple[Judged, ...]:
    """What the check says of each pair, with a judge if there is one."""
    found: list[Judged] = []
    if by is not None:
        by.supports("It opens now.", "It opens.")  # which takes longer the first time
    for pair in pairs:
        started = time.perf_counter()
        given = (Given(number=1, text=pair.passage, about=pair.about),)
        verdict = check(pair.sentence, given, {1}, by)
        took = (time.perf_counter() - started) * 1_000
        found.append(Judged(pair=pair, verdict=verdict, milliseconds=took))
    return tuple(found)


def moved(pairs: Sequence[Pair]) -> list[Pair]:
    """Right sentences beside passages of others, which do not support them."""
    right = [pair for pair in pairs if not pair.wrong]
    return [
        one.model_copy(update={"passage": other.passage, "about": other.about, "kind": "addition"})
        for shift in SHIFTS
        for one, other in zip(right, right[shift:] + right[:shift], strict=True)
        if one.passage != other.passage
    ]


def summary(found: Sequence[Judged]) -> dict[str, Any]:
    """The figures: of each kind, how many of how many end rightly."""
    total = Counter(each.pair.kind for each in found)
    right = Counter(each.pair.kind for each in found if each.right)
    wrong = [each for each in found if each.pair.wrong]
    supported = [each for each in found if not each.pair.wrong]
    slowest = sorted(each.milliseconds for each in found)
    return {
        "wrong": len(wrong),
        "caught": sum(each.right for each in wrong),
        "supported": len(supported),
        "rejected": sum(not each.right for each in supported),
        "kinds": {kind: {"right": right[kind], "of": total[kind]} for kind in sorted(total)},
        "median_ms": round(slowest[len(slowest) // 2], 2) if slowest else 0.0,
        "slowest_ms": round(slowest[-1], 2) if slowest else 0.0,
    }


def lines(name: str, found: Sequence[Judged], *, errors: bool) -> list[str]:
    """The figures as lines of Markdown."""
    figures = summary(found)
    told = [
        (
            f"{name}: {figures['caught']} of {figures['wrong']} wrong sentences caught, "
            f"{figures['rejected']} of {figures['supported']} supported ones rejected; "
            f"{figures['median_ms']} ms a sentence, at most {figures['slowest_ms']} ms."
        ),
        "",
        "| kind | right | of |",
        "|---|---|---|",
        *(
            f"| {kind} | {each['right']} | {each['of']} |"
            for kind, each in figures["kinds"].items()
        ),
    ]
    if errors:
        told += ["", *(_error(each) for each in found if not each.right)]
    return told


def _error(each: Judged) -> str:
    reason = f" ({each.verdict.reason}: {each.verdict.detail})" if each.verdict.reason else ""
    return f"- {each.pair.kind}{reason}: {each.pair.sentence}\n  > {each.pair.passage}"


def main() -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.support", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--words-alone", action="store_true", help="without the judge")
    parser.add_argument("--moved", action="store_true", help="beside the passages of others")
    given = parser.parse_args()
    try:
        by = None if given.words_alone else open_support_judge(read_settings(KnowledgeSettings))
        sets = {file.name: read_pairs(file) for file in given.files or (BLIND,)}
        judged = {
            name: judge(moved(pairs) if given.moved else pairs, by) for name, pairs in sets.items()
        }
    except CaveatError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if given.json:
        print(json.dumps({name: summary(found) for name, found in judged.items()}))
        return 0
    for name, found in judged.items():
        print("\n".join(lines(name, found, errors=given.errors)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
