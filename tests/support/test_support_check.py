"""Whether passages support a sentence, as a reader would see it."""

from pathlib import Path

import pytest

from knowledge.encoders import TaughtJudge
from knowledge.settings import STARTER_ENCODER
from knowledge.support import ADAPTERS, Given, Reason, Verdict, check

JUDGE = TaughtJudge(ADAPTERS, STARTER_ENCODER)

LIBRARIES = Given(
    number=1,
    about="City of Arlen: Library rules > Section 4",
    text=(
        "Public libraries must keep lending records for 90 days, unless a reader objects. "
        "In March 2021 the council found that 40 percent of 250 branches kept them longer. "
        "Branches may lend older maps to schools. "
        "The readers' union argues that the records should be deleted at once."
    ),
)
ZOO = Given(number=2, about="Zoo of Arlen: Cats", text="Cats sleep for 14 hours a day.")
BOTH = (LIBRARIES, ZOO)


def reason_for(sentence: str) -> Reason | None:
    verdict = check(sentence, (LIBRARIES,), {1})
    assert verdict.supported == (verdict.reason is None)
    return verdict.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Public libraries must keep lending records for 90 days, unless a reader objects.",
        (
            "Public libraries are required to retain lending records for 90 days unless a reader "
            "objects [1]."
        ),
        "The council found in March 2021 that 40% of the 250 branches kept them longer.",
        "Branches may lend schools older maps.",
        "In 2021, the council found that 40 per cent of 250 branches kept them longer.",
    ],
)
def test_what_the_passage_says_is_supported_in_other_words_too(sentence: str) -> None:
    verdict = check(sentence, (LIBRARIES,), {1})
    assert verdict.supported
    assert verdict.numbers == (1,)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Public libraries must keep lending records for 60 days.", "number"),
        ("In April 2021 the council found that branches kept them longer.", "date"),
        ("Section 5 requires libraries to keep lending records.", "reference"),
        ("Lisbon's public libraries must keep lending records.", "name"),
        ('Libraries must keep "all borrowing data" for 90 days.', "quoted-words"),
        ("Branches must lend older maps to schools.", "modality"),
        ("Branches may not lend older maps to schools.", "negation"),
        ("Storks nest on chimneys near rivers.", "uncovered"),
    ],
)
def test_what_it_does_not_say_is_not_supported_and_told_why(sentence: str, reason: Reason) -> None:
    assert reason_for(sentence) == reason


def test_a_mark_that_names_no_passage_is_invented() -> None:
    verdict = check("Cats sleep for 14 hours a day.", BOTH, {2, 7})
    assert (verdict.supported, verdict.reason, verdict.detail) == (False, "invented-mark", "7")


def test_a_sentence_with_the_wrong_mark_is_cited_anew() -> None:
    verdict = check("Cats sleep 14 hours a day.", BOTH, {1})
    assert verdict.supported
    assert verdict.numbers == (2,)


def test_a_sentence_without_a_mark_is_cited_where_a_passage_supports_it() -> None:
    assert check("Cats sleep 14 hours a day.", BOTH, ()).numbers == (2,)
    assert check("Dogs bark at night.", BOTH, ()).reason == "unmarked"


def test_only_the_marked_passages_that_support_it_are_cited() -> None:
    assert check("Cats sleep 14 hours a day.", BOTH, {1, 2}).numbers == (2,)


def test_two_marked_passages_may_support_a_sentence_together() -> None:
    found = check(
        "Branches may lend older maps to schools, and cats sleep for 14 hours a day.", BOTH, {1, 2}
    )
    assert found.numbers == (1, 2)


def test_the_span_is_the_sentence_that_supports_it() -> None:
    verdict = check("Branches may lend schools older maps.", (LIBRARIES,), {1})
    assert verdict.span is not None
    start, end = verdict.span
    assert LIBRARIES.text[start:end] == "Branches may lend older maps to schools."


