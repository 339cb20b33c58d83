"""Turns an answer into one Discord message: the answer first, its sources below, small.

Limits: https://discord.com/developers/docs/resources/message (content 2,000; embed description
4,096, author 256, footer 2,048; 6,000 over all embeds of a message).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import discord

from bot import question_line
from bot.cited import CitedPassage
from bot.escape import clip, dotted, escape, escape_within, link, one_line, size
from bot.licence import short_quote
from bot.marked import Cited, mark, marked_text
from bot.wording import (
    joined,
    library_words,
    needs_warning,
    note_words,
    origin_words,
    place_words,
    standing_words,
    status_words,
)
from bot.words import Words
from knowledge.labels import citation_label, heading_place
from knowledge.model import Answer, Citation, NearestSource

FOOTER_LIMIT = 150
TITLE_LIMIT = 120
FACTS_LIMIT = 160
PLACE_LIMIT = 100
ACCENT = discord.Colour(0x5865F2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """How much room each part has; their sum fits, so that no part has to know of another.

    Attributes:
        small: what begins a line in small print. Embeds have none: they show the mark itself.
    """

    answer: int
    notes: int
    sources: int
    small: str

    def beside(self, taken: int) -> "Layout":
        """The layout when something else takes room, which every part gives up in its measure."""
        total = self.answer + self.notes + self.sources
        share = max(total - taken, 0) / total
        return Layout(
            answer=int(self.answer * share),
            notes=int(self.notes * share),
            sources=int(self.sources * share),
            small=self.small,
        )


EMBEDS = Layout(answer=3100, notes=400, sources=2300, small="")
PLAIN = Layout(answer=1000, notes=250, sources=550, small="-# ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What is sent.

    Attributes:
        evidence_for: id of the answer whose evidence a button shows, or None for no button.
    """

    content: str | None = None
    embeds: tuple[discord.Embed, ...] = ()
    evidence_for: str | None = None


def render_answer(
    answer: Answer, *, words: Words, embeds: bool = True, echo: bool = False
) -> Reply:
    """The message for an answer.

    Args:
        answer: any; what does not fit Discord's limits is left out at the end.
        words: of the reader's language.
        embeds: whether the channel allows them.
        echo: whether to show the question, where Discord itself does not.
    """
    if answer.outcome == "smalltalk" and not answer.citations:
        return Reply(content=marked_text(words.core(answer.text), {}, PLAIN.answer) or "👋")
    asked = question_line.write(answer.question) if echo and answer.question.strip() else ""
    layout = (EMBEDS if embeds else PLAIN).beside(size(asked))
    cited = {citation.number: CitedPassage.of(citation) for citation in answer.citations}
    body = _parted(asked, _body(answer, cited, layout, words))
    sources = _sources(answer, cited, layout, words)
    footer = _footer(answer, cited, words)
    evidence_for = answer.id if cited else None
    if not embeds:
        small = f"{layout.small}{escape_within(footer, FOOTER_LIMIT)}" if footer else ""
        return Reply(content=_parted(body, sources, small) or "…", evidence_for=evidence_for)
    parts = [discord.Embed(colour=ACCENT, description=text) for text in (body, sources) if text]
    parts = parts or [discord.Embed(colour=ACCENT, description="…")]
    parts[-1].set_footer(text=footer or None)
    return Reply(embeds=tuple(parts), evidence_for=evidence_for)


