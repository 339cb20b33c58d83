"""Takes the markup out of a chat message: what is left are its writer's own words.

Discord's Markdown is told at https://support.discord.com/hc/en-us/articles/210298617. Whatever is
taken out leaves a space, so that no two words grow together.
"""

import re
import unicodedata

LONGEST_CODE = 40  # characters of code in a line that may be a name, such as `gpt-oss-20b`

_CODE_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_CODE = re.compile(r"`+([^`\n]+)`+")
_STRUCK = re.compile(r"~~[^~]{0,2000}~~")
_MASKED_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(<?[^()\s]{0,2000}>?\)")
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.|discord\.gg/)\S+", re.IGNORECASE)
# people, roles, channels, commands, times, pictures of the server's own
_REFERENCE = re.compile(r"<(?:@[!&]?|#|/[^<>:]{1,100}:|t:|id:|a?:\w{1,40}:)-?\w{0,40}(?::\w)?>")
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.]*")
_SHORTCODE = re.compile(r"(?<!\w):[a-z_][a-z0-9_]{1,39}:(?!\w)")
_BLOCK_QUOTE = re.compile(r"^>>> .*\Z", re.MULTILINE | re.DOTALL)
_LINE_QUOTE = re.compile(r"^> ?.*$", re.MULTILINE)
_QUOTE_MARK = re.compile(r"^(?:>>>|>) ?", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,3}|-#|[-*•·–]|\d{1,3}[.)])[ \t]+", re.MULTILINE)  # noqa: RUF001
_EMPHASIS = re.compile(r"\*+|__+|\|\||(?<!\w)_|_(?!\w)")
_SPACES = re.compile(r"[^\S\n]+")
_BEFORE_STOP = re.compile(r" +(?=[,;:.!?)])")
_PICTURES = frozenset(("So", "Sk", "Cs", "Co", "Cn", "Cc", "Cf"))
_SELECTOR = "\ufe0f"


def unmarked(message: str, *, quotes: bool = False) -> str:
    """The words of a message, a line each where it has one.

    Code, addresses, mentions, emoji and what is struck through are left out.

    Args:
        message: as its writer sent it.
        quotes: whether to keep what it quotes from others.
    """
    text = _CODE_BLOCK.sub(" ", message)
    text = (
        _QUOTE_MARK.sub("", text) if quotes else _LINE_QUOTE.sub(" ", _BLOCK_QUOTE.sub(" ", text))
    )
    text = _CODE.sub(_code, text)
    text = _STRUCK.sub(" ", text)
    text = _MASKED_LINK.sub(r" \1 ", text)
    for gone in (_ADDRESS, _REFERENCE, _HANDLE, _SHORTCODE):
        text = gone.sub(" ", text)
    text = _EMPHASIS.sub(" ", _LINE_MARK.sub("", text))
    text = _SPACES.sub(" ", _without_pictures(text))
    return _BEFORE_STOP.sub("", "\n".join(line.strip() for line in text.split("\n")))


def _code(match: re.Match[str]) -> str:
    inside = match[1].strip()
    named = len(inside) <= LONGEST_CODE and all(sign.isalnum() or sign in " .-_" for sign in inside)
    return f" {inside} " if named else " "


def _without_pictures(text: str) -> str:
    """The text with emoji and invisible characters as spaces; one before a capital ends a line."""
    kept: list[str] = []
    broken = False
    for sign in text:
        if sign != "\n" and (sign == _SELECTOR or unicodedata.category(sign) in _PICTURES):
            broken = broken or unicodedata.category(sign) == "So"
            kept.append(" ")
            continue
        if broken and not sign.isspace():
            kept.append("\n" if sign.isupper() else "")
            broken = False
        kept.append(sign)
    return "".join(kept)
