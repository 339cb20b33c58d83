"""Takes documents into the library: read, cut, embed, store, publish."""

import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ingest.cutting import cut
from ingest.inputs import Input
from ingest.moments import now
from ingest.progress import Progress
from ingest.reading import Reader
from ingest.recognition import Extract, Recognition
from ingest.report import Problem, Report, list_source
from ingest.shelf import Shelf
from knowledge.encoders import Encoder
from knowledge.errors import CaveatError, RejectedSourceError, UnusableSourceError
from knowledge.index import current_build, publish
from knowledge.library import Holding, Library

UNKNOWN = "no source has this id; `python -m ingest list` shows them"


@dataclass(kw_only=True, slots=True)
class Ingest:
    """One run over some documents.

    Attributes:
        extract: reads a document's bytes; the second argument is its name.
        data_dir: where builds are published.
        report: filled as the run goes on.
    """

    library: Library
    encoder: Encoder
    reader: Reader
    extract: Extract
    data_dir: Path
    progress: Progress
    report: Report = field(default_factory=Report)
    _started: float = field(default_factory=time.monotonic)

    def add(self, inputs: Sequence[Input]) -> None:
        """Takes in every input that is new or changed; a bad one is a line in the report."""
        shelf = self._shelf()
        recognition = Recognition(
            library=self.library,
            reader=self.reader,
            extract=self.extract,
            shelf=shelf,
            report=self.report,
        )
        queue, total = deque(inputs), len(inputs)
        self.progress.documents(total)
        while queue:
            item = queue.popleft()
            self.progress.reading(item.locator)
            if not self._try(recognition, item):
                self.progress.document_done()
            if recognition.announced:
                total += len(recognition.announced)
                queue.extend(recognition.announced)
                recognition.announced.clear()
                self.progress.documents(total)
            if shelf.is_full():
                shelf.clear()
        shelf.clear()

    def remove(self, source_ids: Iterable[str]) -> None:
        """Removes sources by id."""
        holdings = {holding.source.id: holding for holding in self.library.holdings()}
        for source_id in dict.fromkeys(source_ids):
            if source_id not in holdings:
                self.report.failed.append(Problem(source=source_id, reason=UNKNOWN))
                continue
            self.library.remove(source_id, now=now())
            self.report.removed.append(list_source(holdings[source_id]))

    def retract(self, source_ids: Iterable[str], why: str) -> None:
        """Removes sources by id, and remembers that they may not come back by themselves."""
        for source_id in dict.fromkeys(source_ids):
            holding = self.library.holding(source_id)
            earlier = self.library.history.retraction(source_id=source_id)
            if holding is not None:
                self.library.retract(source_id, why=why, now=now())
                self.report.removed.append(list_source(holding))
            elif earlier is not None:  # a killed run may not have published it
                reason = f"it was retracted on {earlier.at[:10]} already: {earlier.why}"
                self.report.warnings.append(Problem(source=source_id, reason=reason))
            else:
                self.report.failed.append(Problem(source=source_id, reason=UNKNOWN))

    def restore(self, source_ids: Iterable[str]) -> None:
        """Lets retracted sources be taken in again; takes in none of them."""
        for source_id in dict.fromkeys(source_ids):
            places = self.library.history.restore(source_id)
            if places is None:
                reason = "it is not retracted; `python -m ingest status` shows what is"
                self.report.failed.append(Problem(source=source_id, reason=reason))
                continue
            reason = f"it may be taken in again, such as from {places[0]}"
            self.report.warnings.append(Problem(source=source_id, reason=reason))

    def prune(self, origins: Iterable[str], inputs: Sequence[Input]) -> None:
        """Removes what these manifests named once and name no more."""
        shelf = self._shelf()
        named, wanted = set(origins), {item.locator for item in inputs}
        for locator in self.library.locators():
            if locator.origin in named and locator.locator not in wanted:
                before = shelf.owner(locator)
                gone = self.library.forget_locator(locator.locator, now=now())
                shelf.report_orphan(before, gone)

    def re_embed(self) -> None:
        """Cuts and embeds every document again for the present encoder; cached vectors are kept."""
        self._embed_again(self.library.holdings())

    def _embed_again(self, holdings: Sequence[Holding]) -> None:
        shelf = self._shelf()
        self.progress.documents(len(holdings))
        for holding in holdings:
            found = self.library.document(holding.source.id)
            locator = self.library.locator(holding.locators[0]) if holding.locators else None
            if found is not None and locator is not None:
                document, title = found
                prepared = cut(holding, document, title, locator, encoder=self.encoder)
                self.progress.found_chunks(len(prepared.acquisition.chunks))
                shelf.embed(prepared)
                self.library.take_in(prepared.acquisition, now=holding.changed_at)
            self.progress.document_done()

    def _complete(self) -> None:
        """Makes the vectors that an earlier version of Caveat, or a killed one, did not make."""
        incomplete = self.library.vectors.incomplete_sources(self.encoder.identity)
        if incomplete:
            self._embed_again(
                [each for each in self.library.holdings() if each.source.id in incomplete]
            )

    def publish(self, *, fresh: bool = False) -> Report:
        """Puts what the library now holds in service, and closes the report.

        Nothing at all is not published, where nothing was before: `sync --if-missing` and `ask`
        would take it for an index.
        """
        if not (fresh or self.library.holdings() or current_build(self.data_dir)):
            self.report.seconds = time.monotonic() - self._started
            return self.report
        self._complete()
        self.library.vectors.forget_unused(self.encoder.identity)
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

    def _shelf(self) -> Shelf:
        return Shelf(
            library=self.library,
            encoder=self.encoder,
            progress=self.progress,
            report=self.report,
        )

    def _try(self, recognition: Recognition, item: Input) -> bool:
        """Reads an input; whether its document now waits to be embedded."""
        problems = self.report.failed
        try:
            return recognition.recognise(item)
        except RejectedSourceError as error:
            problems, reason = self.report.rejected, str(error)
        except UnusableSourceError as error:
            reason = str(error)
        except (SQLAlchemyError, CaveatError):
            raise  # not this document's fault
        except Exception as error:  # noqa: BLE001 - no parser may stop the other documents
            reason = f"it cannot be read ({type(error).__name__}: {error})"
        problems.append(Problem(source=item.locator, reason=reason))
        known = self.library.locator(item.locator)
        if known is not None:  # what was read earlier stays, and is marked
            self.library.note_locator(
                replace(
                    known,
                    failures=known.failures + 1,
                    failed_at=known.failed_at or now(),
                    trouble=reason,
                    checked_at=now(),
                )
            )
        return False
