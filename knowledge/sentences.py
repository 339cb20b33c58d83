"""Where sentences begin and end."""

import re

import sentencex

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def sentence_spans(text: str) -> list[Span]:
    """Spans of the sentences in `text`, in order, without surrounding white space.

    A line end always ends a sentence: documents keep one paragraph or list item a line.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        offset = line.start()
        # half a character cannot be handed over, and is as long as what takes its place
        whole = _SURROGATE.sub("\ufffd", line.group())
        for sentence in sentencex.segment("en", whole):
            bare = sentence.strip()
            if bare:
                start = offset + len(sentence) - len(sentence.lstrip())
                spans.append((start, start + len(bare)))
            offset += len(sentence)
    return spans
