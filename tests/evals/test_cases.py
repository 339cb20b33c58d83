"""The evaluation sets still fit the starter corpus: a changed brief breaks its cases here."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import pytest
from pydantic import BaseModel, ConfigDict, Field

from ingest.extract import markdown

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "knowledge" / "corpus"
KINDS = {
    "single": 48,
    "multi": 16,
    "version": 12,
    "discord": 20,
    "unanswerable-near": 20,
    "unanswerable-far": 12,
}
WORDINGS = ("formal", "generic", "sloppy")


class Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    doc: str
    page: int | None
    quote: str = Field(min_length=40, max_length=300)
    also: list[str]


class Case(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    question: str = Field(min_length=1)
    kind: str
    gold: list[Gold]
    need: Literal["any", "all", "none"]
    key_facts: list[str]


class Wording(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    question: str = Field(min_length=1)
    wording: Literal["formal", "generic", "sloppy"]
    answered: bool
    brief: str | None


Line = TypeVar("Line")


def lines(name: str, parse: Callable[[str], Line]) -> list[Line]:
    return [parse(line) for line in (HERE / name).read_text("utf-8").splitlines()]


CASES = lines("answers.jsonl", Case.model_validate_json)
WORDED = lines("wordings.jsonl", Wording.model_validate_json)
ANSWERED = [case for case in CASES if case.need != "none"]


def briefs() -> set[str]:
    return {path.name for path in CORPUS.glob("*.md")}


@cache
def paragraphs(doc: str) -> tuple[str, ...]:
    """What a reader sees of a brief below its headings, without markup."""
    blocks = markdown.read((CORPUS / doc).read_bytes(), doc).blocks
    return tuple(" ".join(block.text.split()) for block in blocks if block.level is None)


def around(gold: Gold) -> list[str]:
    """The paragraphs in which a gold quote stands."""
    return [text for text in paragraphs(gold.doc) if gold.quote in text]


def says(text: str, fact: str) -> bool:
    return any(option.casefold() in text.casefold() for option in fact.split("|"))


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.id)
def test_each_gold_quote_stands_verbatim_in_one_paragraph_of_its_brief(case: Case) -> None:
    assert case.gold
    for gold in case.gold:
        assert len(around(gold)) == 1, f"{case.id}: {gold.doc} no longer says: {gold.quote}"


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.id)
def test_what_a_case_needs_holds_its_key_facts(case: Case) -> None:
    texts = [" ".join(around(gold)) for gold in case.gold]
    enough = texts if case.need == "any" else [" ".join(texts)]
    assert case.key_facts
    for fact in case.key_facts:
        assert all(fact.split("|")), f"{case.id}: empty alternative in {fact!r}"
        for text in enough:
            assert says(text, fact), f"{case.id}: {fact!r} is not in: {text}"


def test_unanswerable_cases_have_no_gold_and_all_others_have_some() -> None:
    for case in CASES:
        unanswerable = case.kind.startswith("unanswerable")
        assert (case.need == "none") == unanswerable, case.id
        if unanswerable:
            assert (case.gold, case.key_facts) == ([], []), case.id
        if case.need == "all":
            assert len(case.gold) > 1, case.id


def test_the_answer_cases_are_mixed_as_intended_and_cover_every_brief() -> None:
    assert Counter(case.kind for case in CASES) == KINDS
    assert {gold.doc for case in CASES for gold in case.gold} == briefs()


def test_each_wording_has_as_many_answered_as_unanswered_questions() -> None:
    counts = Counter((line.wording, line.answered) for line in WORDED)
    assert counts == {(name, answered): 30 for name in WORDINGS for answered in (True, False)}
    for line in WORDED:
        assert (line.brief is not None) == line.answered, line.id
    assert {line.brief for line in WORDED if line.brief} == briefs()


def test_unanswered_wordings_are_mostly_near_the_topic() -> None:
    unanswered = Counter(line.id.rsplit("-", 1)[0] for line in WORDED if not line.answered)
    expected = {f"{name}-near": 20 for name in WORDINGS} | {f"{name}-far": 10 for name in WORDINGS}
    assert unanswered == expected


def test_no_id_and_no_question_occurs_twice() -> None:
    entries = [(line.id, line.question) for line in CASES]
    entries += [(line.id, line.question) for line in WORDED]
    assert len({identifier for identifier, _ in entries}) == len(entries)
    assert len({question.casefold() for _, question in entries}) == len(entries)
