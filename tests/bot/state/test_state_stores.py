import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from bot.state import Demand, Full, GuildSettings, MemoryUses, NewFeedback, State
from bot.state import guilds as guilds_module
from bot.state import uses as uses_module
from bot.state.schema import feedback, guild_settings
from tests.bot.state.conftest import OpenState, TurnedClock
from tests.fakes import WordOverlapAnswerer

HERE, THERE = 2**62, 2**62 + 1
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CHOSEN = GuildSettings(
    answer_channels=frozenset({1, 2**62}),
    threads="always",
    forums=frozenset({3}),
    language="de",
    private_answers=True,
    exempt_roles=frozenset({4}),
    direct_messages=False,
    per_user_minute=1,
    per_user_day=2,
    per_channel_minute=3,
    per_guild_day=4,
)


def test_a_guild_that_chose_nothing_has_the_defaults(state: State) -> None:
    assert state.guilds.read(HERE) == GuildSettings()


def test_settings_survive_a_restart_and_stay_in_their_guild(open_again: OpenState) -> None:
    state = open_again()
    assert state.guilds.read(HERE) == GuildSettings()
    state.guilds.write(HERE, CHOSEN)
    assert state.guilds.read(HERE) == CHOSEN
    state.guilds.write(HERE, replace(CHOSEN, language=None))
    state.guilds.write(HERE, CHOSEN)
    again = open_again()
    assert again.guilds.read(HERE) == CHOSEN
    assert again.guilds.read(THERE) == GuildSettings()


