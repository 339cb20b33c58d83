"""Who may decide what the library takes in: it is shared by all servers."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import discord

from bot.faults import PASSING

REMEMBERED_FOR = 600.0  # seconds; who left the team decides no longer than this
PATIENCE = 2.0  # seconds; Discord wants an answer to a press within three

log = logging.getLogger(__name__)


class Operators:
    """The application's owner, or the members of its team that may change it, and the curators."""

    def __init__(
        self,
        curators: frozenset[int],
        application: Callable[[], Awaitable[discord.AppInfo]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Asks Discord nothing yet.

        Args:
            curators: ids of further people, chosen by whoever runs the bot.
            application: asks Discord for the application.
            clock: tells seconds.
        """
        self._curators = curators
        self._application = application
        self._clock = clock
        self._owners: frozenset[int] = frozenset()
        self._asked_at: float | None = None

    async def include(self, user_id: int) -> bool:
        """Whether a person is one of them; when Discord cannot tell, only curators are."""
        return user_id in self._curators or user_id in await self._present_owners()

    async def _present_owners(self) -> frozenset[int]:
        now = self._clock()
        if self._asked_at is not None and now - self._asked_at < REMEMBERED_FOR:
            return self._owners
        try:
            async with asyncio.timeout(PATIENCE):
                application = await self._application()
        except PASSING as error:
            log.warning("Discord does not tell who owns me (%s).", type(error).__name__)
            return frozenset()
        self._owners, self._asked_at = owners_of(application), now
        return self._owners


def owners_of(application: discord.AppInfo) -> frozenset[int]:
    """Ids of those who may change an application; of a team without invited and read-only ones."""
    team = application.team
    if team is None:
        return frozenset({application.owner.id})
    trusted = {discord.TeamMemberRole.admin, discord.TeamMemberRole.developer}
    members = {
        member.id
        for member in team.members
        if member.role in trusted
        and member.membership_state is discord.TeamMembershipState.accepted
    }
    return frozenset(members | ({team.owner_id} if team.owner_id else set()))
