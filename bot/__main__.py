"""`python -m bot`: answers on Discord and in the terminal."""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from knowledge.edge import run_command
from knowledge.invoking import runnable

WORST_TO_EXIT = {"ok": 0, "warn": 0, "fail": 1}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code."""
    return run_command(lambda: _command(arguments))


def _command(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Answers with quotes.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer in the terminal")
    _add_ask(ask)
    run = commands.add_parser("run", help="answer on Discord until stopped")
    run.set_defaults(run=_run)
    sync = commands.add_parser("sync-commands", help="tell Discord of the slash commands")
    sync.add_argument(
        "--guild", type=int, metavar="ID", help="in one server only, where they show at once"
    )
    sync.set_defaults(run=_sync)
    doctor = commands.add_parser("doctor", help="look for what keeps the bot from running well")
    doctor.add_argument("--json", action="store_true", help="one JSON object on standard output")
    doctor.set_defaults(run=_doctor)
    return parser


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", help="what you want to know, in quotation marks")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument(
        "--mode", choices=("auto", "quoted", "written"), default="auto", help="(auto)"
    )
    parser.add_argument(
        "--depth",
        choices=("brief", "standard", "deep"),
        default="standard",
        help="how long a written answer may be (standard)",
    )
    parser.add_argument("--plain", action="store_true", help="write for readers without background")
    parser.add_argument(
        "--batch", type=Path, metavar="IN.jsonl", help='a file with an {"id", "question"} a line'
    )
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where --batch answers go")
    parser.set_defaults(run=_ask)


def _ask(options: argparse.Namespace) -> int:
    from bot.terminal.asking import ask  # noqa: PLC0415 - seconds of imports

    _configure_logs(logging.WARNING)
    return ask(options)


def _run(_options: argparse.Namespace) -> int:
    from bot.running import run_until_stopped  # noqa: PLC0415 - a second of imports
    from bot.settings import BotSettings, require_token  # noqa: PLC0415
    from knowledge.compose import open_answerer  # noqa: PLC0415
    from knowledge.settings import read_settings  # noqa: PLC0415

    _configure_logs()
    settings = read_settings(BotSettings)
    token = require_token(settings)
    answerer = open_answerer(settings)
    writing = answerer if answerer.writes else None
    ended = asyncio.run(run_until_stopped(settings, token, answerer, writing))
    if not ended:  # a thread that still answers would keep the process from ending
        logging.shutdown()
        os._exit(0)
    answerer.close()
    return 0


def _sync(options: argparse.Namespace) -> int:
    from bot.running import sync_once  # noqa: PLC0415
    from bot.settings import BotSettings, require_token  # noqa: PLC0415
    from knowledge.settings import read_settings  # noqa: PLC0415

    _configure_logs()
    settings = read_settings(BotSettings)
    count = asyncio.run(sync_once(settings, require_token(settings), options.guild))
    where = f"server {options.guild}" if options.guild else "every server, within the hour"
    print(f"Told Discord of {count} commands for {where}.")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from bot.health import examine  # noqa: PLC0415
    from bot.settings import BotSettings  # noqa: PLC0415
    from knowledge.settings import read_settings  # noqa: PLC0415

    _configure_logs(logging.WARNING)
    checks = examine(read_settings(BotSettings), Path())
    if options.json:
        print(json.dumps({"checks": [asdict(check) for check in checks]}))
    else:
        for check in checks:
            print(f"{check.state:<5} {check.name}: {runnable(check.why)}")
            if check.cure:
                print(f"      {runnable(check.cure)}")
    return max(WORST_TO_EXIT[check.state] for check in checks)


def _configure_logs(level: int = logging.INFO) -> None:
    from bot.logs import configure_logs  # noqa: PLC0415

    configure_logs(level)


if __name__ == "__main__":
    sys.exit(main())
