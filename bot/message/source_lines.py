"""The sources below an answer: each in a few lines that fit a narrow screen."""

from collections.abc import Iterable, Sequence

from bot.message.cited import CitedPassage
from bot.message.escape import dotted, escape, escape_within, link, one_line, size
from bot.message.licence import short_quote
from bot.message.marked import Cited, mark
from bot.wording import kind_icon, origin_words, pages_words, standing_words
from bot.words import Words
from knowledge.model import NearestSource

TITLE_LIMIT = 120
FACTS_LIMIT = 160

Forms = list[str]
"""A source in several forms, from the most telling one to the shortest."""


def cited_forms(cited: Cited, small: str, words: Words) -> list[Forms]:
    """The sources of an answer, in the order of their first mark.

    Args:
        cited: the citations by their numbers.
        small: what begins a line in small print.
        words: of the reader's language.
    """
    groups: dict[str, list[CitedPassage]] = {}
    for passage in cited.values():
        groups.setdefault(passage.source_id, []).append(passage)
    return [_forms(group, small, words) for group in groups.values()]


def nearest_forms(nearest: Iterable[NearestSource], words: Words) -> list[Forms]:
    """The sources that come near a question, each with its quote as long as there is room."""
    return [_nearest(each, words) for each in nearest]


def shown_in(forms: Sequence[Forms], step: int) -> str:
    """All sources in their forms of one step; of fewer forms the last."""
    return "\n\n".join(each[min(step, len(each) - 1)] for each in forms)


def shown_within(forms: Sequence[Forms], limit: int, small: str, words: Words) -> str:
    """As many sources as fit, all in the fullest form in which they do."""
    for step in range(max(map(len, forms), default=0)):
        whole = shown_in(forms, step)
        for fitting in (whole, whole.replace("\n\n", "\n")):
            if size(fitting) <= limit:
                return fitting
    shortest = [each[-1] for each in forms]
    for count in reversed(range(len(shortest))):
        more = words("source.more", count=len(shortest) - count)
        some = "\n".join([*shortest[:count], f"{small}{more}"])
        if size(some) <= limit:
            return some
    return ""


def title_words(title: str, words: Words) -> str:
    """An escaped title on one line, never empty."""
    return escape_within(one_line(title), TITLE_LIMIT) or words("source.untitled")


def _forms(group: list[CitedPassage], small: str, words: Words) -> Forms:
    first = group[0]
    cited = {passage.number: passage for passage in group}
    title, icon = title_words(first.title, words), kind_icon(first.kind)
    plain = "".join(mark(number, cited, linked=False) for number in cited)
    alone = len({passage.address for passage in group}) == 1  # then the title leads there
    marks = plain if alone else "".join(mark(number, cited) for number in cited)
    address = first.address if alone else first.url or first.address
    standing = f"{small}{dotted(standing_words(first, words), FACTS_LIMIT)}"
    pages = pages_words(group, words)
    origin = [*origin_words(first, words), *([pages] if pages else [])]
    head = f"{marks} {icon} {_bold_link(title, address)}"
    return [
        "\n".join([head, standing, *([f"{small}{dotted(origin, FACTS_LIMIT)}"] if origin else [])]),
        f"{head}\n{standing}",
        f"{plain} {icon} {_bold_link(title, first.url)}\n{standing}",
        f"{plain} {icon} {_bold_link(title, first.url)}",
        f"{plain} {icon} **{title}**",
    ]


def _nearest(nearest: NearestSource, words: Words) -> Forms:
    title = title_words(nearest.title, words)
    quote = escape(short_quote(one_line(nearest.quote)))
    head = _bold_link(title, nearest.url)
    return [f"{head}\n> {quote}" if quote else head, head, f"**{title}**"]


def _bold_link(escaped_title: str, url: str | None) -> str:
    return f"**{link(escaped_title, url)}**"
