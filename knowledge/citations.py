"""Builds citations: the quote, where it stands, and the deepest link to it."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote as percent_encode
from urllib.parse import urldefrag, urlsplit

from knowledge.fragments import text_fragment
from knowledge.model import Chunk, Citation, Passage

PARAGRAPH = "\n\n"
SLUG_LIMIT = 120  # characters; a longer anchor is left out

_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"]+", re.IGNORECASE)
_MARKDOWN_NAMES = frozenset({".md", ".markdown"})


def cite(passage: Passage, start: int, end: int, *, number: int) -> Citation:
    """The citation of `passage.chunk.text[start:end]`."""
    return Citation(
        number=number,
        passage=passage,
        quote=passage.chunk.text[start:end],
        start=start,
        link=deep_link(passage, start, end),
    )


def deep_link(passage: Passage, start: int, end: int) -> str | None:
    """The address that opens a source at `passage.chunk.text[start:end]`, None without an address.

    - A PDF opens at its page (RFC 8118, section 3).
    - A web page opens at the quote's words; see `knowledge.fragments`. An anchor that the
      address already has is where the page opens if it lacks the words.
    - Markdown opens at the quote's words too, and at its heading where they are not found: a page
      that renders it may do so after it has loaded, and without the words' line ends. The anchor
      is GitHub's; a server that gives the file itself has no anchors, and ignores it.
    - A brief is our own words: what opens is the source that it names in the quote, else last
      before it or next after it in the same paragraph, else its main source. Other kinds with
      pages, such as DOCX, open at their beginning.
    """
    source, chunk = passage.source, passage.chunk
    if source.url is None or not is_web_address(source.url):
        return None
    if source.kind == "brief":
        return _named_source(chunk, start, end) or source.url
    bare, anchor = urldefrag(source.url)
    path = urlsplit(bare).path.lower()
    page = chunk.page_at(start)
    if page is not None:
        return f"{bare}#page={page}" if "pdf" in path else bare
    anchor = anchor.partition(":~:")[0]
    if PurePosixPath(path).suffix in _MARKDOWN_NAMES:
        headings = chunk.heading_path_at(start)
        anchor = (heading_anchor(headings[-1]) if headings else "") or anchor
    words = text_fragment(chunk.text, start, end)
    fragment = anchor + (f":~:{words}" if words else "")
    return f"{bare}#{fragment}" if fragment else bare


def _named_source(chunk: Chunk, start: int, end: int) -> str | None:
    """The address that a brief gives for `chunk.text[start:end]`."""
    opens = chunk.text.rfind(PARAGRAPH, 0, start) + 1
    closes = chunk.text.find(PARAGRAPH, end)
    near = [
        (address, place)
        for place, _, address in chunk.links
        if opens <= place and (closes < 0 or place < closes)
    ]
    inside = [address for address, place in near if start <= place < end]
    before = [address for address, place in near if place < start]
    after = [address for address, place in near if place >= end]
    return next(iter((*inside, *reversed(before), *after)), None)


def heading_anchor(heading: str) -> str:
    """The anchor that GitHub gives a Markdown heading, percent-encoded; "" when it is too long.

    Lower case, without punctuation, each space a hyphen. Of several equal headings GitHub numbers
    the second and further ones, which a passage cannot know: this is the first.
    (github.com/gjtorikian/html-pipeline, `TableOfContentsFilter`)
    """
    slug = "".join(
        character
        for character in heading.strip().lower().replace(" ", "-")
        if character == "-" or _in_a_word(character)
    )
    anchor = percent_encode(slug, safe="")
    return anchor if len(anchor) <= SLUG_LIMIT else ""


def is_web_address(url: str) -> bool:
    """Whether readers can be sent there: http or https, without spaces and control characters."""
    try:
        return bool(_WEB.fullmatch(url) and urlsplit(url).netloc)
    except ValueError:  # no address at all, such as "http://["
        return False


def _in_a_word(character: str) -> bool:
    """What Ruby counts to words: letters, marks, decimal digits, connectors such as "_"."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category in {"Nd", "Pc"}
