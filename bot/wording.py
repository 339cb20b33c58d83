"""The words for kinds, stances, statuses and dates, and the fixed sentences people read."""

import re

from bot.cited import CitedPassage

KINDS = {
    "law": "Law",
    "standard": "Standard",
    "government": "Government",
    "research": "Research",
    "licence": "Licence",
    "vendor": "Company",
    "advocacy": "Advocacy",
    "news": "News",
    "incident": "Incident report",
    "brief": "Caveat brief",
    "other": "Document",
}
STANCES = {
    "favours-openness": "argues for openness",
    "favours-restriction": "argues for restriction",
    "mixed": "weighs both sides",
}
HELP = (
    "Ask me about the risks of open-weight AI: write `/ask`, or mention me "
    "(the bot, not the role of that name) with your question.\n"
    "I answer with quotes, and every quote has a link so that you can check it."
)
TOO_LONG = "That is a long one. Please ask in at most {limit} characters."
NO_EVIDENCE = (
    "I no longer hold the evidence for that answer: I keep it for 30 days. "
    "The links in the answer still lead to its sources, or ask again."
)
FAILED = "Something went wrong on my side. Please try again in a moment."

_STATUSES = {
    "in-force": "✅ in force since {date}|✅ in force",
    "final": "final since {date}|final version",
    "proposed": "📝 proposed {date}, not law|📝 proposed, not law",
    "draft": "📝 draft of {date}|📝 draft",
    "superseded": "⚠️ superseded {date}|⚠️ superseded",
    "revoked": "⚠️ revoked {date}|⚠️ revoked",
    "vetoed": "⚠️ vetoed {date}, never law|⚠️ vetoed, never law",
    "withdrawn": "⚠️ withdrawn {date}|⚠️ withdrawn",
}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_BUILD_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def readable_date(date: str | None) -> str | None:
    """An ISO date of any precision as people write it: "12 Jul 2024", "Jul 2024", "2024"."""
    match = _DATE.match(date or "")
    if not match:
        return None
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= len(_MONTHS):
        return year
    words = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {words}" if day else words


def status_words(status: str, date: str | None) -> str | None:
    """A source's legal status with its date, or None when it is unknown."""
    template = _STATUSES.get(status)
    if template is None:
        return None
    dated, undated = template.split("|")
    words = readable_date(date)
    return dated.format(date=words) if words else undated


def standing_words(cited: CitedPassage) -> list[str]:
    """What a source is, what its law or version is worth, and where it stands; not escaped."""
    words = [
        KINDS.get(cited.kind, KINDS["other"]),
        status_words(cited.status, cited.status_date),
        f"replaced by {cited.superseded_by}" if cited.superseded_by else None,
        STANCES.get(cited.stance),
    ]
    return [word for word in words if word]


def origin_words(cited: CitedPassage) -> list[str]:
    """Who published a source and when; not escaped."""
    publisher = cited.publisher or cited.jurisdiction
    if publisher and publisher in KINDS.get(cited.kind, ""):  # "Caveat brief" says it already
        publisher = None
    words = [publisher, readable_date(cited.published)]
    return [word for word in words if word]


def place_words(cited: CitedPassage) -> list[str]:
    """Where in its source a quote stands; not escaped."""
    page = f"p. {cited.page}" if cited.page is not None else None
    return [word for word in (page, cited.innermost_heading) if word]


def needs_warning(status: str) -> bool:
    """Whether a reader must not take the source for law or for the latest word."""
    return status in {"proposed", "draft", "superseded", "revoked", "vetoed", "withdrawn"}


def library_words(build: str | None) -> str | None:
    """The date of the library that was read, as its build's name tells it."""
    if build is None:
        return None
    match = _BUILD_DATE.search(build)
    date = readable_date("-".join(match.groups())) if match else None
    return f"Library of {date}" if date else f"Library {build}"
