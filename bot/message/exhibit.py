"""Shows the evidence for an answer: the cited passages verbatim, with page, heading and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import discord

from bot.message.cited import CitedPassage
from bot.message.escape import (
    dotted,
    escape,
    escape_within,
    link,
    one_line,
    public_url,
    size,
)
from bot.message.licence import may_show_whole, public_excerpt
from bot.message.removed_text import removed_text
from bot.message.render import ACCENT, Reply, footer_of
from bot.state import Evidence
from bot.wording import kind_icon, library_words, origin_words, standing_words
from bot.words import Words
from knowledge.model import Removed

TITLE_LIMIT = 250
FACTS_LIMIT = 300
PASSAGE_LIMIT = 3000
PAGE_LIMIT = 5500  # of 6,000 over all embeds of a message
PASSAGES_PER_PAGE = 3
PLAIN_LIMIT = 1840  # of 2,000, with the footer
PLAIN_TITLE_LIMIT = 120
PLAIN_FACTS_LIMIT = 150


@dataclass(frozen=True, kw_only=True, slots=True)
class Exhibit:
    """One passage, with every quote that was taken from it.

    Attributes:
        lines: what it is and where it stands.
        unshown: why no more than the quotes is shown, or None.
    """

    title: str
    address: str | None
    lines: list[str]
    group: list[CitedPassage]
    unshown: str | None

    def text(self, limit: int) -> str:
        """The lines and the passage, which gives way when there is too little room."""
        after = f"\n\n*{self.unshown}*" if self.unshown else ""
        before = "\n".join([*self.lines, "", ""])
        return f"{before}{_passage(self.group, limit - size(before) - size(after))}{after}"


def exhibit(
    evidence: Evidence, words: Words, *, removed: Sequence[Removed] = (), embeds: bool = True
) -> list[Reply]:
    """The evidence in pages that fit one message each; passages in the order of their numbers.

    Args:
        evidence: of an answer.
        words: of the reader's language.
        removed: sentences that the answer left out, as far as they are remembered; they stand on
            the last page.
        embeds: whether the channel allows them.
    """
    groups = [list(group) for _, group in groupby(evidence.cited, lambda cited: cited.chunk_id)]
    if embeds:
        pages = _embed_pages([_exhibited(group, words, TITLE_LIMIT) for group in groups])
    else:
        pages = [_plain_page(_exhibited(group, words, PLAIN_TITLE_LIMIT)) for group in groups]
    pages += _removed_pages(removed, evidence.removed, words, embeds=embeds)
    return [
        _with_footer(page, _footer(evidence, words, number, len(pages)))
        for number, page in enumerate(pages, start=1)
    ]


def _removed_pages(
    removed: Sequence[Removed], count: int, words: Words, *, embeds: bool
) -> list[Reply]:
    if not count:
        return []
    title, text = words("removed.title"), removed_text(removed, count, words)
    if not embeds:
        return [Reply(content=f"**{title}**\n{text}")]
    return [Reply(embeds=(discord.Embed(colour=ACCENT, title=title, description=text),))]


def _footer(evidence: Evidence, words: Words, page: int, pages: int) -> str:
    turned = words("evidence.page-of", page=page, pages=pages) if pages > 1 else None
    tongue = words("answer.language-of-quotes")
    return footer_of(turned, library_words(evidence.build, words), tongue)


def _with_footer(page: Reply, footer: str) -> Reply:
    if page.content:
        return Reply(content=f"{page.content}\n\n-# {escape(footer)}" if footer else page.content)
    page.embeds[-1].set_footer(text=footer or None)
    return page


def _embed_pages(exhibits: list[Exhibit]) -> list[Reply]:
    pages: list[list[discord.Embed]] = []
    for each in exhibits:
        embed = discord.Embed(
            colour=ACCENT,
            title=each.title,
            url=public_url(each.address),
            description=each.text(PASSAGE_LIMIT + 4 * FACTS_LIMIT),
        )
        page = pages[-1] if pages else []
        full = len(page) == PASSAGES_PER_PAGE
        if not page or full or sum(map(_size, [*page, embed])) > PAGE_LIMIT:
            pages.append([embed])
        else:
            page.append(embed)
    return [Reply(embeds=tuple(page)) for page in pages]


def _plain_page(each: Exhibit) -> Reply:
    title = f"**{link(each.title, each.address)}**"
    return Reply(content=f"{title}\n{each.text(PLAIN_LIMIT - size(title) - 1)}")


def _exhibited(group: list[CitedPassage], words: Words, limit: int) -> Exhibit:
    first = group[0]
    numbers = " ".join(f"[{cited.number}]" for cited in group)
    named = one_line(f"{numbers} {kind_icon(first.kind)} {first.title}")
    facts = (standing_words(first, words), origin_words(first, words), _place(group, words))
    room = FACTS_LIMIT if limit == TITLE_LIMIT else PLAIN_FACTS_LIMIT
    return Exhibit(
        title=escape_within(named, limit),
        address=first.address,
        lines=[dotted(known, room) for known in facts if known],
        group=group,
        unshown=None if may_show_whole(first) else words("evidence.quote-only"),
    )


def _place(group: list[CitedPassage], words: Words) -> list[str]:
    pages = sorted({cited.page for cited in group if cited.page is not None})
    first = group[0]
    opens_with_it = first.passage.startswith(first.heading or " ") and may_show_whole(first)
    parts = [
        None if opens_with_it else first.heading,
        words("source.pages", pages=", ".join(map(str, pages))) if pages else None,
    ]
    return [part for part in parts if part]


def _passage(group: list[CitedPassage], limit: int) -> str:
    """The passage as a block quote with the quotes in bold, or only the quotes."""
    if may_show_whole(group[0]):
        spans = sorted((cited.start, cited.start + len(cited.quote)) for cited in group)
        shown = _quoted(_highlight(group[0].passage, spans))
        if size(shown) <= limit:
            return shown
    gaps = 3 * len(group)
    room = max((limit - gaps) // len(group) - 2, 1)
    texts = [cited.quote if may_show_whole(cited) else public_excerpt(cited) for cited in group]
    return "\n\n".join(_cut(text, room) for text in texts)


def _cut(text: str, room: int) -> str:
    """A quote as a block quote of at most `room`, on one line when it has to be cut."""
    whole = _quoted(escape(text))
    return (
        whole if size(whole) <= room else _quoted(escape_within(" ".join(text.split()), room - 2))
    )


def _highlight(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    end = 0
    for start, stop in spans:
        begin = max(start, end)
        if begin >= stop:
            continue
        parts += [escape(text[end:begin]), _bold(text[begin:stop])]
        end = stop
    return "".join([*parts, escape(text[end:])])


def _bold(text: str) -> str:
    return "\n".join(
        line.replace(line.strip(), f"**{escape(line.strip())}**") if line.strip() else ""
        for line in text.split("\n")
    )


def _quoted(escaped: str) -> str:
    return "\n".join(f"> {line}" for line in escaped.split("\n"))


def _size(embed: discord.Embed) -> int:
    return size(embed.title or "") + size(embed.description or "")
