"""The commands that look at the library, and the one that goes back to an earlier build."""

import argparse
import json
from dataclasses import asdict

from rich.console import Console

from ingest.report import place_json, source_json
from ingest.tables import print_retractions, print_sources, print_status
from knowledge.compose import open_library
from knowledge.index import index_dir, read_manifest, roll_back
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
            print(problem)
    return 1 if problems else 0


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
