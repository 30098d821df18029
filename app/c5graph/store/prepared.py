"""A store on disk, made by `c5graph load` and opened read-only by all that serve it.

The folder holds a manifest and, beside it, the engine's own folder, whose name is that of the data.
New data go to a folder of their own; the manifest names them when they are whole, so that a
service that runs never sees half of them, and what it has open stays until the next load.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from c5graph.errors import BadParameter, MissingInput
from c5graph.store.contents import Contents
from c5graph.store.pieces import PIECE, Loading, Progress

MANIFEST: Final = "manifest.json"
_FORM: Final = 1


@dataclass(frozen=True)
class Manifest:
    """What a folder holds: the digest of the files, the engine's folder, how many statements."""

    digest: str
    folder: str
    statements: int
    form: int = _FORM


def prepare(
    contents: Contents,
    digest: str,
    directory: Path,
    progress: Progress = lambda *_: None,
    piece: int = PIECE,
) -> Manifest:
    """Load the files into the folder and put them in place; what is there already stays as it is.

    A load that was killed goes on where it was when the same files are loaded again. Raises
    ParseFailure or MissingInput, and then leaves the data in place as they were, and BadParameter
    for a folder that holds something else.
    """
    known = _usable(directory)
    folder = f"data-{digest[:16]}"
    if known is not None and known.digest == digest and (directory / known.folder).is_dir():
        return known
    partial = directory / f"{folder}.partial"
    statements = _filled(contents, Loading(partial, piece), progress)
    shutil.rmtree(directory / folder, ignore_errors=True)
    Loading(partial).store.rename(directory / folder)
    made = Manifest(digest, folder, statements)
    _write(directory, made)
    _clear(directory, {folder, known.folder if known else folder})
    return made


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a folder. Raises MissingInput where there is none."""
    found = _read(directory / MANIFEST)
    if found is None:
        raise MissingInput(
            f"{directory}: holds no prepared store of this version.",
            remedy="Make it: c5graph load --store FOLDER --data FILES",
        )
    return found


def contents_of(directory: Path) -> Contents:
    """What the folder holds now. Raises MissingInput where that is nothing that can be opened."""
    manifest = read_manifest(directory)
    contents = Contents((), str(directory / manifest.folder))
    try:
        contents.load()
    except OSError as error:
        raise MissingInput(
            f"{directory}: its store cannot be opened.",
            remedy="Make it anew: remove the folder, then c5graph load --store FOLDER --data FILES",
        ) from error
    return contents


def _usable(directory: Path) -> Manifest | None:
    """The manifest, if there is one; the folder is made, or has to be empty or a store."""
    directory.mkdir(parents=True, exist_ok=True)
    found = _read(directory / MANIFEST)
    others = [each for each in directory.iterdir() if not each.name.startswith("data-")]
    if found is None and others:
        raise BadParameter(
            f"{directory}: the folder holds something else.", remedy="Name a new or empty folder."
        )
    return found


def _filled(contents: Contents, loading: Loading, progress: Progress) -> int:
    # In one order, whatever that of the options: a journal counts files.
    store = loading.fill(tuple(sorted(contents.files, key=lambda file: file.path)), progress)
    progress("putting in order", 0, 0)
    store.flush()
    store.optimize()
    return len(store)


def _read(path: Path) -> Manifest | None:
    try:
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = Manifest(**read)
    except (OSError, ValueError, TypeError):
        return None
    safe = found.folder.startswith("data-") and Path(found.folder).name == found.folder
    return found if found.form == _FORM and safe else None


def _write(directory: Path, manifest: Manifest) -> None:
    partial = directory / f"{MANIFEST}.partial"
    partial.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    partial.replace(directory / MANIFEST)


def _clear(directory: Path, kept: set[str]) -> None:
    """Remove older data; a service may still have those before these open."""
    for each in directory.glob("data-*"):
        if each.name not in kept:
            shutil.rmtree(each, ignore_errors=True)
