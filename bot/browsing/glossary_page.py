"""Shows the glossary: what a term means, and the terms of a letter."""

from collections.abc import Sequence

import discord

from bot.message.escape import clip, escape_within, link, one_line
from bot.message.render import ACCENT
from bot.wording import joined, readable_date
from bot.words import Words
from knowledge.glossary import Glossary, Term

MOST_LETTERS = 25  # options of a menu
NAME_LIMIT = 100
NAMES_LIMIT = 200
DEFINITION_LIMIT = 1_200  # escaped; 700 characters as written
PLAIN_LIMIT = 900
LISTED_LIMIT = 130
FOOTER_LIMIT = 150

Group = tuple[str, tuple[Term, ...]]


def groups_of(glossary: Glossary) -> list[Group]:
    """The terms by their first letters; the last letters together where there are too many."""
    groups = list(glossary.letters.items())
    if len(groups) > MOST_LETTERS:
        *groups, (first, _) = groups[:MOST_LETTERS]
        rest = list(glossary.letters.items())[MOST_LETTERS - 1 :]
        together = tuple(term for _, terms in rest for term in terms)
        groups.append((f"{first}…{rest[-1][0]}", together))
    return groups


def group_of(glossary: Glossary, letter: str) -> Group | None:
    """The group that begins with a letter, else the first; None in an empty glossary."""
    groups = groups_of(glossary)
    return next(
        (group for group in groups if group[0].startswith(letter)), next(iter(groups), None)
    )


def term_embed(term: Term, words: Words) -> discord.Embed:
    """What a term means: in plain words, then exactly, then where that comes from."""
    names = escape_within(one_line(", ".join(term.also)), NAMES_LIMIT)
    expert = escape_within(one_line(term.expert), DEFINITION_LIMIT)
    parts = [
        words("glossary.also", names=names) if names else "",
        escape_within(one_line(term.plain), DEFINITION_LIMIT),
        f"**{words('glossary.exactly')}**\n{expert}",
        words("glossary.source", source=_origin(term, words)),
    ]
    embed = discord.Embed(
        colour=ACCENT,
        title=clip(one_line(term.name), NAME_LIMIT),
        description="\n\n".join(part for part in parts if part),
    )
    return embed.set_footer(text=_footer(words))


def terms_embed(terms: Sequence[Term], words: Words) -> discord.Embed:
    """What a few terms mean in plain words, each with its source."""
    blocks = [
        f"**{escape_within(one_line(term.name), NAME_LIMIT)}**\n"
        f"{escape_within(one_line(term.plain), PLAIN_LIMIT)}\n"
        f"{words('glossary.source', source=_origin(term, words))}"
        for term in terms
    ]
    embed = discord.Embed(
        colour=ACCENT, title=words("glossary.title"), description="\n\n".join(blocks)
    )
    return embed.set_footer(text=_footer(words))


def group_embed(group: Group, glossary: Glossary, words: Words) -> discord.Embed:
    """The names of a letter's terms."""
    letter, terms = group
    head = words("glossary.count", count=len(glossary.terms))
    names = [f"**{letter}**", *(_listed(term) for term in terms)]
    shown = head
    for name in names:  # a letter has some dozen terms at most; what is cut is found by its name
        if len(shown) + len(name) > DEFINITION_LIMIT * 3:
            break
        shown = f"{shown}\n{name}"
    embed = discord.Embed(colour=ACCENT, title=words("glossary.title"), description=shown)
    return embed.set_footer(text=_footer(words))


def _listed(term: Term) -> str:
    also = f" ({', '.join(term.also)})" if term.also else ""
    return f"· {escape_within(one_line(f'{term.name}{also}'), LISTED_LIMIT)}"


def _origin(term: Term, words: Words) -> str:
    title = escape_within(one_line(term.source.title), NAME_LIMIT) or "…"
    date = readable_date(term.source.published, words)
    return ", ".join(part for part in (link(title, term.source.url), date) if part)


def _footer(words: Words) -> str | None:
    return clip(joined((words("glossary.english"),)), FOOTER_LIMIT) or None