def _parted(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _body(answer: Answer, cited: Cited, layout: Layout, words: Words) -> str:
    """The answer's text and its notes."""
    text = answer.text if cited else words.core(answer.text)
    notes = (
        words("answer.note", text=escape(one_line(note_words(note, words))))
        for note in answer.notes
    )
    return _parted(
        marked_text(text, cited, layout.answer, _labels(answer, words)),
        _lines_within((f"{layout.small}{note}" for note in notes), layout.notes),
    )


def _labels(answer: Answer, words: Words) -> dict[str, str]:
    """Shorter forms of the lines that name a source and place above its quotes.

    What else there is to say of the source stands below the answer.
    """
    labels = {}
    for before, citation in zip((None, *answer.citations), answer.citations, strict=False):
        label = citation_label(citation, after=before)
        source = citation.passage.source
        shown = escape_within(one_line(_place(citation, words)), PLACE_LIMIT)
        if before is not None and before.passage.source.id == source.id:
            labels[f"{label}:"] = f"*{shown}*" if shown else ""
            continue
        title = escape_within(one_line(source.title), TITLE_LIMIT) or words("source.untitled")
        status = status_words(source.status, source.status_date, words)
        warning = escape(status) if status and needs_warning(source.status) else ""
        lines = (f"**{title}**", warning, f"*{shown}*" if shown else "")
        labels[f"{label}:"] = "\n".join(line for line in lines if line)
    return labels


def _place(citation: Citation, words: Words) -> str:
    page = words("source.page", page=citation.page) if citation.page else ""
    return ", ".join(part for part in (heading_place(citation), page) if part)


def _footer(answer: Answer, cited: Cited, words: Words) -> str:
    mode = words(f"answer.{answer.mode}") if cited else None
    library = library_words(answer.build, words)
    tongue = words("answer.language-of-quotes") if cited or answer.nearest else None
    return clip(one_line(joined((mode, library, tongue))), FOOTER_LIMIT)


def _sources(answer: Answer, cited: Cited, layout: Layout, words: Words) -> str:
    if cited:
        groups: dict[str, list[CitedPassage]] = {}
        for passage in cited.values():
            groups.setdefault(passage.source_id, []).append(passage)
        variants = [_source_variants(group, layout.small, words) for group in groups.values()]
        return _blocks_within(variants, layout, words)
    if answer.nearest:
        return _blocks_within(
            [_nearest_variants(near, words) for near in answer.nearest], layout, words
        )
    return ""


def _source_variants(group: list[CitedPassage], small: str, words: Words) -> list[str]:
    """A source in a few lines, from the most telling form to the shortest."""
    first = group[0]
    title = escape_within(one_line(first.title), TITLE_LIMIT) or words("source.untitled")
    numbers = "".join(f"\\[{passage.number}\\]" for passage in group)
    facts = [
        f"{small}{dotted(known, FACTS_LIMIT)}"
        for known in (standing_words(first, words), origin_words(first, words))
        if known
    ]
    address = first.address if len(group) == 1 else first.url or first.address
    head = f"{numbers} {_bold_link(title, address)}"
    full_head = head if len(group) == 1 else _bold_link(title, address)  # its places are numbered
    return [
        "\n".join([full_head, *facts, *_places(group, small, words)]),
        "\n".join([head, *facts]),
        "\n".join([f"{numbers} {_bold_link(title, first.url)}", facts[0]]),
        f"{numbers} **{title}**",
    ]


def _places(group: list[CitedPassage], small: str, words: Words) -> list[str]:
    """Where each quote stands; with links of their own when there are several."""
    cited = {passage.number: passage for passage in group}
    shown = []
    for passage in group:
        place = dotted(place_words(passage, words), PLACE_LIMIT)
        if len(group) > 1:
            place = f"{mark(passage.number, cited)} {place}".strip()
        if place:
            shown.append(f"{small}{place}")
    return shown


def _nearest_variants(nearest: NearestSource, words: Words) -> list[str]:
    title = escape_within(one_line(nearest.title), TITLE_LIMIT) or words("source.untitled")
    quote = escape(short_quote(one_line(nearest.quote)))
    head = _bold_link(title, nearest.url)
    return [f"{head}\n> {quote}" if quote else head, head, f"**{title}**"]


def _bold_link(escaped_title: str, url: str | None) -> str:
    return f"**{link(escaped_title, url)}**"


def _blocks_within(blocks: list[list[str]], layout: Layout, words: Words) -> str:
    """As many blocks as fit, all in the fullest form in which they do."""
    shown: list[str] = []
    for step in range(max(len(variants) for variants in blocks)):
        shown = [variants[min(step, len(variants) - 1)] for variants in blocks]
        for gap in ("\n\n", "\n"):
            if size(gap.join(shown)) <= layout.sources:
                return gap.join(shown)
    count = len(shown)
    while True:
        more = words("source.more", count=len(shown) - count)
        some = "\n".join([*shown[:count], f"{layout.small}{more}"])
        if not count or size(some) <= layout.sources:
            return some
        count -= 1


def _lines_within(lines: Iterable[str], limit: int) -> str:
    shown = ""
    for line in lines:
        longer = f"{shown}\n{line}" if shown else line
        if size(longer) > limit:
            break
        shown = longer
    return shown
