"""How tests press the buttons of an answer, and read what the presser is told."""

from typing import Any

import discord
import simcord

from tests.bot.world import World, text_of

RISKS = "What are the security risks of widely available model weights?"


def buttons_of(components: list[dict[str, Any]]) -> list[list[str]]:
    """What each row's buttons do."""
    return [
        [button["custom_id"].partition(":")[0] for button in row["components"]]
        for row in components
    ]


def identifier(message: simcord.ResponseMessage | discord.Message, action: str) -> str:
    """The id of the button that does something."""
    rows: list[Any] = [
        row if isinstance(row, dict) else row.to_dict() for row in message.components
    ]
    found = [button["custom_id"] for row in rows for button in row["components"]]
    return str(next(each for each in found if each.startswith(f"{action}:")))


async def press(
    world: World, message: simcord.ResponseMessage | discord.Message, action: str, **by: Any
) -> simcord.InteractionResult:
    presser: simcord.MemberActor = by.get("person", world.person)
    return await presser.click(message, custom_id=identifier(message, action))


def said(result: simcord.InteractionResult) -> str:
    """Everything that only the presser sees."""
    assert result.response is not None
    assert result.response.ephemeral
    return text_of(result.response)


def whispered(result: simcord.InteractionResult) -> str:
    """What is told to the presser after the message itself was touched."""
    (message,) = result.followups
    assert message.ephemeral
    return message.content


async def mention(world: World, question: str, **by: Any) -> discord.Message:
    assert world.bot.user is not None
    person: simcord.MemberActor = by.get("person", world.person)
    await person.send(world.channel, f"{world.bot.user.mention} {question}")
    return world.last


def newest(user: simcord.UserHandle, world: World) -> discord.Message:
    assert world.bot.user is not None
    mine = [each for each in user.dm_channel.history() if each.author.id == world.bot.user.id]
    return max(mine, key=lambda message: message.id)
