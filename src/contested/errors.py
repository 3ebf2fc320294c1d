"""Every error that this package raises on purpose, in one tree.

ContestedError
├── InputError              a report cannot be read; the others go on
│   ├── EmptyReport         no bytes, or no text in them
│   ├── NotText             binary data where text was expected
│   ├── TooLarge            longer than the setting allows
│   ├── NoArticle           a page from which no article could be taken
│   ├── NotEnglish          a language that the pipeline does not read
│   ├── NotSupported        a kind of file that is not read, or no file at all
│   ├── Unreadable          missing, vanished, locked away or a loop of links
│   ├── NotFetched          an address from which nothing may be, or was, fetched
│   ├── ManifestError       a line of a manifest that cannot be used
│   └── DatasetError        a table of events that cannot be used
├── PassageError            a claim whose quote is not in its report
├── TableError              a row of a world table that does not hold
├── LanguageError           the language pipeline is missing or unfit
├── RecordError             the record cannot be used
│   ├── RecordMissing       no such file
│   ├── RecordLocked        another program is writing
│   ├── RecordMovedOn       others have added since it was read
│   ├── StillReading        it is being read into memory; try again in a moment
│   ├── RecordDamaged       not a record, or a broken one
│   ├── RecordTooNew        written by a later version
│   ├── RecordUnreachable   no connection to the database server
│   └── DiskFull            no room to write
├── DecisionError           a decision that cannot be taken
│   └── Overtaken           somebody else decided meanwhile
├── NotFound                no claim, incident, report or actor of that id
│   ├── Gone                an incident that is no longer derived
│   └── NotYet              an incident that was derived only later
├── NothingToAnalyse        no incident, or no two voices, to answer from
│   └── TooFew              some, but not enough for an answer that holds
├── ExtraMissing            a library that is installed only where it is asked for
├── ServeError              the web app cannot start
├── EngineError             Spark cannot be used, or failed at its work
├── LanguageModelError      the language model gave nothing that can be used
│   ├── EndpointError       its endpoint cannot be asked; nothing more is sent
│   │   ├── EndpointUnreachable  nobody answers there, or not in time
│   │   └── EndpointRefused      the key, the model, the quota or the address is wrong
│   ├── EndpointBusy        too many requests, or a fault of the server, time and again
│   ├── AnswerUnusable      refused, cut short, or not in the form asked for
│   └── TooManyTokens       more would be used than was allowed
└── UsageError              a filter or option that cannot be understood

Each message says what is wrong, with what, and what to do.
"""

from __future__ import annotations


class ContestedError(Exception):
    """Base of all errors of this package."""


class InputError(ContestedError):
    """A report cannot be read. `name` is the file or address it came from."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {problem} {remedy}")
        self.name = name
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        return type(self), (self.name, self.problem, self.remedy)


class EmptyReport(InputError):
    """No bytes, or no text in them."""


class NotText(InputError):
    """Binary data where text was expected."""


class TooLarge(InputError):
    """Longer than the setting allows."""


class NoArticle(InputError):
    """A page from which no article could be taken."""


class NotEnglish(InputError):
    """A language that the pipeline does not read."""


class NotSupported(InputError):
    """A kind of file that is not read, or no file at all."""


class Unreadable(InputError):
    """Missing, vanished, locked away or a loop of links."""


class NotFetched(InputError):
    """An address from which nothing may be fetched, or from which no report came."""


class ManifestError(InputError):
    """A line of a manifest that cannot be used."""


class DatasetError(InputError):
    """A table of events that cannot be used: unknown columns, or a row that does not hold."""


class PassageError(ContestedError):
    """A claim whose quote is not `text[start:end]` of its report."""


class TableError(ContestedError):
    """A row of a world table that does not hold."""


class LanguageError(ContestedError):
    """The language pipeline is missing or unfit."""


class RecordError(ContestedError):
    """The record cannot be used."""


class RecordMissing(RecordError):
    """There is no record at that path."""


class RecordLocked(RecordError):
    """Another program is writing to the record."""


class RecordMovedOn(RecordError):
    """Others have added to the record since that was read from which incidents were derived."""


class StillReading(RecordError):
    """The record is being read into memory; the same can be asked again in a moment."""


class RecordDamaged(RecordError):
    """The file is not a record, or a broken one."""


class RecordTooNew(RecordError):
    """The record was written by a later version of this package."""


class RecordUnreachable(RecordError):
    """The database server cannot be reached, does not let one in, or has gone away."""


class DiskFull(RecordError):
    """There is no room left to write."""


class DecisionError(ContestedError):
    """A decision that cannot be taken: on what is not there, or was decided already."""


class Overtaken(DecisionError):
    """Somebody else decided meanwhile, so that what was looked at may have changed."""


class NotFound(ContestedError):
    """Nothing in the record has that id."""


class Gone(NotFound):
    """The incident is no longer derived; the message says which hold its claims."""


class NotYet(NotFound):
    """The incident is in the record, but came after the moment asked for."""


class NothingToAnalyse(ContestedError):
    """There is nothing in the record from which to answer."""


class TooFew(NothingToAnalyse):
    """There is something, but not enough for an answer that holds; the message says how much."""


class ExtraMissing(ContestedError):
    """A library is needed that is installed only with an extra of this package."""


class ServeError(ContestedError):
    """The web app cannot start: a part of it is not installed, or the port is taken."""


class EngineError(ContestedError):
    """Spark cannot be used (it or Java is missing, no master answers), or failed at its work."""


class LanguageModelError(ContestedError):
    """The language model that was asked for gave nothing that can be used."""


class EndpointError(LanguageModelError):
    """The endpoint cannot be asked, this time and the next: nothing more is sent to it."""


class EndpointUnreachable(EndpointError):
    """Nobody answers at the endpoint's address, or not in time."""


class EndpointRefused(EndpointError):
    """The endpoint refuses: the key, the model, the quota or the address is wrong."""


class EndpointBusy(LanguageModelError):
    """The endpoint had too many requests, or failed, time and again."""


class AnswerUnusable(LanguageModelError):
    """The language model refused, broke off, or answered in a form that cannot be read."""


class TooManyTokens(LanguageModelError):
    """More tokens would be used than was allowed."""


class UsageError(ContestedError):
    """A filter or option that cannot be understood."""
