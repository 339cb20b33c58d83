"""Runs `python -m bot` as it is, but with a Discord on loopback and a small answerer.

What the environment says:

    DISCORD_ON_LOOPBACK  where it is
    ANSWER_SECONDS       how long the small answerer takes
    HOSTILE_DOCUMENTS    set: what it quotes tries every trick that a text can try on Discord
    CHAT_MODEL           set: the small answerer writes with that model, at CHAT_BASE_URL
    REAL_ANSWERS         set: the real answerer, over the index of CAVEAT_DATA_DIR
    FAULTY_ANSWERS       set: the small answerer fails with the question in its fault
    DEBUG_LOGS           set: as much is logged as there is
    NO_ZSTD              set: as on a machine without zstandard, where discord.py takes zlib
    HURRY_SECONDS        after which a bot that stops waits for no chat model
    LAG_FILE             where to write how late the event loop was, a line of JSON
"""

import os
import sys

if "NO_ZSTD" in os.environ:
    sys.modules["zstandard"] = None  # type: ignore[assignment]

import asyncio
import json
import logging
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import discord.gateway
import discord.http
import yarl

import bot.__main__
import bot.logs
import bot.supervise
import knowledge.compose
from knowledge.chat import open_chat
from knowledge.model import Answer
from knowledge.settings import KnowledgeSettings
from tests.bot.wire.tricks import HOSTILE_PASSAGES
from tests.bot.writers import WritingAnswerer
from tests.fakes import PASSAGES, WordOverlapAnswerer

TICK = 0.01


class SlowAnswerer(WordOverlapAnswerer):
    """Takes as long as the test wants."""

    def answer(self, question: str, *rest: Any, **options: Any) -> Answer:
        """The answer, late."""
        time.sleep(float(os.environ.get("ANSWER_SECONDS", "0")))
        if "FAULTY_ANSWERS" in os.environ:
            raise ValueError(question, options)
        return super().answer(question, *rest, **options)


async def watched(main: Coroutine[Any, Any, Any], lags: list[tuple[float, float]]) -> Any:
    """The outcome of `main`, while a sleeper in the same loop notes how late it is woken."""

    async def sleep() -> None:
        while True:
            begun = time.monotonic()
            await asyncio.sleep(TICK)
            lags.append((begun, time.monotonic() - begun - TICK))

    sleeper = asyncio.create_task(sleep())
    try:
        return await main
    finally:
        sleeper.cancel()


def watch(file: Path) -> None:
    """Lets whatever loop the command runs be watched."""
    run = asyncio.run

    def run_watched(main: Coroutine[Any, Any, Any], **options: Any) -> Any:
        lags: list[tuple[float, float]] = []
        try:
            return run(watched(main, lags), **options)
        finally:
            file.write_text(json.dumps(lags), "utf-8")

    asyncio.run = run_watched


def open_small(settings: KnowledgeSettings) -> WordOverlapAnswerer:
    """The small answerer, with the chat model that the settings name."""
    passages = HOSTILE_PASSAGES if "HOSTILE_DOCUMENTS" in os.environ else PASSAGES
    chat = open_chat(settings)
    return SlowAnswerer(passages) if chat is None else WritingAnswerer(chat, passages)


if __name__ == "__main__":
    base = os.environ["DISCORD_ON_LOOPBACK"]
    discord.http.Route.BASE = base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
        base.replace("http", "ws") + "/gateway"
    )
    if "REAL_ANSWERS" not in os.environ:
        knowledge.compose.open_answerer = open_small  # type: ignore[assignment]
    if "DEBUG_LOGS" in os.environ:
        configure = bot.logs.configure_logs
        bot.logs.configure_logs = lambda _level: configure(logging.DEBUG)  # type: ignore[assignment,misc]
    if "HURRY_SECONDS" in os.environ:
        bot.supervise.HURRY_SECONDS = float(os.environ["HURRY_SECONDS"])
    if "LAG_FILE" in os.environ:
        watch(Path(os.environ["LAG_FILE"]))
    sys.exit(bot.__main__.main())
