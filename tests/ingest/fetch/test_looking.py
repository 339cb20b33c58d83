"""What is at an address, without its document being read."""

import pytest

from ingest.fetch import Limits, Pace
from knowledge.errors import FailedSourceError, RejectedSourceError
from tests.ingest.fetch.web import Clock, Page, Web, fetcher


def test_a_page_is_asked_for_by_head_alone(web: Web) -> None:
    url = web.page("/a", Page(headers={"Content-Type": "Text/HTML; charset=utf-8"}))
    seen = fetcher().look(url)
    assert (seen.status, seen.content_type, seen.moved_to) == (200, "text/html", None)
    assert web.methods == ["HEAD"]


@pytest.mark.parametrize("refusal", [400, 403, 404, 405, 501])
def test_where_head_is_refused_get_is_asked_and_its_body_left_unread(
    web: Web, refusal: int
) -> None:
    web.head_status = refusal
    url = web.page("/a", Page(body=b"x" * 1000, length=str(10**12)))
    clock = Clock()
    assert fetcher(clock).look(url).status == 200
    assert web.methods == ["HEAD", "GET"]
    assert 1.0 in clock.sleeps  # the host's pace, between the two


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_error_is_told_by_its_status(web: Web, status: int) -> None:
    assert fetcher().look(web.page("/a", Page(status=status))).status == status
    assert web.methods == ["HEAD", "GET"]


def test_only_permanent_redirects_say_that_it_moved(web: Web) -> None:
    web.page("/new", Page())
    moved = fetcher().look(web.redirect("/old", "/new", 301))
    assert (moved.status, moved.moved_to) == (200, web.url("/new"))
    assert fetcher().look(web.redirect("/now", "/new", 302)).moved_to is None


def test_a_server_that_says_nothing_is_given_up_in_time(web: Web) -> None:
    url = web.page("/a", Page(body=b"", length="5"))
    silent = web.page("/b", lambda _headers: Page(status=int("x")))  # it hangs up
    limits = Limits(read_seconds=0.3, total_seconds=2.0, retries=0)
    assert fetcher(limits=limits).look(url).status == 200  # the body is not waited for
    with pytest.raises(FailedSourceError):
        fetcher(limits=limits).look(silent)


def test_what_is_never_fetched_is_not_looked_at_either(web: Web) -> None:
    web.page("/robots.txt", Page(body=b"User-agent: *\nDisallow: /secret"))
    with pytest.raises(RejectedSourceError, match=r"robots\.txt"):
        fetcher().look(web.page("/secret", Page()))
    with pytest.raises(RejectedSourceError, match="only public addresses"):
        fetcher(strict=True).look("http://10.0.0.1/")
    assert web.methods == []


def test_fetchers_that_share_their_pace_keep_it_together() -> None:
    clock = Clock()
    pace = Pace(clock=clock.now, sleep=clock.sleep)
    for _ in range(3):
        pace.wait("a.example", 1.0)
    pace.wait("b.example", 1.0)
    assert clock.sleeps == [1.0, 1.0]
