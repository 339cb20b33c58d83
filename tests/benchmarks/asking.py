"""Asks questions of a data folder in a process of its own, and tells what that took.

    python -m tests.benchmarks.asking DATA_DIR QUESTIONS.json BEGUN

`BEGUN` is the system's monotonic clock when the process was started.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.memory import resident


def ask_all(
    answer: Callable[[str], object], questions: Sequence[str], begun: float
) -> dict[str, Any]:
    """Seconds until the first answer, milliseconds of each question, memory before and after.

    Processor time, that of all threads, says more than the clock on a machine that does other
    things too.
    """
    answer(questions[0])
    record: dict[str, Any] = {"first": time.monotonic() - begun, "opened": resident()}
    times, used = [], []
    for question in questions:
        begin, before = time.perf_counter(), time.process_time()
        answer(question)
        times.append(1000 * (time.perf_counter() - begin))
        used.append(1000 * (time.process_time() - before))
    return record | {"milliseconds": times, "processor": used, "memory": resident()}


def main() -> None:
    """Writes a line of JSON."""
    from knowledge.compose import open_answerer  # noqa: PLC0415 - part of what is measured
    from knowledge.settings import KnowledgeSettings, read_settings  # noqa: PLC0415

    folder, questions, begun = sys.argv[1:4]
    settings = read_settings(KnowledgeSettings).model_copy(update={"data_dir": Path(folder)})
    answerer = open_answerer(settings)
    outcomes: list[str] = []
    record = ask_all(
        lambda question: outcomes.append(answerer.answer(question).outcome),
        json.loads(Path(questions).read_text("utf-8")),
        float(begun),
    )
    answerer.close()
    print(json.dumps(record | {"answered": outcomes[1:].count("answered")}))


if __name__ == "__main__":
    main()
