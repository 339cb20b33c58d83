"""The glossary on Discord: looked up, leafed through, and under answers."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.browsing.glossary_page import MOST_LETTERS, groups_of, terms_embed
from bot.buttons.answer_view import answer_view
from bot.buttons.terms import terms_button
from bot.message.escape import size
from bot.words import words_for
from knowledge.glossary import LONGEST_ID, LONGEST_TEXT, Glossary, Origin, Term, read_glossary
from knowledge.model import Answer
from tests.bot.presses import RISKS, buttons_of, press, said
from tests.bot.world import MakeBot, World, text_of, world_of
from tests.fakes import PASSAGES, CannedAnswerer, WordOverlapAnswerer

EIGHT = read_glossary(Path(__file__).parents[1] / "fixtures" / "corpus" / "glossary.toml")
ENGLISH, GERMAN = words_for("en"), words_for("de")


async def look_up(world: World, **options: Any) -> simcord.ResponseMessage:
    result = await world.person.slash(world.channel, "glossary", **options)
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


async def choose(world: World, message: simcord.ResponseMessage, what: str, value: str) -> Any:
    result = await world.person.select(message, [value], custom_id=f"glossary:{what}")
    assert result.response is not None
    return result.response


def ids_of(message: simcord.ResponseMessage) -> list[str]:
    return [part["custom_id"] for row in message.components for part in row["components"]]


def term(number: int, **values: Any) -> Term:
    plain = Term(
        id=f"term-{number}",
        name=f"Term {number}",
        also=(),
        plain="Plain.",
        expert="Exact.",
        source=Origin(title="Report", url="https://example.org/r", published="2024"),
        see=(),
    )
    return replace(plain, **values)


async def test_a_term_is_told_in_plain_words_then_exactly_with_its_source(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(glossary=EIGHT)) as world:
        shown = await look_up(world, term="open weight model")
        assert shown.embeds[0].title == "open weights"
        text = text_of(shown).replace("\u00a0", " ")
    plain, exact = text.index("Anybody can download"), text.index("**Exactly**\nThe trained")
    assert text.index("Also: open\u2011weight model".replace("\u2011", "-")) < plain < exact
    assert "Source: [Example report](https://example.org/report), 30 Jul 2024" in text
    assert ids_of(shown) == [
        "glossary:term:model-weights",
        "glossary:term:gpai",
        "glossary:letters",
    ]


async def test_what_is_to_be_seen_also_is_turned_to_also_after_a_restart(make_bot: MakeBot) -> None:
    async with world_of(make_bot(glossary=EIGHT)) as world:
        first = await look_up(world, term="open weights")
        await world.env.restart_bot(make_bot(glossary=EIGHT))
        result = await world.person.click(first, custom_id="glossary:term:gpai")
        assert result.response is not None
        assert result.response.id == first.id
        assert result.response.embeds[0].title == "GPAI"
        letter = await choose(world, result.response, "letters", "R")
        assert "· RAG (retrieval-augmented generation)" in text_of(letter).replace("\\", "")
        assert "8 terms." in text_of(letter)
        chosen = await choose(world, letter, "terms", "red-teaming")
        assert chosen.embeds[0].title == "red teaming"


async def test_a_slip_of_spelling_offers_what_is_spelled_like_it(make_bot: MakeBot) -> None:
    async with world_of(make_bot(glossary=EIGHT)) as world:
        near = await look_up(world, term="jailbraek *x*")
        assert near.content == ENGLISH("glossary.near", term="jailbraek \\*x\\*")
        assert "glossary:term:jailbreak" in ids_of(near)
        none = await look_up(world, term="zzzzqqqq")
        assert none.content == ENGLISH("glossary.unknown", term="zzzzqqqq")
        assert ids_of(none) == ["glossary:letters"]


async def test_without_a_term_the_first_letter_is_shown(make_bot: MakeBot) -> None:
    async with world_of(make_bot(glossary=EIGHT)) as world:
        first = await look_up(world)
        assert "**G**\n· GPAI" in text_of(first)
        assert ids_of(first) == ["glossary:terms", "glossary:letters"]
    async with world_of(make_bot()) as world:
        assert (await look_up(world)).content == ENGLISH("glossary.empty")


async def test_terms_are_completed_by_their_names(make_bot: MakeBot) -> None:
    async with world_of(make_bot(glossary=EIGHT)) as world:
        offered = await world.person.autocomplete(world.channel, "glossary", "term", "re")
        assert [each["value"] for each in offered] == ["rag", "red-teaming", "jailbreak"]
        every = await world.person.autocomplete(world.channel, "glossary", "term", "")
        assert len(every) == 8
    many = Glossary(tuple(term(number) for number in range(60)))
    async with world_of(make_bot(glossary=many)) as world:
        offered = await world.person.autocomplete(world.channel, "glossary", "term", "term")
        assert len(offered) == 25


async def test_nothing_in_the_glossary_is_markup_or_a_mention(make_bot: MakeBot) -> None:
    async with world_of(make_bot(glossary=EIGHT)) as world:
        text = text_of(await look_up(world, term="safety instrument"))
    assert "@everyone" not in text
    assert "*odd*" not in text
    assert "](https://evil.example)" not in text


@pytest.mark.usefixtures("german_reader")
async def test_german_readers_are_told_that_definitions_are_english(make_bot: MakeBot) -> None:
    async with world_of(make_bot(glossary=EIGHT)) as world:
        text = text_of(await look_up(world, term="rag"))
    assert "**Genau**" in text
    assert "Quelle: " in text
    assert text.endswith(GERMAN("glossary.english"))


async def test_an_answer_names_the_terms_its_quotes_use_and_tells_what_they_mean(
    make_bot: MakeBot,
) -> None:
    quoted = replace(
        PASSAGES[1],
        chunk=replace(
            PASSAGES[1].chunk,
            text="Systemic risk and GPAI matter with open weights and RAG, not rags. It does.",
        ),
    )
    asked = "Does systemic risk matter for models?"
    async with world_of(make_bot(WordOverlapAnswerer([quoted]), glossary=EIGHT)) as world:
        answer = await world.ask(asked)
        assert buttons_of(answer.components)[-1] == ["terms"]
        (button,) = answer.components[-1]["components"]
        assert button["label"] == "Terms: systemic risk · open weights · GPAI"
        await world.env.restart_bot(make_bot(WordOverlapAnswerer([quoted]), glossary=EIGHT))
        told = await press(world, answer, "terms")
        text = said(told)
        assert "**systemic risk**\nA danger to very many people" in text
        assert text.count("Source: ") == 3
        assert told.response is not None
        assert told.response.id != answer.id
        whole = await world.person.click(told.response, custom_id="glossary:term:gpai")
        assert whole.response is not None
        assert "Article 3(63)" in text_of(whole.response).replace("\\", "")
        await world.env.restart_bot(make_bot(WordOverlapAnswerer([quoted])))
        assert said(await press(world, answer, "terms")) == ENGLISH("glossary.gone")


async def test_an_answer_that_uses_no_term_and_a_silence_name_none(make_bot: MakeBot) -> None:
    other = Glossary((term(1, name="parrot"),))
    async with world_of(make_bot(glossary=other)) as world:
        assert "terms" not in str(buttons_of((await world.ask(RISKS)).components))
        silence = await world.ask("How many parrots live in Lisbon?")
        assert "terms" not in str(buttons_of(silence.components))
    said_no = Answer(id="1", question="q", outcome="declined", mode="quoted", text="No jailbreak.")
    async with world_of(make_bot(CannedAnswerer(said_no), glossary=EIGHT)) as world:
        assert buttons_of((await world.ask("q")).components) == [["delete"]]


def test_the_button_fits_whatever_the_terms_are_called() -> None:
    long = [term(n, id=f"{n}" + "x" * (LONGEST_ID - 1), name="n" * 30) for n in range(3)]
    button = terms_button(long, ENGLISH)
    assert button is not None
    record = button.to_component_dict()
    assert len(record["custom_id"]) <= 100
    assert size(record["label"]) <= 80
    assert len(button.ids) == 2
    assert terms_button([], ENGLISH) is None
    assert terms_button([term(1, name="n" * 90)], ENGLISH) is None
    answer = Answer(id="1", question="?", outcome="abstained", mode="quoted", text="")
    assert len(answer_view(answer, ENGLISH, long).children) == 4


def test_the_longest_definitions_fit_a_message() -> None:
    full = [term(n, name="n" * 80, plain="*_" * (LONGEST_TEXT // 2)) for n in range(3)]
    embed = terms_embed(full, GERMAN)
    assert embed.description is not None
    assert size(embed.description) <= 4096
    assert len(embed) <= 6000


def test_more_letters_than_a_menu_holds_are_put_together_at_the_end() -> None:
    names = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1984"]
    terms = tuple(term(number, name=name) for number, name in enumerate(names))
    groups = groups_of(Glossary(terms))
    assert len(groups) == MOST_LETTERS
    assert groups[-1][0] == "X…Z"
    assert sum(len(group) for _, group in groups) == 27
