"""Runs `python -m bot` as it is, but with a Discord on loopback and a small answerer."""

import os
import sys
import time
from collections.abc import Sequence
from typing import Literal

import discord.gateway
import discord.http
import yarl

import bot.__main__
import knowledge.compose
from knowledge.model import Answer
from tests.fakes import WordOverlapAnswerer


class SlowAnswerer(WordOverlapAnswerer):
    """Takes as long as the test wants."""

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """The answer, late."""
        time.sleep(float(os.environ.get("ANSWER_SECONDS", "0")))
        return super().answer(question, mode, earlier=earlier)


if __name__ == "__main__":
    base = os.environ["FAKE_DISCORD"]
    discord.http.Route.BASE = base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
        base.replace("http", "ws") + "/gateway"
    )
    if "REAL_ANSWERS" not in os.environ:
        knowledge.compose.open_answerer = lambda _settings: SlowAnswerer()  # type: ignore[assignment,return-value]
    sys.exit(bot.__main__.main())
