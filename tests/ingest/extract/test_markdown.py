import pytest

from ingest.extract import Extracted, extract
from knowledge.errors import FailedSourceError

BRIEF = """---
title: Weights, briefly
kind: brief
stance: neutral
status: in-force
status_date: 2025-02-03
jurisdiction: EU
authors: [Ada Example, Bo Sample]
published: 2025-01
license: CC-BY-4.0
weight: 12
---
import Chart from './chart.js'

# Weights, *briefly*

A **bold** claim with a [link](https://example.org), `code` and a note[^1].
It goes on here.

<script>
let hidden = 1;
</script>

- first item
- second item
  that wraps

1. one
2. two

| Model | Size |
| ----- | ---- |
| Alpha | 7B   |

<Callout kind="info">Mind the gap.</Callout>

```
keep = "this"
```

<!-- not for readers -->

[^1]: Seen in the annex.
"""


def read(text: str, name: str = "brief.md") -> Extracted:
    return extract(text.encode(), name=name)


def test_markup_is_removed_and_words_are_kept() -> None:
    assert read(BRIEF).document.text.split("\n\n") == [
        "Weights, briefly",
        "A bold claim with a link, code and a note[1]. It goes on here.",
        "- first item",
        "- second item that wraps",
        "1. one",
        "2. two",
        "Model | Size",
        "Alpha | 7B",
        "Mind the gap.",
        'keep = "this"',
        "[1]: Seen in the annex.",
    ]


def test_front_matter_becomes_metadata() -> None:
    metadata = read(BRIEF).metadata
    assert metadata.title == "Weights, briefly"
    assert (metadata.kind, metadata.stance, metadata.status) == ("brief", "neutral", "in-force")
    assert (metadata.status_date, metadata.published) == ("2025-02-03", "2025-01")
    assert metadata.authors == ("Ada Example", "Bo Sample")
    assert (metadata.licence, metadata.jurisdiction) == ("CC-BY-4.0", "EU")


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    assert read("Intro.\n\n# On weights\n\nText.").metadata.title == "On weights"


@pytest.mark.parametrize("key", ["kind", "stance", "status"])
def test_a_value_that_is_not_allowed_names_the_key_the_value_and_the_choice(key: str) -> None:
    with pytest.raises(FailedSourceError, match=rf'{key}: "sideways".*unknown|{key}.*other'):
        read(f"---\n{key}: sideways\n---\nText.")


def test_malformed_front_matter_names_the_line() -> None:
    with pytest.raises(FailedSourceError, match="line 3"):
        read('---\ntitle: fine\nkind: "unclosed\n---\nText.')


def test_front_matter_that_never_closes_is_reported() -> None:
    with pytest.raises(FailedSourceError, match="no closing"):
        read("---\ntitle: fine\n\nText.")


def test_front_matter_makes_an_unknown_name_markdown() -> None:
    extracted = read("---\ntitle: x\n---\n# Head\n\nText.", name="notes.page")
    assert extracted.document.media_type == "text/markdown"


def test_a_law_without_markup_gets_its_headings() -> None:
    law = (
        "Whereas:\n\n(1)\n\nModels spread.\n\n(2)\n\nRules help.\n\n(3)\n\nSo be it.\n\n"
        "CHAPTER I\n\nGENERAL RULES\n\nArticle 1\n\nScope\n\n1.   It applies to all.\n\n"
        "2.   It binds:\n\n(a)\n\nproviders;\n\nANNEX I\n\nList of models\n\nAlpha and Beta."
    )
    document = read(law).document
    assert [(item.level, item.text) for item in document.headings] == [
        (5, "Recital 1"),
        (5, "Recital 2"),
        (5, "Recital 3"),
        (3, "CHAPTER I GENERAL RULES"),
        (5, "Article 1 Scope"),
        (6, "Article 1(1)"),
        (6, "Article 1(2)"),
        (2, "ANNEX I List of models"),
    ]
    assert "(a) providers;" in document.text


def test_a_number_above_its_text_and_a_label_below_a_paragraph_are_kept() -> None:
    text = read("2.\n\nA second rule.\nANNEX II\n\nList of things\n\nOne.").document.text
    assert text == "2. A second rule.\n\nANNEX II\n\nList of things\n\nOne."
