"""`python -m bot ask`: answers in the terminal, one question or a file of them."""

import argparse
import json
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.terminal.batch import answer_batch
from bot.terminal.printing import print_answer
from bot.terminal.stages import shown_stages
from knowledge.compose import open_answerer
from knowledge.errors import SettingsError
from knowledge.serialise import answer_json
from knowledge.settings import KnowledgeSettings, read_settings
from knowledge.writing import Manner


def ask(options: argparse.Namespace) -> int:
    """Answers what the options name.

    Raises:
        CaveatError: when they name nothing, or no index can be read.
    """
    question, batch, out = _asked(options)
    answerer = open_answerer(read_settings(KnowledgeSettings))
    try:
        manner = Manner(depth=options.depth, plain=options.plain)
        answer = partial(answerer.answer, mode=options.mode, manner=manner)
        if batch is None or out is None:
            with shown_stages(Console(stderr=True)) as told:
                found = answer(question, told=told)
            if options.json:
                print(json.dumps(answer_json(found)))  # noqa: T201 - its result
            else:
                print_answer(Console(), found)
        else:
            with _progress() as progress:
                number = answer_batch(answer, batch, out, progress)
            Console(stderr=True).print(f"{number} questions answered in {out}")
    finally:
        answerer.close()
    return 0


def _asked(options: argparse.Namespace) -> tuple[str, Path | None, Path | None]:
    question, batch, out = options.question or "", options.batch, options.out
    if (batch is None) != (out is None) or (batch is not None and question):
        raise SettingsError("--batch IN.jsonl and --out OUT.jsonl go together, without a question.")
    if batch is None and not question.strip():
        raise SettingsError('Ask like this: python -m bot ask "Is Llama open source?"')
    return question, batch, out


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
