"""Members whose questions a server wants ignored."""

import asyncio
import time
from typing import Any

import pytest

from bot.asking.blocking import Blocking
from bot.state import State
from bot.state.blocks import MOST_BLOCKED
from bot.words import words_for
from tests.bot.managing import steward
from tests.bot.presses import RISKS, press
from tests.bot.test_settings_panel import choose, panel
from tests.bot.world import MakeBot, text_of, world_of
from tests.fakes import WordOverlapAnswerer

ENGLISH = words_for("en")
TOLD = ENGLISH("block.told")


async def test_a_blocked_member_is_not_heard_until_unblocked(
    make_bot: MakeBot, state: State
) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        member = steward(world)
        answer = await world.ask(RISKS)
        shown = await choose(member, await panel(world, member, "blocked"), "block", [world.person])
        assert "**Blocked:** one member" in text_of(shown)
        assert state.blocks.blocked(world.guild.id) == {state.pseudonyms.of(world.person.id)}
        before = answering.asked
        refused = await world.ask("Who may use Llama?")
        assert (refused.content, refused.ephemeral) == (TOLD, True)
        question = await world.person.send(world.channel, f"{world.mention} {RISKS}")
        assert world.last.id == question.id
        pressed = await press(world, answer.message, "more")
        assert pressed.response is not None
        assert pressed.response.content == TOLD
        told: Any = (await world.person.slash(world.channel, "privacy")).response
        assert told.embeds[0].title == ENGLISH("privacy.title")
        assert answering.asked == before
        await choose(member, await panel(world, member, "blocked"), "unblock", [world.person])
        assert TOLD not in text_of(await world.ask("Who may use Llama?"))


async def test_who_manages_the_server_cannot_lock_themselves_out(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        state.blocks.block(world.guild.id, [state.pseudonyms.of(member.id), "another"])
        shown = await panel(world, member, "blocked")
        assert "2 members" in text_of(shown)
        done = await member.click(shown, label=ENGLISH("settings.button.unblock-all"))
        assert done.response is not None
    assert state.blocks.blocked(world.guild.id) == frozenset()


def test_blocks_are_bounded_and_stay_in_their_server(state: State) -> None:
    state.blocks.block(1, [str(number) for number in range(MOST_BLOCKED + 5)])
    state.blocks.block(2, ["p", "p"])
    state.blocks.block(2, ["p"])
    assert len(state.blocks.blocked(1)) == MOST_BLOCKED
    assert state.blocks.blocked(2) == {"p"}
    state.blocks.unblock(1)
    assert state.blocks.blocked(1) == frozenset()
    assert state.blocks.blocked(2) == {"p"}


async def test_everybody_keeps_their_place_while_a_slow_database_is_asked(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, reads = state.blocks.blocked, []

    def slowly(guild_id: int) -> frozenset[str]:
        reads.append(guild_id)
        time.sleep(0.05)
        return read(guild_id)

    monkeypatch.setattr(state.blocks, "blocked", slowly)
    state.blocks.block(1, [state.pseudonyms.of(7)])
    reads.clear()
    blocking, told = Blocking(state), []

    async def ask(person: int) -> None:
        if not await blocking.holds(person, 1):
            told.append(person)

    await asyncio.gather(*(ask(person) for person in range(30)))
    await ask(30)
    assert told == [person for person in range(31) if person != 7]
    assert reads == [1]
