"""What people leave in the databases, and how tests look for it."""

from typing import Any

import simcord
from sqlalchemy import inspect, text

from bot.settings import BotSettings
from bot.state import State
from bot.state.refusals import FREE
from tests.bot.presses import RISKS, mention, press
from tests.bot.world import World

PAGE = "https://www.example.org/report.pdf"


async def command(world: World, name: str, person: Any = None) -> simcord.ResponseMessage:
    """What somebody is told by a command, and nobody else sees."""
    result = await (person or world.person).slash(world.channel, name)
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


async def leave_traces(world: World, state: State) -> None:
    """Has the person do all that leaves something in a database."""
    asked = await mention(world, RISKS)
    await world.person.send_dm(RISKS)
    opened = await press(world, asked, "down")
    await world.person.submit_modal(opened, {"reason": ["wrong"], "comment": "No."})
    await world.person.slash(world.channel, "source suggest", url=PAGE)
    state.people.opt_out(state.pseudonyms.of(world.person.id))


def be_a_nuisance(world: World, state: State) -> None:
    """Has a server block the person, who also was refused again and again."""
    name = state.pseudonyms.of(world.person.id)
    state.blocks.block(404, [name])
    for _ in range(FREE + 1):
        state.refusals.refused(f"405:{name}")


async def forget(world: World) -> str:
    """Has everything of the person erased; what they are told."""
    asked = await command(world, "forget-me")
    done = await world.person.click(asked, custom_id="privacy:forget")
    assert done.response is not None
    return str(done.response.content)


def rows_about(state: State, *names: str) -> dict[str, list[str]]:
    """Every row of the database that holds one of these names, in whatever column, by table."""
    found: dict[str, list[str]] = {}
    with state.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608 - our tables
                if any(name in str(value) for value in row for name in names):
                    found.setdefault(table, []).append(str(row))
    return found


def files_of(settings: BotSettings) -> bytes:
    """All bytes of the databases that are files, their logs included."""
    return b"".join(path.read_bytes() for path in settings.data_dir.rglob("*.db*"))
