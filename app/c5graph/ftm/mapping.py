"""Which of our classes and properties are which FollowTheMoney schemata and properties.

FollowTheMoney has no place for a hedge, so that only firm facts are mapped, and what has no
schema that says the same is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from c5graph.namespaces import C5

CONTRACT: Final = "Contract"
THINGS: Final = {
    C5 + name: schema
    for name, schema in (
        ("State", "PublicBody"),
        ("Government", "PublicBody"),
        ("GovernmentBody", "PublicBody"),
        ("Company", "Company"),
        ("Person", "Person"),
        ("Office", "Position"),
        ("Organisation", "Organization"),
        ("InternationalOrganisation", "Organization"),
        ("Platform", "Organization"),
        ("MediaOutlet", "Organization"),
        ("ThinkTank", "Organization"),
        ("University", "Organization"),
        ("ArmedGroup", "Organization"),
        ("Agreement", CONTRACT),
        ("Project", "Project"),
        ("Programme", "Project"),
        ("Event", "Event"),
        ("Infrastructure", "Asset"),
        ("Deposit", "Asset"),
    )
}
"""Schema by class; a class below one of these has its schema."""


@dataclass(frozen=True)
class Link:
    """A schema that joins two things, and which of its properties hold subject and object."""

    schema: str
    subject: str
    object: str


LINKS: Final = {
    C5 + name: link
    for name, link in (
        ("owns", Link("Ownership", "owner", "asset")),
        ("ownsStakeIn", Link("Ownership", "owner", "asset")),
        ("memberOf", Link("Membership", "member", "organization")),
        ("chairs", Link("Directorship", "director", "organization")),
        ("holdsOffice", Link("Occupancy", "holder", "post")),
        ("affiliatedWith", Link("UnknownLink", "subject", "object")),
    )
}
"""Facts that become an entity of their own between two others."""
_AWARDED: Final = ("hasSeller", "hasProvider", "hasDeveloper", "hasLender", "hasLessor")
_JOINED: Final = (
    *("hasBuyer", "hasInvestor", "hasHost", "hasBeneficiary", "hasPartner", "hasSupporter"),
    *("hasBorrower", "hasLessee", "hasSignatory"),
)
_TAKES_PART: Final = Link("ProjectParticipant", "project", "participant")
ROLES: Final = {
    CONTRACT: {
        **{C5 + name: Link("ContractAward", "contract", "supplier") for name in _AWARDED},
        **{C5 + name: Link("UnknownLink", "object", "subject") for name in _JOINED},
    },
    "Project": {C5 + name: _TAKES_PART for name in (*_AWARDED, *_JOINED)},
}
"""Roles of parties by the schema of what they take part in; `role` holds the name of the role."""


@dataclass(frozen=True)
class Held:
    """A property that holds the object itself, its label, the code of its country or its text."""

    schema: str
    prop: str
    by: str


PROPERTIES: Final = {
    C5 + name: held
    for name, held in (
        ("basedIn", (Held("LegalEntity", "mainCountry", "country"),)),
        ("inSector", (Held("LegalEntity", "sector", "label"),)),
        ("locatedIn", (Held("Event", "location", "label"), Held("Asset", "country", "country"))),
        (
            "officeIn",
            (Held("Position", "organization", "thing"), Held("Position", "country", "country")),
        ),
        ("hasBuyer", (Held(CONTRACT, "authority", "thing"),)),
        ("agreementKind", (Held(CONTRACT, "type", "label"),)),
        ("heldOn", (Held("Event", "startDate", "text"),)),
        ("endedOn", (Held("Event", "endDate", "text"),)),
        ("hostedBy", (Held("Event", "organizer", "thing"),)),
        ("hasParticipant", (Held("Event", "involved", "thing"),)),
    )
}
"""Facts that become a value of their subject, by the schema that it has or is below."""
