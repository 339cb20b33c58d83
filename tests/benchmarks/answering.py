"""Measures how long an answer takes and how much memory it needs, on the index of the data folder.

    .venv/bin/python -m tests.benchmarks.answering

Prints a Markdown table: a cold process (`python -m bot ask`), warm answers in one process, and the
bot itself, connected to a Discord on loopback, after one answer.
"""

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bot.settings import BotSettings
from knowledge.compose import open_answerer
from knowledge.index import read_manifest
from knowledge.settings import KnowledgeSettings, read_settings
from tests.benchmarks.memory import resident
from tests.bot.wire.process import bot
from tests.bot.wire.server import serving

ROOT = Path(__file__).parents[2]
COLD_RUNS = 5
ROUNDS = 5
QUESTIONS = (
    "Is Llama open source?",
    "Can a released model be recalled?",
    "What did the NTIA recommend about open weights?",
    "Does the EU AI Act exempt open-source models?",
    "How are deepfakes made with open models different from those of closed ones?",
    "What are the benefits of open weights?",
    "Who needs a licence from Meta?",
    "What is the best pizza in Naples?",
)


def main() -> None:
    """Measures and prints the table."""
    manifest = read_manifest(read_settings(KnowledgeSettings).data_dir)
    if manifest is None:
        sys.exit("There is no index: run `make ingest` first.")
    cold = [_cold() for _ in range(COLD_RUNS)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    warm = sorted(_warm())
    bot = asyncio.run(_bot())
    print(f"\n{manifest.sources} sources, {manifest.chunks} chunks, {os.cpu_count()} processors\n")
    print("| what | measured |\n|---|---|")
    rows = {
        f"cold `ask`, median of {COLD_RUNS}": f"{statistics.median(cold):.2f} s",
        "cold `ask`, peak memory": f"{peak} MB",
        f"warm answer, median of {len(warm)}": f"{warm[len(warm) // 2]:.0f} ms",
        "warm answer, 95th percentile": f"{warm[int(len(warm) * 0.95)]:.0f} ms",
        "the bot on Discord after an answer, resident memory": f"{bot} MB",
    }
    for name, value in rows.items():
        print(f"| {name} | {value} |")


def _cold() -> float:
    begin = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "bot", "ask", QUESTIONS[0]],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=120,
    )
    return time.perf_counter() - begin


def _warm() -> list[float]:
    answerer = open_answerer(read_settings(KnowledgeSettings))
    answerer.answer(QUESTIONS[0])
    times = []
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            begin = time.perf_counter()
            answerer.answer(question)
            times.append((time.perf_counter() - begin) * 1000)
    answerer.close()
    return times


async def _bot() -> int:
    """Resident memory in megabytes."""
    data_dir = read_settings(BotSettings).data_dir
    async with serving() as discord, bot(discord, data_dir, REAL_ANSWERS="1") as running:
        await discord.answer(discord.world.person().ask(QUESTIONS[0]), 60)
        held = resident(running.process.pid)["rss"]
        await running.stop()
    return held


if __name__ == "__main__":
    main()
