"""Looks at the models: what embeds, what judges questions and sentences, and what writes."""

from pathlib import Path

from bot.health.check import Check
from knowledge.chat import ChatDescription
from knowledge.encoders import (
    EncoderDescription,
    require_judge_folder,
    require_reranker_folder,
)


def check_encoder(found: EncoderDescription) -> Check:
    """Whether the embedding model is there and is the published one."""
    if found.found and (found.verified or "sums" in found.why):
        return Check(name="encoder", state="ok" if found.verified else "warn", why=found.why)
    return Check(
        name="encoder",
        state="fail" if not found.exported else "warn",
        why=found.why,
        cure="Run `make setup`, or name another model with ENCODER.",
    )


def check_policy(lacking: str | None) -> Check:
    """Whether requests for help with harm are told by all that was learnt.

    Args:
        lacking: why they are told by their words alone, or None.
    """
    if lacking:
        return Check(
            name="policy",
            state="warn",
            why=f"Requests for help with harm are told by their words alone: {lacking}.",
            cure="More of them are told with the starter encoder: run `make setup`, and leave "
            "ENCODER out.",
        )
    why = "Requests for help with harm are told by rules, phrasing and the starter encoder."
    return Check(name="policy", state="ok", why=why)


def check_reranker(folder: Path) -> Check:
    """Whether the cross-encoder's folder holds weights; they are not loaded.

    Raises:
        SettingsError: when it does not.
    """
    found = require_reranker_folder(folder)
    why = f"The first passages found are put in order by the model in {found}."
    return Check(name="reranker", state="ok", why=why)


def check_chat(found: ChatDescription) -> Check:
    """Whether the chat model that writes answers does answer, and who then sees questions."""
    return Check(name="chat model", state=found.state, why=found.why, cure=found.cure)


def check_judge(folder: Path) -> Check:
    """Whether the judge's folder holds weights; they are not loaded.

    Raises:
        SettingsError: when it does not.
    """
    found = require_judge_folder(folder)
    why = f"Written sentences that no rule rejects are judged by the model in {found}."
    return Check(name="judge", state="ok", why=why)


def check_own_judge(lacking: str | None) -> Check:
    """Whether written sentences are judged by more than rules, where no judge is named.

    Args:
        lacking: why they are not, or None.
    """
    if lacking:
        return Check(
            name="judge",
            state="warn",
            why=f"Written sentences are checked by rules alone: {lacking}.",
            cure="Run `make setup`, or name a model with JUDGE_PATH.",
        )
    why = "Written sentences that no rule rejects are judged by the starter encoder."
    return Check(name="judge", state="ok", why=why)
