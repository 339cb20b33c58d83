"""Puts a question and its passages to a chat model, as data that can give it no orders."""

import secrets
from dataclasses import dataclass

from knowledge.chat import Message
from knowledge.sides import SIDES
from knowledge.support import Given
from knowledge.writing.manner import Depth, Manner
from knowledge.writing.material import given
from knowledge.writing.prepared import Prepared
from knowledge.writing.prompts import prompt

# three times what the text needs: models that think first use up tokens of the reply for it
MOST_TOKENS: dict[Depth, int] = {"brief": 1_200, "standard": 2_000, "deep": 4_000}
FENCE_BYTES = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What a chat model is asked.

    Attributes:
        fence: random digits on the lines around what is data; no passage can know them.
        given: the passages, as numbered for it.
    """

    messages: tuple[Message, ...]
    fence: str
    given: tuple[Given, ...]


def request(prepared: Prepared, manner: Manner) -> Request:
    """The request to write an answer."""
    fence = new_fence()
    numbered = given(prepared.passages)
    stances = {passage.source.stance for passage in prepared.passages}
    system = (
        prompt("write"),
        prompt(f"depth-{manner.depth}"),
        *((prompt("plain"),) if manner.plain else ()),
        *((prompt("sides"),) if stances.issuperset(SIDES) else ()),
    )
    words = " ".join(prepared.put.words.split())
    topic = " ".join(prepared.topic.split())
    asked = words if topic in ("", words) else f"{words}\n(that is: {topic})"
    text = prompt("request").format(
        question=fenced("question", asked, fence),
        passages="\n\n".join(
            fenced(f"passage [{each.number}]", f"{each.about}\n\n{each.text}", fence)
            for each in numbered
        ),
    )
    return Request(
        messages=(
            Message(role="system", text="\n\n".join(system)),
            Message(role="user", text=text),
        ),
        fence=fence,
        given=numbered,
    )


def new_fence() -> str:
    """Random digits, hexadecimal."""
    return secrets.token_hex(FENCE_BYTES)


def fenced(name: str, text: str, fence: str) -> str:
    """A text between two lines that it cannot forge."""
    return f"----- {name} {fence} -----\n{text}\n----- end {fence} -----"
