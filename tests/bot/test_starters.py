import pytest

from bot.asking.addressing import shortened
from bot.asking.starters import offered, starter_questions
from bot.message.question_line import LONGEST_QUESTION
from bot.words import LANGUAGES, words_for


def test_every_question_to_begin_with_fits_in_every_language() -> None:
    questions = starter_questions()
    assert 10 <= len(questions) <= 25
    for question in questions:
        assert question.keys() == set(LANGUAGES)
        assert all(0 < len(text) <= 100 for text in question.values())
    for language in LANGUAGES:
        assert len({question[language] for question in questions}) == len(questions)


def test_people_read_their_language_and_the_english_question_is_asked() -> None:
    (german,) = offered("veröffentlichtes  MODELL", words_for("de"))
    assert german.name == "Lässt sich ein veröffentlichtes Modell zurückrufen?"
    assert german.value == "Can a released model be recalled?"
    assert offered("recalled", words_for("de")) == [german]
    assert offered("zurückrufen", words_for("en")) == []


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Is  it\nopen?", 20, "Is it open?"),
        ("One is long enough. Two is cut", 25, "One is long enough."),
        ("No sentence ends in all of this", 25, "No sentence ends in all"),
        ("x" * 30, 25, "x" * 25),
    ],
)
def test_a_text_is_cut_where_it_makes_sense(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short
    assert len(shortened(text * 99)) <= LONGEST_QUESTION
