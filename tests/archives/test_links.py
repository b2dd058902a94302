"""What was seen at the same time: by orbit, minutes and place."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from marscd_plugin.archives.links import link_orbits
from marscd_plugin.common.words import Observation
from marscd_plugin.planet.geometry import area_from_extent

TIME = datetime(2011, 6, 27, tzinfo=timezone.utc)


def seen(name, instrument, orbit=22689, minutes=0.0, west=10.0):
    area = area_from_extent(west, 0.0, west + 1.0, 5.0)
    time = TIME + timedelta(minutes=minutes)
    return Observation(name, name, instrument, time, 30, 100.0, area, (), orbit=orbit)


def test_cameras_on_one_orbit() -> None:
    listed = [
        seen("H_RED", "HIRISE"), seen("H_COLOR", "HIRISE"), seen("C", "CTX", minutes=-1), seen("S", "CRISM", minutes=1),
        seen("LATER", "CTX", minutes=30), seen("BESIDE", "CTX", west=20.0), seen("OTHER", "CTX", orbit=22690),
        seen("UNKNOWN", "CTX", orbit=None),
    ]  # fmt: skip
    found = link_orbits(listed)
    assert [o.product_id for o in found] == [o.product_id for o in listed]
    linked = {o.product_id: o.linked for o in found}
    assert linked["H_RED"] == linked["H_COLOR"] == ("C", "S")
    assert linked["C"] == ("H_COLOR", "H_RED", "S")
    assert linked["S"] == ("C", "H_COLOR", "H_RED")
    assert linked["LATER"] == linked["BESIDE"] == linked["OTHER"] == linked["UNKNOWN"] == ()


def test_no_links_are_kept_from_before() -> None:
    (one,) = link_orbits(link_orbits([seen("A", "HIRISE"), seen("B", "CTX")])[:1])
    assert one.linked == ()
