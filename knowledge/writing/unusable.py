"""Stands in for a chat model that is configured but cannot be used."""

from collections.abc import Sequence

from knowledge.chat import ChatError, Message, Reply


class UnusableChat:
    """Fails at once, whatever it is asked.

    Attributes:
        name: as configured.
        local: true, since nobody is told anything.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.local = True

    def reply(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Reply:
        """No reply.

        Raises:
            ChatError: always.
        """
        del messages, most_tokens, seconds
        raise ChatError("unusable", "The chat model cannot be used as configured: see doctor.")
