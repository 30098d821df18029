"""A copy of the project's data in which every text would be markup if it were not escaped."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import c5graph

ROOT = Path(c5graph.__file__).resolve().parents[2]
PAYLOAD = "<img src=x onerror=window.pwned=1>\"'</script><b>&amp;{{7*7}}"
_TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"(@[a-z]+)')


def hostile_root(folder: Path) -> Path:
    """Make the copy; only texts with a language are spoilt, so that the files still load."""
    for name in ("ontology", "queries"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "data", folder / "data")
    for path in (folder / "data").rglob("*.ttl"):
        path.write_text(_TEXT.sub(_spoil, path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def _spoil(match: re.Match[str]) -> str:
    payload = PAYLOAD.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{match[1]} {payload}"{match[2]}'
