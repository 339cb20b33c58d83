"""What may be put into the queue of suggestions."""

from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection, Select, func, select

from knowledge.credentials import without_credentials_in
from knowledge.errors import RejectedSourceError, SuggestionError
from knowledge.library import schema
from knowledge.web import canonical_url, is_local_name, literal_address, why_not_public

MOST_PENDING = 500
MOST_OF_ONE = 5  # pending suggestions of one person
MOST_CHARACTERS = 500  # of a note or a reason


def public_address(url: str, *, allow_private: bool) -> str:
    """The spelling of an address that identifies a source; nothing is looked up.

    Raises:
        SuggestionError: when it is no web address, or visibly a private one.
    """
    try:
        address = canonical_url(url)
    except RejectedSourceError as error:
        raise SuggestionError("address", f"I cannot take this address: {error}.") from error
    host = urlsplit(address).hostname or ""
    literal = literal_address(host)
    private = is_local_name(host) if literal is None else why_not_public(literal) is not None
    if private and not allow_private:
        raise SuggestionError(
            "private", "I read pages on the public internet only, and this is a private address."
        )
    return address


def one_line(text: str, what: Literal["note", "reason"]) -> str:
    """What a person wrote, in one line without control characters and credentials.

    Raises:
        SuggestionError: when it is too long.
    """
    shown = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    line = without_credentials_in(" ".join(shown.split()))
    if len(line) > MOST_CHARACTERS:
        raise SuggestionError(what, f"Please say it in at most {MOST_CHARACTERS} characters.")
    return line


def refuse_known(connection: Connection, address: str) -> None:
    """Raises SuggestionError for what is in the library, was retracted, or waits already."""
    locators, sources = schema.locators.c, schema.sources.c
    places, queue = schema.retracted_places.c, schema.suggestions.c
    host = urlsplit(address).hostname or ""
    # a brief's link leads to a source that it rests on, which need not be in the library
    links = connection.execute(
        select(sources.url).where(
            sources.kind != "brief", func.lower(sources.url).contains(host, autoescape=True)
        )
    ).scalars()
    held = any(_is_same(link, address) for link in links.all())
    if held or _any(connection, select(locators.locator).where(locators.locator == address)):
        raise SuggestionError("held", "My library holds this source already.")
    if _any(connection, select(places.place).where(places.place == address)):
        raise SuggestionError("retracted", "This source was taken out of my library for a reason.")
    waiting = select(queue.id).where(
        queue.url == address, queue.status.in_(("pending", "approved"))
    )
    if _any(connection, waiting):
        raise SuggestionError("queued", "This source has been suggested already.")


def refuse_too_many(connection: Connection, contact: str | None) -> None:
    """Raises SuggestionError when the queue, or this person's part of it, is full."""
    if count_pending(connection) >= MOST_PENDING:
        raise SuggestionError(
            "full", "So many sources were suggested that I take no more. Please try again later."
        )
    if contact is not None and count_pending(connection, contact) >= MOST_OF_ONE:
        raise SuggestionError(
            "many", f"{MOST_OF_ONE} of your suggestions wait already. Please wait for a decision."
        )


def count_pending(connection: Connection, contact: str | None = None) -> int:
    """How many suggestions wait for a decision, of everybody or of one person."""
    table = schema.suggestions.c
    waiting = select(func.count()).where(table.status == "pending")
    if contact is not None:
        waiting = waiting.where(table.contact == contact)
    return connection.execute(waiting).scalar_one()


def _any(connection: Connection, statement: Select[tuple[str]] | Select[tuple[int]]) -> bool:
    return connection.execute(statement.limit(1)).first() is not None


def _is_same(link: str, address: str) -> bool:
    try:
        return canonical_url(link) == address
    except RejectedSourceError:
        return False
