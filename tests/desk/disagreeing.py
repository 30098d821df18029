"""Small worlds of claims, each with the reasons for which they disagree."""

from __future__ import annotations

from typing import Any

from c5graph.desk.comparing import Dispute
from c5graph.graph.lens import Lens
from tests.desk.made import Made, Said, count, money, when

KINDS = {
    "a": "Agreement",
    "gdp": "Indicator",
    "summit": "Event",
    "kz": "State",
    "cn": "State",
    "firm": "Company",
    "bank": "Company",
    "mine": "Deposit",
    "north": "Region",
    "town": "City",
    "south": "Region",
}


def value(subject: str, number: str, bound: str = "exact", report: str = "r1", **more: Any) -> Said:
    basis = more.pop("basis", "")
    currency = more.pop("currency", "USD")
    return Said(subject, "hasValue", money(number, bound, currency, basis), report, **more)


def status(stage: str, since: str | None, report: str = "r1", **more: Any) -> Said:
    return Said("a", "hasStatus", f"voc:status-{stage}", report, since=since, **more)


def made(*claims: Said, **more: Any) -> Made:
    return Made({f"c{number}": claim for number, claim in enumerate(claims)}, KINDS, **more)


def found(*claims: Said, lens: Lens | None = None, **more: Any) -> list[Dispute]:
    office = made(*claims, **more).office(lens or Lens())
    return list(office.disputes.all)


def reasons(*claims: Said, **more: Any) -> list[str]:
    return sorted(each.reason for dispute in found(*claims, **more) for each in dispute.differences)


