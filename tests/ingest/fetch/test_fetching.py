"""Fetching from a real server on loopback."""

import gzip
import socket
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ingest.fetch import Fetcher, Limits, Surroundings, Validators
from ingest.fetch.fetcher import user_agent
from knowledge.errors import FailedSourceError
from tests.ingest.fetch.web import Clock, Page, Web, fetcher

MEBIBYTE = 1024 * 1024


def deflated(data: bytes, bits: int) -> bytes:
    compressor = zlib.compressobj(wbits=bits)
    return compressor.compress(data) + compressor.flush()


def failure(url: str, limits: Limits | None = None) -> str:
    with fetcher(limits=limits) as fetching, pytest.raises(FailedSourceError) as caught:
        fetching.fetch(url)
    return str(caught.value)


def test_a_document_comes_with_what_the_next_request_needs(web: Web) -> None:
    changed = "Wed, 01 Nov 2023 10:00:00 GMT"
    headers = {"ETag": '"v1"', "Last-Modified": changed, "Content-Type": "text/plain"}
    web.page("/a?b=1", Page(body=b"words", headers=headers))
    with fetcher() as fetching:
        fetched = fetching.fetch(web.url("/a?utm_source=letter&b=1#part"))
    assert (fetched.data, fetched.url) == (b"words", web.url("/a?b=1"))
    assert (fetched.etag, fetched.last_modified) == ('"v1"', changed)
    assert fetched.content_type == "text/plain"
    assert fetched.redirected_permanently_to is None


def test_a_document_that_has_not_changed_is_not_sent_again(web: Web) -> None:
    web.page("/a", Page(body=b"words", headers={"ETag": '"v1"'}), Page(status=304, body=b""))
    with fetcher() as fetching:
        first = fetching.fetch(web.url("/a"))
        moment = "Wed, 01 Nov 2023 10:00:00 GMT"
        again = fetching.fetch(web.url("/a"), Validators(etag=first.etag, last_modified=moment))
    assert again.data is None
    assert (again.etag, again.last_modified) == ('"v1"', moment)
    assert web.headers[-1]["If-None-Match"] == '"v1"'
    assert web.headers[-1]["If-Modified-Since"] == moment
    assert "If-None-Match" not in web.headers[-2]


def test_an_answer_that_claims_no_change_from_nothing_is_a_failure(web: Web) -> None:
    assert "304" in failure(web.page("/a", Page(status=304, body=b"")))


def test_a_validator_that_no_header_can_carry_is_left_out(web: Web) -> None:
    web.page("/a", Page())
    with fetcher() as fetching:
        fetching.fetch(web.url("/a"), Validators(etag='"a"\r\nX: 1', last_modified="\u00fc"))
    assert "If-None-Match" not in web.headers[-1]
    assert "If-Modified-Since" not in web.headers[-1]


def test_the_server_learns_who_asks(web: Web) -> None:
    web.page("/a", Page())
    with Fetcher(allow_private=True, contact="me@example.org") as fetching:
        fetching.fetch(web.url("/a"))
    agent = web.headers[-1]["User-Agent"]
    assert agent.startswith("Caveat/")
    assert agent.endswith(" (self-hosted document reader; me@example.org)")
    assert web.headers[-1]["Host"] == f"127.0.0.1:{web.port}"


def test_a_contact_cannot_break_out_of_the_user_agent() -> None:
    agent = user_agent("a) evil/1\r\nX: (\u00fc")
    assert agent.endswith("(self-hosted document reader; a evil/1 X:)")


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"words" * 50_000)),
        ("GZIP", gzip.compress(b"words" * 25_000) * 2),
        ("x-gzip", gzip.compress(b"words" * 50_000) + b"\0\0"),
        ("deflate", deflated(b"words" * 50_000, zlib.MAX_WBITS)),
        ("deflate", deflated(b"words" * 50_000, -zlib.MAX_WBITS)),
        ("identity", b"words" * 50_000),
    ],
)
def test_a_compressed_document_is_decompressed(web: Web, coding: str, body: bytes) -> None:
    web.page("/a", Page(body=body, headers={"Content-Encoding": coding}))
    with fetcher() as fetching:
        assert fetching.fetch(web.url("/a")).data == b"words" * 50_000


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress"])
def test_a_compression_that_was_not_asked_for_is_a_failure(web: Web, coding: str) -> None:
    web.page("/a", Page(headers={"Content-Encoding": coding}))
    assert coding in failure(web.url("/a"))
    assert web.headers[-1]["Accept-Encoding"] == "gzip, deflate"


def test_a_damaged_or_broken_off_compression_is_a_failure(web: Web) -> None:
    headers = {"Content-Encoding": "gzip"}
    web.page("/damaged", Page(body=b"no gzip at all", headers=headers))
    web.page("/short", Page(body=gzip.compress(b"words" * 999)[:-9], headers=headers))
    assert "damaged" in failure(web.url("/damaged"))
    assert "broke off" in failure(web.url("/short"))


@pytest.mark.parametrize("length", [None, ""])
def test_a_document_past_the_limit_is_not_read_to_its_end(web: Web, length: str | None) -> None:
    web.page("/a", Page(body=b"x" * 3 * MEBIBYTE, length=length))
    assert "larger than 1 MiB" in failure(web.url("/a"), Limits(max_bytes=MEBIBYTE))


def test_a_length_that_lies_is_found_out(web: Web) -> None:
    web.page("/more", Page(body=b"12345", length="50"))
    assert "broke off" in failure(web.url("/more"))
    web.page("/less", Page(body=b"1234567890", length="5"))
    with fetcher() as fetching:
        assert fetching.fetch(web.url("/less")).data == b"12345"


