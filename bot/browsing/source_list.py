"""Shows sources of the library, and what happened to them, a page at a time."""

from itertools import groupby

import discord

from bot.browsing import filters as looking
from bot.browsing.filters import Filters
from bot.browsing.shelf import Shelved, Stock
from bot.message.escape import clip, dotted, escape_within, link, one_line, size
from bot.message.render import ACCENT
from bot.wording import (
    joined,
    kind_words,
    library_words,
    readable_date,
    stance_words,
    status_words,
)
from bot.words import Words
from knowledge.model import Source
from knowledge.view import Change

SOURCES_PER_PAGE = 5
CHANGES_PER_PAGE = 8
TITLE_LIMIT = 110
FACTS_LIMIT = 200
WHY_LIMIT = 160
FOOTER_LIMIT = 150
TEXT_LIMIT = 4_000  # of an embed's 4,096

KIND_ICONS = {
    "law": "⚖️",
    "standard": "📐",
    "government": "🏛️",
    "research": "🔬",
    "licence": "📜",
    "vendor": "🏢",
    "advocacy": "📣",
    "news": "📰",
    "incident": "🚨",
    "brief": "📘",
    "other": "📄",
}
CHANGE_ICONS = {"added": "🆕", "changed": "✏️", "status": "🔁", "removed": "🗑️", "retracted": "🚫"}


def page_count(entries: int, per_page: int) -> int:
    """How many pages they take, at least 1."""
    return max(1, -(-entries // per_page))


def source_page(stock: Stock, filters: Filters, page: int, words: Words) -> discord.Embed:
    """A page of the sources that fit; the last one when there are no longer so many."""
    fitting = looking.found(stock, filters)
    if not fitting:
        empty = "sources.nothing" if stock.shelved else "sources.empty"
        return discord.Embed(colour=ACCENT, description=words(empty))
    pages = page_count(len(fitting), SOURCES_PER_PAGE)
    page = min(page, pages - 1)
    begin = page * SOURCES_PER_PAGE
    shown = fitting[begin : begin + SOURCES_PER_PAGE]
    count, held = len(fitting), len(stock.shelved)
    whole = count == held
    head = (
        words("sources.all", count=held) if whole else words("sources.found", count=count, all=held)
    )
    if filters.search:
        head = f"{head} {words('sources.searched', search=escape_within(filters.search, 90))}"
    blocks = [_source(each, stock, words, linked=True) for each in shown]
    for position in sorted(range(len(blocks)), key=lambda at: -size(blocks[at])):
        if size("\n\n".join([head, *blocks])) <= TEXT_LIMIT:
            break
        blocks[position] = _source(shown[position], stock, words, linked=False)
    embed = discord.Embed(
        colour=ACCENT, title=words("sources.title"), description="\n\n".join([head, *blocks])
    )
    return embed.set_footer(text=_footer(stock, page, pages, words))


def change_page(stock: Stock, page: int, words: Words) -> discord.Embed:
    """A page of what happened to sources, newest first, day by day."""
    changes = stock.view.changes
    if not changes:
        return discord.Embed(colour=ACCENT, description=words("whatsnew.nothing"))
    pages = page_count(len(changes), CHANGES_PER_PAGE)
    page = min(page, pages - 1)
    begin = page * CHANGES_PER_PAGE
    shown = changes[begin : begin + CHANGES_PER_PAGE]
    for linked in (True, False):
        days = [
            "\n".join(
                [f"**{readable_date(day, words) or day}**"]
                + [_change(change, stock, words, linked=linked) for change in group]
            )
            for day, group in groupby(shown, key=lambda change: change.at[:10])
        ]
        text = "\n\n".join(days)
        if size(text) <= TEXT_LIMIT:
            break
    embed = discord.Embed(colour=ACCENT, title=words("whatsnew.title"), description=text)
    return embed.set_footer(text=_footer(stock, page, pages, words))


def status_name(status: str, words: Words) -> str:
    """A legal status in words, also when it is unknown."""
    return status_words(status, None, words) or words("sources.status-unknown")


def _source(each: Shelved, stock: Stock, words: Words, *, linked: bool) -> str:
    source = each.entry.source
    what = (
        kind_words(source.kind, words),
        status_words(source.status, source.status_date, words),
        _replaced(source.superseded_by, stock, words),
        stance_words(source.stance, words),
    )
    origin = (
        source.publisher,
        source.jurisdiction if source.jurisdiction != source.publisher else None,
        readable_date(source.published, words),
        words("sources.passages", count=each.entry.passages),
    )
    lines = [f"{KIND_ICONS.get(source.kind, KIND_ICONS['other'])} {_title(source, linked=linked)}"]
    lines += [dotted((part for part in parts if part), FACTS_LIMIT) for parts in (what, origin)]
    return "\n".join(lines)


def _title(source: Source, *, linked: bool) -> str:
    title = escape_within(one_line(source.title), TITLE_LIMIT) or "…"
    return f"**{link(title, source.url if linked else None)}**"


def _replaced(by: str | None, stock: Stock, words: Words) -> str | None:
    """By what a source was replaced: the title where the library knows it by its id."""
    if not by:
        return None
    return words("source.replaced-by", title=stock.sources[by].title if by in stock.sources else by)


def _change(change: Change, stock: Stock, words: Words, *, linked: bool) -> str:
    title = escape_within(one_line(change.title), TITLE_LIMIT) or "…"
    source = stock.sources.get(change.source_id)
    named = link(title, source.url if source and linked else None)
    line = f"{CHANGE_ICONS[change.what]} {words(f'whatsnew.{change.what}', title=named)}"
    detail = _detail(change, stock, words)
    return f"{line}\n{detail}" if detail else line


def _detail(change: Change, stock: Stock, words: Words) -> str:
    """What a status became, or why something was retracted; "" when there is no more to say."""
    if change.what == "status":
        before, after = (
            status_name(each or "unknown", words) for each in (change.before, change.after)
        )
        turn = after if before == after else f"{before} → {after}"
        return dotted(
            (part for part in (turn, _replaced(change.superseded_by, stock, words)) if part),
            FACTS_LIMIT,
        )
    if change.what == "retracted":
        for retraction in stock.view.retractions:
            if retraction.source_id == change.source_id and retraction.at == change.at:
                return escape_within(one_line(retraction.why), WHY_LIMIT)
    return ""


def _footer(stock: Stock, page: int, pages: int, words: Words) -> str:
    several = pages > 1
    turned = words("evidence.page-of", page=page + 1, pages=pages) if several else None
    return clip(joined((turned, library_words(stock.view.build, words))), FOOTER_LIMIT)
