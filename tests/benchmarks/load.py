"""Measures how the bot bears fifty people who ask at once, on the index of the data folder.

    .venv/bin/python -m tests.benchmarks.load

Prints a Markdown table. The bot is a process of its own with the real encoder, connected to a
Discord on loopback that shares the machine with it. How late its event loop is, is measured inside
it by a sleeper of 10 ms; everything else by Discord, from the moment when it tells of a question.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from bot.settings import BotSettings
from knowledge.index import read_manifest
from knowledge.settings import read_settings
from tests.bot.wire.process import bot
from tests.bot.wire.server import Discord, serving

CROWD = 50
ROUNDS = 3
REST_SECONDS = 3.0
PATIENCE = 120.0
FORMS = (
    "What does the library say about {}?",
    "What are the risks of {}?",
    "Who disagrees about {}?",
    "What does the EU AI Act say about {}?",
    "What evidence is there on {}?",
)
TOPICS = (
    "open weights",
    "removing safeguards",
    "deepfakes",
    "the NTIA report",
    "Llama's licence",
    "marginal risk",
    "recalling a release",
    "disinformation",
    "benefits for researchers",
    "open-source exemptions",
)
QUESTIONS = tuple(form.format(topic) for form, topic in product(FORMS, TOPICS))

Span = tuple[float, float]


@dataclass
class Measured:
    """What the crowds met, times in seconds.

    Attributes:
        acknowledged: from a question to the first sign that the bot has it.
        answered: from a question to its answer.
        rest: when nothing was asked, on the monotonic clock.
        bursts: from the first question of a crowd to its last answer.
        lags: when the sleeper lay down, and how late it was woken.
    """

    acknowledged: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    rest: Span = (0.0, 0.0)
    bursts: list[Span] = field(default_factory=list)
    lags: list[tuple[float, float]] = field(default_factory=list)

    def lags_within(self, spans: Sequence[Span]) -> list[float]:
        """How late the sleeper was woken in these spans."""
        return [
            lag for begun, lag in self.lags if any(first <= begun <= last for first, last in spans)
        ]


def main() -> None:
    """Measures and prints the table."""
    manifest = read_manifest(read_settings(BotSettings).data_dir)
    if manifest is None:
        sys.exit("There is no index: run `make ingest` first.")
    measured = asyncio.run(measure())
    print(f"\n{manifest.sources} sources, {manifest.chunks} chunks, {os.cpu_count()} processors\n")
    print(f"| {CROWD} questions at once, {ROUNDS} times | median | 99th percentile | longest |")
    print("|---|---:|---:|---:|")
    for name, values in (
        ("first acknowledgement", measured.acknowledged),
        ("answer", measured.answered),
        ("event loop late, meanwhile", measured.lags_within(measured.bursts)),
        ("event loop late, at rest", measured.lags_within([measured.rest])),
    ):
        shown = " | ".join(f"{1000 * quantile(values, part):.0f} ms" for part in (0.5, 0.99, 1.0))
        print(f"| {name} | {shown} |")
    print(f"\n{len(measured.answered)} of {CROWD * ROUNDS} questions were answered.")


async def measure() -> Measured:
    """Lets the crowds ask."""
    measured = Measured()
    data_dir = read_settings(BotSettings).data_dir
    with tempfile.TemporaryDirectory() as folder:
        lag_file = Path(folder) / "lags.json"
        settings = {"REAL_ANSWERS": "1", "LAG_FILE": str(lag_file)}
        async with serving() as discord, bot(discord, data_dir, **settings) as running:
            await discord.answer(discord.world.person().ask("Is Llama open source?"), PATIENCE)
            begun = time.monotonic()
            await asyncio.sleep(REST_SECONDS)
            measured.rest = (begun, time.monotonic())
            for number in range(ROUNDS):
                await crowd(discord, f"round-{number}", measured)
            await running.stop()
        measured.lags = json.loads(lag_file.read_text("utf-8"))
    return measured


async def crowd(discord: Discord, name: str, measured: Measured) -> None:
    """Lets as many people as there are questions ask at once, in a channel of their own."""
    world = discord.world
    channel = world.backend.create_channel(world.guild.id, name)
    people = [world.person(f"{name} {number}") for number in range(CROWD)]
    begun = time.monotonic()
    records = [
        person.ask(question, channel) for person, question in zip(people, QUESTIONS, strict=True)
    ]
    for record in records:
        await discord.answer(record, PATIENCE)
        measured.answered.append(time.monotonic() - world.asked_at[record.id])
    measured.bursts.append((begun, time.monotonic()))
    taken = discord.acknowledgements()
    measured.acknowledged += [taken[record.id] for record in records]


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


if __name__ == "__main__":
    main()
