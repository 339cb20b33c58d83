"""Amounts of money and tokens in a reader's language."""

from bot.words import Words

LEAST = 0.01  # dollars; less is told with more places


def dollars_words(dollars: float, words: Words) -> str:
    """An amount of dollars: to the cent, and of less than a cent what there is of it."""
    places = 2 if dollars >= LEAST or dollars == 0 else 4
    amount = f"{dollars:.{places}f}".replace(".", words("money.point"))
    return words("money.dollars", amount=amount)


def number_words(number: int) -> str:
    """A whole number, with narrow spaces between thousands as everybody reads them."""
    return f"{number:,}".replace(",", "\u202f")
