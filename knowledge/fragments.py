"""Text fragments: what follows `:~:` in an address and makes a browser scroll to some words.

The form is `text=[prefix-,]start[,end][,-suffix]`, joined by `&`; of several directives a browser
scrolls to the first that it finds (https://wicg.github.io/scroll-to-text-fragment/). In Chromium
150, as `tests/links` shows:

- `start` and `end` each match within one block; only the range between them may span blocks.
- `prefix` and `start` must touch, but for white space and the border of a block. So must `end`
  and `suffix`.
- A line break, an image or a footnote mark in the page parts words that touch in our text.
- Case, the kind of space, curly quotes and soft hyphens do not matter. Dashes do.
- Only whole words match.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

FRAGMENT_LIMIT = 270  # characters: an embed on Discord holds several links
START_LIMIT = 105  # characters; laws begin many sentences with the same eight words
END_LIMIT = 35  # characters of `end`
CONTEXT_LIMIT = 30  # characters of `prefix` or `suffix`
WINDOW_LIMIT = 48
WHOLE_LIMIT = 140  # of a quote without an end, or of few words whose letters take nine each
MOST_DIRECTIVES = 3
END_WORDS = 5
CONTEXT_WORDS = 3
SENTENCE_WORDS = 5  # a start of so many words ends with its sentence
WINDOW_WORDS = 5
LEAST_WORDS = 3  # of a window, in a quote that has so many
LABEL_WORDS = 2  # a piece of so few words, such as "(a)" or a short cell, is no good beginning

# browsers take "3.1", "1,000", "U.S" and "don't" for one word each, and match only whole ones
_WORD = re.compile(r"\w+(?:[.,:;'’]\w+)*")  # noqa: RUF001 - the typographic apostrophe
_LINE = re.compile(r"[^\n]+")
_CELL_BORDER = re.compile(r" \| ")
# "- " and "1. " mostly stand for what a list draws in the page; "(a)" is text of its own there
_DRAWN = re.compile(r"(?:[-•\u2013*]|(?P<number>(?:\d{1,4}|[A-Za-z]|[ivxl]{2,5})\.))[ ]+")
_LABEL = re.compile(r"\(\w{1,5}\)(?=[ ])")
_STOP = re.compile(r"[.;:!?][^\w]*\s")
_PAUSE = re.compile(r"[^\w\s'’-]")  # noqa: RUF001 - the typographic apostrophe

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a text that is one stretch of one block in the page.

    Attributes:
        end: behind its last character; that may be a full stop, which is no word.
        touches: whether it follows the piece before it. After a number it may not: that is drawn
            in some pages and written in others.
    """

    start: int
    end: int
    touches: bool
    words: tuple[Span, ...]


def text_fragment(text: str, start: int, end: int) -> str | None:
    """The directives that lead to `text[start:end]`, or None when there are no words to look for.

    ASCII without spaces, at most `FRAGMENT_LIMIT` characters. The first directive is precise: it
    takes in words around the quote, so that the same words elsewhere in the page are not meant.
    The others are for pages that have something between the words: a few words of the quote each.
    """
    places = list(_places(text))
    quoted = [piece for piece in _cut(text, places, start, end) if piece.words]
    if not quoted:
        return None
    precise = _precise(text, places, quoted)
    directives = [precise] if precise else []
    room = FRAGMENT_LIMIT - sum(map(len, directives))
    for window in _windows(text, quoted):
        found, count = _opening(text, window, min(WINDOW_LIMIT, room - len("&text=")))
        if len(directives) == MOST_DIRECTIVES or count < min(LEAST_WORDS, len(window)):
            break
        if f"text={found}" not in directives:
            directives.append(f"text={found}")
            room -= len(f"&text={found}")
    return "&".join(directives) or None


def _places(text: str) -> Iterator[tuple[Span, bool]]:
    """Where the pieces of a text are, and whether each touches the one before."""
    for line in _LINE.finditer(text):
        start, end = line.span()
        touches = True
        if drawn := _DRAWN.match(text, start, end):
            start, touches = drawn.end(), drawn["number"] is None
        while label := _LABEL.match(text, start, end):
            yield label.span(), touches
            start, touches = label.end() + 1, True
        for border in _CELL_BORDER.finditer(text, start, end):
            yield (start, border.start()), touches
            start, touches = border.end(), True
        yield (start, end), touches


