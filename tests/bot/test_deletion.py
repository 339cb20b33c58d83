"""Who may delete an answer, and what goes with it."""

import asyncio
from dataclasses import replace

import discord

from bot.state import GuildSettings, State
from bot.words import words_for
from knowledge.model import Answer
from tests.bot.presses import RISKS, identifier, mention, press, whispered
from tests.bot.world import MakeBot, world_of
from tests.fakes import PASSAGES, RESTRICTION, CannedAnswerer, WordOverlapAnswerer

ENGLISH = words_for("en")
LIBRARY = (*PASSAGES, RESTRICTION)


async def test_the_asker_may_delete_an_answer_and_it_is_forgotten(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        by_command = await world.ask(RISKS)
        await press(world, by_command, "delete")
        assert world.channel.history() == []
        assert state.records.evidence(identifier(by_command, "delete")[7:]) is None
        answer = await mention(world, RISKS)  # no longer answered by a link to the first answer
        await press(world, answer, "delete")
        assert answer.id not in {message.id for message in world.channel.history()}


async def test_others_may_not_delete_an_answer(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        other = world.guild.add_member(world.env.create_user("bob"))
        for answer in (await world.ask(RISKS), await mention(world, f"Now {RISKS}")):
            refused = await press(world, answer, "delete", person=other)
            assert whispered(refused) == ENGLISH("delete.refused")
            assert answer.id in {message.id for message in world.channel.history()}
            assert state.records.evidence(identifier(answer, "delete")[7:]) is not None


async def test_moderators_may_delete_an_answer(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        permissions = discord.Permissions(manage_messages=True)
        moderator = world.guild.create_role("Moderators", permissions=permissions)
        other = world.guild.add_member(world.env.create_user("bob"), roles=[moderator])
        await press(world, await world.ask(RISKS), "delete", person=other)
        assert world.channel.history() == []


async def test_who_asked_in_a_message_that_is_gone_is_not_known(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert world.bot.user is not None
        asked = await world.person.send(world.channel, f"{world.bot.user.mention} {RISKS}")
        answer = world.last
        await world.person.delete(asked)
        await world.env.restart_bot(make_bot())  # it remembers no message
        assert whispered(await press(world, answer, "delete")) == ENGLISH("delete.refused")


def long_answer() -> Answer:
    """An answer that needs more than one message without embeds, and with them."""
    answer = WordOverlapAnswerer(LIBRARY).answer(RISKS)
    further = [f"Paragraph {number}. {'It goes on and on. ' * 50}" for number in range(8)]
    return replace(answer, id="long", text="\n\n".join([answer.text, *further]))


async def test_with_a_long_answer_its_further_messages_are_deleted_too(make_bot: MakeBot) -> None:
    async with world_of(make_bot(CannedAnswerer(long_answer()))) as world:
        await mention(world, RISKS)
        mine = [each for each in world.channel.history() if each.author.bot]
        assert len(mine) > 1
        (first,) = [each for each in mine if each.components]
        await press(world, first, "delete")
        assert [each for each in world.channel.history() if each.author.bot] == []


async def test_in_a_thread_of_the_bots_own_only_who_asked_may_delete(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        other = world.guild.add_member(world.env.create_user("bob"))
        await asyncio.to_thread(state.guilds.write, world.guild.id, GuildSettings(threads="always"))
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        (thread,) = world.channel.threads
        (answer,) = [each for each in thread.history() if each.author.bot]
        refused = await press(world, answer, "delete", person=other)
        assert whispered(refused) == ENGLISH("delete.refused")
        await press(world, answer, "delete")
        assert [each for each in thread.history() if each.author.bot] == []
