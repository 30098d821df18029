"""A lens in words: what counts now, as one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from babel.dates import format_date
from babel.lists import format_list

from c5graph.graph.claims import Firmness
from c5graph.graph.labels import Labels
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.namespaces import VOC
from c5graph.speech import counted, interface
from c5graph.speech import gettext as _


def in_words(lens: Lens, labels: Labels, lang: str) -> str:
    """What the lens lets count."""
    return "; ".join(_parts(lens, labels, lang))


def _parts(lens: Lens, labels: Labels, lang: str) -> Iterator[str]:
    yield from _which_reports(lens, labels, lang)
    if lens.as_of:
        words = (
            _("what may have held in the world on %(day)s")
            if _possible(lens)
            else _("what held in the world on %(day)s")
        )
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


def _which_reports(lens: Lens, labels: Labels, lang: str) -> Iterator[str]:
    if lens.reports is not None:
        yield counted("%(num)s chosen report", "%(num)s chosen reports", len(lens.reports))
    if lens.known_at:
        words = (
            _("everything that may have been reported up to %(day)s")
            if _possible(lens)
            else _("everything reported up to %(day)s")
        )
        yield words % {"day": day_in_words(lens.known_at)}
    if lens.kinds is not None:
        kinds = listed_in_words(lens.kinds, labels, lang)
        yield _("only reports of the kind %(kinds)s") % {"kinds": kinds}
    if lens.interests is not None:
        publishers = listed_in_words(lens.interests, labels, lang)
        yield _("only reports published by: %(interests)s") % {"interests": publishers}
    if all(each is None for each in (lens.reports, lens.known_at, lens.kinds, lens.interests)):
        yield _("all reports")


def _modalities(lens: Lens, labels: Labels, lang: str) -> str:
    if lens.modality == frozenset(Firmness):
        return _("every wording counts, forecasts and opinions too")
    if lens.modality == DEFAULT.modality:
        return _("what is asserted or planned counts as fact, all else is shown with its hedge")
    iris = (VOC + "modality-" + each.modality for each in sorted(lens.modality))
    return _("only what is worded %(modalities)s") % {
        "modalities": listed_in_words(iris, labels, lang)
    }


def listed_in_words(iris: Iterable[str], labels: Labels, lang: str) -> str:
    """The names of these, the last after an "or"."""
    names = [labels.of(iri, lang) for iri in iris]
    return str(format_list(sorted(names), style="or", locale=interface()))


def day_in_words(day: date) -> str:
    """A day such as 7 Nov 2025."""
    return str(format_date(day, "d MMM y", locale=interface()))
