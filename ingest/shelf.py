"""Where documents that were read wait for their vectors, and how they reach the library."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.cutting import Prepared
from ingest.moments import now
from ingest.progress import Progress
from ingest.report import Report, list_source
from knowledge.encoders import Encoder
from knowledge.library import Holding, Library, Locator

WINDOW_CHARACTERS = 32_000_000  # text held in memory between reading and embedding
VECTORS_AT_ONCE = 128  # stored together: what a killed run loses at most


@dataclass(kw_only=True, slots=True)
class Shelf:
    """Documents that wait; storing one is a single transaction."""

    library: Library
    encoder: Encoder
    progress: Progress
    report: Report
    _waiting: dict[str, Prepared] = field(default_factory=dict)  # by content hash

    def put(self, prepared: Prepared) -> None:
        """Lets a document wait."""
        acquisition = prepared.acquisition
        self._waiting[acquisition.document.content_hash] = prepared
        self.progress.found_chunks(len(acquisition.chunks))

    def with_text(self, content_hash: str) -> Prepared | None:
        """The waiting document with this very text, or None."""
        return self._waiting.get(content_hash)

    def source_ids(self) -> set[str]:
        """Ids of the sources that wait."""
        return {prepared.acquisition.source.id for prepared in self._waiting.values()}

    def is_full(self) -> bool:
        """Whether more text waits than should be held in memory."""
        texts = (prepared.acquisition.document.text for prepared in self._waiting.values())
        return sum(map(len, texts)) > WINDOW_CHARACTERS

    def clear(self) -> None:
        """Embeds and stores everything that waits."""
        for prepared in self._waiting.values():
            acquisition = prepared.acquisition
            self.progress.embedding(acquisition.source.title)
            self.embed(prepared)
            known = self.library.holding(acquisition.source.id)
            before = self.owner(acquisition.locator)
            if known:
                earlier = {chunk_id for chunk_id, _ in self.library.chunk_keys(known.source.id)}
                present = {chunk.id for chunk in acquisition.chunks}
                self.report.changed[known.source.id] = len(earlier ^ present)
            self.report_orphan(before, self.library.take_in(acquisition, now=now()))
            done = self.report.updated if known else self.report.added
            done.append(acquisition.source.id)
            for twin in prepared.twins:
                self.note(twin)
            self.progress.document_done()
        self._waiting.clear()

    def note(self, locator: Locator) -> None:
        """Records that a file or page gives the text of a source the library holds."""
        before = self.owner(locator)
        self.report_orphan(before, self.library.note_locator(locator))

    def owner(self, locator: Locator) -> Holding | None:
        """The source that has held this path or URL until now."""
        known = self.library.locator(locator.locator)
        return self.library.holding(known.source_id) if known else None

    def report_orphan(self, before: Holding | None, orphans: Iterable[str]) -> None:
        """Reports the source that lost its last path or URL, if it did."""
        # the source that loses a path is the only one that this can leave without any
        if before is not None and before.source.id in orphans:
            self.report.removed.append(list_source(before))

    def embed(self, prepared: Prepared) -> None:
        """Makes and caches the vectors and token vectors that a document lacks."""
        identity = self.encoder.identity
        known = self.library.vectors.known(identity, prepared.texts)
        missing = [text_hash for text_hash in prepared.texts if text_hash not in known]
        self.progress.chunks_done(len(prepared.acquisition.chunks) - len(missing))
        for start in range(0, len(missing), VECTORS_AT_ONCE):
            batch = missing[start : start + VECTORS_AT_ONCE]
            encoded = self.encoder.encode_with_tokens(
                [prepared.texts[text_hash] for text_hash in batch],
                progress=self.progress.chunks_done,
            )
            self.library.vectors.keep(identity, dict(zip(batch, encoded, strict=True)))
            self.report.embedded += len(batch)
