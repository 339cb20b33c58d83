import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.health import examine
from bot.health.examining import (
    check_commands,
    check_data_folder,
    check_index,
    check_match,
    check_settings,
    check_state,
    check_token,
)
from bot.health.models import check_encoder, check_own_judge, check_policy
from bot.settings import BotSettings
from bot.state import open_state
from knowledge.encoders import EncoderDescription, why_untaught
from knowledge.index import Manifest
from knowledge.policy import ADAPTERS
from knowledge.settings import STARTER_ENCODER
from tests.bot.world import settings_in

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SHAPE = f"{'M' * 24}.{'a' * 6}.{'b' * 38}"
MANIFEST = Manifest(
    build="20261101T000000Z-1",
    created="2026-11-01T00:00:00+00:00",
    encoder={
        "id": "all-MiniLM-L6-v2",
        "weights": "0" * 64,
        "precision": "fp32",
        "dimensions": 384,
        "max_tokens": 256,
        "query_prompt": "",
        "passage_prompt": "",
    },
    sources=8,
    chunks=90,
    digest="0" * 64,
)


TOKEN = "x"  # noqa: S105 - only has to be there


def settings(tmp_path: Path, token: str | None = None) -> BotSettings:
    return settings_in(tmp_path, DISCORD_TOKEN=token)


@pytest.mark.parametrize(
    ("token", "state"), [(None, "fail"), ("", "fail"), ("Bot abc", "fail"), (SHAPE, "ok")]
)
def test_the_token_is_judged_by_its_shape_and_never_shown(
    tmp_path: Path, token: str | None, state: str
) -> None:
    check = check_token(settings(tmp_path, token))
    assert check.state == state
    assert not token or token not in check.why + check.cure


def test_a_slip_in_env_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKN=x\nENCODER=y\nFETCH_TIMEOUT=3\n")
    (tmp_path / ".env.example").write_text("# FETCH_TIMEOUT=20\n")
    check = check_settings(tmp_path)
    assert check.state == "warn"
    assert "DISCORD_TOKN" in check.why
    assert "FETCH_TIMEOUT" not in check.why
    assert "ENCODER" not in check.why


def test_a_token_that_lost_its_name_in_env_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("s3cretToken\n")
    bare = check_settings(tmp_path)
    (tmp_path / ".env").write_text("s3cret-token.of.mine=\nDISCORD_TOKN=s3cret\n")
    odd = check_settings(tmp_path)
    assert (bare.state, odd.state) == ("warn", "warn")
    assert "s3cret" not in bare.why + odd.why
    assert "DISCORD_TOKN" in odd.why


def test_a_folder_that_cannot_be_written_fails() -> None:
    assert check_data_folder(Path("/proc/caveat")).state == "fail"


def test_a_folder_that_is_not_there_yet_is_fine(tmp_path: Path) -> None:
    assert check_data_folder(tmp_path / "not" / "yet").state == "ok"
    assert not (tmp_path / "not").exists()


def test_a_missing_model_fails_with_a_cure() -> None:
    gone = EncoderDescription(found=False, verified=False, exported=False, where="x", why="Gone.")
    check = check_encoder(gone)
    assert (check.state, check.why) == ("fail", "Gone.")
    assert "make setup" in check.cure


@pytest.mark.parametrize(("days", "state"), [(1, "ok"), (100, "warn")])
def test_an_old_index_is_a_warning(days: int, state: str) -> None:
    created = datetime.fromisoformat(MANIFEST.created)
    assert check_index(MANIFEST, created + timedelta(days=days)).state == state


def test_no_index_fails_and_names_the_command() -> None:
    assert "python -m ingest sync" in check_index(None, NOW).cure


def test_an_index_of_another_model_fails() -> None:
    assert check_match(MANIFEST, "all-MiniLM-L6-v2").state == "ok"
    other = check_match(MANIFEST, "BAAI/bge-small-en-v1.5")
    assert other.state == "fail"
    assert "ENCODER=all-MiniLM-L6-v2" in other.cure


def test_commands_are_known_once_synced(tmp_path: Path) -> None:
    with_token = settings(tmp_path, TOKEN)
    assert check_commands(with_token).state == "warn"
    assert not (tmp_path / "bot.db").exists()
    state = open_state(with_token)
    state.syncs.mark_synced("digest")
    state.close()
    assert check_commands(with_token).state == "ok"


def test_without_a_token_nobody_is_told_of_commands_that_discord_does_not_know(
    tmp_path: Path,
) -> None:
    assert check_commands(settings(tmp_path)).state == "ok"


def test_the_state_is_opened_only_when_there_is_one(tmp_path: Path) -> None:
    assert check_state(settings(tmp_path)).state == "ok"
    assert not (tmp_path / "bot.db").exists()
    open_state(settings(tmp_path)).close()
    assert "can be read and written" in check_state(settings(tmp_path)).why


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mysql://me:s3cret@host/db", "DATABASE_URL must look like"),
        ("postgresql://me:s3cret@127.0.0.1:1/db", "cannot be used"),
    ],
)
def test_a_state_that_cannot_be_used_fails_without_its_password(
    tmp_path: Path, address: str, told: str
) -> None:
    checks = examine(settings_in(tmp_path, DATABASE_URL=address), tmp_path)
    (check,) = [check for check in checks if check.name == "state"]
    assert check.state == "fail"
    assert told in check.why
    assert "s3cret" not in f"{checks}"


def test_every_check_is_made_whatever_is_missing(tmp_path: Path) -> None:
    checks = examine(settings(tmp_path), tmp_path)
    names = [
        "settings",
        "token",
        "data folder",
        "encoder",
        "index",
        "encoder and index",
        "policy",
        "chat model",
        "state",
        "commands",
    ]
    assert [check.name for check in checks] == names
    assert all(
        set(dataclasses.asdict(check)) == {"name", "state", "why", "cure"} for check in checks
    )


def test_readers_that_were_taught_are_fine_with_the_starter_encoder(tmp_path: Path) -> None:
    assert why_untaught(ADAPTERS, STARTER_ENCODER) is None
    checks = examine(settings_in(tmp_path, CHAT_MODEL="openai:m"), tmp_path)
    named = {check.name: check for check in checks}
    assert named["policy"].state == named["judge"].state == "ok"


def test_another_encoder_leaves_the_policy_to_words() -> None:
    check = check_policy(why_untaught(ADAPTERS, "some/model"))
    assert check.state == "warn"
    assert "some/model" in check.why


def test_lacking_matrices_are_told_with_a_cure(tmp_path: Path) -> None:
    check = check_own_judge(why_untaught(tmp_path / "none.safetensors", STARTER_ENCODER))
    assert check.state == "warn"
    assert "none.safetensors" in check.why
    assert "JUDGE_PATH" in check.cure
