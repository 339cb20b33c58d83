"""Shows what the library holds on the claims of a message, and says that this is no verdict."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.message.cited import CitedPassage
from bot.message.escape import dotted, escape, escape_within, link, one_line, size
from bot.message.licence import short_quote
from bot.message.marked import mark
from bot.message.pieces import GAP, packed
from bot.message.render import EMBEDS, PLAIN, Page, Reply, Room, footer_of, reply_of
from bot.message.source_lines import title_words
from bot.wording import (
    kind_icon,
    library_words,
    needs_warning,
    note_words,
    pages_words,
    status_words,
)
from bot.words import Words
from knowledge.claims import CheckedClaim, ClaimCheck

CLAIM_LIMIT = 200
PLACE_LIMIT = 90
QUOTE_LIMITS = (280, 180, 110)  # of each quote, the longest with which one message is enough
STANCES = ("favours-openness", "favours-restriction", "mixed", "neutral")


def render_check(check: ClaimCheck, *, words: Words, embeds: bool = True) -> Reply:
    """The messages for the claims of a message, nearly always one.

    Each claim stands above its evidence, grouped by the side that its sources take.

    Args:
        check: of a message.
        words: of the reader's language.
        embeds: whether the channel allows them.
    """
    room = EMBEDS if embeds else PLAIN
    if not check.claims:
        return Reply(content="\n".join([words("check.no-claims"), *_notes(check, PLAIN, words)]))
    pages = _pages(check, room, words)
    cited = any(claim.evidence for claim in check.claims)
    tongue = words("answer.language-of-quotes") if cited else None
    footer = footer_of(library_words(check.build, words), tongue)
    pages[-1] = Page(body=pages[-1].body, footer=footer)
    first, *rest = (reply_of(page, embeds=embeds) for page in pages)
    return Reply(content=first.content, embeds=first.embeds, rest=tuple(rest))


def _pages(check: ClaimCheck, room: Room, words: Words) -> list[Page]:
    pieces: list[str] = []
    for limit in QUOTE_LIMITS:
        shown = [_claim(claim, limit, room, words) for claim in check.claims]
        last = [f"{room.small}{words('check.no-verdict')}", *_notes(check, room, words)]
        pieces = packed([*shown, *last], room.part)
        if len(pieces) == 1:
            break
    return [Page(body=piece) for piece in pieces]


def _notes(check: ClaimCheck, room: Room, words: Words) -> list[str]:
    said = (escape(one_line(note_words(note, words))) for note in check.notes)
    return [f"{room.small}{words('answer.note', text=note)}" for note in said]


def _claim(claim: CheckedClaim, limit: int, room: Room, words: Words) -> str:
    said = escape_within(one_line(claim.claim), CLAIM_LIMIT)
    head = f"**{words('check.claim', text=said)}**"
    evidence = sorted(map(CitedPassage.of, claim.evidence), key=lambda each: _side(each.stance))
    if not evidence:
        return f"{head}\n{words('check.nothing')}"
    for shorter in (limit, *(each for each in QUOTE_LIMITS if each < limit)):
        whole = "\n".join([head, GAP.join(_shown(evidence, shorter, words))])
        if size(whole) <= room.part:
            return whole
    bare = [_head(each, each.url, words) for each in evidence]
    return "\n".join([head, *(line for line in bare if size(line) < room.part // len(bare) - 99)])


def _side(stance: str) -> int:
    return STANCES.index(stance) if stance in STANCES else len(STANCES) - 1


def _shown(evidence: Iterable[CitedPassage], limit: int, words: Words) -> Iterator[str]:
    """Each source above its quote, the first of a side under the name of the side."""
    for side, group in groupby(evidence, key=lambda each: _side(each.stance)):
        name = f"*{words(f'check.stance.{STANCES[side]}')}*\n"
        for cited in group:
            quote = one_line(short_quote(cited.quote))
            yield f"{name}{_source(cited, words)}\n> {escape_within(quote, limit)}"
            name = ""


def _source(cited: CitedPassage, words: Words) -> str:
    status = status_words(cited.status, cited.status_date, words)
    facts = [
        status if status and needs_warning(cited.status) else None,
        pages_words([cited], words) or cited.innermost_heading,
    ]
    known = dotted((each for each in facts if each), PLACE_LIMIT)
    head = _head(cited, cited.address, words)
    return f"{head}\u00a0· {known}" if known else head


def _head(cited: CitedPassage, address: str | None, words: Words) -> str:
    number = mark(cited.number, {}, linked=False)
    return f"{number} {kind_icon(cited.kind)} {link(title_words(cited.title, words), address)}"
