"""What a message claims, without its markup, and what is no claim."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.claims import MOST_CLAIMS, claims_in
from knowledge.unmarked import unmarked

SET = Path(__file__).parents[1] / "evals" / "claims.jsonl"
MESSAGES = [json.loads(line) for line in SET.read_text("utf-8").splitlines()]
MARKUP = (
    *("**", "__", "*", "_", "~~", "||", "`", "```\n", "> ", ">>> ", "- ", "1. ", "# ", "-# "),
    *("<@1>", "<#2>", "<:a:3>", "<t:4:R>", "</ask:5>", "@everyone", "https://a.example/b ", "[x]("),
    *(") ", "](", "\n", "\u200b", "🎉", "…", "; ", "? ", "! ", ". "),
)
WORDS = (
    "Llama",
    "is",
    "open",
    "they",
    "EU",
    "banned",
    "It",
    "models",
    "I think",
    "Gewichte",
    "why",
)
PIECES = st.lists(st.sampled_from((*MARKUP, *WORDS)), max_size=40)


def texts(message: str) -> list[str]:
    return [claim.text for claim in claims_in(message)]


@pytest.mark.parametrize("case", MESSAGES, ids=lambda case: case["message"][:40])
def test_a_message_is_split_into_just_its_claims(case: dict[str, Any]) -> None:
    assert texts(case["message"]) == [claim["text"] for claim in case["claims"]]


def test_the_set_is_large_enough_and_mixed() -> None:
    assert len(MESSAGES) >= 40
    assert sum(not case["claims"] for case in MESSAGES) >= 15


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("**Llama** is _open_ and ||free||", "Llama is open and free"),
        ("Use `gpt-oss-20b`, not `rm -rf /;`", "Use gpt-oss-20b, not"),
        ("```py\ncode\n```\nafter", "after"),
        ("see <https://a.example/x> and https://b.example", "see and"),
        ("<@1> <@!2> <@&3> <#4> </ask me:5> <t:6:R> <a:n:7> @ada hi", "hi"),
        ("[the study](https://a.example) says", "the study says"),
        ("~~gone~~ here", "here"),
        ("> quoted\nown words", "own words"),
        ("# Title\n- one\n2. two", "Title one two"),
        ("snake_case and 2*3", "snake_case and 2 3"),
        ("so good 🎉👍🏽 :tada: nice", "so good nice"),
    ],
)
def test_markup_goes_and_words_stay(message: str, words: str) -> None:
    assert " ".join(unmarked(message).split()) == words


def test_a_quote_counts_when_the_message_claims_nothing_itself() -> None:
    quoted = "> The EU banned open-source AI.\n"
    assert texts(f"{quoted}lol") == ["The EU banned open-source AI."]
    assert texts(f"{quoted}The EU only regulates it.") == ["The EU only regulates it."]


def test_a_claim_that_leans_is_searched_for_with_what_it_leans_on() -> None:
    _, second = claims_in("Llama 4 is open source. It has no restrictions.")
    assert second.text == "It has no restrictions."
    assert second.searched == "Llama 4 open source: It has no restrictions."
    (asked,) = claims_in("Have you seen Llama 4? It has no restrictions.")
    assert "Llama 4" in asked.searched


def test_a_claim_that_stands_alone_is_searched_for_as_it_is() -> None:
    first, second = claims_in("Llama 4 is open source. The EU banned deepfakes in 2019.")
    assert (first.searched, second.searched) == (first.text, second.text)


def test_only_the_first_claims_of_a_long_message_are_taken() -> None:
    message = " ".join(f"Model {number} was released without a licence." for number in range(20))
    assert texts(message) == [
        f"Model {number} was released without a licence." for number in range(MOST_CLAIMS)
    ]


def test_a_claim_that_is_repeated_is_taken_once() -> None:
    assert texts("The EU banned AI. the eu banned ai. THE EU BANNED AI.") == ["The EU banned AI."]


def test_a_text_without_any_stop_is_cut() -> None:
    (claim,) = claims_in("llama is open " * 300)
    assert len(claim.text) <= 400


@given(PIECES, st.sampled_from(("", " ")))
def test_markup_in_any_order_never_breaks_the_splitting(pieces: list[str], between: str) -> None:
    check(between.join(pieces))


@given(st.text(max_size=400))
@example("\u0130t is an Open Model \ufb01le that \u0130stanbul banned.")
@example("A\u00adB is \ufeffbanned in the EU\u2028They say it is.")
def test_every_word_of_a_claim_occurs_in_the_message(message: str) -> None:
    check(message)


def check(message: str) -> None:
    claims = claims_in(message)
    assert len(claims) <= MOST_CLAIMS
    for claim in claims:
        assert claim.text.strip()
        assert all(word in message for word in re.findall(r"\w+", claim.text))
