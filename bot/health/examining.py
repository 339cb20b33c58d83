"""Looks for what keeps the bot from running well, and names the cure of each."""

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dotenv import dotenv_values

from bot.health.check import Check
from bot.health.models import (
    check_chat,
    check_encoder,
    check_judge,
    check_own_judge,
    check_policy,
    check_reranker,
)
from bot.settings import BotSettings
from bot.state import open_state
from bot.state.opening import FILE
from bot.sync import NEVER_SYNCED
from knowledge.chat import describe_chat
from knowledge.encoders import describe_encoder, why_untaught
from knowledge.errors import CaveatError
from knowledge.index import Manifest, read_manifest
from knowledge.policy import ADAPTERS as POLICY_ADAPTERS
from knowledge.settings import STARTER_ENCODER
from knowledge.support import ADAPTERS as SUPPORT_ADAPTERS

OLD_INDEX = timedelta(days=90)
_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")
_SETTING_LINE = re.compile(r"^\s*#?\s*([A-Z][A-Z0-9_]+)\s*=", re.MULTILINE)


def examine(settings: BotSettings, folder: Path) -> list[Check]:
    """Every check, in the order in which their cures are best applied.

    Args:
        settings: of the bot.
        folder: where `.env` and `.env.example` lie.
    """
    checks: list[tuple[str, Callable[[], Check]]] = [
        ("settings", lambda: check_settings(folder)),
        ("token", lambda: check_token(settings)),
        ("data folder", lambda: check_data_folder(settings.data_dir)),
        ("encoder", lambda: check_encoder(describe_encoder(settings))),
        ("index", lambda: check_index(read_manifest(settings.data_dir), datetime.now(UTC))),
        (
            "encoder and index",
            lambda: check_match(read_manifest(settings.data_dir), settings.encoder),
        ),
        ("policy", lambda: check_policy(why_untaught(POLICY_ADAPTERS, settings.encoder))),
        ("chat model", lambda: check_chat(describe_chat(settings))),
        ("state", lambda: check_state(settings)),
        ("commands", lambda: check_commands(settings)),
    ]
    reranker = settings.reranker_path
    if reranker is not None:
        checks.insert(-2, ("reranker", lambda: check_reranker(reranker)))
    judge = settings.judge_path
    if judge is not None:
        checks.insert(-2, ("judge", lambda: check_judge(judge)))
    elif settings.chat_model.strip():
        checks.insert(
            -2,
            ("judge", lambda: check_own_judge(why_untaught(SUPPORT_ADAPTERS, STARTER_ENCODER))),
        )
    return list(_run(checks))


def check_settings(folder: Path) -> Check:
    """Whether `.env` holds names that nothing reads, most often a slip of the pen."""
    path = folder / ".env"
    if not path.is_file():
        return Check(name="settings", state="ok", why="There is no .env; defaults are used.")
    found = dotenv_values(path)
    # a line without "=" may be a token or password that lost its name: it is not shown
    if None in found.values():
        return Check(
            name="settings",
            state="warn",
            why="A line in .env has no = in it.",
            cure="Write each setting as NAME=value.",
        )
    unknown = sorted(set(found) - known_settings(folder))
    if unknown:
        return Check(
            name="settings",
            state="warn",
            why=f"Nothing reads these names in .env: {_named(unknown)}.",
            cure="Compare them with .env.example.",
        )
    return Check(name="settings", state="ok", why="Every name in .env is known.")


def _named(settings: Sequence[str]) -> str:
    """Names that look like names; of the rest, which may be values, that there are some."""
    names = [each for each in settings if _NAME.fullmatch(each)]
    return ", ".join(names if len(names) == len(settings) else [*names, "what is no name"])


def known_settings(folder: Path) -> set[str]:
    """The names that the bot reads, and those that `.env.example` lists for the other commands."""
    known = {str(field.validation_alias) for field in BotSettings.model_fields.values()}
    example = folder / ".env.example"
    if example.is_file():
        known.update(_SETTING_LINE.findall(example.read_text("utf-8")))
    return known


