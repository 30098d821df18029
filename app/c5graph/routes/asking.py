"""What neighbours, paths and evidence read alike from a request, and send alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast, get_args

from c5graph import protocol
from c5graph.cache import Kept
from c5graph.edges import USUAL
from c5graph.errors import BadParameter, MalformedRequest, NotAcceptable
from c5graph.graph.lens import Lens
from c5graph.lenses import PARAMETERS, headers, parse_lens
from c5graph.lookup import Direction, Which, firmness_from, term_iri
from c5graph.negotiate import HTML, Format, choose
from c5graph.networks import FORMATS
from c5graph.protocol import Parameters, single
from c5graph.routes.http import Heard
from c5graph.routes.parameters import listed, number, refuse_unknown
from c5graph.service import Service

FILTERS = ("direction", "predicates", "firmness", "types", "through", "lang", "format")
PAGE = Format("html", (HTML,), "a page", "html")


@dataclass(frozen=True)
class Asked:
    """The parameters of a request with the lens and the format that they name."""

    given: Parameters
    lens: Lens
    form: Format
    lang: str
    which: Which = field(default_factory=Which)


def asked(
    service: Service, heard: Heard, own: Iterable[str], forms: tuple[Format, ...] = FORMATS
) -> Asked:
    """Read a request that may have these parameters besides the lens. Raises BadParameter."""
    given = protocol.parameters(heard.query_string)
    if heard.method == "POST":
        given = protocol.merge(given, protocol.parameters(heard.body))
    refuse_unknown(given, (*own, *PARAMETERS))
    lens = parse_lens(given, service.release.record)
    return Asked(
        given=given,
        lens=lens,
        form=form_of(given, heard.accept, forms),
        lang=single(given, "lang") or service.settings.language,
        which=_which(given, lens),
    )


def needed(given: Parameters, name: str, example: str) -> str:
    """A parameter that must be given."""
    value = single(given, name)
    if not value:
        raise BadParameter(f"The parameter '{name}' is missing.", remedy=f"Give {example}")
    return value


def up_to(most: int, given: Parameters, name: str, default: int) -> int:
    """A whole number above 0; what is more than the most becomes the most."""
    return min(number(given, name, default), most)


def told(
    lens: Lens, undated: int, *, truncated: bool, following: str | None = None
) -> tuple[tuple[str, str], ...]:
    """Headers that say what the body of a file has no place for."""
    link = [("link", f'<{following}>; rel="next"')] if following else []
    cut = [("c5graph-truncated", "true")] if truncated else []
    return (*headers(lens, undated), *link, *cut)


def kept(body: bytes, form: Format, tag: str, said: tuple[tuple[str, str], ...]) -> Kept:
    """A finished answer."""
    return Kept(body, form.media_types[0], tag, said)


def _which(given: Parameters, lens: Lens) -> Which:
    named = listed(given, "firmness")
    return Which(
        direction=_direction(given),
        predicates=tuple(term_iri(name) for name in listed(given, "predicates")),
        # Hedged edges are shown when they are asked for or the lens lets their claims in.
        firmness=firmness_from(named) if named else USUAL | lens.modality,
        types=tuple(term_iri(name) for name in listed(given, "types")),
        entities_only=_through(given) == "entities",
    )


def _direction(given: Parameters) -> Direction:
    direction = single(given, "direction", "both")
    if direction not in get_args(Direction):
        raise BadParameter(
            f"'{direction}' is no direction.", remedy=f"Use {', '.join(get_args(Direction))}."
        )
    return cast("Direction", direction)


def _through(given: Parameters) -> str:
    through = single(given, "through", "all") or ""
    if through not in ("all", "entities"):
        raise BadParameter(
            f"through is '{through[:20]}'.",
            remedy="Use all, or entities to go on from no code or value that many things share.",
        )
    return through


def form_of(given: Parameters, accept: str | None, forms: tuple[Format, ...]) -> Format:
    """The format named, or else the one that the header prefers. Raises our own errors."""
    name = single(given, "format")
    if name is not None:
        return _named(name, forms)
    # A browser that takes anything gets a page; a client that takes anything gets JSON.
    offers = {kind: form for form in (*forms, PAGE) for kind in form.media_types}
    ordered = (*offers, HTML) if HTML not in (accept or "") else (HTML, *offers)
    found = choose(accept, ordered)
    if found is None:
        raise NotAcceptable(
            f"Nothing that '{str(accept)[:100]}' allows can be written here.",
            remedy=f"Accept one of {', '.join(form.media_types[0] for form in forms)}.",
        )
    return offers[found]


def _named(name: str, forms: tuple[Format, ...]) -> Format:
    for form in (*forms, PAGE):
        if name == form.name or name in form.media_types:
            return form
    raise MalformedRequest(
        f"The format '{name[:40]}' is not known here.",
        remedy=f"Use one of {', '.join(form.name for form in forms)}.",
    )
