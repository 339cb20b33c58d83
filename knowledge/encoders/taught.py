"""What the starter encoder was taught: to tell sides of a message, and whether a passage supports.

It is opened when the first text comes, and done without where it cannot be.
"""

import logging
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge.encoders.adapted import AdaptedEncoder, Array, open_adapted
from knowledge.encoders.focusing import focused
from knowledge.errors import EncoderError
from knowledge.sentences import sentence_spans
from knowledge.settings import STARTER_ENCODER

log = logging.getLogger(__name__)

MOST_TOKENS = 126  # of a text that is judged alone
MOST_IN_SENTENCE = 120
MOST_IN_PAIR = 317  # of a sentence and what it is held against
LINE = 3.7  # of the doubt; of unseen writers' right sentences nine in ten stand below it
NEAR = 0.42  # cosine to the nearest sentence; of fifty right sentences one is farther from all
CACHED = 256  # passages whose sentences' vectors are kept
DIMENSIONS = 384
MOST_ABOUT = 64  # tokens of title and headings
_OF_THE_JUDGE = ("token.weight", "token.bias", "pooled.weight", "pooled.bias")
BETWEEN = "|"  # title and headings, and the passage
LIGHT = (
    "the a an of to in and or that is are was were be by for on with as at it its this has have "
    "had not but from which their they . , ; : ' s who will may must can than more into been also "
    "any all such if when"
)


class TaughtEncoder:
    """Scores texts by the adapted encoder; safe to share between threads."""

    def __init__(self, adapters: Path, encoder: str) -> None:
        """Reads nothing yet.

        Args:
            adapters: a .safetensors file with "head.weight" and "head.bias", a row each label.
            encoder: what `ENCODER` names; the adapters fit the starter encoder only.
        """
        without = "Questions are judged by their words alone"
        self._opening = _Opening(adapters, encoder, without, needs=("head.weight", "head.bias"))

    def scores(self, text: str) -> Sequence[float] | None:
        """How much speaks for each label; None where there is no encoder that was taught them."""
        encoder = self._opening.opened()
        if encoder is None:
            return None
        mean = encoder.states(encoder.tokens(text)[:MOST_TOKENS]).mean(axis=0)
        found: list[float] = (
            mean @ encoder.learnt["head.weight"].T + encoder.learnt["head.bias"]
        ).tolist()
        return found


class TaughtJudge:
    """Tells whether a passage supports a sentence; safe to share between threads."""

    def __init__(self, adapters: Path, encoder: str) -> None:
        """Reads nothing yet.

        Args:
            adapters: a .safetensors file with "token.weight", "token.bias", "pooled.weight" and
                "pooled.bias".
            encoder: what `ENCODER` names; the adapters fit the starter encoder only.
        """
        without = "Sentences are checked by their words alone"
        self._opening = _Opening(adapters, encoder, without, needs=_OF_THE_JUDGE)
        self._published = _Opening(None, encoder, without)
        self._vectors = lru_cache(maxsize=CACHED)(self._read)

    def supports(self, passage: str, sentence: str, about: str = "") -> float | None:
        """The probability that the passage supports the sentence, in so far as 0.5 is the line.

        What the published encoder finds far from every sentence of the passage, and from what it is
        about, is not supported: what was learnt is about small differences. None where there is no
        starter encoder. What is too long is cut off.

        Args:
            passage: its text, of which at most four sentences are read at once.
            sentence: without marks.
            about: title and headings of the passage.
        """
        encoder = self._opening.opened()
        published = self._published.opened() if encoder else None
        if encoder is None or published is None:
            return None
        mine = encoder.tokens(sentence)[:MOST_IN_SENTENCE]
        if not mine or (self._vectors(passage, about) @ _vector(published, sentence)).max() < NEAR:
            return 0.0
        theirs = held_against(encoder, mine, passage, about)
        states = encoder.states(mine, theirs[: MOST_IN_PAIR - len(mine)])
        return float(1.0 / (1.0 + np.exp(_doubt(encoder, states, len(mine)) - LINE)))

    def _read(self, passage: str, about: str) -> Array:
        """The vectors of a passage's sentences, and of what they are about."""
        published = self._published.opened()
        texts = [about, *(passage[start:end] for start, end in sentence_spans(passage))]
        vectors = [_vector(published, each) for each in texts if published and each]
        return np.stack(vectors or [np.zeros(DIMENSIONS, dtype=np.float32)])


def held_against(
    encoder: AdaptedEncoder, sentence: Sequence[int], passage: str, about: str
) -> list[int]:
    """The tokens that a sentence is held against: title, headings, and where it may come from."""
    sentences = [encoder.tokens(passage[start:end]) for start, end in sentence_spans(passage)]
    near = focused(sentence, sentences, encoder.tokens(LIGHT))
    title = [*encoder.tokens(about)[:MOST_ABOUT], *encoder.tokens(BETWEEN)]
    return [*title, *(token for number in near for token in sentences[number])]


def why_untaught(adapters: Path, encoder: str) -> str | None:
    """Why a text is judged without what the starter encoder was taught; None where it is not.

    Opens the encoder, which takes about a third of a second.

    Args:
        adapters: a .safetensors file.
        encoder: what `ENCODER` names; the adapters fit the starter encoder only.
    """
    try:
        if open_adapted(adapters, encoder) is None:
            return f"the matrices fit {STARTER_ENCODER}, not {encoder}"
    except EncoderError as error:
        return str(error).rstrip(".")
    return None


class _Opening:
    """An adapted encoder that is opened once."""

    def __init__(
        self, adapters: Path | None, encoder: str, without: str, needs: Sequence[str] = ()
    ) -> None:
        self._adapters = adapters
        self._encoder = encoder
        self._without = without
        self._needs = needs
        self._lock = threading.Lock()
        self._opened: AdaptedEncoder | None = None
        self._tried = False

    def opened(self) -> AdaptedEncoder | None:
        """The encoder; None where there is none, which the log tells once."""
        with self._lock:
            if not self._tried:
                self._tried = True
                try:
                    self._opened = self._whole(open_adapted(self._adapters, self._encoder))
                except EncoderError as error:
                    log.warning("%s: %s", self._without, error)
        return self._opened

    def _whole(self, found: AdaptedEncoder | None) -> AdaptedEncoder | None:
        lacking = [name for name in self._needs if found and name not in found.learnt]
        if lacking:
            raise EncoderError(f"The adapters in {self._adapters} hold no {lacking[0]}.")
        return found


def _vector(published: AdaptedEncoder, text: str) -> Array:
    mean: Array = published.states(published.tokens(text)[:MOST_TOKENS]).mean(axis=0)
    unit: Array = mean / np.linalg.norm(mean)
    return unit


def _doubt(encoder: AdaptedEncoder, states: Array, words: int) -> float:
    """What any word of the sentence, or the sentence as a whole, speaks against it."""
    mine = states[1 : words + 1]
    each = mine @ encoder.learnt["token.weight"][0] + encoder.learnt["token.bias"]
    highest = each.max()
    any_word = highest + np.log(np.exp(each - highest).sum())
    pooled = np.concatenate([states[0], mine.mean(axis=0)])
    whole = pooled @ encoder.learnt["pooled.weight"][0] + encoder.learnt["pooled.bias"][0]
    return float(any_word + whole)
