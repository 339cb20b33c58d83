from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest

from bot.browsing.operators import REMEMBERED_FOR, Operators, owners_of
from bot.settings import BotSettings
from knowledge.errors import SettingsError
from knowledge.settings import read_settings

OWNER, ADMIN, DEVELOPER, READER, INVITED, CURATOR = range(10**17, 10**17 + 6)
USER = {"username": "u", "discriminator": "0", "avatar": None}


def application(*, team: bool) -> discord.AppInfo:
    members = [
        {"user": {"id": str(who), **USER}, "role": role, "membership_state": state, "team_id": "1"}
        for who, role, state in (
            (ADMIN, "admin", 2),
            (DEVELOPER, "developer", 2),
            (READER, "read_only", 2),
            (INVITED, "admin", 1),
        )
    ]
    data: dict[str, Any] = {
        "id": "1",
        "name": "Caveat",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": {"id": str(OWNER), **USER},
        "team": {
            "id": "1",
            "name": "Team",
            "icon": None,
            "owner_user_id": str(OWNER),
            "members": members,
        }
        if team
        else None,
    }
    state: Any = discord.Client(intents=discord.Intents.none())._connection  # noqa: SLF001
    return discord.AppInfo(state, data)  # type: ignore[arg-type]  # as Discord sends it


def telling(told: list[discord.AppInfo | Exception]) -> Callable[[], Awaitable[discord.AppInfo]]:
    async def tell() -> discord.AppInfo:
        next_one = told.pop(0)
        if isinstance(next_one, Exception):
            raise next_one
        return next_one

    return tell


async def test_an_application_of_one_person_is_theirs() -> None:
    assert owners_of(application(team=False)) == {OWNER}


async def test_of_a_team_those_decide_who_may_change_the_application() -> None:
    assert owners_of(application(team=True)) == {OWNER, ADMIN, DEVELOPER}


async def test_curators_decide_although_discord_tells_nothing() -> None:
    operators = Operators(frozenset({CURATOR}), telling([OSError("down"), OSError("down")]))
    assert await operators.include(CURATOR)
    assert not await operators.include(OWNER)


async def test_who_left_the_team_does_not_decide_for_long() -> None:
    now = [0.0]
    told: list[discord.AppInfo | Exception] = [application(team=True), application(team=False)]
    operators = Operators(frozenset(), telling(told), clock=lambda: now[0])
    assert await operators.include(ADMIN)
    now[0] = REMEMBERED_FOR - 1
    assert await operators.include(ADMIN)
    now[0] = REMEMBERED_FOR + 1
    assert not await operators.include(ADMIN)
    assert told == []


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("", set()),
        ("123456789012345678", {123456789012345678}),
        (" 123456789012345678 , 234567890123456789,", {123456789012345678, 234567890123456789}),
    ],
)
def test_curators_are_named_by_their_ids(
    line: str, ids: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURATOR_IDS", line)
    assert read_settings(BotSettings).curator_ids == ids


@pytest.mark.parametrize("line", ["ada", "123", "123456789012345678;234567890123456789", "[1]"])
def test_what_is_no_id_is_told_by_the_name_of_the_setting(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURATOR_IDS", line)
    with pytest.raises(
        SettingsError, match=r"CURATOR_IDS: .*Discord user ids with commas"
    ) as error:
        read_settings(BotSettings)
    assert "ada" not in str(error.value)
