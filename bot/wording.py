"""The words for kinds, stances, statuses, places and dates of sources; none of them escaped."""

import re
from collections.abc import Iterable

from bot.message.cited import CitedPassage
from bot.words import Words
from knowledge.model import Note

MONTHS = 12
KIND_ICONS = {
    "law": "⚖️",
    "standard": "📏",
    "government": "🏛️",
    "research": "🔬",
    "licence": "📜",
    "vendor": "🏢",
    "advocacy": "📣",
    "news": "📰",
    "incident": "🚨",
    "brief": "📘",  # not 📝, which marks drafts and proposals
    "other": "📄",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_BUILD_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def readable_date(date: str | None, words: Words) -> str | None:
    """An ISO date of any precision as people write it: "12 Jul 2024", "Jul 2024", "2024"."""
    match = _DATE.match(date or "")
    if not match:
        return None
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= MONTHS:
        return year
    name = words(f"month.{int(month)}")
    if day is None:
        return words("date.month", month=name, year=year)
    return words("date.day", day=int(day), month=name, year=year)


def kind_words(kind: str, words: Words) -> str:
    """What a source is."""
    return words(f"kind.{kind}" if f"kind.{kind}" in words else "kind.other")


def kind_icon(kind: str) -> str:
    """A picture of what a source is; its words always stand beside it."""
    return KIND_ICONS.get(kind, KIND_ICONS["other"])


def stance_words(stance: str, words: Words) -> str | None:
    """Which side a source takes, or None when it takes none."""
    return words(f"stance.{stance}") if f"stance.{stance}" in words else None


def status_words(status: str, date: str | None, words: Words) -> str | None:
    """A source's legal status with its date, or None when it is unknown."""
    if f"status.undated.{status}" not in words:
        return None
    day = readable_date(date, words)
    if day is None:
        return words(f"status.undated.{status}")
    return words(f"status.dated.{status}", date=day)


def standing_words(cited: CitedPassage, words: Words) -> list[str]:
    """What a source is, what its law or version is worth, and where it stands."""
    replaced_by = cited.superseded_by
    return _known(
        kind_words(cited.kind, words),
        status_words(cited.status, cited.status_date, words),
        words("source.replaced-by", title=replaced_by) if replaced_by else None,
        stance_words(cited.stance, words),
    )


def origin_words(cited: CitedPassage, words: Words) -> list[str]:
    """Who published a source and when."""
    publisher = cited.publisher or cited.jurisdiction
    if publisher and publisher in kind_words(cited.kind, words):  # "Caveat brief" says it already
        publisher = None
    return _known(publisher, readable_date(cited.published, words))


def pages_words(cited: Iterable[CitedPassage], words: Words) -> str | None:
    """The pages on which quotes stand, in their order; None when there are no pages."""
    pages = dict.fromkeys(str(each.page) for each in cited if each.page is not None)
    return words("source.page-short", page=", ".join(pages)) if pages else None


def needs_warning(status: str) -> bool:
    """Whether a reader must not take the source for law or for the latest word."""
    return status in {"proposed", "draft", "superseded", "revoked", "vetoed", "withdrawn"}


def library_words(build: str | None, words: Words) -> str | None:
    """The date of the library that was read, as its build's name tells it."""
    if build is None:
        return None
    match = _BUILD_DATE.search(build)
    date = readable_date("-".join(match.groups()), words) if match else None
    return (
        words("answer.library-of", date=date)
        if date
        else words("answer.library-named", build=build)
    )


def note_words(note: Note, words: Words) -> str:
    """A note of an answer; in English where the language has no words for it."""
    values = dict(note.values)
    if note.code == "status":
        standing = status_words(values["status"], values["status_date"], words)
        key = "note.status-replaced" if values["superseded_by"] else "note.status"
        return words(key, **values | {"standing": standing or values["status"]})
    if note.code == "checked":
        return words("note.checked", count=int(values["of"]), kept=values["kept"])
    key = f"note.{note.code}"
    if note.code == "one-side":
        key = f"{key}.{values['stance']}"
    if key not in words:
        return note.text
    dates = {name: readable_date(value, words) for name, value in values.items() if name == "date"}
    return words(key, **values | {name: day for name, day in dates.items() if day})


def joined(parts: Iterable[str | None]) -> str:
    """The words that are known, with dots between them."""
    return " · ".join(_known(*parts))


def _known(*parts: str | None) -> list[str]:
    return [part for part in parts if part]
