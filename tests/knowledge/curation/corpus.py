"""A small corpus without a fault, for tests to break in one place."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.curation.lint import lint

TODAY = date(2026, 11, 26)
SENTENCE = (
    "The [example act](https://law.example/act) of 12 July 2024 asks providers of open models to "
    "publish a summary of what the model was trained on, and says so in its Article 53.\n\n"
)
BRIEF = (
    """---
title: "What the example act asks"
kind: brief
stance: neutral
topic: governance
status: final
jurisdiction: EU
published: 2026-11-20
publisher: Caveat
licence: Apache-2.0
url: https://law.example/act
checked: 2026-11-20
review_by: 2027-05-20
sources:
  - title: Example Act
    publisher: Example Union
    published: 2024-07-12
    url: https://law.example/act
    read: part
  - title: "A report: on the act"
    publisher: Example Institute
    published: null
    url: null
    read: secondary
    via: "News, https://news.example/report_(1)"
---

## What does the act ask?

"""
    + SENTENCE * 12
    + """The report finds [few who comply](https://news.example/report_(1)), as
[its summary](#what-does-the-act-ask) and [the term](glossary.toml#open-weights) tell.

## What would change this

A new act would change this brief.
"""
)
SOURCES = """# further sources
[[source]]
url = "https://law.example/act"
title = "Example Act"
publisher = "Example Union"
kind = "law"
stance = "neutral"
status = "in-force"
status_date = "2024-08-01"
jurisdiction = "EU"
published = "2024-07-12"
licence = "EU reuse"
why = "The act itself."
checked = "looked-up"

[[source]]
url = "https://vendor.example/terms"
title = "Terms of use"
publisher = "Example Vendor"
kind = "vendor"
stance = "favours-restriction"
status = "final"
jurisdiction = "US"
licence = "all rights reserved"
why = "What a vendor allows."
checked = "not-checked"
language = "en"
"""
GLOSSARY = """[[term]]
id = "open-weights"
term = "open weights"
also = ["open-weight model"]
plain = "Anybody can download the numbers that make the model work."
expert = "A model whose trained parameters are published for download."
see = ["model-weights"]

[term.source]
title = "Example report"
url = "https://law.example/report"
published = "2024-07-30"

[[term]]
id = "model-weights"
term = "model weights"
plain = "The numbers that a model learnt."
expert = "The parameters of a trained network."
source = { title = "Example report", url = "https://law.example/report", published = "2024-07-30" }
"""


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """A folder with the corpus, and what a look through it says."""

    folder: Path

    @classmethod
    def sound(cls, folder: Path) -> "Corpus":
        """The corpus as it is above."""
        (folder / "act.md").write_text(BRIEF, "utf-8")
        (folder / "sources.toml").write_text(SOURCES, "utf-8")
        (folder / "glossary.toml").write_text(GLOSSARY, "utf-8")
        return cls(folder=folder)

    def change(self, name: str, old: str, new: str) -> int:
        """Replaces a text that must be there, once; gives the line on which it begins."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    def problems(self, today: date = TODAY) -> list[tuple[str, int, str]]:
        """What is wrong: file, line, sentence."""
        found = lint(self.folder, today=today).problems
        return [(each.file, each.line, each.problem) for each in found]
