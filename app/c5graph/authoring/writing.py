"""Writes several files so that either all have their new text or all have their old one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from c5graph.store.rdf import FORMATS, parse_text

_NEW = ".new"


def write_all(texts: Mapping[Path, str]) -> None:
    """Write the Turtle texts. Raises ParseFailure before, OSError without having changed any."""
    for path, text in texts.items():
        list(parse_text(text.encode(), FORMATS["ttl"], file=path))
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    written: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _beside(path).write_text(text, encoding="utf-8", newline="\n")
        for path in texts:
            _beside(path).replace(path)
            written.append(path)
    except OSError:
        for path in written:
            _restore(path, before[path])
        raise
    finally:
        for path in texts:
            _beside(path).unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + _NEW)


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
