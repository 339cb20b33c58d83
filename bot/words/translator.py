"""Tells Discord the descriptions of commands in every language there is."""

from typing import Any

import discord
from discord import app_commands

from bot.words.catalogue import ENGLISH, LANGUAGES, words_for


def spoken(key: str) -> app_commands.locale_str:
    """A text for the list of commands: English, and found again by its key when translated."""
    return app_commands.locale_str(words_for(ENGLISH)(key), key=key)


class CatalogueTranslator(app_commands.Translator):
    """Finds the texts that `spoken` made in the words of other languages."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """The text, or None where the English one stands: in languages that Caveat lacks."""
        del context
        key, language = string.extras.get("key"), str(locale).split("-")[0]
        if key is None or language not in LANGUAGES or language == ENGLISH:
            return None
        return words_for(language)(key)
