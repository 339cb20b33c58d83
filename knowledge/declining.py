"""Declines a question, with what the library says about why."""

from dataclasses import replace

from knowledge.choosing import choose_quotes
from knowledge.drafting import Draft
from knowledge.gate import SURE_MARGIN
from knowledge.index import Snapshot
from knowledge.model import Answer
from knowledge.policy import LESSONS, MORE, Rule, language_of, notes_for, refusal
from knowledge.reading import read
from knowledge.search import Searcher

MOST_QUOTES = 2


def declined(question: str, rule: Rule) -> Answer:
    """The answer that explains why it does not help, in the question's language."""
    return Draft(question=question).silent(
        refusal(rule, language_of(question)), outcome="declined", notes=notes_for(rule)
    )


def teaches(rule: Rule) -> bool:
    """Whether a library may hold something to say to those who break a rule."""
    return LESSONS.get(rule) is not None


def declined_with_reason(
    question: str, rule: Rule, searcher: Searcher, snapshot: Snapshot, least: float
) -> Answer:
    """The same with quotes on why it matters, when the library surely holds some.

    Args:
        question: as written; it is not what is searched for.
        rule: that it breaks.
        searcher: finds the passages.
        snapshot: of the build that is read.
        least: confidence from which the library is taken to answer.
    """
    plain, lesson = declined(question, rule), LESSONS.get(rule)
    if lesson is None:
        return plain
    draft = Draft(question=question, snapshot=snapshot)
    reading = read(searcher, snapshot, lesson, watch=draft.watch)
    quotes = choose_quotes(reading.ranked)[:MOST_QUOTES]
    if not quotes or reading.confidence < least + SURE_MARGIN:
        return plain
    quoted = draft.quoting(quotes, plain.notes)
    text = f"{plain.text}\n\n{MORE[language_of(question)]}\n\n{quoted.text}"
    return replace(quoted, outcome="declined", text=text)
