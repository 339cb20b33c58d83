"""Takes documents into the library: read, cut, embed, store, publish."""

import hashlib
import itertools
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from ingest.extract import Extracted, extract
from ingest.inputs import Input
from ingest.metadata import amend, describe_source, source_name
from ingest.progress import Progress
from ingest.report import Problem, Report, list_source
from knowledge.chunking import CHUNKER_VERSION, Budget, chunk_document, embedding_text
from knowledge.encoders import Encoder
from knowledge.errors import CaveatError, RejectedSourceError, UnusableSourceError
from knowledge.index import publish
from knowledge.library import Acquisition, Holding, Library, Locator
from knowledge.model import Document, Source

EXTRACTOR_VERSION = 1  # a change here makes the next ingest read every file anew
READING = f"{EXTRACTOR_VERSION}.{CHUNKER_VERSION}"
WINDOW_CHARACTERS = 32_000_000  # text held in memory between reading and embedding
VECTORS_AT_ONCE = 128  # stored together: what a killed run loses at most


@dataclass(frozen=True, kw_only=True, slots=True)
class _Prepared:
    """A document that was read and cut, and waits for its vectors."""

    acquisition: Acquisition
    texts: Mapping[str, str]  # what is embedded, by its hash
    new: bool
    twins: list[Locator] = field(default_factory=list)  # further files with the same text


