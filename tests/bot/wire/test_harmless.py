"""Hostile questions and documents: nothing pings, and no link leads where no source is."""

import json
from pathlib import Path

from tests.bot.wire.process import bot
from tests.bot.wire.rendering import addressed, links
from tests.bot.wire.server import Discord
from tests.bot.wire.tricks import HOSTILE_PASSAGES, TRICKS, WORDS

SOURCES = tuple(str(passage.source.url) for passage in HOSTILE_PASSAGES)
SAID = ("content", "embeds", "components")


async def test_nothing_pings_and_every_link_leads_to_a_source(
    discord: Discord, tmp_path: Path
) -> None:
    world = discord.world
    async with bot(discord, tmp_path, HOSTILE_DOCUMENTS="1") as running:
        for number, trick in enumerate(TRICKS):
            person = world.person(f"person {number}")
            await discord.answer(person.ask(f"Are {WORDS} like {trick} in {number}?"))
            await discord.reply(person.mention(f"Or are {WORDS} like {trick} in {number}?"))
            await discord.reply(person.write(f"What is {trick} {number}?", person.direct_channel))
        await running.stop()
    sent = [body for body in map(payload, discord.rest.exchanges) if set(SAID) & set(body)]
    assert len(sent) >= 3 * len(TRICKS)
    for body in sent:
        assert body["allowed_mentions"] == {"parse": []}
        assert addressed(body) == set(), json.dumps(body)
        assert [each for each in links(body) if not each.startswith(SOURCES)] == []
    assert any(links(body) for body in sent)
    for message in world.messages():
        assert (message.ping_user_ids, message.ping_role_ids) == ([], [])
        assert not message.mention_everyone


def payload(exchange: object) -> dict[str, object]:
    """What a request says: in an interaction's callback, its data."""
    body = getattr(exchange, "json", None)
    if not isinstance(body, dict):
        return {}
    data = body.get("data")
    return data if isinstance(data, dict) else body
