"""The texts of one language, found by their keys."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from knowledge.errors import CaveatError

ENGLISH = "en"
LANGUAGES = ("en", "de")  # each is a file beside this module


class Words:
    """The texts of a language; where it lacks one, the English one.

    Attributes:
        language: such as "de".
        own: the keys of the texts that this language itself has.
    """

    def __init__(self, language: str, texts: Mapping[str, str], english: Mapping[str, str]) -> None:
        self.language = language
        self.own = frozenset(texts)
        self._texts = {**english, **texts}

    def __call__(self, key: str, /, **values: object) -> str:
        """The text with the values filled in; `count` chooses between "one" and "other".

        Values are put in as they are: whoever shows the text escapes what people wrote.

        Raises:
            KeyError: when there is no such text, or a value is missing.
        """
        if "count" in values and key not in self:
            key = f"{key}.{'one' if values['count'] == 1 else 'other'}"
        return self._texts[key].format_map(values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def error(self, error: CaveatError) -> str:
        """What a person is told of an error, by the name of its class."""
        for kind in type(error).__mro__:
            if kind is CaveatError:
                break
            if f"error.{kind.__name__}" in self:
                return self(f"error.{kind.__name__}")
        own = error.user_message
        return self("error.CaveatError") if own == CaveatError.user_message else own

    def core(self, text: str) -> str:
        """A fixed text of the core in this language; any other text as it is."""
        key = _core_keys().get(text)
        return self(key) if key else text


def words_for(locale: object) -> Words:
    """The words for a locale such as "de" or "en-GB", or a `discord.Locale`; else English ones."""
    language = str(locale or ENGLISH).replace("_", "-").split("-")[0].lower()
    return _words(language if language in LANGUAGES else ENGLISH)


@cache
def _words(language: str) -> Words:
    return Words(language, texts_of(language), texts_of(ENGLISH))


@cache
def texts_of(language: str) -> Mapping[str, str]:
    """The texts in the file of a language, by their keys, with their names in braces."""
    file = resources.files("bot.words") / f"{language}.toml"
    return dict(_flat(tomllib.loads(file.read_text("utf-8"))))


@cache
def _core_keys() -> dict[str, str]:
    return {text: key for key, text in texts_of(ENGLISH).items() if key.startswith("core.")}


def _flat(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", str(value)
