"""Re-reads what the library holds from the web, and manifests, again and again."""

import argparse
import logging
import re
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from ingest.inputs import Input, manifest_inputs
from ingest.pipeline import Ingest
from ingest.report import Report
from knowledge.errors import CaveatError
from knowledge.library import Library

log = logging.getLogger(__name__)

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
MOST_SECONDS = 366 * 86400
_EVERY = re.compile(r"(\d+)([smhd])")


def parse_every(text: str) -> int:
    """Seconds in "90s", "30m", "24h" or "7d".

    Raises:
        ArgumentTypeError: for anything else.
    """
    match = _EVERY.fullmatch(text)
    seconds = int(match[1]) * SECONDS[match[2]] if match else 0
    if not 0 < seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError("write a time such as 30m, 24h or 7d, a year at most")
    return seconds


def due_inputs(library: Library, manifests: list[Path]) -> list[Input]:
    """What a round reads: everything from the web that is known, and what manifests name."""
    named = [item for path in manifests for item in manifest_inputs(path)]
    seen = {item.locator for item in named}
    known = [
        Input(locator=each.locator, origin=each.origin)
        for each in library.locators()
        if "://" in each.locator and each.locator not in seen
    ]
    return named + known


def watch_round(ingest: Ingest, manifests: list[Path]) -> Report:
    """The report of one round."""
    ingest.add(due_inputs(ingest.library, manifests))
    return ingest.publish()


def keep_watching(one_round: Callable[[], Report], every: int) -> int:
    """Runs rounds until SIGTERM or SIGINT; a round that fails is logged and the next one tried.

    Args:
        one_round: reads everything once.
        every: seconds between the beginnings of two rounds.

    Returns:
        0, for the exit code.
    """
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt  # asked twice: not after this round, now
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    while not stop.is_set():
        try:
            report = one_round()
        except (CaveatError, OSError) as error:
            log.error("This round failed: %s", error)  # noqa: TRY400 - a sentence, no traceback
        else:
            log.info(
                "%d added, %d updated, %d unchanged, %d failed; build %s",
                len(report.added),
                len(report.updated),
                len(report.unchanged),
                len(report.failed),
                report.build,
            )
            for problem in report.failed:
                log.warning("%s: %s", problem.source, problem.reason)
        stop.wait(every)
    return 0
