"""What the pipeline of tutorials finds for the questions of a file of cases.

    PYTHON -m tests.benchmarks.naive_answers MODEL STORE DOCUMENTS CASES.jsonl

Load, split (1000 characters, 200 overlapping), embed, store, and the five nearest chunks. An empty
store takes in the documents first. Writes a line of JSON for each case: its id, the passages, the
document of each, and the milliseconds that finding them took. A file that cannot be loaded is told
on standard error and left out, where a tutorial's script would end.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup  # type: ignore[import-not-found]  # not in Caveat's venv
from langchain_chroma import Chroma  # type: ignore[import-not-found]
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings  # type: ignore[import-not-found]
from langchain_text_splitters import RecursiveCharacterTextSplitter

from tests.benchmarks.naive_pipeline import PASSAGES, count, load, open_store, say


def load_all(folder: Path) -> Iterator[Document]:
    """The pages of every file in a folder and the folders in it."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        try:
            if path.suffix == ".html":
                text = BeautifulSoup(path.read_bytes(), "html.parser").get_text()
                yield Document(page_content=text, metadata={"source": str(path)})
            else:
                yield from load(path)
        except Exception as error:  # noqa: BLE001 - whatever a loader raises
            sys.stderr.write(f"left out: {path.name}: {type(error).__name__}\n")


def take_in(store: Chroma, folder: Path) -> None:
    """Fills the store with a folder."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces = splitter.split_documents(list(load_all(folder)))
    sys.stderr.write(f"embedding {len(pieces)} chunks\n")
    for first in range(0, len(pieces), 1_000):
        store.add_documents(pieces[first : first + 1_000])


def main() -> None:
    """Writes the lines."""
    model, place, folder, cases = sys.argv[1:5]
    store = open_store(place, HuggingFaceEmbeddings(model_name=model))
    if not count(store):
        take_in(store, Path(folder))
    store.similarity_search("the first question opens the store", k=PASSAGES)
    for line in Path(cases).read_text("utf-8").splitlines():
        if not line.strip():
            continue
        case = json.loads(line)
        begin = time.perf_counter()
        found = store.similarity_search(case["question"], k=PASSAGES)
        say(
            id=str(case["id"]),
            passages=[each.page_content for each in found],
            docs=[each.metadata["source"] for each in found],
            milliseconds=1000 * (time.perf_counter() - begin),
        )


if __name__ == "__main__":
    main()
