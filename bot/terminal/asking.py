"""`python -m bot ask`: answers in the terminal, one question or a file of them."""

import argparse
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.terminal.batch import MOST_CHARACTERS, TOO_LONG, Batch, answer_batch
from bot.terminal.printing import print_answer
from bot.terminal.stages import shown_stages
from knowledge.compose import open_answerer
from knowledge.errors import SettingsError
from knowledge.glossary import read_glossary
from knowledge.serialise import answer_json
from knowledge.settings import KnowledgeSettings, read_settings
from knowledge.writing import Manner


def ask(options: argparse.Namespace) -> int:
    """Answers what the options name.

    Raises:
        CaveatError: when they name nothing, or no index can be read.
    """
    question, files = _asked(options)
    answerer = open_answerer(read_settings(KnowledgeSettings))
    try:
        manner = Manner(depth=options.depth, plain=options.plain)
        answer = partial(answerer.answer, mode=options.mode, manner=manner)
        if files is None:
            with shown_stages(Console(stderr=True)) as told:
                found = answer(question, told=told)
            if options.json:
                print(json.dumps(answer_json(found)))  # noqa: T201 - its result
            else:
                quotes = (citation.quote for citation in found.citations)
                print_answer(Console(), found, read_glossary().used_in(quotes))
            return 0
        with _progress() as progress:
            batch = answer_batch(answer, *files, progress)
    finally:
        answerer.close()
    _tell(batch, files[1], as_json=options.json)
    return 1 if batch.unusable else 0


def _tell(batch: Batch, out: Path, *, as_json: bool) -> None:
    for line in batch.unusable:
        print(f"{line.source}: {line.reason}. It was left out.", file=sys.stderr)  # noqa: T201
    noun = "question" if batch.answered == 1 else "questions"
    print(f"{batch.answered} {noun} answered in {out}", file=sys.stderr)  # noqa: T201
    if as_json:
        failed = [asdict(line) for line in batch.unusable]
        record = {"answered": batch.answered, "failed": failed, "out": str(out)}
        print(json.dumps(record))  # noqa: T201 - its result


def _asked(options: argparse.Namespace) -> tuple[str, tuple[Path, Path] | None]:
    """The question, or the files of questions and of answers."""
    question, batch, out = options.question or "", options.batch, options.out
    if (batch is None) != (out is None) or (batch is not None and question):
        raise SettingsError("--batch IN.jsonl and --out OUT.jsonl go together, without a question.")
    if batch is None and not question.strip():
        raise SettingsError('Ask like this: python -m bot ask "Is Llama open source?"')
    if len(question) > MOST_CHARACTERS:
        raise SettingsError(f"Not asked: {TOO_LONG}.")
    return question, (batch, out) if batch is not None and out is not None else None


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
