"""Checks, sentence by sentence, whether passages support what a chat model wrote."""

from pathlib import Path

from knowledge.support.checking import check, marks_in
from knowledge.support.verdict import Given, Judge, Reason, Verdict

ADAPTERS = Path(__file__).with_name("adapters.safetensors")  # by tests/evals/fit_judge.py

__all__ = ["ADAPTERS", "Given", "Judge", "Reason", "Verdict", "check", "marks_in"]
