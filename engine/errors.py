"""Errors by who can mend them.

    EngineError
    ├── UserError          the person who searches: a query to correct
    │   ├── QuerySyntaxError   with the column where reading stopped
    │   └── QueryLimitError    names the limit
    ├── CallerError        the program that calls: a stale cursor, an unknown field
    │   ├── StaleCursorError
    │   └── UnknownFieldError
    └── OperatorError      who runs Dateline: no index, a damaged one, one in use
        ├── IndexMissingError
        ├── IndexDamagedError
        ├── IndexIncompatibleError
        ├── IndexLockedError
        ├── IndexWriteError
        ├── IndexUnavailableError
        └── EngineAddressError

Every message is one sentence that says what is wrong, where, and what to do; it is safe to show.
"""

from __future__ import annotations


class EngineError(Exception):
    """Base of all errors an engine raises on purpose."""


class UserError(EngineError):
    """The query needs correcting."""


class QuerySyntaxError(UserError):
    """The query can not be read; `column` is 1-based."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


class QueryLimitError(UserError):
    """The query is larger than the operator allows; `limit` names which limit."""

    def __init__(self, message: str, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


class CallerError(EngineError):
    """The calling program asked for something that does not exist."""


class StaleCursorError(CallerError):
    """The cursor belongs to an earlier build."""


class UnknownFieldError(CallerError):
    """There is no such field, or it can not be used this way."""


class OperatorError(EngineError):
    """The installation needs attention."""


class IndexMissingError(OperatorError):
    """There is no index at this place yet."""


class IndexDamagedError(OperatorError):
    """Checksums, counts or files do not agree."""


class IndexIncompatibleError(OperatorError):
    """The index was made by another version or another program."""


class IndexLockedError(OperatorError):
    """Another build is writing this index."""


class IndexWriteError(OperatorError):
    """The index can not be written: disk full, no permission; the one before is untouched."""


class IndexUnavailableError(OperatorError):
    """The machines that hold the index do not answer, or not to us."""


class EngineAddressError(OperatorError):
    """The address or the credentials of an engine can not be used as they are."""
