"""What a model wrote, in whatever form, becomes sentences with their marks."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.writing.splitting import split

A, B = "Weights cannot be recalled.", "Copies stay."


def said(reply: str, most: int = 3, *, cut: bool = False) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.text, each.marks) for each in split(reply, most=most, cut=cut).said]


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[1]", (1,)),
        ("[1][2]", (1, 2)),
        ("[1] [2]", (1, 2)),
        ("[1, 3]", (1, 3)),
        ("[1; 3]", (1, 3)),
        ("[1 and 2]", (1, 2)),
        ("[1-3]", (1, 2, 3)),
        ("[^2]", (2,)),
        ("[Source 1]", (1,)),
        ("[Source 1, Source 3]", (1, 3)),
        ("[passages 1 and 2]", (1, 2)),
        ("[1: AI Act]", (1,)),
        ("[2, Article 53]", (2,)),
        ("[2](https://a.example/b)", (2,)),
        ("【1】", (1,)),
        ("【2†source】", (2,)),
        ("(1)", (1,)),
        ("(1, 2)", (1, 2)),
        ("(Source 2)", (2,)),
        ("[9]", (9,)),
    ],
)
@pytest.mark.parametrize("form", ["{0} {1} {2}", "{3} {1}. {2}", "{0}{1} {2}", "{0} {1}\n\n{2}"])
def test_marks_are_read_in_every_usual_form(mark: str, numbers: tuple[int, ...], form: str) -> None:
    reply = form.format(A, mark, B, A.rstrip("."))
    assert said(reply) == [(A, numbers), (B, ())]


@pytest.mark.parametrize(
    "law", ["Article 53(2) exempts them.", "Under Article 53 (1) they keep it.", "Art. 5(1)(a)."]
)
def test_numbers_of_provisions_are_no_marks(law: str) -> None:
    assert said(f"{law} [2]") == [(law, (2,))]


def test_a_mark_inside_a_sentence_belongs_to_it() -> None:
    assert said("Weights [1] cannot be recalled [2]. According to [3], copies stay.") == [
        (A, (1, 2)),
        (B, (3,)),
    ]


@pytest.mark.parametrize(
    "around",
    [
        "## Answer\n\n{}",
        "**Answer:** {}",
        "<think>Weights can be recalled [3].</think>\n{}",
        "Sure! Here is the answer:\n\n{}",
        "{}\n\nSources:\n[1] The Act\n[2] The letter",
        "{}\n\n```python\nprint('x')\n```",
        "```\ncode\n```\n{}",
        "> {}",
        "- {}",
        "1. {}",
        "<p>{}</p><script>alert(1)</script>",
        "{}\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "{}\n\nI hope this helps!",
        "{}\n---\n",
        "\u202e{}\u200b",
        "![picture](https://evil.example/x.png) {}",
        "<@123456> {}",
        "Based on the passages, {}",
    ],
)
def test_what_is_no_prose_is_left_out(around: str) -> None:
    assert said(around.format(f"**Weights** cannot be *recalled* [1]. {B} [2]")) == [
        (A, (1,)),
        (B, (2,)),
    ]


def test_no_sentence_poses_as_a_quote_of_a_document() -> None:
    assert said(f"{A} [1] > {B} [2]\n>> {A[:-1]} so far. [1]") == [
        (A, (1,)),
        (B, (2,)),
        (f"{A[:-1]} so far.", (1,)),
    ]


def test_a_list_that_goes_on_from_a_sentence_is_part_of_it() -> None:
    reply = "A provider must: [1]\n- keep documents, [1]\n- tell users. [2]"
    assert said(reply) == [("A provider must: keep documents; tell users;", (1, 2))]


@pytest.mark.parametrize(
    "silence",
    [
        "NOT IN THE PASSAGES",
        "Not in the passages: how many there are.",
        "The passages do not say how many there are [1].",
        "The provided sources don't mention a number.",
        "How many there are is not stated in the sources.",
        "The given context contains no information on that.",
    ],
)
def test_what_the_passages_lack_is_told_apart_from_what_they_say(silence: str) -> None:
    told = split(f"{A} [1]\n{silence}", most=3, cut=False)
    assert [each.text for each in told.said] == [A]
    assert told.partly
    assert not split(f"{A} [1] The text does not allow it [1].", most=3, cut=False).partly


@pytest.mark.parametrize("line", ["Is that so? [1]", "Key points", "Section 4 Weights [1]", "…"])
def test_questions_and_headings_claim_nothing(line: str) -> None:
    assert said(f"{line}\n\n{A} [1]") == [(A, (1,))]


def test_a_sentence_is_said_once() -> None:
    assert said(f"{A} [1] {B} [2] {A} [2]") == [(A, (1,)), (B, (2,))]


def test_the_unfinished_end_of_a_cut_reply_is_left_out() -> None:
    assert said(f"{A} [1] And then there", cut=True) == [(A, (1,))]
    assert said(f"{A} [1]", cut=True) == [(A, (1,))]
    assert said("And then there", cut=True) == []


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=300) | st.text(alphabet="[]()【】<>`*#|_-:;., 1290\nabAB\u202e", max_size=300)
)
def test_no_reply_makes_it_fail_or_leaves_marks_behind(reply: str) -> None:
    for each in split(reply, most=3, cut=False).said:
        assert each.text
        assert "\n" not in each.text
        assert each.text == each.text.strip()


@pytest.mark.parametrize(
    "long",
    [
        "[" * 30_000,
        "[1" * 15_000,
        "<" * 30_000,
        "<think>" * 4_000,
        "(1) " * 8_000,
        "*_" * 15_000,
        "```\n" * 7_000,
        "a. " * 10_000,
        "| " * 15_000,
        "> " * 15_000,
        "- " * 15_000,
        "[1, " * 8_000,
        "![" * 15_000,
        "the passages do not " * 1_500,
    ],
)
def test_hostile_lengths_take_no_longer(long: str) -> None:
    start = time.monotonic()
    split(long, most=8, cut=False)
    assert time.monotonic() - start < 3
