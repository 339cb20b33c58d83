"""Parses the XML inside office documents and books, without entities and without a network."""

from typing import Any

from knowledge.errors import FailedSourceError

_ENTITIES = 'The XML of its part "{}" declares entities of its own, which is refused.'


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
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise FailedSourceError(_sentence(error, part[:100])) from error
    types = root.getroottree().docinfo.internalDTD
    if types is not None and any(True for _ in types.iterentities()):
        # Entities that stand for each other can grow without bound; no honest file has any.
        raise FailedSourceError(_ENTITIES.format(part[:100]))
    return root


def _sentence(error: Exception, part: str) -> str:
    reason = str(getattr(error, "msg", None) or error).split("\n", maxsplit=1)[0]
    if "depth" in reason:
        return f'The XML of its part "{part}" is nested too deeply to be read.'
    if "amplification" in reason or "entity reference loop" in reason:
        return _ENTITIES.format(part)
    return f'The file is damaged: the XML of its part "{part}" is malformed ({reason[:120]}).'
