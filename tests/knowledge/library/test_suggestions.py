"""The queue of sources that readers suggest."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import insert

from knowledge.compose import open_suggestions
from knowledge.errors import CaveatError, LibraryBusyError, SuggestionError
from knowledge.library import (
    MOST_OF_ONE,
    MOST_PENDING,
    Library,
    Place,
    Suggestion,
    Suggestions,
    connect_library,
    schema,
)
from knowledge.locking import writer_lock
from knowledge.model import Source
from knowledge.settings import KnowledgeSettings
from tests.fakes import WordEncoder, shelve
from tests.knowledge.library.conftest import in_a_file
from tests.knowledge.test_locking import hold

URL = "https://example.org/paper"


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(place: Place, clock: Clock) -> Iterator[Suggestions]:
    opened = Suggestions(connect_library(place, patience_ms=100), clock=clock)
    yield opened
    opened.close()


def suggest(queue: Suggestions, url: str = URL, contact: str | None = "7") -> Suggestion:
    return queue.suggest(url, note=None, contact=contact, guild=None)


def refusal(queue: Suggestions, url: str = URL, contact: str | None = "8") -> str:
    with pytest.raises(SuggestionError) as refused:
        suggest(queue, url, contact)
    assert refused.value.user_message == str(refused.value)
    assert refused.value.user_message.endswith(".")
    return refused.value.code


def test_a_suggestion_waits_in_its_one_spelling(queue: Suggestions) -> None:
    made = queue.suggest(
        " HTTPS://Example.org:443/paper?utm_source=x#top ",
        note="It says\n\x07 why.",
        contact="7",
        guild="1",
    )
    assert made == Suggestion(
        id=made.id,
        url=URL,
        note="It says why.",
        contact="7",
        guild="1",
        status="pending",
        reason=None,
        source_id=None,
        suggested_at="2026-11-23T12:00:00+00:00",
        decided_at=None,
    )
    assert queue.pending() == queue.listed() == (made,)
    assert (queue.find(made.id), queue.find(made.id + 1)) == (made, None)
    assert queue.count_pending() == 1


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("example.org/paper", "address"),
        ("ftp://example.org/paper", "address"),
        ("file:///etc/passwd", "address"),
        ("javascript:alert(1)", "address"),
        ("https://ann:hush@example.org/", "address"),
        ("https://example.org:22/", "address"),
        ("https://exa mple.org/", "address"),
        ("", "address"),
        ("http://127.0.0.1/", "private"),
        ("http://0x7f000001/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://169.254.169.254/latest/meta-data", "private"),
        ("http://localhost/", "private"),
        ("https://wiki.corp/", "private"),
        ("https://printer/", "private"),
    ],
)
def test_what_is_no_public_web_address_is_refused_in_a_sentence(
    queue: Suggestions, url: str, code: str
) -> None:
    assert refusal(queue, url) == code
    assert queue.pending() == ()


def test_a_password_is_not_repeated(queue: Suggestions) -> None:
    with pytest.raises(SuggestionError) as refused:
        suggest(queue, "https://ann:hush@example.org/")
    assert "hush" not in str(refused.value)


def test_an_operator_may_allow_the_addresses_of_the_own_network(tmp_path: Path) -> None:
    settings = KnowledgeSettings(CAVEAT_DATA_DIR=tmp_path, INGEST_ALLOW_PRIVATE=True)
    queue = open_suggestions(settings)
    assert suggest(queue, "http://wiki.corp/a").status == "pending"
    queue.close()


@pytest.mark.parametrize(
    ("source", "path"),
    [
        (Source(id="a", title="A"), URL),
        (Source(id="a", title="A", url=f"{URL}?utm_medium=mail#page=2"), "/a.pdf"),
    ],
)
def test_what_the_library_holds_is_refused(
    queue: Suggestions, library: Library, words: WordEncoder, source: Source, path: str
) -> None:
    shelve(library, words, source, "Some text.", path)
    assert refusal(queue) == "held"
    assert suggest(queue, "https://example.org/other")
    library.remove("a", now="2026-11-23")
    assert suggest(queue)


def test_the_main_source_of_a_brief_may_be_suggested(
    queue: Suggestions, library: Library, words: WordEncoder
) -> None:
    shelve(library, words, Source(id="a", title="A", kind="brief", url=URL), "Text.", "/a.md")
    assert suggest(queue).url == URL


def test_what_was_retracted_is_refused(
    queue: Suggestions, library: Library, words: WordEncoder
) -> None:
    shelve(library, words, Source(id="a", title="A"), "Some text.", URL)
    library.retract("a", why="It was withdrawn.", now="2026-11-23")
    assert refusal(queue) == "retracted"


def test_what_waits_is_refused_until_it_was_rejected(queue: Suggestions) -> None:
    made = suggest(queue)
    assert refusal(queue, f"{URL}#part") == "queued"
    queue.approve(made.id)
    assert refusal(queue) == "queued"
    queue.reject(made.id, "It is a copy.")
    assert suggest(queue).id != made.id


def test_one_person_and_everybody_may_let_so_many_wait(queue: Suggestions) -> None:
    for number in range(MOST_OF_ONE):
        suggest(queue, f"{URL}/{number}", "7")
    assert refusal(queue, contact="7") == "many"
    for number in range(MOST_OF_ONE, MOST_PENDING):
        suggest(queue, f"{URL}/{number}", f"person {number}")
    assert refusal(queue) == "full"
    assert queue.count_pending() == MOST_PENDING
    queue.approve(queue.pending(1)[0].id)
    assert suggest(queue, contact="7")


@pytest.mark.parametrize("contact", [None, "7"])
def test_a_note_that_is_too_long_is_refused(queue: Suggestions, contact: str | None) -> None:
    with pytest.raises(SuggestionError, match="at most 500 characters") as refused:
        queue.suggest(URL, note="x" * 501, contact=contact, guild=None)
    assert refused.value.code == "note"


@in_a_file
def test_a_rejection_is_told_once_and_the_person_forgotten(
    queue: Suggestions, tmp_path: Path
) -> None:
    made = suggest(queue, contact="4711471147114711")
    assert queue.untold() == ()
    rejected = queue.reject(made.id, " It is\na copy. ")
    assert (rejected.status, rejected.reason) == ("rejected", "It is a copy.")
    assert queue.untold() == (rejected,)
    queue.mark_told(made.id)
    assert queue.untold() == ()
    assert queue.listed() == (replace(rejected, contact=None),)
    queue.close()
    files = [path.read_bytes() for path in tmp_path.glob("library.db*")]
    assert not any(b"4711471147114711" in content for content in files)


def test_an_approval_is_told_and_then_what_became_of_it(queue: Suggestions) -> None:
    made = suggest(queue)
    approved = queue.approve(made.id)
    assert queue.untold() == queue.approved() == (approved,)
    queue.mark_told(made.id)
    assert queue.untold() == ()
    taken = queue.take(made.id, "paper-1234")
    assert (taken.status, taken.source_id, taken.contact) == ("taken", "paper-1234", "7")
    assert queue.untold() == (taken,)
    queue.mark_told(made.id)
    assert queue.untold() == ()
    assert queue.listed()[0].contact is None


def test_who_was_told_of_an_approval_is_not_forgotten_when_it_was_taken_meanwhile(
    queue: Suggestions,
) -> None:
    made = suggest(queue)
    queue.approve(made.id)
    (told,) = queue.untold()
    queue.take(made.id, "paper")
    queue.mark_told(told.id, told.status)
    assert [each.status for each in queue.untold()] == ["taken"]


def test_one_that_failed_may_be_approved_again(queue: Suggestions) -> None:
    made = suggest(queue)
    queue.approve(made.id)
    failed = queue.fail(made.id, "it is empty " * 100)
    assert len(failed.reason or "") == 500
    assert queue.untold() == (failed,)
    assert queue.approve(made.id).reason is None


def test_a_suggestion_without_a_contact_is_told_to_nobody(queue: Suggestions) -> None:
    queue.reject(suggest(queue, contact=None).id, "It is a copy.")
    assert queue.untold() == ()


def test_what_cannot_be_decided_is_a_sentence(queue: Suggestions) -> None:
    made = suggest(queue)
    acts: list[tuple[Callable[[], object], str, str]] = [
        (lambda: queue.approve(99), "unknown", "There is no suggestion 99."),
        (lambda: queue.reject(99, "No."), "unknown", "There is no suggestion 99."),
        (lambda: queue.reject(made.id, " "), "reason", "Please give a reason"),
        (lambda: queue.reject(made.id, "x" * 501), "reason", "at most 500 characters"),
        (lambda: queue.take(made.id, "a"), "decided", "is pending already"),
    ]
    for act, code, said in acts:
        with pytest.raises(SuggestionError, match=said) as refused:
            act()
        assert refused.value.code == code
    queue.reject(made.id, "It is a copy.")
    with pytest.raises(SuggestionError, match="is rejected already"):
        queue.approve(made.id)
    queue.mark_told(99)


def test_whom_nobody_could_tell_is_forgotten_and_what_is_old_is_deleted(
    queue: Suggestions, clock: Clock
) -> None:
    made = suggest(queue)
    waiting = suggest(queue, f"{URL}/2")
    queue.reject(made.id, "It is a copy.")
    clock.now += timedelta(days=91)
    suggest(queue, f"{URL}/3", "9")
    assert queue.untold() == ()
    assert {each.id: each.contact for each in queue.listed()}[made.id] is None
    clock.now += timedelta(days=300)
    suggest(queue, f"{URL}/4", "9")
    assert queue.find(made.id) is None
    assert queue.find(waiting.id) == waiting


def test_suggestions_are_taken_while_an_ingest_holds_the_lock(
    queue: Suggestions, tmp_path: Path
) -> None:
    with hold(tmp_path):
        assert suggest(queue)
    with writer_lock(tmp_path):
        assert suggest(queue, f"{URL}/2")


def test_a_library_that_is_being_written_says_so_and_loses_nothing(
    queue: Suggestions, place: Place
) -> None:
    other = connect_library(place).connect()
    other.execute(insert(schema.suggestions).values(url=URL, status="x", suggested_at="x"))
    with pytest.raises(LibraryBusyError) as refused:
        suggest(queue)
    assert isinstance(refused.value, CaveatError)
    assert "try again in a minute" in refused.value.user_message
    assert queue.pending() == ()  # reading goes on
    other.rollback()
    other.close()
    other.engine.dispose()
    assert suggest(queue)


SUGGESTER = """
import sys
from pathlib import Path
from knowledge.database import database_url
from knowledge.errors import SuggestionError
from knowledge.library import Suggestions, connect_library
where = sys.argv[1]
place = database_url(where) if "://" in where else Path(where)
queue = Suggestions(connect_library(place))
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    try:
        queue.suggest(f"https://example.org/{number}", note=None, contact=None, guild=None)
    except SuggestionError as error:
        assert error.code == "queued"
"""


def test_two_processes_suggest_the_same_and_it_waits_once(queue: Suggestions, place: Place) -> None:
    where = str(place) if isinstance(place, Path) else place.render_as_string(hide_password=False)
    others = [
        subprocess.Popen(  # noqa: S603 - this interpreter
            [sys.executable, "-c", SUGGESTER, where],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )
        for _ in range(2)
    ]
    for process in others:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    finish = [Thread(target=process.communicate, args=("go\n",)) for process in others]
    for thread in finish:
        thread.start()
    for thread in finish:
        thread.join()
    assert [process.returncode for process in others] == [0, 0]
    found = [each.url for each in queue.pending(100)]
    assert sorted(found) == sorted({f"https://example.org/{number}" for number in range(40)})
