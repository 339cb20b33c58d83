"""Calls a chat model: in time, a few at once, and not while it is down."""

import threading
import time
from collections.abc import Sequence

from knowledge.chat.breaker import Breaker
from knowledge.chat.endpoint import Endpoint
from knowledge.chat.faults import MALFORMED, TIMEOUT, Fault
from knowledge.chat.model import ChatError, Message, Reply
from knowledge.chat.prices import Price
from knowledge.chat.providers import Ask
from knowledge.chat.reading import Unusable, read_reply
from knowledge.chat.wire import ATTEMPT, Attempt, time_left

MOST_TRIES = 2
PAUSE_SECONDS = 0.5


class CalledModel:
    """The chat model behind an endpoint; safe to use from several threads at once.

    Args:
        endpoint: whom it asks.
        ask: how.
        price: what it costs, if that is known.
        seconds: the longest that a call may take.
        at_once: calls at one time; more wait within their own time.
        breaker: knows when the model is down.
    """

    def __init__(  # noqa: PLR0913 - its collaborators
        self,
        endpoint: Endpoint,
        ask: Ask,
        *,
        price: Price | None,
        seconds: float,
        at_once: int,
        breaker: Breaker,
    ) -> None:
        self.endpoint = endpoint
        self.price = price
        self._ask = ask
        self._seconds = seconds
        self._slots = threading.BoundedSemaphore(at_once)
        self._breaker = breaker

    @property
    def name(self) -> str:
        """As configured."""
        return self.endpoint.name

    @property
    def local(self) -> bool:
        """Whether it runs on this machine or in its own network."""
        return self.endpoint.local

    def reply(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Reply:
        """What the model says; blocks, retries included, for at most about `seconds`.

        Raises:
            ChatError: when there is no usable reply.
        """
        allowed = min(seconds, self._seconds)
        deadline = time.monotonic() + allowed
        self._breaker.refuse()
        if not self._slots.acquire(timeout=max(0.0, time_left(deadline))):
            raise ChatError(
                "timeout",
                "The chat model was busy with other questions all the time: raise CHAT_AT_ONCE if "
                "it can do more at once.",
            )
        try:
            # who waited long for a turn had no fair time: that tells nothing of the model
            fair = time_left(deadline) >= allowed / 2
            trial = self._breaker.admit()
            outcome: Reply | Unusable | None = None
            try:
                outcome = self._tried(messages, most_tokens, deadline)
            finally:
                self._count(outcome, trial=trial, fair=fair)
        finally:
            self._slots.release()
        if isinstance(outcome, Unusable):
            raise ChatError(outcome.fault.code, outcome.fault.why, outcome.spent)
        return outcome

    def _count(self, outcome: Reply | Unusable | None, *, trial: bool, fair: bool) -> None:
        """Tells the breaker what a call says of the model."""
        if isinstance(outcome, Reply):
            self._breaker.answered()
        elif outcome is None or (outcome.fault.code == "timeout" and not fair):
            self._breaker.withdrawn(trial=trial)
        else:
            self._breaker.failed(outcome.fault, trial=trial)

    def _tried(
        self, messages: Sequence[Message], most_tokens: int, deadline: float
    ) -> Reply | Unusable:
        for left in reversed(range(MOST_TRIES)):
            outcome = self._once(messages, most_tokens, deadline)
            if isinstance(outcome, Reply) or not (left and outcome.fault.again):
                break
            pause = PAUSE_SECONDS if outcome.fault.wait is None else outcome.fault.wait
            if pause >= time_left(deadline):
                break
            time.sleep(pause)
        return outcome

    def _once(
        self, messages: Sequence[Message], most_tokens: int, deadline: float
    ) -> Reply | Unusable:
        if time_left(deadline) <= 0:
            return Unusable(fault=TIMEOUT, spent=None)
        attempt = Attempt(deadline=deadline)
        token = ATTEMPT.set(attempt)
        try:
            return read_reply(self._ask(messages, most_tokens), self.price)
        except Exception as error:  # noqa: BLE001 - a provider's library may raise anything
            failed = type(error).__name__
        finally:
            ATTEMPT.reset(token)
        # raised by nobody from here on, so that no trace holds what was sent
        if attempt.fault is not None:
            return Unusable(fault=attempt.fault, spent=None)
        if attempt.answered:
            return Unusable(fault=MALFORMED, spent=None)
        why = f"The provider's library failed ({failed}): look whether its versions fit."
        return Unusable(fault=Fault(code="failed", why=why), spent=None)
