"""Parses the XML inside office documents and books, without entities and without a network."""

from typing import Any

from knowledge.errors import FailedSourceError


def parse_xml(data: bytes, part: str) -> Any:
    """The root element.

    Args:
        data: the XML.
        part: its name inside the file, for the message.

    Raises:
        FailedSourceError: it is malformed, nested too deeply, or declares entities.
    """
    from lxml import etree  # noqa: PLC0415 - heavy, and most formats do without

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FailedSourceError(
            f'The file is damaged: the XML of its part "{part[:100]}" cannot be parsed '
            f"({_reason(error)})."
        ) from error
    types = root.getroottree().docinfo.internalDTD
    if types is not None and any(True for _ in types.iterentities()):
        # Entities that stand for each other can grow without bound; no honest file has any.
        raise FailedSourceError(f'The XML of its part "{part[:100]}" declares entities of its own.')
    return root


def _reason(error: Exception) -> str:
    return str(error).split("\n", maxsplit=1)[0].rstrip(".")[:120]
