import pytest

from knowledge.paraphrase import paraphrased


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("What speaks for open models?", "what are the benefits of open models?"),
        ("what speaks against it", "what are the risks of it"),
        ("Name three arguments in favour of openness", "Name three benefits of openness"),
        ("Any reasons against a ban?", "Any risks of a ban?"),
        ("Why are open models good?", "what are the benefits of open models?"),
        ("why is open source AI so bad", "what are the risks of open source AI"),
        ("what's so great about open weights", "what are the benefits of open weights"),
        ("pros of releasing weights", "benefits of releasing weights"),
        ("What is the case for open weights?", "What is the case for open weights?"),
        ("What were the reasons for the veto?", "What were the reasons for the veto?"),
        ("What are the arguments for a ban?", "What are the benefits of a ban?"),
        ("Why are good safeguards rare?", "Why are good safeguards rare?"),
        ("The agency argues against it.", "The agency argues against it."),
    ],
)
def test_idioms_that_ask_for_a_side_are_put_plainly(asked: str, read: str) -> None:
    assert paraphrased(asked) == read
