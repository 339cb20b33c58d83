"""What a web page says of itself in its head."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ingest.extract.characters import one_line
from ingest.extract.records import Metadata
from ingest.extract.titles import iso_date, sensible_names, sensible_title

_TITLES = ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title")
_AUTHORS = ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator")
_DATES = (
    "citation_publication_date",
    "article:published_time",
    "datepublished",
    "dc.date",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "pubdate",
    "date",
)
_SITES = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher")


def metadata_of(tree: Any) -> Metadata:
    """The title, authors, date, address, site and licence that a page states."""
    meta = _meta(tree)
    data = list(_linked_data(tree))
    publisher = _first(meta, _SITES) or _name(_stated(data, "publisher"))
    canonical = tree.xpath('string(//link[@rel="canonical"]/@href)') or _first(meta, ("og:url",))
    licence = tree.xpath('string(//*[@rel="license"]/@href)') or _first(meta, ("dcterms.license",))
    return Metadata(
        title=_title(tree, meta, publisher),
        publisher=publisher,
        authors=_authors(meta, data),
        published=iso_date(_first(meta, _DATES))
        or iso_date(_text(_stated(data, "datePublished")))
        or iso_date(tree.xpath("string((//article//time/@datetime)[1])")),
        # made anew: what the parser returns would hold on to the whole page
        url=one_line(canonical or "") if re.match(r"https?://", canonical or "") else None,
        licence=one_line(licence or "") or None,
    )


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = one_line(element.get("content") or "")
        if key and content:
            found.setdefault(key.lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((meta[key][0] for key in keys if key in meta), None)


def _title(tree: Any, meta: dict[str, list[str]], publisher: str | None) -> str | None:
    stated = sensible_title(_first(meta, _TITLES))
    named = sensible_title(tree.xpath("string(//title)"))
    title = stated or named
    if title and publisher:
        # "Report | Site" names the site twice over.
        title = re.sub(rf"\s*[|\u2013—·:-]\s*{re.escape(publisher)}\Z", "", title) or title
    if title:
        return title
    headings = tree.xpath("//h1") or tree.xpath(
        '//*[contains(@class, "title") or contains(@id, "title")][not(self::meta)]'
    )
    return next(filter(None, (sensible_title(_words(element)) for element in headings)), None)


def _words(element: Any) -> str:
    return " ".join(element.itertext())


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        items = data.get("@graph", [data]) if isinstance(data, dict) else data
        if isinstance(items, list):
            yield from (item for item in items if isinstance(item, dict))


def _stated(data: list[dict[str, Any]], key: str) -> Any:
    return next((item[key] for item in data if item.get(key)), None)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    return _text(value.get("name") if isinstance(value, dict) else value)


def _authors(meta: dict[str, list[str]], data: list[dict[str, Any]]) -> tuple[str, ...]:
    for key in _AUTHORS:
        names = [name for name in meta.get(key, []) if not name.startswith("http")]
        if names:
            return sensible_names(";".join(names))
    stated = _stated(data, "author")
    people = stated if isinstance(stated, list) else [stated]
    return sensible_names(";".join(filter(None, (_name(person) for person in people))))
