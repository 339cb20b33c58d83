"""Has a chat model write answers, and shows of them what the passages support."""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from knowledge.asked import Asked
from knowledge.chat import Chat, ChatError, Reply
from knowledge.model import Answer, Written
from knowledge.policy import Policy
from knowledge.support import Judge
from knowledge.support import check as support_check
from knowledge.writing.asking import MOST_TOKENS, Request, request
from knowledge.writing.composing import composed
from knowledge.writing.manner import STANDARD, Manner, Stage, Told
from knowledge.writing.memory import Memory, key_of
from knowledge.writing.noting import added, quoted_instead, with_new_id
from knowledge.writing.planning import plan
from knowledge.writing.prepared import Plan, Prepared
from knowledge.writing.prompts import prompt_version
from knowledge.writing.sifting import Check, Sieve
from knowledge.writing.splitting import split

log = logging.getLogger(__name__)

WRITE_SECONDS = 60.0
MOST_SENTENCES = {"brief": 5, "standard": 10, "deep": 20}


class Writer:
    """Writes answers with a chat model; safe to use from several threads at once."""

    def __init__(
        self,
        chat: Chat,
        judge: Judge | None = None,
        *,
        check: Check = support_check,
        seconds: float = WRITE_SECONDS,
        policy: Policy | None = None,
    ) -> None:
        """Asks nothing yet.

        Args:
            chat: writes.
            judge: is asked about what the words of the passages support.
            check: tells whether passages support a sentence.
            seconds: the longest that the model may take for an answer.
            policy: as of `Answerer`.
        """
        self._policy = policy or Policy()
        self._chat = chat
        self._judge = judge
        self._check = check
        self._seconds = seconds
        self._told: str | None = None
        self._memory: Memory[Answer] = Memory()
        self._plans: Memory[Plan] = Memory()

    def plan(self, put: Asked, earlier: Sequence[str] = ()) -> Plan:
        """What to search for; never raises.

        The model is asked only about a question that leans on an earlier one, and about several
        questions in one.

        Args:
            put: what was asked.
            earlier: what the same person asked before, as written, the newest first.
        """
        key = key_of((put.words, *earlier, prompt_version(), self._chat.name))
        known = self._plans.find(key)
        if known is not None:
            return replace(known, spent=None, milliseconds=0.0)
        made = plan(self._chat, put, earlier, self._policy)
        if made.searches:
            self._plans.keep(key, made)
        return made

    def write(
        self, prepared: Prepared, manner: Manner = STANDARD, told: Told | None = None
    ) -> Answer:
        """The written answer, or the quoted one with a note; never raises for what a model does.

        Blocks for the model's call and the check. `spent` of the answer counts the plan's call,
        too.

        Args:
            prepared: what to write from.
            manner: how.
            told: called with each stage, in this thread.
        """
        quoted = _timed(prepared.quoted, plan=prepared.plan.milliseconds)
        quoted = replace(quoted, spent=prepared.plan.spent)
        if quoted.outcome != "answered":
            return quoted
        if not prepared.passages:
            return quoted_instead(quoted, "language")
        key = self._key(prepared, manner)
        known = self._memory.find(key)
        if known is not None:
            return _again(known, quoted, prepared)
        sources = len({passage.source.id for passage in prepared.passages})
        tell = told or _nobody
        tell(Stage(name="reading", sources=sources))
        asked = request(prepared, manner)
        tell(Stage(name="writing", sources=sources))
        start = time.perf_counter()
        reply = self._reply(asked, manner)
        quoted = _timed(quoted, write=_since(start))
        if isinstance(reply, ChatError):
            quoted = replace(quoted, spent=added(prepared.plan.spent, reply.spent))
            return quoted_instead(quoted, reply.code)
        quoted = replace(quoted, spent=added(prepared.plan.spent, reply.spent))
        tell(Stage(name="checking", sources=sources))
        start = time.perf_counter()
        answer = self._checked(prepared, asked, reply, manner)
        quoted = _timed(quoted, check=_since(start))
        if isinstance(answer, str):
            return quoted_instead(quoted, answer)
        self._memory.keep(key, replace(answer, question=""))
        return _finished(answer, quoted, prepared)

    def forget_all(self) -> None:
        """Forgets what was written and planned a moment ago, which may repeat somebody's words."""
        self._memory.forget_all()
        self._plans.forget_all()

    def _reply(self, asked: Request, manner: Manner) -> Reply | ChatError:
        most = MOST_TOKENS[manner.depth]
        try:
            reply = self._chat.reply(asked.messages, most_tokens=most, seconds=self._seconds)
        except ChatError as error:
            self._tell(error)
            return error
        except Exception as error:  # noqa: BLE001 - the quoted answer is there whatever happens
            log.warning("The chat model failed: %s", type(error).__name__)
            return ChatError("failed", "The chat model failed.")
        self._told = None
        return reply

    def _tell(self, error: ChatError) -> None:
        """Logs why nothing was written; the same again and again only once."""
        why = str(error)
        if why != self._told and error.code not in ("resting", "unusable"):  # told already
            log.warning("No answer is written (%s): %s", error.code, why)
            self._told = why

    def _checked(
        self, prepared: Prepared, asked: Request, reply: Reply, manner: Manner
    ) -> Answer | str:
        """The written answer, or the code of why there is none."""
        sieve = Sieve(
            passages=prepared.passages,
            given=asked.given,
            fence=asked.fence,
            check=self._check,
            judge=self._judge,
        )
        try:
            told = split(reply.text, most=len(asked.given), cut=reply.cut)
            sifted = sieve.sift(told.said[: MOST_SENTENCES[manner.depth]])
            answer = composed(prepared, sifted, sieve, partly=told.partly)
        except Exception as error:  # noqa: BLE001 - the same
            log.warning("What the chat model wrote was not checked: %s", type(error).__name__)
            return "failed"
        if answer is None:
            return "unsupported"
        written = Written(
            model=self._chat.name,
            prompt=prompt_version(),
            checked=sifted.checked,
            removed=sifted.removed,
        )
        return replace(answer, written=written)

    def _key(self, prepared: Prepared, manner: Manner) -> str:
        return key_of(
            (
                prepared.topic,
                prepared.put.words,
                *prepared.plan.searches,
                *(passage.chunk.id for passage in prepared.passages),
                prepared.quoted.build or "",
                prompt_version(),
                self._chat.name,
                manner.depth,
                str(manner.plain),
            )
        )


def _again(known: Answer, quoted: Answer, prepared: Prepared) -> Answer:
    """An answer that was written before, for who asks now; what it cost was told then."""
    return with_new_id(_finished(known, quoted, prepared))


def _finished(answer: Answer, quoted: Answer, prepared: Prepared) -> Answer:
    """A written answer with what only the present asker is told."""
    return replace(
        answer,
        question=quoted.question,
        notes=(*prepared.put.notes, *answer.notes),
        timings_ms=quoted.timings_ms,
        spent=quoted.spent,
    )


def _timed(answer: Answer, **stages: float) -> Answer:
    """The answer with further stages, which come on top of its total."""
    timings = dict(answer.timings_ms)
    for name, milliseconds in stages.items():
        if milliseconds:
            timings[name] = round(timings.get(name, 0.0) + milliseconds, 2)
            timings["total"] = round(timings.get("total", 0.0) + milliseconds, 2)
    return replace(answer, timings_ms=timings)


def _since(start: float) -> float:
    return round((time.perf_counter() - start) * 1000, 2)


def _nobody(stage: Stage) -> None:
    """Is told of a stage when nobody wants to know."""
    del stage
