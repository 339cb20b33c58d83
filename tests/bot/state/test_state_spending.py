from datetime import UTC, datetime, timedelta

import pytest

from bot.state import Person, Spending, SpendingStore, State
from bot.state.spending import KEPT_FOR
from knowledge.model import Spent

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
SPENT = Spent(input_tokens=100, output_tokens=10, dollars=0.0123456)


def store(state: State, now: datetime = NOW) -> SpendingStore:
    return SpendingStore(state.engine, lambda: now)


def test_what_was_used_is_counted_by_server_and_day(state: State) -> None:
    store(state, NOW - timedelta(days=3)).add(1, SPENT, end="written")  # another month
    for end in ("written", "quoted", None):
        store(state).add(1, SPENT, end=end)
    store(state).add(None, Spent(input_tokens=5, output_tokens=5))
    assert store(state).counts(1, 1) == Spending(
        written=1, fallbacks=1, input_tokens=300, output_tokens=30, dollars=0.037038
    )
    assert store(state).counts(1, 30).written == 2
    assert store(state).counts(None, 1).unpriced_tokens == 10
    running = store(state).running(1)
    assert running.day == running.month
    assert running.everywhere == pytest.approx(0.037038)


def test_what_is_reserved_counts_until_it_is_known_what_was_used(state: State) -> None:
    reserved = store(state).reserve(1, 0.5)
    assert store(state).running(1).day.dollars == 0.5
    store(state).add(1, SPENT, end="written", reserved=reserved)
    assert store(state).counts(1, 1).dollars == pytest.approx(0.012346)
    late = store(state).reserve(None, 0.5)
    store(state, NOW + timedelta(days=1)).add(None, SPENT, reserved=late)  # past midnight
    assert store(state, NOW + timedelta(days=1)).counts(None, 2).dollars == pytest.approx(0.012346)


def test_what_was_reserved_for_a_server_that_is_gone_is_not_given_back(state: State) -> None:
    reserved = store(state).reserve(1, 0.5)
    state.purge(1)
    store(state).add(1, SPENT, reserved=reserved)
    assert store(state).counts(1, 1).dollars == pytest.approx(0.012346)


def test_old_days_are_forgotten_and_this_and_the_last_month_are_not(state: State) -> None:
    for back in (0, 61, KEPT_FOR.days + 1):
        store(state, NOW - timedelta(days=back)).add(1, SPENT)
    assert store(state).forget_old() == 1
    assert store(state).counts(1, 100).input_tokens == 200


def test_a_server_takes_its_costs_with_it_and_a_person_has_none(state: State) -> None:
    store(state).add(1, SPENT)
    store(state).add(None, SPENT)
    state.departures.present([2])
    with state.engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT guild_id FROM departures").scalars().all()
    assert left == [1]
    state.purge(1)
    assert store(state).counts(1, 1) == Spending()
    assert "spending" not in state.people.rows(Person(id=3, pseudonym="p", direct_channel=4))
    assert store(state).counts(None, 1).input_tokens == 100