class StrictJudge:
    """Supports only what speaks of cats."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def supports(self, passage: str, sentence: str, about: str = "") -> float:
        """1 for cats."""
        del about
        self.asked.append(sentence)
        return float("cats" in passage.lower())


def test_a_judge_may_reject_what_the_words_support() -> None:
    sentence = "Branches may lend schools older maps."
    verdict = check(sentence, (LIBRARIES,), {1}, StrictJudge())
    assert (verdict.supported, verdict.reason) == (False, "judge")


def test_a_judge_is_not_asked_about_what_the_words_do_not_support() -> None:
    judge = StrictJudge()
    verdict = check("Storks nest on chimneys near rivers.", BOTH, {2}, judge)
    assert not verdict.supported
    assert judge.asked == []


@pytest.mark.parametrize("sentence", ["", "[1]", "...", "\n", "[1][2]", "\ud800", "?" * 5_000])
def test_nothing_is_not_supported(sentence: str) -> None:
    assert check(sentence, BOTH, {1}) == Verdict(supported=False, reason="uncovered")


def test_another_passage_supports_only_what_stands_together_in_it() -> None:
    safety = Given(
        number=1, text="The safety report says that open-weight models cannot be recalled."
    )
    scattered = Given(
        number=2,
        text="The safety report was written by many. Defences matter whether or not weights can be "
        "recalled. Open-weight models are in use everywhere.",
    )
    whole = Given(
        number=3, text="In 2026 the safety report said that open-weight models are recalled."
    )
    claim = "The safety report says that open-weight models can be recalled."
    assert not check(claim, [safety, scattered], [1]).supported
    assert check(
        "The safety report says that open-weight models are recalled.", [safety, whole], [1]
    ).numbers == (3,)


RULES = Given(
    number=1,
    about="Harbour Office: Report on pilots > Findings",
    text=(
        "Small ports may use a shared model if the harbour master has tested it. "
        "The inspector told us that 22 of the cranes had failed, while 340 workers were retrained. "
        "The union believes that the pilots will be extended to all ports. "
        "We found that most drivers preferred the old screen. "
        "The supplier plans to repair the cranes in June. "
        "The office closed the north gate."
    ),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "We found that all drivers preferred the old screen.",
        "The supplier believes that the pilots will be extended to all ports.",
        "The union told us that 22 of the cranes had failed.",
        "The office opened the north gate.",
        "The office closed the north gate and dismissed two guards.",
    ],
)
def test_what_no_rule_speaks_against_is_left_to_the_judge(sentence: str) -> None:
    assert check(sentence, (RULES,), {1}).supported
    assert check(sentence, (RULES,), {1}, JUDGE).reason == "judge"


def test_a_number_that_another_thing_has_is_told() -> None:
    sentence = "The inspector told us that 340 of the cranes had failed."
    assert check(sentence, (RULES,), {1}).reason == "number"


def test_a_number_that_is_worked_out_from_others_is_no_fault() -> None:
    assert check(
        "Of the branches, 60 percent did not keep them longer.", (LIBRARIES,), {1}
    ).supported
    assert check("Of 250 branches, 100 kept them longer.", (LIBRARIES,), {1}).supported
    assert check("Of 250 branches, 170 kept them longer.", (LIBRARIES,), {1}).reason == "number"


@pytest.mark.parametrize(
    "sentence",
    [
        "Most drivers preferred the old screen to the new one, we found.",
        "According to the inspector, 22 cranes had failed.",
        "In June the supplier intends to repair the cranes.",
        "Small ports are allowed to use a shared model if the harbour master has tested it.",
        "The union thinks the pilots will be extended to all ports.",
    ],
)
def test_the_same_in_other_words_is_supported(sentence: str) -> None:
    assert check(sentence, (RULES,), {1}, JUDGE).supported


def test_without_the_files_of_the_judge_the_rules_decide(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    judge = TaughtJudge(tmp_path / "none.safetensors", STARTER_ENCODER)
    for _ in range(2):
        assert check("The office opened the north gate.", (RULES,), {1}, judge).supported
        assert not check("Branches must lend older maps to schools.", BOTH, {1}, judge).supported
    assert caplog.text.count("checked by their words alone") == 1


@pytest.mark.parametrize("text", ["", "\ud800", "word " * 5_000, "🦙" * 300, "\x00", "\n"])
def test_the_judge_reads_any_text(text: str) -> None:
    for passage, sentence in ((text, RULES.text), (RULES.text, text), (text, text)):
        found = JUDGE.supports(passage, sentence, text)
        assert found is not None
        assert 0.0 <= found <= 1.0
