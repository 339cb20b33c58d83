"""Questions over the wire, by every way in; one, and many at once."""

import json
import statistics
import time
from pathlib import Path

from tests.bot.wire.process import bot
from tests.bot.wire.questions import QUOTE, RULES_QUOTE, risks, rules
from tests.bot.wire.server import Discord, text_of

CROWD = 50
SLOWNESS = 0.07  # together longer than the three seconds that Discord gives
OVERTAKEN = 2  # places by which answers may change: on a busy machine their requests cross


async def test_a_mention_and_a_direct_message_are_answered_and_a_button_outlives_the_process(
    discord: Discord, tmp_path: Path
) -> None:
    world = discord.world
    ada = world.person()
    async with bot(discord, tmp_path) as running:
        asked = ada.mention(risks())
        direct = ada.write(rules(), ada.direct_channel)
        assert QUOTE in text_of(await discord.reply(asked))
        assert RULES_QUOTE in text_of(await discord.reply(direct))
        await running.stop()
    (message,) = world.replies(asked)
    async with bot(discord, tmp_path) as running:
        shown = await discord.answer(ada.press(message, "vidence"))
        await running.stop()
    assert "The Secretary shall solicit input." in text_of(shown)  # more than the quote
    assert shown["flags"] & 64, "only the one who pressed may see it"


async def test_fifty_people_at_once_are_answered_in_order_and_the_loop_stays_free(
    discord: Discord, tmp_path: Path
) -> None:
    people = [discord.world.person(f"person {number}") for number in range(CROWD)]
    lag_file = tmp_path / "lags.json"
    settings = {"ANSWER_SECONDS": str(SLOWNESS), "LAG_FILE": str(lag_file)}
    async with bot(discord, tmp_path, **settings) as running:
        begun = time.monotonic()
        records = [person.ask(risks()) for person in people]
        for record in records:
            assert QUOTE in text_of(await discord.answer(record, 30))
        await running.stop()
    taken = discord.acknowledgements()
    assert sorted(taken) == [record.id for record in records]
    assert max(taken.values()) < 3
    edits = [
        exchange.path.split("/")[3]
        for exchange in discord.rest.sent("PATCH", "/webhooks/*/messages/@original")
    ]
    asked = [record.token for record in records]
    assert sorted(edits) == sorted(asked)
    assert max(abs(asked.index(token) - place) for place, token in enumerate(edits)) <= OVERTAKEN
    lags = [lag for at, lag in json.loads(lag_file.read_text("utf-8")) if at > begun]
    assert statistics.quantiles(lags, n=20)[-1] < 0.05
    assert max(lags) < 1
