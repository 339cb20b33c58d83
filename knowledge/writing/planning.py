"""Has a chat model say what to search for, when a question leans on others or is several."""

import json
import logging
import re
import time
from collections.abc import Sequence

from knowledge.asked import Asked
from knowledge.chat import Chat, ChatError, Message
from knowledge.conversation import MOST_EARLIER
from knowledge.credentials import searchable, without_credentials_in
from knowledge.instructions import is_instruction
from knowledge.leaning import leans
from knowledge.policy import Policy
from knowledge.smalltalk import smalltalk
from knowledge.wording import is_empty, tokens_of
from knowledge.words import words
from knowledge.writing.asking import fenced, new_fence
from knowledge.writing.prepared import MOST_SEARCHES, NO_PLAN, Plan
from knowledge.writing.prompts import prompt

log = logging.getLogger(__name__)

PLAN_SECONDS = 15.0
PLAN_TOKENS = 800
LONGEST_SEARCH = 300  # characters
LONGEST_REPLY = 2_000
LEAST_WORDS = 3  # of a question beside others
OWN_SHARE = 0.8  # of a search's words, that must be the asker's
KEPT_SHARE = 0.6  # of the question's words, that the searches must hold together

_QUESTION = re.compile(r"[^?？]+[?？]")  # noqa: RUF001 - as other keyboards type it
_AND_ASKS = re.compile(
    r"(?:,|;|\band\b|\bund\b)\s+(?:also\s+)?(?:what|how|why|who|when|where|which|whether|"
    r"was|wie|warum|wer|wann|wo|welche\w?)\s",
    re.IGNORECASE,
)
_FENCED = re.compile(r"```(?:json)?\s*\n(.*)\n\s*```", re.DOTALL)


def plan(chat: Chat, put: Asked, earlier: Sequence[str], policy: Policy) -> Plan:
    """What to search for; no plan when the question needs none, or the model made none.

    A question that the policy declines is not put to the model, and a search that it would
    decline, or that goes beyond the asker's own words, is no plan.

    Args:
        chat: is asked at most once, for at most about `PLAN_SECONDS`.
        put: what was asked.
        earlier: what the same person asked before, as written, the newest first.
        policy: tells what is declined.
    """
    before = _before(earlier)
    follows = bool(before) and leans(put.words)
    if not (follows or _is_several(put.words)) or smalltalk(put.question):
        return NO_PLAN
    if policy.judge(put.words, before, topic=put.topic):
        return NO_PLAN
    start = time.perf_counter()
    spent = None
    searches: tuple[str, ...] = ()
    try:
        reply = chat.reply(
            _messages(put.words, before if follows else ()),
            most_tokens=PLAN_TOKENS,
            seconds=PLAN_SECONDS,
        )
        spent = reply.spent
        found = searches_in(reply.text, put, before if follows else ())
        searches = () if any(policy.judge(search) for search in found) else found
    except ChatError as error:
        spent = error.spent
    except Exception as error:  # noqa: BLE001 - without a plan there is still the question
        log.warning("No plan was made: %s", type(error).__name__)
    took = round((time.perf_counter() - start) * 1000, 2)
    return Plan(searches=searches, spent=spent, milliseconds=took)


def searches_in(reply: str, put: Asked, before: Sequence[str]) -> tuple[str, ...]:
    """The searches that a model's reply names; none when anything about it is odd.

    Args:
        reply: of the model.
        put: what was asked.
        before: the earlier questions that it leans on, the newest first.
    """
    searches = _parsed(reply)
    if not searches or [" ".join(put.words.split())] == searches:
        return ()
    own = set(words(" ".join((put.words, *before))))
    if not all(_is_own(search, own) for search in searches):
        return ()
    asked, held = _topic_words(put.words), set(words(" ".join(searches)))
    if len(asked & held) < KEPT_SHARE * len(asked):
        return ()
    return tuple(searches)


def _before(earlier: Sequence[str]) -> tuple[str, ...]:
    shown = [searchable(without_credentials_in(each)) for each in earlier[:MOST_EARLIER]]
    return tuple(each for each in shown if each.strip() and not smalltalk(each))


def _is_several(question: str) -> bool:
    """Whether there seem to be several questions in one."""
    asked = [each for each in _QUESTION.findall(question) if len(each.split()) >= LEAST_WORDS]
    if len(asked) > 1:
        return True
    match = _AND_ASKS.search(question)
    return match is not None and len(question[: match.start()].split()) >= LEAST_WORDS


def _messages(question: str, before: Sequence[str]) -> tuple[Message, ...]:
    fence = new_fence()
    parts = [
        *(
            fenced(f"earlier question {number}", each, fence)
            for number, each in enumerate(reversed(before), start=1)
        ),
        fenced("question", question, fence),
    ]
    return (
        Message(role="system", text=prompt("plan")),
        Message(role="user", text="\n\n".join(parts)),
    )


def _parsed(reply: str) -> list[str]:
    bare = reply.strip()
    if len(bare) > LONGEST_REPLY:
        return []
    match = _FENCED.fullmatch(bare)
    try:
        found = json.loads(match[1] if match else bare)
    except (ValueError, RecursionError):
        return []
    if not isinstance(found, dict) or set(found) != {"searches"}:
        return []
    searches = found["searches"]
    if not isinstance(searches, list) or not 0 < len(searches) <= MOST_SEARCHES:
        return []
    if not all(isinstance(each, str) and _is_line(each) for each in searches):
        return []
    flat = [" ".join(each.split()) for each in searches]
    return flat if len(set(flat)) == len(flat) else []


def _is_line(search: str) -> bool:
    return (
        0 < len(search.strip()) <= LONGEST_SEARCH
        and search.isprintable()
        and not is_instruction(search)
    )


def _is_own(search: str, own: set[str]) -> bool:
    mine = set(words(search))
    return bool(mine) and len(mine & own) >= OWN_SHARE * len(mine)


def _topic_words(question: str) -> set[str]:
    kept = " ".join(token.text for token in tokens_of(question) if not is_empty(token))
    return set(words(kept))