WORLDS: dict[str, tuple[list[Said], list[str]]] = {
    "two exact figures": ([value("a", "5"), value("a", "7", report="r2")], ["values"]),
    "the same figure": ([value("a", "5"), value("a", "5", report="r2")], []),
    "more than three and 3.2": (
        [value("a", "3", "more-than"), value("a", "3.2", report="r2")],
        ["bound"],
    ),
    "more than four and 3.2": (
        [value("a", "4", "more-than"), value("a", "3.2", report="r2")],
        ["values"],
    ),
    "up to 14 and 14": (
        [Said("a", "hasQuantity", count("14", "up-to")), Said("a", "hasQuantity", count("14"))],
        ["bound"],
    ),
    "a figure and the same one rounded": (
        [value("a", "43.82"), value("a", "43.8", report="r2")],
        ["rounded"],
    ),
    "figures that no rounding joins": (
        [value("a", "43.86"), value("a", "43.8", report="r2")],
        ["values"],
    ),
    "a round figure of one digit": ([value("a", "1.9"), value("a", "2", report="r2")], ["values"]),
    "about five and five": ([value("a", "5", "about"), value("a", "5", report="r2")], []),
    "about five and seven": ([value("a", "5", "about"), value("a", "7", report="r2")], ["values"]),
    "two currencies": ([value("a", "5"), value("a", "7", currency="EUR", report="r2")], []),
    "two kinds of thing": (
        [Said("a", "hasQuantity", count("5")), Said("a", "hasQuantity", count("7", of="jobs"))],
        [],
    ),
    "a list price and another": (
        [value("a", "5"), value("a", "7", basis="list", report="r2")],
        ["basis"],
    ),
    "a range against a figure in it": (
        [
            value("a", "3", "at-least"),
            value("a", "5", "up-to"),
            value("a", "4", report="r2"),
        ],
        ["bound"],
    ),
    "a range against a figure outside": (
        [
            value("a", "3", "at-least"),
            value("a", "5", "up-to"),
            value("a", "6", report="r2"),
        ],
        ["values"],
    ),
    "an indicator in two years": (
        [value("gdp", "5", since="2023"), value("gdp", "7", since="2024", report="r2")],
        [],
    ),
    "an indicator in one year": (
        [value("gdp", "5", since="2024"), value("gdp", "7", since="2024", report="r2")],
        ["values"],
    ),
    "an indicator in a year and in months of it": (
        [
            value("gdp", "5", since="2024-01", until="2024-11"),
            value("gdp", "7", since="2024", report="r2"),
        ],
        [],
    ),
    "two estimates of one cost": (
        [value("a", "5", since="2024"), value("a", "7", since="2025", report="r2")],
        ["times"],
    ),
    "an estimate of a year and one of no time": (
        [value("a", "5", since="2024"), value("a", "7", report="r2")],
        ["values"],
    ),
    "two days of one event": (
        [
            Said("summit", "heldOn", when("2025-11-06")),
            Said("summit", "heldOn", when("2025-11-07"), "r2"),
        ],
        ["dates"],
    ),
    "a day and its month": (
        [
            Said("summit", "heldOn", when("2025-11-06")),
            Said("summit", "heldOn", when("2025-11"), "r2"),
        ],
        [],
    ),
    "signed on two days": (
        [status("signed", "2025-02-04"), status("signed", "2025-02-05", "r2")],
        ["dates"],
    ),
    "in force since one day, and still in force on another": (
        [status("in-force", "1974"), status("in-force", "2023-09-12", "r2")],
        ["still"],
    ),
    "announced twice": (
        [status("announced", "2025-02-04"), status("announced", "2025-09-05", "r2")],
        [],
    ),
    "planned for a quarter and for the end of the year": (
        [
            status("delivered", "2026-07", until="2026-09", modality="planned"),
            status("delivered", "2026-12", "r2", modality="planned"),
        ],
        ["dates"],
    ),
    "planned and then done later": (
        [
            status("delivered", "2026-07", modality="planned"),
            status("delivered", "2026-12", "r2"),
        ],
        ["plan"],
    ),
    "a memorandum and a signature on one day": (
        [status("memorandum", "2025-02-04"), status("signed", "2025-02-04", "r2")],
        ["stages"],
    ),
    "announced and signed on one day": (
        [status("announced", "2025-02-04"), status("signed", "2025-02", "r2")],
        ["further"],
    ),
    "first announced, then signed": (
        [status("announced", "2025-02-04"), status("signed", "2025-03", "r2")],
        [],
    ),
    "first signed, then a memorandum": (
        [status("signed", "2025-02-04"), status("memorandum", "2025-03", "r2")],
        ["back"],
    ),
    "signed, then cancelled": (
        [status("signed", "2025-02-04"), status("cancelled", "2025-03", "r2")],
        [],
    ),
    "signed and proposed without dates": (
        [status("signed", None), status("proposed", None, "r2")],
        ["undated"],
    ),
    "two buyers by two origins": (
        [Said("a", "hasBuyer", "firm"), Said("a", "hasBuyer", "bank", "r2")],
        ["parties"],
    ),
    "two buyers by one origin": (
        [Said("a", "hasBuyer", "firm"), Said("a", "hasBuyer", "bank")],
        [],
    ),
    "one origin names more": (
        [
            Said("a", "hasBuyer", "firm"),
            Said("a", "hasBuyer", "bank"),
            Said("a", "hasBuyer", "bank", "r2"),
        ],
        [],
    ),
    "a state named for its company": (
        [
            Said("firm", "basedIn", "kz"),
            Said("a", "hasBuyer", "firm"),
            Said("a", "hasBuyer", "kz", "r2"),
        ],
        ["related"],
    ),
    "two partners by two origins": (
        [Said("a", "hasPartner", "firm"), Said("a", "hasPartner", "bank", "r2")],
        [],
    ),
    "a kind of agreement and another": (
        [
            Said("a", "agreementKind", "voc:agreement-purchase"),
            Said("a", "agreementKind", "voc:agreement-investment", "r2"),
        ],
        ["parties"],
    ),
    "a region and another": (
        [Said("mine", "locatedIn", "north"), Said("mine", "locatedIn", "south", "r2")],
        ["places"],
    ),
    "a region and a town in it": (
        [
            Said("town", "locatedIn", "north"),
            Said("mine", "locatedIn", "north"),
            Said("mine", "locatedIn", "town", "r2"),
        ],
        [],
    ),
    "two are first in one year": (
        [
            Said("kz", "hasRank", count("1", of="producers"), since="2024"),
            Said("cn", "hasRank", count("1", of="producers"), "r2", since="2024"),
        ],
        ["holders"],
    ),
    "one is first after the other": (
        [
            Said("kz", "hasRank", count("1", of="producers"), since="2023"),
            Said("cn", "hasRank", count("1", of="producers"), "r2", since="2024"),
            Said("kz", "hasRank", count("2", of="producers"), "r2", since="2024"),
        ],
        [],
    ),
    "affirmed and denied": (
        [Said("kz", "owns", "mine"), Said("kz", "owns", "mine", "r2", negative=True)],
        ["denied"],
    ),
    "denied before it came about": (
        [
            status("signed", "2025-02", negative=True),
            status("signed", "2025-06", "r2"),
        ],
        [],
    ),
    "denied so far and expected to come": (
        [
            status("signed", None, negative=True),
            status("signed", None, "r2", modality="forecast"),
        ],
        ["plan"],
    ),
    "two opinions, one against the other": (
        [
            Said("kz", "owns", "mine", modality="opinion"),
            Said("kz", "owns", "mine", "r2", negative=True, modality="opinion"),
        ],
        ["denied"],
    ),
    "set aside": (
        [value("a", "5"), value("a", "7", report="r2", rank="deprecated")],
        [],
    ),
}
