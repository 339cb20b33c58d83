"""A small world of a server, its channels and its people, and what they do to the bot."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from simcord.backend import Backend, serializers
from simcord.backend.models import Channel, Guild, Interaction, Message
from simcord.interactions import base_payload

SLASH_COMMAND, BUTTON_PRESS = 2, 3  # types of an interaction
STRING_OPTION, BUTTON = 3, 2
COMMAND_ID = "4000"


class WallClock:
    """Lets Discord's deadlines be real: three seconds to acknowledge are three seconds."""

    def now(self) -> datetime:
        """The time of day."""
        return datetime.now(UTC)


@dataclass
class World:
    """A server with a channel.

    Attributes:
        said: every text that a person wrote or asked, for none of them may show in a log.
        asked_at: when each interaction happened, in seconds of the monotonic clock.
    """

    backend: Backend = field(default_factory=lambda: Backend(clock=WallClock()))  # type: ignore[arg-type]
    said: list[str] = field(default_factory=list)
    asked_at: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.guild: Guild = self.backend.create_guild("Test server")
        self.channel: Channel = self.backend.create_channel(self.guild.id, "general")

    def person(self, name: str = "ada") -> "Person":
        """Someone new in the server."""
        user = self.backend.make_user(name)
        self.backend.add_member(self.guild.id, user.id)
        return Person(world=self, identifier=user.id)

    def message(self, record: Interaction) -> Message | None:
        """The answer to an interaction, or None while the bot is thinking."""
        if record.message_id is None or record.loading:
            return None
        return self.backend.messages[record.channel_id].get(record.message_id)

    def replies(self, asked: Message) -> list[Message]:
        """The messages that refer to another."""
        return [
            message
            for message in self.backend.messages[asked.channel_id].values()
            if message.reference and int(message.reference["message_id"]) == asked.id
        ]

    def messages(self) -> list[Message]:
        """All that the bot shows."""
        return [
            message
            for channel in self.backend.messages.values()
            for message in channel.values()
            if message.author_id == self.backend.bot_user.id
        ]


@dataclass(frozen=True, kw_only=True)
class Person:
    """What a person does, each without waiting for what comes of it."""

    world: World
    identifier: int

    @property
    def direct_channel(self) -> Channel:
        """Where the person and the bot are alone."""
        return self.world.backend.get_dm_channel(self.identifier)

    def ask(self, question: str, channel: Channel | None = None) -> Interaction:
        """Uses `/ask`."""
        self.world.said.append(question)
        options = [{"name": "question", "type": STRING_OPTION, "value": question}]
        return self.command("ask", options, channel)

    def command(
        self, name: str, options: Sequence[dict[str, Any]] = (), channel: Channel | None = None
    ) -> Interaction:
        """Uses a command."""
        data = {"id": COMMAND_ID, "name": name, "type": 1, "options": list(options)}
        record, payload = self._interaction(SLASH_COMMAND, channel or self.world.channel, data)
        return self._happen(record, payload)

    def ask_too_late(self, question: str) -> Interaction:
        """Uses `/ask`, but Discord takes longer to tell than it lets the bot take to answer."""
        record = self.ask(question)
        record.initial_response_deadline = self.world.backend.now_iso()
        return record

    def write(self, text: str, channel: Channel | None = None) -> Message:
        """Writes a message."""
        self.world.said.append(text)
        place = channel or self.world.channel
        return self.world.backend.create_message(place.id, self.identifier, text)

    def mention(self, text: str, channel: Channel | None = None) -> Message:
        """Mentions the bot in front of a text."""
        self.world.said.append(text)
        return self.write(f"<@{self.world.backend.bot_user.id}> {text}", channel)

    def press(self, message: Message, label: str) -> Interaction:
        """Presses the button whose label holds these words, or whose emoji they are."""
        button = next(
            each
            for each in buttons(message.components)
            if label in (each.get("label") or (each.get("emoji") or {}).get("name") or "")
        )
        channel = self.world.backend.get_channel(message.channel_id)
        data = {"custom_id": button["custom_id"], "component_type": BUTTON}
        record, payload = self._interaction(BUTTON_PRESS, channel, data)
        record.source_message_id = message.id
        payload["message"] = dict(serializers.message_payload(self.world.backend, message))
        return self._happen(record, payload)

    def _interaction(
        self, kind: int, channel: Channel, data: dict[str, Any]
    ) -> tuple[Interaction, dict[str, Any]]:
        record, payload = base_payload(
            self.world.backend,
            type=kind,
            channel_id=channel.id,
            guild_id=channel.guild_id,
            user_id=self.identifier,
            data=data,
        )
        # "0" is an installation in a server, with the server's id, or 0 in a direct message
        payload["authorizing_integration_owners"] = {"0": str(channel.guild_id or 0)}
        return record, payload

    def _happen(self, record: Interaction, payload: dict[str, Any]) -> Interaction:
        self.world.asked_at[record.id] = time.monotonic()
        self.world.backend.emit("INTERACTION_CREATE", payload)
        return record


def buttons(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every button of a message, however deep it lies."""
    found = []
    for component in components:
        if component.get("type") == BUTTON:
            found.append(component)
        found += buttons(component.get("components") or [])
        found += buttons([component["accessory"]] if component.get("accessory") else [])
    return found
