"""A plan of failures for the sandbox server: which requests fail, how, and how often. The same seed, the same failures.

A plan is JSON: ``{"seed": 7, "rules": [{"match": "/PDS/RDR/*.JP2", "times": 2, "fault": "503", "retry_after": 1}]}``.
Whether a rule strikes depends on the seed, the rule, the path and how often that path was asked for, never on which
of several clients came first (``"scope": "all"`` excepted, which counts over all paths).
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections import Counter
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ..common.errors import InputError

FAULTS = (
    "cut", "no_length", "html", "slow", "ignore_range", "bom", "lying_length", "hang", "reset", "stall", "corrupt",
    "gzip", "no_validator",
)  # fmt: skip
_STATUS = re.compile(r"[45]\d\d")
_MAX_RULES = 1000
_HELP = "See docs/sandbox.md for the form of a fault plan."


@dataclass(frozen=True)
class Rule:
    """One rule. It needs ``times`` (the first N requests of each path) or ``probability`` (of each request)."""

    match: str
    fault: str
    times: int | None = None
    probability: float | None = None
    #: How many requests pass unharmed before the rule begins to count.
    after: int = 0
    #: ``path``: counted for each path; ``all``: over all paths that match.
    scope: str = "path"
    #: A further glob that the query string (undecoded) must match.
    query: str = "*"
    #: Seconds, or "date" for an HTTP date two seconds ahead; with statuses.
    retry_after: float | str | None = None
    #: cut, reset, stall: bytes of the body sent before the connection breaks (or nothing more comes).
    bytes: int = 1000
    #: lying_length: how many bytes more (or fewer) than true are announced.
    delta: int = 1000
    #: slow, hang, stall: how long.
    seconds: float = 1.0

    @property
    def status(self) -> int | None:
        """The HTTP status of a fault that is one."""
        return int(self.fault) if _STATUS.fullmatch(self.fault) else None


class FaultPlan:
    """Rules and what they have done so far. Safe to ask from several threads."""

    def __init__(self, rules: tuple[Rule, ...] = (), seed: int = 0) -> None:
        self.rules, self.seed = rules, seed
        #: Fault -> how often it was carried out.
        self.met: Counter[str] = Counter()
        self._counts: dict[tuple[int, str], int] = {}
        self._lock = threading.Lock()

    def strike(self, path: str, query: str = "") -> Rule | None:
        """The first rule that hits this request, or None. Every rule that matches counts the request."""
        hit: Rule | None = None
        for number, rule in enumerate(self.rules):
            if not (fnmatchcase(path, rule.match) and fnmatchcase(query, rule.query)):
                continue
            key = path if rule.scope == "path" else ""
            with self._lock:
                count = self._counts.get((number, key), 0)
                self._counts[number, key] = count + 1
            if hit is None and self._hits(number, rule, key, count - rule.after):
                hit = rule
        if hit is not None:
            with self._lock:
                self.met[hit.fault + (" with Retry-After" if hit.retry_after is not None else "")] += 1
        return hit

    def _hits(self, number: int, rule: Rule, key: str, count: int) -> bool:
        if count < 0 or (rule.times is not None and count >= rule.times):
            return False
        if rule.probability is None:
            return True
        digest = hashlib.sha256(f"{self.seed}|{number}|{key}|{count}".encode()).digest()
        return int.from_bytes(digest[:8], "big") / 2**64 < rule.probability


def read_plan(path: Path) -> FaultPlan:
    """Read a plan. Raises InputError that names what is wrong with which rule."""
    try:
        plan = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"The fault plan {path} cannot be read ({error}).", _HELP) from error
    return parse_plan(plan, str(path))


def parse_plan(plan: Any, name: str = "plan") -> FaultPlan:
    """A plan from parsed JSON. Raises InputError."""
    if (
        not isinstance(plan, dict)
        or not isinstance(plan.get("rules", []), list)
        or set(plan) - {"seed", "rules", "about"}
    ):
        raise InputError(f"The fault plan {name} is not an object with seed and rules.", _HELP)
    seed = plan.get("seed", 0)
    rules = plan.get("rules", [])
    if not isinstance(seed, int) or len(rules) > _MAX_RULES:
        raise InputError(f"The fault plan {name} has a seed that is no whole number, or too many rules.", _HELP)
    return FaultPlan(tuple(_rule(rule, f"rule {i} of {name}") for i, rule in enumerate(rules, start=1)), seed)


def _rule(raw: Any, name: str) -> Rule:
    known = {f.name for f in fields(Rule)}
    if not isinstance(raw, dict) or set(raw) - known:
        unknown = ", ".join(sorted(set(raw) - known)) if isinstance(raw, dict) else "it is no object"
        raise InputError(
            f"The fault plan's {name} is not understood: {unknown}.", f"Known are {', '.join(sorted(known))}. {_HELP}"
        )
    values: dict[str, Any] = {key: (str(value) if key == "fault" else value) for key, value in raw.items()}
    if not isinstance(values.get("match"), str) or "fault" not in values:
        raise InputError(f"The fault plan's {name} needs match and fault.", _HELP)
    rule = Rule(**values)
    checks = (
        (rule.fault in FAULTS or rule.status is not None,
         f"fault {rule.fault!r} is none of {', '.join(FAULTS)} or a status 4xx, 5xx"),
        (rule.times is not None or rule.probability is not None, "it needs times or probability"),
        (rule.times is None or (_whole(rule.times) and rule.times >= 0), "times is a whole number from 0"),
        (rule.probability is None or (_number(rule.probability) and 0 <= rule.probability <= 1),
         "probability lies within 0..1"),
        (_whole(rule.after) and rule.after >= 0, "after is a whole number from 0"),
        (rule.scope in ("path", "all"), "scope is path or all"),
        (isinstance(rule.query, str), "query is a glob"),
        (rule.retry_after in (None, "date") or (_number(rule.retry_after) and 0 <= float(rule.retry_after) <= 3600),
         'retry_after is seconds within 0..3600, or "date"'),
        (_whole(rule.bytes) and rule.bytes >= 0, "bytes is a whole number from 0"),
        (_whole(rule.delta) and rule.delta != 0, "delta is a whole number other than 0"),
        (_number(rule.seconds) and 0 <= rule.seconds <= 3600, "seconds lies within 0..3600"),
    )  # fmt: skip
    for good, complaint in checks:
        if not good:
            raise InputError(f"The fault plan's {name}: {complaint}.", _HELP)
    return rule


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
