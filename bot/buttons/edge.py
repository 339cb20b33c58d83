"""What people are told when a button cannot do what it is for."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord

from bot.asking.replying import log_fault
from bot.client import CaveatBot
from bot.state import FAULTS
from bot.words import words_for
from knowledge.errors import CaveatError

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def pressed(interaction: discord.Interaction[Any]) -> AsyncIterator[CaveatBot]:
    """The bot whose button was pressed; what goes wrong inside ends in a friendly sentence.

    The words of an error may hold a question, so only those of our own errors are logged.
    """
    bot: CaveatBot = interaction.client
    async with bot.services.gate.visit():
        try:
            yield bot
        except FAULTS as error:
            log.warning("The bot's state cannot be used (%s).", type(error).__name__)
            await _apologise(interaction, error)
        except CaveatError as error:
            log.warning("A button could not do its work: %s", error)
            await _apologise(interaction, error)
        except (discord.HTTPException, aiohttp.ClientError, TimeoutError) as error:
            log.warning("Discord did not take the reply to a button (%s).", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the edge: a person waits for a reply
            log_fault(error)
            await _apologise(interaction, error)


async def whisper(interaction: discord.Interaction[Any], text: str) -> None:
    """Tells something to the one who pressed, and to nobody else."""
    if interaction.response.is_done():
        await interaction.followup.send(text, ephemeral=True)
    else:
        await interaction.response.send_message(text, ephemeral=True)


def server_of(interaction: discord.Interaction[Any]) -> int | None:
    """The server in which the bot is a member and a button was pressed; None elsewhere."""
    guild_id = interaction.guild_id
    return guild_id if guild_id and interaction.client.get_guild(guild_id) else None


async def _apologise(interaction: discord.Interaction[Any], error: Exception) -> None:
    words = words_for(interaction.locale)
    text = words.error(error) if isinstance(error, CaveatError) else words("error.CaveatError")
    with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, asyncio.TimeoutError):
        await whisper(interaction, text)
