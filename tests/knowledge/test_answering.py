"""Searching and answering over the small library in `tests/fixtures`, with real weights."""

import json
import re

import pytest

from knowledge.answer import Answerer
from knowledge.drafting import NOT_ADVICE, OWN_WORDS
from knowledge.gate import LEAST_CONFIDENCE
from knowledge.labels import citation_label
from knowledge.library import Library
from knowledge.model import Answer
from knowledge.search import Searcher
from knowledge.sentences import sentence_spans
from knowledge.serialise import answer_json, passage_json
from knowledge.silence import shown_nearest

QUESTIONS = {
    "Which providers are exempt from the public register?": "Harbour Model Act",
    "What is the fine for failing to register a model?": "Harbour Model Act",
    "Can weights be taken back after people downloaded them?": (
        "Why released weights cannot be recalled"
    ),
    "How quickly do safeguards disappear through fine-tuning?": (
        "How long safeguards last in published models"
    ),
    "Why do hospitals want open weights?": "A letter in favour of open models",
    "Has somebody been cheated with a cloned voice?": "Cloned voices in telephone fraud",
    "Does a licence stop people from misusing a model?": "Use restrictions in model licences",
    "What does marginal risk mean?": "Measuring marginal risk",
    "When must a training run be reported to the Ministry of Trade?": (
        "Executive Decree 88 on large computing runs"
    ),
    "How much energy does a small model need?": "Energy use of small models",
    "What shall someone do who finds that a published model can be misused?": (
        "Statute on the Release of Model Weights"
    ),
}
OFF_TOPIC = (
    "How do I bake a sourdough bread?",
    "Who won the football world cup in 1998?",
    "What is the best way to prune roses in autumn?",
)
CITATION_KEYS = [
    "number",
    "source_id",
    "title",
    "kind",
    "stance",
    "publisher",
    "published",
    "status",
    "status_date",
    "jurisdiction",
    "licence",
    "url",
    "link",
    "page",
    "heading",
    "quote",
    "passage",
]


def texts(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes]


def check(answer: Answer, library: Library) -> None:
    """Every quote stands in the library, and the text shows just the citations, in order."""
    assert answer.outcome == "answered"
    for number, citation in enumerate(answer.citations, start=1):
        chunk = citation.passage.chunk
        found = library.document(chunk.source_id)
        assert found is not None
        document, _ = found
        place = chunk.start + citation.start
        assert citation.number == number
        assert document.text.startswith(citation.quote, place)
        assert citation.quote == citation.quote.strip()
        assert citation.page == (sum(start <= place for start in document.page_starts) or None)
        assert chunk.text == document.text[chunk.start : chunk.end]
    quoted = [line for line in answer.text.split("\n\n") if line.startswith("> ")]
    assert len(quoted) == len(answer.citations)
    for line, citation in zip(quoted, answer.citations, strict=True):
        flat = " ".join(citation.quote.split())
        shown = re.fullmatch(rf"> (… )?{re.escape(flat)}( …)? \[{citation.number}\]", line)
        assert shown
        sentences = {start for start, _ in sentence_spans(citation.passage.chunk.text)}
        assert (shown[1] is None) == (citation.start in sentences)
    assert answer.nearest == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_right_document_comes_first(searcher: Searcher, question: str) -> None:
    assert searcher.search(question)[0].source.title == QUESTIONS[question]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_with_verbatim_quotes_of_the_right_document(
    quoter: Answerer, shelves: tuple[Library, Searcher], question: str
) -> None:
    answer = quoter.answer(question)
    check(answer, shelves[0])
    assert answer.citations[0].passage.source.title == QUESTIONS[question]
    assert answer.build == quoter.build()
    assert answer.timings_ms["total"] >= answer.timings_ms["search"] > 0


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_an_off_topic_question_is_met_with_silence_and_no_source_seems_near(
    answerer: Answerer, question: str
) -> None:
    answer = answerer.answer(question)
    assert (answer.outcome, answer.citations) == ("abstained", ())
    assert answer.text == "My library does not answer this. Nothing that it holds comes near."
    assert answer.nearest
    assert shown_nearest(answer) == ()


def test_a_question_on_the_subject_that_is_not_answered_gets_the_nearest_sources(
    shelves: tuple[Library, Searcher],
) -> None:
    answer = Answerer(shelves[1], least_confidence=1.0).answer("Who drafted the Harbour Model Act?")
    assert (answer.outcome, answer.citations) == ("abstained", ())
    assert answer.text == "My library does not answer this. The nearest it holds:"
    assert "Harbour Model Act" in [nearest.title for nearest in shown_nearest(answer)]
    for nearest in answer.nearest:
        found = shelves[0].document(nearest.source_id)
        assert found is not None
        assert nearest.quote
        assert nearest.quote in found[0].text


def test_questions_that_the_library_answers_are_surer_than_others(answerer: Answerer) -> None:
    sure = [answerer.assess(question) for question in QUESTIONS]
    unsure = [answerer.assess(question) for question in OFF_TOPIC]
    assert min(each.confidence for each in sure) > max(each.confidence for each in unsure)
    assert not any(each.answers for each in unsure)
    assert sum(each.answers for each in sure) >= len(QUESTIONS) * 2 / 3


def test_each_quote_has_its_source_and_place_above_it_once(quoter: Answerer) -> None:
    answer = quoter.answer("What is the fine for failing to register a model?")
    label = "Harbour Model Act (law, in force since 2025-03-01, 2025-01-15), Article 9 Penalties:"
    first, second, *rest = answer.text.split("\n\n")
    assert first == label
    assert second.startswith("> Whoever fails to register a model")
    assert rest.count(label) == 0
    for before, citation in zip((None, *answer.citations), answer.citations, strict=False):
        expected = citation_label(citation, after=before)
        assert not expected or f"{expected}:" in answer.text.split("\n\n")


