"""Serves the shipped graph on a free port, without validating it first.

An argument names another folder with ontology and data; further ones, behind one that may be
empty, name what is joined to it.
"""

import sys
from pathlib import Path

from c5graph.catalogue import Catalogue
from c5graph.editions import Edition, Editions
from c5graph.graph.release import build_release
from c5graph.graph.sources import Sources
from c5graph.listen import listen
from c5graph.main import create_app
from c5graph.server import run
from c5graph.service import embedded_service
from c5graph.settings import Settings


def announce(port: int) -> None:
    sys.stderr.write(f"at http://127.0.0.1:{port}/ (\n")
    sys.stderr.flush()


def main() -> None:
    listener = listen("127.0.0.1", 0)
    root = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    release = build_release(Sources.shipped(root).joined(map(Path, sys.argv[2:])))
    settings = Settings.from_environment()
    service = embedded_service(settings, release, Catalogue())
    port, app = listener.getsockname()[1], create_app(service)
    editions = Editions(Edition(app, service, app.shelf, app.short_way))
    run(editions, listener, lambda: announce(port), settings, editions)


if __name__ == "__main__":
    main()
