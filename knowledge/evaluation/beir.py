"""Reads a set of questions with the documents that answer them, as the BEIR benchmark has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from knowledge.errors import EvaluationSetError
from knowledge.evaluation.lines import broken, numbered_lines, read_records

COLUMNS = 3


class BeirDocument(BaseModel):
    """A line of `corpus.jsonl`."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str = Field(validation_alias="_id")
    title: str = ""
    text: str


class BeirQuery(BaseModel):
    """A line of `queries.jsonl`."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str = Field(validation_alias="_id")
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A question that counts.

    Attributes:
        gains: what finding each document is worth, by document id; above 0 means relevant.
    """

    id: str
    text: str
    gains: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class RetrievalSet:
    """Documents and the questions that they answer.

    Attributes:
        name: of the folder.
        documents: in the order of the file.
        queries: those that `qrels/test.tsv` judges, in its order.
        lacking: how many judged documents the corpus does not hold; nothing can find them.
    """

    name: str
    documents: tuple[BeirDocument, ...]
    queries: tuple[Query, ...]
    lacking: int


def read_set(folder: Path) -> RetrievalSet:
    """The set in a folder: `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`.

    Raises:
        EvaluationSetError: when a file is missing or a line cannot be used.
    """
    documents = read_records(folder / "corpus.jsonl", BeirDocument)
    questions = read_records(folder / "queries.jsonl", BeirQuery)
    judged = _read_judgements(folder / "qrels" / "test.tsv", questions)
    return RetrievalSet(
        name=folder.resolve().name,
        documents=tuple(documents.values()),
        queries=tuple(
            Query(id=query_id, text=questions[query_id].text, gains=gains)
            for query_id, gains in judged.items()
        ),
        lacking=len({found for gains in judged.values() for found in gains} - documents.keys()),
    )


def _read_judgements(path: Path, questions: Mapping[str, BeirQuery]) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, line in numbered_lines(path):
        cells = [cell.strip() for cell in line.split("\t")]
        if number == 1 and cells[0] == "query-id":
            continue
        if len(cells) != COLUMNS or not cells[2].removeprefix("-").isdecimal():
            raise broken(path, number, "not a query-id, a corpus-id and a whole score with tabs")
        query_id, document_id, score = cells
        if query_id not in questions:
            raise broken(path, number, f"queries.jsonl has no query {query_id!r}")
        judged.setdefault(query_id, {})[document_id] = int(score)
    if not judged:
        raise EvaluationSetError(f"{path} judges nothing. Name a set with something in it.")
    return judged
