"""The ingest that tutorials show: load, split, embed, store; run it with a Python of its own.

    PYTHON naive_pipeline.py MODEL STORE whole FOLDER     all documents in one go
    PYTHON naive_pipeline.py MODEL STORE each FOLDER      one document after the other
    PYTHON naive_pipeline.py MODEL STORE read             a question a line, an answer a line

`requirements-naive.txt` says what it needs. Every command writes lines of JSON.
"""

import json
import sys
import time
from pathlib import Path

from langchain_chroma import Chroma  # type: ignore[import-not-found]  # not in Caveat's venv
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings  # type: ignore[import-not-found]
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader  # type: ignore[import-not-found]

NEAREST = 4


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


def main() -> None:
    """Runs one command."""
    model, place, command = sys.argv[1:4]
    store = Chroma(
        collection_name="documents",
        persist_directory=place,
        embedding_function=HuggingFaceEmbeddings(model_name=model),
    )
    if command == "read":
        read(store)
    else:
        ingest(store, Path(sys.argv[4]), each=command == "each")


if __name__ == "__main__":
    main()
