"""Who says it: the voices quoted about a thing, by what they are, and who passes their words on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from c5graph.desk.telling import Telling
from c5graph.graph.claims import Claim, classes_above
from c5graph.graph.index import TYPE
from c5graph.namespaces import C5, DCTERMS

GROUPS: Final = {
    "state": ("State", "Government", "GovernmentBody"),
    "person": ("Person",),
    "company": ("Company",),
    "international": ("InternationalOrganisation", "DiplomaticPlatform"),
    "analyst": ("ThinkTank", "University"),
    "media": ("MediaOutlet",),
    "other": (),
}
"""What voices are, by the classes that say so, in the order in which they are shown."""
_SHOWN: Final = 20
_FIRST: Final = tuple(C5 + name for name in ("hasStatus", "hasValue", "signedAt", "hasQuantity"))
_PLAIN: Final = frozenset(
    C5 + name for name in ("inSector", "agreementKind", "hasSubjectMatter", "partOf", "announcedAt")
)
_SAID, _RELAYED = C5 + "attributedTo", C5 + "relayedBy"


@dataclass(frozen=True)
class Speaker:
    """A voice with its claims about a thing; the voice is None where nobody is named."""

    voice: str | None
    group: str
    claims: tuple[Claim, ...]

    def as_dict(self, telling: Telling, lang: str) -> dict[str, Any]:
        """Plain values for JSON: who it is, who passes it on, and the first of what it says."""
        named, index = telling.teller.named, telling.index
        relays = {each for claim in self.claims for each in index.values(claim.iri, _RELAYED)}
        return {
            "voice": named(self.voice, lang).as_dict() if self.voice else None,
            "group": self.group,
            "description": index.value(self.voice, DCTERMS + "description") if self.voice else None,
            "claims": len(self.claims),
            "origins": len(telling.origins(self.claims)),
            "relayed_by": [named(each, lang).as_dict() for each in sorted(relays)],
            "says": [telling.teller.note(each.iri, lang).plain for each in self.claims[:_SHOWN]],
        }


def speakers(telling: Telling, claims: Iterable[Claim]) -> list[Speaker]:
    """The voices of claims by group, those that say most first. A claim may have several.

    How far something has come and what it is worth come first, who and what it is about last.
    """
    told: dict[str | None, list[Claim]] = defaultdict(list)
    plain = telling.rules.roles | _PLAIN
    for claim in sorted(claims, key=lambda each: _weight(each, plain)):
        voices: list[str] | list[None] = telling.index.values(claim.iri, _SAID) or [None]
        for voice in voices:
            told[voice].append(claim)
    found = (Speaker(each, _group(telling, each), tuple(some)) for each, some in told.items())
    order = list(GROUPS)
    return sorted(
        found, key=lambda each: (order.index(each.group), -len(each.claims), each.voice or "")
    )


def _weight(claim: Claim, plain: frozenset[str]) -> tuple[int, str]:
    if claim.predicate in _FIRST:
        return _FIRST.index(claim.predicate), claim.iri
    return len(_FIRST) + (claim.predicate in plain), claim.iri


def _group(telling: Telling, voice: str | None) -> str:
    above = classes_above(telling.index, telling.index.values(voice, TYPE) if voice else ())
    wanted = ((name, {C5 + each for each in classes}) for name, classes in GROUPS.items())
    return next((name for name, classes in wanted if not above.isdisjoint(classes)), "other")
