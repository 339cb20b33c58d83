import json
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.curation.glossary_file import glossary_problems
from knowledge.errors import SettingsError
from knowledge.glossary import Glossary, read_glossary

EIGHT = Path(__file__).parents[1] / "fixtures" / "corpus" / "glossary.toml"


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return read_glossary(EIGHT)


def ids(terms: tuple[object, ...]) -> list[str]:
    return [str(getattr(term, "id", "")) for term in terms]


def test_the_fixture_is_a_sound_glossary() -> None:
    assert list(glossary_problems(EIGHT.read_text("utf-8"))) == []


def test_the_glossary_that_is_shipped_can_be_read_and_finds_each_of_its_names() -> None:
    shipped = read_glossary()
    assert len(shipped.terms) >= 10
    for term in shipped.terms:
        assert all(shipped.find(name) is term for name in term.names)
        assert all(each in shipped.by_id for each in term.see)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("open weights", "open-weights"),
        ("Open-Weights", "open-weights"),
        ("  open   weight models ", "open-weights"),
        ("open-weights", "open-weights"),
        ("rag", "rag"),
        ("Retrieval augmented generation", "rag"),
        ("jailbreaks", "jailbreak"),
        ("zebra", None),
        ("", None),
    ],
)
def test_a_term_is_found_by_any_of_its_names(
    glossary: Glossary, name: str, found: str | None
) -> None:
    term = glossary.find(name)
    assert (term.id if term else None) == found


def test_a_slip_of_spelling_leads_to_what_is_spelled_most_like_it(glossary: Glossary) -> None:
    assert ids(glossary.nearest("jailbraek"))[0] == "jailbreak"
    assert ids(glossary.nearest("sistemic risk"))[0] == "systemic-risk"
    assert ids(glossary.nearest("zzzzqqqq")) == []


def test_what_is_typed_fits_beginnings_first_and_parts_after_them(glossary: Glossary) -> None:
    assert ids(glossary.beginning("re")) == ["rag", "red-teaming", "jailbreak"]
    assert ids(glossary.beginning("weights")) == ["model-weights", "open-weights"]
    assert len(glossary.beginning("")) == 8


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Open weights can be copied.", ["open-weights"]),
        ("Open-weight models and jailbreaks", ["open-weights", "jailbreak"]),
        ("The model weights were published.", ["model-weights"]),
        ("GPAI models are named in the act.", ["gpai"]),
        ("A rag, a gpai and a drag.", []),
        ("An antijailbreaking tool.", []),
        ("Retrieval-augmented generation, or RAG.", ["rag"]),
        ("open\nweights", ["open-weights"]),
        (
            "Systemic risk, jailbreak, RAG, open weights and red teaming.",
            ["systemic-risk", "open-weights", "red-teaming"],
        ),
    ],
)
def test_terms_are_found_as_whole_words_the_longest_first(
    glossary: Glossary, text: str, found: list[str]
) -> None:
    assert ids(glossary.used_in([text])) == found


def test_terms_of_all_texts_count_and_at_most_so_many_are_given(glossary: Glossary) -> None:
    texts = ["A jailbreak.", "RAG helps.", "Systemic risk."]
    assert ids(glossary.used_in(texts)) == ["systemic-risk", "jailbreak", "rag"]
    assert ids(glossary.used_in(texts, most=1)) == ["systemic-risk"]
    assert Glossary().used_in(texts) == ()


def test_terms_stand_under_their_letters(glossary: Glossary) -> None:
    assert list(glossary.letters) == ["G", "J", "M", "O", "R", "S"]
    assert ids(glossary.letters["R"]) == ["rag", "red-teaming"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[term]\n", "cannot be read"),
        ('[[term]]\nid = "a"\n', "term.0.term"),
        ('[[term]]\nid = "A b"\nterm = "x"\n', "lint-corpus"),
    ],
)
def test_a_glossary_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "glossary.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=said):
        read_glossary(tmp_path / "glossary.toml")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_glossary(tmp_path / "none.toml")


def test_the_command_shows_a_term_all_names_or_what_is_near(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["glossary", "jailbreak"]) == 0
    shown = capsys.readouterr().out
    assert "Exactly:" in shown
    assert "See also:" in shown
    assert main(["glossary"]) == 0
    assert "jailbreak" in capsys.readouterr().out
    assert main(["glossary", "jailbraek"]) == 0
    assert "The glossary has no such term. Near it: jailbreak" in capsys.readouterr().out
    assert main(["glossary", "jailbreak", "--json"]) == 0
    (term,) = json.loads(capsys.readouterr().out)["terms"]
    assert term.keys() == {"id", "term", "also", "plain", "expert", "source", "see"}
