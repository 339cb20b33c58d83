"""Reads what a provider's library made of a reply."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.chat.faults import EMPTY, MALFORMED, OVERLONG, REFUSED, Fault
from knowledge.chat.model import Reply
from knowledge.chat.prices import Price
from knowledge.model import Spent

MOST_TEXT_BYTES = 64 * 1024
_CUT = frozenset({"length", "max_tokens", "model_context_window_exceeded"})
_REFUSED = frozenset({"content_filter", "refusal"})
# Models that think aloud do so between these marks where their server does not take it out.
_THOUGHT = re.compile(r"^\s*<think>.*?(?:</think>|\Z)", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unusable:
    """A reply that is none, and what it cost nevertheless."""

    fault: Fault
    spent: Spent | None


def read_reply(message: Any, price: Price | None) -> Reply | Unusable:
    """What a message of LangChain says, in plain words.

    Args:
        message: an `AIMessage`.
        price: of the model, if it is known.
    """
    reported = getattr(message, "usage_metadata", None)
    spent = _spent(reported, price)
    told: Mapping[str, Any] = message.response_metadata
    ended = {str(told.get(name)) for name in ("finish_reason", "stop_reason", "done_reason")}
    fault: Fault | None = None
    text = message.text
    if not isinstance(text, str):
        fault, text = MALFORMED, ""
    text = _THOUGHT.sub("", text).strip()
    if ended & _REFUSED or message.additional_kwargs.get("refusal"):
        fault = REFUSED
    elif len(text.encode("utf-8", "replace")) > MOST_TEXT_BYTES:
        fault = OVERLONG
    elif fault is None and not text:
        fault = EMPTY
    if fault is not None:
        return Unusable(fault=fault, spent=spent if reported else None)
    return Reply(text=text, spent=spent, cut=bool(ended & _CUT))


def _spent(reported: Mapping[str, Any] | None, price: Price | None) -> Spent:
    """What was used, by the provider's report only; without one, dollars are known of free ones."""
    used = reported or {}
    tokens = [max(0, int(used.get(name) or 0)) for name in ("input_tokens", "output_tokens")]
    known = price is not None and (bool(reported) or price.input == price.output == 0)
    return Spent(
        input_tokens=tokens[0],
        output_tokens=tokens[1],
        dollars=price.of(*tokens) if price is not None and known else None,
    )
