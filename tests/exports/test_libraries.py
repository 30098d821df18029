"""Exports that need a library of an extra say so where it is missing."""

from __future__ import annotations

import sys

import pytest

from c5graph.errors import MissingInput
from c5graph.graph.release import Release
from tests.exports.files import exported


@pytest.mark.parametrize(
    ("library", "ending", "extra"),
    [("followthemoney", "ftm.json", "ftm"), ("pyarrow", "claims.parquet", "parquet")],
)
def test_a_missing_library_is_named_with_its_extra(
    shipped: Release, monkeypatch: pytest.MonkeyPatch, library: str, ending: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingInput, match=f"{library} is not installed") as caught:
        exported(shipped, ending)
    assert f"c5graph[{extra}]" in caught.value.remedy
