"""Shows reports and sources to a curator in a terminal."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from ingest.checking import Look
from ingest.report import Problem, Report, is_dead
from knowledge.index import Manifest
from knowledge.invoking import runnable
from knowledge.library import Holding, Locator, Retraction, Suggestion
from knowledge.model import Source

SHOWN = 60  # rows; a long report names the rest


def print_report(console: Console, report: Report, holdings: Mapping[str, Holding]) -> None:
    """A table of what changed, each problem on a line, and one line that sums up."""
    changed = [("added", source_id) for source_id in report.added]
    changed += [("updated", source_id) for source_id in report.updated]
    if changed:
        table = Table("", "source", "kind", "chunks", box=None, pad_edge=False)
        for verb, source_id in changed[:SHOWN]:
            holding = holdings[source_id]
            table.add_row(
                verb, _plain(holding.source.title), holding.source.kind, str(holding.chunks)
            )
        console.print(table)
        if len(changed) > SHOWN:
            console.print(f"… and {len(changed) - SHOWN} more")
    for removed in report.removed:
        console.print(f"removed  {_plain(removed['title'])}")
    _print_problems(console, "rejected", "yellow", report.rejected)
    _print_problems(console, "failed", "red", report.failed)
    _print_problems(console, "note", "yellow", report.warnings)
    console.print(
        f"{len(report.added)} added, {len(report.updated)} updated, "
        f"{len(report.unchanged)} unchanged, {len(report.removed)} removed, "
        f"{len(report.rejected)} rejected, {len(report.failed)} failed. "
        f"The library holds {len(holdings)} sources in {report.chunks} chunks; "
        f"{report.embedded} were embedded, in {report.seconds:.1f} s.",
        highlight=False,
    )


def print_sources(console: Console, holdings: Sequence[Holding]) -> None:
    """Every source: its whole id, to copy, and a line or two about it."""
    if not holdings:
        console.print(
            runnable("The library is empty. `python -m ingest sync` takes in the starter corpus.")
        )
    for holding in holdings:
        _print_source(console, holding)


def _print_source(console: Console, holding: Holding, *more: str) -> None:
    source = holding.source
    about = (
        source.kind,
        _status(source),
        source.published or "",
        f"{holding.chunks} chunks",
        *more,
    )
    console.print(f"[bold]{escape(source.id)}[/]", soft_wrap=True, highlight=False)
    console.print(
        Padding(
            f"{escape(source.title)}\n{' · '.join(part for part in about if part)}", (0, 0, 0, 4)
        ),
        highlight=False,
    )


def print_status(
    console: Console,
    manifest: Manifest | None,
    holdings: Sequence[Holding],
    locators: Sequence[Locator],
) -> None:
    """The build in service in one line, and a table of sources with their last check."""
    if manifest is None:
        console.print(
            runnable(
                "Nothing is published yet. `python -m ingest sync` takes in the starter corpus."
            )
        )
    else:
        console.print(
            f"Build {manifest.build} of {manifest.created}, {manifest.sources} sources in "
            f"{manifest.chunks} chunks, embedded with {manifest.encoder['id']}.",
            highlight=False,
        )
    for holding in holdings:
        checks = [each.checked_at for each in locators if each.source_id == holding.source.id]
        checked = max(checks, default="")[:16].replace("T", " ")
        _print_source(console, holding, f"checked {checked}" if checked else "")
    for locator in locators:
        if locator.failures:
            word = "dead" if is_dead(locator) else "failing"
            console.print(
                f"[red]{word}[/] since {(locator.failed_at or '')[:10]}, "
                f"{locator.failures} times: {escape(locator.locator)}: "
                f"{escape(locator.trouble or '')}",
                soft_wrap=True,
                highlight=False,
            )


def print_retractions(console: Console, retractions: Sequence[Retraction]) -> None:
    """Every source that was retracted: since when, its id, title and the reason."""
    for retraction in retractions:
        console.print(
            f"[yellow]retracted[/] on {retraction.at[:10]}: "
            f"[bold]{escape(retraction.source_id)}[/], {_plain(retraction.title)}: "
            f"{_plain(retraction.why)}",
            soft_wrap=True,
            highlight=False,
        )


def print_looks(console: Console, looks: Sequence[Look]) -> None:
    """A line for each web source with which something is wrong, and one that sums up."""
    wrong = [look for look in looks if look.state != "ok"]
    for look in wrong:
        style = "red" if look.state == "dead" else "yellow"
        name = f" ({_plain(look.target.title)})" if look.target.title else ""
        console.print(
            f"[{style}]{look.state}[/]  {_plain(look.target.url)}{name}: {_plain(look.why)}",
            soft_wrap=True,
            highlight=False,
        )
    console.print(
        f"{len(looks)} web sources were looked at; something is wrong with {len(wrong)}.",
        highlight=False,
    )


def print_suggestions(
    console: Console, suggestions: Sequence[Suggestion], failed: Sequence[Problem]
) -> None:
    """A line or two for each suggestion, and a line for each that could not be decided."""
    if not suggestions and not failed:
        console.print("Nobody has suggested anything.")
    for each in suggestions:
        status = "[bold]pending[/]" if each.status == "pending" else each.status
        more = [each.reason, f"note: {each.note}" if each.note else None]
        lines = [each.url, *(part for part in more if part)]
        console.print(
            f"[bold]{each.id}[/]  {status}  {each.suggested_at[:10]}  "
            + "\n    ".join(map(_plain, lines)),
            soft_wrap=True,
            highlight=False,
        )
    _print_problems(console, "failed", "red", failed)


def _status(source: Source) -> str:
    return " ".join(part for part in (source.status, source.status_date) if part)


def _plain(text: str) -> str:
    """Text that neither markup nor control characters can make into something else."""
    return escape("".join(each if each.isprintable() else "�" for each in text))


def _print_problems(console: Console, label: str, style: str, problems: Sequence[Problem]) -> None:
    for problem in problems:
        console.print(
            f"[{style}]{label}[/]  {_plain(problem.source)}: {_plain(runnable(problem.reason))}",
            soft_wrap=True,
            highlight=False,
        )
