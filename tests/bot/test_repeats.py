import asyncio

import pytest

from bot.asking import repeats as repeats_module
from bot.asking.repeats import Repeats, normalised

URL = "https://discord.com/channels/1/2/3"
RISKS = "What are the risks of open weights?"


class Watch:
    """Seconds that a test counts."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def repeats(watch: Watch) -> Repeats:
    return Repeats(watch)


@pytest.mark.parametrize(
    "again",
    [
        "what are the RISKS of open weights",
        "  What are\nthe risks … of “open” weights?! ",
        "\uff37\uff48\uff41\uff54 are the risks of open-weights\uff1f",
    ],
)
async def test_the_same_question_however_written_gets_the_first_answer(
    repeats: Repeats, again: str
) -> None:
    assert await repeats.find(1, RISKS) is None
    repeats.note(1, RISKS, URL)
    assert await repeats.find(1, again) == URL


async def test_another_question_another_channel_and_another_minute_are_answered_anew(
    repeats: Repeats, watch: Watch
) -> None:
    await repeats.find(1, RISKS)
    repeats.note(1, RISKS, URL)
    assert await repeats.find(1, "What are the benefits of open weights?") is None
    assert await repeats.find(2, RISKS) is None
    watch.now = 60
    assert await repeats.find(1, RISKS) == URL
    watch.now = 61
    assert await repeats.find(1, RISKS) is None


async def test_a_second_asker_waits_for_the_first_answer(repeats: Repeats) -> None:
    assert await repeats.find(1, RISKS) is None
    second = asyncio.create_task(repeats.find(1, RISKS))
    await asyncio.sleep(0.01)
    assert not second.done()
    repeats.note(1, RISKS, URL)
    assert await second == URL


async def test_when_no_answer_came_one_of_those_who_wait_makes_it(repeats: Repeats) -> None:
    await repeats.find(1, RISKS)
    others = [asyncio.create_task(repeats.find(1, RISKS)) for _ in range(2)]
    await asyncio.sleep(0.01)
    repeats.forget(1, RISKS)
    await asyncio.sleep(0.01)
    assert [each.done() for each in others] == [True, False]
    assert await others[0] is None
    repeats.note(1, RISKS, URL)
    assert await others[1] == URL
    repeats.forget(1, RISKS)
    assert await repeats.find(1, RISKS) == URL


async def test_a_wait_for_another_answer_ends(
    repeats: Repeats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats_module, "LONGEST_WAIT", 0.05)
    await repeats.find(1, RISKS)
    assert await repeats.find(1, RISKS) is None
    monkeypatch.setattr(repeats_module, "MOST_WAITING", 0)
    monkeypatch.setattr(repeats_module, "LONGEST_WAIT", 60)
    assert await repeats.find(1, RISKS) is None


async def test_an_answer_that_was_deleted_is_made_again(repeats: Repeats) -> None:
    await repeats.find(1, RISKS)
    repeats.note(1, RISKS, URL)
    repeats.drop(URL)
    assert await repeats.find(1, RISKS) is None


async def test_what_is_known_is_bounded_and_holds_no_question(
    repeats: Repeats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats_module, "MOST_KNOWN", 3)
    for channel in range(10):
        await repeats.find(channel, RISKS)
    kept = vars(repeats)["_firsts"]
    assert len(kept) == 3
    assert all(isinstance(key, bytes) and len(key) == 32 for key in kept)


def test_questions_of_marks_alone_differ() -> None:
    assert normalised("???") != normalised("!")
    assert normalised("C++") != normalised("C")
