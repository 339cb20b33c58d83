"""What tokens cost."""

import re
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.chat.endpoint import Endpoint
from knowledge.errors import SettingsError

Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False)]

_MILLION = 1_000_000
_DATED = re.compile(r"-(?:20\d{6}|20\d\d-\d\d-\d\d)$")


class Price(BaseModel):
    """US dollars per million tokens, on a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: Dollars
    output: Dollars
    as_of: date | None = None
    source: str = ""

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """What so many tokens cost, in dollars."""
        return (input_tokens * self.input + output_tokens * self.output) / _MILLION


FREE = Price(input=0, output=0)

_TABLE = TypeAdapter(dict[str, Price])


def price_of(endpoint: Endpoint, path: Path | None) -> Price | None:
    """What the model costs; None when nobody told.

    A dated name, such as "…-20251001", has the price of the name without the date. The table that
    comes with Caveat holds at the providers' own addresses only.

    Args:
        endpoint: the model, and where it is asked.
        path: the operator's table, if there is one.

    Raises:
        SettingsError: when that table cannot be read.
    """
    if path is None and endpoint.local:
        return FREE
    if path is None and not endpoint.own:
        return None
    table = _read(path)
    found = table.get(endpoint.name) or table.get(_DATED.sub("", endpoint.name))
    return found or (FREE if endpoint.local else None)


def _read(path: Path | None) -> dict[str, Price]:
    file = path or resources.files("knowledge.chat") / "prices.toml"
    try:
        return _TABLE.validate_python(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise SettingsError(
            f"CHAT_PRICES cannot be read ({type(error).__name__}): copy knowledge/chat/prices.toml "
            "and change its numbers, or leave the setting blank."
        ) from error
