"""The ingest that tutorials show: load, split, embed, store; run it with a Python of its own.

    PYTHON -m tests.benchmarks.naive_pipeline MODEL STORE COMMAND

    whole FOLDER                       all documents in one go
    each FOLDER                        one document after the other
    read                               a question a line, an answer a line
    fill TEXTS.json VECTORS.npy        texts whose vectors are known
    measure QUESTIONS.json BEGUN       times and memory, see `asking`

`requirements-naive.txt` says what it needs. Every command writes lines of JSON.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from langchain_chroma import Chroma  # type: ignore[import-not-found]  # not in Caveat's venv
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings  # type: ignore[import-not-found]
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader  # type: ignore[import-not-found]

from tests.benchmarks.asking import ask_all

NEAREST = 4
PASSAGES = 5  # for an answer
AT_ONCE = 1_000  # texts; Chroma takes some thousands


def load(path: Path) -> list[Document]:
    """The pages of a PDF, or a file's text."""
    if path.suffix == ".pdf":
        return [
            Document(page_content=page.extract_text(), metadata={"source": str(path), "page": at})
            for at, page in enumerate(PdfReader(path).pages)
        ]
    return [Document(page_content=path.read_text("utf-8"), metadata={"source": str(path)})]


def say(**record: object) -> None:
    """Writes a line of JSON at once."""
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def ingest(store: Chroma, folder: Path, *, each: bool) -> None:
    """Takes in a folder."""
    begun = time.monotonic()
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    batches = [[path] for path in paths] if each else [paths]
    chunks = 0
    for batch in batches:
        pieces = splitter.split_documents([page for path in batch for page in load(path)])
        say(embedding=len(pieces))
        store.add_documents(pieces)
        chunks += len(pieces)
    say(chunks=chunks, seconds=time.monotonic() - begun, stored=count(store))


def count(store: Chroma) -> int:
    """How many chunks the store says it holds."""
    return len(store.get(include=[])["ids"])


def read(store: Chroma) -> None:
    """Answers questions with the nearest chunks until the input ends."""
    say(ready=True)
    for line in sys.stdin:
        found = store.similarity_search(line.strip(), k=NEAREST)
        say(count=count(store), texts=[each.page_content for each in found])


class KnownVectors:
    """Gives texts the vectors that they are known to have."""

    def __init__(self, vectors: dict[str, list[float]]) -> None:
        self._vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text."""
        return [self._vectors[text] for text in texts]


def fill(place: str, texts: Path, vectors: Path) -> None:
    """Stores texts with vectors that were made elsewhere."""
    said = json.loads(texts.read_text("utf-8"))
    known = KnownVectors(dict(zip(said, np.load(vectors).tolist(), strict=True)))
    store = open_store(place, known)
    for first in range(0, len(said), AT_ONCE):
        store.add_texts(said[first : first + AT_ONCE])
    say(stored=count(store))


def open_store(place: str, embedding: object) -> Chroma:
    """The store in a folder, made when there is none."""
    return Chroma(
        collection_name="documents", persist_directory=place, embedding_function=embedding
    )


def main() -> None:
    """Runs one command."""
    model, place, command, *rest = sys.argv[1:]
    if command == "fill":
        fill(place, *map(Path, rest))
        return
    store = open_store(place, HuggingFaceEmbeddings(model_name=model))
    if command == "read":
        read(store)
    elif command == "measure":
        questions = json.loads(Path(rest[0]).read_text("utf-8"))
        say(
            **ask_all(
                lambda question: store.similarity_search(question, k=PASSAGES),
                questions,
                float(rest[1]),
            )
        )
    else:
        ingest(store, Path(rest[0]), each=command == "each")


if __name__ == "__main__":
    main()
