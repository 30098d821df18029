"""What can be asked of a graph in Python, whether it is loaded here or served elsewhere."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from c5graph.analytics.analysis import Analysis
from c5graph.analytics.outcome import Progress, silent
from c5graph.answers import ExposureAnswer, Listing, NetworkAnswer
from c5graph.desk.questions import QUESTIONS, Question
from c5graph.errors import BadParameter
from c5graph.graph.lens import Lens
from c5graph.lenses import canonical
from c5graph.lookup import Page
from c5graph.namespaces import ID, XSD, expand
from c5graph.paths import Paths
from c5graph.rows import Rows
from c5graph.store.rdf import NamedNode

_CLAIMS: Final = """
SELECT ?claim ?subject ?predicate ?object ?gloss ?modality ?polarity ?validFrom ?validUntil
    (GROUP_CONCAT(DISTINCT STR(?voice); separator=" ") AS ?attributedTo)
    (GROUP_CONCAT(DISTINCT STR(?report); separator=" ") AS ?reports)
WHERE {{
    ?claim a c5:Claim ;
        rdf:subject ?subject ;
        rdf:predicate ?predicate ;
        rdf:object ?object ;
        c5:gloss ?gloss ;
        c5:modality ?modality ;
        c5:attributedTo ?voice ;
        c5:evidence/oa:hasSource? ?report .
    ?report a c5:Report .
    {about}
    OPTIONAL {{ ?claim c5:polarity ?polarity }}
    OPTIONAL {{ ?claim c5:validFrom ?validFrom }}
    OPTIONAL {{ ?claim c5:validUntil ?validUntil }}
}}
GROUP BY ?claim ?subject ?predicate ?object ?gloss ?modality ?polarity ?validFrom ?validUntil
ORDER BY ?claim ?object
"""
_NUMBERS: Final = {
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
}


if TYPE_CHECKING:
    from c5graph.figures import Drawn

QUESTIONS_BY_NAME: Final = {each.name: each for each in QUESTIONS.values()}


class GraphCalls(ABC):
    """The calls; every one takes a `lens`, and answers show themselves in notebooks."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Version of program and data."""

    @abstractmethod
    def query(self, query: str, /, *, lens: Lens | None = None, **values: str) -> Rows:
        """Rows of a SELECT query, or of a saved query by name with values of its parameters.

        Our prefixes are declared; `.to_pandas()` makes a data frame.
        """

    @abstractmethod
    def neighbours(self, entity: str, *, lens: Lens | None = None, **options: Any) -> Page:
        """Edges around an entity; options are the fields of `c5graph.lookup.Ask`.

        All of them unless a limit is given; `.to_networkx()` makes a graph of them.
        """

    @abstractmethod
    def paths(self, start: str, end: str, *, lens: Lens | None = None, **options: Any) -> Paths:
        """The shortest paths between two entities; options as `c5graph.paths.PathAsk` has them.

        `.to_networkx()` makes a graph of their edges.
        """

    @abstractmethod
    def network(
        self, projection: str, *, lens: Lens | None = None, firmness: str | None = None
    ) -> NetworkAnswer:
        """A projected network; `.to_networkx()` and `.to_pandas()` make others' objects of it."""

    @abstractmethod
    def analyse(
        self,
        measure: str,
        projection: str = "deals",
        *,
        lens: Lens | None = None,
        progress: Progress = silent,
        **options: Any,
    ) -> Analysis:
        """A measure of a projected network; options as the documentation of measures has them.

        An option `from` is written `**{"from": "kazakhstan"}`, and another lens as an option is a
        `Lens`.
        """

    @abstractmethod
    def exposure(self, entity: str, *, lens: Lens | None = None, **options: Any) -> ExposureAnswer:
        """How far something depends on each power: options powers, projections, without."""

    @abstractmethod
    def ask(self, question: str, *, lens: Lens | None = None, **filters: Any) -> Listing:
        """A question of the desk by name, with its parameters; all rows."""

    def ledger(self, *, lens: Lens | None = None, **filters: Any) -> Listing:
        """Agreements by status with honest sums; filters such as state, power, by."""
        return self.ask("ledger", lens=lens, **filters)

    def disputes(self, *, lens: Lens | None = None, **filters: Any) -> Listing:
        """What claims disagree on; filters such as about, term, strength."""
        return self.ask("disputes", lens=lens, **filters)

    def figure(self, kind: str, /, *, lens: Lens | None = None, **options: Any) -> Drawn:
        """A figure (extra `figures`): network, timeline, flows or comparison; `.save(path)`."""
        from c5graph.figures import draw  # noqa: PLC0415 - matplotlib is an extra

        return draw(self, kind, lens=lens, **options)

    def claims(self, about: str | None = None, *, lens: Lens | None = None) -> Rows:
        """Claims with gloss, wording, voices and reports: all, or those that name a thing.

        `about` is a slug, CURIE or IRI.
        """
        if about is None:
            return self.query(_CLAIMS.format(about=""), lens=lens)
        node = NamedNode(expand(about) or (about if ":" in about else ID + about))
        pattern = f"VALUES ?thing {{ {node} }} ?claim rdf:subject|rdf:object ?thing ."
        return self.query(_CLAIMS.format(about=pattern), lens=lens)

    def _repr_html_(self) -> str:
        return f"<p>c5graph, data {self.version}</p>"


def lens_parameters(lens: Lens | None) -> dict[str, list[str]]:
    """A lens as URL parameters; none for the default."""
    said = "default" if lens is None else canonical(lens)
    return {} if said == "default" else parse_qs(said)


def option_texts(options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Keyword arguments as URL parameters: sequences with commas, lenses by their conditions."""
    return {name: [_text(value)] for name, value in options.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Lens):
        return canonical(value)
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return str(value)
    return ",".join(str(each) for each in value)


def value_of(text: str, datatype: str | None) -> str | int | float | bool:
    """A literal as Python has it: numbers and truth values; all others as they are written."""
    kind = (datatype or "").removeprefix(XSD)
    if kind == "boolean":
        return text in ("true", "1")
    try:
        return _NUMBERS[kind](text) if kind in _NUMBERS else text
    except ValueError:  # ill-typed; it stays what it is
        return text


def insist_on_known(name: str, known: Mapping[str, object]) -> None:
    """Raise BadParameter for a name that is none of these."""
    if name not in known:
        raise BadParameter(f"There is no {name[:40]!r}.", remedy=f"There are {', '.join(known)}.")


def filters_of(question: Question, filters: Mapping[str, Any]) -> dict[str, list[str]]:
    """Filters of a question as URL parameters. Raises BadParameter for one that it does not have.

    A condition of a lens is none: it would be easy to believe that it was heard.
    """
    for name in filters:
        if name not in question.parameters:
            raise BadParameter(
                f"{question.name} has no filter {name[:40]!r}.",
                remedy=f"It has {', '.join(question.parameters)}; conditions of a lens go into "
                "lens=Lens(...).",
            )
    return option_texts(filters)
