"""A little ODE in memory, written from recorded replies: it answers as the service does, quirks included."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.web import Reply

ROOT = "https://oderest.example.org/live2"
PDS = "https://hirise.lpl.arizona.edu/PDS"

INDEX_ROW = (
    '"MROHR_0001","RDR/ESP/ORB_012600_012699/{observation}/{product}.JP2{pad}","MRO","HIRISE","{observation}",'
    '"{product:<21}","1  ","MARS                            ", 12600,"Extended Science Phase        ",'
    '"Pit crater chain south of Arsia Mons                                       ","2009-04-04T07:13:43     ",'
    '"923296444:63762 ","2009-04-04T07:13:43     ","923296445:06824 ","2009-04-04T07:13:49     ","923296451:03746 ",'
    " 38702, 14754, 3.71414,49.9040, 53.5430, 252.320,3656.72, 252.623,  270.0000,  {azimuth:8.4f},  -21.6699,"
    '  187.9300,  -14.2643,  240.3150,   1.38343,   240.167,   15.4747,"YES",  -14.4483,  -14.1218,  239.9880,'
    '  240.1140, 0.50,118528.000,"EQUIRECTANGULAR    ",-10.0, 180.000,  -1673830.0,  -7002200.0,  -14.4381,'
    "  240.1140,  -14.4483,  240.0270,  -14.1320,  239.9880,  -14.1218,  240.0750"
)


def index_row(product: str, azimuth: float = 163.766) -> str:
    observation = product.rsplit("_", 1)[0]
    length = len(f"RDR/ESP/ORB_012600_012699/{observation}/{product}.JP2")
    return INDEX_ROW.format(observation=observation, product=product, azimuth=azimuth, pad=" " * (67 - length))


def record(product: str = "ESP_012600_1655_RED", lon: float = 240.05, lat: float = -14.28, **changes: Any) -> dict:
    """A product record like ODE's; ``changes`` replace keys, None removes one."""
    observation = product.rsplit("_", 1)[0]
    orbit = int(product.split("_")[1])
    first = orbit // 100 * 100
    folder = f"{product[:3]}/ORB_{first:06d}_{first + 99:06d}/{observation}"
    box = [(lon + 0.06, lat - 0.15), (lon - 0.03, lat - 0.16), (lon - 0.06, lat + 0.15), (lon + 0.03, lat + 0.16)]

    def ring(wrap) -> str:
        return "POLYGON ((" + ", ".join(f"{round(wrap(x), 4)} {round(y, 4)}" for x, y in [*box, box[0]]) + "))"

    files = [
        ("PRODUCT DATA FILE", "Product", f"{PDS}/RDR/{folder}/{product}.JP2", "345000"),
        ("PRODUCT LABEL FILE", "Product", f"{PDS}/RDR/{folder}/{product}.LBL", "8"),
        ("BROWSE", "Browse", f"{PDS}/EXTRAS/RDR/{folder}/{product}.browse.jpg", "300"),
        ("THUMBNAIL", "Browse", f"{PDS}/EXTRAS/RDR/{folder}/{product}.thumb.jpg", "20"),
        ("MAP PROJECTION FILE", "Referenced", f"{PDS}/CATALOG/DSMAP.CAT", "7"),
    ]
    made = {
        "pdsid": product,
        "Observation_id": observation,
        "UTC_start_time": "2009-04-04T07:13:43.380",
        "UTC_stop_time": "2009-04-04T07:13:49.333",
        "Observation_time": "2009-04-04T07:13:46.356",
        "Solar_longitude": "240.166542",
        "Incidence_angle": "49.904166",
        "Emission_angle": "3.713668",
        "Phase_angle": "53.549941",
        "Map_scale": "0.5",
        "Footprint_C0_geometry": ring(lambda x: (x + 180) % 360 - 180),
        "Footprint_GL_geometry": ring(lambda x: x % 360),
        "Footprint_geometry": ring(lambda x: x % 360),
        "Footprint_NP_geometry": "MULTIPOLYGON EMPTY",
        "Minimum_latitude": str(lat - 0.16),
        "Maximum_latitude": str(lat + 0.16),
        "Westernmost_longitude": str((lon - 0.06) % 360),
        "Easternmost_longitude": str((lon + 0.06) % 360),
        "LabelURL": f"{PDS}/RDR/{folder}/{product}.LBL",
        "LabelFileName": f"{product.lower()}.lbl",
        "ODE_notes": {
            "ODE_note": ["NOTE: Product Type set by ODE", "NOTE: Index Record:", index_row(product), "NOTE: x"]
        },
        "Product_files": {
            "Product_file": [
                {"Description": d, "Type": t, "URL": u, "FileName": u.rsplit("/", 1)[1], "KBytes": k}
                for d, t, u, k in files
            ]
        },
        **changes,
    }
    return {key: value for key, value in made.items() if value is not None}


def reply(value: Any, status: int = 200, bom: bool = False) -> Reply:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Reply(status, ROOT, {}, (b"\xef\xbb\xbf" if bom else b"") + body)


class LittleOde:
    """Answers count and pages over ``records``. It does not select by place or time: more than asked for may come."""

    def __init__(self, records: list[dict], **quirks: bool) -> None:
        self.records, self.quirks = records, quirks
        self.asked: list[dict[str, str]] = []

    def get(self, url, params=None, max_bytes=0) -> Reply:
        assert url == ROOT, urlencode(params or {})
        self.asked.append(dict(params))
        results: dict[str, Any] = {"Count": str(len(self.records)), "Status": "Success", "QuerySummary": {}}
        if not self.records:
            results["Products"] = "No Products Found"
        elif params["results"] != "c":
            limit, offset = int(params.get("limit", 100)), int(params["offset"])
            assert offset >= 1, "offset counts from 1"
            if self.quirks.get("same_page"):
                offset = 1
            page = self.records[offset - 1 : offset - 1 + limit]
            results["Products"] = {"Product": page[0] if len(page) == 1 else page} if page else "No Products Found"
        return reply({"ODEResults": results}, bom=self.quirks.get("bom", False))

    def pages(self) -> list[dict[str, str]]:
        return [p for p in self.asked if p["results"] != "c"]


class Canned:
    """One answer to everything."""

    def __init__(self, answer: Reply) -> None:
        self.answer, self.asked = answer, 0

    def get(self, url, params=None, max_bytes=0) -> Reply:
        self.asked += 1
        return self.answer


class Listener(Quiet):
    """Remembers warnings."""

    def __init__(self) -> None:
        super().__init__()
        self.warnings: list[str] = []

    def warn(self, message: str) -> None:
        self.warnings.append(message)


class Tools:
    ROOT, PDS = ROOT, PDS
    record = staticmethod(record)
    reply = staticmethod(reply)
    index_row = staticmethod(index_row)
    LittleOde, Canned = LittleOde, Canned


@pytest.fixture(scope="session")
def ode() -> type[Tools]:
    return Tools


@pytest.fixture
def progress() -> Listener:
    return Listener()
