"""What the panel shows of what a server lets a chat model cost."""

from dataclasses import dataclass

from bot.managing.money import dollars_words, number_words
from bot.state import GuildSettings, Running, Spending
from bot.words import Words
from knowledge.chat import Terms


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """What is known of the costs of a server's answers.

    Attributes:
        terms: of the model; None when it cannot be used as configured.
        running: what was used in the day and month that run.
    """

    terms: Terms | None
    running: Running


def budget_value(settings: GuildSettings, words: Words) -> str:
    """The caps, in one line."""
    day, month = settings.dollars_per_day, settings.dollars_per_month
    if 0 in (day, month):
        return words("settings.value.budget-no-model")
    caps = {"day": day, "month": month}
    told = [
        words(f"settings.value.budget-{name}", dollars=dollars_words(cap, words))
        for name, cap in caps.items()
        if cap is not None
    ]
    return ", ".join(told) or words("settings.value.budget-none")


def budget_about(budget: Budget, words: Words) -> str:
    """What the caps mean, and what was used until now."""
    about = words(
        "settings.about.budget",
        day=_used(budget.running.day, words),
        month=_used(budget.running.month, words),
    ).strip()
    if budget.terms is None:
        return f"{about}\n\n⚠️ {words('settings.value.budget-broken')}"
    if budget.terms.price is None:
        return f"{about}\n\n⚠️ {words('settings.value.budget-unpriced')}"
    return about


def _used(used: Spending, words: Words) -> str:
    return words(
        "settings.value.budget-used",
        dollars=dollars_words(used.dollars, words),
        tokens=number_words(used.tokens),
    )
