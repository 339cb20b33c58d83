"""Takes the tags out of Markdown's own markup, and with them what they hide."""

import re
from collections.abc import Iterator

from ingest.extract.characters import one_line
from ingest.extract.hiding import (
    WHITE,
    Rules,
    background,
    declarations,
    foreground,
    is_hidden,
    is_same,
)

_PIECE = re.compile(r"<!--|</?[A-Za-z][\w.:-]*(?:\s[^<>]*)?/?>")
_NAME = re.compile(r"</?([A-Za-z][\w.:-]*)")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_STYLE_OBJECT = re.compile(r"\bstyle=\{\{(.*?)\}\}", re.DOTALL)
_SHEETS = re.compile(r"<style\b[^>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)
_NEVER_SHOWN = frozenset(
    ["script", "style", "template", "noscript", "svg", "iframe", "object", "title", "textarea"]
)
_EMPTY = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"])
_COMMENT_END = "-->"


class Markup:
    """Knows, from piece to piece of one text, whether a tag or comment hides what comes now.

    Attributes:
        hidden: the texts that were left out.
    """

    def __init__(self, body: str) -> None:
        self.hidden: list[str] = []
        self._rules = Rules(" ".join(_SHEETS.findall(body)))
        self._in_comment = False
        self._tag = ""  # which hides, until it is closed
        self._depth = 0
        self._inline = False

    def visible(self, content: str, *, between: str = "") -> str:
        """What a reader sees of a piece of markup, `between` in the place of each tag."""
        return "".join(self._seen(content, between))

    def visible_text(self, text: str) -> str:
        """What a reader sees of plain words, in which only the end of a comment means something."""
        if not self._in_comment:
            # CommonMark does not know such a tag as one
            return self.visible(text) if _STYLE_OBJECT.search(text) else self._kept(text)
        inside, end, rest = text.partition(_COMMENT_END)
        self.hidden.append(one_line(inside))
        self._in_comment = not end
        return self._kept(rest)

    def begin_inline(self) -> None:
        """Remembers that a paragraph begins, with which a tag inside it ends."""
        self._inline = not self._tag

    def end_inline(self) -> None:
        """Ends what hides since the paragraph began."""
        if self._inline:
            self._tag, self._depth = "", 0
        self._inline = False

    def _seen(self, content: str, between: str) -> Iterator[str]:
        place = 0
        while place < len(content):
            if self._in_comment:
                end = content.find(_COMMENT_END, place)
                self.hidden.append(one_line(content[place : end if end >= 0 else None]))
                if end < 0:
                    return
                self._in_comment = False
                place = end + len(_COMMENT_END)
            match = _PIECE.search(content, place)
            yield self._kept(content[place : match.start() if match else None])
            if match is None:
                return
            place = match.end()
            if match.group() == "<!--":
                # "<!-->" is a whole comment
                self._in_comment = not content.startswith((">", "->"), place)
            else:
                self._take(match.group())
                yield self._kept(between)

    def _kept(self, text: str) -> str:
        if not self._tag:
            return text
        self.hidden.append(one_line(text))
        return ""

    def _take(self, tag: str) -> None:
        match = _NAME.match(tag)
        name = match[1].lower() if match else ""
        if self._tag:
            if name == self._tag and not tag.endswith("/>"):
                self._depth += -1 if tag.startswith("</") else 1
            if not self._depth:
                self._tag = ""
            return
        opens = not tag.startswith("</") and not tag.endswith("/>") and name not in _EMPTY
        if opens and (name in _NEVER_SHOWN or self._hides(name, tag)):
            self._tag, self._depth = name, 1

    def _hides(self, name: str, tag: str) -> bool:
        attributes = {
            key.lower(): double or single or bare
            for key, double, single, bare in _ATTRIBUTE.findall(tag[len(name) + 1 :])
        }
        style = self._rules.style_of(name, attributes)
        for stated in _STYLE_OBJECT.findall(tag):
            plain = re.sub(r"[\"'`{}]", "", stated).replace(",", ";")
            dashed = re.sub(r"([a-z])([A-Z])", r"\1-\2", plain)
            style |= declarations(dashed)
        text, ground = foreground(style, None), background(style, WHITE)
        return is_hidden(attributes, style) or is_same(text, ground)
