"""What the pictures show: a question answered, its evidence, and a question that is not."""

import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import simcord

from bot.client import CaveatBot, Services
from bot.cogs import STORIES
from bot.gate import Gate
from bot.state import open_state
from tests.bot.world import settings_in
from tests.fakes import WordOverlapAnswerer

ANSWERED = "What are the security risks when model weights are widely available?"
UNKNOWN = "How many parrots live in Lisbon?"
SCENES = ("answer", "evidence", "abstention", "mention")


@contextlib.asynccontextmanager
async def play(
    scene: str,
) -> AsyncIterator[tuple[simcord.Env, simcord.ChannelHandle, simcord.MemberActor]]:
    """A simulated Discord after the scene was played in one of its channels."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_in(Path(folder))
        state = open_state(settings)
        services = Services.over(Gate(WordOverlapAnswerer()), state, settings)
        bot = CaveatBot(services, STORIES)
        async with simcord.run(bot) as env:
            await bot.tree.sync()
            guild = env.create_guild("Model weights club")
            channel = guild.create_text_channel("ask-caveat")
            person = guild.add_member(env.create_user("ada", global_name="Ada"))
            if scene == "mention":
                assert bot.user is not None
                await person.send(channel, f"{bot.user.mention} {ANSWERED}")
            else:
                question = UNKNOWN if scene == "abstention" else ANSWERED
                result = await person.slash(channel, "ask", question=question)
                if scene == "evidence":
                    assert result.response is not None
                    await person.click(result.response, label="Show evidence")
            yield env, channel, person
        services.gate.close()
        state.close()
