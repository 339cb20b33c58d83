"""Takes everything but plain prose out of what a chat model wrote."""

import html
import re
import unicodedata

MOST_READ = 32_000  # characters of a reply
PARTLY = "not in the passages"

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(
    r"^[ \t]*(?:```|~~~).*?(?:^[ \t]*(?:```|~~~)[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"</?[a-z!?][^<>]{0,400}>|<[@#:]\S{1,80}>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,20}>", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,2000}(?:\s[^()\n]{0,200})?\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(<?[^()\s]{0,2000}>?(?:\s[^()\n]{0,200})?\)")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|$)|\s*(?:\*\*|__)[^*_]{1,120}(?:\*\*|__):?\s*$")
_UNDERLINE = re.compile(r"\s*(?:[=\-*_]\s*){3,}$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_LINE_MARK = re.compile(r"\s*(?:>+\s*)*(?:(?:[-*+•·–]|\d{1,2}[.)]|\(?[a-z]\))\s+)?(?:>+\s*)*")  # noqa: RUF001
_ITEM = re.compile(r"\s*(?:[-*+•·–]|\d{1,2}[.)]|\(?[a-z]\))\s")  # noqa: RUF001
_LISTS = re.compile(r"[:;]\s*(?:\[[^\[\]]{0,30}\]\s*)*$")  # what a list goes on from
_ITEM_END = re.compile(r"[ ,.;]{0,3}((?:\s?\[[^\[\]]{0,30}\]){0,8})\s?$")
_LABEL = re.compile(r"(?:final )?(?:answer|response|summary)\s*:\s*", re.IGNORECASE)
_LIST_OF_SOURCES = re.compile(
    r"\W*(?:sources?|references?|citations?|bibliography|works cited|footnotes?|notes?)\W*",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"\W*" + PARTLY + r"\b.*", re.IGNORECASE)
_STRONG = re.compile(r"\*{2,}|_{2,}|~~|\|\||`+")
_EMPHASIS = re.compile(r"(?<!\w)[*_](?=[\w“\"(\[])|(?<=[\w.,;:!?)”\"\]])[*_](?!\w)")
_SPACES = re.compile(r"[^\S\n]+")
_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\r": "\n", "\t": " "})


def plain_paragraphs(reply: str) -> tuple[list[list[str]], bool]:
    """The lines of prose in a reply, by paragraph, and whether it says that the passages lack some.

    Thoughts, code, HTML, mentions, headings, tables, links' addresses and lists of sources are
    left out; what is emphasised, quoted or listed loses its marks. Numbers in brackets stay.
    """
    text = _visible(reply[:MOST_READ])
    text = _CODE.sub("\n", _THOUGHT.sub("\n", text))
    text = _visible(html.unescape(text))
    text = _TAG.sub(" ", _BREAK.sub("\n", _HIDDEN.sub(" ", text)))
    text = _LINK.sub(_linked, _PICTURE.sub(" ", text))
    paragraphs: list[list[str]] = [[]]
    partly = False
    for line in text.split("\n"):
        if not line.strip():
            paragraphs.append([])
        elif _LIST_OF_SOURCES.fullmatch(line):
            break
        elif _PARTLY.fullmatch(line):
            partly = True
        elif not (_HEADING.match(line) or _UNDERLINE.match(line) or _ROW.match(line)):
            _add(paragraphs, line)
    return [lines for lines in paragraphs if lines], partly


def _add(paragraphs: list[list[str]], line: str) -> None:
    """Adds a line; the end of a sentence that a list makes goes to where the sentence began."""
    bare = _line(line)
    last = next((lines for lines in reversed(paragraphs) if lines), None)
    if bare[:1].islower() and _ITEM.match(line) and last and _LISTS.search(last[-1]):
        last[-1] += " " + _ITEM_END.sub(r"\1;", bare, count=1)
    elif bare:
        paragraphs[-1].append(bare)


def _linked(match: re.Match[str]) -> str:
    words = match[1]
    return f"[{words}]" if words.strip(" ^").isdigit() else words


def _line(line: str) -> str:
    bare = _LINE_MARK.sub("", line, count=1)
    bare = _EMPHASIS.sub("", _STRONG.sub("", bare))
    bare = _LABEL.sub("", bare, count=1) if _LABEL.match(bare) else bare
    return _SPACES.sub(" ", bare).strip().lstrip("> ")


def _visible(text: str) -> str:
    """The text in composed characters, without those that are never shown."""
    composed = unicodedata.normalize("NFC", text.translate(_LINE_ENDS))
    return "".join(
        sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in _UNSHOWN
    )
