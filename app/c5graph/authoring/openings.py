"""The comment that opens a file which an import begins."""

from __future__ import annotations

_ENTITIES = (
    "# {name}: type, labels, identifying description and nothing else.",
    "# No relations (they are claims), no identifiers of other data sets (they are links).",
)
_CLAIMS = (
    "# Claims, report by report, each with the framed node that belongs to it; then passages.",
    "# No entities, no values, no findings here.",
)
CLAIMS_OF_ONE = (
    "# Claims of the report {report}, in the order of its text, each with the framed node that "
    "belongs to it;\n# then the passages on which they rest. No entities, no values, no findings "
    "here.\n"
)
_OTHERS = {
    "entities/values.ttl": (
        "# Values: amounts of money, quantities and shares, each described by its content alone.",
        "# No statements about what is worth or counts how much (they are claims).",
    ),
    "sources.ttl": (
        "# Reports on which claims rest, with the origin of what they say.",
        "# No claims here, and nothing about the deals and actors that the reports speak of.",
    ),
    "findings.ttl": ("# Findings of curators about claims.", "# No claims and no entities here."),
}


def opening_of(file: str) -> list[str]:
    """What belongs in a file of this name below the data, and what does not."""
    if file in _OTHERS:
        return list(_OTHERS[file])
    if not file.startswith("entities/"):
        return list(_CLAIMS)
    name = file.rpartition("/")[2].removesuffix(".ttl").replace("-", " ").capitalize()
    return [line.format(name=name) for line in _ENTITIES]
