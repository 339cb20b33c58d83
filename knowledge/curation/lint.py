"""Goes through the whole corpus: its briefs, the list of further sources, the glossary."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.curation.brief import Brief, read_brief
from knowledge.curation.fields import field_problems
from knowledge.curation.front_matter import MalformedError
from knowledge.curation.glossary_file import glossary_problems, term_ids
from knowledge.curation.problem import Findings, Problem
from knowledge.curation.prose import Targets, prose_problems
from knowledge.curation.source_list import source_list_problems
from knowledge.curation.toml_tables import MalformedTomlError

CORPUS = Path(__file__).parent.parent / "corpus"
SOURCES, GLOSSARY = "sources.toml", "glossary.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What a look through the corpus gave.

    Attributes:
        briefs: those that could be read, in the order of their names.
        problems: by file and line.
    """

    briefs: tuple[Brief, ...]
    problems: tuple[Problem, ...]


def lint(folder: Path = CORPUS, *, today: date) -> Checked:
    """What is wrong in a corpus.

    Args:
        folder: holds the briefs, and may hold `sources.toml` and `glossary.toml`.
        today: against which the days of the next review are held.
    """
    briefs: list[Brief] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        try:
            briefs.append(read_brief(path))
        except MalformedError as error:
            problems.append(Problem(file=path.name, line=error.line, problem=str(error)))
        except UnicodeDecodeError:
            problems.append(Problem(file=path.name, line=1, problem="it is not UTF-8; save it so"))
    targets = Targets(
        anchors={brief.name: brief.anchors for brief in briefs}, terms=_terms(folder / GLOSSARY)
    )
    for brief in briefs:
        problems += _named(brief.name, field_problems(brief, today))
        problems += _named(brief.name, prose_problems(brief, targets))
    problems += _same_titles(briefs)
    problems += _of_file(folder / SOURCES, source_list_problems)
    problems += _of_file(folder / GLOSSARY, glossary_problems)
    problems.sort(key=lambda each: (each.file, each.line))
    return Checked(briefs=tuple(briefs), problems=tuple(problems))


def _named(file: str, findings: Findings) -> Iterator[Problem]:
    for line, problem in findings:
        yield Problem(file=file, line=line, problem=problem)


def _of_file(path: Path, check: Callable[[str], Findings]) -> Sequence[Problem]:
    if not path.exists():
        return ()
    try:
        return tuple(_named(path.name, check(path.read_text("utf-8"))))
    except MalformedTomlError as error:
        return (Problem(file=path.name, line=error.line, problem=str(error)),)
    except UnicodeDecodeError:
        return (Problem(file=path.name, line=1, problem="it is not UTF-8 text; save it so"),)


def _terms(path: Path) -> frozenset[str]:
    try:
        return term_ids(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, MalformedTomlError):
        return frozenset()  # told where the file itself is checked


def _same_titles(briefs: Sequence[Brief]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for brief in briefs:
        title = " ".join(brief.value("title").casefold().split())
        if title and title in seen:
            yield Problem(
                file=brief.name,
                line=brief.fields["title"].line,
                problem=f"{seen[title]} has the same title; give it one of its own",
            )
        seen.setdefault(title, brief.name)
