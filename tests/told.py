"""What errors and the API's description say, found in the sources of the program.

What only the command line, a client of JSON or an author of data can meet is left out.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from c5graph import errors, lenses
from c5graph.analytics.ask import SHARED
from c5graph.analytics.exposure.ask import OPTIONS
from c5graph.analytics.measures import MEASURES
from c5graph.desk.questions import QUESTIONS
from c5graph.exports import FILES
from c5graph.metadata.dataset import ABOUT, GRAPHS
from c5graph.routes import cite, reconcile
from c5graph.routes.lookups import LENSLESS

APP = Path(__file__).resolve().parents[1] / "app" / "c5graph"
_ELSEWHERE = (
    *("analytics/projections.py", "authoring/", "calls.py", "cli/", "client.py", "exports.py"),
    *("editions.py", "extras.py", "figures/", "ftm/", "graph/checks.py", "graph/files.py"),
    *("graph/layout.py", "graph/shacl.py", "held/", "parquet/", "reconcile/", "rerun.py"),
    *("scan.py", "settings.py", "store/prepared.py", "store/publish.py"),
    *("store/rdf.py", "tools/"),
)
_NEVER_SERVED = {"BadHeader", "MissingInput", "ParseFailure", "StoreFailed"}
_ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
} - _NEVER_SERVED
# Functions that pass on the texts of an error, those that return one, and names that hold one.
_PASSING = {"_at", "Breach", "HeadTooLong", "TooDeep"}
_ADVISING = {"_advice", "_hint", "instead_of"}
_HOLDING = {"message", "remedy", "fallback", "_COMPARE", "_MISSING", "_FIRMNESS", "_NAME"}
_HOLDING |= {"_SUMMARY", "summary"}
_DESCRIBING = {"parameter": 1, "needed": 1, "look_up": 1, "add": 2, "_operation": 1}
_ADDRESSED = 3  # an address, what answers at it, and what it is for
_KEYS = {"summary", "description"}
_GAP = str(b"\0", "ascii")  # what stands for a value
Text = tuple[str, int, str]


def texts() -> Iterator[Text]:
    """Each text with its file and line; a gap of it is written as a number in braces."""
    for path in sorted(APP.rglob("*.py")):
        inside = path.relative_to(APP).as_posix()
        if not inside.startswith(_ELSEWHERE):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for each in _said_at(node):
                    for text in _written(each):
                        yield f"app/c5graph/{inside}", each.lineno, text
    for place, listed in _LISTS:
        yield from ((place, 1, text) for text in listed)


_LISTS: tuple[tuple[str, Iterable[str]], ...] = (
    ("app/c5graph/lenses.py", lenses.PARAMETERS.values()),
    ("app/c5graph/routes/lookups.py", LENSLESS.values()),
    ("app/c5graph/routes/cite.py", cite.PARAMETERS.values()),
    ("app/c5graph/routes/reconcile.py", reconcile.MEANINGS.values()),
    ("app/c5graph/metadata/dataset.py", (ABOUT, *GRAPHS.values())),
    ("app/c5graph/exports.py", [each.holds for each in FILES.values()]),
    ("app/c5graph/analytics/ask.py", (*SHARED.values(), *OPTIONS.values())),
    (
        "app/c5graph/analytics/measures.py",
        [option.meaning for each in MEASURES.values() for option in each.options],
    ),
    (
        "app/c5graph/desk/questions.py",
        [text for each in QUESTIONS.values() for text in (each.summary, *each.parameters.values())],
    ),
)


def _said_at(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (v for k, v in pairs if isinstance(k, ast.Constant) and k.value in _KEYS)
    elif isinstance(node, ast.FunctionDef) and node.name in _ADVISING:
        found = (each for each in ast.walk(node) if isinstance(each, ast.Return))
        yield from (each.value for each in found if each.value is not None)
    elif isinstance(node, ast.Tuple) and len(node.elts) == _ADDRESSED:
        address = getattr(node.elts[0], "value", "")
        yield from node.elts[2:] if isinstance(address, str) and address.startswith("/") else ()
    elif isinstance(node, ast.Assign):
        names = {each.id for each in node.targets if isinstance(each, ast.Name)}
        if names & _HOLDING:
            yield node.value


def _of_call(call: ast.Call) -> Iterator[ast.expr]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in _PASSING:
        yield from call.args
    elif name in _ERRORS or name == "__init__":
        yield from call.args[:1]
    elif name in _DESCRIBING:
        place = _DESCRIBING[name]
        yield from call.args[place : place + 1]
    told = {"remedy", *(_KEYS if name in ("get", "post", "add_api_route") else ())}
    if name not in _NEVER_SERVED:
        yield from (each.value for each in call.keywords if each.arg in told)


def _written(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can give, as far as it spells them out."""
    for found in _spelt(node):
        text = "".join(found)
        if re.search(r"[a-z]{2}.* ", text) and "\n" not in text:
            numbers = itertools.count()
            yield "".join(f"{{{next(numbers)}}}" if piece == _GAP else piece for piece in found)


def _spelt(node: ast.expr) -> Iterator[list[str]]:
    if isinstance(node, ast.IfExp):
        yield from _spelt(node.body)
        yield from _spelt(node.orelse)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        for left, right in itertools.product(_spelt(node.left), _spelt(node.right)):
            yield left + right
    elif isinstance(node, ast.JoinedStr):
        yield [str(each.value) if isinstance(each, ast.Constant) else _GAP for each in node.values]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield [node.value]
    else:
        yield [_GAP]
