"""A file of everything, made in memory."""

from __future__ import annotations

import io

from c5graph.exports import write_export
from c5graph.graph.release import Release


def exported(release: Release, ending: str) -> bytes:
    """What a file with this ending holds."""
    sink = io.BytesIO()
    write_export(release, f"all.{ending}", sink)
    return sink.getvalue()
