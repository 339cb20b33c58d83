from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.delivery import PAUSES, deliver


def refusal(status: int) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="")
    return discord.HTTPException(response, "no")


async def delivered(*statuses: int) -> tuple[str, list[float]]:
    """What comes of a delivery that fails so often, and how long it waited each time."""
    left = [refusal(status) for status in statuses]
    slept: list[float] = []

    async def send() -> str:
        if left:
            raise left.pop(0)
        return "sent"

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    return await deliver(send, sleep=sleep), slept


async def test_what_discord_does_not_take_is_sent_again_after_growing_pauses() -> None:
    assert await delivered() == ("sent", [])
    assert await delivered(429, 503) == ("sent", list(PAUSES[:2]))


@pytest.mark.parametrize("statuses", [(400,), (403,), (404,), (503, 404), (429,) * 4])
async def test_what_discord_refuses_or_never_takes_is_given_up(statuses: tuple[int, ...]) -> None:
    with pytest.raises(discord.HTTPException) as caught:
        await delivered(*statuses)
    assert caught.value.status == statuses[-1]
