"""A simulated Discord to put the bot into, and what tests read from it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
import simcord.interactions

from bot.client import CaveatBot
from bot.settings import BotSettings

BLANK: dict[str, Any] = {
    "DATABASE_URL": None,
    "DISCORD_TOKEN": None,
    "CHAT_MODEL": "",
    "CHAT_BASE_URL": "",
    "CHAT_DAILY_DOLLARS": None,
}

MakeBot = Callable[..., CaveatBot]


def settings_in(folder: Path, **values: Any) -> BotSettings:
    """Settings with all state in the folder, whatever the environment holds."""
    return BotSettings.model_validate({"CAVEAT_DATA_DIR": folder, **BLANK, **values})


@dataclass(frozen=True, kw_only=True)
class World:
    """A simulated Discord with a person in a channel that the bot sees."""

    env: simcord.Env
    bot: CaveatBot
    guild: simcord.GuildHandle
    person: simcord.MemberActor
    channel: simcord.ChannelHandle

    @property
    def mention(self) -> str:
        """The bot's name in messages."""
        assert self.bot.user is not None
        return self.bot.user.mention

    async def ask(self, question: str, **options: Any) -> simcord.ResponseMessage:
        """The bot's message for a slash command."""
        result = await self.person.slash(self.channel, "ask", question=question, **options)
        assert result.response is not None
        return result.response

    @property
    def last(self) -> discord.Message:
        """The last message of the channel."""
        message = self.channel.last_message
        assert message is not None
        return message


@asynccontextmanager
async def world_of(bot: CaveatBot, **channel: Any) -> AsyncIterator[World]:
    """The bot in a guild with its commands synced."""
    async with simcord.run(bot) as env:
        await bot.tree.sync()
        guild = env.create_guild()
        yield World(
            env=env,
            bot=bot,
            guild=guild,
            person=guild.add_member(env.create_user("ada")),
            channel=guild.create_text_channel("general", **channel),
        )


def speak(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    """Has every person use Discord in this language; simcord knows English only."""
    build = simcord.interactions.base_payload

    def translated(*args: Any, **values: Any) -> Any:
        record, payload = build(*args, **values)
        return record, payload | {"locale": locale}

    monkeypatch.setattr(simcord.interactions, "base_payload", translated)


def text_of(message: simcord.ResponseMessage | discord.Message) -> str:
    """Everything that a message shows."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.author.name or "", embed.title or "", embed.description or ""]
        parts.append(embed.footer.text or "")
    return "\n".join(part for part in parts if part)