def test_a_document_as_large_as_the_limit_is_read(web: Web) -> None:
    web.page("/a", Page(body=b"x" * MEBIBYTE))
    with fetcher(limits=Limits(max_bytes=MEBIBYTE)) as fetching:
        assert len(fetching.fetch(web.url("/a")).data or b"") == MEBIBYTE


def test_a_bomb_is_given_up_long_before_it_has_swollen(web: Web) -> None:
    compressor = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    zeros = bytes(MEBIBYTE)
    bomb = b"".join(compressor.compress(zeros) for _ in range(200)) + compressor.flush()
    web.page("/a", Page(body=bomb, headers={"Content-Encoding": "gzip"}))
    assert "larger than 1 MiB" in failure(web.url("/a"), Limits(max_bytes=MEBIBYTE))
    assert "swells to more than 200 times" in failure(web.url("/a"))


@pytest.mark.parametrize("path", ["/a", "/robots.txt"])
def test_a_server_that_drips_meets_the_end_of_the_time(web: Web, path: str) -> None:
    web.page("/a", Page())
    web.page(path, Page(body=b"x" * 1000, drip_seconds=0.05))
    surroundings = Surroundings(sleep=Clock().sleep)
    limits = Limits(total_seconds=0.4)
    started = time.monotonic()
    with (
        Fetcher(allow_private=True, limits=limits, surroundings=surroundings) as fetching,
        pytest.raises(FailedSourceError, match=r"longer than 0\.4 seconds"),
    ):
        fetching.fetch(web.url("/a"))
    assert time.monotonic() - started < 2


def test_a_server_that_falls_silent_is_left(web: Web) -> None:
    web.page("/a", Page(body=b"x" * 10, drip_seconds=1))
    assert "sent nothing for 0.2 seconds" in failure(web.url("/a"), Limits(read_seconds=0.2))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "sent no document"),
        (206, "sent no document"),
        (401, "wants a login"),
        (403, "does not let programs read"),
        (404, "nothing at this address"),
        (410, "taken down"),
        (418, "status 418"),
        (451, "legal reasons"),
        (500, "a problem of its own"),
    ],
)
def test_a_status_that_brings_no_document_is_explained_and_not_retried(
    web: Web, status: int, words: str
) -> None:
    message = failure(web.page("/a", Page(status=status)))
    assert words in message
    assert str(status) in message
    assert web.asked == ["/a"]


def test_an_empty_document_is_a_failure(web: Web) -> None:
    assert "empty" in failure(web.page("/a", Page(body=b"")))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_that_heals_is_asked_again_with_growing_waits(web: Web, status: int) -> None:
    sick = Page(status=status)
    web.page("/a", sick, sick, sick, Page(body=b"words"))
    clock = Clock()
    with fetcher(clock, limits=Limits(delay_seconds=0)) as fetching:
        assert fetching.fetch(web.url("/a")).data == b"words"
    first, second, third = clock.sleeps
    assert 0.5 <= first <= 1 <= second <= 2 <= third <= 4


def test_a_server_that_stays_sick_is_given_up(web: Web) -> None:
    clock = Clock()
    web.page("/a", Page(status=503))
    with fetcher(clock) as fetching, pytest.raises(FailedSourceError, match="503"):
        fetching.fetch(web.url("/a"))
    assert web.asked == ["/a"] * 4


def test_a_server_is_asked_again_when_it_says(web: Web) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    for asked, least in (("17", 17), (date, 15), ("soon", 1)):
        clock = Clock()
        web.page("/a", Page(status=429, headers={"Retry-After": asked}), Page(body=b"words"))
        with fetcher(clock) as fetching:
            assert fetching.fetch(web.url("/a")).data == b"words"
        assert least <= clock.sleeps[0] <= least + 5


@pytest.mark.parametrize("asked", ["61", "9" * 5000])
def test_a_server_that_asks_for_a_long_wait_is_given_up_at_once(web: Web, asked: str) -> None:
    clock = Clock()
    web.page("/a", Page(status=429, headers={"Retry-After": asked}))
    with fetcher(clock) as fetching, pytest.raises(FailedSourceError, match="asked too often"):
        fetching.fetch(web.url("/a"))
    assert clock.sleeps == []


def test_no_wait_reaches_past_the_end_of_the_time(web: Web) -> None:
    clock = Clock()
    web.page("/a", Page(status=503, headers={"Retry-After": "50"}))
    with fetcher(clock) as fetching, pytest.raises(FailedSourceError, match="503"):
        fetching.fetch(web.url("/a"))
    assert clock.sleeps == [50, 50]


def test_a_server_out_of_reach_is_tried_again_and_then_named(web: Web) -> None:
    url = web.url("/a")
    clock = Clock()
    web.page("/a", Page())
    with fetcher(clock, names={"gone.example": [["127.0.0.1"]]}) as fetching:
        closed = f"http://gone.example:{_closed_port()}/"
        with pytest.raises(FailedSourceError, match=r"gone\.example cannot be reached .*refused"):
            fetching.fetch(closed)
        assert len(clock.sleeps) == 3
        with pytest.raises(FailedSourceError, match=r"gone\.example cannot be reached"):
            fetching.fetch(closed)
        assert len(clock.sleeps) == 3  # known from its robots.txt
        assert fetching.fetch(url).data == b"text"


def test_requests_to_one_host_keep_their_distance(web: Web) -> None:
    clock = Clock()
    web.page("/a", Page())
    web.page("/b", Page())
    with fetcher(
        clock, limits=Limits(delay_seconds=3), names={"b.example": [["127.0.0.1"]]}
    ) as fetching:
        fetching.fetch(web.url("/a"))
        fetching.fetch(web.url("/b", host="b.example"))
        assert clock.sleeps == []
        clock.moment += 1
        fetching.fetch(web.url("/b"))
    assert clock.sleeps == [2]


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
