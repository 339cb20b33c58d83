"""`python -m tests.evals.support [FILE...]`: which sentences the support check lets pass.

Each line of a file is a passage, what it is about, a sentence that cites it, and whether it is
"supported" or "wrong", and in which way. Without a file, those of `support_dev.jsonl` and
`support_more.jsonl` are judged.
`--errors` lists the wrong ones that pass and the supported ones that are rejected, `--json` prints
one object.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import CaveatError, SettingsError
from knowledge.support import Given, Verdict, check

PAIRS = tuple(
    Path(__file__).with_name(name) for name in ("support_dev.jsonl", "support_more.jsonl")
)


class Pair(BaseModel):
    """A sentence with the passage that it cites."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    passage: str
    about: str = ""
    sentence: str
    label: Literal["supported", "wrong"]
    kind: str
    writer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A pair and what the check says of it."""

    pair: Pair
    verdict: Verdict
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether it passes when it is supported, and only then."""
        return self.verdict.supported == (self.pair.label == "supported")


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """The pairs of a file.

    Raises:
        SettingsError: when it cannot be read or a line of it is no pair.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
        return tuple(Pair.model_validate_json(line) for line in lines if line.strip())
    except (OSError, ValueError, ValidationError) as error:
        raise SettingsError(f"{file} holds no pairs ({error}). Name a file that does.") from error


def judge(pairs: Iterable[Pair]) -> tuple[Judged, ...]:
    """What the check says of each pair."""
    found: list[Judged] = []
    for pair in pairs:
        started = time.perf_counter()
        given = (Given(number=1, text=pair.passage, about=pair.about),)
        verdict = check(pair.sentence, given, {1})
        took = (time.perf_counter() - started) * 1_000
        found.append(Judged(pair=pair, verdict=verdict, milliseconds=took))
    return tuple(found)


def summary(found: Sequence[Judged]) -> dict[str, Any]:
    """The figures: of each kind, how many of how many end rightly."""
    total = Counter(each.pair.kind for each in found)
    right = Counter(each.pair.kind for each in found if each.right)
    wrong = [each for each in found if each.pair.label == "wrong"]
    supported = [each for each in found if each.pair.label == "supported"]
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
    given = parser.parse_args()
    try:
        judged = {file.name: judge(read_pairs(file)) for file in given.files or PAIRS}
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
