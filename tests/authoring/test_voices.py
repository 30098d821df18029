"""Whom an imported claim names as its voice and as the one who passes it on."""

from __future__ import annotations

import pytest

from tests.authoring.conftest import CLAIM, REPORT, Desk

NAME = REPORT["id"]
CASES = [
    ("", "", "c5:attributedTo id:asia-plus ;", None),
    ("emomali-rahmon", "", "c5:attributedTo id:emomali-rahmon ;", "c5:relayedBy id:asia-plus ;"),
    ("emomali-rahmon", "glance", "c5:attributedTo id:emomali-rahmon ;", "c5:relayedBy id:glance ;"),
    ("asia-plus|emomali-rahmon", "", "c5:attributedTo id:asia-plus ,", None),
]


@pytest.mark.parametrize(("voice", "relay", "said", "passed"), CASES)
def test_the_publisher_passes_on_what_another_says(
    desk: Desk, voice: str, relay: str, said: str, passed: str | None
) -> None:
    desk.write([REPORT], [CLAIM | {"report": NAME, "attributedTo": voice, "relayedBy": relay}])
    written = desk.text(f"claims/{NAME}.ttl")
    assert said in written
    assert passed in written if passed else "c5:relayedBy" not in written
