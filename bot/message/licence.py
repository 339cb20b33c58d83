"""How much of a cited passage anyone may be shown."""

from typing import cast

from bot.message.cited import CitedPassage
from knowledge.licences import RESTRICTED_CHARACTERS, shows_whole_passages
from knowledge.model import Kind, Source


def may_show_whole(cited: CitedPassage) -> bool:
    """Whether its licence lets the whole passage be shown, with attribution."""
    kind = cast("Kind", cited.kind)  # written from a source, whose kind it is
    source = Source(id=cited.source_id, title=cited.title, kind=kind, licence=cited.licence)
    return shows_whole_passages(source)


def short_quote(text: str, limit: int = RESTRICTED_CHARACTERS) -> str:
    """The beginning of a quote, at most `limit` characters, cut between words."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut.rsplit(None, 1)[0] if ' ' in cut.strip() else cut}…"


def public_excerpt(cited: CitedPassage) -> str:
    """What anyone may be shown: the whole passage where its licence allows, else a short quote."""
    return cited.passage if may_show_whole(cited) else short_quote(cited.quote)
