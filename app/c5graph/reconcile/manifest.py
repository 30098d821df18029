"""The manifest: what the service offers, and where."""

from __future__ import annotations

from typing import Any, Final

from c5graph import __version__
from c5graph.entries import Directory
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.lenses import canonical
from c5graph.namespaces import C5, ID, OWL
from c5graph.reconcile.suggest import KINDS
from c5graph.settings import Settings

_TYPES: Final = ("State", "Company", "Person", "Organisation", "Place", "Agreement", "Entity")
_SETTINGS: Final = (
    {
        "name": "limit",
        "label": "Values at most",
        "type": "number",
        "default": 0,
        "help_text": "How many values of one entity to fetch; 0 for all.",
    },
    {
        "name": "lang",
        "label": "Language",
        "type": "text",
        "default": "",
        "help_text": "Of texts that have a language, fetch only those in this one, such as ru.",
    },
)


def manifest(
    directory: Directory, settings: Settings, root: str, lens: Lens = DEFAULT
) -> dict[str, Any]:
    """What the service says of itself; `root` is the address that the client asked.

    Under another lens than the default every address in it keeps that lens.
    """
    endpoint = f"{root}/reconcile"
    ours = bool(directory.release.facts)
    kept = "" if lens == DEFAULT else canonical(lens)
    more, own = f"&{kept}" * bool(kept), f"?{kept}" * bool(kept)
    preview = f"{endpoint}/preview?id={{{{id}}}}{more}"
    name = "c5graph: Central Asia and the United States" if ours else "c5graph: own files"
    return {
        "versions": ["0.2"],
        "name": name + f" ({kept})" * bool(kept),
        "identifierSpace": ID if ours else f"{root}/",
        "schemaSpace": C5 + "Entity" if ours else OWL + "Thing",
        "serviceVersion": __version__,
        "documentation": f"{root}/docs",
        "logo": f"{root}/static/icon.svg",
        "defaultTypes": _default_types(directory),
        "view": {"url": f"{root}/id/{{{{id}}}}{own}" if ours else preview},
        "preview": {"url": preview, "width": 430, "height": 220},
        "suggest": {kind: _suggest(endpoint, kind, kept) for kind in KINDS},
        "extend": {
            "propose_properties": {"service_url": endpoint, "service_path": f"/properties{own}"},
            "property_settings": list(_SETTINGS),
        },
        "batchSize": settings.reconcile_batch,
    }


def _default_types(directory: Directory) -> list[dict[str, str]]:
    known = [directory.class_iri(name) for name in _TYPES]
    chosen = [iri for iri in known if iri] or [iri for iri, _ in directory.classes.most_common(5)]
    types = (directory.type(iri, "en") for iri in chosen)
    return [{"id": each.id, "name": each.label} for each in types]


def _suggest(endpoint: str, kind: str, kept: str) -> dict[str, str]:
    return {
        "service_url": endpoint,
        "service_path": f"/suggest/{kind}" + f"?{kept}" * bool(kept),
        "flyout_service_url": endpoint,
        "flyout_service_path": f"/flyout/{kind}?id=${{id}}" + f"&{kept}" * bool(kept),
    }
