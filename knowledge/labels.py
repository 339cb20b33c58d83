"""How sources are named to readers."""

from knowledge.model import Source

TITLE_CHARACTERS = 90
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
