"""A lens in words: what counts now, as one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from babel.dates import format_date
from babel.lists import format_list

from c5graph.graph.claims import Firmness
from c5graph.graph.labels import Labels
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.namespaces import VOC
from c5graph.speech import counted, interface
from c5graph.speech import gettext as _

Groups = Mapping[str, frozenset[str]]
"""Interests by the wider one that stands for them where all of them are chosen."""


def in_words(lens: Lens, labels: Labels, lang: str, groups: Groups | None = None) -> str:
    """What the lens lets count."""
    return "; ".join(_parts(lens, labels, lang, groups or {}))


def _parts(lens: Lens, labels: Labels, lang: str, groups: Groups) -> Iterator[str]:
    yield _which_reports(lens, labels, lang, groups)
    if lens.as_of:
        words = _("what may have held on %(day)s") if _possible(lens) else _("what held on %(day)s")
        yield words % {"day": day_in_words(lens.as_of)}
    yield _modalities(lens, labels, lang)
    if lens.min_origins > 1:
        yield counted(
            "told by at least %(num)s independent origin",
            "told by at least %(num)s independent origins",
            lens.min_origins,
        )


def _possible(lens: Lens) -> bool:
    return lens.dates == "possible"


def _which_reports(lens: Lens, labels: Labels, lang: str, groups: Groups) -> str:
    parts = []
    if lens.reports is not None:
        parts.append(counted("%(num)s chosen report", "%(num)s chosen reports", len(lens.reports)))
    else:
        parts.append(_("all reports"))
    if lens.known_at:
        words = (
            _("that may have been out by %(day)s") if _possible(lens) else _("published by %(day)s")
        )
        parts.append(words % {"day": day_in_words(lens.known_at)})
    if lens.kinds is not None:
        parts.append(_("of the kind %(kinds)s") % {"kinds": _named(lens.kinds, labels, lang)})
    if lens.interests is not None:
        voices = _named(_grouped(lens.interests, groups), labels, lang)
        parts.append(_("with the interest %(interests)s") % {"interests": voices})
    return " ".join(parts)


def _modalities(lens: Lens, labels: Labels, lang: str) -> str:
    if lens.modality == frozenset(Firmness):
        return _("every wording, forecasts and opinions too")
    if lens.modality == DEFAULT.modality:
        return _("what is asserted or planned counts")
    iris = (VOC + "modality-" + each.modality for each in sorted(lens.modality))
    return _("only what is worded %(modalities)s") % {"modalities": _named(iris, labels, lang)}


def _grouped(interests: frozenset[str], groups: Groups) -> frozenset[str]:
    for wider, narrower in groups.items():
        if narrower and narrower <= interests:
            interests = interests - narrower | {wider}
    return interests


def _named(iris: Iterable[str], labels: Labels, lang: str) -> str:
    names = [labels.of(iri, lang) for iri in iris]
    return str(format_list(sorted(names), style="or", locale=interface()))


def day_in_words(day: date) -> str:
    """A day such as 7 Nov 2025."""
    return str(format_date(day, "d MMM y", locale=interface()))
