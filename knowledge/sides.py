"""Stance and legal status: whose side a source takes, and whether its text still stands."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.choosing import MAX_QUOTES, Quote, choose_quotes, quote
from knowledge.labels import STATUSES, short_title
from knowledge.model import Note, Source
from knowledge.question import Question
from knowledge.quoting import Sentence

OPPOSITE_SHARE = 0.5  # of the best quote's score, from which the other side is heard
MOST_ARGUED = 2  # sentences that speak for or against what their passage says
PAST_SHARE = 0.8  # what a sentence counts whose text no longer stands, or does not stand yet
PAST = ("superseded", "revoked", "vetoed", "withdrawn", "draft", "proposed")
SIDES = ("favours-openness", "favours-restriction")
SIDE_NAMES = {
    "favours-openness": "in favour of openness",
    "favours-restriction": "in favour of restriction",
}

# a question whose answer is somebody's judgement
_CONTESTED = re.compile(
    r"\b(should|ought|ban(ned|ning|s)?|restrict(ed|ing|ions?)?|danger(ous|s)?|saf(e|er|ety)|"
    r"risk(s|y|ier)?|threat|worse|better|good|bad|harm(s|ful)?|benefits?|pros and cons|"
    r"arguments?|debate|critics?|worth|justified|too (far|open|strict)|responsible|reckless|"
    r"right to|wrong to|is it true|agree|against|in favou?r)\b",
    re.IGNORECASE,
)
# the opening of a sentence that speaks for or against the one before
_ARGUES = re.compile(
    r"(?:against (?!th(?:is|at|e) background)|in (?:support|favou?r|defence) of |"
    r"on the other (?:hand|side)\b|by contrast\b|(?:critics|opponents|supporters) )",
    re.IGNORECASE,
)
_ASKS_PAST = re.compile(
    r"\b(old|older|original|earlier|previous|former|first version|used to|was|were|did|had|"
    r"history|revoked|rescinded|repealed|vetoed|superseded|withdrawn|draft|proposed|proposal|"
    r"changed?|versions?|compare|difference)\b",
    re.IGNORECASE,
)


def is_contested(text: str) -> bool:
    """Whether a question asks for a judgement on which sources take sides."""
    return bool(_CONTESTED.search(text))


def demote_past(question: Question, ranked: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Sentences with those that no longer stand further down, unless they are asked for."""
    named = {source for group in question.groups for source in group.sources}
    if _ASKS_PAST.search(question.text):
        return tuple(ranked)
    weighed = [
        replace(sentence, score=sentence.score * PAST_SHARE)
        if sentence.passage.source.status in PAST and sentence.passage.source.id not in named
        else sentence
        for sentence in ranked
    ]
    return tuple(sorted(weighed, key=lambda sentence: -sentence.score))


def hear_both(question: Question, ranked: Sequence[Sentence]) -> tuple[Quote, ...]:
    """The quotes to show; when the question is contested, from both sides if the library has them.

    A side is heard when one of its sources comes near enough to the question. The best passage is
    heard with what it says for and against.
    """
    quotes = choose_quotes(ranked, question.groups)
    if not quotes or not is_contested(question.text):
        return quotes
    heard = {found.passage.source.stance for found in quotes}
    voices: tuple[Quote, ...] = ()
    for side in SIDES:
        other = [sentence for sentence in ranked if sentence.passage.source.stance == side]
        near = other and other[0].score >= OPPOSITE_SHARE * quotes[0].score
        if near and side not in heard:
            voices += choose_quotes(other)[:1]
    return _with_room(quotes, len(voices)) + voices + _argued(quotes, ranked)


def _argued(quotes: tuple[Quote, ...], ranked: Sequence[Sentence]) -> tuple[Quote, ...]:
    """What the passage of the best quote says for and against it, where it is not quoted yet.

    Such sentences have few words of the question, and without them half a judgement is shown. They
    come on top of the other quotes.
    """
    best = quotes[0].passage.chunk.id
    found = {each.index: each for each in ranked if each.passage.chunk.id == best}
    taken = [each for each in quotes if each.passage.chunk.id == best]
    argued: list[Quote] = []
    for index in sorted(found):
        sentence = found[index]
        start, end = sentence.spans[index]
        text = sentence.passage.chunk.text[start:end]
        known = any(each.start <= start < each.end for each in (*taken, *argued))
        if _ARGUES.match(text) and not known:
            argued.append(quote(sentence, {}))
    return tuple(argued[:MOST_ARGUED])


def _with_room(quotes: tuple[Quote, ...], room: int) -> tuple[Quote, ...]:
    """The quotes without the last ones that take no side, so that `room` more have a place."""
    kept = list(quotes)
    for found in reversed(quotes):
        if len(kept) + room <= MAX_QUOTES:
            break
        if found.passage.source.stance not in SIDES and len(kept) > 1:
            kept.remove(found)
    return tuple(kept[: max(1, MAX_QUOTES - room)])


def side_note(question: Question, sources: Sequence[Source]) -> Note | None:
    """What to tell readers of a contested question when only one side is heard."""
    return one_side(question.text, sources)


def one_side(text: str, sources: Sequence[Source]) -> Note | None:
    """The same for a question that was not understood against a build."""
    heard = {source.stance for source in sources} & set(SIDES)
    if len(heard) != 1 or not is_contested(text):
        return None
    side = heard.pop()
    text = f"Of the two sides, only sources {SIDE_NAMES[side]} come near this in the library."
    return Note(code="one-side", text=text, values={"stance": side})


def status_notes(sources: Sequence[Source]) -> tuple[Note, ...]:
    """A note for each source whose text does not stand, or not yet."""
    return tuple(_status_note(source) for source in dict.fromkeys(sources) if source.status in PAST)


def _status_note(source: Source) -> Note:
    values = {
        "title": short_title(source),
        "status": source.status,
        "status_date": source.status_date or "",
        "superseded_by": source.superseded_by or "",
    }
    text = (
        f"{values['title']}: {STATUSES[source.status]}"
        f"{f' {source.status_date}' if source.status_date else ''}"
        f"{f', superseded by {source.superseded_by}' if source.superseded_by else ''}."
    )
    return Note(code="status", text=text, values=values)
