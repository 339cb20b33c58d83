import pytest

from knowledge.licences import OPEN_CHARACTERS, RESTRICTED_CHARACTERS, quote_limit
from knowledge.model import Source


@pytest.mark.parametrize(
    "licence",
    [
        "Public domain (US government work)",
        "CC0 1.0",
        "CC BY 4.0",
        "CC-BY-SA-4.0",
        "Creative Commons Attribution 4.0 International",
        "Reusable with attribution (Decision 2011/833/EU)",
        "Open Government Licence v3.0",
        "Apache-2.0",
        "MIT",
    ],
)
def test_an_open_licence_lets_whole_passages_be_shown(licence: str) -> None:
    assert quote_limit(Source(id="s", title="S", licence=licence)) == OPEN_CHARACTERS


@pytest.mark.parametrize(
    "licence",
    [
        None,
        "",
        "unknown",
        "All rights reserved",
        "© MIT Technology Review, all rights reserved",
        "CC BY-NC 4.0",
        "CC BY-ND 4.0",
        "CC-BY-NC-SA-4.0",
        "Creative Commons Attribution-NonCommercial 4.0 International",
        "Creative Commons Attribution Non Commercial",
        "Creative Commons Attribution-NoDerivatives 4.0 International",
        "Creative Commons Attribution-NoDerivs 3.0",
    ],
)
def test_any_other_licence_keeps_quotes_short(licence: str | None) -> None:
    assert quote_limit(Source(id="s", title="S", licence=licence)) == RESTRICTED_CHARACTERS


def test_a_law_without_a_stated_licence_is_reusable() -> None:
    assert quote_limit(Source(id="s", title="S", kind="law")) == OPEN_CHARACTERS
    closed = Source(id="s", title="S", kind="law", licence="All rights reserved")
    assert quote_limit(closed) == RESTRICTED_CHARACTERS
