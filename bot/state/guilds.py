"""What the people who manage a server chose for it."""

import dataclasses
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError
from sqlalchemy import Engine, select, update

from bot.state.schema import guild_settings
from bot.state.writing import Clock, stamp, upsert, utc_now

MOST_REMEMBERED = 5_000  # guilds whose settings stay in memory; a few hundred bytes each

MOST_DOLLARS = 100_000

Limit = Annotated[int, Field(ge=1, le=1_000_000)]
Cap = Annotated[float, Field(ge=0, le=MOST_DOLLARS, allow_inf_nan=False)]


@dataclass(frozen=True, kw_only=True, slots=True)
class GuildSettings:
    """The settings of a server; the defaults are those of a server that chose nothing.

    Attributes:
        answer_channels: where it answers; empty means everywhere.
        threads: whether each answer to a mention opens a thread of its own.
        forums: channels whose posts are answered once by themselves.
        language: of answers to messages, such as "de"; None follows the server's own.
        private_answers: whether answers to commands are shown to the asker only.
        exempt_roles: whose members no limit holds back.
        direct_messages: whether its members may ask in direct messages.
        per_user_minute, per_user_day: questions that one person may ask.
        per_channel_minute, per_guild_day: questions that all may ask together.
        dollars_per_day, dollars_per_month: that a chat model may cost; 0 for no model, None for
            no cap.
    """

    answer_channels: frozenset[int] = frozenset()
    threads: Literal["never", "always"] = "never"
    forums: frozenset[int] = frozenset()
    language: str | None = None
    private_answers: bool = False
    exempt_roles: frozenset[int] = frozenset()
    direct_messages: bool = True
    per_user_minute: Limit = 5
    per_user_day: Limit = 100
    per_channel_minute: Limit = 60
    per_guild_day: Limit = 2_000
    dollars_per_day: Cap | None = None
    dollars_per_month: Cap | None = None


_FORM = TypeAdapter(GuildSettings)


class GuildStore:
    """Reads and writes the settings of servers, and remembers what it read."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now
        self._remembered: OrderedDict[int, GuildSettings] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, guild_id: int) -> GuildSettings:
        """The settings of a server; the defaults when it chose nothing."""
        with self._lock:
            if guild_id in self._remembered:
                self._remembered.move_to_end(guild_id)
                return self._remembered[guild_id]
            query = select(guild_settings.c.settings).where(guild_settings.c.guild_id == guild_id)
            with self._engine.connect() as connection:
                settings = _read(connection.execute(query).scalar() or {})
            self._remember(guild_id, settings)
            return settings

    def write(self, guild_id: int, settings: GuildSettings) -> None:
        """Stores all settings of a server."""
        row = {
            "settings": _FORM.dump_python(settings, mode="json"),
            "changed_at": stamp(self._now()),
        }
        with self._lock:
            self._remembered.pop(guild_id, None)  # what was stored is not known if this fails
            with self._engine.begin() as connection:
                whole = {"guild_id": guild_id, **row}
                connection.execute(
                    upsert(connection, guild_settings, whole, keys=["guild_id"], change=row)
                )
            self._remember(guild_id, settings)

    def change(
        self, guild_id: int, change: Callable[[GuildSettings], GuildSettings]
    ) -> GuildSettings:
        """Stores what the function makes of the settings as they are; what they are then.

        Reading and writing are one transaction, so that two people who change different
        settings at once both get their way. The function is quick and free of side effects.

        Raises:
            ValueError: when it makes settings that cannot be, such as a limit of 0.
        """
        table, whose = guild_settings, guild_settings.c.guild_id == guild_id
        now = {"changed_at": stamp(self._now())}
        with self._lock:
            self._remembered.pop(guild_id, None)
            with self._engine.begin() as connection:
                # the first statement writes: whoever else changes these settings waits here
                mine = {"guild_id": guild_id, "settings": {}, **now}
                connection.execute(upsert(connection, table, mine, keys=["guild_id"], change=now))
                stored = connection.execute(select(table.c.settings).where(whose)).scalar_one()
                changed = dataclasses.asdict(change(_read(stored)))
                settings = _FORM.validate_python(changed)
                row = {"settings": _FORM.dump_python(settings, mode="json")}
                connection.execute(update(table).where(whose).values(row))
            self._remember(guild_id, settings)
            return settings

    def forget_read(self, guild_id: int) -> None:
        """Reads the settings of a server anew the next time, as they were deleted elsewhere."""
        with self._lock:
            self._remembered.pop(guild_id, None)

    def _remember(self, guild_id: int, settings: GuildSettings) -> None:
        self._remembered[guild_id] = settings
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.popitem(last=False)


def _read(stored: Mapping[str, Any]) -> GuildSettings:
    """The settings; the default for each that a later or earlier version wrote otherwise."""
    names = {field.name for field in dataclasses.fields(GuildSettings)}
    known = {name: value for name, value in stored.items() if name in names}
    try:
        return _FORM.validate_python(known)
    except ValidationError as error:
        unusable = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
        return _FORM.validate_python(
            {name: value for name, value in known.items() if name not in unusable}
        )
