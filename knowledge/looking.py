"""The commands that look into the library without answering."""

import argparse
import json
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from knowledge.compose import counted_gaps, open_searcher
from knowledge.curation.command import add_lint_parser
from knowledge.evaluation.command import add_eval_parser
from knowledge.gap_table import gaps_json, print_gaps
from knowledge.glossary import read_glossary
from knowledge.glossary_table import glossary_json, print_names, print_terms
from knowledge.model import Passage
from knowledge.passages import passages_near
from knowledge.serialise import heading_text, passage_json
from knowledge.settings import KnowledgeSettings, read_settings


def run(arguments: Sequence[str] | None) -> int:
    """Runs the command that the arguments name; returns its exit code.

    Raises:
        CaveatError: when it cannot be done.
    """
    options = _parser().parse_args(arguments)
    return int(options.run(options, read_settings(KnowledgeSettings)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m knowledge", description="Looks into the library without answering."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    search = commands.add_parser("search", help="show the passages nearest to some words")
    search.add_argument("words")
    search.add_argument("-k", type=_positive, default=10, metavar="N", help="how many (10)")
    search.add_argument("--json", action="store_true", help="one JSON object on standard output")
    search.set_defaults(run=_search)
    gaps = commands.add_parser("gaps", help="show what readers asked and the library lacks")
    gaps.add_argument("--days", type=_positive, default=90, metavar="N", help="how far back (90)")
    gaps.add_argument("--json", action="store_true", help="one JSON object on standard output")
    gaps.set_defaults(run=_gaps)
    glossary = commands.add_parser("glossary", help="show what a term means")
    glossary.add_argument("term", nargs="*", metavar="TERM", help="none: the names of all terms")
    glossary.add_argument("--json", action="store_true", help="one JSON object on standard output")
    glossary.set_defaults(run=_glossary)
    add_eval_parser(commands)
    add_lint_parser(commands)
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number, at least 1")
    return int(text)


def _search(options: argparse.Namespace, settings: KnowledgeSettings) -> int:
    searcher = open_searcher(settings)
    try:
        passages = passages_near(searcher, options.words, limit=options.k)
    finally:
        searcher.close()
    if options.json:
        print(json.dumps({"passages": [passage_json(p) for p in passages]}))
        return 0
    console = Console()
    for number, passage in enumerate(passages, start=1):
        _show(console, number, passage)
    if not passages:
        console.print("Nothing in the library is near that.")
    return 0


def _gaps(options: argparse.Namespace, settings: KnowledgeSettings) -> int:
    gaps, since = counted_gaps(settings, days=options.days)
    if options.json:
        print(json.dumps(gaps_json(gaps, since)))
    else:
        print_gaps(Console(), gaps, since)
    return 0


def _glossary(options: argparse.Namespace, _settings: KnowledgeSettings) -> int:
    glossary, term = read_glossary(), " ".join(options.term)
    if not term:
        if options.json:
            print(json.dumps(glossary_json(glossary.terms)))
        else:
            print_names(Console(), glossary)
        return 0
    found = glossary.find(term)
    if options.json:
        print(json.dumps(glossary_json([found] if found else [])))
    elif found:
        print_terms(Console(), [found], glossary)
    else:
        near = ", ".join(term.name for term in glossary.nearest(term))
        print("The glossary has no such term." + (f" Near it: {near}." if near else ""))
    return 0


def _show(console: Console, number: int, passage: Passage) -> None:
    chunk = passage.chunk
    place = [f"page {chunk.page}" if chunk.page else "", heading_text(chunk.heading_path) or ""]
    console.print(
        f"[bold]{number}. {escape(passage.source.title)}[/] "
        f"[dim]{escape(' · '.join(part for part in place if part))} "
        f"(score {passage.score:.2f}, similarity {passage.similarity:.2f})[/]",
        highlight=False,
    )
    console.print(chunk.text, markup=False, highlight=False)
    console.print()
