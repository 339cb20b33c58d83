"""The commands that look at the library and its sources, and the one that goes back a build."""

import argparse
import json
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from ingest.checking import LIMITS, look_at, targets_of
from ingest.fetch import Fetcher, Pace
from ingest.inputs import further_inputs, manifest_inputs
from ingest.report import place_json, source_json
from ingest.settings import IngestSettings
from ingest.tables import print_looks, print_retractions, print_sources, print_status
from knowledge.compose import open_library, require_library
from knowledge.errors import LibraryMissingError
from knowledge.index import index_dir, read_manifest, roll_back
from knowledge.invoking import runnable
from knowledge.locking import writer_lock
from knowledge.settings import KnowledgeSettings
from knowledge.verification import find_problems


def show(options: argparse.Namespace, settings: KnowledgeSettings) -> int:
    """Shows every source."""
    library = open_library(settings)
    try:
        holdings = library.holdings()
    finally:
        library.close()
    if options.json:
        print(json.dumps({"sources": [source_json(holding) for holding in holdings]}))
    else:
        print_sources(Console(), holdings)
    return 0


def status(options: argparse.Namespace, settings: KnowledgeSettings) -> int:
    """Shows the build in service and when each source was last checked."""
    library = open_library(settings)
    try:
        holdings, locators, versions = library.holdings(), library.locators(), library.versions()
        retractions = library.history.retractions()
    finally:
        library.close()
    manifest = read_manifest(settings.data_dir)
    if not options.json:
        print_status(Console(), manifest, holdings, locators)
        print_retractions(Console(), retractions)
        return 0
    folder = index_dir(settings.data_dir)
    builds = sorted(path.parent.name for path in folder.glob("*/manifest.json"))
    record = {
        "build": manifest.build if manifest else None,
        "created": manifest.created if manifest else None,
        "encoder": manifest.encoder if manifest else None,
        "builds": builds,
        "chunks": sum(holding.chunks for holding in holdings),
        "sources": [
            {
                **source_json(holding),
                "places": [
                    place_json(each) for each in locators if each.source_id == holding.source.id
                ],
                "versions": [asdict(each) for each in versions.get(holding.source.id, ())],
            }
            for holding in holdings
        ],
        "retractions": [asdict(retraction) for retraction in retractions],
    }
    print(json.dumps(record))
    return 0


def verify(options: argparse.Namespace, settings: KnowledgeSettings) -> int:
    """Holds library and index against each other; 1 when something is wrong."""
    library = open_library(settings)
    try:
        problems = find_problems(library, settings.data_dir)
    finally:
        library.close()
    if options.json:
        print(json.dumps({"ok": not problems, "problems": problems}))
    else:
        for problem in problems or ("The library and the index agree.",):
            print(runnable(problem))
    return 1 if problems else 0


def check(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Looks whether web sources can still be opened; 1 when something is wrong with one."""
    lists = [Path(name) for name in options.manifests]
    listed = [item for path in lists for item in manifest_inputs(path)]
    if not lists:
        listed = list(further_inputs())
    try:
        library = require_library(settings)
    except LibraryMissingError:  # nothing was taken in yet, and nothing is made by looking
        targets = targets_of(None, listed)
    else:
        try:
            targets = targets_of(library, listed)
        finally:
            library.close()
    opening = partial(
        Fetcher,
        allow_private=settings.allow_private,
        contact=settings.contact,
        limits=LIMITS,
        pace=Pace(clock=time.monotonic, sleep=time.sleep),
    )
    console = Console(stderr=True)
    silent = options.quiet or not console.is_terminal
    with Progress(console=console, transient=True, disable=silent) as progress:
        task = progress.add_task("looking", total=len(targets))
        looks = look_at(targets, opening, lambda: progress.advance(task))
    fine = all(look.state == "ok" for look in looks)
    if options.json:
        print(json.dumps({"ok": fine, "sources": [look.to_json() for look in looks]}))
    else:
        print_looks(Console(), looks)
    return 0 if fine else 1


def rollback(options: argparse.Namespace, settings: KnowledgeSettings) -> int:
    """Puts the build before the present one in service again."""
    with writer_lock(settings.data_dir):
        library = open_library(settings)
        try:
            retracted = {each.source_id for each in library.history.retractions()}
        finally:
            library.close()
        before = read_manifest(settings.data_dir)
        manifest = roll_back(settings.data_dir, retracted=retracted)
    if options.json:
        previous = before.build if before else None
        print(json.dumps({"build": manifest.build, "previous": previous}))
    else:
        print(
            f"Build {manifest.build} is in service again. The library is as it was: the next "
            "ingest publishes it anew."
        )
    return 0
