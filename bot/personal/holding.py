"""Finds and erases everything that is stored about a person, in both databases."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import discord

from bot.client import CaveatBot
from bot.faults import PASSING
from bot.state import Person
from knowledge.library import Suggestions, library_file, library_place

SECONDS = 3.0  # for Discord to name the direct messages


async def person_of(bot: CaveatBot, user: discord.abc.User) -> Person:
    """A person by all names under which something may be stored."""
    direct = None
    try:
        if isinstance(user, discord.User | discord.Member):
            channel = user.dm_channel
            if channel is None:
                channel = await asyncio.wait_for(user.create_dm(), SECONDS)
            direct = channel.id
    except PASSING:  # answers there are forgotten by themselves after their time
        pass
    name = bot.services.pseudonyms.of(user.id)
    return Person(id=user.id, pseudonym=name, direct_channel=direct)


async def data_of(bot: CaveatBot, person: Person) -> bytes:
    """Everything about a person, as JSON.

    Raises:
        CaveatError: when a database cannot be read.
    """
    rows = await asyncio.to_thread(bot.services.state.people.rows, person)
    contact = str(person.id)
    suggested: tuple[Any, ...] = ()
    if _has_library(bot):
        suggested = await bot.desk.use(lambda queue: queue.of(contact))
    held = {
        "discord_user_id": contact,
        "pseudonym": person.pseudonym,
        **rows,
        "suggestions": [asdict(each) for each in suggested],
    }
    return json.dumps(held, ensure_ascii=False, indent=2, default=str).encode()


async def erase(bot: CaveatBot, person: Person) -> Mapping[str, int]:
    """Erases everything of a person; how many rows there were, by what they are.

    Raises:
        CaveatError: when a database cannot be written; what was erased before stays so.
    """
    bot.services.removals.forget_all()  # whose question they may repeat is not known
    if bot.services.pen is not None:
        bot.services.pen.forget_written()
    counts = await asyncio.to_thread(bot.services.state.people.erase, person)
    forgotten = 0
    if _has_library(bot):
        contact = str(person.id)

        def forget(queue: Suggestions) -> int:
            return queue.forget_contact(contact) if queue.of(contact) else 0

        forgotten = await bot.desk.use(forget)
    return {**counts, "suggestions": forgotten}


def _has_library(bot: CaveatBot) -> bool:
    """Whether there is a library, which is not made for this."""
    return library_file(library_place(bot.services.settings)) is not None
