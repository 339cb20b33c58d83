"""Checks the front matter of a brief."""

from collections.abc import Callable, Iterable
from datetime import date

from knowledge.curation.brief import Brief, addresses_in
from knowledge.curation.front_matter import Fields
from knowledge.curation.problem import Findings
from knowledge.curation.values import missing, unknown, wrong_address, wrong_choice, wrong_date

NEEDED = (
    "title",
    "kind",
    "stance",
    "topic",
    "status",
    "jurisdiction",
    "published",
    "publisher",
    "licence",
    "url",
    "checked",
    "review_by",
    "sources",
)
FURTHER = ("authors", "status_date", "superseded_by")
SOURCE_NEEDED = ("title", "publisher", "published", "url", "read")
SOURCE_FURTHER = ("via",)
MAY_BE_NULL = {"url"}  # the text that a brief is about may be published nowhere
SOURCE_MAY_BE_NULL = {"publisher", "published", "url"}


def field_problems(brief: Brief, today: date) -> Findings:
    """What is wrong with the fields of a brief and of the sources it lists.

    Args:
        brief: any.
        today: against which the day of the next review is held.
    """
    fields = brief.fields
    for wrong in missing(fields, NEEDED):
        yield 1, wrong
    yield from _shapes(fields, (*NEEDED, *FURTHER), MAY_BE_NULL)
    for name in ("kind", "stance", "status", "topic"):
        yield from _checked(fields, name, wrong_choice)
    if brief.value("kind") not in {"", "brief"}:
        yield fields["kind"].line, 'kind has to be "brief": the text is our own'
    for name in ("published", "status_date"):
        yield from _checked(fields, name, wrong_date)
    yield from _checked(fields, "url", wrong_address)
    yield from _review(fields, today)
    for source in brief.sources:
        yield from source_problems(source)
    yield from _main_source(brief)


def source_problems(source: Fields) -> Findings:
    """What is wrong with a source of a brief."""
    line = min((field.line for field in source.values()), default=1)
    title = source["title"].text if "title" in source else ""
    name = f'the source "{title}"' if title else "a source"
    for wrong in missing(source, SOURCE_NEEDED):
        yield line, f"of {name}, {wrong}"
    yield from _shapes(source, (*SOURCE_NEEDED, *SOURCE_FURTHER), SOURCE_MAY_BE_NULL)
    yield from _checked(source, "published", wrong_date)
    yield from _checked(source, "url", wrong_address)
    yield from _checked(source, "read", wrong_choice)
    secondary = "read" in source and source["read"].text == "secondary"
    via = source["via"].text.strip() if "via" in source else ""
    if secondary and not via:
        yield (
            source["read"].line,
            f"{name} was read through another one; say in `via` which that is",
        )
    unpublished = all(
        name in source and source[name].value is None for name in ("url", "publisher")
    )
    if "url" in source and source["url"].value is None and not secondary and not unpublished:
        yield (
            source["url"].line,
            f"{name} has no address; give its url, or `read: secondary` with the address in `via`",
        )
    if "publisher" in source and source["publisher"].value is None and not unpublished:
        yield source["publisher"].line, f"{name} has no publisher; name it"


def addresses_of(source: Fields) -> frozenset[str]:
    """Where a source of a brief was read: its own address, and those that `via` names."""
    own = source["url"].text if "url" in source else ""
    via = addresses_in(source["via"].text) if "via" in source else ()
    return frozenset({own, *via} - {""})


def _shapes(fields: Fields, known: Iterable[str], may_be_null: set[str]) -> Findings:
    for name, field in fields.items():
        if name not in known:
            yield field.line, unknown(name, known)
        elif field.odd or (bool(field.items) != (name == "sources")):
            form = "a list of sources" if name == "sources" else "one line of text"
            yield field.line, f"{name} has to be {form}"
        elif (
            not field.items
            and not field.text.strip()
            and not (field.value is None and name in may_be_null)
        ):
            yield field.line, f"{name} is empty; fill it in"


def _checked(fields: Fields, name: str, check: Callable[[str, str], str | None]) -> Findings:
    field = fields.get(name)
    if field is not None and field.value and not field.items:
        wrong = check(name, field.value)
        if wrong:
            yield field.line, wrong


def _review(fields: Fields, today: date) -> Findings:
    days: dict[str, date] = {}
    for name in ("checked", "review_by"):
        field = fields.get(name)
        if field is not None and field.value:
            wrong = wrong_date(name, field.value, whole=True)
            if wrong:
                yield field.line, wrong
            else:
                days[name] = date.fromisoformat(field.value)
    due = days.get("review_by")
    if due is None:
        return
    line = fields["review_by"].line
    if due < today:
        cure = "read its sources again, mend what changed, and set `checked` and `review_by` anew"
        yield line, f"its review was due on {due}; {cure}"
    if due <= days.get("checked", date.min):
        yield line, "review_by is not after checked; set a later day"


def _main_source(brief: Brief) -> Findings:
    url = brief.value("url")
    known = frozenset[str]().union(*map(addresses_of, brief.sources))
    if url and url not in known:
        yield (
            brief.fields["url"].line,
            "url is the address of none of its sources; list that source",
        )