def _cut(text: str, places: Sequence[tuple[Span, bool]], start: int, end: int) -> Iterator[_Piece]:
    """The pieces inside a span, the first and last of them cut where the span is."""
    for (low, high), touches in places:
        left, right = max(low, start), min(high, end)
        stretch = text[left:right]
        if stretch.strip():
            yield _Piece(
                start=left + len(stretch) - len(stretch.lstrip()),
                end=left + len(stretch.rstrip()),
                touches=touches or left > low,
                words=tuple(
                    word.span()
                    for word in _WORD.finditer(text, low, high)
                    if left <= word.start() and word.end() <= right
                ),
            )


def _precise(
    text: str, places: Sequence[tuple[Span, bool]], quoted: Sequence[_Piece]
) -> str | None:
    longest = max(quoted, key=lambda piece: len(piece.words))
    first = next((piece for piece in quoted if len(piece.words) > LABEL_WORDS), longest)
    last = quoted[-1]
    prefix = _prefix(text, list(_cut(text, places, 0, first.words[0][0])), first)
    suffix = "" if prefix else _suffix(text, list(_cut(text, places, last.end, len(text))))
    behind = last.end if suffix else last.words[-1][1]
    beginning = _sentence(text, first.words)
    whole = _encoded(text[first.words[0][0] : behind])
    if first is last and beginning == first.words and len(whole) <= WHOLE_LIMIT:
        return f"text={prefix}{whole}{suffix}"
    opening, used = _opening(text, beginning, START_LIMIT)
    if used < min(SENTENCE_WORDS, len(beginning)):
        opening, used = _opening(text, beginning, WHOLE_LIMIT)
    rest = last.words[used:] if first is last else last.words
    closing = _closing(text, rest[-END_WORDS:], behind, END_LIMIT)
    if not opening or not closing:
        return f"text={prefix}{opening}" if opening else None
    return f"text={prefix}{opening},{closing}{suffix}"


def _prefix(text: str, before: Sequence[_Piece], first: _Piece) -> str:
    if not before or not first.touches or not before[-1].words:
        return ""
    found = _closing(text, before[-1].words[-CONTEXT_WORDS:], before[-1].end, CONTEXT_LIMIT)
    return f"{found}-," if found else ""


def _suffix(text: str, after: Sequence[_Piece]) -> str:
    if not after or not after[0].touches or not after[0].words:
        return ""
    found = _encoded(text[after[0].start : after[0].words[:CONTEXT_WORDS][-1][1]])
    return f",-{found}" if len(found) <= CONTEXT_LIMIT else ""


def _sentence(text: str, words: Sequence[Span]) -> Sequence[Span]:
    """The words up to the first full stop behind a few of them: a note may have its mark there."""
    for at in range(SENTENCE_WORDS, len(words)):
        if _STOP.search(text, words[at - 1][1], words[at][0]):
            return words[:at]
    return words


def _opening(text: str, words: Sequence[Span], limit: int) -> tuple[str, int]:
    """As many of the first words as the limit allows, and their number."""
    for count in range(len(words), 0, -1):
        found = _encoded(text[words[0][0] : words[count - 1][1]])
        if len(found) <= limit:
            return found, count
    return "", 0


def _closing(text: str, words: Sequence[Span], end: int, limit: int) -> str:
    """As many of the last words as the limit allows, up to `end`."""
    parts = (_encoded(text[start:end]) for start, _ in words)
    return next((found for found in parts if len(found) <= limit), "")


def _windows(text: str, quoted: Sequence[_Piece]) -> list[Sequence[Span]]:
    """Runs of words without a pause, where footnote marks are rare; longest first."""
    windows = [window for piece in quoted for window in _runs(text, piece.words)]
    return sorted(windows, key=lambda window: window[0][0] - window[-1][1])


def _runs(text: str, words: Sequence[Span]) -> Iterator[Sequence[Span]]:
    begin = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and not _PAUSE.search(text, words[at - 1][1], words[at][0]):
            continue
        count = -(-(at - begin) // WINDOW_WORDS)
        for part in range(count):
            low = begin + (at - begin) * part // count
            high = begin + (at - begin) * (part + 1) // count
            yield words[low:high]
        begin = at


def _encoded(text: str) -> str:
    # the dash, comma and ampersand have a meaning of their own in a directive
    return percent_encode(" ".join(text.split()), safe="").replace("-", "%2D")
