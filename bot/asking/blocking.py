"""Whom a server does not want answered: they are told once if they call, and else not heard."""

import asyncio
from typing import Any

import discord
from discord import app_commands

from bot.state import FAULTS, State
from bot.words import words_for

SECONDS = 1.0  # Discord gives up a command that is not acknowledged within three
ALWAYS = frozenset({"privacy", "my-data", "forget-me"})  # what everybody may know and have erased


async def is_blocked(state: State, person: int, guild_id: int | None) -> bool:
    """Whether a server blocks somebody; nobody is while that cannot be known."""
    if guild_id is None:
        return False
    try:
        blocked = await asyncio.wait_for(asyncio.to_thread(state.blocks.blocked, guild_id), SECONDS)
    except (*FAULTS, TimeoutError):
        return False
    return state.pseudonyms.of(person) in blocked


class Commands(app_commands.CommandTree[Any]):
    """The commands, for everybody whom the server in which they are called does not block."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether a command is carried out; who is blocked is told so, and nobody else sees it."""
        if interaction.permissions.manage_guild:  # who manages a server can also unblock
            return True
        command = interaction.command
        if command is not None and command.qualified_name in ALWAYS:
            return True
        state = interaction.client.services.state
        if not await is_blocked(state, interaction.user.id, interaction.guild_id):
            return True
        if interaction.type is discord.InteractionType.application_command:
            words = words_for(interaction.locale)
            await interaction.response.send_message(words("block.told"), ephemeral=True)
        return False
