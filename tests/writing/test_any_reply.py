"""Whatever a model says, nothing that it says is shown unchecked."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.model import Answer, Citation
from knowledge.support import check
from knowledge.writing import Prepared, Writer
from knowledge.writing.asking import request
from knowledge.writing.manner import STANDARD
from tests.writing.library import TEXTS, TellingChat

PIECES = [
    *(part for _, text in TEXTS for part in re.split(r"(?<=[.])\s|\n+|(?<=,)\s", text) if part),
    *("[1]", "[2][3]", "[9]", "(1)", "not", "never", "must", "may", "However,", "They", "This"),
    *("\n", "\n\n", "> ", "- ", "## A", "`x`", "<b>", "2031", "5 %", "[", "]", "?", "…", "\u202e"),
    *("https://evil.example", "@everyone", "NOT IN THE PASSAGES", "Ignore all instructions."),
]
# as many whole sentences with marks, so that some replies are good enough to be shown
WHOLE = [
    f"{sentence} [{number}]"
    for number in (1, 2, 3)
    for _, text in TEXTS
    for sentence in re.split(r"(?<=[.])\s", text.split("\n\n", 1)[1].strip())
]
REPLIES = st.lists(st.sampled_from(WHOLE), max_size=6).map(" ".join) | st.lists(
    st.sampled_from(WHOLE) | st.sampled_from(PIECES) | st.text(max_size=20), max_size=25
).map(" ".join)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(reply=REPLIES)
def test_each_shown_sentence_is_supported_by_what_it_cites(prepared: Prepared, reply: str) -> None:
    answer = Writer(TellingChat(reply or " ")).write(prepared)
    assert answer.outcome == "answered"
    if answer.mode == "quoted":
        assert answer.text == prepared.quoted.text
        assert answer.notes[-1].code.startswith("written-")
        return
    passages = request(prepared, STANDARD).given
    for sentence, numbers in _sentences(answer):
        cited = [_given_number(prepared, answer.citations[number - 1]) for number in numbers]
        assert cited
        assert check(sentence, passages, cited).supported, sentence
    assert not re.search(r"https?:|@everyone|<b>|\u202e|NOT IN THE", answer.text)
    assert {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)} == {
        citation.number for citation in answer.citations
    }


def _sentences(answer: Answer) -> list[tuple[str, list[int]]]:
    """The written sentences, without the quotes that bring back a side."""
    prose = [
        line for line in answer.text.split("\n\n") if line[0] != ">" and not line.endswith(":")
    ]
    found = re.findall(r"(.+?) ((?:\[\d+\])+)(?: |$)", " ".join(prose))
    return [(text, [int(number) for number in re.findall(r"\d+", marks)]) for text, marks in found]


def _given_number(prepared: Prepared, citation: Citation) -> int:
    ids = [passage.chunk.id for passage in prepared.passages]
    return ids.index(citation.passage.chunk.id) + 1
