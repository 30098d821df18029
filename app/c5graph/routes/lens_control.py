"""The lens of a page: what it says in words, and the form that changes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from c5graph.errors import C5GraphError
from c5graph.graph.lens import DEFAULT, Lens
from c5graph.lenses import PARAMETERS, parse_lens
from c5graph.namespaces import SKOS, VOC
from c5graph.routes.visit import Visit
from c5graph.service import Service
from c5graph.speech import LANGUAGE, gettext, in_order
from c5graph.views.lens_words import in_words, listed_in_words

_WIDER = SKOS + "broader"


@dataclass(frozen=True)
class Choice:
    """A box to tick: its value, its name, whether it is ticked."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Shown:
    """What the control shows."""

    words: str
    is_default: bool
    undated: int
    chosen: int
    unsure: int
    let_in: str
    on_file: int
    as_of: str
    known_at: str
    possible: bool
    origins: int
    kinds: tuple[Choice, ...]
    interests: tuple[Choice, ...]
    modalities: tuple[Choice, ...]
    reports: int
    hidden: tuple[tuple[str, str], ...]
    reset: str
    presets: tuple[tuple[str, str], ...]


class LensControl:
    """Reads the lens of a visit and describes it."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._words = lru_cache(maxsize=256)(
            lambda lens, lang: in_words(lens, service.release.labels, lang)
        )

    @cached_property
    def _official(self) -> list[str]:
        """The interests of governments of which there are reports."""
        release, wider = self._service.release, VOC + "interest-government"
        found = self._there_are("interest")
        return sorted(iri for iri in found if wider in (iri, *release.index.values(iri, _WIDER)))

    def _presets(self, visit: Visit, lang: str) -> tuple[tuple[str, str], ...]:
        """What readers often ask for, each a link that leaves the rest of the lens as it is."""
        names = [iri.removeprefix(VOC + "interest-") for iri in self._official]
        whose = listed_in_words(self._official, self._service.release.labels, lang)
        official = gettext("official sources only: %(governments)s") % {"governments": whose}
        return (
            (official, visit.here(interest=names)),
            (gettext("independent press only"), visit.here(interest="independent-press")),
            (gettext("at least two independent origins"), visit.here(minOrigins=2)),
            (gettext("only what is asserted"), visit.here(modality="asserted")),
            (gettext("wishes, forecasts and opinions too"), visit.here(modality="all")),
        )

    def chosen(self, visit: Visit) -> Lens:
        """The lens; the default where what is given cannot be read."""
        try:
            return parse_lens(visit.kept, self._service.release.record)
        except C5GraphError:
            return DEFAULT

    def shown(self, visit: Visit) -> Shown:
        """The control of a page."""
        lens, lang = self.chosen(visit), LANGUAGE.get()
        left = self._service.chosen(lens)
        return Shown(
            words=self._words(lens, lang),
            is_default=lens == DEFAULT,
            undated=left.undated,
            chosen=left.reports,
            unsure=left.unsure,
            let_in=visit.here(dates="possible"),
            on_file=len(self._service.release.record.reports),
            as_of=lens.as_of.isoformat() if lens.as_of else "",
            known_at=lens.known_at.isoformat() if lens.known_at else "",
            possible=lens.dates == "possible",
            origins=lens.min_origins,
            kinds=self._choices("kind", VOC + "report-", lens.kinds, lang),
            interests=self._choices("interest", VOC + "interest-", lens.interests, lang),
            modalities=self._modalities(lens, lang),
            reports=len(lens.reports or ()),
            hidden=tuple(visit.others(*(name for name in PARAMETERS if name != "reports"))),
            reset=visit.here(**dict.fromkeys(PARAMETERS)),
            presets=self._presets(visit, lang),
        )

    def _choices(
        self, attribute: str, start: str, chosen: frozenset[str] | None, lang: str
    ) -> tuple[Choice, ...]:
        labels = self._service.release.labels
        found = (
            Choice(iri.removeprefix(start), labels.of(iri, lang), iri in (chosen or ()))
            for iri in self._there_are(attribute)
        )
        return tuple(sorted(found, key=lambda each: in_order(each.label)))

    def _there_are(self, attribute: str) -> set[str]:
        """The kinds or interests of which there are reports."""
        reports = self._service.release.record.reports.values()
        return {iri for report in reports if (iri := getattr(report, attribute))}

    def _modalities(self, lens: Lens, lang: str) -> tuple[Choice, ...]:
        labels = self._service.release.labels
        return tuple(
            Choice(
                each.modality,
                labels.of(VOC + "modality-" + each.modality, lang),
                each in lens.modality,
            )
            for each in type(next(iter(DEFAULT.modality)))
        )
