"""The table of contents of an EPUB: what its chapters are called."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from ingest.extract.archive import Archive
from ingest.extract.characters import one_line
from ingest.extract.xml_tree import parse_xml
from knowledge.errors import FailedSourceError

_NCX = "application/x-dtbncx+xml"


def resolve(base: str, address: str) -> str:
    """The member that an address names relative to the member `base`.

    An address that leads out of the archive names no member, so nothing is found there.
    """
    path = unquote(re.split("[?#]", address, maxsplit=1)[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def chapter_titles(archive: Archive, items: Sequence[Any], package: str) -> dict[str, str]:
    """The titles by member, from the navigation page of EPUB 3, else from the NCX of EPUB 2.

    Only the first title of a member counts; the others name places inside it.
    """
    found: dict[str, str] = {}
    pages = [item for item in items if "nav" in (item.get("properties") or "").split()]
    tables = [item for item in items if item.get("media-type") == _NCX]
    for item in pages + tables:
        part = resolve(package, item.get("href") or "")
        try:
            root = parse_xml(archive.read(part), part)
        except FailedSourceError:
            continue  # the book can be read without
        for address, title in (*_linked(root), *_pointed(root)):
            if title:
                found.setdefault(resolve(part, address), title)
    return found


def _linked(root: Any) -> Iterator[tuple[str, str]]:
    for link in root.iter("{http://www.w3.org/1999/xhtml}a"):
        yield link.get("href") or "", one_line("".join(link.itertext()))


def _pointed(root: Any) -> Iterator[tuple[str, str]]:
    for point in root.iter("{*}navPoint"):
        content, label = point.find("{*}content"), point.find("{*}navLabel")
        if content is not None and label is not None:
            yield content.get("src") or "", one_line("".join(label.itertext()))
