"""HiRISE product ids and where their files stand in the archive's tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import InputError

#: Mission phases as the label spells them; the index writes them in title case.
PHASES = {
    "INT": "INTEGRATION",
    "CAL": "CALIBRATION",
    "ATL": "ASSEMBLY TEST LAUNCH OPERATIONS",
    "KSC": "KENNEDY SPACE CENTER",
    "SVT": "SPACECRAFT VERIFICATION TEST",
    "LAU": "LAUNCH",
    "CRU": "CRUISE",
    "APR": "APPROACH",
    "AEB": "AEROBRAKING",
    "TRA": "TRANSITION",
    "PSP": "PRIMARY SCIENCE PHASE",
    "ESP": "EXTENDED SCIENCE PHASE",
    "REL": "RELAY",
}
_ID = re.compile(r"([A-Z]{3})_(\d{6})_(\d{4})(?:_(RED|COLOR))?")


@dataclass(frozen=True)
class ProductName:
    """A HiRISE RDR product: mission phase, orbit, target code and ``RED`` or ``COLOR``."""

    phase: str
    orbit: int
    target: str
    kind: str

    @property
    def observation_id(self) -> str:
        """For example ``ESP_022689_1380``."""
        return f"{self.phase}_{self.orbit:06d}_{self.target}"

    @property
    def product_id(self) -> str:
        """For example ``ESP_022689_1380_RED``."""
        return f"{self.observation_id}_{self.kind}"

    @property
    def folder(self) -> str:
        """Path under ``RDR`` (and ``EXTRAS/RDR``), with slashes: ``ESP/ORB_022600_022699/ESP_022689_1380``."""
        first = self.orbit // 100 * 100
        return f"{self.phase}/ORB_{first:06d}_{first + 99:06d}/{self.observation_id}"

    @property
    def image_path(self) -> str:
        """Path of the JP2 under the archive's root."""
        return f"RDR/{self.folder}/{self.product_id}.JP2"

    @property
    def label_path(self) -> str:
        """Path of the detached label under the archive's root."""
        return f"RDR/{self.folder}/{self.product_id}.LBL"

    @property
    def browse_path(self) -> str:
        """Path of the browse image under the archive's root."""
        return f"EXTRAS/RDR/{self.folder}/{self.product_id}.browse.jpg"

    @property
    def thumbnail_path(self) -> str:
        """Path of the thumbnail under the archive's root."""
        return f"EXTRAS/RDR/{self.folder}/{self.product_id}.thumb.jpg"

    @property
    def phase_name(self) -> str:
        """The mission phase in capitals, as in labels."""
        return PHASES[self.phase]


def parse_product_id(text: str) -> ProductName:
    """Read a product or observation id; an observation id means its RED product. Raises InputError."""
    match = _ID.fullmatch(text.strip().upper())
    if match is None or match[1] not in PHASES:
        raise InputError(
            f"{text!r} is not a HiRISE product id.",
            "Write one such as ESP_022689_1380_RED: phase, orbit, target code, RED or COLOR.",
        )
    target = int(match[3])
    if target > 3595 or target % 5:
        raise InputError(
            f"{text!r} has an impossible target code {match[3]}.",
            "A target code is 0000 to 3595 and ends in 0 or 5; on the day side it is 1800 + 10 x latitude.",
        )
    return ProductName(match[1], int(match[2]), match[3], match[4] or "RED")


@dataclass(frozen=True)
class Layout:
    """The folders of a sandbox archive."""

    root: Path

    @property
    def pds(self) -> Path:
        """What the server shows under ``/PDS``."""
        return self.root / "pds"

    @property
    def records(self) -> Path:
        """One ODE ``Product`` record (JSON) for each product."""
        return self.root / "ode"

    @property
    def truth(self) -> Path:
        """Truth rasters of simulated scenes: never served."""
        return self.root / "truth"

    @property
    def index(self) -> Path:
        """The cumulative index table."""
        return self.pds / "INDEX" / "RDRCUMINDEX.TAB"

    def record(self, name: ProductName) -> Path:
        """The ODE record of a product."""
        return self.records / f"{name.product_id}.json"
