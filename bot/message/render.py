"""Turns an answer into Discord messages, nearly always one: the answer, its sources below.

Limits: https://discord.com/developers/docs/resources/message (content 2,000; embed description
4,096, author 256, footer 2,048; 6,000 over all embeds of a message).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord

from bot.message import question_line
from bot.message.cited import CitedPassage
from bot.message.escape import clip, escape, escape_within, one_line, size
from bot.message.marked import Cited, Look, marked_paragraphs
from bot.message.pieces import GAP, packed
from bot.message.source_lines import (
    Forms,
    cited_forms,
    nearest_forms,
    shown_in,
    shown_within,
    title_words,
)
from bot.wording import joined, kind_icon, library_words, needs_warning, note_words, status_words
from bot.words import Words
from knowledge.glossary import Term
from knowledge.labels import DOUBTS, citation_label, heading_place
from knowledge.model import Answer, Citation
from knowledge.silence import shown_nearest

FOOTER_LIMIT = 150
PLACE_LIMIT = 100
ACCENT = discord.Colour(0x5865F2)
CHECKED = "checked"  # the note that stands in the footer
WITH_STANDING = 2  # the last form of a source that says what it is worth


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """How much a message holds, its footer aside.

    Attributes:
        part: of the answer or of its sources.
        whole: of both together.
        notes: of the notes below the answer.
        small: what begins a line in small print. Embeds have none: they show the mark itself.
    """

    part: int
    whole: int
    notes: int
    small: str


EMBEDS = Room(part=4096, whole=6000 - FOOTER_LIMIT, notes=400, small="")
PLAIN = Room(part=1840, whole=1838, notes=300, small="-# ")  # 2,000 with footer and gaps


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What is sent.

    Attributes:
        answer: whose buttons stand below the message, or None for no buttons.
        terms: of the glossary, that occur in its quotes.
        rest: further messages after it, in order, when one is too small; they have no buttons.
            Sent as replies to the first one, they are deleted with it.
        simpler: whether a button offers to put it more simply.
    """

    content: str | None = None
    embeds: tuple[discord.Embed, ...] = ()
    answer: Answer | None = None
    terms: tuple[Term, ...] = ()
    rest: tuple["Reply", ...] = ()
    simpler: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The parts of one message."""

    body: str = ""
    sources: str = ""
    footer: str = ""


def render_answer(
    answer: Answer, *, words: Words, embeds: bool = True, echo: bool = False
) -> Reply:
    """The message for an answer.

    Args:
        answer: any; what does not fit one message goes on in further ones.
        words: of the reader's language.
        embeds: whether the channel allows them.
        echo: whether to show the question, where Discord itself does not.
    """
    room = EMBEDS if embeds else PLAIN
    if answer.outcome == "smalltalk" and not answer.citations:
        look = Look(cited={}, labels={})
        said = marked_paragraphs(words.core(answer.text), look, PLAIN.part)
        return Reply(content=said[0] if said else "👋")
    asked = question_line.write(answer.question) if echo and answer.question.strip() else ""
    cited = {citation.number: CitedPassage.of(citation) for citation in answer.citations}
    forms = cited_forms(cited, room.small, words) or nearest_forms(shown_nearest(answer), words)
    text = _Text(answer=answer, asked=asked, cited=cited, words=words)
    page = _one_page(text, forms, room)
    pages = [page] if page else _several_pages(text, forms, room)
    footer = _footer(answer, cited, words)
    pages[-1] = Page(body=pages[-1].body, sources=pages[-1].sources, footer=footer)
    first, *rest = (reply_of(page, embeds=embeds) for page in pages)
    return Reply(
        content=first.content,
        embeds=first.embeds,
        answer=None if answer.outcome == "smalltalk" else answer,
        rest=tuple(rest),
    )


def reply_of(page: Page, *, embeds: bool) -> Reply:
    """The message that shows a page; never an empty one."""
    if not embeds:
        small = f"{PLAIN.small}{escape_within(page.footer, FOOTER_LIMIT)}" if page.footer else ""
        return Reply(content=parted(page.body, page.sources, small) or "…")
    texts = [text for text in (page.body, page.sources) if text] or ["…"]
    shown = [discord.Embed(colour=ACCENT, description=text) for text in texts]
    shown[-1].set_footer(text=page.footer or None)
    return Reply(embeds=tuple(shown))


def parted(*parts: str) -> str:
    """The parts that are not empty, with blank lines between them."""
    return GAP.join(part for part in parts if part)


def footer_of(*parts: str | None) -> str:
    """The known parts as the last line of a message, without markup."""
    return clip(one_line(joined(parts)), FOOTER_LIMIT)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Text:
    """What stands above the sources."""

    answer: Answer
    asked: str
    cited: Cited
    words: Words

    def paragraphs(self, room: Room, *, linked: bool) -> list[str]:
        """Question, doubts, answer and other notes, none longer than a part of a message."""
        text = self.answer.text if self.cited else self.words.core(self.answer.text)
        look = Look(cited=self.cited, labels=_labels(self.answer, self.words), linked=linked)
        doubts, others = self._notes(room, doubts=True), self._notes(room, doubts=False)
        return [self.asked, doubts, *marked_paragraphs(text, look, room.part), others]

    def _notes(self, room: Room, *, doubts: bool) -> str:
        shown = (
            note
            for note in self.answer.notes
            if note.code != CHECKED and (note.code in DOUBTS) is doubts
        )
        said = (one_line(note_words(note, self.words)) for note in shown)
        notes = (self.words("answer.note", text=escape(note)) for note in said)
        return _lines_within((f"{room.small}{note}" for note in notes), room.notes)


def _one_page(text: _Text, forms: Sequence[Forms], room: Room) -> Page | None:
    """The answer in one message, if there is room for what its sources are worth."""
    for linked in (True, False):  # the sources are links too
        body = parted(*text.paragraphs(room, linked=linked))
        if size(body) > room.part:
            continue
        left = min(room.part, room.whole - size(body))
        for step in range(WITH_STANDING + 1):
            sources = shown_in(forms, step)
            if size(sources) <= left:
                return Page(body=body, sources=sources)
    return None


def _several_pages(text: _Text, forms: Sequence[Forms], room: Room) -> list[Page]:
    """The answer in as few messages as it needs; with marks that are links if that costs none."""
    ways = [
        _pages(text.paragraphs(room, linked=linked), text, forms, room) for linked in (True, False)
    ]
    return min(ways, key=len)


def _pages(
    paragraphs: Sequence[str], text: _Text, forms: Sequence[Forms], room: Room
) -> list[Page]:
    pieces = packed(paragraphs, room.part)
    pages = [Page(body=piece) for piece in pieces] or [Page()]
    sources = shown_within(forms, room.part, room.small, text.words)
    if sources and size(pages[-1].body) + size(sources) <= room.whole:
        return [*pages[:-1], Page(body=pages[-1].body, sources=sources)]
    return [*pages, Page(sources=sources)] if sources else pages


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
        title = f"{kind_icon(source.kind)} **{title_words(source.title, words)}**"
        status = status_words(source.status, source.status_date, words)
        warning = escape(status) if status and needs_warning(source.status) else ""
        lines = (title, warning, f"*{shown}*" if shown else "")
        labels[f"{label}:"] = "\n".join(line for line in lines if line)
    return labels


def _place(citation: Citation, words: Words) -> str:
    page = words("source.page", page=citation.page) if citation.page else ""
    return ", ".join(part for part in (heading_place(citation), page) if part)


def _footer(answer: Answer, cited: Cited, words: Words) -> str:
    mode = words(f"answer.{answer.mode}") if cited else None
    checked = (note_words(note, words) for note in answer.notes if note.code == CHECKED)
    tongue = words("answer.language-of-quotes") if cited or shown_nearest(answer) else None
    return footer_of(mode, *checked, library_words(answer.build, words), tongue)


def _lines_within(lines: Iterable[str], limit: int) -> str:
    shown = ""
    for line in lines:
        longer = f"{shown}\n{line}" if shown else line
        if size(longer) > limit:
            break
        shown = longer
    return shown
