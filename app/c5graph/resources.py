"""Where ontology, data and queries are: the checkout when we run in one, else the wheel's copy."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from c5graph.errors import MissingInput

PACKAGE = Path(__file__).resolve().parent
VALIDATION = "validation.json"


@lru_cache(maxsize=1)
def root() -> Path:
    """Folder that holds `ontology/`, `data/` and `queries/`."""
    for folder in (PACKAGE.parents[1], PACKAGE / "_shipped"):
        if (folder / "ontology" / "core.ttl").is_file():
            return folder
    raise MissingInput(
        "The ontology and data that belong to c5graph were not found beside the package.",
        remedy="Install c5graph again, or run it from a whole checkout.",
    )


def ontology() -> Path:
    """Folder of the ontology, its shapes, rules and checks."""
    return root() / "ontology"


def context() -> Path:
    """The JSON-LD context of our terms."""
    return ontology() / "context.jsonld"


def data() -> Path:
    """Folder of entities, claims, sources, links and findings."""
    return root() / "data"


def queries() -> Path:
    """Folder of the saved queries."""
    return root() / "queries"


def shipped_validation() -> Path:
    """Report of the validation made when the wheel was built; absent in a checkout."""
    return root() / VALIDATION


def web() -> Path:
    """Folder of templates and pages: `app/web` in a checkout, `_web` in the wheel."""
    # Not by looking for a folder `web` beside the package: site-packages may hold a stranger's.
    return PACKAGE / "_web" if root() == PACKAGE / "_shipped" else PACKAGE.parent / "web"
