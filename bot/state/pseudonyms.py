"""Names that tell people apart and do not tell who they are."""

import hashlib
import hmac
import secrets as randomness

from sqlalchemy import Engine, select

from bot.state.schema import secrets
from bot.state.writing import upsert

SALT = "pseudonyms"
SALT_BYTES = 32
CHARACTERS = 32


class Pseudonyms:
    """Makes pseudonyms: HMAC-SHA256 of an id with a salt that only this database holds."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def of(self, person_id: int) -> str:
        """The pseudonym of a Discord user, always the same; blocks nothing."""
        digest = hmac.new(self._salt, str(person_id).encode(), hashlib.sha256).hexdigest()
        return digest[:CHARACTERS]


def open_pseudonyms(engine: Engine) -> Pseudonyms:
    """The pseudonyms of this database; their salt is made on the first day."""
    fresh = {"name": SALT, "value": randomness.token_hex(SALT_BYTES)}
    with engine.begin() as connection:
        connection.execute(upsert(connection, secrets, fresh, keys=["name"], change={}))
        kept = connection.execute(select(secrets.c.value).where(secrets.c.name == SALT))
        return Pseudonyms(bytes.fromhex(kept.scalar_one()))
