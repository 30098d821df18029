"""Options that many commands share, given to a command as one argument: those of a lens first."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
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

Command = Callable[..., None]
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


def takes_lens(command: Command) -> Command:
    """A command with these options besides its own; it gets them together as `lens`."""
    return takes_lens_but(())(command)


def takes_lens_but(left_out: Container[str]) -> Callable[[Command], Command]:
    """The same for a command that has some of these options with a meaning of its own, or not."""
    kept = {name: option for name, option in _OPTIONS.items() if name not in left_out}

    def gathered(given: Mapping[str, Any]) -> LensOptions:
        chosen = {told: given[name] for name, (told, _, _) in kept.items()}
        return {**chosen, "dates": "possible" if chosen["dates"] else None}

    options = {name: (kind, default) for name, (_, kind, default) in kept.items()}
    return gathers("lens", options, gathered)


def gathers(
    into: str,
    options: Mapping[str, tuple[Any, object]],
    gathered: Callable[[Mapping[str, Any]], object],
) -> Callable[[Command], Command]:
    """Gives a command these options, by name with kind and default, gathered into one argument."""

    def decorated(command: Command) -> Command:
        @wraps(command)
        def taking(*arguments: Any, **given: Any) -> None:
            chosen = {name: given.pop(name) for name in options}
            command(*arguments, **{**given, into: gathered(chosen)})

        plain = signature(command, eval_str=True)
        own = [each for each in plain.parameters.values() if each.name != into]
        added = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for name, (kind, default) in options.items()
        ]
        # Typer reads both: what there is and, by name, of which kind it is.
        shown = plain.replace(parameters=[*own, *added])
        taking.__signature__ = shown  # type: ignore[attr-defined]
        taking.__annotations__ = {each.name: each.annotation for each in (*own, *added)}
        return taking

    return decorated
