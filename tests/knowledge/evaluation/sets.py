"""Writes small sets of questions."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

DOCUMENTS = {
    "recall": ("Recall", "Weights that were released cannot be recalled by anyone."),
    "licence": ("Licence", "The licence restricts the field of use and forbids resale."),
    "kettle": ("Kettle", "A kettle boils water for tea in four minutes."),
}
QUESTIONS = {
    "q1": "Can released weights be recalled?",
    "q2": "Does the licence restrict the field of use?",
    "unjudged": "Is anybody there?",
}
JUDGEMENTS = (("q1", "recall", 1), ("q2", "licence", 1), ("q2", "kettle", 0))


def write_set(
    folder: Path,
    *,
    documents: Mapping[str, tuple[str, str]] = DOCUMENTS,
    judgements: Iterable[tuple[str, str, int]] = JUDGEMENTS,
) -> Path:
    """A folder as BEIR has it; the folder."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    write_lines(
        folder / "corpus.jsonl",
        [{"_id": key, "title": title, "text": text} for key, (title, text) in documents.items()],
    )
    write_lines(
        folder / "queries.jsonl", [{"_id": key, "text": text} for key, text in QUESTIONS.items()]
    )
    rows = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in judgements)]
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def write_lines(path: Path, records: Iterable[Mapping[str, object]]) -> Path:
    """A file of JSON lines; its path."""
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    return path
