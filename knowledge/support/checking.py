"""Tells whether passages support a sentence that cites them."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from knowledge.support.changes import turned
from knowledge.support.comparing import Comparison, compare
from knowledge.support.rules import Fault, facts_of, faults
from knowledge.support.tokens import read_sentences
from knowledge.support.verdict import Given, Judge, Reason, Verdict

LONGEST = 2_000  # characters of a sentence; what is longer is none
LEAST_JUDGED = 0.5  # probability by a judge
LEAST_COVERED = 0.25  # share of the content words; of 300 honest sentences one has fewer
LEAST_COVERED_ANEW = 0.7  # the same in a passage that was not marked
FAR_MORE = 0.25  # of the share, for which other passages are cited than those that were marked
MOST_TOGETHER = 4  # passages that are read as one
LEAST_TOGETHER_ANEW = 0.6  # the share in one sentence of a passage that was not marked

_MARK = re.compile(r"\s*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """What one passage, or some together, say of a sentence."""

    numbers: tuple[int, ...]
    text: str
    heading: str
    supported: bool
    span: tuple[int, int] | None
    reason: Reason | None
    detail: str
    score: float
    together: float
    repeated: bool = False


def check(
    sentence: str, given: Sequence[Given], marks: Collection[int], judge: Judge | None = None
) -> Verdict:
    """Whether passages support a sentence: those that it marks, or else others.

    Args:
        sentence: in plain text; its marks may still stand in it.
        given: the passages that were in front of the writer.
        marks: the numbers that the sentence cites.
        judge: is asked about what no rule speaks against, and may only reject.

    Returns:
        A verdict whose `numbers` are the passages to cite: the marked ones that support it, each
        alone or else together; or another one, when none of those does.
    """
    bare = _MARK.sub("", sentence).strip()
    by_number = {each.number: each for each in given}
    invented = sorted(set(marks) - set(by_number))
    if invented:
        return Verdict(supported=False, reason="invented-mark", detail=str(invented[0]))
    if not _NO_LETTERS.sub("", bare) or len(bare) > LONGEST:
        return Verdict(supported=False, reason="uncovered")
    marked = [by_number[number] for number in dict.fromkeys(marks)]
    others = [each for each in given if each.number not in set(marks)]
    there = [_read(bare, (each,)) for each in marked]
    supporting = [each for each in there if each.supported and _agrees(judge, bare, each)]
    best = max((each.score for each in supporting), default=0.0)
    if 1 < len(marked) <= MOST_TOGETHER:
        together = _read(bare, tuple(marked))
        if _is_better(together, best) and _agrees(judge, bare, together):
            return _verdict([together])
    elsewhere = [_read(bare, (each,)) for each in others]
    moved = [
        each
        for each in elsewhere
        if _is_there(each) and _is_better(each, best) and _agrees(judge, bare, each)
    ]
    if moved or supporting:
        return _verdict(sorted(moved or supporting, key=lambda each: -each.score))
    if not marked:
        nearest = max(elsewhere, key=lambda each: each.score, default=None)
        return _denied(nearest, "unmarked")
    return _denied(there[0], None, judged=judge is not None)


def _is_better(found: _Found, score: float) -> bool:
    """Whether it holds far more of a sentence than what supports it otherwise."""
    return found.supported and found.score >= score + (FAR_MORE if score else 0.0)


def _read(sentence: str, group: tuple[Given, ...]) -> _Found:
    text = "\n".join(each.text for each in group)
    about = " | ".join(each.about for each in group if each.about)
    headings = dict.fromkeys(each.heading or each.about for each in group)
    numbers = tuple(each.number for each in group)
    span = verbatim(sentence, text)
    if span is not None:
        return _Found(
            numbers=numbers,
            text=text,
            heading=" | ".join(filter(None, headings)),
            supported=True,
            span=span,
            reason=None,
            detail="",
            score=1.0,
            together=1.0,
            repeated=True,
        )
    comparison = compare(sentence, text, about)
    wrong = surely_wrong(comparison)
    reason, detail = wrong[0] if wrong else (None, "")
    return _Found(
        numbers=numbers,
        text=text,
        heading=" | ".join(filter(None, headings)),
        supported=not wrong,
        span=comparison.span,
        reason=reason,
        detail=detail,
        score=min(1.0, comparison.alignment.whole),
        together=comparison.alignment.best,
    )


def surely_wrong(comparison: Comparison) -> list[Fault]:
    """What a passage surely does not say: exact things, and small words that were changed."""
    wrong = faults(comparison.sentence, facts_of(comparison.text, comparison.about))
    if comparison.alignment.whole < LEAST_COVERED:
        wrong.append(("uncovered", comparison.open_words))
    if comparison.best is not None:
        change = turned(comparison.tokens, comparison.given(comparison.best))
        wrong += [change] if change is not None else []
    return wrong


def verbatim(sentence: str, text: str) -> tuple[int, int] | None:
    """Where a whole sentence of a text has the very words of a sentence, or None."""
    wanted = _words_only(sentence)
    for each in read_sentences(text):
        start, end = each.span
        if _words_only(text[start:end]) == wanted:
            return each.span
    return None


def _words_only(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".!;: ").strip("“”\"' ")


def _is_there(found: _Found) -> bool:
    """Whether so much stands in a passage that was not marked that it may be what was meant."""
    return found.score >= LEAST_COVERED_ANEW and found.together >= LEAST_TOGETHER_ANEW


def _agrees(judge: Judge | None, sentence: str, found: _Found) -> bool:
    if judge is None or found.repeated:
        return True
    supports = judge.supports(found.text, sentence, found.heading)
    return supports is None or supports >= LEAST_JUDGED


def _verdict(supporting: Sequence[_Found]) -> Verdict:
    first = supporting[0]
    return Verdict(
        supported=True,
        numbers=tuple(number for each in supporting for number in each.numbers),
        span=first.span,
        score=first.score,
    )


def _denied(nearest: _Found | None, reason: Reason | None, *, judged: bool = False) -> Verdict:
    if nearest is None:
        return Verdict(supported=False, reason=reason or "uncovered")
    own: Reason = nearest.reason or ("judge" if judged else "uncovered")
    return Verdict(
        supported=False,
        span=nearest.span,
        reason=reason or own,
        detail=nearest.detail,
        score=nearest.score,
    )


def marks_in(sentence: str) -> Iterator[int]:
    """The numbers that stand in a sentence's marks, in order."""
    for match in _MARK.finditer(sentence):
        yield from (int(number) for number in re.findall(r"\d+", match.group()))
