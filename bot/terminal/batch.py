"""Answers a file of questions, a line each."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from rich.progress import Progress

from knowledge.errors import SettingsError
from knowledge.model import Answer
from knowledge.serialise import answer_json

BOM = b"\xef\xbb\xbf"
MOST_CHARACTERS = 20_000  # of a question; five times what Discord lets anybody write
TOO_LONG = f"the question has more than {MOST_CHARACTERS:,} characters; ask in fewer words"
_MALFORMED = 'it must be an object with "id" and "question"'
_NO_STRING = '"question" must be a string'


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A line that asks something."""

    identifier: Any
    question: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unusable:
    """A line that cannot be used: where it stands, and why."""

    source: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """What became of a file: how many questions were answered, and the lines left out."""

    answered: int
    unusable: tuple[Unusable, ...]


def answer_batch(
    answer: Callable[[str], Answer], questions: Path, answers: Path, progress: Progress
) -> Batch:
    """Answers every line that can be used, each as a line of JSON in `answers`.

    Every input line is `{"id", "question"}`; the answer has the same id.

    Raises:
        SettingsError: naming the file that cannot be read or written, or of which no line can be
            used; nothing is written then.
    """
    read = list(_read(questions))
    asked = [line for line in read if isinstance(line, Asked)]
    unusable = tuple(line for line in read if isinstance(line, Unusable))
    if unusable and not asked:
        first = unusable[0]
        raise SettingsError(f"{first.source}: {first.reason}. No other line can be used either.")
    part = answers.with_name(f".{answers.name}.part")
    try:
        if answers.exists() and answers.samefile(questions):
            raise SettingsError(f"{answers} holds the questions. Name another file with --out.")
        # a lone surrogate from the question becomes its JSON escape
        with part.open("w", encoding="utf-8", errors="backslashreplace") as out:
            for line in progress.track(asked, description="Answering"):
                record = {**answer_json(answer(line.question)), "id": line.identifier}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        part.replace(answers)
    except OSError as error:
        raise SettingsError(
            f"{answers} cannot be written ({error.strerror}). Name another file with --out."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return Batch(answered=len(asked), unusable=unusable)


def _read(questions: Path) -> Iterator[Asked | Unusable]:
    try:
        content = questions.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"{questions} cannot be read ({error.strerror}). Name a JSONL file."
        ) from error
    # not splitlines(): JSON may hold further line ends, such as U+2028, in its strings
    for number, line in enumerate(content.removeprefix(BOM).split(b"\n"), start=1):
        if line.strip():
            try:
                yield _asked(line)
            except ValueError as error:
                yield Unusable(source=f"{questions}, line {number}", reason=str(error))


def _asked(line: bytes) -> Asked:
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=_refuse)
        identifier, question = record["id"], record["question"]
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8 text") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(_MALFORMED) from error
    if not isinstance(question, str):
        raise ValueError(_NO_STRING)  # noqa: TRY004 - of the line, not of an argument
    if len(question) > MOST_CHARACTERS:
        raise ValueError(TOO_LONG)
    return Asked(identifier=identifier, question=question)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
