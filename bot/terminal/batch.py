"""Answers a file of questions, a line each."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.progress import Progress

from knowledge.errors import SettingsError
from knowledge.model import Answer
from knowledge.serialise import answer_json


def answer_batch(
    answer: Callable[[str], Answer], questions: Path, answers: Path, progress: Progress
) -> int:
    """How many questions were answered, each as a line of JSON in `answers`.

    Every input line is `{"id", "question"}`; the answer has the same id.

    Raises:
        SettingsError: naming the file and the line that cannot be used; nothing is written then.
    """
    asked = list(_read(questions))
    part = answers.with_name(f".{answers.name}.part")
    try:
        # a lone surrogate from the question becomes its JSON escape
        with part.open("w", encoding="utf-8", errors="backslashreplace") as out:
            for identifier, question in progress.track(asked, description="Answering"):
                record = {**answer_json(answer(question)), "id": identifier}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        part.replace(answers)
    except OSError as error:
        raise SettingsError(
            f"{answers} cannot be written ({error.strerror}). Name another file with --out."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return len(asked)


def _read(questions: Path) -> Iterator[tuple[Any, str]]:
    try:
        # not splitlines(): JSON may hold further line ends, such as U+2028, in its strings
        lines = questions.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"{questions} cannot be read ({reason}). Name a JSONL file.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            identifier, question = record["id"], record["question"]
        except (ValueError, KeyError, TypeError) as error:
            raise SettingsError(
                f'{questions}, line {number}: it must be an object with "id" and "question".'
            ) from error
        if not isinstance(question, str):
            raise SettingsError(f'{questions}, line {number}: "question" must be a string.')
        yield identifier, question
