"""`python -m tests.evals.fit_adapters OUT.safetensors`: teaches the starter encoder the policy.

Thin matrices (LoRA) in its upper layers and a head learn from the messages that `fit_phrasing`
learns from; what stands below is computed once. `--without PREFIX,PREFIX` leaves out those of some
writers (whose ids begin so) and tells how they are judged, by the matrices alone and together with
the weights of phrasing. Deterministic; five epochs take a quarter of an hour on one processor.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from knowledge.encoders.adapted import HEADS, LAYERS, MOST_TOKENS, PARTS, TINY
from knowledge.encoders.weights import find_source
from knowledge.policy.phrasing import SIDES, readable
from knowledge.policy.weighing import together
from knowledge.settings import STARTER_ENCODER
from tests.evals.fit_phrasing import LEAST_SEEN, every_question, fitted, shown, told
from tests.evals.policy import Question

SEED = 1
FIRST = 3  # the lowest layer that learns
RANK = 8
SCALE = 2.0
BATCH = 32
BUCKET = 16 * BATCH  # messages among which those of like length share a batch
RATE = 2e-3
WARM = 60  # steps
DROPPED = 0.1
SMOOTHED = 0.05  # of the labels
EVERY_PLAIN = 2  # of the ordinary messages, which are many and easy, one in so many is learnt

Pairs = Mapping[tuple[int, str], tuple[Tensor, Tensor]]


class Starter:
    """The starter encoder in PyTorch, with matrices to be learnt."""

    def __init__(self) -> None:
        folder = find_source(STARTER_ENCODER).folder
        if folder is None:
            raise SystemExit("The weights of the starter encoder are not installed.")
        self._fixed = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        draw = torch.Generator().manual_seed(SEED)
        self.pairs: Pairs = {
            (number, short): self._pair(number, short, draw)
            for number in range(FIRST, LAYERS)
            for short in PARTS
        }
        self.head = torch.nn.Linear(self._fixed["embeddings.LayerNorm.weight"].shape[0], len(SIDES))
        self.learning = False

    @torch.no_grad()
    def lower(self, text: str) -> Tensor:
        """The states of a text's tokens below the layers that learn."""
        tokens = torch.tensor(self._tokenizer.encode(text).ids)
        named = "embeddings.{}_embeddings.weight".format
        state = self._fixed[named("word")][tokens] + self._fixed[named("token_type")][0]
        state = self._norm(state + self._fixed[named("position")][: len(tokens)], "embeddings.")
        state, seen = state[None], torch.ones(1, len(tokens), dtype=torch.bool)
        for number in range(FIRST):
            state = self._layer(state, seen, number)
        return state[0]

    def scores(self, states: Sequence[Tensor]) -> Tensor:
        """How much speaks for each side, a row each text, whose lower states are given."""
        state = torch.nn.utils.rnn.pad_sequence(list(states), batch_first=True)
        lengths = torch.tensor([len(each) for each in states])
        seen = torch.arange(state.shape[1])[None] < lengths[:, None]
        for number in range(FIRST, LAYERS):
            state = self._layer(state, seen, number)
        mean = (state * seen[:, :, None]).sum(dim=1) / lengths[:, None]
        return torch.as_tensor(self.head(self._dropped(mean)))

    def learnt(self) -> dict[str, Tensor]:
        """What is kept, in half precision."""
        kept = {"head.weight": self.head.weight, "head.bias": self.head.bias}
        for (number, short), (down, up) in self.pairs.items():
            kept[f"layer.{number}.{short}.down"] = down
            kept[f"layer.{number}.{short}.up"] = up * SCALE
        return {name: tensor.detach().half().contiguous() for name, tensor in kept.items()}

    def _pair(self, number: int, short: str, draw: torch.Generator) -> tuple[Tensor, Tensor]:
        wide, narrow = self._fixed[f"encoder.layer.{number}.{PARTS[short]}.weight"].shape
        down = torch.randn(RANK, narrow, generator=draw) / narrow**0.5
        return down.requires_grad_(), torch.zeros(wide, RANK).requires_grad_()

    def _layer(self, state: Tensor, seen: Tensor, number: int) -> Tensor:
        begins = f"encoder.layer.{number}."
        query, key, value = (
            self._product(state, number, part).view(*state.shape[:2], HEADS, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mask = seen[:, None, None, :]
        heard = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self._product(heard.transpose(1, 2).flatten(2), number, "mixed")
        state = self._norm(mixed + state, f"{begins}attention.output.")
        wide = functional.gelu(self._product(state, number, "wide"), approximate="tanh")
        return self._norm(self._product(wide, number, "narrow") + state, f"{begins}output.")

    def _product(self, state: Tensor, number: int, short: str) -> Tensor:
        name = f"encoder.layer.{number}.{PARTS[short]}"
        made = functional.linear(state, self._fixed[f"{name}.weight"], self._fixed[f"{name}.bias"])
        if (number, short) in self.pairs:
            down, up = self.pairs[number, short]
            thin = functional.linear(state, down)
            made = made + functional.linear(thin, up) * SCALE
        return made

    def _norm(self, state: Tensor, begins: str) -> Tensor:
        weight, bias = (self._fixed[f"{begins}LayerNorm.{name}"] for name in ("weight", "bias"))
        return functional.layer_norm(state, weight.shape, weight, bias, TINY)

    def _dropped(self, state: Tensor) -> Tensor:
        return functional.dropout(state, DROPPED, self.learning)


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Messages by the states of their tokens, and the places of their sides."""

    states: Sequence[Tensor]
    sides: Sequence[int]


def lesson(starter: Starter, questions: Sequence[Question]) -> Lesson:
    """What the layers that learn are given."""
    states = [starter.lower(readable(each.question)) for each in questions]
    return Lesson(states=states, sides=[SIDES.index(each.wanted) for each in questions])


def batches(given: Lesson, draw: np.random.Generator) -> Iterator[list[int]]:
    """All messages once, those of like length together, in another order each time."""
    order = draw.permutation(len(given.states))
    found = []
    for start in range(0, len(order), BUCKET):
        alike = sorted(order[start : start + BUCKET], key=lambda place: len(given.states[place]))
        found += [alike[first : first + BATCH] for first in range(0, len(alike), BATCH)]
    for place in draw.permutation(len(found)):
        yield found[place]


def teach(starter: Starter, given: Lesson, epochs: int) -> None:
    """Fits the matrices and the head."""
    draw = np.random.default_rng(SEED)
    counts = np.bincount(given.sides, minlength=len(SIDES))
    weights = torch.tensor(np.sqrt(counts.mean() / counts), dtype=torch.float32)
    thin = [matrix for pair in starter.pairs.values() for matrix in pair]
    optimiser = torch.optim.AdamW([*thin, *starter.head.parameters()], lr=RATE, weight_decay=0.01)
    steps = epochs * sum(1 for _ in batches(given, np.random.default_rng(SEED)))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM) * (1 - step / steps)
    )
    starter.learning = True
    for epoch in range(epochs):
        losses = []
        for places in batches(given, draw):
            scores = starter.scores([given.states[place] for place in places])
            wanted = torch.tensor([given.sides[place] for place in places])
            loss = functional.cross_entropy(
                scores, wanted, weight=weights, label_smoothing=SMOOTHED
            )
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(thin, 1.0)
            optimiser.step()
            rate.step()
            losses.append(loss.item())
        print(f"Epoch {epoch + 1} of {epochs}: {np.mean(losses):.3f}", file=sys.stderr, flush=True)
    starter.learning = False


@torch.no_grad()
def judged(starter: Starter, questions: Sequence[Question]) -> NDArray[np.float32]:
    """How much speaks for each side, a row each message."""
    return np.stack(
        [starter.scores([starter.lower(readable(each.question))])[0].numpy() for each in questions]
    )


def main() -> int:
    """Fits, and writes the matrices."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_adapters", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--without", default="", help="beginnings of some messages' ids, by commas")
    given = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    left_out = tuple(filter(None, given.without.split(",")))
    every = every_question()
    unseen = [each for each in every if left_out and each.id.startswith(left_out)]
    known = [each for each in every if not (left_out and each.id.startswith(left_out))]
    plain = [each for each in known if each.id.startswith("plain-")]
    skipped = {each.id for place, each in enumerate(plain) if place % EVERY_PLAIN}
    starter = Starter()
    teach(
        starter, lesson(starter, [each for each in known if each.id not in skipped]), given.epochs
    )
    save_file(starter.learnt(), given.out, {"encoder": STARTER_ENCODER})
    if unseen:
        encoded = judged(starter, unseen)
        sides = [SIDES.index(each.wanted) for each in known]
        weights, bias = fitted(shown(known), sides, LEAST_SEEN)
        phrased = shown(unseen) @ weights.astype(np.float32) + bias
        print(f"the matrices alone: {told(unseen, encoded.argmax(axis=1))}")
        print(f"with the phrasing: {told(unseen, together(phrased, encoded).argmax(axis=1))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