def test_changes_of_different_settings_at_once_are_all_kept(open_again: OpenState) -> None:
    states = [open_again(), open_again()]  # as two processes would

    def raise_limit(state: State, name: str) -> None:
        for _ in range(10):
            state.guilds.change(HERE, lambda now: replace(now, **{name: getattr(now, name) + 1}))

    names = ("per_user_minute", "per_user_day", "per_channel_minute", "per_guild_day")
    threads = [
        threading.Thread(target=raise_limit, args=(states[number % 2], name))
        for number, name in enumerate(names)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    before, after = GuildSettings(), open_again().guilds.read(HERE)
    assert [getattr(after, name) - getattr(before, name) for name in names] == [10] * 4


def test_a_change_that_cannot_be_leaves_everything_as_it_was(open_again: OpenState) -> None:
    state = open_again()
    assert state.guilds.change(HERE, lambda _: CHOSEN) == CHOSEN
    with pytest.raises(ValueError, match="per_user_day"):
        state.guilds.change(HERE, lambda now: replace(now, per_user_day=0))
    assert state.guilds.read(HERE) == CHOSEN
    assert state.guilds.read(THERE) == GuildSettings()


def test_settings_are_read_from_the_database_once(state: State) -> None:
    state.guilds.read(HERE)
    with state.engine.begin() as connection:
        connection.execute(text("DROP TABLE guild_settings"))
    assert state.guilds.read(HERE) == GuildSettings()


def test_only_so_many_settings_stay_in_memory(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guilds_module, "MOST_REMEMBERED", 2)
    for guild_id in (1, 2, 3):
        state.guilds.read(guild_id)
    assert list(state.guilds._remembered) == [2, 3]  # noqa: SLF001


def test_a_setting_of_another_version_falls_back_alone(open_again: OpenState) -> None:
    state = open_again()
    state.guilds.write(HERE, CHOSEN)
    odd = {"threads": "sometimes", "per_user_day": -1, "language": "de", "new": 1}
    with state.engine.begin() as connection:
        connection.execute(update(guild_settings).values(settings=odd))
    assert open_again().guilds.read(HERE) == GuildSettings(language="de")


def given(
    verdict: str = "down", answer_id: str = "a", guild_id: int | None = HERE, person: str = "p"
) -> NewFeedback:
    down = verdict == "down"
    return NewFeedback(
        answer_id=answer_id,
        guild_id=guild_id,
        person=person,
        verdict="down" if down else "up",
        reason="wrong" if down else None,
        comment=" It is\x00 not so. " if down else None,
        reporter_id=2**62 + 9,
    )


def test_a_report_waits_in_the_queue_of_its_guild_only(state: State) -> None:
    answer = WordOverlapAnswerer().answer("security risks of widely available model weights")
    state.records.keep(answer, guild_id=HERE)
    state.records.locate(answer.id, channel_id=5, message_id=6)
    state.feedback.add(given(answer_id=answer.id))
    state.feedback.add(given("up", person="q"))
    state.feedback.add(given(guild_id=None))
    (report,) = state.feedback.queue(HERE)
    assert (report.reason, report.comment) == ("wrong", "It is not so.")
    assert (report.channel_id, report.message_id) == (5, 6)
    assert report.reporter_id == 2**62 + 9
    assert state.feedback.queue(THERE) == ()
    assert state.feedback.open_report(report.id, guild_id=THERE) is None
    assert state.feedback.open_report(report.id, guild_id=HERE) == report
    assert len(state.feedback.queue(None)) == 1


def test_each_person_has_one_verdict_on_an_answer(state: State) -> None:
    for verdict in ("up", "down", "up"):
        state.feedback.add(given(verdict))
    counts = state.feedback.counts(HERE)
    assert (counts.up, counts.down, counts.open) == (1, 0, 0)
    with state.engine.connect() as connection:
        (row,) = connection.execute(select(feedback)).mappings().all()
    assert (row["comment"], row["reporter_id"], row["reason"]) == (None, None, None)
    state.feedback.add(given(person="q"))
    counts = state.feedback.counts(HERE)
    assert (counts.up, counts.down, counts.open) == (1, 1, 1)
    assert state.feedback.counts(THERE) == replace(counts, up=0, down=0, open=0)


def test_a_report_is_resolved_by_its_own_guild_once(state: State) -> None:
    state.feedback.add(given())
    (report,) = state.feedback.queue(HERE)
    assert not state.feedback.resolve(report.id, "no", guild_id=THERE)
    assert not state.feedback.resolve(report.id, "no", guild_id=None)
    assert state.feedback.untold() == ()
    assert state.feedback.resolve(report.id, "The source was replaced.", guild_id=HERE)
    assert not state.feedback.resolve(report.id, "again", guild_id=HERE)
    assert state.feedback.queue(HERE) == ()
    assert state.feedback.counts(HERE).open == 0
    (told,) = state.feedback.untold()
    assert (told.resolution, told.reporter_id) == ("The source was replaced.", 2**62 + 9)


def test_a_report_is_dismissed_by_its_own_guild_and_nobody_is_told(state: State) -> None:
    state.feedback.add(given())
    (report,) = state.feedback.queue(HERE)
    assert not state.feedback.dismiss(report.id, guild_id=THERE)
    assert state.feedback.dismiss(report.id, guild_id=HERE)
    assert not state.feedback.dismiss(report.id, guild_id=HERE)
    assert state.feedback.queue(HERE) == ()
    assert state.feedback.untold() == ()
    with state.engine.connect() as connection:
        assert connection.execute(select(feedback.c.reporter_id)).scalar() is None


def test_the_queue_is_read_in_pages(state: State) -> None:
    for number in range(3):
        state.feedback.add(given(answer_id=f"a{number}"))
    pages = [state.feedback.queue(HERE, limit=1, after=number) for number in range(4)]
    assert [[report.answer_id for report in page] for page in pages] == [["a0"], ["a1"], ["a2"], []]


def test_the_reporter_is_forgotten_when_told(state: State) -> None:
    state.feedback.add(given())
    (report,) = state.feedback.queue(HERE)
    state.feedback.resolve(report.id, "Done.", guild_id=HERE)
    state.feedback.mark_told(report.id)
    assert state.feedback.untold() == ()
    with state.engine.connect() as connection:
        assert connection.execute(select(feedback.c.reporter_id)).scalar() is None


def test_a_reporter_is_not_kept_for_ever(state: State, clock: TurnedClock) -> None:
    state.feedback.add(given())
    clock.turn(days=89)
    assert state.feedback.forget_old() == 0
    clock.turn(days=2)
    assert state.feedback.forget_old() == 1
    (report,) = state.feedback.queue(HERE)
    assert report.reporter_id is None
    assert state.feedback.counts(HERE).down == 0
    assert state.feedback.counts(HERE).open == 1
    clock.turn(days=275)
    state.feedback.forget_old()
    assert state.feedback.counts(HERE).open == 0


def test_a_use_is_taken_from_all_windows_or_from_none(state: State, clock: TurnedClock) -> None:
    mine = Demand(scope="user", key="p", window=MINUTE, most=1)
    all_of_us = Demand(scope="guild", key="g", window=DAY, most=2)
    for uses in (state.uses, MemoryUses(clock)):
        assert uses.take([all_of_us, mine]) is None
        until = int(clock().timestamp()) + 60
        assert uses.take([all_of_us, mine]) == Full(demand=mine, until=until)
        assert uses.take([all_of_us]) is None
        full = uses.take([all_of_us])
        assert full is not None
        assert full.until == int(clock().timestamp()) + 12 * 3600


def test_what_is_counted_in_memory_is_bounded(
    clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uses_module, "MOST_IN_MEMORY", 3)
    uses = MemoryUses(clock)
    for person in range(10):
        uses.take([Demand(scope="user", key=str(person), window=MINUTE, most=1)])
    assert len(vars(uses)["_counts"]) == 3


def test_uses_are_counted_by_window_and_survive_a_restart(
    open_again: OpenState, clock: TurnedClock
) -> None:
    state = open_again()
    clock.turn(seconds=15)
    assert state.uses.count("user", "p", MINUTE).count == 1
    use = open_again().uses.count("user", "p", MINUTE)
    assert (use.count, use.seconds_left) == (2, 45)
    assert state.uses.count("user", "p", DAY).count == 1
    assert state.uses.count("user", "q", MINUTE).count == 1
    assert state.uses.count("guild", "p", MINUTE).count == 1
    clock.turn(seconds=45)
    assert state.uses.count("user", "p", MINUTE).count == 1
    assert state.uses.count("user", "p", DAY).count == 2


def test_windows_that_ended_are_forgotten(state: State, clock: TurnedClock) -> None:
    state.uses.count("user", "p", MINUTE)
    state.uses.count("user", "p", DAY)
    clock.turn(seconds=60)
    assert state.uses.forget_old() == 1
    assert state.uses.count("user", "p", DAY).count == 2


def test_uses_at_once_are_all_counted(open_again: OpenState) -> None:
    states = [open_again(), open_again()]
    counts: list[int] = []

    def use(state: State) -> None:
        counts.extend(state.uses.count("guild", "g", DAY).count for _ in range(10))

    threads = [threading.Thread(target=use, args=(states[n % 2],)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(counts) == list(range(1, 61))


def test_pseudonyms_last_and_tell_nothing_of_the_person(
    open_again: OpenState, state: State
) -> None:
    person = 123456789012345678
    name = state.pseudonyms.of(person)
    assert open_again().pseudonyms.of(person) == name
    assert state.pseudonyms.of(person + 1) != name
    assert str(person) not in name
    assert len(name) == 32


def test_what_was_synced_is_remembered_by_scope(state: State) -> None:
    assert state.syncs.synced() == {}
    state.syncs.mark_synced("old")
    state.syncs.mark_synced("new")
    state.syncs.mark_synced("other", "123")
    assert state.syncs.synced() == {"global": "new", "123": "other"}
