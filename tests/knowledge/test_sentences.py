import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sentences import sentence_spans

TEXTS = st.text(
    st.one_of(
        st.sampled_from(".!?;:'\"()[] \t\r\n\x0b\x85\u2028\u3000。“”…1aB"),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)


@given(text=TEXTS)
def test_spans_cover_everything_but_white_space_in_order(text: str) -> None:
    position = 0
    for start, end in sentence_spans(text):
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        assert "\n" not in text[start:end]
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "See Art. 53(2) of the Act, e.g. point (a), for the exception.",
        "Executive Order No. 14110 was revoked by the U.S. government.",
        "The threshold is 10.25 FLOPs, cf. Annex XIII.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    text = f"{sentence} Next one."
    assert [text[start:end] for start, end in sentence_spans(text)] == [sentence, "Next one."]


def test_half_a_character_breaks_nothing() -> None:
    text = "\ud800 Weights spread. They\udfff stay."
    assert [text[slice(*span)] for span in sentence_spans(text)] == [
        "\ud800 Weights spread.",
        "They\udfff stay.",
    ]
