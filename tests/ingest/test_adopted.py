"""A law is told by the formula of its adoption."""

from dataclasses import replace

import pytest

from ingest.adopted import with_adoption
from ingest.extract import Extracted, extract

ACT = """REGULATION (EU) 2030/12 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL

of 3 May 2030

on moored vessels

THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,

Having regard to the Treaty on the Functioning of the European Union,

HAVE ADOPTED THIS REGULATION
"""


def told(text: str) -> Extracted:
    return with_adoption(extract(text.encode(), name="vessels.txt"))


@pytest.mark.parametrize(
    "text",
    [
        ACT,
        ACT.replace("REGULATION (EU) 2030/12", "DIRECTIVE 2005/29/EC"),
        ACT.replace("REGULATION (EU) 2030/12", "REGULATION (EC) No 765/2008"),
        f"Official Journal\n\n12.5.2030\n\n{ACT}",
    ],
)
def test_an_adopted_act_of_the_union_is_a_law(text: str) -> None:
    metadata = told(text).metadata
    assert (metadata.kind, metadata.jurisdiction) == ("law", "EU")


@pytest.mark.parametrize(
    "text",
    [
        ACT.replace("REGULATION (EU) 2030/12", "Proposal for a REGULATION"),
        f"Proposal for a\n\n{ACT}",
        "A commentary on REGULATION (EU) 2030/12 of the European Parliament, which binds harbours.",
        "Moored vessels are quiet.",
    ],
)
def test_a_proposal_or_a_commentary_is_not(text: str) -> None:
    assert told(text).metadata.kind is None


def test_what_the_document_says_of_itself_stays() -> None:
    extracted = extract(ACT.encode(), name="vessels.txt")
    research = replace(extracted, metadata=replace(extracted.metadata, kind="research"))
    assert with_adoption(research).metadata.kind == "research"
