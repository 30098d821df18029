"""The data set as schema.org has it, for search engines."""

from __future__ import annotations

from typing import Any

from c5graph.exports import offered
from c5graph.metadata.dataset import ABOUT, KEYWORDS, LICENCE, TITLE
from c5graph.metadata.executables import DATASET

_CREATOR = {"@type": "Organization", "name": "c5graph maintainers"}


def as_schema_org(root: str, version: str) -> dict[str, Any]:
    """JSON-LD of a `schema:Dataset`."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": DATASET,
        "name": f"{TITLE}: Central Asia and the United States",
        "description": ABOUT,
        "url": f"{root}/dataset",
        "identifier": DATASET,
        "version": version,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "keywords": list(KEYWORDS),
        "inLanguage": "en",
        "creator": _CREATOR,
        "spatialCoverage": {"@type": "Place", "name": "Central Asia"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": dump.label,
                "description": dump.holds,
                "encodingFormat": dump.media_type,
                "contentUrl": f"{root}/dump/{dump.file}",
            }
            for dump in offered()
        ],
    }
