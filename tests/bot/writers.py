"""The small answerer with a chat model: real plans, real writing, real checks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from knowledge.asked import asked
from knowledge.chat import Chat, ChatError, Message, Reply
from knowledge.model import Answer, Passage, Spent
from knowledge.smalltalk import reply as small_reply
from knowledge.writing import NO_PLAN, STANDARD, Manner, Plan, Prepared, Told, Writer
from tests.fakes import BUILD, PASSAGES, WordOverlapAnswerer

WEIGHTS = (
    "When the weights for a dual-use foundation model are widely available, there can be "
    "substantial security risks, such as the removal of safeguards within the model. [1]"
)
LETTER = "Openly available models come with risks and vulnerabilities. [2]"
INVENTED = "A survey of 412 laboratories found in 2021 that parrots write most code. [1]"
TEXT = f"{WEIGHTS} {LETTER}"
COST = Spent(input_tokens=1_000, output_tokens=100, dollars=0.02)


@dataclass
class ScriptedChat:
    """A chat model that says what it is told to.

    Attributes:
        text: its reply.
        fault: raised instead of replying.
        spent: by each call.
        asked: the messages of every call.
        before: called in each call, before it replies.
    """

    text: str = TEXT
    fault: ChatError | None = None
    spent: Spent = COST
    asked: list[Sequence[Message]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    name: str = "openai:scripted"
    local: bool = False

    def reply(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Reply:
        """The reply."""
        del most_tokens, seconds
        self.asked.append(messages)
        self.before()
        if self.fault is not None:
            raise self.fault
        return Reply(text=self.text, spent=self.spent)


class WritingAnswerer(WordOverlapAnswerer):
    """Finds passages as its parent does, and has a chat model write from them."""

    writes = True

    def __init__(self, chat: Chat, passages: Sequence[Passage] = PASSAGES) -> None:
        super().__init__(passages)
        self._writer = Writer(chat)

    def plan(self, question: str, *, earlier: Sequence[str] = ()) -> Plan:
        """What to search for."""
        return self._writer.plan(asked(question, earlier), earlier)

    def prepare(
        self, question: str, *, earlier: Sequence[str] = (), plan: Plan = NO_PLAN
    ) -> Prepared:
        """The quoted answer, with its passages."""
        put = asked(question, earlier)
        said = small_reply(put.question)
        quoted = (
            Answer(id="small", question=question, outcome="smalltalk", mode="quoted", text=said)
            if said
            else self.answer(question, earlier=earlier)
        )
        return Prepared(
            put=put,
            quoted=quoted,
            plan=plan,
            topic=question,
            passages=tuple(each.passage for each in quoted.citations),
            day=f"{BUILD[:4]}-{BUILD[4:6]}-{BUILD[6:8]}",
        )

    def write(
        self, prepared: Prepared, manner: Manner = STANDARD, told: Told | None = None
    ) -> Answer:
        """The written answer, or the quoted one."""
        return self._writer.write(prepared, manner, told)

    def forget_written(self) -> None:
        """Forgets what was written a moment ago."""
        self._writer.forget_all()
