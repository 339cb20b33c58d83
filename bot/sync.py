"""Tells Discord of the slash commands, and remembers what it was told."""

import hashlib
import json
from typing import Any

import discord
from discord import app_commands

from bot.client import CaveatBot
from bot.faults import expected_faults
from bot.state import EVERYWHERE, SyncStore

NEVER_SYNCED = (
    "Discord was never told of the slash commands, so /ask does not show. "
    "Run `python -m bot sync-commands` once."
)
CHANGED_SINCE = (
    "The slash commands changed since Discord was told of them. "
    "Run `python -m bot sync-commands` again."
)


async def command_digest(tree: app_commands.CommandTree[Any]) -> str:
    """SHA-256 of the slash commands as Discord is told of them, in every language."""
    translator = tree.translator
    commands = [
        await command.get_translated_payload(tree, translator)
        if translator
        else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    texts = sorted(json.dumps(command, sort_keys=True) for command in commands)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def sync_warning(digest: str, synced: dict[str, str]) -> str | None:
    """One sentence when Discord does not know the commands as they are, else None."""
    if not synced:
        return NEVER_SYNCED
    return None if digest in synced.values() else CHANGED_SINCE


async def sync_commands(
    bot: CaveatBot, token: str, syncs: SyncStore, guild_id: int | None = None
) -> int:
    """Tells Discord of the commands, in one guild or everywhere; how many they are.

    Raises:
        CaveatError: when Discord refuses or cannot be reached.
    """
    guild = discord.Object(guild_id) if guild_id is not None else None
    with expected_faults():
        async with bot:
            await bot.login(token)
            digest = await command_digest(bot.tree)
            if guild is not None:
                bot.tree.copy_global_to(guild=guild)
            synced = await bot.tree.sync(guild=guild)
    syncs.mark_synced(digest, str(guild_id) if guild_id is not None else EVERYWHERE)
    return len(synced)
