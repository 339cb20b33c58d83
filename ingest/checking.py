"""Looks whether the web sources of the library can still be opened; changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Literal
from urllib.parse import urlsplit

from ingest.fetch import Fetcher, Limits, Seen, explain
from ingest.inputs import Input, page_input
from knowledge.errors import FailedSourceError, RejectedSourceError
from knowledge.library import Library

State = Literal["ok", "slow", "type", "moved", "refused", "dead"]
WORST: tuple[State, ...] = ("dead", "refused", "moved", "type", "slow")
LIMITS = Limits(read_seconds=15.0, total_seconds=45.0, retries=1)
SLOW_SECONDS = 5.0
AT_ONCE = 8  # hosts; each is asked by one thread
FIRST_ERROR = 400

_PAGE = "text/html"
_SAME = {"application/xhtml+xml": _PAGE, "application/x-pdf": "application/pdf"}
_SAYS_NOTHING = {"application/octet-stream", "binary/octet-stream", "application/x-download"}
_ENDINGS = {".pdf": "application/pdf", ".html": _PAGE, ".htm": _PAGE, ".json": "application/json"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """An address to look at.

    Attributes:
        source_id: of the source in the library, None where only a list names it.
        title: of the source, or None.
        media_type: of the document that was read there, or None.
        refusal: why it is not looked at, or None.
    """

    url: str
    source_id: str | None = None
    title: str | None = None
    media_type: str | None = None
    refusal: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a look at an address gave.

    Attributes:
        state: "ok", or the worst of what is wrong.
        why: all that is wrong, in sentences that name the cure; "" when nothing is.
        status, content_type, moved_to, seconds: as of `Seen`; None where nothing answered.
    """

    target: Target
    state: State
    why: str = ""
    status: int | None = None
    content_type: str | None = None
    moved_to: str | None = None
    seconds: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The look as `check --json` lists it."""
        record = asdict(self)
        target = record.pop("target")
        seconds = None if self.seconds is None else round(self.seconds, 3)
        kept = {name: target[name] for name in ("url", "source_id", "title")}
        return {**kept, **record, "seconds": seconds}


def targets_of(library: Library | None, listed: Iterable[Input]) -> tuple[Target, ...]:
    """The addresses to look at, each once.

    Args:
        library: its web sources, and the addresses that readers of its files are led to.
        listed: what lists of sources name; files among them are passed over.
    """
    found: dict[str, Target] = {}
    for target in (*(_held(library) if library else ()), *map(_listed, listed)):
        if "://" in target.url:
            found.setdefault(target.url, target)
    return tuple(found.values())


def look_at(
    targets: Sequence[Target],
    open_fetcher: Callable[[], Fetcher],
    done: Callable[[], None] = lambda: None,
) -> tuple[Look, ...]:
    """What is at the addresses now, in their order.

    Args:
        targets: each host among them is asked by one thread, at its own pace.
        open_fetcher: opens one for a thread; they have to share their pace.
        done: called whenever an address was looked at.
    """
    hosts: dict[str, list[Target]] = {}
    for target in targets:
        hosts.setdefault(urlsplit(target.url).hostname or "", []).append(target)

    def visit(together: Sequence[Target]) -> list[Look]:
        looks = []
        with open_fetcher() as fetcher:
            for target in together:
                looks.append(_look(target, fetcher))
                done()
        return looks

    found: dict[str, Look] = {}
    pool = ThreadPoolExecutor(max_workers=AT_ONCE)
    try:
        for visited in as_completed([pool.submit(visit, each) for each in hosts.values()]):
            found |= {look.target.url: look for look in visited.result()}
    finally:
        pool.shutdown(cancel_futures=True)
    return tuple(found[target.url] for target in targets)


def _held(library: Library) -> Iterator[Target]:
    holdings = {holding.source.id: holding for holding in library.holdings()}
    for locator in library.locators():
        holding = holdings.get(locator.source_id or "")
        if "://" not in locator.locator or holding is None:
            continue
        document = library.document(holding.source.id)
        yield Target(
            url=locator.locator,
            source_id=holding.source.id,
            title=holding.source.title,
            media_type=document[0].media_type if document else None,
        )
    for holding in holdings.values():
        if holding.source.url:
            place = page_input(holding.source.url)
            source = holding.source
            yield Target(
                url=place.locator, source_id=source.id, title=source.title, refusal=place.refusal
            )


def _listed(item: Input) -> Target:
    title = item.overrides.get("title")
    return Target(url=item.locator, title=title, refusal=item.refusal)


def _look(target: Target, fetcher: Fetcher) -> Look:
    if target.refusal is not None:
        return Look(target=target, state="refused", why=target.refusal)
    try:
        seen = fetcher.look(target.url)
    except RejectedSourceError as error:
        return Look(target=target, state="refused", why=str(error))
    except FailedSourceError as error:
        return Look(target=target, state="dead", why=str(error))
    wrong = _wrong(target, seen)
    return Look(
        target=target,
        state=next((state for state in WORST if state in wrong), "ok"),
        why="; ".join(wrong[state] for state in WORST if state in wrong),
        status=seen.status,
        content_type=seen.content_type,
        moved_to=seen.moved_to,
        seconds=seen.seconds,
    )


def _wrong(target: Target, seen: Seen) -> Mapping[State, str]:
    wrong: dict[State, str] = {}
    if seen.status >= FIRST_ERROR:
        wrong["dead"] = explain(seen.status)
    if seen.moved_to and seen.moved_to != target.url:
        wrong["moved"] = f"it moved for good to {seen.moved_to}; use that address"
    before, now = _expected(target), _kind(seen.content_type)
    if not wrong.get("dead") and before and now and before != now:
        wrong["type"] = f"it was {before} and is {now} now; look whether it is still the document"
    if seen.seconds > SLOW_SECONDS:
        wrong["slow"] = f"it took {seen.seconds:.1f} seconds to answer; look again later"
    return wrong


def _expected(target: Target) -> str | None:
    ending = PurePosixPath(urlsplit(target.url).path).suffix.lower()
    return _kind(target.media_type) or _ENDINGS.get(ending)


def _kind(media_type: str | None) -> str | None:
    """A media type, alike for all that servers call the same thing; None when it says nothing."""
    if media_type is None or media_type in _SAYS_NOTHING:
        return None
    same = _SAME.get(media_type, media_type)
    return "text" if same.startswith("text/") and same != _PAGE else same
