"""Speaks with the chat model that the operator chose, within limits."""

from knowledge.chat.describing import ChatDescription, describe_chat
from knowledge.chat.model import Chat, ChatError, FaultCode, Message, Reply
from knowledge.chat.opening import open_chat
from knowledge.chat.terms import Terms, terms_of

__all__ = [
    "Chat",
    "ChatDescription",
    "ChatError",
    "FaultCode",
    "Message",
    "Reply",
    "Terms",
    "describe_chat",
    "open_chat",
    "terms_of",
]
