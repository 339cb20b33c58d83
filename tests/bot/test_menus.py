"""What the menu of a message offers."""

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.message.question_line import read_message
from bot.state import GuildSettings, State
from bot.state.schema import opt_outs
from bot.words import CatalogueTranslator, words_for
from knowledge.answer import Answerer
from knowledge.errors import IndexMissingError
from knowledge.index import SnapshotKeeper
from knowledge.model import Source
from knowledge.search import Searcher
from tests.bot.test_ask import LINK, QUOTE, RISKS
from tests.bot.world import MakeBot, World, text_of, world_of
from tests.fakes import PASSAGES, CannedAnswerer, FailingAnswerer, WordEncoder
from tests.knowledge.shelf import opened

ENGLISH, GERMAN = words_for("en"), words_for("de")
ASK, CHECK = ENGLISH("command.menu.ask"), ENGLISH("command.menu.check")
CLAIMS = "Model weights are widely available. Parrots live in Lisbon."


async def choose(world: World, name: str, message: discord.Message) -> Any:
    result = await world.person.context_menu(world.channel, name, message)
    assert result.response is not None
    return result.response


async def test_a_message_becomes_the_question(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        response = await choose(world, ASK, await world.person.send(world.channel, RISKS))
        assert QUOTE in text_of(response)
        assert read_message(response.message) == RISKS
        assert not response.ephemeral


@pytest.mark.simcord(settle_timeout=30)
async def test_a_credential_in_a_message_is_not_shown_and_its_reader_told_to_revoke_it(
    make_bot: MakeBot, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    text = "A register of models opens to everybody who holds a key of its own."
    opened(folder, [(Source(id="a", title="Registers"), text)]).close()
    keeper = SnapshotKeeper(folder, lambda _: None)
    answerer = Answerer(Searcher(encoder=WordEncoder(), snapshots=keeper), least_confidence=0.0)
    key = f"ghp_{'a1B2' * 9}"
    async with world_of(make_bot(answerer)) as world:
        said = f"The key gh\u200b{key[2:]} opens every public register of models."
        message = await world.person.send(world.channel, said)
        for menu in (CHECK, ASK):
            shown = text_of(await choose(world, menu, message))
            assert "a1B2a1B2" not in shown
            assert "please revoke it" in shown
    answerer.close()


async def test_a_long_message_is_cut_and_the_answer_says_so(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        message = await world.person.send(world.channel, f"{RISKS} " * 20)
        response = await choose(world, ASK, message)
        assert response.content == ENGLISH("ask.shortened", limit=500)
        question = read_message(response.message)
        assert question is not None
        assert len(question) <= 500
        assert question.endswith("weights?")


async def test_without_embeds_the_remark_stands_at_the_end(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        none = discord.PermissionOverwrite(embed_links=False)
        bare = world.guild.create_text_channel("bare", overwrites={world.guild.default_role: none})
        message = await world.person.send(bare, f"{RISKS} " * 20)
        asked = await world.person.context_menu(bare, ASK, message)
        assert asked.response is not None
        assert asked.response.content.endswith(ENGLISH("ask.shortened", limit=500))
        assert read_message(asked.response.message)
        checked = await world.person.context_menu(bare, CHECK, message)
        assert checked.response is not None
        assert checked.response.embeds == []


async def test_each_claim_is_shown_with_its_evidence_or_with_none(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        response = await choose(world, CHECK, await world.person.send(world.channel, CLAIMS))
        shown = text_of(response)
    assert "**“Model weights are widely available”**" in shown
    assert LINK.partition("#")[0] in shown
    assert "> When the weights" in shown
    assert f"**“Parrots live in Lisbon”**\n{ENGLISH('check.nothing')}" in shown
    assert PASSAGES[1].source.title not in shown


async def test_a_message_without_claims_is_told_so(make_bot: MakeBot) -> None:
    answer: Any = None
    async with world_of(make_bot(CannedAnswerer(answer))) as world:
        response = await choose(world, CHECK, await world.person.send(world.channel, "Hm."))
        assert response.content == ENGLISH("check.no-claims")


@pytest.mark.parametrize("name", [ASK, CHECK])
async def test_private_servers_and_other_channels_are_shown_it_privately(
    make_bot: MakeBot, state: State, name: str
) -> None:
    async with world_of(make_bot()) as world:
        message = await world.person.send(world.channel, RISKS)
        for settings in (
            GuildSettings(private_answers=True),
            GuildSettings(answer_channels=frozenset({404})),
        ):
            state.guilds.write(world.guild.id, settings)
            response = await choose(world, name, message)
            assert response.ephemeral
            assert "widely available" in text_of(response)


@pytest.mark.parametrize("name", [ASK, CHECK])
async def test_what_has_no_words_is_told_so_in_a_sentence(make_bot: MakeBot, name: str) -> None:
    async with world_of(make_bot()) as world:
        picture = await world.person.send(world.channel, "", attachments=[("a.png", b"x")])
        response = await choose(world, name, picture)
        assert (response.content, response.ephemeral) == (ENGLISH("menu.no-text"), True)
        hook = world.guild.create_webhook(world.channel, "hook")
        await hook.send(embeds=[discord.Embed(title="Only an embed")])
        assert (await choose(world, name, world.last)).content == ENGLISH("menu.no-text")
        own = await world.ask(RISKS)
        assert (await choose(world, name, own.message)).content == ENGLISH("menu.own")


@pytest.mark.parametrize("name", [ASK, CHECK])
async def test_forwarded_words_count(make_bot: MakeBot, name: str) -> None:
    async with world_of(make_bot()) as world:
        source = await world.person.send(world.guild.create_text_channel("source"), RISKS)
        forwarded = await world.person.forward(source, world.channel)
        assert "widely available" in text_of(await choose(world, name, forwarded))


@pytest.mark.parametrize(
    ("error", "key"),
    [(IndexMissingError("/p"), "IndexMissingError"), (ValueError(RISKS), "CaveatError")],
)
@pytest.mark.parametrize("name", [ASK, CHECK])
async def test_a_fault_is_told_kindly(
    make_bot: MakeBot,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    key: str,
    name: str,
) -> None:
    async with world_of(make_bot(FailingAnswerer(error))) as world:
        response = await choose(world, name, await world.person.send(world.channel, RISKS))
        assert response.content == ENGLISH(f"error.{key}")
    assert RISKS not in caplog.text


async def test_the_menu_is_told_to_discord_in_german_too(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        tree = world.bot.tree
        translator = CatalogueTranslator()
        names = {
            command.name: (await command.get_translated_payload(tree, translator))[
                "name_localizations"
            ]["de"]
            for command in tree.get_commands(type=discord.AppCommandType.message)
        }
    assert names == {
        ASK: GERMAN("command.menu.ask"),
        CHECK: GERMAN("command.menu.check"),
    }
    assert all(0 < len(name) <= 32 for pair in names.items() for name in pair)


async def test_the_menu_goes_with_its_story(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        await world.bot.remove_cog("Menus")
        assert world.bot.tree.get_commands(type=discord.AppCommandType.message) == []


@pytest.mark.parametrize("name", [ASK, CHECK])
async def test_authors_who_opted_out_are_respected_and_may_put_their_own_messages(
    make_bot: MakeBot, state: State, name: str
) -> None:
    async with world_of(make_bot()) as world:
        author = world.guild.add_member(world.env.create_user("eve"))
        message = await author.send(world.channel, RISKS)
        notice = (await author.slash(world.channel, "privacy")).response
        assert notice is not None
        await author.click(notice, custom_id="privacy:opt-out")
        response = await choose(world, name, message)
        assert (response.content, response.ephemeral) == (ENGLISH("menu.opted-out"), True)
        own = await author.context_menu(world.channel, name, message)
        assert own.response is not None
        assert "widely available" in text_of(own.response)
        state.people.opt_in(state.pseudonyms.of(author.id))
        assert ENGLISH("menu.opted-out") not in text_of(await choose(world, name, message))


@pytest.mark.parametrize("name", [ASK, CHECK])
async def test_nothing_is_checked_when_the_choice_of_its_author_cannot_be_read(
    make_bot: MakeBot, state: State, name: str
) -> None:
    async with world_of(make_bot()) as world:
        author = world.guild.add_member(world.env.create_user("eve"))
        message = await author.send(world.channel, RISKS)
        with state.engine.begin() as connection:
            opt_outs.drop(connection)
        assert (await choose(world, name, message)).content == ENGLISH("error.CaveatError")
