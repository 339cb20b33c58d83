"""The starter encoder in PyTorch, with thin matrices (LoRA) to be learnt.

`knowledge/encoders/adapted.py` runs what is learnt here.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import Dropout, Module, Parameter, ParameterDict, functional

from knowledge.encoders.adapted import (
    HEADS,
    KINDS,
    LAYERS,
    PARTS,
    TINY,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
)
from tests.evals.teaching import Plan

SCALE = 2.0  # of what the thin matrices add
THIN_DROPPED = 0.05  # of what they are given, while learning


class Words:
    """The tokens of the starter encoder.

    Attributes:
        begin: the token that begins what is read.
        end: the one that ends a text.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.begin = int(self._tokenizer.token_to_id("[CLS]") or 0)
        self.end = int(self._tokenizer.token_to_id("[SEP]") or 0)

    def tokens(self, text: str) -> list[int]:
        """Those of a text, without those around it."""
        found: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return found


class Starter(Module):
    """The layers; only the thin matrices learn, and what tells two texts apart.

    Attributes:
        dimensions: of a token's state.
    """

    def __init__(self, folder: Path, plan: Plan, *, paired: bool) -> None:
        """Reads the weights.

        Args:
            folder: of the starter encoder.
            plan: how it is to learn.
            paired: whether it reads two texts at once.
        """
        super().__init__()
        fixed = {name: each.float() for name, each in load_file(folder / WEIGHTS_FILE).items()}
        self.dimensions = fixed["embeddings.LayerNorm.weight"].shape[0]
        for name, each in fixed.items():
            self.register_buffer(name.replace(".", "/"), each, persistent=False)
        draw = torch.Generator().manual_seed(plan.seed)
        self.thin = ParameterDict()
        for number in range(LAYERS):
            for short, name in PARTS.items():
                wide, narrow = fixed[f"encoder.layer.{number}.{name}.weight"].shape
                down = torch.randn(plan.rank, narrow, generator=draw) / narrow**0.5
                self.thin[f"layer/{number}/{short}/down"] = Parameter(down)
                self.thin[f"layer/{number}/{short}/up"] = Parameter(torch.zeros(wide, plan.rank))
        self._kinds = Parameter(torch.zeros(2, self.dimensions)) if paired else None
        self._drop = Dropout(plan.dropped)
        self._thin_drop = Dropout(plan.thin_dropped)

    def states(self, tokens: Tensor, kinds: Tensor, seen: Tensor) -> Tensor:
        """The states of tokens, (texts, tokens, dimensions).

        Args:
            tokens: (texts, tokens).
            kinds: 0 for those of the first of two texts and 1 for those of the second, alike.
            seen: which are tokens, and no padding, alike.
        """
        state = self._fixed("embeddings.word_embeddings.weight")[tokens]
        state = state + self._fixed("embeddings.position_embeddings.weight")[: tokens.shape[1]]
        state = state + self._fixed("embeddings.token_type_embeddings.weight")[kinds]
        state = state if self._kinds is None else state + self._kinds[kinds]
        state = self._drop(self._norm(state, "embeddings."))
        mask = seen[:, None, None, :]
        for number in range(LAYERS):
            state = self._layer(state, mask, number)
        return state

    def learnt(self) -> dict[str, Tensor]:
        """What the layers learnt, by the names that `AdaptedEncoder` reads."""
        kept: dict[str, Tensor] = {}
        for name, each in self.thin.items():
            whole = each * SCALE if name.endswith("up") else each
            kept[name.replace("/", ".")] = whole
        if self._kinds is not None:
            kept[KINDS] = self._kinds
        return kept

    def recall(self, kept: Mapping[str, Tensor]) -> None:
        """Goes on from what layers learnt before, by the names that `learnt` gives."""
        with torch.no_grad():
            for name, each in self.thin.items():
                whole = kept[name.replace("/", ".")].float()
                each.copy_(whole / SCALE if name.endswith("up") else whole)
            if self._kinds is not None:
                self._kinds.copy_(kept[KINDS].float())

    def _layer(self, state: Tensor, mask: Tensor, number: int) -> Tensor:
        begins = f"encoder.layer.{number}."
        query, key, value = (
            self._product(state, number, part).view(*state.shape[:2], HEADS, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        heard = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, dropout_p=self._drop.p if self.training else 0.0
        )
        mixed = self._drop(self._product(heard.transpose(1, 2).flatten(2), number, "mixed"))
        state = self._norm(mixed + state, f"{begins}attention.output.")
        wide = functional.gelu(self._product(state, number, "wide"), approximate="tanh")
        narrow = self._drop(self._product(wide, number, "narrow"))
        return self._norm(narrow + state, f"{begins}output.")

    def _product(self, state: Tensor, number: int, short: str) -> Tensor:
        name = f"encoder.layer.{number}.{PARTS[short]}"
        made = functional.linear(state, self._fixed(f"{name}.weight"), self._fixed(f"{name}.bias"))
        down, up = (self.thin[f"layer/{number}/{short}/{way}"] for way in ("down", "up"))
        thin = functional.linear(self._thin_drop(state), down)
        return made + functional.linear(thin, up) * SCALE

    def _norm(self, state: Tensor, begins: str) -> Tensor:
        weight, bias = (self._fixed(f"{begins}LayerNorm.{name}") for name in ("weight", "bias"))
        return functional.layer_norm(state, weight.shape, weight, bias, TINY)

    def _fixed(self, name: str) -> Tensor:
        buffer: Tensor = getattr(self, name.replace(".", "/"))
        return buffer
