"""Spreads paragraphs over as many messages as they need, each paragraph whole in one of them."""

from collections.abc import Iterable

from bot.message.escape import ELLIPSIS, size

MOST_PIECES = 5  # messages; no answer of the core comes near
GAP = "\n\n"


def packed(paragraphs: Iterable[str], limit: int) -> list[str]:
    """The paragraphs joined into pieces of at most `limit`; what needs too many is left out.

    Args:
        paragraphs: each at most `limit`.
        limit: in UTF-16 code units, at least 3.
    """
    pieces: list[str] = []
    for paragraph in filter(None, paragraphs):
        longer = f"{pieces[-1]}{GAP}{paragraph}" if pieces else paragraph
        if size(longer) <= limit:
            pieces[-1:] = [longer]
        elif len(pieces) < MOST_PIECES:
            pieces.append(paragraph)
        else:
            ended = f"{pieces[-1]}{GAP}{ELLIPSIS}"
            pieces[-1] = ended if size(ended) <= limit else pieces[-1]
            break
    return pieces
