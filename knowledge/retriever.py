"""The library as a retriever for LangChain programs. Nothing in Caveat itself imports this."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from knowledge.citations import deep_link
from knowledge.model import Passage
from knowledge.passages import passages_near
from knowledge.search import Searcher
from knowledge.serialise import heading_text

DEFAULT_LIMIT = 6


class SharedSearcher:
    """A searcher that several threads may ask: it serves one after the other, in its own thread."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")

    def search(self, question: str, limit: int) -> Future[tuple[Passage, ...]]:
        """What will be the passages, best first, as of `passages_near`."""
        return self._worker.submit(passages_near, self._searcher, question, limit=limit)

    def close(self) -> None:
        """Waits for the search under way and lets go of the index."""
        self._worker.shutdown(cancel_futures=True)
        self._searcher.close()


class LibraryRetriever(BaseRetriever):
    """Finds passages as LangChain documents, best first; `knowledge.compose` opens one.

    A document's content is the passage word for word, its id the passage's. Its metadata is as
    `document_of` says. Both plain and asynchronous calls may come from any thread.

    Attributes:
        library: where it looks.
        k: most documents; `invoke(question, k=3)` asks for another number.

    Raises:
        CaveatError: from every call, when no build can be used.
    """

    library: SharedSearcher = Field(exclude=True, repr=False)
    k: int = Field(default=DEFAULT_LIMIT, ge=1)

    def close(self) -> None:
        """Lets go of the index; the retriever finds nothing afterwards."""
        self.library.close()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        del run_manager  # its caller reports the documents
        return [document_of(passage) for passage in self._search(query, k).result()]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        del run_manager
        return [document_of(each) for each in await asyncio.wrap_future(self._search(query, k))]

    def _search(self, query: str, k: int | None) -> Future[tuple[Passage, ...]]:
        return self.library.search(query, self.k if k is None else k)


def document_of(passage: Passage) -> Document:
    """A passage as LangChain has it; unknown values are None, dates ISO 8601.

    `score` is comparable within one search only, `similarity` is the cosine of question and
    passage, `link` opens the source at the passage.
    """
    chunk, source = passage.chunk, passage.source
    metadata: dict[str, Any] = {
        "source_id": source.id,
        "title": source.title,
        "url": source.url,
        "kind": source.kind,
        "stance": source.stance,
        "status": source.status,
        "status_date": source.status_date,
        "published": source.published,
        "publisher": source.publisher,
        "licence": source.licence,
        "page": chunk.page,
        "heading": heading_text(chunk.heading_path),
        "score": passage.score,
        "similarity": passage.similarity,
        "chunk_id": chunk.id,
        "link": deep_link(passage, 0, len(chunk.text)),
    }
    return Document(id=chunk.id, page_content=chunk.text, metadata=metadata)
