"""Finds the documents that an RSS or Atom feed announces."""

import re
from dataclasses import dataclass
from datetime import date

import feedparser

MOST_ENTRIES = 100

_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """An entry of a feed.

    Attributes:
        published: ISO 8601, or None when the feed does not say.
    """

    url: str
    title: str | None
    published: str | None


def is_feed(data: bytes) -> bool:
    """Whether these bytes are an RSS or Atom feed."""
    return _FEED.match(data[:4096]) is not None


def read_feed(data: bytes) -> tuple[Announcement, ...]:
    """The newest entries of a feed that have an address, in the feed's order."""
    feed = feedparser.parse(data)
    found: dict[str, Announcement] = {}
    for entry in feed.entries:
        url = entry.get("link")
        if not url or url in found:
            continue
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        found[url] = Announcement(
            url=url,
            title=entry.get("title") or None,
            published=date(*moment[:3]).isoformat() if moment else None,
        )
        if len(found) == MOST_ENTRIES:
            break
    return tuple(found.values())
