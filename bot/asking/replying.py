"""What is replied to a question, whatever happens."""

import asyncio
import contextlib
import logging
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import discord

from bot.asking.limits import Asker, Refused
from bot.asking.pen import Wish
from bot.asking.plain import plain
from bot.asking.stages import Show, staged
from bot.client import Services
from bot.message.render import Reply, render_answer
from bot.state import FAULTS, Demand
from bot.words import Words
from knowledge.credentials import REMOVED
from knowledge.errors import CaveatError
from knowledge.model import Answer
from knowledge.smalltalk import smalltalk
from knowledge.writing import STANDARD, Manner

log = logging.getLogger(__name__)

MOST_HINTS = 3  # to one person in a minute
KEPT_WITHIN = 2.0  # seconds; help lines wait no longer for the database
LASTING = {"written-budget", "written-key", "written-language"}  # no next try mends them


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question and how it is to be answered.

    Attributes:
        earlier: what was asked before in this conversation, the newest first.
        embeds: whether the channel allows them.
        echo: whether to show the question, where Discord itself does not.
        private: whether only the asker sees the answer.
        manner: how a chat model is to write the answer, where there is one.
        show: shows how far the answer has come; None where nothing can be shown before it.
        locale_known: whether the words are in the language of the asker, not a guess.
        began: monotonic time at which it was first seen.
    """

    question: str
    words: Words
    asker: Asker
    earlier: Sequence[str] = ()
    embeds: bool = True
    echo: bool = True
    private: bool = False
    manner: Manner = STANDARD
    show: Show | None = None
    locale_known: bool = True
    began: float = field(default_factory=time.monotonic)

    @property
    def known_as(self) -> str:
        """What it shares with questions that have the same answer."""
        if self.manner == STANDARD:
            return self.question
        return f"{self.manner.depth} {self.question}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Replied:
    """A reply, with the answer that it shows; None where it says why there is none.

    Attributes:
        refused: whether the asker may not ask now.
        told: whether they were told so before, so that they need not hear it again.
    """

    reply: Reply
    answer: Answer | None = None
    refused: bool = False
    told: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether it answers a question, be it by silence; smalltalk is none."""
        return self.answer is not None and self.answer.outcome != "smalltalk"

    @property
    def may_have_thread(self) -> bool:
        """Whether it may get a thread, whose name would show what was asked to everybody."""
        return self.is_answer and not self.is_for_one

    @property
    def is_for_one(self) -> bool:
        """Whether it is meant for its asker, as help lines are for somebody in danger."""
        return self.answer is not None and _is_crisis(self.answer)


def asker_of(user: discord.abc.User, guild_id: int | None, channel_id: int) -> Asker:
    """Who asks; roles are those of a member of the server."""
    roles = user.roles if isinstance(user, discord.Member) else []
    return Asker(
        person=user.id,
        guild_id=guild_id,
        channel_id=channel_id,
        roles=frozenset(role.id for role in roles),
    )


async def reply_to(services: Services, asked: Asked) -> Replied:
    """The reply to a question; a friendly sentence whatever goes wrong."""
    words = asked.words
    helped = await help_for(services, asked)
    if helped is not None:
        return helped
    await services.gate.in_order()
    verdict = await services.limiter.admit(asked.asker)
    if isinstance(verdict, Refused):
        return Replied(reply=Reply(content=verdict.words(words)), refused=True, told=verdict.told)
    first = await _first_answer(services, asked)
    if first is not None:
        return Replied(reply=Reply(content=words("repeat.answered", link=first)))
    try:
        answer = await _answer(services, asked)
        reply = _with_terms(services, answer, _shown(answer, asked))
    except CaveatError as error:
        log.warning("A question stayed unanswered: %s", error)
        return Replied(reply=Reply(content=words.error(error)))
    except Exception as error:  # noqa: BLE001 - the edge: a person waits for a reply
        log_fault(error)
        return Replied(reply=Reply(content=words("error.CaveatError")))
    kept = await _keep(services, answer, asked)
    return Replied(reply=reply if kept else replace(reply, answer=None), answer=answer)


async def help_for(services: Services, asked: Asked) -> Replied | None:
    """Help for somebody in danger, whatever limits say; None to everybody else."""
    found = await services.danger.help_for(
        asked.asker, asked.question, asked.words, earlier=asked.earlier, embeds=asked.embeds
    )
    if found is None:
        return None
    kept = False
    if found.whole:
        with contextlib.suppress(TimeoutError):
            kept = await asyncio.wait_for(_keep(services, found.answer, asked), KEPT_WITHIN)
    reply = found.reply if kept else replace(found.reply, answer=None)
    return Replied(reply=reply, answer=found.answer, told=found.told)