def check_token(settings: BotSettings) -> Check:
    """Whether there is a token that looks like one; Discord is not asked."""
    token = _token(settings)
    where = "Copy the bot's token from https://discord.com/developers/applications into .env."
    if not token:
        return Check(name="token", state="fail", why="DISCORD_TOKEN is not set.", cure=where)
    if not _TOKEN.fullmatch(token):
        why = "DISCORD_TOKEN does not look like a bot token: three parts with dots between."
        return Check(name="token", state="fail", why=why, cure=where)
    return Check(name="token", state="ok", why="DISCORD_TOKEN is set and looks like a bot token.")


def check_data_folder(data_dir: Path) -> Check:
    """Whether files can be written where all state lives."""
    folder = data_dir
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Check(
            name="data folder",
            state="fail",
            why=f"{folder.absolute()} cannot be written ({os.strerror(error.errno or 0)}).",
            cure="Give the user that runs Caveat the right to write there, or set CAVEAT_DATA_DIR.",
        )
    return Check(name="data folder", state="ok", why=f"{data_dir.absolute()} can be written.")


def check_index(manifest: Manifest | None, now: datetime) -> Check:
    """Whether something was published, and how long ago."""
    if manifest is None:
        return Check(
            name="index",
            state="fail",
            why="Nothing was ingested yet.",
            cure="Run `python -m ingest sync` for the starter corpus.",
        )
    created = datetime.fromisoformat(manifest.created)
    age = now - (created if created.tzinfo else created.replace(tzinfo=UTC))
    held = f"{manifest.sources} sources in {manifest.chunks} chunks, built {age.days} days ago"
    if age > OLD_INDEX:
        cure = "Run `python -m ingest sync` to look for newer versions of the sources."
        return Check(name="index", state="warn", why=f"It is old: {held}.", cure=cure)
    return Check(name="index", state="ok", why=f"It holds {held}.")


def check_match(manifest: Manifest | None, encoder: str) -> Check:
    """Whether the index was made with the model that the settings name."""
    name = "encoder and index"
    if manifest is None:
        return Check(name=name, state="warn", why="There is no index to compare with yet.")
    made_with = manifest.encoder_identity().id
    if made_with != encoder:
        return Check(
            name=name,
            state="fail",
            why=f"The index was made with {made_with}, but ENCODER names {encoder}.",
            cure=f"Set ENCODER={made_with}, or run `python -m ingest rebuild`.",
        )
    return Check(name=name, state="ok", why=f"Both are {made_with}.")


def check_state(settings: BotSettings) -> Check:
    """Whether the bot's own database can be read and written; none is made.

    Raises:
        CaveatError: when it cannot.
    """
    if not _has_state(settings):
        return Check(name="state", state="ok", why="The bot's state is made at its first start.")
    with closing(open_state(settings)):
        return Check(name="state", state="ok", why="The bot's state can be read and written.")


def check_commands(settings: BotSettings) -> Check:
    """Whether Discord was told of the slash commands, for which it wants a token.

    Raises:
        CaveatError: when the bot's state cannot be used.
    """
    if not _token(settings):
        why = "There is no token yet; Discord is told of the slash commands with it."
        return Check(name="commands", state="ok", why=why)
    synced = {}
    if _has_state(settings):
        with closing(open_state(settings)) as state:
            synced = state.syncs.synced()
    if not synced:
        return Check(
            name="commands",
            state="warn",
            why=NEVER_SYNCED.split(". ", maxsplit=1)[0] + ".",
            cure="Run `python -m bot sync-commands` once.",
        )
    return Check(name="commands", state="ok", why="Discord was told of the slash commands.")


def _token(settings: BotSettings) -> str:
    return settings.discord_token.get_secret_value().strip() if settings.discord_token else ""


def _has_state(settings: BotSettings) -> bool:
    return bool(settings.database_url) or (settings.data_dir / FILE).exists()


def _run(checks: Iterable[tuple[str, Callable[[], Check]]]) -> Iterator[Check]:
    for name, check in checks:
        try:
            yield check()
        except CaveatError as error:
            yield Check(name=name, state="fail", why=str(error))
        except (OSError, ValueError) as error:
            yield Check(name=name, state="fail", why=f"It cannot be read ({error}).")
