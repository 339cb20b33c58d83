import json

import pytest

from ingest.extract import Extracted, extract
from knowledge.errors import FailedSourceError, RejectedSourceError

ONE = {"title": "On Weights", "text": "Weights spread.\n\nThey stay.", "date": "2024-05-06"}
TWO = {"title": "On Licences", "body": "# Terms\n\nUse is free.", "url": "https://example.org/l"}


def read(value: object, name: str = "x.json") -> Extracted:
    data = value if isinstance(value, str) else json.dumps(value)
    return extract(data.encode(), name=name)


def test_a_single_object_is_a_document_with_its_metadata() -> None:
    extracted = read({**ONE, "metadata": {"url": "https://example.org/w", "author": ["Ada"]}})
    assert extracted.document.text == "Weights spread.\n\nThey stay."
    metadata = extracted.metadata
    assert (metadata.title, metadata.published) == ("On Weights", "2024-05-06")
    assert (metadata.url, metadata.authors) == ("https://example.org/w", ("Ada",))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ([ONE, TWO], "x.json"),
        ({"count": 2, "documents": [ONE, TWO]}, "x.json"),
        (f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n", "x.jsonl"),
        (f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n", "x.json"),
    ],
)
def test_several_objects_are_sections_under_their_titles(value: object, name: str) -> None:
    document = read(value, name).document
    assert document.text.split("\n\n") == [
        "On Weights",
        "date: 2024-05-06",
        "Weights spread.",
        "They stay.",
        "On Licences",
        "url: https://example.org/l",
        "Terms",
        "Use is free.",
    ]
    assert [(heading.level, heading.text) for heading in document.headings] == [
        (1, "On Weights"),
        (1, "On Licences"),
        (2, "Terms"),
    ]


def test_objects_without_text_are_counted_in_a_warning() -> None:
    extracted = read([ONE, {"title": "Nothing"}, 7])
    assert extracted.warnings == ("2 of 3 objects hold no text and were left out",)


@pytest.mark.parametrize("value", [{"a": 1}, [1, 2], "[]", {"description": "a package"}, "7"])
def test_json_that_holds_no_documents_is_rejected(value: object) -> None:
    with pytest.raises(RejectedSourceError, match='no object has a field "text"'):
        read(value)


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ('{"text": "a"}\n{"text": \n{"text": "b"}', "x.jsonl", "malformed in line 2"),
        ('{\n"text": oops}', "x.json", "malformed in line 2"),
        ("[" * 100_000, "x.json", "nested too deeply"),
    ],
)
def test_malformed_json_fails_with_its_place(text: str, name: str, reason: str) -> None:
    with pytest.raises(FailedSourceError, match=reason):
        read(text, name)