def may_hint(services: Services, asker: Asker) -> bool:
    """Whether somebody is told how to ask, or where: a few times in a minute, then no more."""
    key = f"{asker.guild_id}:{asker.person}"
    hint = Demand(scope="hint", key=key, window=timedelta(minutes=1), most=MOST_HINTS)
    return services.hints.take([hint]) is None


async def admitted(services: Services, asked: Asked) -> str | None:
    """None when the asker may ask now, else the friendly sentence that says why not."""
    verdict = await services.limiter.admit(asked.asker)
    return verdict.words(asked.words) if isinstance(verdict, Refused) else None


async def settle(
    services: Services, asked: Asked, replied: Replied, message: discord.Message | None
) -> None:
    """Notes which message shows an answer: to correct it, and for whoever asks the same.

    Args:
        services: of the bot.
        asked: what was replied to.
        replied: the reply.
        message: that shows it to everybody in its channel; None when none does.
    """
    channel_id = asked.asker.channel_id
    if replied.refused:  # somebody else's answer to the same question may be on its way
        return
    if message is None or replied.reply.answer is None:
        services.repeats.forget(channel_id, asked.known_as)
        return
    if replied.is_for_one:  # whoever writes the same is in need of more than a link
        services.repeats.forget(channel_id, asked.known_as)
    else:
        services.repeats.note(channel_id, asked.known_as, message.jump_url)
    with contextlib.suppress(*FAULTS):  # an answer is worth showing without it
        await asyncio.to_thread(
            services.records.locate,
            replied.reply.answer.id,
            channel_id=message.channel.id,
            message_id=message.id,
        )


async def _first_answer(services: Services, asked: Asked) -> str | None:
    """Where the same question was answered a moment ago for everybody in this channel."""
    if asked.asker.guild_id is None or asked.private or asked.earlier:
        return None
    return await services.repeats.find(asked.asker.channel_id, asked.known_as)


def log_fault(error: Exception) -> None:
    """Logs where a fault arose; its own words may hold the question, so they are left out."""
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("An answer failed with %s.\n%s", type(error).__name__, places)


async def _answer(services: Services, asked: Asked) -> Answer:
    """The answer to what can be seen of a question, with the question as it was written."""
    seen = plain(asked.question)
    earlier = [plain(each) for each in asked.earlier]
    answer = await _put(services, asked, seen, earlier)
    if seen == asked.question or REMOVED in answer.question:
        return answer  # as it was written, unseen letters would keep a credential from being known
    return replace(answer, question=asked.question)


async def _put(services: Services, asked: Asked, seen: str, earlier: Sequence[str]) -> Answer:
    if services.pen is None:
        return await services.gate.answer(seen, earlier=earlier)
    async with staged(asked.show) as told:
        wish = Wish(
            question=seen,
            guild_id=asked.asker.guild_id,
            earlier=earlier,
            manner=asked.manner,
            told=told,
        )
        return await services.pen.answer(wish)


def _shown(answer: Answer, asked: Asked) -> Reply:
    kind = smalltalk(plain(asked.question)) if answer.outcome == "smalltalk" else None
    if kind is not None and asked.locale_known:  # else in the language in which it was said
        return Reply(content=asked.words(f"smalltalk.{kind}"))
    echo = asked.echo and not _is_crisis(answer)
    reply = render_answer(answer, words=asked.words, embeds=asked.embeds, echo=echo)
    return replace(reply, simpler=not asked.manner.plain and _may_be_simpler(answer))


def _may_be_simpler(answer: Answer) -> bool:
    """Whether a chat model wrote an answer, or failed to and may do better the next time."""
    failed = [note.code for note in answer.notes if note.code.startswith("written-")]
    return answer.mode == "written" or bool(set(failed) - LASTING)


def _with_terms(services: Services, answer: Answer, reply: Reply) -> Reply:
    """The reply, with the terms of the glossary that its quotes use."""
    if answer.outcome != "answered":
        return reply
    quotes = (citation.quote for citation in answer.citations)
    return replace(reply, terms=services.glossary.used_in(quotes))


def _is_crisis(answer: Answer) -> bool:
    return any(note.code == "crisis" for note in answer.notes)


async def _keep(services: Services, answer: Answer, asked: Asked) -> bool:
    """Whether the evidence was stored; an answer is worth showing without its button."""
    try:
        async with services.storing:
            await asyncio.to_thread(
                services.records.keep,
                answer,
                guild_id=asked.asker.guild_id,
                ephemeral=asked.private,
                milliseconds=round((time.monotonic() - asked.began) * 1000),
            )
    except FAULTS as error:
        log.warning("The evidence of an answer was not stored (%s).", type(error).__name__)
        return False
    services.removals.keep(answer)
    return True
