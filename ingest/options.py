"""The command line of `python -m ingest`."""

import argparse
from typing import get_args

from ingest.watching import parse_every
from knowledge.model import Kind, Stance, Status

DETAILS = (
    "title",
    "kind",
    "publisher",
    "authors",
    "published",
    "jurisdiction",
    "status",
    "status_date",
    "superseded_by",
    "stance",
    "licence",
    "url",
)


def build_parser() -> argparse.ArgumentParser:
    """The parser for every ingest command."""
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Takes documents into Caveat's library and publishes the index.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="one JSON object on standard output")
    shared.add_argument("--quiet", action="store_true", help="no progress")

    add = commands.add_parser("add", parents=[shared], help="take in files and folders")
    add.add_argument(
        "places", nargs="+", metavar="PATH_OR_URL", help="a file, a folder, a web page or a feed"
    )
    for name, meaning in (("include", "take only"), ("exclude", "leave out")):
        add.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="GLOB",
            help=f"{meaning} files of a folder like this, such as '*.pdf'; may be repeated",
        )
    _add_details(add)
    change = commands.add_parser(
        "set", parents=[shared], help="change what is said about sources; nothing is embedded"
    )
    change.add_argument("ids", nargs="+", metavar="ID")
    _add_details(change)
    sync = commands.add_parser("sync", parents=[shared], help="take in what manifests name")
    sync.add_argument(
        "manifests", nargs="*", metavar="MANIFEST", help="a sources.toml; none: the starter corpus"
    )
    sync.add_argument(
        "--full",
        action="store_true",
        help="the starter corpus and the public documents that complete it, from the web",
    )
    sync.add_argument("--prune", action="store_true", help="remove what they name no more")
    sync.add_argument(
        "--approved",
        action="store_true",
        help="take in the suggestions that were approved; without a MANIFEST, only them",
    )
    sync.add_argument("--if-missing", action="store_true", help="only when there is no index yet")
    watch = commands.add_parser(
        "watch", parents=[shared], help="re-read web sources and manifests again and again"
    )
    watch.add_argument("manifests", nargs="*", metavar="MANIFEST", help="a sources.toml")
    watch.add_argument(
        "--every", type=parse_every, default="24h", metavar="TIME", help="such as 30m or 24h (24h)"
    )
    commands.add_parser("list", parents=[shared], help="show every source in the library")
    remove = commands.add_parser("remove", parents=[shared], help="remove sources")
    remove.add_argument("ids", nargs="+", metavar="ID")
    retract = commands.add_parser(
        "retract", parents=[shared], help="remove sources for a reason, and keep them out"
    )
    retract.add_argument("ids", nargs="+", metavar="ID")
    retract.add_argument("--why", required=True, help="the reason, which readers are told")
    restore = commands.add_parser(
        "restore", parents=[shared], help="let retracted sources be taken in again"
    )
    restore.add_argument("ids", nargs="+", metavar="ID")
    suggestions = commands.add_parser(
        "suggestions", parents=[shared], help="show what readers suggested, approve or reject it"
    )
    suggestions.add_argument("verdict", nargs="?", choices=("approve", "reject"))
    suggestions.add_argument("ids", nargs="*", type=int, metavar="ID")
    suggestions.add_argument("--why", help="the reason of a rejection, which its reader is told")
    commands.add_parser(
        "rebuild",
        parents=[shared],
        help="build the index anew from the library; embeds only for another encoder",
    )
    commands.add_parser(
        "status", parents=[shared], help="show the build in service and when sources were checked"
    )
    commands.add_parser(
        "verify", parents=[shared], help="hold the library and the index against each other"
    )
    check = commands.add_parser(
        "check", parents=[shared], help="look whether web sources can still be opened"
    )
    check.add_argument(
        "manifests",
        nargs="*",
        metavar="MANIFEST",
        help="lists to look at besides the library; none: that of the starter corpus",
    )
    commands.add_parser(
        "rollback", parents=[shared], help="put the build before this one in service again"
    )
    return parser


def _add_details(parser: argparse.ArgumentParser) -> None:
    details = parser.add_argument_group("what is said about the source")
    details.add_argument("--title")
    details.add_argument("--kind", choices=get_args(Kind))
    details.add_argument("--publisher")
    details.add_argument("--authors", help="separated by semicolons")
    details.add_argument("--published", metavar="DATE", help="2024, 2024-07 or 2024-07-12")
    details.add_argument("--jurisdiction", help="such as EU, US, international")
    details.add_argument("--status", choices=get_args(Status))
    details.add_argument("--status-date", metavar="DATE", help="since when the status holds")
    details.add_argument("--superseded-by", metavar="ID", help="the source that replaces it")
    details.add_argument("--stance", choices=get_args(Stance), help="on open release")
    details.add_argument("--licence", help="decides how much is shown in public")
    details.add_argument("--url", help="where readers find it")
