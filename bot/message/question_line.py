"""The question above an answer, written so that it shows as it was put and reads back exactly.

Nothing else keeps the words of a question: buttons find them here, or in the message that the
answer refers to. What would turn lines around or end them is shown by another character, one for
one, so that a question of 500 characters takes up to 1,003 UTF-16 code units.
"""

import re

import discord

from bot.message.escape import ELLIPSIS, escape

LONGEST_QUESTION = 500
LONGEST_LINE = 2 * LONGEST_QUESTION + 5

_OPEN, _CLOSE = "*“", "”*"  # no other first line begins so: titles stand in "**"
_LINE = re.compile(r"\*“(.*)”\*…?", re.DOTALL)
_SYMBOLS = {"\n": "⏎", "\t": "⇥"}
_MEANT = {symbol: letter for letter, symbol in _SYMBOLS.items()}
# control characters, zero-width space, line ends and marks of direction, lone surrogates
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_STAND_INS = re.compile("[⏎⇥\ue000-\uefff]")
_TOKEN = re.compile("\\\\(.)|\u200b|(.)", re.DOTALL)
_SURROGATES, _SURROGATES_AT = 0xD800, 0xE800
_HIGH, _HIGH_AT = 0x2000, 0xE100
_BYTE_ORDER_MARK, _BYTE_ORDER_MARK_AT = 0xFEFF, 0xE200
_LOW_AT = 0xE000


def write(question: str) -> str:
    """The line for a question, at most `LONGEST_LINE` long; of a longer question the beginning."""
    shown: list[str] = []
    for part in re.split(f"({_UNSEEN.pattern}|{_STAND_INS.pattern})", question[:LONGEST_QUESTION]):
        if _UNSEEN.fullmatch(part):
            shown.append(_stand_in(part))
        elif _STAND_INS.fullmatch(part):
            shown.append(f"\\{part}")
        else:
            shown.append(escape(part))
    more = ELLIPSIS if len(question) > LONGEST_QUESTION else ""
    return f"{_OPEN}{''.join(shown)}{_CLOSE}{more}"


def read(text: str | None) -> str | None:
    """The question in the first line of what a message shows, or None when there is none."""
    match = _LINE.fullmatch((text or "").split("\n", maxsplit=1)[0])
    if match is None:
        return None
    return "".join(
        escaped or (_meant(plain) if plain else "") for escaped, plain in _TOKEN.findall(match[1])
    )


def read_message(message: discord.Message) -> str | None:
    """The question that one of the bot's messages shows, or None when it shows none."""
    return read(message.embeds[0].description if message.embeds else message.content)


def _stand_in(letter: str) -> str:
    code = ord(letter)
    if letter in _SYMBOLS:
        return _SYMBOLS[letter]
    if code >= _SURROGATES and code != _BYTE_ORDER_MARK:
        return chr(code - _SURROGATES + _SURROGATES_AT)
    if code == _BYTE_ORDER_MARK:
        return chr(_BYTE_ORDER_MARK_AT)
    return chr(code - _HIGH + _HIGH_AT if code >= _HIGH else code + _LOW_AT)


def _meant(shown: str) -> str:
    if not _STAND_INS.fullmatch(shown):
        return shown
    code = ord(shown)
    if shown in _MEANT:
        return _MEANT[shown]
    if code >= _SURROGATES_AT:
        return chr(code - _SURROGATES_AT + _SURROGATES)
    if code == _BYTE_ORDER_MARK_AT:
        return chr(_BYTE_ORDER_MARK)
    return chr(code - _HIGH_AT + _HIGH if code >= _HIGH_AT else code - _LOW_AT)
