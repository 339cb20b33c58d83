"""Opens the adapted encoder when the first text comes, and does without it where it cannot be."""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from knowledge.encoders.adapted import AdaptedEncoder, open_adapted
from knowledge.errors import EncoderError

log = logging.getLogger(__name__)


class TaughtEncoder:
    """Scores texts by the adapted encoder; safe to share between threads."""

    def __init__(self, adapters: Path, encoder: str) -> None:
        """Reads nothing yet.

        Args:
            adapters: a .safetensors file.
            encoder: what `ENCODER` names; the adapters fit the starter encoder only.
        """
        self._adapters = adapters
        self._encoder = encoder
        self._lock = threading.Lock()
        self._opened: AdaptedEncoder | None = None
        self._tried = False

    def scores(self, text: str) -> Sequence[float] | None:
        """How much speaks for each label; None where there is no encoder that was taught them."""
        with self._lock:
            if not self._tried:
                self._tried = True
                self._opened = self._open()
        return self._opened.scores(text) if self._opened else None

    def _open(self) -> AdaptedEncoder | None:
        try:
            return open_adapted(self._adapters, self._encoder)
        except EncoderError as error:
            log.warning("Questions are judged by their words alone: %s", error)
            return None
