"""Builds citations: the quote, where it stands, and the deepest link to it."""

import re
from urllib.parse import quote as percent_encode
from urllib.parse import urldefrag, urlsplit

from knowledge.model import Citation, Passage

FRAGMENT_WORDS = 5
WHOLE_FRAGMENT_WORDS = 12

_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"]+", re.IGNORECASE)


def cite(passage: Passage, start: int, end: int, *, number: int) -> Citation:
    """The citation of `passage.chunk.text[start:end]`."""
    quote = passage.chunk.text[start:end]
    page = passage.chunk.page_at(start)
    return Citation(
        number=number,
        passage=passage,
        quote=quote,
        start=start,
        link=deep_link(passage.source.url, quote, page=page, brief=passage.source.kind == "brief"),
    )


def deep_link(url: str | None, quote: str, *, page: int | None, brief: bool) -> str | None:
    """The address that opens a document at the quote, or None when it has no public address.

    A PDF opens at its page (RFC 8118, section 3). A web page opens at the quote's text (WICG
    scroll-to-text-fragment). A brief's address is that of its main source, which does not hold
    the brief's words, so it is given as it is.
    """
    if url is None or not is_web_address(url):
        return None
    bare = urldefrag(url).url
    if brief:
        return url
    if page is not None:
        return f"{bare}#page={page}" if "pdf" in urlsplit(bare.lower()).path else bare
    return f"{bare}#:~:text={_text_fragment(quote)}"


def is_web_address(url: str) -> bool:
    """Whether readers can be sent there: http or https, without spaces and control characters."""
    try:
        return bool(_WEB.fullmatch(url) and urlsplit(url).netloc)
    except ValueError:  # no address at all, such as "http://["
        return False


def _text_fragment(quote: str) -> str:
    words = quote.split()
    if len(words) <= WHOLE_FRAGMENT_WORDS:
        return _encode(" ".join(words))
    first, last = words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]
    return f"{_encode(' '.join(first))},{_encode(' '.join(last))}"


def _encode(text: str) -> str:
    # the dash, comma and ampersand have a meaning of their own in a text directive
    return percent_encode(text, safe="").replace("-", "%2D")
