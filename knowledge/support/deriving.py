"""Numbers that a writer may work out from those of a passage."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.support.figures import Figure, same_figure

_NEAR_SHARE = 0.6  # percentage points
_NEAR = 0.011  # of a number that was worked out and rounded
_MOST = 60  # numbers of a passage that are looked at in pairs


def derived(claimed: Figure, given: Sequence[Figure]) -> bool:
    """Whether a number is what others leave, make together, differ by, or are as a share."""
    if any(same_figure(claimed, rest) for rest in _rests(given)):
        return True
    if claimed.unit == "percent" and _is_share(claimed, given):
        return True
    if claimed.unit == "times" and _is_multiple(claimed, given):
        return True
    return _is_made(claimed.value, given)


def _rests(given: Sequence[Figure]) -> Iterator[Figure]:
    """What shares leave: 35 percent of 65 percent."""
    for each in given:
        if each.unit == "percent":
            yield replace(each, value=100.0 - each.value, bare=100.0 - each.value)


def _is_share(claimed: Figure, given: Sequence[Figure]) -> bool:
    """Whether two numbers near each other make it: "840 of 1,200", or "from 40 to 50 percent"."""
    return any(
        _makes(claimed, one, two)
        for first, one in enumerate(given)
        for two in (*given[max(0, first - 2) : first], *given[first + 1 : first + 3])
        if 0 < one.value < two.value and one.unit == two.unit
    )


def _makes(claimed: Figure, one: Figure, two: Figure) -> bool:
    if one.unit == "percent":
        return abs(two.value - one.value - claimed.value) <= _NEAR_SHARE
    if one.unit:
        return False
    return abs(100.0 * one.value / two.value - claimed.value) <= _NEAR_SHARE


def _is_multiple(claimed: Figure, given: Sequence[Figure]) -> bool:
    """Whether two numbers near each other are in that ratio: "212, up from 87"."""
    return any(
        0 < one.value < two.value
        and one.unit == two.unit
        and claimed.value * 0.9 <= two.value / one.value <= claimed.value * 1.3
        for first, one in enumerate(given)
        for two in (*given[max(0, first - 2) : first], *given[first + 1 : first + 3])
    )


def _is_made(value: float, given: Sequence[Figure]) -> bool:
    """Whether two numbers make it by one step of arithmetic."""
    margin = _NEAR * abs(value)
    counts = [(each.value, each.unit) for each in given[:_MOST] if each.value > 0]
    for (one, unit), (two, other) in itertools.combinations(counts, 2):
        made = [one * two, one * two / 100.0, one / two, two / one]
        if unit == other or not (unit and other):
            made += [one + two, abs(one - two)]
        if any(abs(each - value) <= margin for each in made):
            return True
    return False
