from pathlib import Path

import pytest

from knowledge.references import own_references


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("pursuant to Article 23(1), point (a), of this Regulation", ("article 23(1)",)),
        ("as set out in Article 9, the provider shall", ("article 9",)),
        ("in accordance with Article 6(2) and (3) of Regulation (EU) 2016/679", ()),
        ("Articles 53 and 55 of the Charter", ()),
        ("under Article 16 TFEU", ()),
        ("Article 5(1), first subparagraph, points (a) to (c), of Directive 2002/58/EC", ()),
    ],
)
def test_only_references_inside_the_same_text_are_its_own(text: str, named: tuple[str, ...]) -> None:
    assert own_references(text) == named
