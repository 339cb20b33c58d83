"""What was asked, without the credentials that someone pasted into it.

Every question and message goes through here before anything reads it: what shows, counts or keeps
a question, or gives it to a model, has it from an answer, where they are gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.conversation import standalone, topic_before
from knowledge.credentials import REMOVED, searchable, without_credentials_in
from knowledge.model import Note

REVOKE = (
    "I took out what looks like a password or key, and kept it nowhere. Others may have seen it: "
    "please revoke it where it was issued, and delete your message."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question that can be shown.

    Attributes:
        question: as written, with `REMOVED` where a credential stood.
        words: the same without those marks.
        topic: `words` with what they take over from earlier questions, when they show that they
            lean on those; what is searched for.
        before: what those were about, or "" when nothing was asked before.
    """

    question: str
    words: str
    topic: str
    before: str = ""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to tell someone who gave a credential away."""
        return (Note(code="revoke", text=REVOKE),) if REMOVED in self.question else ()


def asked(question: str, earlier: Sequence[str] = ()) -> Asked:
    """A question as everything but its sender may read it.

    Args:
        question: as written.
        earlier: what the same person asked before in this conversation, the newest first.
    """
    shown = without_credentials_in(question)
    words = searchable(shown)
    before = [searchable(without_credentials_in(each)) for each in earlier]
    return Asked(
        question=shown,
        words=words,
        topic=standalone(words, before),
        before=topic_before(before),
    )
