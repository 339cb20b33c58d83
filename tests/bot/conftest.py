"""A bot with a small answerer and a real database of its own."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import simcord.interactions

from bot.asking.danger import Danger
from bot.client import CaveatBot, Services
from bot.cogs import STORIES
from bot.gate import Answering, Gate, Limits
from bot.settings import BotSettings
from bot.state import MemoryUses, Records, State, open_state
from knowledge.glossary import Glossary
from tests.bot.world import MakeBot, settings_in
from tests.bot.writers import WritingAnswerer
from tests.fakes import WordOverlapAnswerer

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> BotSettings:
    """The defaults, with all state in a temporary folder."""
    return settings_in(tmp_path)


@pytest.fixture
def state(settings: BotSettings) -> Iterator[State]:
    """The state of the bot that `make_bot` makes."""
    opened = open_state(settings)
    yield opened
    opened.close()


@pytest.fixture
def records(state: State) -> Records:
    """The answers in the state."""
    return state.records


@pytest.fixture
async def make_bot(state: State, settings: BotSettings) -> AsyncIterator[MakeBot]:
    """Makes bots that share the state; a second one stands for a restart.

    For them it is always noon: what is counted by the minute does not depend on when a test runs.
    """
    gates: list[Gate] = []
    pens: list[Any] = []

    def make(
        answering: Answering | None = None,
        limits: Limits | None = None,
        settings: BotSettings = settings,
        glossary: Glossary | None = None,
    ) -> CaveatBot:
        core = answering or WordOverlapAnswerer()
        writing = core if isinstance(core, WritingAnswerer) else None
        if writing is not None and not settings.chat_model:
            settings = settings.model_copy(update={"chat_model": "openai:gpt-5-nano"})
        gate = Gate(core, limits)
        gates.append(gate)
        services = replace(
            Services.over(gate, state, settings, writing, glossary),
            hints=MemoryUses(lambda: NOON),
            erasures=MemoryUses(lambda: NOON),
            danger=Danger(gate, MemoryUses(lambda: NOON)),
        )
        if services.pen is not None:
            pens.append(services.pen)
        return CaveatBot(services, STORIES)

    yield make
    for pen in pens:
        await pen.close()
    for gate in gates:
        gate.close()


@pytest.fixture
def german_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses reads German; simcord's people read English otherwise."""
    plain = simcord.interactions.base_payload

    def german(*arguments: Any, **named: Any) -> tuple[Any, dict[str, Any]]:
        record, payload = plain(*arguments, **named)
        return record, {**payload, "locale": "de"}

    monkeypatch.setattr(simcord.interactions, "base_payload", german)
