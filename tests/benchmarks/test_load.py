import pytest

from tests.benchmarks.load import CROWD, QUESTIONS, Measured, quantile


def test_everyone_in_the_crowd_asks_something_else() -> None:
    assert len(set(QUESTIONS)) == CROWD


@pytest.mark.parametrize(("part", "value"), [(0.5, 51), (0.99, 100), (1.0, 100)])
def test_a_quantile_is_a_value_that_was_measured(part: float, value: int) -> None:
    assert quantile(range(100, 0, -1), part) == value


def test_only_lags_of_the_time_in_question_count() -> None:
    measured = Measured(lags=[(1.0, 0.1), (2.5, 0.2), (4.0, 0.3)])
    assert measured.lags_within([(2.0, 3.0), (3.5, 4.0)]) == [0.2, 0.3]