@dataclass(kw_only=True, slots=True)
class Ingest:
    """One run over some documents.

    Attributes:
        data_dir: where builds are published.
        report: filled as the run goes on.
    """

    library: Library
    encoder: Encoder
    data_dir: Path
    progress: Progress
    report: Report = field(default_factory=Report)
    _waiting: dict[str, _Prepared] = field(default_factory=dict)  # by content hash
    _started: float = field(default_factory=time.monotonic)

    def add(self, inputs: Sequence[Input], overrides: Mapping[str, Any]) -> None:
        """Takes in every input that is new or changed; a bad one is a line in the report."""
        self.progress.documents(len(inputs))
        for item in inputs:
            self.progress.reading(item.locator)
            try:
                waits = self._prepare(item, overrides)
            except RejectedSourceError as error:
                self.report.rejected.append(Problem(source=item.locator, reason=str(error)))
                waits = False
            except UnusableSourceError as error:
                self.report.failed.append(Problem(source=item.locator, reason=str(error)))
                waits = False
            except (SQLAlchemyError, CaveatError):
                raise  # not this document's fault
            except Exception as error:  # noqa: BLE001 - no parser may stop the other documents
                reason = f"it cannot be read ({type(error).__name__}: {error})"
                self.report.failed.append(Problem(source=item.locator, reason=reason))
                waits = False
            if not waits:
                self.progress.document_done()
            texts = (prepared.acquisition.document.text for prepared in self._waiting.values())
            if sum(map(len, texts)) > WINDOW_CHARACTERS:
                self._take_in()
        self._take_in()

    def remove(self, source_ids: Iterable[str]) -> None:
        """Removes sources by id."""
        holdings = {holding.source.id: holding for holding in self.library.holdings()}
        for source_id in dict.fromkeys(source_ids):
            if source_id not in holdings:
                reason = "no source has this id; `python -m ingest list` shows them"
                self.report.failed.append(Problem(source=source_id, reason=reason))
                continue
            self.library.remove(source_id)
            self.report.removed.append(list_source(holdings[source_id]))

    def re_embed(self) -> None:
        """Cuts and embeds every document again for the present encoder; cached vectors are kept."""
        holdings = self.library.holdings()
        self.progress.documents(len(holdings))
        for holding in holdings:
            found = self.library.document(holding.source.id)
            if found is None:
                continue
            document, title = found
            for name in holding.locators[:1]:
                locator = self.library.locator(name)
                if locator is not None:
                    prepared = self._cut(holding, document, title, locator)
                    self.progress.found_chunks(len(prepared.acquisition.chunks))
                    self._embed(prepared)
                    self.library.take_in(prepared.acquisition, now=holding.changed_at)
            self.progress.document_done()

    def publish(self, *, fresh: bool = False) -> Report:
        """Puts what the library now holds in service, and closes the report."""
        self.library.forget_unused_vectors(self.encoder.identity)
        manifest = publish(
            self.library,
            self.encoder.identity,
            self.data_dir,
            fresh=fresh,
            progress=self.progress.publishing,
        )
        self.report.build = manifest.build
        self.report.chunks = manifest.chunks
        self.report.seconds = time.monotonic() - self._started
        return self.report

    def _prepare(self, item: Input, overrides: Mapping[str, Any]) -> bool:
        """Reads an input; whether its document now waits to be embedded."""
        data = item.read()
        bytes_hash = hashlib.sha256(data).hexdigest()
        known = self.library.locator(item.locator)
        holding = self.library.holding(known.source_id) if known else None
        if known and holding and (known.bytes_hash, known.reading) == (bytes_hash, READING):
            self._describe_anew(holding, amend(holding.source, overrides), overrides)
            return False
        extracted = extract(data, name=item.name)
        self.report.warnings.extend(
            Problem(source=item.locator, reason=warning) for warning in extracted.warnings
        )
        content_hash = extracted.document.content_hash
        twin = self._twin(content_hash)
        locator = Locator(
            locator=item.locator,
            source_id=self._source_id(item, holding, twin),
            bytes_hash=bytes_hash,
            reading=READING,
            checked_at=now(),
        )
        if content_hash in self._waiting:
            self._waiting[content_hash].twins.append(locator)
            return False
        if twin and (known is None or known.source_id != twin or known.reading == READING):
            self._note(item, extracted, locator, overrides)
            return False
        prepared = self._describe(item, extracted, locator, {**_overrides(holding), **overrides})
        self._waiting[content_hash] = prepared
        self.progress.found_chunks(len(prepared.acquisition.chunks))
        return True

    def _twin(self, content_hash: str) -> str | None:
        """Id of the source that has this very text, or None."""
        if content_hash in self._waiting:
            return self._waiting[content_hash].acquisition.source.id
        twin = self.library.source_with_text(content_hash)
        if twin is not None and twin in self._waiting_ids():
            self._take_in()  # that source is about to change its text
            return self.library.source_with_text(content_hash)
        return twin

    def _note(
        self, item: Input, extracted: Extracted, locator: Locator, overrides: Mapping[str, Any]
    ) -> None:
        """Records a file whose text the library already holds."""
        before = self._owner(locator)
        self._report_orphan(before, self.library.note_locator(locator))
        holding = self.library.holding(locator.source_id)
        if holding is None:
            return
        if before is None or before.source.id != locator.source_id:
            self._describe_anew(holding, amend(holding.source, overrides), overrides, changed=True)
            return
        source = describe_source(
            locator.source_id,
            extracted.metadata,
            {**holding.overrides, **overrides},
            name=item.name,
            retrieved=holding.source.retrieved,
        )
        self._describe_anew(holding, source, overrides)

    def _owner(self, locator: Locator) -> Holding | None:
        """The source that has held this path or URL until now."""
        known = self.library.locator(locator.locator)
        return self.library.holding(known.source_id) if known else None

    def _report_orphan(self, before: Holding | None, orphans: Iterable[str]) -> None:
        # the source that loses a path is the only one that this can leave without any
        if before is not None and before.source.id in orphans:
            self.report.removed.append(list_source(before))

    def _waiting_ids(self) -> set[str]:
        return {prepared.acquisition.source.id for prepared in self._waiting.values()}

    def _source_id(self, item: Input, holding: Holding | None, twin: str | None) -> str:
        if twin is not None:
            return twin
        if holding is not None and len(holding.locators) == 1:
            return holding.source.id
        for salt in itertools.count():
            digest = hashlib.sha256(f"{item.locator}{salt or ''}".encode()).hexdigest()
            source_id = f"{source_name(item.name)}-{digest[:8]}"
            # taken when this file shared its source with another one, which keeps the id
            if source_id not in self._waiting_ids() and self.library.holding(source_id) is None:
                return source_id
        raise AssertionError  # itertools.count never ends

    def _describe(
        self, item: Input, extracted: Extracted, locator: Locator, overrides: Mapping[str, Any]
    ) -> _Prepared:
        source = describe_source(
            locator.source_id,
            extracted.metadata,
            overrides,
            name=item.name,
            retrieved=now()[:10],
        )
        holding = Holding(
            source=source,
            locators=(item.locator,),
            chunks=0,
            content_hash=extracted.document.content_hash,
            added_at=now(),
            changed_at=now(),
            overrides=overrides,
        )
        return self._cut(holding, extracted.document, source.title, locator)

    def _cut(self, holding: Holding, document: Document, title: str, locator: Locator) -> _Prepared:
        prompt = self.encoder.count_tokens(self.encoder.identity.passage_prompt)
        budget = Budget(
            count_tokens=self.encoder.count_tokens,
            max_tokens=self.encoder.identity.max_tokens - prompt,
        )
        source_id = holding.source.id
        chunks = chunk_document(document, source_id=source_id, title=title, budget=budget)
        texts = [embedding_text(title, chunk, budget) for chunk in chunks]
        hashes = [_hash(text) for text in texts]
        return _Prepared(
            acquisition=Acquisition(
                source=holding.source,
                overrides=holding.overrides,
                document=document,
                embedded_title=title,
                chunks=chunks,
                text_hashes=tuple(hashes),
                locator=locator,
            ),
            texts=dict(zip(hashes, texts, strict=True)),
            new=self.library.holding(source_id) is None,
        )

    def _describe_anew(
        self,
        holding: Holding,
        source: Source,
        overrides: Mapping[str, Any],
        *,
        changed: bool = False,
    ) -> None:
        """Stores what is now said about a source whose text is as it was."""
        merged = {**holding.overrides, **overrides}
        if source != holding.source or merged != dict(holding.overrides):
            self.library.describe(source, merged, now=now())
            changed = True
        (self.report.updated if changed else self.report.unchanged).append(source.id)

    def _take_in(self) -> None:
        for prepared in self._waiting.values():
            acquisition = prepared.acquisition
            self.progress.embedding(acquisition.source.title)
            self._embed(prepared)
            before = self._owner(acquisition.locator)
            self._report_orphan(before, self.library.take_in(acquisition, now=now()))
            done = self.report.added if prepared.new else self.report.updated
            done.append(acquisition.source.id)
            for twin in prepared.twins:
                self._report_orphan(self._owner(twin), self.library.note_locator(twin))
            self.progress.document_done()
        self._waiting.clear()

    def _embed(self, prepared: _Prepared) -> None:
        identity = self.encoder.identity
        known = self.library.known_vectors(identity, prepared.texts)
        missing = [text_hash for text_hash in prepared.texts if text_hash not in known]
        self.progress.chunks_done(len(prepared.acquisition.chunks) - len(missing))
        for start in range(0, len(missing), VECTORS_AT_ONCE):
            batch = missing[start : start + VECTORS_AT_ONCE]
            vectors = self.encoder.encode_passages(
                [prepared.texts[text_hash] for text_hash in batch],
                progress=self.progress.chunks_done,
            )
            self.library.keep_vectors(identity, dict(zip(batch, vectors, strict=True)))
            self.report.embedded += len(batch)


def _overrides(holding: Holding | None) -> Mapping[str, Any]:
    return holding.overrides if holding else {}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def now() -> str:
    """The present moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
