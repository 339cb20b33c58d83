"""Fits what is to be learnt, on a GPU where there is one."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import Module

from knowledge.encoders.weights import find_source
from knowledge.settings import STARTER_ENCODER

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
BUCKET = 32  # batches among which texts of like length share one
DECAY = 0.01
STEEPEST = 1.0  # length to which gradients are cut

Places = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How something is learnt.

    Attributes:
        rank: of the thin matrices.
        epochs: times that everything is seen.
        batch: texts in a step.
        rate: of learning, at its highest; from there it falls to nothing.
        warm: the share of the steps before that.
        dropped: the share of what layers pass on that is left out.
        thin_dropped: the share of what the thin matrices are given that is left out.
        seed: of all that is drawn.
    """

    rank: int
    epochs: int
    batch: int
    rate: float
    warm: float = 0.06
    dropped: float = 0.1
    thin_dropped: float = 0.0
    seed: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What was asked for on the command line.

    Attributes:
        out: where what is learnt is written.
        left_out: whose texts are not learnt, but judged.
        scores: where what is found of those is kept, if anywhere.
        folder: of the starter encoder.
        earlier: what was learnt before, to go on from.
    """

    out: Path
    left_out: tuple[str, ...]
    scores: Path | None
    folder: Path
    earlier: Path | None = None


def read_options(program: str, description: str | None, *, goes_on: bool = False) -> Options:
    """The options of a program that teaches; ends it when they are of no use.

    Args:
        program: its module.
        description: what it does.
        goes_on: whether it can go on from what was learnt before.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=description)
    parser.add_argument("out", type=Path, help="where the matrices are written")
    parser.add_argument("--without", default="", help="whose texts are left out, by commas")
    parser.add_argument("--scores", type=Path, help="where to keep what is found of those")
    parser.add_argument("--starter", type=Path, help="the folder of the starter encoder")
    if goes_on:
        parser.add_argument("--from", type=Path, dest="earlier", help="matrices to go on from")
    given = parser.parse_args()
    folder = given.starter or find_source(STARTER_ENCODER).folder
    if folder is None:
        parser.error("the weights of the starter encoder are not installed")
    left_out = tuple(filter(None, given.without.split(",")))
    return Options(
        out=given.out,
        left_out=left_out,
        scores=given.scores,
        folder=folder,
        earlier=given.earlier if goes_on else None,
    )


def batches(lengths: Sequence[int], plan: Plan, draw: np.random.Generator) -> Iterator[Places]:
    """The places of all texts once, those of like length together, in another order each time."""
    order = draw.permutation(len(lengths))
    found: list[Places] = []
    for start in range(0, len(order), plan.batch * BUCKET):
        alike = order[start : start + plan.batch * BUCKET]
        alike = alike[np.argsort([lengths[place] for place in alike], kind="stable")]
        found += [alike[first : first + plan.batch] for first in range(0, len(alike), plan.batch)]
    for place in draw.permutation(len(found)):
        yield found[place]


def padded(rows: Sequence[Sequence[int]], fill: int = 0) -> Tensor:
    """Rows of like length, (rows, longest)."""
    longest = max(len(row) for row in rows)
    filled = np.full((len(rows), longest), fill, dtype=np.int64)
    for number, row in enumerate(rows):
        filled[number, : len(row)] = row
    return torch.from_numpy(filled).to(DEVICE)


def teach(
    module: Module, lengths: Sequence[int], loss_of: Callable[[Places], Tensor], plan: Plan
) -> None:
    """Fits all that is to be learnt of a module.

    Args:
        module: on `DEVICE`.
        lengths: of every text.
        loss_of: what is to become small, of the texts in such places.
        plan: how it is learnt.
    """
    draw = np.random.default_rng(plan.seed)
    steps = [places for _ in range(plan.epochs) for places in batches(lengths, plan, draw)]
    learning = [each for each in module.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=plan.rate, weight_decay=DECAY)
    warm = max(1.0, plan.warm * len(steps))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm) * (1 - step / len(steps))
    )
    module.train()
    started, shown = time.monotonic(), max(1, len(steps) // 5)
    for number, places in enumerate(steps):
        with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=DEVICE == "cuda"):
            loss = loss_of(places)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learning, STEEPEST)
        optimiser.step()
        rate.step()
        if number % shown == 0:
            took = time.monotonic() - started
            told = f"Step {number} of {len(steps)}: {loss.item():.3f}, {took:.0f} s"
            print(told, file=sys.stderr, flush=True)
    module.eval()


def save(learnt: Mapping[str, Tensor], file: Path) -> None:
    """Writes what was learnt, in half precision."""
    halved = {name: each.detach().half().cpu().contiguous() for name, each in learnt.items()}
    save_file(halved, file, {"encoder": STARTER_ENCODER})
