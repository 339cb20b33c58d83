"""Links to quotes, opened in a real Chromium."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from ingest.extract import extract
from knowledge.chunking import Budget, chunk_document
from knowledge.citations import cite
from knowledge.model import Citation, Passage, Source
from tests.chromium import find_chromium
from tests.links.browser import Sight, running
from tests.links.pages import LATE_MARKDOWN, PLACES, Place

ALL = PLACES | {"Markdown, rendered late": LATE_MARKDOWN}
DRAWN = re.compile(r"^(?:-|\d+\.) |\[\d+\]", re.MULTILINE)  # no text of the page, or a note's mark

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="needs Chromium: apt-get install chromium"),
]


def citation_of(place: Place, url: str) -> Citation:
    """The citation that an answer would have for the place's quote."""
    document = extract(place.body.encode(), name=place.name).document
    budget = Budget(count_tokens=lambda text: len(text.split()), max_tokens=256)
    source = Source(id="source", title="Notes", url=url)
    chunks = chunk_document(document, source_id=source.id, title=source.title, budget=budget)
    first, last = place.quotes
    chunk = next(each for each in reversed(chunks) if first in each.text and last in each.text)
    start = chunk.text.rindex(first)
    end = chunk.text.index(last, start) + len(last)
    passage = Passage(chunk=chunk, source=source, score=1.0, similarity=1.0)
    return cite(passage, start, end, number=1)


class Handler(BaseHTTPRequestHandler):
    """Serves the pages by number and name."""

    def do_GET(self) -> None:
        place = {f"/{n}/{each.name}": each for n, each in enumerate(ALL.values())}.get(self.path)
        body = b"" if place is None else place.shown
        self.send_response(404 if place is None else 200)
        self.send_header("Content-Type", f"{place.media_type if place else ''}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Tests read what is shown, not a log."""


@pytest.fixture(scope="module")
def citations() -> Iterator[Mapping[str, Citation]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    yield {
        name: citation_of(place, f"{address}/{number}/{place.name}")
        for number, (name, place) in enumerate(ALL.items())
    }
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def sights(citations: Mapping[str, Citation]) -> Mapping[str, Sight]:
    """What one browser shows at every link."""

    async def look() -> dict[str, Sight]:
        program = find_chromium()
        assert program is not None
        async with running(program) as browser:
            return {
                name: await browser.look(str(citation.link), DRAWN.sub("", citation.quote))
                for name, citation in citations.items()
            }

    return asyncio.run(look())


@pytest.mark.parametrize("name", PLACES)
def test_a_link_opens_the_page_at_the_quote(
    citations: Mapping[str, Citation], sights: Mapping[str, Sight], name: str
) -> None:
    sight = sights[name]
    assert sight.places, f"the page does not show {citations[name].quote!r}"
    if PLACES[name].media_type == "text/plain":  # it cannot say how highlights look
        assert sight.in_the_middle, citations[name].link
    else:
        assert sight.at_the_quote, citations[name].link
        assert not sight.lights_other_words, citations[name].link


def test_markdown_that_lacks_the_words_when_it_opens_is_opened_at_their_heading(
    citations: Mapping[str, Citation], sights: Mapping[str, Sight]
) -> None:
    name = "Markdown, rendered late"
    assert urlsplit(str(citations[name].link)).fragment.startswith("scope--purpose-open-weight-")
    assert sights[name].scrolled > 0
