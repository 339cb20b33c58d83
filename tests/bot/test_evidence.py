from dataclasses import replace
from datetime import UTC, datetime

import simcord

from bot.message.cited import CitedPassage
from bot.message.exhibit import exhibit
from bot.state import Evidence, Records, State
from bot.words import words_for
from knowledge.model import Answer, Citation
from tests.bot.world import MakeBot, World, text_of, world_of
from tests.fakes import PASSAGES, CannedAnswerer

ENGLISH = words_for("en")
RISKS = "What are the security risks of widely available model weights?"


async def press(
    world: World, message: simcord.ResponseMessage, label: str = "Show evidence"
) -> simcord.ResponseMessage:
    result = await world.person.click(message, label=label)
    assert result.response is not None
    return result.response


def cited(number: int, passage: int = 0) -> Citation:
    text = PASSAGES[passage].chunk.text
    return Citation(number=number, passage=PASSAGES[passage], quote=text[:60], start=0)


def answer_with(*citations: Citation) -> Answer:
    return Answer(
        id="many",
        question=RISKS,
        outcome="answered",
        mode="quoted",
        text="> quote [1]",
        citations=citations,
    )


async def test_the_button_shows_the_passage_to_the_one_who_pressed(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        evidence = await press(world, await world.ask(RISKS))
        assert evidence.ephemeral
        shown = text_of(evidence).replace("\u00a0", " ")
        assert "**When the weights for a dual\\-use" not in shown  # a dash inside a line is no list
        assert "The Secretary shall solicit input." in shown
        assert (
            "Sec. 4 \\> Sec. 4.6. Soliciting Input on Dual-Use Foundation Models · page 26" in shown
        )
        assert "30 Oct 2023" in shown


async def test_a_reserved_text_is_shown_as_quote_only(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        evidence = await press(world, await world.ask(RISKS))
        letter = next(each for each in evidence.embeds if "Joint statement" in (each.title or ""))
        assert "we have seen time and time again" not in (letter.description or "")
        assert ENGLISH("evidence.quote-only") in (letter.description or "")


async def test_the_button_works_after_a_restart(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        message = await world.ask(RISKS)
        await world.env.restart_bot(make_bot())
        assert "Executive Order 14110" in text_of(await press(world, message))


async def test_a_forgotten_answer_gets_a_friendly_sentence(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        message = await world.ask(RISKS)
        later = Records(state.engine, now=lambda: datetime(2126, 1, 1, tzinfo=UTC))
        assert later.forget_old() == 1
        gone = await press(world, message)
        assert gone.ephemeral
        assert gone.content == ENGLISH("evidence.gone")


async def test_much_evidence_comes_in_pages(make_bot: MakeBot) -> None:
    passages = [
        replace(PASSAGES[0], chunk=replace(PASSAGES[0].chunk, id=f"chunk-{number}"))
        for number in range(1, 8)
    ]
    citations = [
        Citation(number=number, passage=passage, quote="When the weights", start=0)
        for number, passage in enumerate(passages, start=1)
    ]
    async with world_of(make_bot(CannedAnswerer(answer_with(*citations)))) as world:
        first = await press(world, await world.ask(RISKS))
        assert (
            first.embeds[0].title
            == "\\[1\\] 🏛️ Executive Order 14110: Safe, Secure, and Trustworthy AI"
        )
        assert "Page 1 of 3" in text_of(first)
        second = await press(world, first, "Next")
        assert "Page 2 of 3" in text_of(second)
        assert second.id == first.id
        assert "Page 1 of 3" in text_of(await press(world, second, "Previous"))


def test_quotes_of_one_passage_are_shown_in_it_together() -> None:
    text = PASSAGES[1].chunk.text
    start = text.index("This exception")
    later = Citation(number=2, passage=PASSAGES[1], quote=text[start:], start=start)
    evidence = Evidence(
        answer_id="1",
        asked_at="2026-11-23T00:00:00+00:00",
        build=None,
        cited=tuple(map(CitedPassage.of, (cited(1, 1), later))),
    )
    (page,) = exhibit(evidence, ENGLISH)
    (embed,) = page.embeds
    assert embed.title is not None
    assert embed.title.startswith("\\[1\\] \\[2\\]")
    assert f"**{text[:60].strip()}**" in (embed.description or "")
    assert f"**{text[start:]}**" in (embed.description or "")
