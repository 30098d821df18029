"""The options of a lens, for every command that takes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Final

from c5graph.cli.data import (
    AsOf,
    Interests,
    Kinds,
    KnownAt,
    Modalities,
    Origins,
    Possible,
    Reports,
)

LensOptions = Mapping[str, object]
"""What the options say, by the names of URL parameters."""
_OPTIONS: Final = {
    "as_of": ("asOf", AsOf, None),
    "known_at": ("knownAt", KnownAt, None),
    "report": ("reports", Reports, None),
    "kind": ("kinds", Kinds, None),
    "interest": ("interest", Interests, None),
    "modality": ("modality", Modalities, None),
    "min_origins": ("minOrigins", Origins, 1),
    "possible": ("dates", Possible, False),
}


def takes_lens(command: Callable[..., None]) -> Callable[..., None]:
    """A command with these options besides its own; it gets them together as `lens`."""

    @wraps(command)
    def taking(*arguments: Any, **given: Any) -> None:
        chosen = {told: given.pop(name) for name, (told, _, _) in _OPTIONS.items()}
        chosen["dates"] = "possible" if chosen["dates"] else None
        command(*arguments, lens=chosen, **given)

    plain = signature(command, eval_str=True)
    own = [each for each in plain.parameters.values() if each.name != "lens"]
    added = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (_, kind, default) in _OPTIONS.items()
    ]
    # Typer reads both: what there is and, by name, of which kind it is.
    taking.__signature__ = plain.replace(parameters=[*own, *added])  # type: ignore[attr-defined]
    taking.__annotations__ = {each.name: each.annotation for each in (*own, *added)}
    return taking
