from typing import Any

import discord
import pytest

from bot.rights import is_operator
from bot.settings import BotSettings
from knowledge.errors import SettingsError
from knowledge.settings import read_settings
from tests.bot.world import MakeBot, settings_in, world_of

OWNER, ADMIN, READER, INVITED, LEADER, NOBODY = range(101, 107)


def person(person_id: int) -> dict[str, Any]:
    return {"id": str(person_id), "username": "x", "discriminator": "0", "avatar": None}


def member(person_id: int, role: str, state: int = 2) -> dict[str, Any]:
    return {
        "user": person(person_id),
        "role": role,
        "membership_state": state,
        "permissions": [],
        "team_id": "1",
    }


TEAM = {
    "id": "1",
    "name": "Team",
    "icon": None,
    "owner_user_id": str(LEADER),
    "members": [
        member(ADMIN, "admin"),
        member(READER, "read_only"),
        member(INVITED, "admin", 1),
    ],
}


def application(bot: Any, team: dict[str, Any] | None) -> discord.AppInfo:
    data: Any = {
        "id": "1",
        "name": "Caveat",
        "description": "",
        "icon": None,
        "owner": person(OWNER),
        "team": team,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "flags": 0,
    }
    return discord.AppInfo(bot._connection, data)  # noqa: SLF001


async def test_the_owner_and_curators_care_for_the_library(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        owned = application(world.bot, None)
    assert is_operator(owned, frozenset(), OWNER)
    assert not is_operator(owned, frozenset(), NOBODY)
    assert is_operator(owned, frozenset({NOBODY}), NOBODY)
    assert is_operator(None, frozenset({NOBODY}), NOBODY)
    assert not is_operator(None, frozenset(), OWNER)


async def test_of_a_team_those_who_may_change_the_application_do(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        owned = application(world.bot, TEAM)
    people = (ADMIN, LEADER, READER, INVITED, NOBODY)
    assert [is_operator(owned, frozenset(), each) for each in people] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_curators_are_ids_between_commas(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    ids = "123456789012345678, 234567890123456789,"
    assert settings_in(tmp_path, CURATOR_IDS=ids).curator_ids == {
        123456789012345678,
        234567890123456789,
    }
    assert settings_in(tmp_path, CURATOR_IDS="").curator_ids == frozenset()
    monkeypatch.setenv("CURATOR_IDS", "grace")
    with pytest.raises(SettingsError, match=r"CURATOR_IDS: .*Discord user ids"):
        read_settings(BotSettings)
