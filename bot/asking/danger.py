"""Help lines for somebody in danger, whom no limit, block or queue keeps from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.asking.limits import Asker
from bot.asking.plain import plain
from bot.gate import Gate
from bot.message.render import Reply, render_answer
from bot.state import Demand, MemoryUses
from bot.words import Words, words_for
from knowledge.model import Answer
from knowledge.policy import HELP_LINES, language_of

MINUTE = timedelta(minutes=1)
MOST_REMINDED = 4  # times that one person sees the lines again within a minute
MOST_IN_CHANNEL = 30  # of these, whoever they are for


@dataclass(frozen=True, kw_only=True, slots=True)
class Help:
    """What somebody in danger is shown.

    Attributes:
        answer: in whose place the reply stands.
        whole: whether the reply is the answer, not only its lines.
        told: whether the lines stand there several times already, so that silence does no harm.
    """

    answer: Answer
    reply: Reply
    whole: bool = False
    told: bool = False


class Danger:
    """Recognises who is in danger before anything else is asked of their message.

    That costs a judgement and no search. Each person sees the whole answer once in a minute, and
    its lines a few times after that. Both are counted in memory, for that minute.
    """

    def __init__(self, gate: Gate, shown: MemoryUses) -> None:
        self._gate = gate
        self._shown = shown

    async def help_for(
        self,
        asker: Asker,
        question: str,
        words: Words,
        *,
        earlier: Sequence[str] = (),
        embeds: bool = False,
    ) -> Help | None:
        """What to show to somebody in danger; None to everybody else.

        Args:
            asker: who wrote, and where.
            question: as written, or a longer message.
            words: of the reader's language.
            earlier: what the same person asked before, the newest first.
            embeds: whether the channel allows them.
        """
        before = [plain(each) for each in earlier]
        answer = await self._gate.help_for(asker.person, plain(question), earlier=before)
        if answer is None:
            return None
        once = Demand(scope="help", key=str(asker.person), window=MINUTE, most=1)
        if self._shown.take([once]) is None:
            reply = render_answer(answer, words=words, embeds=embeds)
            return Help(answer=answer, reply=reply, whole=True)
        spoken = words_for("de") if language_of(question) == "de" else words
        lines = Reply(content=spoken("ask.help-lines", **HELP_LINES))
        again = replace(once, scope="lines", most=MOST_REMINDED)
        here = replace(again, key=f"in {asker.channel_id}", most=MOST_IN_CHANNEL)
        told = self._shown.take([again, here]) is not None
        return Help(answer=answer, reply=lines, told=told)
