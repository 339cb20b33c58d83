"""Rate limits and outages of Discord: replies come late rather than twice or never."""

from collections.abc import Callable
from functools import partial

import pytest
from aiohttp import web

from tests.bot.wire.faults import banned, broken, limited
from tests.bot.wire.questions import QUOTE, RULES_QUOTE, risks, rules
from tests.bot.wire.server import Discord, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

ACKNOWLEDGE = ("POST", "/interactions/*/callback")
SEND = ("POST", "/channels/*/messages")
EDIT = ("PATCH", "/webhooks/*/messages/@original")
TYPING = ("POST", "/channels/*/typing")
Answer = Callable[[], web.Response]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(partial(limited, 0.3), id="429"),
        pytest.param(partial(limited, 0.3, everywhere=True), id="global 429"),
        pytest.param(banned, id="429 without headers"),
        pytest.param(partial(broken, 500), id="500"),
        pytest.param(partial(broken, 503), id="503"),
    ],
)
async def test_a_fault_that_passes_only_delays_a_reply(connected: Discord, answer: Answer) -> None:
    ada, bob = connected.world.person("ada"), connected.world.person("bob")
    faults = [connected.fail(*SEND, answer), connected.fail(*EDIT, answer)]
    asked = ada.mention(risks())
    assert RULES_QUOTE in text_of(await connected.answer(bob.ask(rules())))
    assert QUOTE in text_of(await connected.reply(asked))
    assert [fault.met for fault in faults] == [1, 1]


@pytest.mark.parametrize("status", [502, 503])
async def test_a_reply_whose_receipt_was_lost_is_not_sent_twice(
    connected: Discord, status: int
) -> None:
    lost = connected.fail(*SEND, partial(broken, status), done=True)
    sent = len(list(connected.rest.sent(*SEND)))
    asked = connected.world.person().mention(risks())
    await connected.until(lambda: len(list(connected.rest.sent(*SEND))) > sent)
    assert QUOTE in text_of(await connected.reply(asked))
    assert lost.met == 1


@pytest.mark.parametrize("answer", [banned, partial(broken, 503), partial(limited, 60)])
async def test_an_answer_does_not_need_the_sign_of_typing(
    connected: Discord, answer: Answer
) -> None:
    # a channel of its own: the bot rightly heeds a long limit of the channel for its next signs
    channel = connected.world.backend.create_channel(connected.world.guild.id, "elsewhere")
    fault = connected.fail(*TYPING, answer)
    asked = connected.world.person().mention(risks(), channel)
    assert QUOTE in text_of(await connected.reply(asked))
    assert fault.met == 1


async def test_an_acknowledgement_that_was_not_taken_is_tried_again_in_time(
    connected: Discord,
) -> None:
    connected.fail(*ACKNOWLEDGE, banned)
    record = connected.world.person().ask(risks())
    assert QUOTE in text_of(await connected.answer(record))
    assert connected.acknowledgements()[record.id] < 3


async def test_a_question_that_comes_too_late_hurts_no_other(connected: Discord) -> None:
    ada = connected.world.person()
    late = ada.ask_too_late(risks())
    await connected.until(lambda: 404 in connected.statuses(late))
    assert RULES_QUOTE in text_of(await connected.answer(ada.ask(rules())))
    assert connected.world.message(late) is None


async def test_an_answer_that_was_deleted_meanwhile_leaves_the_bot_unmoved(
    connected: Discord,
) -> None:
    ada = connected.world.person()
    record = ada.ask(risks())
    await connected.until(lambda: record.message_id)
    assert record.message_id is not None
    connected.world.backend.delete_message(record.channel_id, record.message_id)
    await connected.until(lambda: 404 in connected.statuses(record))
    assert RULES_QUOTE in text_of(await connected.answer(ada.ask(rules())))
