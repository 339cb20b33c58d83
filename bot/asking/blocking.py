"""Whom a server does not want answered: they are told once if they call, and else not heard."""

import asyncio
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.asking.limits import Asker
from bot.state import FAULTS, State
from bot.words import words_for

SECONDS = 1.0  # Discord gives up a command that is not acknowledged within three
ALWAYS = frozenset({"privacy", "my-data", "forget-me"})  # what everybody may know and have erased


class Blocking:
    """Whom servers block, asked on Discord's event loop in the order of arrival."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._reads: dict[int, asyncio.Task[frozenset[str]]] = {}

    async def holds(self, person: int, guild_id: int | None) -> bool:
        """Whether a server blocks somebody; nobody is while that cannot be known.

        Who calls first is told first, so that nobody loses their place in line by it.
        """
        if guild_id is None:
            return False
        blocked = self._state.blocks.remembered(guild_id)
        if blocked is None or guild_id in self._reads:
            blocked = await self._read(guild_id)
        return self._state.pseudonyms.of(person) in blocked

    async def _read(self, guild_id: int) -> frozenset[str]:
        """What the database holds; one read for all who ask meanwhile."""
        read = self._reads.get(guild_id)
        if read is None:
            read = asyncio.create_task(
                asyncio.to_thread(self._state.blocks.blocked, guild_id), name="read blocks"
            )
            self._reads[guild_id] = read
            read.add_done_callback(partial(self._forget, guild_id))
        done, _ = await asyncio.wait({read}, timeout=SECONDS)
        try:
            return read.result() if done else frozenset()
        except FAULTS:
            return frozenset()

    def _forget(self, guild_id: int, read: "asyncio.Task[frozenset[str]]") -> None:
        self._reads.pop(guild_id, None)
        if not read.cancelled():
            read.exception()  # seen, also when everybody has given up waiting


class Commands(app_commands.CommandTree[Any]):
    """The commands, for everybody whom the server in which they are called does not block."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether a command is carried out; who is blocked is told so, and nobody else sees it."""
        if interaction.permissions.manage_guild:  # who manages a server can also unblock
            return True
        command = interaction.command
        if command is not None and command.qualified_name in ALWAYS:
            return True
        blocking = interaction.client.services.blocking
        if not await blocking.holds(interaction.user.id, interaction.guild_id):
            return True
        if interaction.type is discord.InteractionType.application_command:
            await _tell(interaction)
        return False


def _said(interaction: discord.Interaction[Any]) -> Iterator[str]:
    """What was written in a command, and the message that it was called on."""
    yield from (value for _, value in interaction.namespace if isinstance(value, str))
    data: Mapping[str, Any] = interaction.data or {}
    for message in data.get("resolved", {}).get("messages", {}).values():
        yield message.get("content", "")


async def _tell(interaction: discord.Interaction[Any]) -> None:
    """Tells somebody that they are blocked; in danger they are shown help lines instead."""
    words = words_for(interaction.locale)
    said = " ".join(_said(interaction))
    asker = Asker(
        person=interaction.user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or 0,
    )
    found = await interaction.client.services.danger.help_for(asker, said, words)
    text = found.reply.content if found else words("block.told")
    await interaction.response.send_message(text, ephemeral=True)
