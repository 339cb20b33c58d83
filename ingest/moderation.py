"""The command that shows and decides what readers suggested."""

import argparse
import json
from typing import Any

from rich.console import Console

from ingest.metadata import read_reason
from ingest.report import Problem, problem_json
from ingest.settings import IngestSettings
from ingest.tables import print_suggestions
from knowledge.compose import open_suggestions
from knowledge.errors import SettingsError, SuggestionError
from knowledge.library import Suggestion, Suggestions


def suggestions(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Shows every suggestion, or decides some; 1 when one of them cannot be decided."""
    reason = _reason(options)
    queue = open_suggestions(settings)
    try:
        if options.verdict is None:
            shown, failed = list(queue.listed()), list[Problem]()
        else:
            shown, failed = _decide(queue, options.ids, reason)
    finally:
        queue.close()
    if options.json:
        problems = [problem_json(problem) for problem in failed]
        print(json.dumps({"suggestions": [_json(each) for each in shown], "failed": problems}))
    else:
        print_suggestions(Console(), shown, failed)
    return 1 if failed else 0


def _reason(options: argparse.Namespace) -> str | None:
    """Why they are rejected; None approves them, or only looks."""
    if options.verdict is not None and not options.ids:
        raise SettingsError(
            f"Name what to {options.verdict}: `python -m ingest suggestions` shows the numbers."
        )
    if options.verdict != "reject":
        if options.why is not None:
            raise SettingsError("--why belongs to `suggestions reject`.")
        return None
    if options.why is None:
        raise SettingsError("Say --why: the suggester is told the reason.")
    return read_reason(options.why)


def _decide(
    queue: Suggestions, ids: list[int], reason: str | None
) -> tuple[list[Suggestion], list[Problem]]:
    decided, failed = list[Suggestion](), list[Problem]()
    for suggestion_id in dict.fromkeys(ids):
        try:
            if reason is None:
                decided.append(queue.approve(suggestion_id))
            else:
                decided.append(queue.reject(suggestion_id, reason))
        except SuggestionError as error:
            failed.append(Problem(source=str(suggestion_id), reason=str(error)))
    return decided, failed


def _json(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion without the person who made it."""
    return {
        "id": suggestion.id,
        "url": suggestion.url,
        "note": suggestion.note,
        "guild": suggestion.guild,
        "status": suggestion.status,
        "reason": suggestion.reason,
        "source_id": suggestion.source_id,
        "suggested": suggestion.suggested_at,
        "decided": suggestion.decided_at,
    }
