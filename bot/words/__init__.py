"""What people read, in their language: one TOML file a language, and English for all others."""

from bot.words.catalogue import ENGLISH, LANGUAGES, Words, words_for
from bot.words.translator import CatalogueTranslator, spoken

__all__ = ["ENGLISH", "LANGUAGES", "CatalogueTranslator", "Words", "spoken", "words_for"]
