"""What holds for every sentence: copies pass, turned copies do not, nothing breaks or stalls."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.sentences import sentence_spans
from knowledge.support import Given, check, marks_in
from tests.evals.support_pairs import FIT, read_pairs

PASSAGES = tuple(sorted({(pair.passage, pair.about) for pair in read_pairs(FIT)}))
SENTENCES = tuple(
    (sentence, Given(number=1, text=passage, about=about))
    for passage, about in PASSAGES
    for sentence in (passage[start:end] for start, end in sentence_spans(passage))
    if any(letter.isalnum() for letter in sentence)
)
WHOLE = re.compile(r"(?<![\w.,/()-])\d{2,3}(?![\w.,/()-]|\s?(?:\w+ )?\d)")
AUXILIARY = re.compile(r"(?<=\w )(?:is|are|was|were|can|may|must|should|will|would)(?= (?!not)\w)")
COINCIDENCES = 0.005  # a number may be worked out from others, "but it is not" may stand alone
ANYTHING = st.text(st.characters(), max_size=300)
CURVED = st.text("abc 019%.,;:()[]’“”\"'$€^-–—\n", max_size=200)  # noqa: RUF001 - as typed


def test_a_sentence_of_the_passage_is_supported_by_it() -> None:
    failed = [text for text, passage in SENTENCES if not check(text, (passage,), {1}).supported]
    assert failed == []


def test_its_span_is_that_sentence() -> None:
    for sentence, passage in SENTENCES[:50]:
        span = check(sentence, (passage,), {1}).span
        assert span is not None
        assert passage.text[slice(*span)] == sentence


@pytest.mark.parametrize(
    ("pattern", "changed"),
    [
        (WHOLE, lambda match: str(int(match.group()) + 619)),
        (AUXILIARY, lambda match: f"{match.group()} not"),
        (re.compile(r"(?<=\w )may(?= \w)"), lambda _: "must"),
        (re.compile(r"(?<=\w )must(?= \w)"), lambda _: "may"),
    ],
    ids=["number", "not", "must", "may"],
)
def test_a_sentence_of_the_passage_in_which_one_word_turns_it_is_not(
    pattern: re.Pattern[str], changed: object
) -> None:
    assert callable(changed)
    tried = [
        (pattern.sub(changed, text, count=1), passage)
        for text, passage in SENTENCES
        if pattern.search(text)
    ]
    passed = [text for text, passage in tried if check(text, (passage,), {1}).supported]
    assert len(passed) <= len(tried) * COINCIDENCES, passed


@given(sentence=ANYTHING | CURVED, passage=ANYTHING | CURVED, about=ANYTHING)
@settings(max_examples=150, deadline=None)
def test_anything_gets_a_verdict(sentence: str, passage: str, about: str) -> None:
    given_ = (Given(number=1, text=passage, about=about), Given(number=2, text=sentence))
    verdict = check(sentence, given_, {1})
    assert verdict.supported == (verdict.reason is None)
    assert verdict.supported == bool(verdict.numbers)
    assert 0.0 <= verdict.score <= 1.0
    assert verdict == check(sentence, given_, {1})


HOSTILE = ("1,000 ", "not may must ", "10^9", "“", "A.B&", "Article 1(2)", "one in ", "a-", "0" * 9)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_of_ten_thousand_characters_takes_no_second_of_a_processor(
    piece: str,
) -> None:
    text = (piece * 10_000)[:10_000]
    started = time.process_time()  # whatever else the machine does
    check(text, (Given(number=1, text=text),), {1})
    check(text[:1_990], (Given(number=1, text=text, about=text),), {1})
    assert time.process_time() - started < 1.0


def test_marks_are_read_in_order() -> None:
    assert list(marks_in("One [2]. Two [1, 3].")) == [2, 1, 3]
