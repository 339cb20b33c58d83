"""Tells an operator how the configured chat model fares."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knowledge.chat.model import ChatError, Message
from knowledge.chat.opening import open_called
from knowledge.settings import KnowledgeSettings

if TYPE_CHECKING:
    from knowledge.chat.calling import CalledModel
    from knowledge.chat.prices import Price

SECONDS = 10.0
_MOST_TOKENS = 16
_GREETING = Message(role="user", text="Answer with the word yes.")


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatDescription:
    """What `doctor` tells about the chat model.

    Attributes:
        why: one sentence on what was found.
        cure: one sentence on what to do, or "".
    """

    state: Literal["ok", "warn", "fail"]
    why: str
    cure: str = ""


def describe_chat(settings: KnowledgeSettings, seconds: float = SECONDS) -> ChatDescription:
    """How the model fares; it is asked one tiny thing, for at most so many seconds.

    Raises:
        SettingsError: with the cure, when it cannot be used as configured.
    """
    if not settings.chat_model.strip():
        return ChatDescription(
            state="ok", why="No chat model is configured (CHAT_MODEL): answers are quoted."
        )
    chat = open_called(settings)
    try:
        chat.reply([_GREETING], most_tokens=_MOST_TOKENS, seconds=seconds)
    except ChatError as error:
        if error.code == "empty":
            return _works(chat, "answers, though with nothing but thoughts to so small a question")
        if error.code == "timeout":
            return ChatDescription(
                state="warn",
                why=f"{chat.name} did not answer within {seconds:g} seconds.",
                cure="If it is only being loaded, run doctor again; else look into its log.",
            )
        found, _, cure = str(error).partition(": ")
        return ChatDescription(
            state="fail",
            why=f"{chat.name} does not answer: {found.removesuffix('.')}.",
            cure=f"{cure[:1].upper()}{cure[1:]}",
        )
    return _works(chat, "answers")


def _works(chat: "CalledModel", how: str) -> ChatDescription:
    host = chat.endpoint.host
    where = f"it is local ({host})" if chat.local else f"questions are sent to {host}"
    price = chat.price
    why = f"{chat.name} {how}; {where}; {_cost(price)}."
    if price is None:
        cure = "To have costs counted, name its price in a table of your own (CHAT_PRICES)."
        return ChatDescription(state="ok", why=why, cure=cure)
    return ChatDescription(state="ok", why=why)


def _cost(price: "Price | None") -> str:
    if price is None:
        return "its price is not known"
    if price.input == price.output == 0:
        return "it costs nothing"
    day = f", as of {price.as_of}" if price.as_of else ""
    return f"a million tokens cost ${price.input:g} to read and ${price.output:g} to write{day}"
