"""What stands behind numbers: scales, currencies and measures."""

from collections.abc import Mapping

SCALES: Mapping[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "dozen": 12.0,
}
MONEY: Mapping[str, str] = {
    "$": "usd",
    "us$": "usd",
    "usd": "usd",
    "dollar": "usd",
    "dollars": "usd",
    "€": "eur",
    "eur": "eur",
    "euro": "eur",
    "euros": "eur",
    "£": "gbp",
    "gbp": "gbp",
    "pound": "gbp",
    "pounds": "gbp",
    "¥": "jpy",
    "yen": "jpy",
}
# of each word the unit, and how many of it
MEASURES: dict[str, tuple[str, float]] = {
    "second": ("second", 1),
    "minute": ("second", 60),
    "hour": ("second", 3_600),
    "day": ("second", 86_400),
    "week": ("second", 7 * 86_400),
    "fortnight": ("second", 14 * 86_400),
    "month": ("second", 30.4375 * 86_400),
    "year": ("second", 365.25 * 86_400),
    "decade": ("second", 3_652.5 * 86_400),
    "percent": ("percent", 1),
    "percentage": ("percent", 1),
    "flop": ("flop", 1),
    "flops": ("flop", 1),
    "parameter": ("parameter", 1),
    "parameters": ("parameter", 1),
}
MEASURES |= {f"{name}s": value for name, value in tuple(MEASURES.items()) if name[-1] != "s"}
