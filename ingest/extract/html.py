"""Reads a web page: what a visitor came for, without the page's furniture and hidden text."""

import re

from ingest.extract.encodings import decode
from ingest.extract.html_metadata import metadata_of
from ingest.extract.html_pruning import main_element, prune
from ingest.extract.html_walk import blocks_of
from ingest.extract.markers import glue_markers
from ingest.extract.orders import hidden_orders
from ingest.extract.records import Parsed
from knowledge.errors import FailedSourceError

_DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.IGNORECASE
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# Control characters, plain or by number, which the parser would choke on later.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]))(?:;|(?![0-9a-f]))",
    re.IGNORECASE,
)


def read(data: bytes, name: str) -> Parsed:
    """The paragraphs, headings, list items and table rows of a page's main part.

    Raises:
        FailedSourceError: it is empty or nested too deeply, or no encoding fits.
    """
    del name
    from lxml import etree, html  # noqa: PLC0415 - the builtin module of this name is not meant

    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    page = _UNWANTED.sub("", _DECLARATION.sub("", _decoded(data)))
    try:
        tree = html.document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError as error:
        raise FailedSourceError("The page holds no text.") from error
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # the parser stops there, and what it leaves out would be missed by nobody
        raise FailedSourceError("The page is nested too deeply to be read whole.")
    metadata = metadata_of(tree)
    body = tree.find("body")
    pruned, hidden = prune(tree if body is None else body)
    blocks = tuple(glue_markers(blocks_of(main_element(pruned))))
    return Parsed(blocks=blocks, metadata=metadata, warnings=hidden_orders(hidden))


def _decoded(data: bytes) -> str:
    declared = _DECLARED.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode((declared[1] or declared[2]).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)
