"""Shows the evidence for an answer: the cited passages verbatim, with page, heading and date."""

from itertools import groupby

import discord

from bot.cited import CitedPassage
from bot.escape import clip, dotted, escape, escape_within, one_line, public_url, size
from bot.licence import may_show_whole, public_excerpt
from bot.render import ACCENT
from bot.state import Evidence
from bot.wording import joined, library_words, origin_words, standing_words
from bot.words import Words

TITLE_LIMIT = 250
FACTS_LIMIT = 300
PASSAGE_LIMIT = 3000
PAGE_LIMIT = 5500  # of 6,000 over all embeds of a message
PASSAGES_PER_PAGE = 3

Page = tuple[discord.Embed, ...]


def exhibit(evidence: Evidence, words: Words) -> list[Page]:
    """The evidence in pages that fit one message each; passages in the order of their numbers."""
    embeds = [
        _embed(list(group), words)
        for _, group in groupby(evidence.cited, lambda cited: cited.chunk_id)
    ]
    pages: list[list[discord.Embed]] = []
    for embed in embeds:
        page = pages[-1] if pages else []
        full = len(page) == PASSAGES_PER_PAGE
        if not page or full or sum(map(_size, [*page, embed])) > PAGE_LIMIT:
            pages.append([embed])
        else:
            page.append(embed)
    library = library_words(evidence.build, words)
    for position, page in enumerate(pages, start=1):
        several = len(pages) > 1
        turned = words("evidence.page-of", page=position, pages=len(pages)) if several else None
        tongue = words("answer.language-of-quotes")
        page[-1].set_footer(text=clip(joined((turned, library, tongue)), 150) or None)
    return [tuple(page) for page in pages]


def _embed(group: list[CitedPassage], words: Words) -> discord.Embed:
    """One passage, with every quote that was taken from it."""
    first = group[0]
    numbers = " ".join(f"[{cited.number}]" for cited in group)
    title = escape_within(one_line(f"{numbers} {first.title}"), TITLE_LIMIT)
    facts = (standing_words(first, words), origin_words(first, words), _place(group, words))
    lines = [dotted(known, FACTS_LIMIT) for known in facts if known]
    lines += ["", _passage(group)]
    if not may_show_whole(first):
        lines += ["", f"*{words('evidence.quote-only')}*"]
    return discord.Embed(
        colour=ACCENT, title=title, url=public_url(first.address), description="\n".join(lines)
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


def _passage(group: list[CitedPassage]) -> str:
    """The passage as a block quote with the quotes in bold, or only the quotes."""
    if may_show_whole(group[0]):
        spans = sorted((cited.start, cited.start + len(cited.quote)) for cited in group)
        shown = _quoted(_highlight(group[0].passage, spans))
        if size(shown) <= PASSAGE_LIMIT:
            return shown
    room = max(PASSAGE_LIMIT // len(group) - 200, 60)
    texts = [cited.quote if may_show_whole(cited) else public_excerpt(cited) for cited in group]
    return _within("\n\n".join(_quoted(escape_within(text, room)) for text in texts))


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


def _within(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if size("\n".join([*lines, line])) > PASSAGE_LIMIT:
            break
        lines.append(line)
    return "\n".join(lines)


def _size(embed: discord.Embed) -> int:
    return size(embed.title or "") + size(embed.description or "")
