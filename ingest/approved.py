"""Takes in what readers suggested and a curator approved."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.inputs import Input, page_input
from ingest.pipeline import Ingest
from ingest.report import Problem
from knowledge.errors import SuggestionError
from knowledge.library import Suggestion

NOTHING = "ingest took nothing from it"


def approved_inputs(suggestions: Sequence[Suggestion]) -> list[Input]:
    """A page for each suggestion; a feed is refused, since one document was approved."""
    return [replace(page_input(suggestion.url), single=True) for suggestion in suggestions]


def settle(ingest: Ingest, suggestions: Sequence[Suggestion]) -> None:
    """Notes what became of each suggestion, once the run that read it has published."""
    report, library = ingest.report, ingest.library
    reasons = {each.source: each.reason for each in (*report.rejected, *report.failed)}
    for suggestion in suggestions:
        locator = page_input(suggestion.url).locator
        known = library.locator(locator)
        try:
            if locator in reasons or known is None:
                library.suggestions.fail(suggestion.id, reasons.get(locator, NOTHING))
            else:
                library.suggestions.take(suggestion.id, known.source_id)
        except SuggestionError as error:  # somebody decided anew meanwhile
            report.warnings.append(Problem(source=suggestion.url, reason=str(error)))
