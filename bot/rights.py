"""Who may do what, asked anew at every press: rights may have changed since a panel was opened."""

from collections.abc import Collection
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


def is_operator(
    application: discord.AppInfo | None, curators: Collection[int], person_id: int
) -> bool:
    """Whether a person cares for the library: its application's owner or team, or a curator.

    Args:
        application: as Discord told at login, or None before it.
        curators: those of `CURATOR_IDS`.
        person_id: of anyone. Who was only invited to a team, or may only read there, is none.
    """
    if person_id in curators or application is None:
        return person_id in curators
    if application.team is None:
        return person_id == application.owner.id
    return person_id == application.team.owner_id or any(
        member.id == person_id
        and member.membership_state is discord.TeamMembershipState.accepted
        and member.role is not discord.TeamMemberRole.read_only
        for member in application.team.members
    )
