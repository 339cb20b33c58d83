"""Members who manage a server, in a simulated Discord."""

from typing import Any

import discord
import pytest
import simcord
from simcord import interactions

from tests.bot.world import World

MANAGE = discord.Permissions(manage_guild=True)


def steward(world: World, name: str = "grace", guild: simcord.GuildHandle | None = None) -> Any:
    """A member with Manage Server."""
    guild = guild or world.guild
    role = guild.create_role("stewards", permissions=MANAGE)
    return guild.add_member(world.env.create_user(name), roles=[role])


async def open_to_all(world: World, name: str) -> None:
    """Lets every member of the server call a command, as its Integrations page can."""
    commands = await world.bot.tree.fetch_commands()
    command = next(each for each in commands if each.name == name)
    world.guild.set_command_permissions(command, {world.guild.default_role: True})


def demote(world: World, member: simcord.MemberActor) -> None:
    """Takes all roles from a member."""
    guild = world.env.backend.get_guild(world.guild.id)
    guild.members[member.id].role_ids.clear()


def read_german(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has everyone use Discord in German."""
    build = interactions.base_payload

    def build_german(*arguments: Any, **named: Any) -> Any:
        record, payload = build(*arguments, **named)
        return record, {**payload, "locale": "de"}

    monkeypatch.setattr(interactions, "base_payload", build_german)


def labels(message: simcord.ResponseMessage) -> list[str]:
    """The labels of a message's buttons."""
    return [
        child["label"]
        for row in message.components
        for child in row["components"]
        if child.get("label")
    ]


def menu(message: simcord.ResponseMessage, custom_id: str) -> dict[str, Any]:
    """A menu of a message."""
    found: list[dict[str, Any]] = [
        child
        for row in message.components
        for child in row["components"]
        if child.get("custom_id") == custom_id
    ]
    return found[0]
