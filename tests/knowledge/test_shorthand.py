import pytest

from knowledge.shorthand import spelled_out


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("y do ppl say u cant undo it", "why do people say you cannot undo it"),
        ("lol dont they need a licence tho", "do not they need a licence tho"),
        ("can sum1 hide smth in it n sell it", "can someone hide something in it and sell it"),
        ("IDK what the govt wants rn", "I do not know what the government wants right now"),
    ],
)
def test_chat_shorthand_is_spelled_out(written: str, meant: str) -> None:
    assert spelled_out(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Is R a language under clause U?",
        "What does the U.S. say of AT&T's model?",
        "see https://r.example/u/y.html or n.py",
        "What's in y-axis plots of w/o models?",
        "lol",
        "",
    ],
)
def test_names_addresses_and_plain_words_stay(text: str) -> None:
    assert spelled_out(text) == text
