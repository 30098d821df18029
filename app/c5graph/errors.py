"""Everything that goes wrong on purpose.

    C5GraphError
        InputError              a file or argument that cannot be read or used:
            MissingInput, ParseFailure (knows file, line, column), BadParameter, BadHeader
        NotConforming           data that breaks a shape or a check; Unparsable: that is no RDF
        NotFound                UnknownEntity, UnknownQuery, UnknownReport, Retired
        RequestError            an HTTP request that cannot be answered:
            MalformedRequest, QuerySyntax, QueryFailed, AnswerTooLarge, Refused, MethodNotAllowed,
            NotAcceptable, BodyTooLarge, UrlTooLong, UnsupportedMediaType, Busy
            QueryEnded          a query that was stopped: DeadlineExceeded, MemoryExceeded, TooDeep
        StoreFailed             the engine could not be started

Each error carries a `code` for machines, an HTTP `status`, a process `exit_code` and a
`remedy`: what the reader should do. `body()` is the one error body of the service.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar


class Exit(IntEnum):
    """Exit codes of the command line; documented in `c5graph --help`."""

    OK = 0
    FINDINGS = 1  # the data was read, and something in it is wrong
    USAGE = 2  # wrong options; the code that Click uses
    INPUT = 3  # a file is missing or cannot be parsed
    NOT_FOUND = 4  # no such entity, query or report
    INTERNAL = 5  # a fault of ours


class C5GraphError(Exception):
    """Root of the tree. `str(error)` says what is wrong, `error.remedy` what to do."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[Exit] = Exit.INTERNAL

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.line = line
        self.column = column

    def body(self) -> dict[str, Any]:
        """The error as the service shows it: code, message, remedy, and a place when known."""
        shown: dict[str, Any] = {"code": self.code, "message": self.message}
        for name in ("remedy", "line", "column"):
            value = getattr(self, name)
            if value:
                shown[name] = value
        return {"error": shown}


class InputError(C5GraphError):
    """A file or argument that cannot be read or used."""

    code = "bad_input"
    status = 400
    exit_code = Exit.INPUT


class MissingInput(InputError):
    """A file or folder that is not there."""

    code = "missing_input"


class ParseFailure(InputError):
    """Text that is not the RDF it should be, with its place."""

    code = "parse_failure"

    def __init__(
        self,
        file: Path | str,
        line: int | None,
        column: int | None,
        message: str,
        *,
        remedy: str = "",
    ) -> None:
        self.file = str(file)
        self.reason = message
        place = ":".join(str(part) for part in (file, line, column) if part is not None)
        remedy = remedy or "Mend the text at that place; the fault may stand shortly before it."
        super().__init__(f"{place}: {message}", remedy=remedy, line=line, column=column)


class BadParameter(InputError):
    """A value that is not of the kind asked for."""

    code = "bad_parameter"
    exit_code = Exit.USAGE


class BadHeader(InputError):
    """A saved query, rule or check whose header lacks a line or has a wrong one."""

    code = "bad_header"


class NotConforming(C5GraphError):
    """Data that breaks a shape or a check."""

    code = "not_conforming"
    status = 422
    exit_code = Exit.FINDINGS


class Unparsable(NotConforming):
    """Data that is not the RDF it should be."""

    code = "unparsable"
    exit_code = Exit.INPUT


class NotFound(C5GraphError):
    """Something asked for by a name that nothing has."""

    code = "not_found"
    status = 404
    exit_code = Exit.NOT_FOUND


class UnknownEntity(NotFound):
    """A name that no entity has; `near` are slugs of those that may be meant."""

    code = "unknown_entity"
    name: str = ""
    near: tuple[str, ...] = ()


class UnknownQuery(NotFound):
    """A saved query that does not exist."""

    code = "unknown_query"


class UnknownReport(NotFound):
    """A report that does not exist."""

    code = "unknown_report"


class Retired(NotFound):
    """An IRI that was given up; `headers` point to what took its place."""

    code = "retired"
    status = 410

    def __init__(self, message: str, *, remedy: str, successor: str) -> None:
        super().__init__(message, remedy=remedy)
        self.successor = successor
        self.headers = {"link": f'<{successor}>; rel="successor-version"'}


class RequestError(C5GraphError):
    """An HTTP request that cannot be answered."""

    code = "bad_request"
    status = 400
    exit_code = Exit.USAGE
    headers: Mapping[str, str] = MappingProxyType({})


class MalformedRequest(RequestError):
    """Parameters or a body that the protocol does not allow."""

    code = "malformed_request"


class QuerySyntax(RequestError):
    """Text that is not a SPARQL query, with its place."""

    code = "query_syntax"


class QueryFailed(RequestError):
    """A query that is well formed and cannot be answered, such as an unknown function."""

    code = "query_failed"


class AnswerTooLarge(RequestError):
    """An answer that would outgrow its cap."""

    code = "answer_too_large"


class Refused(RequestError):
    """What this service does for nobody: updates, other services, foreign graphs."""

    code = "refused"
    status = 403


class MethodNotAllowed(RequestError):
    """A method that the address does not have."""

    code = "method_not_allowed"
    status = 405

    def __init__(self, method: str, allowed: Sequence[str]) -> None:
        super().__init__(
            f"The method {method} is not for this address.", remedy=f"Use {', '.join(allowed)}."
        )
        self.headers = {"allow": ", ".join(allowed)}


class NotAcceptable(RequestError):
    """An Accept header that allows nothing that can be written."""

    code = "not_acceptable"
    status = 406


class BodyTooLarge(RequestError):
    """A request body over the cap."""

    code = "body_too_large"
    status = 413


class UrlTooLong(RequestError):
    """A URL over the cap."""

    code = "url_too_long"
    status = 414


class UnsupportedMediaType(RequestError):
    """A request body of a kind that is not read here."""

    code = "unsupported_media_type"
    status = 415


class QueryEnded(RequestError):
    """A query whose worker ended for a reason that is not known."""

    code = "query_ended"
    status = 503


class DeadlineExceeded(QueryEnded):
    """A query that took longer than it may."""

    code = "deadline_exceeded"


class MemoryExceeded(QueryEnded):
    """A query that needed more memory than it may have."""

    code = "memory_exceeded"


class TooDeep(QueryEnded):
    """A query nested deeper than the engine can read."""

    code = "too_deep"
    status = 400


class Busy(RequestError):
    """More requests than can wait for a worker."""

    code = "busy"
    status = 503

    def __init__(self, waiting: int, retry_after: int) -> None:
        super().__init__(
            f"All workers are busy and {waiting} requests wait already.",
            remedy=f"Try again in {retry_after} seconds.",
        )
        self.headers = {"retry-after": str(retry_after)}


class StoreFailed(C5GraphError):
    """The engine could not be started or could not load the data."""

    code = "store_failed"
    exit_code = Exit.INPUT
