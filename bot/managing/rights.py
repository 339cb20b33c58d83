"""Who may do what, asked anew at every press: rights may have changed since a panel was opened."""

from typing import Any

import discord

from bot.words import words_for


def manages(interaction: discord.Interaction[Any]) -> bool:
    """Whether the person may manage the server in which they act; nobody does in direct messages.

    Discord's own list of commands can be opened to others by a server, so it is not relied on.
    """
    allowed = interaction.permissions
    return interaction.guild_id is not None and (allowed.manage_guild or allowed.administrator)


async def admits(interaction: discord.Interaction[Any]) -> bool:
    """Whether the person manages the server; who does not is told so in one sentence."""
    if manages(interaction):
        return True
    refusal = words_for(interaction.locale)("rights.manage-server")
    await interaction.response.send_message(refusal, ephemeral=True)
    return False
