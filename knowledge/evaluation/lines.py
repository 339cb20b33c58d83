"""Reads the files of an evaluation set, and says in one sentence what is wrong with one."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.errors import EvaluationSetError

Record = TypeVar("Record", bound=BaseModel)


def read_text(path: Path) -> str:
    """The whole file.

    Raises:
        EvaluationSetError: when it is missing or no UTF-8 text.
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise EvaluationSetError(
            f"{path} cannot be read ({reason}). Name a set whose files are there."
        ) from error


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that hold something, each with its number from 1.

    Raises:
        EvaluationSetError: as `read_text`.
    """
    # not splitlines: it also splits at characters that JSON strings may hold
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield number, line.removesuffix("\r")


def read_records(path: Path, kind: type[Record]) -> dict[str, Record]:
    """The records of a file of JSON lines, by their id, in order.

    Raises:
        EvaluationSetError: naming the first line that is no such record or repeats an id.
    """
    records: dict[str, Record] = {}
    for number, line in numbered_lines(path):
        try:
            record = kind.model_validate_json(line)
        except ValidationError as error:
            problem = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in problem["loc"])
            reason = f"{where}: {problem['msg']}" if where else problem["msg"]
            raise broken(path, number, reason) from error
        key = str(record.id)  # type: ignore[attr-defined]  # every record of a set has one
        if key in records:
            raise broken(path, number, f"the id {key!r} was there before")
        records[key] = record
    if not records:
        raise EvaluationSetError(f"{path} is empty. Name a set with something in it.")
    return records


def broken(path: Path, number: int, reason: str) -> EvaluationSetError:
    """The error for a line that cannot be used."""
    return EvaluationSetError(f"{path}, line {number}: {reason}. Mend that line.")
