"""Slips of the pen against the stems of a build."""

from pathlib import Path

import pytest

from knowledge.index.lexical import LexicalIndex
from knowledge.index.spelling import Spelling
from knowledge.words import stems, words

TEXT = "The licence requires documents, decisions and the safety of weights under the regulations."
SPELLING = Spelling(dict.fromkeys(words(TEXT), 1))


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("licnece", "licence"),  # swapped
        ("documet", "document"),  # missing
        ("weightts", "weight"),  # too many
        ("docunents", "document"),  # wrong
        ("saftey", "safety"),  # the stemmer ends it in i
        ("deciisions", "decision"),  # its stem has another stem
        ("DOCUMNET", "document"),
    ],
)
def test_a_word_near_a_stem_is_mended_to_words_with_that_stem(slip: str, meant: str) -> None:
    forms = SPELLING.meant(slip)
    assert meant in forms
    assert {*stems(forms)} == {*stems([meant])}


@pytest.mark.parametrize("word", ["saef", "eights", "bread", "wxyghts"])
def test_a_short_word_another_first_letter_and_a_far_word_are_left(word: str) -> None:
    assert SPELLING.meant(word) == ()


def test_two_slips_are_mended_only_in_a_long_stem() -> None:
    spelling = Spelling({"disinform": 1, "market": 1})
    assert "disinform" in spelling.meant("disimfrom")
    assert spelling.meant("mrakte") == ()


def test_of_equally_near_stems_the_more_frequent_one_was_meant() -> None:
    assert "model" in Spelling({"model": 9, "motel": 2}).meant("moxel")
    assert "motel" in Spelling({"model": 2, "motel": 9}).meant("moxel")


def test_words_that_a_chunk_holds_and_texts_without_words_are_left_alone(tmp_path: Path) -> None:
    LexicalIndex.write(tmp_path, [TEXT, "…"])
    lexical = LexicalIndex(tmp_path)
    assert lexical.meant("weight") == ()
    assert "weight" in lexical.meant("weihgts")
