"""Measures how soon a running reader uses a changed paragraph, on an index of 10,000 chunks.

    .venv/bin/python -m tests.benchmarks.pick_up

The encoder is a small one without weights, so that 10,000 chunks are there in a moment; the one
paragraph that changed would take the real encoder some hundredths of a second more.
"""

import tempfile
import time
from pathlib import Path

from ingest.extract import extract
from ingest.fetch import Fetcher
from ingest.inputs import Filter, find_inputs
from ingest.pipeline import Ingest
from ingest.progress import NoProgress
from ingest.reading import Reader
from knowledge.index import SnapshotKeeper
from knowledge.library import Library, connect_library
from tests.fakes import WordEncoder

DOCUMENTS = 20
PARAGRAPHS = 500
PARAGRAPH = (
    "Paragraph {number} of document {document} tells, in about as many words as a paragraph of a "
    "law has, who may use the weights of model {number}, under which of the {document} conditions, "
    "and what the provider keeps on record about each of the uses that were made of it."
)


def main() -> None:
    """Ingests, changes a paragraph, ingests again, and prints how long each took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for document in range(DOCUMENTS):
            _write(folder, document, "kept")
        first = _ingest(folder)
        keeper = SnapshotKeeper(folder, lambda _manifest: None)
        chunks = keeper.current().manifest.chunks
        _write(folder, 0, "changed")
        begin = time.perf_counter()
        second = _ingest(folder)
        keeper.current()
        taken = time.perf_counter() - begin
        keeper.close()
    print("| what | measured |\n|---|---|")
    print(f"| chunks | {chunks} |")
    print(f"| first ingest | {first[0]:.1f} s, {first[1]} embedded |")
    print(f"| ingest after one paragraph changed | {second[0]:.1f} s, {second[1]} embedded |")
    print(f"| from its start until a reader had the new build open | {taken:.1f} s |")


def _write(folder: Path, document: int, word: str) -> None:
    texts = [PARAGRAPH.format(number=n, document=document) for n in range(PARAGRAPHS)]
    texts[7] = f"{texts[7]} This was {word}."
    parts = [f"## Part {number}\n\n{text}" for number, text in enumerate(texts)]
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / f"{document}.md").write_text("\n\n".join(parts), "utf-8")


def _ingest(folder: Path) -> tuple[float, int]:
    begin = time.perf_counter()
    library = Library(connect_library(folder))
    run = Ingest(
        library=library,
        encoder=WordEncoder(),
        reader=Reader(lambda: Fetcher(allow_private=False)),
        extract=lambda data, name: extract(data, name=name),
        data_dir=folder,
        progress=NoProgress(),
    )
    run.add(list(find_inputs([str(folder / "docs")], {}, Filter())))
    report = run.publish()
    library.close()
    return time.perf_counter() - begin, report.embedded


if __name__ == "__main__":
    main()
