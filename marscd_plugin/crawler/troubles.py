"""One try that failed, and what to say when the last one has."""

from __future__ import annotations

from ..common.errors import ArchiveError
from .stream import AGAIN, NoAnswerError

#: What the passing faults say, in words.
_TROUBLE = {
    429: "it was asked too often",
    500: "a fault of its own",
    502: "a server behind it does not answer",
    503: "it is overloaded or under repair",
    504: "a server behind it is too slow",
}


class FaultError(Exception):
    """One try that failed and may be made again. ``status`` is 0 where no answer came; ``asked`` a Retry-After.

    ``words`` is what to say in the end, where that is not the usual.
    """

    def __init__(
        self, why: str, status: int = 0, asked: float | None = None, words: ArchiveError | None = None
    ) -> None:
        self.why, self.status, self.asked, self.words = why, status, asked, words
        super().__init__(why)


def exhausted(host: str, fault: FaultError, faults: int, attempts: int) -> ArchiveError:
    """What to raise after the last of ``faults`` tries."""
    if fault.words is not None:
        return fault.words
    if fault.status:
        return NoAnswerError(
            f"{host} is in trouble: it answered {fault.status} to {faults} tries"
            f" ({_TROUBLE.get(fault.status, 'a fault that may pass')}).",
            "Try again in an hour or so: what was fetched is kept.",
            attempts,
        )
    return NoAnswerError(f"{host} did not answer after {faults} tries: {fault.why}.", AGAIN, attempts)


def proxy_error(host: str, reason: str) -> NoAnswerError:
    """What to raise where the proxy, not the archive, is the trouble."""
    if "407" in reason:
        return NoAnswerError(
            f"The proxy on the way to {host} asks for a user name and a password, or refuses those it was given.",
            "Give them in QGIS's settings (Network), or in the variable HTTPS_PROXY.",
        )
    return NoAnswerError(
        f"The proxy on the way to {host} did not let it through: {reason}.",
        "Check the proxy in QGIS's settings (Network) or the variable HTTPS_PROXY.",
    )
