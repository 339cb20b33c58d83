"""What the pictures show: each state of an answer, and what its buttons open."""

import contextlib
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import discord
import simcord

from bot.client import CaveatBot, Services
from bot.cogs import STORIES
from bot.gate import Answering, Gate
from bot.message.claim_view import render_check
from bot.message.render import Reply, render_answer
from bot.state import GuildSettings, open_state
from bot.words import words_for
from knowledge.chat import ChatError
from knowledge.claims import CheckedClaim, ClaimCheck
from knowledge.compose import open_answerer
from knowledge.model import Citation, Passage
from knowledge.settings import KnowledgeSettings, read_settings
from tests.bot.world import settings_in
from tests.bot.writers import ScriptedChat, WritingAnswerer
from tests.fakes import PASSAGES, RESTRICTION, WordOverlapAnswerer

ANSWERED = "What are the security risks when model weights are widely available?"
ONE_SIDED = "Which risks and vulnerabilities do openly available models come with?"
UNKNOWN = "How many parrots live in Lisbon?"
LIBRARY = (*PASSAGES, RESTRICTION)
WRITTEN = (
    "When the weights for a dual-use foundation model are widely available, there can be "
    "substantial benefits to innovation, but also substantial security risks, such as the removal "
    "of safeguards within the model. [1] Openly available models come with risks and "
    "vulnerabilities. [2]\n\nOnce weights are released, risks cannot be recalled, and safeguards "
    "against misuse can be removed within hours. [3] A survey of 412 laboratories found in 2021 "
    "that most of them lost their weights. [1] Release should wait for independent testing. [3]"
)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A simulated Discord in which a scene is played."""

    env: simcord.Env
    bot: CaveatBot
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    person: simcord.MemberActor

    @property
    def attachments(self) -> list[bytes]:
        """The pictures that the channel's messages bring, in their order."""
        backend = self.env.backend
        messages = backend.messages[self.channel.id]
        urls = [each["url"] for _, found in sorted(messages.items()) for each in found.attachments]
        return [held for url in urls if (held := backend.cdn.get(url)) is not None]

    async def ask(self, question: str = ANSWERED) -> simcord.ResponseMessage:
        """The answer to a slash command."""
        result = await self.person.slash(self.channel, "ask", question=question)
        assert result.response is not None
        return result.response

    async def press(self, action: str, question: str = ANSWERED) -> None:
        """Presses a button of an answer."""
        answer = await self.ask(question)
        identifier = next(
            button["custom_id"]
            for row in answer.components
            for button in row["components"]
            if button["custom_id"].startswith(action)
        )
        await self.person.click(answer, custom_id=identifier)

    async def mention(self, question: str = ANSWERED) -> None:
        """Asks in a message."""
        assert self.bot.user is not None
        await self.person.send(self.channel, f"{self.bot.user.mention} {question}")

    async def manage(self, command: str, **values: int) -> None:
        """Runs a command for those who manage the server."""
        await self.person.slash(self.channel, command, **values)

    async def show(self, reply: Reply) -> None:
        """Sends what the bot rendered."""
        channel = self.bot.get_channel(self.channel.id)
        assert isinstance(channel, discord.TextChannel)
        for each in (reply, *reply.rest):
            await channel.send(each.content, embeds=list(each.embeds))


async def _abstain(stage: Stage) -> None:
    await stage.ask(UNKNOWN)


async def _answer(stage: Stage) -> None:
    await stage.ask()


async def _mention(stage: Stage) -> None:
    await stage.mention()


async def _german(stage: Stage) -> None:
    guild = stage.bot.get_guild(stage.guild.id)
    assert guild is not None
    guild.preferred_locale = discord.Locale.german
    await stage.mention()


async def _evidence(stage: Stage) -> None:
    await stage.press("evidence")


async def _more(stage: Stage) -> None:
    await stage.press("more", ONE_SIDED)


async def _other_side(stage: Stage) -> None:
    await stage.press("other", ONE_SIDED)


async def _plain(stage: Stage) -> None:
    answer = WordOverlapAnswerer(LIBRARY).answer(ANSWERED)
    await stage.show(render_answer(answer, words=words_for("en"), embeds=False, echo=True))


async def _check(stage: Stage) -> None:
    await stage.show(render_check(checked(), words=words_for("en")))


async def _check_plain(stage: Stage) -> None:
    await stage.show(render_check(checked(), words=words_for("de"), embeds=False))


async def _settings(stage: Stage) -> None:
    await stage.manage("settings")


async def _stats(stage: Stage) -> None:
    elsewhere = stage.guild.create_text_channel("elsewhere")
    for question in (ANSWERED, ONE_SIDED, UNKNOWN):
        await stage.person.slash(elsewhere, "ask", question=question)
    await stage.manage("stats", days=7)


