"""UN Comtrade: a record is a figure of a flow of goods, as the reporter's statistics have it."""

from __future__ import annotations

from c5graph.authoring.terms import CellFault
from c5graph.held import cells
from c5graph.held.draft import Draft, LeftOut, Mapping, Pair
from c5graph.held.layout import Layout, Publisher
from c5graph.held.reading import Record

LAYOUT = Layout(
    kind="comtrade",
    title="UN Comtrade",
    edition="trade data with descriptions (47 columns)",
    publisher=Publisher(
        "un-comtrade",
        "Organisation",
        "UN Comtrade",
        "Keeper of the trade statistics that states give to the United Nations.",
    ),
    url="https://comtradeplus.un.org/",
    terms="https://comtradeplus.un.org/",
    interest="international-organisation",
    report_kind="official",
    columns=(
        "typeCode",
        "freqCode",
        "refYear",
        "period",
        "reporterCode",
        "reporterISO",
        "flowCode",
        "partnerCode",
        "partnerISO",
        "partner2Code",
        "classificationCode",
        "cmdCode",
        "cmdDesc",
        "customsCode",
        "motCode",
        "netWgt",
        "isNetWgtEstimated",
        "primaryValue",
    ),
    sources=(
        "header of downloaded trade data as two programs that read them quote it",
        "meaning of flowCode, partnerCode 0 and primaryValue as accounts of the interface have it",
    ),
)
_KINDS = {"M": "imports", "X": "exports"}
# The rows that are not a breakdown of another row: all partners behind, procedures, transport.
_WHOLE = (("partner2Code", "0"), ("customsCode", "C00"), ("motCode", "0"))


def record(draft: Draft, row: Record) -> None:
    """A figure of imports or exports for a year or a month."""
    kind = _kind(row)
    reporter = draft.state(row["reporterISO"] or row["reporterCode"])
    partner = None if row["partnerCode"] == "0" else draft.state(row["partnerISO"])
    draft.insist_on(*filter(None, (reporter, partner)))
    name, slug = draft.called(reporter), reporter.removeprefix("id:")
    report = draft.report(
        slug,
        f"UN Comtrade: trade of {name}",
        f"trade statistics of {name}, as UN Comtrade has them",
    )
    goods = _goods(draft, row)
    flow, words = _flow(draft, kind, (reporter, partner), goods)
    when = _period(row)
    key = "-".join(
        (kind, (partner or "world").removeprefix("id:"), cells.code(row["cmdCode"]), when)
    )
    page = draft.page(row, key, report)
    figures = cells.amount(row["primaryValue"])
    told = f"According to {name}, the {words} came to {figures} US dollars in {when}."
    page.claim((flow, "hasValue", draft.value(f"USD {figures}")), told, since=when, until=when)
    if not cells.is_empty(row["netWgt"]) and (weight := cells.amount(row["netWgt"])) != "0":
        bound = " about" if row["isNetWgtEstimated"].lower() == "true" else ""
        told = f"According to {name}, the {words} weighed{bound} {weight} kilograms in {when}."
        value = draft.value(f"QTY {weight} unit:KiloGM{bound}")
        page.claim((flow, "hasQuantity", value), told, since=when, until=when)


def _kind(row: Record) -> str:
    """Imports or exports. Raises LeftOut for what would count twice, or is no trade in goods."""
    if row["typeCode"] != "C":
        raise LeftOut("trade in services")
    if any(row[column] != usual for column, usual in _WHOLE):
        raise LeftOut("broken down by second partner, procedure or transport")
    if row["flowCode"] not in _KINDS:
        raise LeftOut(f"flow {row['flowCode'][:20] or 'not named'}")
    return _KINDS[row["flowCode"]]


def _period(row: Record) -> str:
    if row["freqCode"] == "A":
        return cells.year(row["refYear"])
    period = row["period"]
    if row["freqCode"] != "M" or len(period) != 6:
        raise CellFault(f"{period[:20]!r} is no month.", "Write freqCode A or M, period YYYYMM.")
    return cells.day(period + "01")[:7]


def _goods(draft: Draft, row: Record) -> str:
    """The commodity; none for all goods together."""
    code = row["cmdCode"]
    if code == "TOTAL":
        return ""
    edition = cells.code(row["classificationCode"])
    words = cells.name(row["cmdDesc"])[:200] or "goods"
    return draft.entity(
        f"goods-{edition}-{cells.code(code)}",
        "Commodity",
        f"{words} ({edition.upper()} {code})",
        f"Goods of the code {code} in the classification {edition.upper()}.",
    )


def _flow(draft: Draft, kind: str, ends: tuple[str, str | None], goods: str) -> tuple[str, str]:
    """The indicator that a row measures, the shipped one where there is one, and words for it."""
    reporter, partner = ends
    pairs: list[Pair] = [("c5:indicatorKind", (f"voc:indicator-{kind}",))]
    pairs += [("c5:countOf", (goods,))] if goods else []
    if partner is None:
        pairs += [("c5:measures", (reporter,))]
    else:
        giver, taker = (partner, reporter) if kind == "imports" else (reporter, partner)
        pairs += [("c5:flowFrom", (giver,)), ("c5:flowTo", (taker,))]
    words = f"{kind} of {_named(draft, goods)}{draft.called(reporter)}"
    if partner is not None:
        words += f" {'from' if kind == 'imports' else 'to'} {draft.called(partner)}"
    found = draft.matcher.indicator(pairs)
    if found is not None:
        return found, words
    parts = [kind, reporter, partner or "id:world", goods]
    slug = "comtrade-" + "-".join(each.removeprefix("id:") for each in parts if each)
    described = f"{words[0].upper()}{words[1:]}, by the trade statistics of the reporter."
    kind_ = "Indicator" if partner is None else "Flow"
    return draft.entity(slug, kind_, words, described, *pairs), words


def _named(draft: Draft, goods: str) -> str:
    if not goods:
        return ""
    label = draft.entities[goods].values("rdfs:label")[0]
    return (
        label.removesuffix('"@en').removeprefix('"').replace('\\"', '"').replace("\\\\", "\\")
        + " by "
    )


MAPPING = Mapping(LAYOUT, record)
