import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.curation.lint import lint
from knowledge.curation.prose import states_a_figure
from tests.knowledge.curation.corpus import BRIEF, TODAY, Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus.sound(tmp_path)


def test_nothing_is_wrong_in_the_corpus_on_the_day_it_was_last_checked() -> None:
    briefs = lint(today=TODAY).briefs
    day = max(date.fromisoformat(brief.value("checked")) for brief in briefs)
    assert [str(problem) for problem in lint(today=day).problems] == []
    assert len(briefs) >= 8


def test_nothing_is_wrong_in_a_sound_corpus(corpus: Corpus) -> None:
    assert corpus.problems() == []
    assert corpus.problems(today=date(2027, 5, 20)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: brief\n", "", "kind is missing; add it"),
        ("review_by: 2027-05-20\n", "", "review_by is missing; add it"),
        ("topic: governance", "topic: politics", 'topic "politics" is none of openness'),
        ("stance: neutral", "stance: fair", 'stance "fair" is none of'),
        ("status: final", "status: done", 'status "done" is none of'),
        ("kind: brief", "kind: law", 'kind has to be "brief"'),
        ("licence: Apache-2.0", "licence:", "licence is empty"),
        ("licence: Apache-2.0", "license: Apache-2.0", "license is no field here"),
        ("publisher: Caveat", "publisher: [a, b]", "publisher has to be one line of text"),
        ("published: 2026-11-20", "published: 2026-13", 'published "2026-13" is no date'),
        ("checked: 2026-11-20", "checked: 2026-11", 'checked "2026-11" is no date such as 2024-07'),
        ("review_by: 2027-05-20", "review_by: 2026-11-20", "review_by is not after checked"),
        ("url: https://law.example/act\nchecked", "url: law.example\nchecked", "no web address"),
        ("url: https://law.example/act\nchecked", "url: https://x.example\nchecked", "none of its"),
        ("    publisher: Example Union\n", "", 'of the source "Example Act", publisher is missing'),
        ("    published: 2024-07-12\n", "", 'of the source "Example Act", published is missing'),
        ("    url: https://law.example/act\n", "", 'of the source "Example Act", url is missing'),
        ("    publisher: Example Union", "    publisher: null", "has no publisher; name it"),
        ("    url: https://law.example/act", "    url: null", "has no address; give its url"),
        ("    read: part", "    read: half", 'read "half" is none of whole, part, secondary'),
        ("    read: part", "    read: secondary", "say in `via` which that is"),
        ("    read: part", "    read: part\n    pages: 3", "pages is no field here"),
        (": 2024-07-12\n    url", ": July 2024\n    url", 'published "July 2024" is no date'),
    ],
)
def test_a_field_that_is_wrong_is_told_with_its_line(
    corpus: Corpus, old: str, new: str, said: str
) -> None:
    line = corpus.change("act.md", old, new)
    found = [each for each in corpus.problems() if said in each[2]]
    assert len(found) == 1, corpus.problems()
    removed = " is missing" in said
    assert found[0][0] == "act.md"
    assert removed or line <= found[0][1] <= line + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title:", "titel: x\ntitel:", "titel is given twice"),
        ('title: "What', 'title: "What" the', "the front matter is malformed"),
        ("---\ntitle", "title", "it has no front matter"),
    ],
)
def test_front_matter_that_cannot_be_read_is_one_problem(
    corpus: Corpus, old: str, new: str, said: str
) -> None:
    corpus.change("act.md", old, new)
    (problem,) = corpus.problems()
    assert said in problem[2]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "## What would",
            "About 40 percent of providers do.\n\n## What would",
            "states a figure or a date without a link",
        ),
        (
            "## What would",
            "See [it](https://blog.example/x).\n\n## What would",
            "https://blog.example/x is linked and not listed",
        ),
        ("(https://news.example/report_(1))", "(https://law.example/act)", "no sentence links the"),
        ("glossary.toml#open-weights", "glossary.toml#weights", "no term with the id"),
        ("(#what-does-the-act-ask)", "(#what)", 'act.md has no heading "#what"'),
        ("(#what-does-the-act-ask)", "(other.md)", "there is no brief other.md"),
        ("## What would change this", "## More", 'the section "What would change this" is missing'),
        ("A new act would change this brief.\n", "", "is missing or empty"),
    ],
)
def test_text_that_is_wrong_is_told(corpus: Corpus, old: str, new: str, said: str) -> None:
    corpus.change("act.md", old, new)
    found = corpus.problems()
    assert [each for each in found if said in each[2]], found
    assert len(found) == 1


def test_a_brief_is_neither_too_short_nor_too_long(corpus: Corpus) -> None:
    text = BRIEF.split("## What does")[0]
    (corpus.folder / "act.md").write_text(f"{text}## What would change this\n\nMuch.\n", "utf-8")
    assert any("words, and a brief has 300 to 900; say more" in p for *_, p in corpus.problems())
    corpus.change("act.md", "Much.", "Much " * 900)
    assert any("cut it, or make two briefs of it" in p for *_, p in corpus.problems())


def test_a_brief_past_its_review_is_a_problem_from_the_next_day_on(corpus: Corpus) -> None:
    (problem,) = corpus.problems(today=date(2027, 5, 21))
    assert problem[:2] == ("act.md", 13)
    assert problem[2].startswith("its review was due on 2027-05-20; read its sources again")


