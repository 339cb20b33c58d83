"""How sources are named to readers."""

import re

from knowledge.model import Citation, Source

TITLE_CHARACTERS = 90
PLACE_CHARACTERS = 80

_LEGAL_TITLE = re.compile(
    r"\b(regulation|directive|act|law|code|statute|executive order|licen[cs]e|"
    r"terms of (use|service)|agreement|use policy|treaty|convention|bill)\b",
    re.IGNORECASE,
)
# such as: Article 53(2), Executive Order 14110, Regulation (EU) 2026/1744, SB 53
_PROVISION = re.compile(
    r"\b(?:Articles?|Recitals?|Annex(?:es)?|Executive Order|Regulation(?: \(E[UC]\))?(?: No)?|"
    r"Directive(?: \(E[UC]\))?|SB|AB|H\.? ?R\.?)\s(?:\d|[IVX]+\b)"
)
KINDS = {
    "law": "law",
    "standard": "standard",
    "government": "government",
    "research": "research",
    "licence": "licence",
    "vendor": "vendor",
    "advocacy": "advocacy",
    "news": "news",
    "incident": "incident report",
    "brief": "Caveat brief",
    "other": "document",
}
STATUSES = {
    "in-force": "in force",
    "final": "final",
    "proposed": "proposed",
    "draft": "draft",
    "superseded": "superseded",
    "revoked": "revoked",
    "vetoed": "vetoed",
    "withdrawn": "withdrawn",
}
# codes of the notes that an answer may miss what was asked: whoever reads it, reads them first
DOUBTS = frozenset({"closest", "missing", "open-part", "partly"})
STANCES = {
    "favours-openness": "favours openness",
    "favours-restriction": "favours restriction",
    "mixed": "mixed stance",
}


def standing(source: Source) -> str:
    """Kind, status and stance in a few words, such as "law, in force since 2024-08-01"."""
    parts = [KINDS[source.kind]]
    if source.status in STATUSES:
        since = " since " if source.status == "in-force" else " "
        date = f"{since}{source.status_date}" if source.status_date else ""
        parts.append(f"{STATUSES[source.status]}{date}")
    if source.stance in STANCES:
        parts.append(STANCES[source.stance])
    return ", ".join(parts)


def short_title(source: Source) -> str:
    """A title of at most `TITLE_CHARACTERS`, ended after a word."""
    title = source.title.lstrip("> ") or source.title  # a line that begins so would be a quote
    if len(title) <= TITLE_CHARACTERS:
        return title
    return f"{title[:TITLE_CHARACTERS].rsplit(' ', 1)[0]} …"


def source_label(source: Source) -> str:
    """A source's title with its standing and date, such as "AI Act (law, in force, 2024)"."""
    date = f", {source.published}" if source.published else ""
    return f"{short_title(source)} ({standing(source)}{date})"


def is_legal(source: Source) -> bool:
    """Whether a source is a law or a licence, also when nobody has said what kind it is."""
    return source.kind in ("law", "licence") or (
        source.kind == "other" and bool(_LEGAL_TITLE.search(source.title))
    )


def is_about_law(citation: Citation) -> bool:
    """Whether a quote tells of a law or a licence, be it in a brief or a notice about one."""
    source = citation.passage.source
    return (
        is_legal(source)
        or (source.kind == "brief" and bool(_LEGAL_TITLE.search(source.title)))
        or (
            source.kind in ("brief", "government", "other")
            and bool(_PROVISION.search(citation.quote))
        )
    )


def place(citation: Citation) -> str:
    """Where a quote stands, such as "Article 53(2), page 84"; "" when nothing is known."""
    page = f"page {citation.page}" if citation.page else ""
    return ", ".join(part for part in (heading_place(citation), page) if part)


def heading_place(citation: Citation) -> str:
    """The heading over a quote; "" when there is none, or none but the source's title."""
    title = citation.passage.source.title.casefold()
    inner = [heading for heading in citation.heading_path[-1:] if heading.casefold() != title]
    return one_place(inner[0]) if inner else ""


def one_place(heading: str) -> str:
    """A heading of at most `PLACE_CHARACTERS`, ended after a word."""
    if len(heading) <= PLACE_CHARACTERS:
        return heading.rstrip(" :.")
    return f"{heading[:PLACE_CHARACTERS].rsplit(' ', 1)[0]} …"


def citation_label(citation: Citation, *, after: Citation | None = None) -> str:
    """The source and place of a quote; of both only what differs from the quote before."""
    where = place(citation)
    if after is None or after.passage.source.id != citation.passage.source.id:
        label = source_label(citation.passage.source)
        return f"{label}, {where}" if where else label
    return where if where != place(after) else ""
