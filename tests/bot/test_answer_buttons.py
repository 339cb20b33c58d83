"""What people press under an answer, in a simulated Discord."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.buttons.answer_view import answer_view
from bot.state import GuildSettings, State
from bot.words import words_for
from knowledge.errors import IndexUnreadableError
from knowledge.model import Answer
from tests.bot.presses import RISKS, buttons_of, identifier, mention, newest, press, said
from tests.bot.world import MakeBot, text_of, world_of
from tests.fakes import PASSAGES, RESTRICTION, CannedAnswerer, FailingAnswerer, WordOverlapAnswerer

ENGLISH, GERMAN = words_for("en"), words_for("de")
UNKNOWN = "How many parrots live in Lisbon?"
LIBRARY = (*PASSAGES, RESTRICTION)


async def test_an_answer_has_its_buttons_in_two_rows(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(RISKS)
        assert buttons_of(answer.components) == [
            ["evidence", "more"],
            ["other", "up", "down", "delete"],
        ]


async def test_of_an_answer_that_heard_both_sides_no_other_side_is_offered(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        answer = await world.ask("Which risks and vulnerabilities come once weights are released?")
        assert "other" not in str(buttons_of(answer.components))


async def test_an_abstention_can_be_judged_and_deleted_only(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(UNKNOWN)
        assert buttons_of(answer.components) == [["up", "down", "delete"]]


@pytest.mark.parametrize(("outcome", "buttons"), [("declined", [["delete"]]), ("smalltalk", [])])
async def test_what_quotes_nothing_has_no_buttons_for_evidence(
    make_bot: MakeBot, outcome: Any, buttons: list[list[str]]
) -> None:
    answer = Answer(id="1", question="hi", outcome=outcome, mode="quoted", text="Hello!")
    async with world_of(make_bot(CannedAnswerer(answer))) as world:
        assert buttons_of((await world.ask("hi")).components) == buttons


def test_no_id_of_an_answer_can_break_a_button() -> None:
    for odd in ("", "x" * 71, "a:b", "ä\n"):
        answer = Answer(id=odd, question="?", outcome="answered", mode="quoted", text="")
        assert answer_view(answer, ENGLISH).children == []
    longest = Answer(id="x" * 70, question="?", outcome="abstained", mode="quoted", text="")
    for button in answer_view(longest, ENGLISH).children:
        assert len(button.to_component_dict()["custom_id"]) <= 100


async def test_more_detail_shows_the_presser_what_was_not_quoted_yet(make_bot: MakeBot) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        answer = await world.ask(RISKS)
        assert "substantial security risks" in text_of(answer)
        more = said(await press(world, answer, "more"))
        assert "substantial security risks" not in more
        assert "obligations set out in paragraph 1" in more
        assert len(world.channel.history()) == 1


async def test_more_detail_that_there_is_not_says_so(make_bot: MakeBot) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(PASSAGES[:1]))) as world:
        more = said(await press(world, await world.ask(RISKS), "more"))
        assert "My library does not answer this." in more


async def test_the_other_side_is_the_one_that_was_not_heard(make_bot: MakeBot) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        answer = await world.ask("Do openly available models come with vulnerabilities and risks?")
        assert "Joint statement" in text_of(answer)
        other = said(await press(world, answer, "other"))
        assert "Open release and irreversible risk" in other
        assert "Joint statement" not in other


async def test_the_question_of_a_mention_is_read_from_the_message_that_asked(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        answer = await mention(world, RISKS)
        assert "obligations set out" in said(await press(world, answer, "more"))


async def test_a_follow_up_takes_its_topic_from_the_chain_of_replies(make_bot: MakeBot) -> None:
    class Listening(WordOverlapAnswerer):
        continued: tuple[str, tuple[str, ...]] = ("", ())

        def more(self, question: str, *, seen: Any, earlier: Any = ()) -> Answer:
            self.continued = (question, tuple(earlier))
            return super().more(question, seen=seen, earlier=earlier)

    listening = Listening(LIBRARY)
    async with world_of(make_bot(listening)) as world:
        assert world.bot.user is not None
        slash = await world.ask(RISKS)
        follow_up = f"{world.bot.user.mention} and what of security risks and weights?"
        await world.person.send(world.channel, follow_up, reply_to=slash)
        await press(world, world.last, "more")
    assert listening.continued == ("and what of security risks and weights?", (RISKS,))


async def test_a_question_that_was_deleted_is_missed_kindly(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert world.bot.user is not None
        asked = await world.person.send(world.channel, f"{world.bot.user.mention} {RISKS}")
        answer = world.last
        await world.person.delete(asked)
        await world.env.restart_bot(make_bot())  # it remembers no message
        assert said(await press(world, answer, "more")) == ENGLISH("further.question-gone")


async def test_of_a_forgotten_answer_the_buttons_say_so(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(RISKS)
        await asyncio.to_thread(state.records.forget, identifier(answer, "more")[5:])
        assert said(await press(world, answer, "more")) == ENGLISH("evidence.gone")
        assert said(await press(world, answer, "other")) == ENGLISH("evidence.gone")


async def test_an_answer_in_a_direct_message_has_working_buttons(make_bot: MakeBot) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        user = world.person.user
        await user.send_dm(RISKS)
        answer = newest(user, world)
        result = await user.click(answer, custom_id=identifier(answer, "more"))
        assert "obligations set out" in said(result)
        await user.click(answer, custom_id=identifier(answer, "delete"))
        assert answer.id not in {message.id for message in user.dm_channel.history()}


@pytest.mark.parametrize("action", ["more", "other", "up", "down", "delete", "evidence"])
async def test_every_button_works_after_a_restart(make_bot: MakeBot, action: str) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(PASSAGES))) as world:
        answer = await world.ask(RISKS)
        await world.env.restart_bot(make_bot(WordOverlapAnswerer(PASSAGES)))
        result = await press(world, answer, action)
        if action == "down":
            assert result.modal is not None
        elif action == "delete":
            assert world.channel.history() == []
        else:
            assert said(result)


async def test_a_fault_behind_a_button_is_told_kindly_and_logged_without_the_question(
    make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(FailingAnswerer):
        answer = WordOverlapAnswerer().answer

        def more(self, question: str, **_: Any) -> Answer:
            raise ValueError(question)

        def other_side(self, question: str, **_: Any) -> Answer:
            raise IndexUnreadableError(f"{question[:0]}the index is damaged.")

    async with world_of(make_bot(Broken(ValueError()))) as world:
        answer = await world.ask(RISKS)
        assert said(await press(world, answer, "more")) == ENGLISH("error.CaveatError")
        other = said(await press(world, answer, "other"))
        assert other == ENGLISH("error.IndexUnreadableError")
    assert "ValueError" in caplog.text
    assert RISKS not in caplog.text


@pytest.mark.usefixtures("german_reader")
async def test_who_reads_german_is_spoken_to_in_german(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        answer = await mention(world, RISKS)  # in a server that speaks English
        labels = [button.label for row in answer.components for button in children(row)]
        assert labels[:3] == ["Show evidence", "More detail", "Other side"]
        assert "Wörtlich zitiert" in said(await press(world, answer, "more"))
        assert "Behörde" in said(await press(world, answer, "evidence"))
        assert said(await press(world, answer, "up")) == GERMAN("verdict.thanks")
        form = await press(world, answer, "down")
        assert form.modal is not None
        assert form.modal["title"] == GERMAN("verdict.title")
        done = await world.person.submit_modal(form, {"reason": ["wrong"]})
        assert said(done) == GERMAN("verdict.taken")
        own = await world.ask(f"Now {RISKS}")
        assert own.components[0]["components"][0]["label"] == "Belege zeigen"
    assert state.feedback.queue(world.guild.id)


def children(row: Any) -> Iterator[discord.Button]:
    yield from row.children


async def test_where_embeds_are_not_allowed_evidence_and_more_are_plain_text(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        muted = world.guild.create_text_channel(
            "no-embeds",
            overwrites={world.guild.default_role: discord.PermissionOverwrite(embed_links=False)},
        )
        result = await world.person.slash(muted, "ask", question=RISKS)
        assert result.response is not None
        for action, words in (("evidence", "Soliciting Input"), ("more", "obligations set out")):
            shown = await press(world, result.response, action)
            assert words in said(shown)
            assert shown.response is not None
            assert shown.response.embeds == []
            assert len(shown.response.content) <= 2000


HOSTILE = "@everyone <@1> discord.gg/evil [a](https://evil.example) security risks \u202e weights"


async def test_nothing_behind_a_button_pings_or_links_elsewhere(make_bot: MakeBot) -> None:
    source = replace(RESTRICTION.source, title=f"{HOSTILE} title", publisher=HOSTILE)
    text = f"{HOSTILE} in a document. And more."
    chunk = replace(RESTRICTION.chunk, text=text, end=len(text), heading_path=(HOSTILE,))
    hostile = replace(RESTRICTION, source=source, chunk=chunk)
    async with world_of(make_bot(WordOverlapAnswerer((PASSAGES[0], hostile)))) as world:
        answer = await world.ask(HOSTILE)
        other = await world.ask("vulnerabilities @everyone")
        for action in ("more", "evidence", "up"):
            await press(world, answer, action)
        await press(world, other, "up")
        bodies = [each.json for each in world.env.http_requests if isinstance(each.json, dict)]
    sent = [body for each in bodies if shows(body := each.get("data") or each)]
    assert len(sent) >= 6
    for body in sent:
        assert body["allowed_mentions"]["parse"] == []
        shown = re.sub(r"\\.", "", text_in(body))
        assert not re.search(r"@everyone|<@1>|\]\(https://evil|discord\.gg|\u202e", shown)


def shows(body: Any) -> bool:
    return isinstance(body, dict) and bool(body.get("content") or body.get("embeds"))


def text_in(body: dict[str, Any]) -> str:
    parts = [body.get("content") or ""]
    for embed in body.get("embeds") or []:
        parts += [embed.get("title") or "", embed.get("description") or ""]
    return "\n".join(parts)


async def test_who_asked_enough_gets_no_more_behind_a_button_either(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        few = GuildSettings(per_user_day=1)
        await asyncio.to_thread(state.guilds.write, world.guild.id, few)
        refused = said(await press(world, await world.ask(RISKS), "more"))
        assert refused.startswith(ENGLISH("limits.user-day", most=1, when="")[:20])