def test_two_briefs_may_not_have_one_title(corpus: Corpus) -> None:
    (corpus.folder / "copy.md").write_text(BRIEF, "utf-8")
    assert corpus.problems() == [
        ("copy.md", 2, "act.md has the same title; give it one of its own")
    ]


def test_a_text_that_is_published_nowhere_has_neither_publisher_nor_address(corpus: Corpus) -> None:
    extra = "  - title: A letter\n    publisher: null\n    published: null\n    url: null\n"
    corpus.change("act.md", '  - title: "A report', f'{extra}    read: whole\n  - title: "A report')
    assert corpus.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('why = "The act itself."\n', "", "why is missing; add it"),
        ('kind = "law"', 'kind = "statute"', 'kind "statute" is none of'),
        ('published = "2024-07-12"\n', "", "published is missing"),
        ('status_date = "2024-08-01"\n', "", "needs a status_date"),
        ('checked = "looked-up"', 'checked = "live"', 'checked has to be "looked-up" or'),
        ('language = "en"', 'tongue = "en"', "tongue is no field here"),
        (
            "https://vendor.example/terms",
            "https://LAW.example/act?utm_source=x",
            "listed in line 3",
        ),
        ("https://vendor.example/terms", "vendor.example", "is no web address"),
        ("[[source]]", "[[sources]]", "sources is not known"),
        ("[[source]]\n", "[[source]]\n]", "mend it"),
    ],
)
def test_a_list_of_sources_that_is_wrong_is_told(
    corpus: Corpus, old: str, new: str, said: str
) -> None:
    corpus.change("sources.toml", old, new)
    found = corpus.problems()
    assert [each for each in found if each[0] == "sources.toml" and said in each[2]], found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "model-weights"', 'id = "open-weights"', 'id "open-weights" stands in line 2'),
        ('id = "model-weights"', 'id = "Model Weights"', "lower-case words with hyphens"),
        ('see = ["model-weights"]', 'see = ["weights"]', 'no term with the id "weights"'),
        ('see = ["model-weights"]', 'see = ["open-weights"]', "it refers to itself"),
        ('also = ["open-weight model"]', 'also = ["Model-weights"]', "is that of the term in line"),
        ('plain = "The numbers that a model learnt."\n', "", "plain is missing"),
        ('expert = "The parameters of a trained network."\n', "", "expert is missing"),
        ('url = "https://law.example/report"\n', 'url = "report"\n', "is no web address"),
        ('also = ["open-weight model"]', 'also = "x"', "also has to be a list of texts"),
    ],
)
def test_a_glossary_that_is_wrong_is_told(corpus: Corpus, old: str, new: str, said: str) -> None:
    corpus.change("glossary.toml", old, new)
    found = corpus.problems()
    assert [each for each in found if each[0] == "glossary.toml" and said in each[2]], found


def test_a_term_without_a_source_is_told(corpus: Corpus) -> None:
    path = corpus.folder / "glossary.toml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("source =")), "utf-8")
    assert corpus.problems() == [("glossary.toml", 14, "source is missing; add it")]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("In 2024 it was so.", True),
        ("It fell by 40% there.", True),
        ("Fines reach $15 million.", True),
        ("It took effect on 2 August.", True),
        ("August 2025 saw it.", True),
        ("Article 53 asks for it, as Llama 4 and SB 1047 and the G7 show.", False),
        ('The phrase "over 13 billion" goes too far.', False),
        ("A model such as gpt-oss-120b or NIST AI 600-1 tells.", False),
        ("No number at all.", False),
    ],
)
def test_figures_and_dates_are_told_from_names(text: str, states: bool) -> None:  # noqa: FBT001
    assert states_a_figure(text) is states


def test_the_command_names_file_and_line_and_ends_with_one(
    corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(corpus.folder)
    today = ["--today", "2026-11-26"]
    assert main(["lint-corpus", folder, *today]) == 0
    assert capsys.readouterr().out == "Nothing is wrong in the corpus; it holds 1 brief.\n"
    corpus.change("act.md", "stance: neutral", "stance: fair")
    assert main(["lint-corpus", folder, *today]) == 1
    assert capsys.readouterr().out.startswith('act.md:4: stance "fair" is none of')
    assert main(["lint-corpus", folder, *today, "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["ok"] is False
    assert record["briefs"] == 1
    assert record["problems"][0].keys() == {"file", "line", "problem"}


def test_the_table_shows_every_brief_and_the_balance_of_stances(
    corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint-corpus", str(corpus.folder), "--today", "2026-11-26", "--table"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    days = ["2026-11-20", "2026-11-20", "2027-05-20"]
    assert ["governance", "act", "neutral", *days, "0", "1", "1", "1"] in lines
    assert ["governance", "0", "0", "0", "1", "1"] in lines
    assert ["all", "0", "0", "0", "1", "1"] in lines


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere is no folder"),
        ([__file__], "is no folder"),
        (["--today", "x"], "day"),
    ],
)
def test_what_cannot_be_linted_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    try:
        code = main(["lint-corpus", *arguments])
    except SystemExit as ending:
        code = int(str(ending.code))
    assert code == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""
