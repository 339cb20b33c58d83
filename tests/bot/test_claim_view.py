"""What the library holds on a message's claims, as Discord shows it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.message.claim_view import render_check
from bot.message.escape import public_url
from bot.words import words_for
from knowledge.asked import asked
from knowledge.claims import CheckedClaim, ClaimCheck
from knowledge.model import Chunk, Citation, Passage, Source
from tests.bot.test_long_answers import check_sizes, parts
from tests.bot.test_render import TEXTS, check_markdown, citations
from tests.fakes import PASSAGES, RESTRICTION

ENGLISH, GERMAN = words_for("en"), words_for("de")
BUILD = "20261123T202033Z-1"


def cited(number: int, passage: Passage) -> Citation:
    text = passage.chunk.text
    quote = text[: text.index(".") + 1]
    return Citation(
        number=number, passage=passage, quote=quote, start=0, link=f"{passage.source.url}#page=1"
    )


def checked(*claims: CheckedClaim) -> ClaimCheck:
    return ClaimCheck(claims=claims, build=BUILD)


SEVERAL = checked(
    CheckedClaim(
        claim="Open models are *always* dangerous",
        evidence=(cited(1, RESTRICTION), cited(2, PASSAGES[2]), cited(3, PASSAGES[1])),
    ),
    CheckedClaim(claim="parrots are banned"),
)


def text_of(check: ClaimCheck, **how: bool) -> str:
    return "\n".join(parts(render_check(check, words=ENGLISH, **how))).replace("\u00a0", " ")


@pytest.mark.parametrize("embeds", [True, False])
@pytest.mark.parametrize("check", [SEVERAL, checked()])
def test_whoever_shows_a_credential_is_told_to_revoke_it(
    check: ClaimCheck, *, embeds: bool
) -> None:
    noted = replace(check, notes=asked(f"Is ghp_{'a1B2' * 9} safe?").notes)
    for words, word in ((ENGLISH, "revoke it"), (GERMAN, "widerrufen")):
        assert word in "\n".join(parts(render_check(noted, words=words, embeds=embeds)))


@pytest.mark.parametrize("embeds", [True, False])
def test_evidence_stands_under_its_claim_grouped_by_side(*, embeds: bool) -> None:
    shown = text_of(SEVERAL, embeds=embeds)
    order = [
        "**“Open models are \\*always\\* dangerous”**",
        "*Argues for openness*",
        "\\[2\\] 📣 [Joint statement on AI safety and openness](https://open.example/letter#page=1)",
        "> Yes, openly available models come with risks and vulnerabilities.",
        "*Argues for restriction*",
        "\\[1\\] 🔬 [Open release and irreversible risk](https://limits.example/report#page=1)",
        "*Takes no side*",
        "**“parrots are banned”**\nNot in the library.",
        "This is no verdict.",
    ]
    places = [shown.index(part) for part in order]
    assert places == sorted(places)


def test_it_says_that_closeness_is_no_agreement_and_how_old_the_library_is() -> None:
    reply = render_check(SEVERAL, words=GERMAN)
    (embed,) = reply.embeds
    assert "Nähe ist nicht Zustimmung" in (embed.description or "")
    assert "Ergreift keine Partei" in (embed.description or "")
    assert embed.footer.text == ("Bibliothek vom 23. Nov. 2026 · Zitate in der Sprache der Quelle")


def test_a_message_that_claims_nothing_is_told_so() -> None:
    assert render_check(checked(), words=ENGLISH).content == ENGLISH("check.no-claims")


def test_a_source_that_stands_no_more_is_marked() -> None:
    shown = text_of(checked(CheckedClaim(claim="it binds", evidence=(cited(1, PASSAGES[0]),))))
    assert "⚠️ revoked 20 Jan 2025 · p. 26" in shown


def test_five_claims_with_three_quotes_each_fit_one_message_and_keep_their_links() -> None:
    long = "A sentence of some length that goes on, and on, and on, until it ends. " * 4
    number = 0
    claims = []
    for claim in range(5):
        found = []
        for source in range(3):
            number += 1
            found.append(
                Citation(
                    number=number,
                    passage=Passage(
                        chunk=Chunk(
                            id=f"{number}",
                            source_id=f"{source}",
                            text=long,
                            start=0,
                            end=len(long),
                            ordinal=0,
                            page=number,
                        ),
                        source=Source(
                            id=f"{source}",
                            title=f"A rather long title of a source, number {source}",
                            url="https://law.example/act",
                            kind="law",
                        ),
                        score=1,
                        similarity=1,
                    ),
                    quote=long,
                    start=0,
                    link=f"https://law.example/act#:~:text=A%20sentence,it%20ends.&n={number}",
                )
            )
        claims.append(CheckedClaim(claim=f"claim {claim}", evidence=tuple(found)))
    reply = render_check(checked(*claims), words=ENGLISH)
    assert reply.rest == ()
    check_sizes(reply)
    for embeds in (True, False):
        shown = text_of(checked(*claims), embeds=embeds)
        assert all(f"&n={each})" in shown for each in range(1, number + 1))
        check_sizes(render_check(checked(*claims), words=ENGLISH, embeds=embeds))


@settings(max_examples=100, deadline=None)
@given(
    claims=st.lists(st.tuples(TEXTS, citations()), max_size=5),
    embeds=st.booleans(),
    locale=st.sampled_from(["en", "de"]),
)
def test_no_claim_exceeds_a_limit_or_smuggles_in_markup(
    claims: list[tuple[str, tuple[Citation, ...]]], *, embeds: bool, locale: str
) -> None:
    check = checked(*(CheckedClaim(claim=text, evidence=evidence[:3]) for text, evidence in claims))
    reply = render_check(check, words=words_for(locale), embeds=embeds)
    check_sizes(reply)
    links = {
        target
        for _, evidence in claims
        for each in evidence[:3]
        for url in (each.link, each.passage.source.url)
        for target in allowed(url)
    }
    for part in parts(reply):
        check_markdown(re.sub(r"^-# ", "", part, flags=re.MULTILINE), links)


def allowed(url: str | None) -> set[str]:
    safe = public_url(url)
    return {safe} if safe else set()


def test_a_restricted_text_is_quoted_shortly() -> None:
    text = "word " * 200
    source = Source(id="r", title="R", url="https://r.example", licence="All rights reserved")
    chunk = Chunk(id="r", source_id="r", text=text, start=0, end=len(text), ordinal=0)
    passage = replace(PASSAGES[0], chunk=chunk, source=source)
    citation = Citation(number=1, passage=passage, quote=text, start=0)
    shown = text_of(checked(CheckedClaim(claim="it says word", evidence=(citation,))))
    assert len(max(shown.split("\n"), key=len)) <= 300
