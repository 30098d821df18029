"""What the tools take: types with the words by which a model understands them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict


class LensConditions(TypedDict, total=False):
    """What decides which claims count; without any: every report, asserted or planned."""

    asOf: Annotated[
        str, Field(description="Held in the world on a day, 2025-11-06: only that counts.")
    ]
    knownAt: Annotated[str, Field(description="Reported up to a day: only that counts.")]
    reports: Annotated[str, Field(description="Only these reports, commas between.")]
    kinds: Annotated[str, Field(description="Only reports of these kinds, such as news.")]
    interest: Annotated[str, Field(description="Only these interests: independent-press, ...")]
    modality: Annotated[str, Field(description="asserted, planned, sought, possible, ... or all.")]
    minOrigins: Annotated[str, Field(description="Only what so many independent origins tell.")]
    dates: Annotated[str, Field(description="possible: with a day, also what may have held.")]


Seen = Annotated[LensConditions | None, Field(description="Which claims count; all if left out.")]
Thing = Annotated[str, Field(description="Slug, CURIE, IRI or exact label, as 'search' gives.")]
Rows = Annotated[int, Field(ge=1, le=200, description="Rows at most.")]
Names = Annotated[list[str] | None, Field(description="Names as in the ontology, CURIEs or IRIs.")]
Firmness = Annotated[
    list[Literal["firm", "planned", "sought", "possible", "forecast", "opinion"]] | None,
    Field(description="How firm edges may be; firm and planned if left out."),
]
Cursor = Annotated[str | None, Field(description="next_cursor of the page before.")]
Language = Annotated[str, Field(description="Language of labels: en, ru, kk, zh, ...")]
Direction = Literal["both", "in", "out"]
Through = Annotated[Literal["all", "entities"], Field(description="What to go on from.")]
Classes = Annotated[
    list[Literal["intended", "binding", "stalled"]] | None,
    Field(alias="class", description="Classes of present stages."),
]
RESERVED: Final = {"class": "class_"}
"""Names that Python reserves, and what parameters are called in their place."""
Tool = Callable[..., Awaitable[dict[str, Any]]]
