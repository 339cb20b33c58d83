"""The command as an operator starts it: a process of its own, and Discord on loopback."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.state import open_state
from tests.bot.fake_discord import FakeDiscord, serving
from tests.bot.world import settings_in

ROOT = Path(__file__).parents[2]
WRONG = "wr0ng.secret.t0ken"
QUESTION = "What are the security risks of widely available model weights?"


@asynccontextmanager
async def started(
    fake: FakeDiscord, data_dir: Path, *arguments: str, **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.launch",
        *arguments,
        cwd=ROOT,
        env={
            **os.environ,
            "FAKE_DISCORD": fake.url,
            "DISCORD_TOKEN": "good",
            "CAVEAT_DATA_DIR": str(data_dir),
            **environment,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def finished(process: asyncio.subprocess.Process) -> tuple[int | None, str, str]:
    output, errors = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, output.decode(), errors.decode()


async def test_a_bad_token_ends_in_one_sentence(tmp_path: Path) -> None:
    async with (
        serving(FakeDiscord()) as fake,
        started(fake, tmp_path, "run", DISCORD_TOKEN=WRONG) as process,
    ):
        code, output, errors = await finished(process)
    assert code == 2
    assert output == ""
    assert errors.strip().startswith("Discord refused the token.")
    assert len(errors.strip().splitlines()) == 1
    assert WRONG not in errors


async def test_refused_intents_end_in_one_sentence(tmp_path: Path) -> None:
    async with (
        serving(FakeDiscord(close_code=4014)) as fake,
        started(fake, tmp_path, "run") as process,
    ):
        code, _, errors = await finished(process)
    assert code == 2
    assert "Discord refused the intents" in errors
    assert "Traceback" not in errors


async def test_a_first_connection_that_fails_is_tried_again(tmp_path: Path) -> None:
    async with (
        serving(FakeDiscord(refuse_gateway=1)) as fake,
        started(fake, tmp_path, "run") as process,
    ):
        await asyncio.wait_for(fake.ready.wait(), 30)
        process.send_signal(signal.SIGTERM)
        code, _, errors = await finished(process)
    assert code == 0
    assert fake.connections == 2
    assert "Discord cannot be reached" in errors
    assert "Traceback" not in errors


async def test_stopping_finishes_the_answer_under_way(tmp_path: Path) -> None:
    async with (
        serving(FakeDiscord()) as fake,
        started(fake, tmp_path, "run", ANSWER_SECONDS="1.5") as process,
    ):
        await asyncio.wait_for(fake.ready.wait(), 30)
        await fake.ask(QUESTION)
        await asyncio.wait_for(fake.deferred.wait(), 10)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code, _, errors = await finished(process)
        assert time.monotonic() - begun < 10
    assert code == 0
    assert "substantial security risks" in fake.replies[0]["embeds"][0]["description"]
    assert QUESTION not in errors
    state = open_state(settings_in(tmp_path))
    custom_id = fake.replies[0]["components"][0]["components"][0]["custom_id"]
    assert state.records.evidence(custom_id.removeprefix("evidence:")) is not None
    state.close()


async def test_run_says_that_commands_were_never_synced_until_they_are(tmp_path: Path) -> None:
    async with serving(FakeDiscord()) as fake:
        for synced in (False, True):
            fake.ready.clear()
            async with started(fake, tmp_path, "run") as process:
                await asyncio.wait_for(fake.ready.wait(), 30)
                await asyncio.sleep(0.3)
                process.send_signal(signal.SIGTERM)
                _, _, errors = await finished(process)
            assert ("python -m bot sync-commands" in errors) is not synced
            if not synced:
                async with started(fake, tmp_path, "sync-commands", "--guild", "77") as process:
                    code, output, _ = await finished(process)
                assert code == 0
                assert output == "Told Discord of 1 commands for server 77.\n"
    assert fake.synced[0][0]["name"] == "ask"


async def test_without_a_token_run_names_the_setting(tmp_path: Path) -> None:
    async with (
        serving(FakeDiscord()) as fake,
        started(fake, tmp_path, "run", DISCORD_TOKEN="") as process,
    ):
        code, _, errors = await finished(process)
    assert code == 2
    assert errors.startswith("DISCORD_TOKEN is not set.")
