"""Tells what an input is to the library: new, changed, as it was, or a copy of what it holds."""

import hashlib
import itertools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from ingest.adopted import with_adoption
from ingest.cutting import READING, Prepared, cut
from ingest.extract import Extracted
from ingest.feeds import is_feed, read_feed
from ingest.inputs import Input, page_input
from ingest.metadata import amend, describe_source, source_name
from ingest.moments import now
from ingest.reading import Reader, Reading
from ingest.report import Problem, Report
from ingest.shelf import Shelf
from knowledge.errors import FailedSourceError, RejectedSourceError
from knowledge.library import Holding, Library, Locator
from knowledge.model import Source
from knowledge.web import canonical_url

Extract = Callable[[bytes, str], Extracted]


@dataclass(kw_only=True, slots=True)
class Recognition:
    """Reads inputs and compares them with what the library holds.

    Attributes:
        extract: reads a document's bytes; the second argument is its name.
        announced: documents that feeds announced, still to be read.
    """

    library: Library
    reader: Reader
    extract: Extract
    shelf: Shelf
    report: Report
    announced: list[Input] = field(default_factory=list)
    _feed_entries: set[str] = field(default_factory=set)

    def recognise(self, item: Input) -> bool:
        """Reads an input; whether its document now waits on the shelf.

        Raises:
            UnusableSourceError: with the reason.
        """
        known = self.library.locator(item.locator)
        holding = self.library.holding(known.source_id) if known else None
        current = known if known and holding and known.reading == READING else None
        if holding is None:
            self._refuse_retracted(places=[item.locator])
        reading = self.reader.read(item, current)
        if holding is None and reading.url is not None:
            self._refuse_retracted(places=[reading.url, canonical_url(reading.url)])
        if reading.moved_to:
            warning = f"it has moved to {reading.moved_to}; name that address from now on"
            self.report.warnings.append(Problem(source=item.locator, reason=warning))
        data = reading.data
        if data is not None and item.path is None and is_feed(data):
            self._announce(item, data)
            return False
        bytes_hash = hashlib.sha256(data).hexdigest() if data is not None else None
        if current and holding and bytes_hash in (None, current.bytes_hash):
            self._touch(item, current, reading)
            source = amend(holding.source, item.overrides)
            self._describe_anew(holding, source, item.overrides)
            return False
        if data is None or bytes_hash is None:
            raise FailedSourceError("the server sent nothing, though nothing was known of it")
        return self._read(item, reading, data, holding, bytes_hash)

    def _refuse_retracted(self, *, places: Collection[str] = (), content_hash: str = "") -> None:
        """Raises for what was retracted, and may not come back by itself."""
        found = self.library.history.retraction(places=places, content_hash=content_hash)
        if found is not None:
            raise RejectedSourceError(
                f"retracted on {found.at[:10]}: {found.why}; `python -m ingest restore "
                f"{found.source_id}` allows it again"
            )

    def _announce(self, item: Input, data: bytes) -> None:
        """Queues the documents that a feed announces."""
        if item.single:
            raise RejectedSourceError("it is a feed, not a document; add it by itself")
        if item.locator in self._feed_entries:
            raise RejectedSourceError("it is a feed, announced by a feed; add it by itself")
        for entry in read_feed(data):
            locator = page_input(entry.url).locator
            self._feed_entries.add(locator)
            self.announced.append(replace(item, locator=locator))

    def _touch(self, item: Input, known: Locator, reading: Reading) -> None:
        """Notes that a file or page is as it was."""
        self.library.note_locator(
            replace(
                known,
                checked_at=now(),
                etag=reading.etag or known.etag,
                last_modified=reading.last_modified or known.last_modified,
                origin=item.origin or known.origin,
                failures=0,
                failed_at=None,
                trouble=None,
            )
        )

    def _read(
        self, item: Input, reading: Reading, data: bytes, holding: Holding | None, bytes_hash: str
    ) -> bool:
        """Takes a new or changed document in hand; whether it now waits to be embedded."""
        extracted = with_adoption(_placed(self.extract(data, reading.name), reading.url))
        self.report.warnings.extend(
            Problem(source=item.locator, reason=warning) for warning in extracted.warnings
        )
        content_hash = extracted.document.content_hash
        self._refuse_retracted(content_hash=content_hash)
        twin = self._twin(content_hash)
        known = self.library.locator(item.locator)
        locator = Locator(
            locator=item.locator,
            source_id=self._source_id(item, holding, twin),
            bytes_hash=bytes_hash,
            reading=READING,
            checked_at=now(),
            etag=reading.etag,
            last_modified=reading.last_modified,
            origin=item.origin or (known.origin if known else None),
        )
        waiting = self.shelf.with_text(content_hash)
        if waiting is not None:
            waiting.twins.append(locator)
            return False
        if twin and (known is None or known.source_id != twin or known.reading == READING):
            self._note(item, extracted, locator)
            return False
        overrides = {**_overrides(holding), **item.overrides}
        self.shelf.put(self._describe(item, extracted, locator, overrides))
        return True

    def _twin(self, content_hash: str) -> str | None:
        """Id of the source that has this very text, or None."""
        waiting = self.shelf.with_text(content_hash)
        if waiting is not None:
            return waiting.acquisition.source.id
        twin = self.library.source_with_text(content_hash)
        if twin is not None and twin in self.shelf.source_ids():
            self.shelf.clear()  # that source is about to change its text
            return self.library.source_with_text(content_hash)
        return twin

    def _note(self, item: Input, extracted: Extracted, locator: Locator) -> None:
        """Records a file whose text the library already holds."""
        overrides = item.overrides
        before = self.shelf.owner(locator)
        self.shelf.note(locator)
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

    def _source_id(self, item: Input, holding: Holding | None, twin: str | None) -> str:
        if twin is not None:
            return twin
        if holding is not None and len(holding.locators) == 1:
            return holding.source.id
        for salt in itertools.count():
            digest = hashlib.sha256(f"{item.locator}{salt or ''}".encode()).hexdigest()
            source_id = f"{source_name(item.name)}-{digest[:8]}"
            # taken when this file shared its source with another one, which keeps the id
            if source_id not in self.shelf.source_ids() and self.library.holding(source_id) is None:
                return source_id
        raise AssertionError  # itertools.count never ends

    def _describe(
        self, item: Input, extracted: Extracted, locator: Locator, overrides: Mapping[str, Any]
    ) -> Prepared:
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
        return cut(holding, extracted.document, source.title, locator, encoder=self.shelf.encoder)

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


def _overrides(holding: Holding | None) -> Mapping[str, Any]:
    return holding.overrides if holding else {}


def _placed(extracted: Extracted, url: str | None) -> Extracted:
    """The document with its address: a page may not send readers to another host."""
    if url is None:
        return extracted
    stated = extracted.metadata.url
    same = stated is not None and urlsplit(stated).hostname == urlsplit(url).hostname
    return replace(extracted, metadata=replace(extracted.metadata, url=stated if same else url))
