"""Reads a Word document: what it shows when printed, without deleted and hidden text."""

import posixpath
from collections.abc import Sequence
from typing import Any

from ingest.extract.archive import Archive
from ingest.extract.docx_numbering import Numbering
from ingest.extract.docx_styles import W, read_styles
from ingest.extract.docx_walk import DocxWalk
from ingest.extract.markers import glue_markers
from ingest.extract.orders import hidden_orders
from ingest.extract.records import Metadata, Parsed
from ingest.extract.titles import sensible_names, sensible_title
from ingest.extract.xml_tree import parse_xml
from knowledge.errors import FailedSourceError

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPECIAL_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(data: bytes, name: str) -> Parsed:
    """The paragraphs, headings, list items, table rows and notes of a Word document.

    Raises:
        FailedSourceError: it is damaged, encrypted or too large, or has no body.
    """
    del name
    archive = Archive(data)
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    body = _parsed(archive, main).find(f"{W}body")
    if body is None:
        raise FailedSourceError("The DOCX is damaged: it has no body.")
    notes = {
        f"{kind} {note.get(f'{W}id')}": note
        for kind in ("footnote", "endnote")
        for note in _elements(archive, f"{folder}/{kind}s.xml", kind)
        if note.get(f"{W}type") not in _SPECIAL_NOTES
    }
    walk = DocxWalk(
        read_styles(_optional(archive, f"{folder}/styles.xml")),
        Numbering(_optional(archive, f"{folder}/numbering.xml")),
        notes,
    )
    blocks = tuple(glue_markers(walk.blocks(body)))
    metadata = _metadata(archive)
    if metadata.title is None:
        first = next((block.text for block in blocks if block.level == 1), None)
        metadata = Metadata(title=sensible_title(walk.title or first), authors=metadata.authors)
    return Parsed(blocks=blocks, metadata=metadata, warnings=_hidden_text(walk.hidden))


def _hidden_text(texts: Sequence[str]) -> tuple[str, ...]:
    told = ("text that nobody sees was left out",) if any(map(str.strip, texts)) else ()
    return (*told, *hidden_orders(["".join(texts)]))


def _main_part(archive: Archive) -> str:
    """The part that the package names as its document; "word/document.xml" nearly always."""
    relations = _optional(archive, "_rels/.rels")
    for relation in () if relations is None else relations:
        target = (relation.get("Target") or "").lstrip("/")
        if (relation.get("Type") or "").endswith("/officeDocument") and target in archive.names:
            return str(target)
    return "word/document.xml"


def _parsed(archive: Archive, part: str) -> Any:
    # the strict flavour of the format differs in nothing that is read here but its namespace
    return parse_xml(archive.read(part).replace(_STRICT, W.strip("{}").encode()), part)


def _optional(archive: Archive, part: str) -> Any | None:
    return _parsed(archive, part) if part in archive.names else None


def _elements(archive: Archive, part: str, kind: str) -> list[Any]:
    root = _optional(archive, part)
    return [] if root is None else list(root.iter(f"{W}{kind}"))


def _metadata(archive: Archive) -> Metadata:
    """Title and author; the date of a file's making is not that of publication."""
    core = _optional(archive, "docProps/core.xml")
    if core is None:
        return Metadata()
    title, creator = (core.findtext(f"{_DUBLIN_CORE}{key}") for key in ("title", "creator"))
    return Metadata(title=sensible_title(title), authors=sensible_names(creator))
