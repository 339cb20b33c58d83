"""Credentials that someone pasted; put together here, so that no scanner takes them for real."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.addressing import shortened
from bot.asking.threads import thread_name
from bot.message.question_line import LONGEST_QUESTION, write
from bot.message.render import render_answer
from bot.words import words_for
from knowledge.answer import Answerer
from knowledge.asked import asked
from knowledge.credentials import REMOVED, without_credentials_in
from knowledge.gaps import CountingAnswerer, GapRecorder
from knowledge.index import SnapshotKeeper, publish
from knowledge.library import Library
from knowledge.library.suggestible import one_line
from knowledge.search import Searcher
from knowledge.serialise import answer_json
from knowledge.silence import NO_QUESTION
from tests.fakes import WordEncoder
from tests.knowledge.index.publishing import TOPICS, fill

RANDOM = "a1B2c3D4e5F6g7H8i9J0" * 4
CREDENTIALS = {
    "Discord token": f"MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.{RANDOM[:38]}",
    "Discord webhook": f"https://discord.com/api/webhooks/123456789012345678/{RANDOM}",
    "older webhook": f"https://canary.discordapp.com/api/v10/webhooks/123456789012345678/{RANDOM}",
    "OpenAI": f"sk-{RANDOM[:48]}",
    "OpenAI project": f"sk-proj-{RANDOM[:40]}_{RANDOM[:20]}",
    "Anthropic": f"sk-ant-api03-{RANDOM}",
    "GitHub": f"ghp_{RANDOM[:36]}",
    "GitHub, fine-grained": f"github_pat_{RANDOM[:22]}_{RANDOM[:59]}",
    "Hugging Face": f"hf_{RANDOM[:34]}",
    "Amazon": "AKIA" + "ABCDEFGH23456722",
    "Google": f"AIza{RANDOM[:35]}",
    "Slack": f"xoxb-1234567890-{RANDOM[:24]}",
    "web token": f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{RANDOM[:43]}",
    "private key": f"-----BEGIN RSA PRIVATE KEY-----\n{RANDOM}\n-----END RSA PRIVATE KEY-----",
    "half a private key": f"-----BEGIN PRIVATE KEY-----\n{RANDOM}\n{RANDOM}",
}
HARMLESS = (
    "What is an sk- key, and what does a Discord token look like?",
    "Does sk-learn-style-pipeline-building-2024 count as a model?",
    "Are gpt-oss-120b and Llama-3.1-405B-Instruct-FP8 open?",
    "Where is https://discord.com/developers/docs/resources/webhook?",
    "What does Regulation (EU) 2024/1689, Article 53(2)(a) say of general-purpose models?",
    "Is commit 3f786850e387550fdab836ed7e6dc881de23001b signed?",
    "See https://example.org/a@b and mail someone@example.org: why?",
    "Warum dürfen Donaudampfschifffahrtsgesellschaftskapitäne keine Modelle veröffentlichen?",
    "",
)


@pytest.fixture
def answerer(library: Library, words: WordEncoder, tmp_path: Path) -> Answerer:
    fill(library, words)
    publish(library, words.identity, tmp_path)
    keeper = SnapshotKeeper(tmp_path, lambda _: None)
    return Answerer(Searcher(encoder=words, snapshots=keeper))


@pytest.mark.parametrize("credential", CREDENTIALS.values(), ids=CREDENTIALS)
def test_a_pasted_credential_is_taken_out_and_the_rest_stays(credential: str) -> None:
    assert without_credentials_in(f"Is `{credential}") == f"Is `{REMOVED}"
    assert RANDOM[:16] not in without_credentials_in(f"token={credential}, is that safe?")


def test_a_password_in_an_address_is_taken_out() -> None:
    found = without_credentials_in("why does postgresql://caveat:s3cret@host/db fail?")
    assert found == f"why does postgresql://caveat:{REMOVED}@host/db fail?"


def test_a_secret_key_of_amazon_is_known_by_its_name() -> None:
    found = without_credentials_in("AWS_SECRET_ACCESS_KEY=" + RANDOM[:40])
    assert found == f"AWS_SECRET_ACCESS_KEY={REMOVED}"


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_only_resemble_a_credential_stay(text: str) -> None:
    assert without_credentials_in(text) == text


@given(st.text(max_size=300))
def test_what_was_removed_once_stays_so(text: str) -> None:
    once = without_credentials_in(text)
    assert without_credentials_in(once) == once


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "part", ["-----BEGIN PRIVATE KEY-----", "eyJ", "sk-", "a://", "a.", "M", "1", "aws_secret_key "]
)
def test_no_text_takes_long_to_look_through(part: str) -> None:
    without_credentials_in(part * (40_000 // len(part)))


@pytest.mark.parametrize("credential", CREDENTIALS.values(), ids=CREDENTIALS)
@pytest.mark.parametrize("question", [TOPICS[0], "Where do zebras graze?"])
def test_no_answer_repeats_a_credential(answerer: Answerer, credential: str, question: str) -> None:
    pasted = f"{question} {credential}"
    found = [
        answerer.answer(pasted, mode="written"),
        answerer.more(pasted, seen=(), earlier=(pasted,)),
        answerer.other_side(pasted, heard=(), earlier=(pasted,)),
        answerer.answer("and where?", earlier=(pasted,)),
    ]
    for answer in found:
        assert RANDOM[:16] not in json.dumps(answer_json(answer))
        assert credential not in str(answer)
    assert REMOVED in found[0].question
    assert found[0].notes[0].code == "revoke"


def test_a_credential_does_not_change_what_is_found(answerer: Answerer) -> None:
    plain = answerer.answer(TOPICS[0])
    pasted = answerer.answer(f"{TOPICS[0]} {CREDENTIALS['OpenAI']}")
    assert [each.quote for each in pasted.citations] == [each.quote for each in plain.citations]


def test_nothing_but_a_credential_is_no_question(answerer: Answerer) -> None:
    answer = answerer.answer(CREDENTIALS["GitHub"])
    assert (answer.text, answer.notes[0].code) == (NO_QUESTION, "revoke")


@pytest.mark.parametrize(("language", "word"), [("en-GB", "revoke"), ("de", "widerrufen")])
@pytest.mark.parametrize("embeds", [True, False])
def test_discord_shows_the_mark_above_the_answer_and_says_what_to_do(
    answerer: Answerer, language: str, word: str, *, embeds: bool
) -> None:
    answer = answerer.answer(f"{CREDENTIALS['Discord token']} {TOPICS[0]}")
    reply = render_answer(answer, words=words_for(language), embeds=embeds, echo=True)
    shown = reply.content or "\n".join(each.description or "" for each in reply.embeds)
    assert write(f"{REMOVED} {TOPICS[0]}") in shown
    assert word in shown
    assert RANDOM[:16] not in shown


def test_a_checked_message_loses_its_credentials(answerer: Answerer) -> None:
    check = answerer.check(f"The token {CREDENTIALS['GitHub']} opens every public model register.")
    assert RANDOM[:16] not in str(check)
    assert REMOVED in check.claims[0].claim
    assert [note.code for note in check.notes] == ["revoke"]
    assert answerer.check("Every public model register needs a key.").notes == ()


def test_kept_questions_hold_no_credential(answerer: Answerer, tmp_path: Path) -> None:
    counting = CountingAnswerer(answerer, GapRecorder(tmp_path, keep_questions=True))
    counting.answer(f"Where do zebras graze? {CREDENTIALS['Anthropic']}")
    counting.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("library.db*"))
    assert b"zebras" in stored
    assert RANDOM[:16].encode() not in stored


def test_the_name_of_a_thread_holds_no_credential() -> None:
    key = CREDENTIALS["GitHub"]
    for written in (key, f"{key[:2]}\u200b{key[2:]}"):
        name = thread_name(f"{written} is that safe?", words_for("en-GB"))
        assert RANDOM[:16] not in name


def test_a_text_that_is_shortened_ends_with_no_half_of_a_credential() -> None:
    text = shortened("x" * (LONGEST_QUESTION - 30) + " " + CREDENTIALS["web token"] + " more" * 50)
    assert "eyJ" not in text
    key = CREDENTIALS["web token"]
    hidden = f"{key[:1]}\u200b{key[1:]}"
    assert RANDOM[:9] not in shortened("x " * (LONGEST_QUESTION // 2 - 40) + hidden + " more" * 50)
    assert asked(text).notes


def test_the_note_of_a_suggestion_holds_no_credential() -> None:
    assert one_line(f"use {CREDENTIALS['GitHub']}", "note") == f"use {REMOVED}"
