import argparse
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from ingest.report import Report
from ingest.watching import keep_watching, parse_every
from knowledge.errors import LibraryLockedError
from tests.ingest.conftest import PAGE, Curator, Site


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    kept = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in kept.items():
        signal.signal(name, handler)


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1800), ("24h", 86400), ("7d", 604800)]
)
def test_a_time_between_rounds_has_a_unit(text: str, seconds: int) -> None:
    assert parse_every(text) == seconds


@pytest.mark.parametrize("text", ["", "24", "h", "0h", "-1h", "1w", "367d", "9999999999999d"])
def test_other_times_are_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        parse_every(text)


def test_a_round_that_fails_is_told_and_the_next_one_runs_until_a_signal_ends_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rounds = 0

    def one_round() -> Report:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            raise LibraryLockedError("Another ingest is writing.")
        if rounds == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return Report(build="b")

    with caplog.at_level(logging.INFO):
        assert keep_watching(one_round, 0) == 0
    assert rounds == 3
    assert "Another ingest is writing." in caplog.text
    assert "0 failed; build b" in caplog.text


def end_once_watching(before: object) -> None:
    deadline = time.monotonic() + 60
    while signal.getsignal(signal.SIGTERM) == before and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGTERM)


def test_what_the_last_round_did_is_told_as_json_when_a_watch_ends(
    curator: Curator, site: Site
) -> None:
    site.pages["/a.html"] = PAGE.format("The first text of the page.")
    curator.report("add", site.url("/a.html"))
    site.pages["/a.html"] = PAGE.format("The second text of the page.")
    ending = threading.Thread(target=end_once_watching, args=(signal.getsignal(signal.SIGTERM),))
    ending.start()
    report = curator.report("watch", "--every", "1h")
    ending.join()
    assert len(report["updated"]) == 1
    assert report["build"]
