"""Every error that Caveat raises on purpose.

CaveatError
├── SettingsError           a setting has no usable value                      exit 2
├── IndexMissingError       nothing was published yet                          exit 2
├── IndexUnreadableError    the published build is damaged                     exit 1
├── LibraryError            the library cannot be read or written              exit 1
│   ├── LibraryLockedError  another ingest is writing                          exit 1
│   ├── LibraryBusyError    another process writes at this very moment         exit 1
│   └── LibraryMissingError  nothing was taken in yet                          exit 2
├── SuggestionError         a suggestion cannot be taken or decided            exit 1
├── EvaluationSetError      a set of questions cannot be read                  exit 2
├── EncoderError            the embedding model cannot be loaded               exit 2
│   └── EncoderMismatchError  the index was made with another model            exit 2
└── UnusableSourceError     a document cannot be taken in               (a line of the report)
    ├── RejectedSourceError   of a kind that is not supported
    └── FailedSourceError     supported, but damaged or out of reach
"""


class CaveatError(Exception):
    """An error with a sentence for the operator that names the cure.

    Attributes:
        exit_code: what a command returns when this error ends it.
        user_message: what a person on Discord may be told; never names paths or settings.
    """

    exit_code = 1
    user_message = "Something went wrong on my side. Please try again in a moment."


class SettingsError(CaveatError):
    """A setting has no usable value; the message names the setting."""

    exit_code = 2


class IndexMissingError(CaveatError):
    """Nothing was published yet; the message names the command that does."""

    exit_code = 2
    user_message = "My library is still empty. Please tell the person who runs me."


class IndexUnreadableError(CaveatError):
    """The published build is damaged; `python -m ingest rebuild` mends it."""

    user_message = "My library is being repaired. Please try again later."


class LibraryError(CaveatError):
    """The library cannot be read or written."""


class LibraryLockedError(LibraryError):
    """Another ingest is writing; the message names its process."""


class LibraryBusyError(LibraryError):
    """Another process writes at this very moment, longer than is waited for."""

    user_message = "My library is being updated right now. Please try again in a minute."


class LibraryMissingError(LibraryError):
    """Nothing was taken in yet; the message names the command that does."""

    exit_code = 2


class SuggestionError(CaveatError):
    """A suggestion that is not taken into the queue, or not decided.

    Attributes:
        code: why, for whoever says it in another language: "address" (malformed, or not of the
            web), "private", "held" (in the library), "retracted", "queued", "full" (the queue),
            "many" (of one person), "note" or "reason" (missing or too long), "unknown" (no such
            suggestion), "decided" (too late).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.user_message = message


class EvaluationSetError(CaveatError):
    """A set of questions to evaluate with cannot be read; the message names file and line."""

    exit_code = 2


class EncoderError(CaveatError):
    """The embedding model cannot be loaded or is not the one it claims to be."""

    exit_code = 2


class EncoderMismatchError(EncoderError):
    """The index was made with another model than the settings name."""


class UnusableSourceError(CaveatError):
    """A document cannot be taken in; the message is the reason, without the document's name."""


class RejectedSourceError(UnusableSourceError):
    """The document is of a kind that is not supported."""


class FailedSourceError(UnusableSourceError):
    """The document is of a supported kind, but damaged, empty, locked or out of reach."""
