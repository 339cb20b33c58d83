"""Notices a question in a language that the embedding model cannot read.

Discord's English is full of slang, slips and names, and must never be taken for another language:
the identifier is asked only when the library and English grammar hardly know the question's words,
and is believed only when English is far out of the question.
"""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.encoders import EncoderIdentity, reads_many_languages
from knowledge.index import Snapshot
from knowledge.words import is_function_word, stems

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LEAST_WORDS = 5  # of letters only
LEAST_UNSPACED = 6  # letters of a script that puts no spaces between words
KNOWN_SHARE = 0.5  # of the letters, in known words, from which a question is one for this library
FOREIGN_SHARE = 0.5  # of the letters, from which another script settles it
LEAST_PROBABILITY = 0.3
LEAST_ODDS = 50.0  # of a language against English

_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"https?://\S+|<[@#:][^>]*>|`[^`]*`")  # addresses, mentions, code
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
# no other language with Latin letters has these
_ENGLISH_ONLY = frozenset(
    ("about", "and", "does", "how", "that", "the", "this", "what", "which", "who", "why", "you")
)
_NO_LANGUAGES = ("en", "pcm", "zxx")  # English, its pidgin, and what is no language at all


def cannot_read(identity: EncoderIdentity, snapshot: Snapshot, text: str) -> bool:
    """Whether a question is in another language than English and the model reads only that.

    False in all doubt, and when the library itself holds most of the question's words.
    """
    if reads_many_languages(identity):
        return False
    plain = unicodedata.normalize("NFKC", _ASIDE.sub(" ", text))
    spoken = [word.lower() for word in _WORD.findall(plain)]
    if not spoken or _known_share(snapshot, spoken) >= KNOWN_SHARE:
        return False
    return _in_other_script(spoken) or _in_other_language(spoken)


def _known_share(snapshot: Snapshot, spoken: list[str]) -> float:
    stemmed = stems(spoken)
    held = snapshot.rarity(stemmed)
    known = [
        word
        for word, stem in zip(spoken, stemmed, strict=True)
        if is_function_word(word) or stem in held
    ]
    # by letters: a Chinese sentence is one word
    return len("".join(known)) / len("".join(spoken))


def _in_other_script(spoken: list[str]) -> bool:
    """Whether most letters are not Latin, as in Russian, Arabic or Chinese."""
    scripts = [unicodedata.name(letter, "") for word in spoken for letter in word]
    foreign = [script for script in scripts if not script.startswith("LATIN")]
    if len(foreign) < FOREIGN_SHARE * len(scripts):
        return False
    unspaced = sum(script.startswith(_UNSPACED) for script in foreign)
    return unspaced >= LEAST_UNSPACED or len(spoken) >= LEAST_WORDS


def _in_other_language(spoken: list[str]) -> bool:
    if len(spoken) < LEAST_WORDS or _ENGLISH_ONLY.intersection(spoken):
        return False
    ranked = _identifier().rank(" ".join(spoken))
    language, probability = ranked[0]
    if language in _NO_LANGUAGES or probability < LEAST_PROBABILITY:
        return False
    return bool(probability >= LEAST_ODDS * dict(ranked)["en"])


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    # half a second and 100 MB, which most bots never need
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
