"""Puts replies into Discord, and says in one line of the log when that does not work."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord

from bot.buttons.answer_view import answer_view
from bot.delivery import deliver
from bot.faults import PASSING, passing_reason
from bot.message.escape import size
from bot.message.render import Reply
from bot.words import Words

LONGEST_CONTENT = 2_000

log = logging.getLogger(__name__)


def parts_of(reply: Reply, words: Words) -> dict[str, Any]:
    """A reply in the arguments of discord.py."""
    return {
        "content": reply.content,
        "embeds": list(reply.embeds),
        "view": answer_view(reply.answer, words, reply.terms, simpler=reply.simpler),
    }


def _piece_of(piece: Reply) -> dict[str, Any]:
    content = piece.content or discord.utils.MISSING
    return {"content": content, "embeds": list(piece.embeds)}


def with_word(reply: Reply, word: str | None) -> Reply:
    """A reply with a short remark: above its embeds, or at the end of its text if there is room."""
    if word is None:
        return reply
    if reply.embeds:
        content = word
    elif size(f"{reply.content}\n-# {word}") <= LONGEST_CONTENT:
        content = f"{reply.content}\n-# {word}"
    else:
        return reply
    return replace(reply, content=content)


async def acknowledge(interaction: discord.Interaction[Any], *, private: bool) -> bool:
    """Tells Discord that a reply will come; whether it still waits for one."""
    try:
        await deliver(lambda: interaction.response.defer(thinking=True, ephemeral=private))
    except PASSING as error:
        log.warning("A command could not be acknowledged (%s).", passing_reason(error))
        return False
    return True


async def tell(interaction: discord.Interaction[Any], text: str) -> None:
    """Answers a command at once, with a sentence for the asker only."""
    try:
        await interaction.response.send_message(text, ephemeral=True)
    except PASSING as error:
        log.warning("A command could not be answered (%s).", passing_reason(error))


async def respond(
    interaction: discord.Interaction[Any], reply: Reply, words: Words
) -> discord.Message | None:
    """The message with the reply to an acknowledged command; None when it was not shown."""
    try:
        return await _respond(interaction, reply, words)
    except discord.NotFound as error:  # it was deleted, or waited for too long
        log.warning("A reply came too late (%s).", passing_reason(error))
    except PASSING as error:
        log.warning("A reply could not be shown (%s).", passing_reason(error))
        with contextlib.suppress(*PASSING):
            await interaction.edit_original_response(
                content=words("error.CaveatError"), embeds=[], view=None
            )
    return None


async def send(
    channel: discord.abc.Messageable,
    reply: Reply,
    words: Words,
    nonce: int,
    **further: Any,
) -> discord.Message | None:
    """The message with a reply in a channel; None when it was not shown.

    Args:
        channel: any.
        reply: any.
        words: of the reader's language.
        nonce: the id of what is replied to; it keeps Discord from showing the reply twice when
            only its word that it did was lost.
        further: of discord.py's `send`.
    """
    try:
        return await _send(channel, reply, {**parts_of(reply, words), "nonce": nonce, **further})
    except discord.Forbidden:
        log.warning("I may not write in a channel in which I was asked.")
    except PASSING as error:
        log.warning("A reply could not be sent (%s).", passing_reason(error))
        with contextlib.suppress(*PASSING):
            await channel.send(words("error.CaveatError"), **further)
    return None


async def replace_with(message: discord.Message, reply: Reply, words: Words) -> discord.Message:
    """A message that the bot sent before, with a reply in place of what it said.

    Raises:
        discord.HTTPException: when Discord refuses, or still did not take it.
    """
    parts, plain = parts_of(reply, words), bool(reply.content) and not reply.embeds
    edited = await deliver(lambda: message.edit(**parts, suppress=plain))
    await _send_rest(edited, reply)
    return edited


async def _respond(
    interaction: discord.Interaction[Any], reply: Reply, words: Words
) -> discord.Message:
    parts = parts_of(reply, words)
    message = await deliver(lambda: interaction.edit_original_response(**parts))
    with _whatever_comes():
        for piece in reply.rest:
            hidden = message.flags.ephemeral
            await interaction.followup.send(**_piece_of(piece), ephemeral=hidden)
    return message


async def _send(
    channel: discord.abc.Messageable, reply: Reply, parts: dict[str, Any]
) -> discord.Message:
    plain = bool(reply.content) and not reply.embeds
    sent = await deliver(lambda: channel.send(**parts, suppress_embeds=plain))
    await _send_rest(sent, reply)
    return sent


async def _send_rest(sent: discord.Message, reply: Reply) -> None:
    with _whatever_comes():
        for piece in reply.rest:
            await sent.channel.send(
                **_piece_of(piece),
                reference=sent.to_reference(fail_if_not_exists=False),
                suppress_embeds=not piece.embeds,
            )


@contextlib.contextmanager
def _whatever_comes() -> Iterator[None]:
    """The first message stands, also when the rest of a long answer cannot be shown."""
    try:
        yield
    except PASSING as error:
        log.warning("The rest of a long answer was not shown (%s).", passing_reason(error))
