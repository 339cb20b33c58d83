"""What the rest of Caveat knows of a chat model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from knowledge.errors import CaveatError
from knowledge.model import Spent

Role = Literal["system", "user"]
FaultCode = Literal[
    "timeout",
    "rate-limit",
    "refused",
    "empty",
    "malformed",
    "overlong",
    "overflow",
    "key",
    "unreachable",
    "resting",
    "unusable",
    "failed",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message to a chat model."""

    role: Role
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What a chat model said.

    Attributes:
        text: never empty.
        spent: as the provider reported it; zeros when it reported nothing.
        cut: whether the model ran out of tokens, so that its last sentence may not be whole.
    """

    text: str
    spent: Spent
    cut: bool = False


class ChatError(CaveatError):
    """A chat model gave no usable reply; the message never holds a key, a prompt or a reply.

    Attributes:
        code: why. "rate-limit": too many requests, or the provider's quota is used up. "refused":
            the provider would not answer. "overlong": more text than is read. "overflow": the
            messages exceed the model's context. "key": it was not accepted. "resting": earlier
            calls failed, and the model is left alone for a while. "unusable": the settings name
            none that can be asked. "failed": anything else.
        spent: what the failed call used, where the provider said so.
    """

    def __init__(self, code: FaultCode, message: str, spent: Spent | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.spent = spent


class Chat(Protocol):
    """A chat model; safe to use from several threads at once."""

    @property
    def name(self) -> str:
        """As configured, such as "openai:gpt-4o-mini"."""
        ...

    @property
    def local(self) -> bool:
        """Whether it runs on this machine or in its own network, so that nobody else is told."""
        ...

    def reply(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Reply:
        """What the model says; blocks, retries included, for at most about `seconds`.

        Raises:
            ChatError: when there is no usable reply.
        """
        ...
