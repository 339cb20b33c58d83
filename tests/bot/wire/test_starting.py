"""The command as an operator starts it: what it says and does until it is connected."""

import asyncio
import signal
from pathlib import Path

import discord as library
import pytest

from tests.bot.wire.faults import broken
from tests.bot.wire.process import bot, command
from tests.bot.wire.questions import QUOTE, risks
from tests.bot.wire.server import Discord, text_of

WRONG = "wr0ng.secret.t0ken"


@pytest.mark.parametrize(("environment", "asked"), [({}, "zstd"), ({"NO_ZSTD": "1"}, "zlib")])
async def test_it_logs_in_and_answers_a_slash_command(
    discord: Discord, tmp_path: Path, environment: dict[str, str], asked: str
) -> None:
    async with bot(discord, tmp_path, **environment) as running:
        record = discord.world.person().ask(risks())
        shown = await discord.answer(record)
        assert (await running.stop()).code == 0
    assert QUOTE in text_of(shown)
    assert discord.acknowledgements()[record.id] < 3
    assert discord.gateway.compressions == [f"{asked}-stream"]
    assert discord.gateway.beats >= 1
    assert [said["intents"] for said in discord.gateway.identified] == [
        library.Intents.default().value
    ]


async def test_a_bad_token_ends_in_one_sentence(discord: Discord, tmp_path: Path) -> None:
    async with command(discord, tmp_path, "run", DISCORD_TOKEN=WRONG) as running:
        ended = await running.ended()
    assert ended.code == 2
    assert ended.output == ""
    assert ended.errors.strip().startswith("Discord refused the token.")
    assert len(ended.errors.strip().splitlines()) == 1


async def test_without_a_token_it_names_the_setting(discord: Discord, tmp_path: Path) -> None:
    async with command(discord, tmp_path, "run", DISCORD_TOKEN="") as running:
        ended = await running.ended()
    assert ended.code == 2
    assert ended.errors.startswith("DISCORD_TOKEN is not set.")


async def test_refused_intents_end_in_one_sentence(discord: Discord, tmp_path: Path) -> None:
    discord.gateway.close_code = 4014
    async with command(discord, tmp_path, "run") as running:
        ended = await running.ended()
    assert ended.code == 2
    assert "Discord refused the intents" in ended.errors


async def test_a_gateway_that_is_down_at_the_start_is_tried_again(
    discord: Discord, tmp_path: Path
) -> None:
    discord.gateway.refusing = 1
    async with bot(discord, tmp_path) as running:
        ended = await running.stop()
    assert ended.code == 0
    assert discord.gateway.tries == 2
    assert "Discord cannot be reached" in ended.errors


@pytest.mark.parametrize("status", [500, 503])
async def test_a_login_that_fails_on_their_side_is_tried_again(
    discord: Discord, tmp_path: Path, status: int
) -> None:
    outage = discord.fail("GET", "/users/@me", lambda: broken(status))
    async with bot(discord, tmp_path) as running:
        assert (await running.stop()).code == 0
    assert outage.met == 1


async def test_it_can_be_stopped_while_it_waits_for_discord(
    discord: Discord, tmp_path: Path
) -> None:
    discord.gateway.refusing = 1000
    async with command(discord, tmp_path, "run") as running:
        await discord.until(lambda: discord.gateway.tries >= 1, 30)
        running.signal(signal.SIGTERM)
        ended = await running.ended(5)
    assert ended.code == 0


async def test_it_says_that_commands_were_never_synced_until_they_are(
    discord: Discord, tmp_path: Path
) -> None:
    guild = discord.world.guild.id
    for synced in (False, True):
        async with bot(discord, tmp_path) as running:
            await asyncio.sleep(0.3)
            ended = await running.stop()
        assert ("python -m bot sync-commands" in ended.errors) is not synced
        if not synced:
            async with command(discord, tmp_path, "sync-commands", "--guild", str(guild)) as told:
                ended = await told.ended()
            known = {command["name"] for command in discord.world.backend.commands[guild].values()}
            assert ended.code == 0
            assert ended.output == f"Told Discord of {len(known)} commands for server {guild}.\n"
    assert "ask" in known
