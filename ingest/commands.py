"""The commands that write to the library."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from ingest.approved import approved_inputs, settle
from ingest.fetch import Fetcher
from ingest.inputs import (
    FURTHER,
    STARTER,
    Filter,
    Input,
    corpus_inputs,
    find_inputs,
    further_inputs,
    manifest_inputs,
)
from ingest.metadata import amend, read_overrides, read_reason
from ingest.moments import now
from ingest.options import DETAILS
from ingest.pipeline import UNKNOWN, Ingest
from ingest.progress import BarProgress, LineProgress, NoProgress, Progress
from ingest.reading import Reader
from ingest.report import Problem, Report
from ingest.sandbox import Extractor
from ingest.settings import IngestSettings
from ingest.tables import print_report
from ingest.watching import keep_watching, watch_round
from knowledge.compose import open_library
from knowledge.encoders import open_encoder, require_same_encoder
from knowledge.errors import SettingsError
from knowledge.index import read_manifest
from knowledge.library import Holding
from knowledge.locking import writer_lock


def add(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Takes in files and folders."""
    overrides = _details(options)
    wanted = Filter(include=tuple(options.include), exclude=tuple(options.exclude))
    inputs = list(find_inputs(options.places, overrides, wanted))
    if len(inputs) > 1 and (alone := [name for name in ("title", "url") if name in overrides]):
        raise SettingsError(
            f"--{alone[0]} describes one document, but {len(inputs)} were named. Add them one by "
            "one, or use `python -m ingest set` afterwards."
        )
    return _take_in(options, settings, inputs)


def sync(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Takes in what manifests name and what was approved; without either, the starter corpus.

    In full, also the starter corpus with the documents that complete it.
    """
    if options.if_missing and (manifest := read_manifest(settings.data_dir)):
        if options.json:
            report = Report(build=manifest.build, chunks=manifest.chunks)
            print(json.dumps(report.to_json({})))
        return 0
    manifests = [Path(name) for name in options.manifests]
    inputs = [item for path in manifests for item in manifest_inputs(path)]
    origins = [str(path.resolve()) for path in manifests]
    if options.full or not (manifests or options.approved):
        inputs, origins = [*corpus_inputs(), *inputs], [STARTER, *origins]
    if options.full:
        inputs, origins = [*inputs, *further_inputs()], [*origins, FURTHER]
    with _ingest(options, settings) as ingest:
        wanted = ingest.library.suggestions.approved() if options.approved else ()
        ingest.add([*inputs, *approved_inputs(wanted)])
        if options.prune:
            ingest.prune(origins, inputs)
        # told only once readers find it; a run that is killed before is made good by the next one
        return _finish(options, ingest, then=lambda: settle(ingest, wanted))


def watch(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Re-reads web sources and manifests again and again.

    With `--json`, the report of the last whole round is printed when it ends.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    manifests = [Path(name) for name in options.manifests]
    last = Report().to_json({})

    def one_round() -> Report:
        nonlocal last
        with _ingest(options, settings) as ingest:
            report = watch_round(ingest, manifests)
            last = report.to_json(_holdings(ingest))
            return report

    ended = keep_watching(one_round, options.every)
    if options.json:
        print(json.dumps(last))
    return ended


def remove(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Removes sources."""
    with _ingest(options, settings) as ingest:
        ingest.remove(options.ids)
        return _finish(options, ingest)


def retract(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Takes sources out of library and index, and remembers why."""
    why = read_reason(options.why)
    with _ingest(options, settings) as ingest:
        ingest.retract(options.ids, why)
        return _finish(options, ingest)


def restore(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Lets retracted sources be taken in again."""
    with _ingest(options, settings) as ingest:
        ingest.restore(options.ids)
        return _finish(options, ingest)


def describe(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Changes what is said about sources."""
    overrides = _details(options)
    if not overrides:
        raise SettingsError("Nothing to change: name at least one field, such as --status.")
    with _ingest(options, settings) as ingest:
        for source_id in dict.fromkeys(options.ids):
            holding = ingest.library.holding(source_id)
            if holding is None:
                ingest.report.failed.append(Problem(source=source_id, reason=UNKNOWN))
                continue
            merged = {**holding.overrides, **overrides}
            ingest.library.describe(amend(holding.source, overrides), merged, now=now())
            ingest.report.updated.append(source_id)
        return _finish(options, ingest)


def rebuild(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Builds the index anew."""
    with _ingest(options, settings, same_encoder=False) as ingest:
        ingest.re_embed()
        return _finish(options, ingest, fresh=True)


def _details(options: argparse.Namespace) -> dict[str, Any]:
    values = {name: getattr(options, name) for name in DETAILS}
    if values["authors"] is not None:
        values["authors"] = tuple(a.strip() for a in values["authors"].split(";") if a.strip())
    return read_overrides(values).given()


def _take_in(options: argparse.Namespace, settings: IngestSettings, inputs: Sequence[Input]) -> int:
    with _ingest(options, settings) as ingest:
        ingest.add(inputs)
        return _finish(options, ingest)


@contextmanager
def _ingest(
    options: argparse.Namespace, settings: IngestSettings, *, same_encoder: bool = True
) -> Iterator[Ingest]:
    with (
        writer_lock(settings.data_dir),
        _progress(options) as progress,
        Extractor() as extractor,
    ):
        library = open_library(settings)
        reader = Reader(
            partial(Fetcher, allow_private=settings.allow_private, contact=settings.contact)
        )
        try:
            encoder = open_encoder(settings)
            manifest = read_manifest(settings.data_dir) if same_encoder else None
            if manifest is not None and manifest.chunks:
                require_same_encoder(manifest.encoder_identity(), encoder.identity)
            with library.only_writer():
                yield Ingest(
                    library=library,
                    encoder=encoder,
                    reader=reader,
                    extract=extractor.extract,
                    data_dir=settings.data_dir,
                    progress=progress,
                )
        finally:
            reader.close()
            library.close()


@contextmanager
def _progress(options: argparse.Namespace) -> Iterator[Progress]:
    console = Console(stderr=True)
    if options.quiet:
        yield NoProgress()
    elif console.is_terminal:
        with BarProgress(console) as progress:
            yield progress
    else:
        yield LineProgress(console)


def _finish(
    options: argparse.Namespace,
    ingest: Ingest,
    *,
    fresh: bool = False,
    then: Callable[[], None] = lambda: None,
) -> int:
    report: Report = ingest.publish(fresh=fresh)
    then()
    holdings = _holdings(ingest)
    if options.json:
        print(json.dumps(report.to_json(holdings)))
    else:
        print_report(Console(), report, holdings)
    return 1 if report.failed else 0


def _holdings(ingest: Ingest) -> dict[str, Holding]:
    return {holding.source.id: holding for holding in ingest.library.holdings()}
