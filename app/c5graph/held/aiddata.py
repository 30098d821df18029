"""AidData's Global Chinese Development Finance: a record is an agreement with a life."""

from __future__ import annotations

from c5graph.authoring.terms import CellFault
from c5graph.held import cells
from c5graph.held.draft import Draft, Mapping, Page
from c5graph.held.layout import Layout, Publisher
from c5graph.held.reading import Record

_CODEBOOK = "https://www.aiddata.org/data/aiddatas-global-chinese-development-finance-dataset"
LAYOUT = Layout(
    kind="aiddata",
    title="Global Chinese Development Finance Dataset",
    edition="version 3.0",
    version="3.0",
    issued="2023-11-06",
    publisher=Publisher(
        "aiddata", "Organisation", "AidData", "Research laboratory that counts development finance."
    ),
    url=f"{_CODEBOOK}-version-3-0",
    terms=f"{_CODEBOOK}-version-3-0",
    interest="academic",
    columns=(
        "AidData Record ID",
        "Umbrella",
        "Financier Country",
        "Recipient",
        "Recipient ISO-3",
        "Commitment Year",
        "Implementation Start Year",
        "Completion Year",
        "Flow Type",
        "Status",
        "Amount (Original Currency)",
        "Original Currency",
        "Amount (Nominal USD)",
        "Funding Agencies",
        "Direct Receiving Agencies",
    ),
    optional=(
        "AidData Parent ID",
        "Amount Estimated",
        "Amount (Constant USD 2021)",
        "Commitment Date (MM/DD/YYYY)",
        "Commitment Date Estimated",
        "Sector Code",
    ),
    sources=(
        "names of all columns as programs read them from sheet GCDF_3.0 of version 3.0",
        "values of Status as counted in a description of version 3.0",
        "codes of sectors, those of the OECD in three digits, as a program that reads them lists",
    ),
)

# Status of AidData: ours, and the column with the year from which it holds.
_STATUS = {
    "Pipeline: Pledge": ("announced", "Commitment Year"),
    "Pipeline: Commitment": ("signed", "Commitment Year"),
    "Implementation": ("under-way", "Implementation Start Year"),
    "Completion": ("delivered", "Completion Year"),
    "Suspended": ("suspended", ""),
    "Cancelled": ("cancelled", ""),
}
# Codes of sectors whose meaning is that of one of ours or lies within it. Industry, mining and
# construction (320) are one code of theirs and several of ours, so that it says none.
_SECTORS = {
    110: "education",
    120: "health",
    150: "governance",
    210: "transport",
    220: "telecommunications",
    230: "energy",
    240: "finance",
    310: "agriculture",
    410: "environment",
    520: "aid",
    720: "aid",
}
# Those of which AidData says that there is a commitment.
_COMMITTED = ("Implementation", "Completion")
_PLEDGE = "Pipeline: Pledge"
# Flow type: kind of agreement, role of the agencies that give and of those that receive.
_FLOWS = {
    "loan": ("loan", "hasLender", "hasBorrower"),
    "grant": ("grant", "hasProvider", "hasBeneficiary"),
}
_OTHER_FLOW = ("financing", "hasProvider", "hasBeneficiary")


def record(draft: Draft, row: Record) -> None:
    """An agreement: who finances whom, by whom, how much, how far it has come."""
    number = str(cells.whole(row["AidData Record ID"]))
    recipient = draft.state(row["Recipient ISO-3"])
    taken = draft.actor(cells.name(row["Financier Country"]), "State")
    financier = taken[0]
    draft.insist_on(recipient, financier)
    flow = cells.name(row["Flow Type"])
    kind, giving, taking = _FLOWS.get(flow.lower(), _OTHER_FLOW)
    deal = _agreement(draft, row, number, flow, (financier, recipient))
    called = f"record {number} of AidData"
    page = draft.page(row, number).worded("planned" if row["Status"] == _PLEDGE else "asserted")
    told = f"{draft.called(financier)} is the financier country of {called}."
    page.claim((deal, "hasProvider", financier), told, taken=taken)
    told = f"{draft.called(recipient)} is the recipient of {called}."
    page.claim((deal, "hasBeneficiary", recipient), told)
    told = f"The flow of {called} is of the type {flow}."
    page.claim((deal, "agreementKind", f"voc:agreement-{kind}"), told)
    for column, role, told in (
        ("Funding Agencies", giving, f"{{}} is a funding agency of {called}."),
        ("Direct Receiving Agencies", taking, f"{{}} receives the money of {called} directly."),
    ):
        for each in _several(row[column]):
            page.party(deal, role, each, told)
    _sector(page, deal, called)
    _money(page, deal, called)
    _life(page.worded("asserted"), deal, called)
    for parent in _several(row["AidData Parent ID"]):
        whole = f"id:aiddata-{cells.whole(parent)}"
        page.claim(
            (deal, "partOf", whole), f"Record {number} of AidData is a part of record {parent}."
        )


