from dataclasses import replace
from datetime import date

import pytest

from bot.message.cited import CitedPassage
from bot.state import KEPT_FOR, State
from knowledge.model import Answer, Outcome
from tests.bot.state.conftest import OpenState, TurnedClock
from tests.fakes import WordOverlapAnswerer

QUESTION = "What are the security risks of widely available model weights?"
HERE, THERE = 2**62, 2**62 + 1


def answer(outcome: Outcome | None = None) -> Answer:
    found = WordOverlapAnswerer().answer(QUESTION)
    return replace(found, outcome=outcome) if outcome else found


def shown(state: State, guild_id: int | None = HERE, *, ephemeral: bool = False) -> str:
    given = answer()
    state.records.keep(given, guild_id=guild_id, ephemeral=ephemeral)
    state.records.locate(given.id, channel_id=2**62 + 2, message_id=2**62 + 3)
    return given.id


def test_evidence_survives_closing_the_database(open_again: OpenState) -> None:
    given = answer()
    first = open_again()
    first.records.keep(given)
    first.records.locate(given.id, channel_id=2**62, message_id=2**62 + 1)
    first.close()
    evidence = open_again().records.evidence(given.id)
    assert evidence is not None
    assert evidence.build == given.build
    assert evidence.cited == tuple(map(CitedPassage.of, given.citations))


def test_an_unknown_answer_has_no_evidence(state: State) -> None:
    assert state.records.evidence("never") is None


def test_old_answers_are_forgotten_and_young_ones_kept(state: State, clock: TurnedClock) -> None:
    old, young = answer(), answer()
    state.records.keep(old)
    clock.turn(hours=2)
    state.records.keep(young)
    clock.turn(days=KEPT_FOR.days, hours=-1)
    assert state.records.forget_old() == 1
    assert state.records.evidence(old.id) is None
    assert state.records.evidence(young.id) is not None


def test_a_deleted_answer_is_forgotten(state: State) -> None:
    given = shown(state)
    state.records.forget(given)
    assert state.records.evidence(given) is None


def test_counts_tell_each_guild_only_of_itself(state: State, clock: TurnedClock) -> None:
    given: list[tuple[Outcome, int | None, int]] = [
        ("answered", HERE, 100),
        ("answered", HERE, 300),
        ("abstained", HERE, 5000),
        ("declined", THERE, 1),
        ("answered", None, 7),
    ]
    for outcome, guild_id, milliseconds in given:
        state.records.keep(answer(outcome), guild_id=guild_id, milliseconds=milliseconds)
        clock.turn(days=1)
    counts = state.records.counts(HERE, 7)
    assert (counts.answered, counts.abstained, counts.declined) == (2, 1, 0)
    assert counts.median_ms == 200
    assert [day.day for day in counts.days][::6] == [date(2026, 11, 22), date(2026, 11, 28)]
    assert [day.answered for day in counts.days] == [0, 1, 1, 0, 0, 0, 0]
    assert [day.abstained for day in counts.days] == [0, 0, 0, 1, 0, 0, 0]
    assert state.records.counts(None, 7).answered == 1
    assert state.records.counts(THERE, 7).declined == 1
    assert state.records.counts(THERE, 7).median_ms is None
    assert state.records.counts(HERE, 1).answered == 0


def test_only_answers_that_others_see_are_to_correct_and_know_their_corrections(
    state: State,
) -> None:
    seen = shown(state)
    shown(state, ephemeral=True)
    state.records.keep(answer(), guild_id=HERE)  # its message was never found
    (found,) = state.records.to_correct()
    assert found.corrected_for == frozenset()
    assert (found.answer_id, found.guild_id, found.message_id) == (seen, HERE, 2**62 + 3)
    assert [cited.source_id for cited in found.cited] == ["eo-14110", "openness-letter"]
    state.records.mark_corrected(seen, {"retracted:eo-14110", "changed:openness-letter"})
    (found,) = state.records.to_correct()
    assert found.corrected_for == {"retracted:eo-14110", "changed:openness-letter"}


def test_answers_to_correct_come_in_pages_and_old_ones_not_at_all(
    state: State, clock: TurnedClock
) -> None:
    old = shown(state)
    clock.turn(days=KEPT_FOR.days, seconds=1)
    young = {shown(state) for _ in range(5)}
    pages = []
    after = ""
    while page := state.records.to_correct(after=after, limit=2):
        pages.append([each.answer_id for each in page])
        after = pages[-1][-1]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {each for page in pages for each in page} == young
    assert old not in young


@pytest.mark.parametrize("text", ["nul \x00", "lone \ud800", "emoji 😀 and אבג"])
def test_passages_with_odd_characters_come_back_as_they_were(state: State, text: str) -> None:
    given = answer()
    first, *others = given.citations
    source = replace(first.passage.source, title=text)
    odd = replace(first, passage=replace(first.passage, source=source))
    state.records.keep(replace(given, citations=(odd, *others)))
    evidence = state.records.evidence(given.id)
    assert evidence is not None
    assert evidence.cited[0].title == text
