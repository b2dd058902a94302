"""Which files make a product, and what counts where one of them did not come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.words import Area, Observation, RemoteFile
from marscd_plugin.crawler.fetch import FileRequest, FileResult
from marscd_plugin.workflows.fetch import FetchJob, within_limits
from marscd_plugin.workflows.units import in_form, roles_of, settle, whole_products

TIME = datetime(2011, 6, 27, tzinfo=timezone.utc)


def observed(instrument, **files):
    listed = tuple(RemoteFile(f"http://h/{name}", name, role, 10) for role, name in files.items())
    return Observation("P", "P", instrument, TIME, 30, 100.0, Area(()), listed)


CUBE = observed("CRISM", image="p.img", label="p.lbl", header="p.hdr")
CTX = observed("CTX", image="P.tiff", label="P.isis.hdr", raw="P.IMG")


def results(observation, **states):
    requests = [FileRequest(f.url, Path("/f") / f.name, "P", f.role, f.size) for f in observation.files]
    made = [
        FileResult("P", f.name, f.url, states.get(f.role, "fetched"), 10, 1, "", Path("/f") / f.name)
        for f in observation.files
    ]
    return made, roles_of([observation], requests)


@pytest.mark.parametrize("missing", ["image", "label", "header"])
def test_a_cube_counts_whole_or_not_at_all(missing) -> None:
    made, roles = results(CUBE, **{missing: "failed"})
    settled = settle(made, roles)
    assert sorted(r.state for r in settled) == ["failed", "incomplete", "incomplete"]
    lacking = next(r.name for r in settled if r.state == "failed")
    assert all(lacking in r.reason for r in settled if r.state == "incomplete")
    assert whole_products(settled, roles) == []


def test_a_whole_cube() -> None:
    made, roles = results(CUBE, label="present")
    assert settle(made, roles) == tuple(made) and whole_products(made, roles) == ["P"]


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ({}, True), ({"image": "failed"}, True), ({"raw": "failed"}, True),
        ({"label": "failed", "raw": "failed"}, False), ({"image": "waiting", "raw": "waiting"}, False),
    ],
)  # fmt: skip
def test_ctx_is_of_use_as_a_map_or_raw(states, whole) -> None:
    made, roles = results(CTX, **states)
    settled = settle(made, roles)
    assert settled == tuple(made) and (whole_products(settled, roles) == ["P"]) == whole


def test_the_form_that_was_asked_for() -> None:
    assert [f.role for f in in_form(CTX, "MAP").files] == ["image", "label"]
    assert [f.role for f in in_form(CTX, "RAW").files] == ["raw"]
    assert in_form(CTX, "BOTH") is CTX and in_form(CUBE, "RAW") is CUBE
    # Where there is no volume, there is no map: what there is stays.
    raw = replace(CTX, files=CTX.files[2:])
    assert in_form(raw, "MAP") == raw
    kept, _ = within_limits(FetchJob((CTX,), Path("/f"), ctx="RAW"))
    assert kept[0].size == 10
    with pytest.raises(InputError, match="no form"):
        within_limits(FetchJob((CTX,), Path("/f"), ctx="CUB"))
