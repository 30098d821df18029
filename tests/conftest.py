"""Fixtures for all tests.

Policy: a test builds the smallest data that shows its point; the release of the shipped data
is built once a run and only read. Nothing is fetched from a network.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from c5graph.authoring.known import Known, read_known
from c5graph.desk.bureau import Bureau, Office
from c5graph.graph.release import Release, build_release
from c5graph.graph.sources import Sources

settings.register_profile("full", max_examples=200, deadline=None)
settings.register_profile(
    "quick", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("C5GRAPH_TEST_PROFILE") or "full")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Folder of the checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shipped() -> Release:
    """The release of the shipped data."""
    return build_release(Sources.shipped())


@pytest.fixture(scope="session")
def shipped_office(shipped: Release) -> Office:
    """Ledger, disputes and census of the shipped data under the usual lens."""
    return Bureau(shipped, 2).office(shipped.view)


@pytest.fixture(scope="session")
def known() -> Known:
    """What the shipped files say, for what is written beside them."""
    return read_known(Sources.shipped().inputs)
