"""Shows results as Markdown."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

RETRIEVAL = (
    "set",
    "documents",
    "queries",
    "ndcg@10",
    "recall@5",
    "recall@10",
    "recall@100",
    "mrr@10",
    "ms_per_query",
)
ABSTENTION = (
    "set",
    "queries",
    "auc",
    "abstained_at_10pct_false",
    "false_abstention",
    "abstention",
)
UNTOLD = "–"  # noqa: RUF001 - what a table shows for nothing

_MILLISECONDS = re.compile(r"(^|_)ms(_|$)")


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """A Markdown table of these columns."""
    lines = [columns, ["---"] * len(columns)]
    lines += [[_cell(row.get(column), column) for column in columns] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def retrieval_table(results: Sequence[Mapping[str, Any]]) -> str:
    """A row for each result of `eval retrieval`."""
    return table(results, RETRIEVAL)


def abstention_table(results: Sequence[Mapping[str, Any]]) -> str:
    """A row for each result of `eval abstention`."""
    return table(results, ABSTENTION)


def answers_tables(result: Mapping[str, Any]) -> str:
    """A row for each kind of case and one for all, then what was missed, case by case."""
    kinds = [{"kind": kind, **summary} for kind, summary in result["kinds"].items()]
    total = {"kind": "all", **result["all"]}
    parts = [table([*kinds, total], list(total))]
    misses = [
        f"- {_inline(case['id'])} ({_inline(case['kind'])}, {case['outcome']}): "
        f"{_inline(case['question'])}" + "".join(f"\n  - {_inline(note)}" for note in notes)
        for case in result["cases"]
        if (notes := _notes(case))
    ]
    if misses:
        parts.append("Missed:\n\n" + "\n".join(misses))
    return "\n\n".join(parts)


def difference_line(difference: Mapping[str, Any]) -> str:
    """How a result differs from an earlier one, in a sentence."""
    return (
        f"nDCG@10 differs by {difference['ndcg@10']:+.3f} over {difference['queries']} questions "
        f"(95 % interval {difference['low']:+.3f} to {difference['high']:+.3f})."
    )


def origin_line(result: Mapping[str, Any]) -> str:
    """What made a result."""
    return ", ".join(f"{name} {result[name] or UNTOLD}" for name in ("build", "encoder", "commit"))


def _notes(case: Mapping[str, Any]) -> list[str]:
    if case["need"] == "none":
        return [] if case["outcome"] == "abstained" else ["answered where silence was right"]
    good = case["quote_in_passage"] and case["quote_shown"] and not case["false_citations"]
    return [] if good and case["key_facts"] in (None, 1.0) else list(case["notes"])


def _cell(value: Any, column: str) -> str:
    if value is None:
        return UNTOLD
    if isinstance(value, float):
        return f"{value:.0f}" if _MILLISECONDS.search(column) else f"{value:.3f}"
    return _inline(str(value)).replace("|", "\\|")


def _inline(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