def _agreement(draft: Draft, row: Record, number: str, flow: str, ends: tuple[str, str]) -> str:
    """The agreement of a record; an umbrella is a package, whose parts are records as well."""
    when = "" if cells.is_empty(row["Commitment Year"]) else cells.year(row["Commitment Year"])
    giver, taker = map(draft.called, ends)
    label = f"{flow.lower()} of {giver} to {taker}, {when or 'undated'} (AidData {number})"
    kind = "AgreementPackage" if row["Umbrella"].lower() == "yes" else "Agreement"
    return draft.entity(f"aiddata-{number}", kind, label, f"Record {number} of AidData.")


def _sector(page: Page, deal: str, called: str) -> None:
    """The sector, where its code means one of ours."""
    code = page.record["Sector Code"]
    sector = None if cells.is_empty(code) else _SECTORS.get(cells.whole(code))
    if sector is not None:
        told = f"The sector of {called} has the code {cells.whole(code)} of the OECD."
        page.claim((deal, "inSector", f"voc:sector-{sector}"), told)


def _money(page: Page, deal: str, called: str) -> None:
    """The amount in the currency agreed on, else in US dollars of the year of commitment.

    In dollars of constant prices as well: such amounts of several years can be compared.
    """
    _amount(page, deal, called)
    figures = page.record["Amount (Constant USD 2021)"]
    if not cells.is_empty(figures):
        number = cells.amount(figures)
        value = page.draft.value(f"USD {number} about constant-2021")
        told = f"The amount of {called} is about {number} US dollars in constant prices of 2021."
        page.claim((deal, "hasValue", value), told)


def _amount(page: Page, deal: str, called: str) -> None:
    row = page.record
    bound = " about" if row["Amount Estimated"].lower() == "yes" else ""
    if not cells.is_empty(row["Amount (Original Currency)"]):
        currency = row["Original Currency"].upper()
        figures = cells.amount(row["Amount (Original Currency)"])
    elif not cells.is_empty(row["Amount (Nominal USD)"]):
        currency, figures = "USD", cells.amount(row["Amount (Nominal USD)"])
    else:
        return
    value = page.draft.value(f"{cells.currency(currency)} {figures}{bound}")
    words = f"{'about ' if bound else ''}{figures} {currency}"
    page.claim((deal, "hasValue", value), f"The amount of {called} is {words}.")


def _life(page: Page, deal: str, called: str) -> None:
    status = page.record["Status"]
    if status in _COMMITTED:
        since = _committed(page.record)
        told = f"A commitment was made to {called}."
        page.claim((deal, "hasStatus", "voc:status-signed"), told, since=since)
    if status not in _STATUS:
        raise CellFault(
            f"{status[:40]!r} is no status of {LAYOUT.named}.", f"It has {', '.join(_STATUS)}."
        )
    stage, column = _STATUS[status]
    since = _committed(page.record) if column == "Commitment Year" else _year(page.record, column)
    told = f"The status of {called} is {status}."
    page.claim((deal, "hasStatus", f"voc:status-{stage}"), told, since=since)


def _committed(row: Record) -> str:
    """The day of the commitment where it is known; one that is estimated counts as its year."""
    told = row["Commitment Date (MM/DD/YYYY)"]
    if cells.is_empty(told) or row["Commitment Date Estimated"].lower() != "no":
        return _year(row, "Commitment Year")
    return cells.day(told)


def _year(row: Record, column: str) -> str:
    return "" if not column or cells.is_empty(row[column]) else cells.year(row[column])


def _several(text: str) -> list[str]:
    return (
        []
        if cells.is_empty(text)
        else [cells.name(part) for part in text.split("|") if part.strip()]
    )


def finish(draft: Draft) -> None:
    """Take back parts of what was not mapped, such as records on states beyond the graph."""
    for report in draft.reports.values():
        report.claims[:] = [
            claim
            for claim in report.claims
            if claim.values("rdf:predicate") != ("c5:partOf",)
            or claim.values("rdf:object")[0] in draft.entities
        ]


MAPPING = Mapping(LAYOUT, record, finish)
