"""Follow-ups take their topic from earlier questions, and whole questions are left alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answer import Answerer
from knowledge.conversation import MOST_EARLIER, standalone
from knowledge.leaning import leans

EVALS = Path(__file__).parents[1] / "evals"
SLOPPY = Path(__file__).parent / "questions" / "sloppy.txt"
FOLLOW_UPS = {
    # what is asked of something else
    ("Is Llama 3 open source?", "and Llama 4?"): "open source: and Llama 4?",
    ("What does Mozilla say about openness?", "and Meta?"): "openness: and Meta?",
    ("Is there a UK law on deepfakes?", "and in the US?"): "law deepfakes: and in the US?",
    ("Does the EU ban open-source AI?", "and the US?"): "ban open-source AI: and the US?",
    ("What does Article 53(2) of the AI Act require?", "What about Article 55?"): (
        "AI Act require: What about Article 55?"
    ),
    ("What did the report of 2024 find?", "and in 2025?"): "report find: and in 2025?",
    ("Which benefits do open models have?", "and the risks?"): "open models: and the risks?",
    ("What are the rules for closed models?", "and for open ones?"): "rules: and for open ones?",
    # what is asked of the same
    ("Is Llama open source?", "why?"): "Llama open source: why?",
    ("Is Llama open source?", "since when"): "Llama open source: since when",
    ("Is Llama open source?", "Who decides that?"): "Llama open source: Who decides that?",
    ("Is Llama open source?", "What is its licence?"): "Llama open source: What is its licence?",
    ("Is Llama open source?", "does anyone doubt that?"): (
        "Llama open source: does anyone doubt that?"
    ),
    ("Which licences are strict?", "which licence is the best?"): (
        "licences strict: which licence is the best?"
    ),
    ("Is Llama open source?", "tell me more"): "Llama open source: tell me more",
    ("Is Llama open source?", "what are the risks?"): "Llama open source: what are the risks?",
    ("What are the penalties under the EU AI Act?", "for small companies?"): (
        "penalties EU AI Act: for small companies?"
    ),
    ("Can a released model be recalled?", "how would they do it?"): (
        "released model recalled: how would they do it?"
    ),
    # German
    ("Was verbietet die Llama-Lizenz?", "und für militärische Nutzung?"): (
        "verbietet Llama-Lizenz: und für militärische Nutzung?"
    ),
    ("Was verbietet die Llama-Lizenz?", "Gilt das auch in der EU?"): (
        "verbietet Llama-Lizenz: Gilt das auch in der EU?"
    ),
    ("Was ist marginales Risiko?", "Wer kritisiert es?"): "marginales Risiko: Wer kritisiert es?",
    ("Was verlangt Artikel 53?", "und Artikel 55?"): "verlangt: und Artikel 55?",
    ("Was sagt Meta über Offenheit?", "und Mozilla?"): "sagt Offenheit: und Mozilla?",
    ("Was sagt Meta über Offenheit?", "Was spricht dagegen?"): (
        "sagt Meta Offenheit: Was spricht dagegen?"
    ),
    ("Ist Llama quelloffen?", "Seit wann?"): "Llama quelloffen: Seit wann?",
    ("Ist Llama quelloffen?", "Ist das legal?"): "Llama quelloffen: Ist das legal?",
}
WHOLE = (
    "Is AI dangerous?",
    "is llama safe",
    "gpt-oss?",
    "llama 4 licence fines",
    "And what is the NTIA report about?",
    "What about the Arup deepfake fraud?",
    "Is it true that Russia used Llama for propaganda?",
    "Is it legal to use Llama for weapons?",
    "Why does it matter that safeguards can be removed?",
    "Can a model be recalled once people have it?",
    "Does Meta publish its data?",
    "Why do hospitals want to run models on their own computers?",
    "Is there evidence that open models increase disinformation?",
    "Can models that are closed lose their safeguards?",
    "What do Kapoor and others say about deepfakes?",
    "Does this bot know about Llama?",
    "Does the NIST AI Risk Management Framework for IT systems bind companies?",
    "Seit wann gilt die KI-Verordnung?",
    "Gibt es Beweise, dass offene Modelle mehr Desinformation verursachen?",
    "Ist es erlaubt, Llama für Waffen zu nutzen?",
    "Können Sie mir sagen, ob Llama quelloffen ist?",
    "Warum können Modelle nicht zurückgerufen werden, wenn sie veröffentlicht sind?",
    "Was empfahl die NTIA?",
)
EARLIER = ("What did Microsoft invest in OpenAI?", "thanks!", "What is marginal risk?")


@pytest.mark.parametrize(("said", "understood"), FOLLOW_UPS.items(), ids=lambda part: part[:1])
def test_a_follow_up_takes_over_the_topic_without_what_it_replaces(
    said: tuple[str, str], understood: str
) -> None:
    assert standalone(said[1], [said[0]]) == understood


@pytest.mark.parametrize("question", WHOLE)
def test_a_whole_question_is_left_as_it_is(question: str) -> None:
    assert standalone(question, EARLIER) == question


@pytest.mark.parametrize("question", [*(said for _, said in FOLLOW_UPS), *WHOLE])
def test_without_anything_before_it_a_question_is_left_as_it_is(question: str) -> None:
    assert standalone(question, []) == question
    assert standalone(question, ["hello!", "  ", "vielen Dank"]) == question


def test_a_chain_of_follow_ups_keeps_its_topic_until_it_changes() -> None:
    chain = ["and where low?", "where is it high?", "What is marginal risk?"]
    assert standalone("Who says so?", chain) == "marginal risk low: Who says so?"
    changed = ["Is Llama open source?", *chain]
    assert standalone("Who says so?", changed) == "Llama open source: Who says so?"


def test_smalltalk_between_two_questions_is_passed_over() -> None:
    earlier = ["thanks a lot!", "Is Llama open source?"]
    assert standalone("why?", earlier) == standalone("why?", earlier[1:])


def test_only_the_newest_questions_are_looked_at() -> None:
    earlier = ["why?"] * MOST_EARLIER + ["Is Llama open source?"]
    assert "Llama" not in standalone("how?", earlier)
    assert "Llama" in standalone("how?", earlier[1:])


def test_questions_asked_out_of_the_blue_hardly_ever_seem_to_lean() -> None:
    asked = [
        json.loads(line)["question"]
        for name in ("answers.jsonl", "wordings.jsonl")
        for line in (EVALS / name).read_text("utf-8").splitlines()
    ]
    asked += SLOPPY.read_text("utf-8").splitlines()
    assert sum(map(leans, asked)) <= 0.02 * len(asked), [each for each in asked if leans(each)]


@given(st.text(max_size=300), st.lists(st.text(max_size=300), max_size=7))
def test_any_texts_can_be_put_together(question: str, earlier: list[str]) -> None:
    understood = standalone(question, earlier)
    assert understood == question or understood.endswith(question.strip())
    assert len(understood) <= len(question) + 202


def test_an_answer_to_a_follow_up_is_about_the_topic_and_shows_what_was_written(
    quoter: Answerer,
) -> None:
    earlier = ["What does the Harbour Model Act say about the register?"]
    answer = quoter.answer("and the fines?", earlier=earlier)
    assert answer.question == "and the fines?"
    assert answer.citations[0].passage.source.title == "Harbour Model Act"
    assert "fails to register" in " ".join(each.quote for each in answer.citations)


@pytest.mark.parametrize("question", ["who pays?", "How do they decide that?"])
def test_a_question_that_points_back_is_answered_where_the_topic_is(
    quoter: Answerer, question: str
) -> None:
    earlier = ["What does the Harbour Model Act say about the register?"]
    prepared = quoter.prepare(question, earlier=earlier)
    assert prepared.topic != question
    assert prepared.quoted.citations[0].passage.source.title == "Harbour Model Act"
    assert quoter.prepare(question).topic == question


def test_a_short_question_about_nothing_held_does_not_go_on_with_a_topic(
    quoter: Answerer,
) -> None:
    question = "Where do zebras graze?"
    earlier = ["When must a training run be reported to the Ministry of Trade?"]
    assert quoter.prepare(question, earlier=earlier).topic == question


def test_a_new_topic_is_answered_as_if_nothing_had_been_asked_before(quoter: Answerer) -> None:
    question = "How much energy does a small model need?"
    alone = quoter.answer(question)
    later = quoter.answer(question, earlier=["What is the fine for failing to register a model?"])
    assert (later.text, later.citations) == (alone.text, alone.citations)
