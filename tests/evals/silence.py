"""`python -m tests.evals.silence [FILE...] [--errors]`: answers and silence over the index at hand.

Each line of a file is a question with `wording` and whether the library answers it. Prints how
many of either kind were answered. `silence_blind.jsonl`, read when no file is named, was written
by somebody who knew the briefs and not the gate, and is not fitted to.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from knowledge.compose import answerer_over, open_policy, open_searcher
from knowledge.settings import KnowledgeSettings, read_settings

BLIND = Path(__file__).parent / "silence_blind.jsonl"


def main(arguments: Sequence[str]) -> int:
    """Asks and prints; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.silence")
    parser.add_argument("files", nargs="*", type=Path, default=[BLIND])
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args(arguments)
    settings = read_settings(KnowledgeSettings)
    searcher = open_searcher(settings)
    answerer = answerer_over(searcher, settings, policy=open_policy(settings))  # no gap is counted
    asked: Counter[tuple[str, bool]] = Counter()
    answered: Counter[tuple[str, bool]] = Counter()
    try:
        for path in options.files:
            for line in path.read_text("utf-8").splitlines():
                case = json.loads(line)
                key = (case["wording"], case["answered"])
                outcome = answerer.answer(case["question"]).outcome
                asked[key] += 1
                answered[key] += outcome == "answered"
                if options.errors and (outcome == "answered") is not case["answered"]:
                    sys.stdout.write(f"{outcome}: {case['question']}\n")
    finally:
        searcher.close()
    sys.stdout.write(
        "| wording | answered of those it answers | of those it does not |\n|---|---|---|\n"
    )
    for wording in dict.fromkeys(name for name, _ in asked):
        cells = (f"{answered[wording, side]} of {asked[wording, side]}" for side in (True, False))
        sys.stdout.write(f"| {wording} | {' | '.join(cells)} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