async def _written_evidence(stage: Stage) -> None:
    answer = await stage.ask()
    shown = await stage.person.click(answer, label="Show evidence")
    assert shown.response is not None
    await stage.person.click(shown.response, label="Next")


async def _one_sided(stage: Stage) -> None:
    await stage.ask(ONE_SIDED)


async def _budget(stage: Stage) -> None:
    elsewhere = stage.guild.create_text_channel("elsewhere")
    await stage.person.slash(elsewhere, "ask", question=ANSWERED)
    stage.bot.services.guilds.write(
        stage.guild.id, GuildSettings(dollars_per_day=0.5, dollars_per_month=10)
    )
    result = await stage.person.slash(stage.channel, "settings")
    assert result.response is not None
    await stage.person.select(result.response, ["budget"], custom_id="settings:in:topic")


async def _help(stage: Stage) -> None:
    await stage.manage("help")


async def _privacy(stage: Stage) -> None:
    await stage.manage("privacy")


async def _contested(stage: Stage) -> None:
    await stage.ask("Should open-weight models be restricted because of the risk of misuse?")


async def _legal(stage: Stage) -> None:
    await stage.ask("Is the Biden executive order on AI still in force, and what did it say?")


async def _claim(stage: Stage) -> None:
    await stage.ask("Is it true that open-source AI has no built-in safeguards?")


def checked() -> ClaimCheck:
    """Three claims: with evidence of several sides, with that of one, and with none."""
    act, letter, limits = PASSAGES[1], PASSAGES[2], RESTRICTION
    return ClaimCheck(
        claims=(
            CheckedClaim(
                claim="Open models are always more dangerous than closed ones",
                evidence=(_cited(1, limits), _cited(2, letter), _cited(3, PASSAGES[0])),
            ),
            CheckedClaim(
                claim="the EU exempts every open model from all duties",
                evidence=(_cited(4, act),),
            ),
            CheckedClaim(claim="parrots are banned in Lisbon"),
        ),
        build="20261123T202033Z-1",
    )


def _cited(number: int, passage: Passage) -> Citation:
    quote = f"{passage.chunk.text.split('. ')[0]}."
    link = f"{passage.source.url}#page={passage.chunk.page}"
    return Citation(number=number, passage=passage, quote=quote, start=0, link=link)


SCENES: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "answer": _answer,
    "evidence": _evidence,
    "abstention": _abstain,
    "mention": _mention,
    "german": _german,
    "more": _more,
    "other-side": _other_side,
    "plain": _plain,
    "check": _check,
    "check-plain-german": _check_plain,
    "settings": _settings,
    "stats": _stats,
    "press-contested": _contested,
    "press-legal": _legal,
    "press-claim": _claim,
    "written": _answer,
    "written-mention-german": _german,
    "written-evidence": _written_evidence,
    "written-one-sided": _one_sided,
    "written-fallback": _answer,
    "written-settings-budget": _budget,
    "written-stats": _stats,
    "written-help": _help,
    "written-privacy": _privacy,
}


@contextlib.asynccontextmanager
async def play(scene: str) -> AsyncIterator[Stage]:
    """A simulated Discord after the scene was played in one of its channels."""
    with tempfile.TemporaryDirectory() as folder:
        written = scene.startswith("written")
        model = {"CHAT_MODEL": "openai:gpt-5-nano", "OPENAI_API_KEY": "key"} if written else {}
        settings = settings_in(Path(folder), **model)
        state = open_state(settings)
        fault = ChatError("timeout", "Late.") if scene.endswith("fallback") else None
        library = PASSAGES if scene.endswith("one-sided") else LIBRARY
        writing = WritingAnswerer(ScriptedChat(text=WRITTEN, fault=fault), library)
        core: Answering = writing if written else WordOverlapAnswerer(LIBRARY)
        if scene.startswith("press"):  # of the library in the data folder
            core = open_answerer(read_settings(KnowledgeSettings))
        services = Services.over(Gate(core), state, settings, writing if written else None)
        bot = CaveatBot(services, STORIES)
        async with simcord.run(bot, settle_timeout=20) as env:  # a busy machine takes its time
            await bot.tree.sync()
            guild = env.create_guild("Model weights club")
            stewards = guild.create_role(
                "stewards", permissions=discord.Permissions(manage_guild=True)
            )
            ada = env.create_user("ada", global_name="Ada")
            stage = Stage(
                env=env,
                bot=bot,
                guild=guild,
                channel=guild.create_text_channel("ask-caveat"),
                person=guild.add_member(ada, roles=[stewards]),
            )
            await SCENES[scene](stage)
            yield stage
        if services.pen is not None:
            await services.pen.close()
        services.gate.close()
        state.close()