def test_an_exception_follows_the_rule_it_limits(quoter: Answerer) -> None:
    answer = quoter.answer("Which providers are exempt from the public register?")
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "are exempt from the register. This exemption shall not apply" in quotes


def test_an_answer_from_a_law_is_not_legal_advice_and_tells_how_old_it_is(
    quoter: Answerer, shelves: tuple[Library, Searcher]
) -> None:
    law = quoter.answer("What is the fine for failing to register a model?")
    assert any(citation.passage.source.kind == "law" for citation in law.citations)
    day = shelves[1].snapshots.current().manifest.created[:10]
    (note,) = law.notes
    assert (note.code, note.values) == ("not-advice", {"date": day})
    assert note.text == f"Library of {day}. {NOT_ADVICE}"
    kettle = quoter.answer("How much energy does a small model need?")
    assert kettle.notes == ()


def test_the_status_of_a_source_stands_beside_its_quote(quoter: Answerer) -> None:
    answer = quoter.answer("When must a training run be reported to the Ministry of Trade?")
    assert "revoked 2025-08-14" in answer.text
    assert "Executive Decree 88 on large computing runs: revoked 2025-08-14." in texts(answer)


def test_an_answer_from_a_brief_says_whose_words_they_are(quoter: Answerer) -> None:
    answer = quoter.answer("Can weights be taken back after people downloaded them?")
    assert OWN_WORDS in texts(answer)


def test_a_quote_on_a_later_page_names_that_page(quoter: Answerer) -> None:
    answer = quoter.answer("When does the statute enter into force?")
    quotes = {c.quote: c.page for c in answer.citations if "enters into force" in c.quote}
    assert quotes
    assert set(quotes.values()) == {2}
    assert "Article 2 Entry into force, page 2:" in answer.text


def test_quotes_of_reserved_texts_stay_short(quoter: Answerer) -> None:
    answer = quoter.answer("Has somebody been cheated with a cloned voice?")
    assert answer.citations
    assert all(len(citation.quote) <= 300 for citation in answer.citations)


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_is_asked_back(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert (answer.outcome, answer.text) == ("abstained", "Please ask a question.")
    assert (answer.citations, answer.nearest) == ((), ())


@pytest.mark.parametrize(
    "question",
    [
        "?!…",
        "🙂🙂🙂",
        "—",
        "the of and",
        "\x00\x07",
        "\ud800",
        "' OR 1=1 --",
        "[red]weights[/]",
        "weights " * 500,
        "?" * 4000,
        "中文" * 2000,
    ],
)
@pytest.mark.parametrize("least", [0.0, LEAST_CONFIDENCE])
def test_any_question_gets_an_answer(
    shelves: tuple[Library, Searcher], question: str, least: float
) -> None:
    answer = Answerer(shelves[1], least_confidence=least).answer(question)
    assert answer.question == question
    if answer.outcome == "answered":
        check(answer, shelves[0])
    else:
        assert answer.outcome == "abstained"
        assert answer.text
    assert json.dumps(answer_json(answer))


def test_a_long_question_is_answered_as_a_short_one(
    quoter: Answerer, shelves: tuple[Library, Searcher]
) -> None:
    question = "What does marginal risk mean? " + "Please answer with care. " * 158
    answer = quoter.answer(question[:4000])
    check(answer, shelves[0])


def test_the_same_question_gets_the_same_answer(quoter: Answerer) -> None:
    question = next(iter(QUESTIONS))
    first, second = quoter.answer(question), quoter.answer(question)
    assert first.citations
    assert first.citations == second.citations
    assert first.text == second.text
    assert first.id != second.id


def test_the_json_of_an_answer_is_that_of_the_contract(
    answerer: Answerer, quoter: Answerer
) -> None:
    answer = json.loads(json.dumps(answer_json(quoter.answer(next(iter(QUESTIONS))))))
    assert list(answer) == [
        *("id", "question", "outcome", "mode", "text", "citations", "nearest", "notes"),
        *("timings_ms", "build"),
    ]
    assert all(list(citation) == CITATION_KEYS for citation in answer["citations"])
    act = next(each for each in answer["citations"] if each["title"] == "Harbour Model Act")
    assert act["quote"] in act["passage"]
    assert act["url"] == "https://law.example/harbour-act"
    assert act["link"].startswith("https://law.example/harbour-act#:~:text=")
    assert (act["publisher"], act["page"]) == ("Parliament of Harbour", None)
    silent = answer_json(answerer.answer(OFF_TOPIC[0]))
    keys = ["source_id", "title", "url", "quote"]
    assert silent["nearest"]
    assert all(list(near) == keys for near in silent["nearest"])


def test_local_files_have_no_address_in_the_json(quoter: Answerer) -> None:
    answer = answer_json(quoter.answer("How much energy does a small model need?"))
    first = answer["citations"][0]
    assert (first["url"], first["link"]) == (None, None)
    assert "file:" not in json.dumps(answer)


def test_a_search_gives_as_many_passages_as_asked_best_first(searcher: Searcher) -> None:
    passages = searcher.search("open weights risk", limit=3)
    scores = [passage.score for passage in passages]
    assert len(passages) == 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(-1.001 <= passage.similarity <= 1.001 for passage in passages)
    assert searcher.search("  ") == ()
    assert passage_json(passages[0]).keys() >= {"chunk_id", "source_id", "score", "text", "page"}
