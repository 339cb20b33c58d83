"""Reads an EPUB: its chapters in reading order, each as the web page that it is."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from ingest.extract import html
from ingest.extract.archive import Archive
from ingest.extract.characters import one_line
from ingest.extract.epub_contents import chapter_titles, resolve
from ingest.extract.records import Block, Metadata, Parsed
from ingest.extract.titles import iso_date, sensible_names, sensible_title
from ingest.extract.xml_tree import parse_xml
from knowledge.errors import FailedSourceError

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes, name: str) -> Parsed:
    """The chapters of a book in the order of its spine; a chapter that is damaged is a warning.

    Raises:
        FailedSourceError: it is damaged, protected or too large, or no chapter can be read.
    """
    archive = Archive(data)
    package = _package(archive)
    root = parse_xml(archive.read(package), package)
    items = {item.get("id"): item for item in root.iter("{*}item")}
    chapters = list(_chapters(root, items, package))
    protected = _protected(archive)
    if protected and all(chapter in protected for chapter in chapters):
        raise FailedSourceError("The EPUB is protected against copying (DRM): it cannot be read.")
    titles = chapter_titles(archive, list(items.values()), package)
    blocks: list[Block] = []
    unread = 0
    warnings: list[str] = []
    for chapter in chapters:
        try:
            found = _chapter(archive, chapter, name)
        except FailedSourceError:
            unread += 1
            continue
        blocks += _headed(found.blocks, titles.get(chapter))
        warnings += found.warnings
    if not blocks:
        raise FailedSourceError("The EPUB is damaged: none of its chapters can be read.")
    if unread:
        warnings.insert(0, f"{unread} of {len(chapters)} chapters could not be read")
    told = tuple(dict.fromkeys(warnings))
    return Parsed(blocks=tuple(blocks), metadata=_metadata(root), warnings=told)


def _package(archive: Archive) -> str:
    """The part that lists the book's contents."""
    container = parse_xml(archive.read(_CONTAINER), _CONTAINER)
    for rootfile in container.iter("{*}rootfile"):
        path = rootfile.get("full-path")
        if path:
            return str(path)
    raise FailedSourceError("The EPUB is damaged: it does not name its package document.")


def _chapters(root: Any, items: Mapping[str, Any], package: str) -> Iterator[str]:
    for reference in root.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" not in (item.get("properties") or "").split():
            yield resolve(package, item.get("href") or "")


def _protected(archive: Archive) -> frozenset[str]:
    """The members that are encrypted; fonts often are, and do no harm."""
    if _ENCRYPTION not in archive.names:
        return frozenset()
    root = parse_xml(archive.read(_ENCRYPTION), _ENCRYPTION)
    return frozenset(unquote(e.get("URI") or "") for e in root.iter("{*}CipherReference"))


def _chapter(archive: Archive, chapter: str, name: str) -> Parsed:
    page = archive.read(chapter)
    from lxml import etree  # noqa: PLC0415 - heavy, and most formats do without

    # A page may be XML of a kind that HTML misreads: "<title/>" would swallow all that follows.
    # What is no XML, such as "&nbsp;" that only HTML knows, is left as it is.
    with suppress(FailedSourceError):
        page = etree.tostring(parse_xml(page, chapter), method="html", encoding="utf-8")
    return html.read(page, name)


def _headed(blocks: tuple[Block, ...], title: str | None) -> Iterator[Block]:
    """A chapter's blocks, headed by its title in the contents where it has no heading itself."""
    if blocks and title and not any(block.level for block in blocks):
        first, *rest = blocks
        if one_line(first.text).casefold() == title.casefold():
            blocks = tuple(rest)
        yield Block(text=title, level=1)
    yield from blocks


def _metadata(root: Any) -> Metadata:
    stated = {
        key: [one_line(e.text or "") for e in root.iter(f"{_DUBLIN_CORE}{key}") if e.text]
        for key in ("title", "creator", "publisher", "date", "rights")
    }
    first = {key: next(iter(values), None) for key, values in stated.items()}
    return Metadata(
        title=sensible_title(first["title"]),
        authors=sensible_names(";".join(stated["creator"])),
        publisher=first["publisher"],
        published=iso_date(first["date"]),
        licence=first["rights"],
    )
