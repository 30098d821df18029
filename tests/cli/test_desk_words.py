"""Sums of the ledger as a terminal shows them."""

from __future__ import annotations

from typing import Any

import pytest

from c5graph.cli.desk_words import show_ledger


def total(**given: Any) -> dict[str, Any]:
    """A sum of the ledger in US dollars."""
    plain = {"currency": "USD", "basis": None, "low": 1000, "high": 1000, "open": False}
    return {**plain, "agreements": 1, "left_out": [], **given}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (total(), "USD 1,000 in 1 agreement"),
        (total(high=2000, agreements=2), "USD 1,000 to 2,000 in 2 agreements"),
        (total(open=True), "USD 1,000 or more in 1 agreement"),
        (
            total(basis="list", left_out=["x"]),
            "USD 1,000 at list prices in 1 agreement, 1 left out",
        ),
        (total(low=0, high=0, agreements=0, left_out=["x"]), "USD: nothing added, 1 left out"),
    ],
)
def test_a_sum_names_its_bounds_once_and_counts_in_the_right_number(
    capsys: pytest.CaptureFixture[str], given: dict[str, Any], words: str
) -> None:
    show_ledger({"agreements": [], "total": 0, "totals": [given], "groups": []})
    assert f"  {words}\n" in capsys.readouterr().out
