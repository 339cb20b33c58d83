"""What robots.txt asks for is done."""

import pytest

from knowledge.errors import FailedSourceError, RejectedSourceError
from tests.ingest.fetch.web import Clock, Page, Web, fetcher


def test_what_robots_may_not_read_is_not_read(web: Web) -> None:
    web.page("/robots.txt", Page(body=b"User-agent: *\nDisallow: /private\n"))
    web.page("/private/a", Page())
    web.page("/a", Page())
    with fetcher() as fetching:
        with pytest.raises(RejectedSourceError, match=r"robots\.txt of 127\.0\.0\.1"):
            fetching.fetch(web.url("/private/a"))
        assert web.asked == []
        assert fetching.fetch(web.url("/a")).data == b"text"
    assert web.robots_asked == 1


def test_rules_for_caveat_go_before_those_for_all(web: Web) -> None:
    rules = b"\xef\xbb\xbfUser-agent: caveat\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n"
    web.page("/robots.txt", Page(body=rules))
    web.page("/b", Page())
    with fetcher() as fetching:
        with pytest.raises(RejectedSourceError, match="robots"):
            fetching.fetch(web.url("/a"))
        assert fetching.fetch(web.url("/b")).data == b"text"


def test_a_redirect_to_what_robots_may_not_read_is_not_followed(web: Web) -> None:
    web.page("/robots.txt", Page(body=b"User-agent: *\nDisallow: /b\n"))
    web.redirect("/a", "/b")
    with fetcher() as fetching, pytest.raises(RejectedSourceError, match=r"redirects.*robots"):
        fetching.fetch(web.url("/a"))
    assert web.asked == ["/a"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_server_without_rules_allows_everything(web: Web, status: int) -> None:
    web.page("/robots.txt", Page(status=status))
    web.page("/a", Page())
    with fetcher() as fetching:
        assert fetching.fetch(web.url("/a")).data == b"text"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_cannot_tell_its_rules_is_left_for_now(web: Web, status: int) -> None:
    web.page("/robots.txt", Page(status=status))
    with fetcher() as fetching:
        for _ in range(2):
            with pytest.raises(FailedSourceError, match=rf"robots\.txt .* \({status}\)"):
                fetching.fetch(web.url("/a"))
    assert web.asked == []
    assert web.robots_asked == (1 if status == 500 else 4)


def test_rules_that_never_end_are_not_read(web: Web) -> None:
    web.page("/robots.txt", Page(body=b"#" * 600_000, length=""))
    with fetcher() as fetching, pytest.raises(FailedSourceError, match="larger than 524288 bytes"):
        fetching.fetch(web.url("/a"))


def test_rules_that_moved_are_found(web: Web) -> None:
    web.redirect("/robots.txt", "/rules", 301)
    web.page("/rules", Page(body=b"User-agent: *\nDisallow: /\n"))
    with fetcher() as fetching, pytest.raises(RejectedSourceError, match="robots"):
        fetching.fetch(web.url("/a"))


def test_rules_that_moved_to_a_private_address_are_not_asked_for(web: Web) -> None:
    web.redirect("/robots.txt", f"http://127.0.0.2:{web.port}/rules")
    with (
        fetcher(strict=True) as fetching,
        pytest.raises(RejectedSourceError, match=r"redirects to 127\.0\.0\.2: .*loopback"),
    ):
        fetching.fetch(web.url("/a"))
    assert web.asked == []


def test_rules_that_go_round_in_a_circle_are_given_up(web: Web) -> None:
    web.redirect("/robots.txt", "/robots.txt")
    with fetcher() as fetching, pytest.raises(FailedSourceError, match="redirects too often"):
        fetching.fetch(web.url("/a"))


@pytest.mark.parametrize(("asked", "kept"), [("7", 7), ("3600", 10), ("many", 1)])
def test_a_delay_that_the_server_asks_for_is_kept_up_to_a_bound(
    web: Web, asked: str, kept: float
) -> None:
    clock = Clock()
    web.page("/robots.txt", Page(body=f"User-agent: *\nCrawl-delay: {asked}\n".encode()))
    web.page("/a", Page())
    with fetcher(clock) as fetching:
        fetching.fetch(web.url("/a"))
        fetching.fetch(web.url("/a"))
    assert clock.sleeps == [kept]
