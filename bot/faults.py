"""What can go wrong between the bot and Discord, in one sentence each."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from knowledge.errors import CaveatError

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
TOKEN_REFUSED = 4004
SHARDING_REQUIRED = 4011
INTENTS_REFUSED = (4013, 4014)
LASTING_CODES = (TOKEN_REFUSED, SHARDING_REQUIRED, *INTENTS_REFUSED)

# what passes by itself: the network, or Discord having a bad day
PASSING = (
    OSError,
    TimeoutError,
    aiohttp.ClientError,
    discord.GatewayNotFound,
    discord.HTTPException,
    discord.ConnectionClosed,
)


class TokenRefusedError(CaveatError):
    """Discord does not know the token."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "Discord refused the token. Reset it at https://discord.com/developers/applications "
            "(your application, Bot, Reset Token) and put the new one into DISCORD_TOKEN."
        )


class IntentsRefusedError(CaveatError):
    """Discord does not grant the intents."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "Discord refused the intents that were asked for. FOLLOW_THREADS=yes needs the Message "
            "Content Intent (https://discord.com/developers/applications, your application, Bot); "
            "without it Caveat asks for the default ones only."
        )


class ShardingRequiredError(CaveatError):
    """The bot is in more guilds than one connection may serve."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("Discord asks for sharding: the bot is in more than 2,500 servers.")


class DiscordRefusedError(CaveatError):
    """Discord did not do what it was asked for."""


class DiscordUnreachableError(CaveatError):
    """Discord cannot be reached at the moment."""


def lasting_fault(error: Exception) -> CaveatError | None:
    """The sentence for an error that no retry mends, or None when one may."""
    if isinstance(error, discord.LoginFailure):
        return TokenRefusedError()
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return IntentsRefusedError()
    if not isinstance(error, discord.ConnectionClosed) or error.code not in LASTING_CODES:
        return None
    if error.code == TOKEN_REFUSED:
        return TokenRefusedError()
    if error.code == SHARDING_REQUIRED:
        return ShardingRequiredError()
    return IntentsRefusedError()


def passing_reason(error: BaseException) -> str:
    """An error from the network or from Discord in a few words."""
    if isinstance(error, discord.HTTPException):
        return f"HTTP {error.status} {error.text}".strip()
    return f"{type(error).__name__} {error}".strip()


@contextmanager
def expected_faults() -> Iterator[None]:
    """Turns what Discord and the network may raise into errors with one sentence."""
    try:
        yield
    except (discord.LoginFailure, discord.PrivilegedIntentsRequired, *PASSING) as error:
        lasting = lasting_fault(error)
        if lasting is not None:
            raise lasting from error
        if isinstance(error, discord.HTTPException) and not isinstance(
            error, discord.DiscordServerError
        ):
            raise DiscordRefusedError(f"Discord refused ({passing_reason(error)}).") from error
        raise DiscordUnreachableError(
            f"Discord cannot be reached ({passing_reason(error)}). Try again later."
        ) from error
