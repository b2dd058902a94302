"""The hosts that may be asked: those of the settings, the archives' known others, and what the user adds.

An archive's reply names URLs, and any host may stand in one. Only these are asked; the refusal says how to add another.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Where the archives of Mars images lie and where they are known to send one. ``*.`` stands for any name below.
KNOWN = (
    "oderest.rsl.wustl.edu",
    "ode.rsl.wustl.edu",
    "pds-geosciences.wustl.edu",
    "hirise-pds.lpl.arizona.edu",
    "hirise.lpl.arizona.edu",
    "www.uahirise.org",
    "planetarydata.jpl.nasa.gov",
    "pds-imaging.jpl.nasa.gov",
    "image.mars.asu.edu",
    "stac.astrogeology.usgs.gov",
    "astrogeology.usgs.gov",
    "planetarymaps.usgs.gov",
    "asc-mars.s3.us-west-2.amazonaws.com",
    "asc-mars.s3-us-west-2.amazonaws.com",
    "astrogeo-ard.s3.us-west-2.amazonaws.com",
    "astrogeo-ard.s3-us-west-2.amazonaws.com",
    # The STAC server answers some links with its backing host.
    "*.execute-api.us-west-2.amazonaws.com",
    "trek.nasa.gov",
    "murray-lab.caltech.edu",
    # Models: releases lie on GitHub, which sends one on to its store.
    "github.com",
    "objects.githubusercontent.com",
    "release-assets.githubusercontent.com",
)


class AllowList:
    """Host names; an entry ``*.example.org`` stands for every name below example.org, not for itself."""

    def __init__(self, entries: Iterable[str]) -> None:
        cleaned = {entry.strip().lower().rstrip(".").strip("[]") for entry in entries} - {""}
        self._names = {entry for entry in cleaned if not entry.startswith("*.")}
        self._below = tuple(entry[1:] for entry in cleaned if entry.startswith("*."))

    def __contains__(self, host: object) -> bool:
        name = str(host).lower().rstrip(".")
        return name in self._names or (bool(self._below) and name.endswith(self._below))
