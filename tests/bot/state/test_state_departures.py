from datetime import timedelta

from sqlalchemy import select

from bot.state import GRACE, Demand, GuildSettings, NewFeedback, State
from bot.state.departures import DepartureStore
from bot.state.schema import metadata
from tests.bot.state.conftest import TurnedClock
from tests.fakes import WordOverlapAnswerer

HERE, THERE = 101, 102
WHILE = timedelta(days=400)


def fill(state: State, guild_id: int) -> None:
    answer = WordOverlapAnswerer().answer("security risks of widely available model weights")
    state.records.keep(answer, guild_id=guild_id)
    state.guilds.write(guild_id, GuildSettings(language="de"))
    state.feedback.add(
        NewFeedback(answer_id=answer.id, guild_id=guild_id, person="p", verdict="up")
    )
    state.blocks.block(guild_id, ["p"])
    state.syncs.mark_synced("digest", str(guild_id))
    for scope, key in (("guild", f"{guild_id}"), ("user", f"{guild_id}:p"), ("welcome", "1")):
        state.uses.take([Demand(scope=scope, key=key, window=WHILE, most=9)])


def rows(state: State) -> dict[str, int]:
    with state.engine.connect() as connection:
        return {
            name: len(connection.execute(select(table)).all())
            for name, table in metadata.tables.items()
        }


def test_everything_of_a_server_is_deleted_when_it_stayed_away(
    state: State, clock: TurnedClock
) -> None:
    fill(state, THERE)
    alone = rows(state)
    fill(state, HERE)
    state.departures.left(HERE)
    clock.turn(days=GRACE.days - 1)
    state.departures.left(HERE)  # which does not begin the time anew
    assert state.departures.due() == ()
    clock.turn(days=2)
    assert state.departures.due() == (HERE,)
    state.purge(HERE)
    assert rows(state) == alone
    assert state.guilds.read(HERE) == GuildSettings()
    assert state.blocks.blocked(HERE) == frozenset()
    assert state.guilds.read(THERE).language == "de"
    assert state.blocks.blocked(THERE) == {"p"}


def test_a_server_that_comes_back_keeps_everything(state: State, clock: TurnedClock) -> None:
    fill(state, HERE)
    state.departures.left(HERE)
    clock.turn(days=GRACE.days + 1)
    state.departures.back(HERE)
    assert state.departures.due() == ()
    assert state.blocks.blocked(HERE) == {"p"}


def test_what_happened_while_the_bot_was_away_is_found_out(
    state: State, clock: TurnedClock
) -> None:
    fill(state, HERE)
    fill(state, THERE)
    state.departures.left(HERE)
    state.departures.present([HERE])
    clock.turn(days=GRACE.days + 1)
    assert state.departures.due() == (THERE,)
    assert isinstance(state.departures, DepartureStore)
