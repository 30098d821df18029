"""Writes the shipped graph several times over, to see how what reads it grows.

`python -m tests.bench.multiply TIMES FOLDER` copies ontology, data and queries into the folder.
Every further copy of the data is a set of files with names of its own for all that the data
names: as many claims again about as many things again, each claim with its evidence.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from c5graph import resources
from c5graph.authoring.tokens import tokens_of
from c5graph.namespaces import BASE, REPORT

_OURS = ("id", "claim", "report", "finding")
_LINK = f"<{BASE}link/"


def write(folder: Path, times: int) -> None:
    """Write the folder; `times` 1 is a plain copy."""
    for name in ("ontology", "data", "queries"):
        shutil.copytree(resources.root() / name, folder / name)
    for path in sorted((folder / "data").rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        for number in range(2, times + 1):
            path.with_name(f"{path.stem}-{number}.ttl").write_text(renamed(text, number))
    _join(folder / "data", times)


def renamed(text: str, number: int) -> str:
    """The text with other names for all that is ours but the vocabulary."""
    passages = f"@prefix passage: <{REPORT}"
    text = text.replace(passages, f"{passages}copy-{number}-")
    text = text.replace(_LINK, f"{_LINK}copy-{number}-")
    lines = [_line(line, number) for line in text.split("\n")]
    return "\n".join(lines)


def _line(line: str, number: int) -> str:
    if line.startswith(("#", "@")) or not any(f"{prefix}:" in line for prefix in _OURS):
        return line
    out, at = "", 0
    for token in tokens_of(line):
        prefix, _, local = token.text.partition(":")
        if token.kind == "name" and prefix in _OURS:
            start = line.index(token.text, at)
            out += line[at:start] + f"{prefix}:copy-{number}-{local}"
            at = start + len(token.text)
    return out + line[at:]


def _join(data: Path, times: int) -> None:
    """The copies of the two files that there is one of each, in one."""
    for name in ("sources", "findings"):
        path = data / f"{name}.ttl"
        for number in range(2, times + 1):
            copy = path.with_name(f"{name}-{number}.ttl")
            body = copy.read_text(encoding="utf-8").partition("\n\n")[2]
            path.write_text(path.read_text(encoding="utf-8") + "\n" + body, encoding="utf-8")
            copy.unlink()


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.times)


if __name__ == "__main__":
    main()
