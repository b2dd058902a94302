"""The store: valid to STAC tools without a network, COGs that are COGs, repaired after a kill, movable."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series import build as module
from marscd_plugin.series.build import build_series, open_series
from marscd_plugin.series.store import mask_path

SCHEMAS = Path(__file__).parent / "schemas"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def validator(monkeypatch):
    """pystac's validator with the extensions' schemas at hand, and no network at all."""
    pytest.importorskip("pystac")
    pytest.importorskip("jsonschema")
    from pystac.validation import RegisteredValidator
    from pystac.validation.stac_validator import JsonSchemaSTACValidator

    def refused(*_, **__):
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    found = JsonSchemaSTACValidator()
    for path in SCHEMAS.glob("*.json"):
        schema = json.loads(path.read_text())
        found.schema_cache[schema["$id"]] = schema
    monkeypatch.setattr(RegisteredValidator, "_validator", found)
    return found


def test_the_catalogue_is_valid_with_its_extensions_and_moves(series, validator, tmp_path):
    import pystac

    (tmp_path / "S").rename(tmp_path / "elsewhere")
    catalogue = pystac.Catalog.from_file(str(tmp_path / "elsewhere" / "catalog.json"))
    assert catalogue.validate_all() == 3
    catalogue.get_child("marscd-series").validate()
    items = list(catalogue.get_items(recursive=True))
    for item in items:
        assert {e.split("/")[3] for e in item.stac_extensions} == {"ssys", "projection"}
        assert item.properties["proj:wkt2"].startswith("PROJCRS[") and item.properties["proj:code"] is None
        for name in ("image", "mask"):
            assert Path(item.assets[name].get_absolute_href()).is_file()
    for file in (tmp_path / "elsewhere").rglob("*.json"):
        assert str(tmp_path) not in file.read_text()
    assert set(catalogue.get_child("marscd-series").assets) == {"report", "tie-points"}


@pytest.mark.parametrize(
    ("extension", "field", "value"),
    [
        ("projection", "proj:shape", [1.5, 2]),
        ("projection", "proj:transform", [1, 2, 3]),
        ("projection", "proj:epsg", 4326),
        ("projection", "proj:wkt2", 'PROJCS["old"]'),
        ("ssys", "ssys:targets", []),
        ("ssys", "ssys:targets", "Mars"),
        ("view", "view:sun_elevation", 120),
    ],
)
def test_the_schemas_can_say_no(series, validator, tmp_path, extension, field, value):
    import pystac
    from pystac.validation import validate_dict

    record = json.loads((tmp_path / "S" / "epochs" / "b_20100601.json").read_text())
    if extension == "view":
        record["stac_extensions"].append("https://stac-extensions.github.io/view/v1.0.0/schema.json")
        record["properties"]["view:sun_azimuth"] = 10
        validate_dict(record)
    record["properties"][field] = value
    with pytest.raises(pystac.STACValidationError, match=extension):
        validate_dict(record)


def test_cogs_are_cogs(series, tmp_path):
    pytest.importorskip("rio_cogeo")
    files = sorted(str(p) for p in (tmp_path / "S").rglob("*.tif"))
    assert len(files) == 6
    # In a process of its own: rasterio brings another GDAL with it.
    code = (
        "import sys; from rio_cogeo.cogeo import cog_validate\n"
        "for path in sys.argv[1:]:\n    good, errors, warnings = cog_validate(path, strict=True, quiet=True)\n"
        "    assert good and not errors and not warnings, (path, errors, warnings)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_tie_points_are_a_layer_of_all_epochs(series, tmp_path):
    vector = ogr.Open(str(tmp_path / "S" / "tie_points.fgb"))
    layer = vector.GetLayer()
    rows = [(f["product_id"], f["residual"], f.GetGeometryRef().GetX()) for f in layer]
    assert {name for name, _, _ in rows} == {"b_20100601", "c_20120401"}
    grid = series[0].grid
    assert all(grid.left < x < grid.bounds[2] for _, _, x in rows) and np.median([r for _, r, _ in rows]) < 0.3
    assert "Mars" in layer.GetSpatialRef().ExportToWkt()


def test_an_added_epoch_is_the_only_one_written(series, tmp_path, monkeypatch, make_pair, write_raster):
    built, products = series
    folder = tmp_path / "S"
    written = []
    original = module.Workshop.make
    monkeypatch.setattr(
        module.Workshop,
        "make",
        lambda self, where, p, *rest: written.append(p.product_id) or original(self, where, p, *rest),
    )
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for d in ("epochs", "masks") for p in (folder / d).iterdir()}
    base = gdal.Open(str(products[0].raster))
    left, pixel, _, top, _, _ = base.GetGeoTransform()
    _, moving, _ = make_pair(320, dx=4, dy=4)
    extra = open_user_raster(write_raster("e_20130101.tif", moving, base.GetProjection(), left, top, pixel))
    again = build_series([*products, extra], folder, reference="a_20100501")
    assert written == ["e_20130101"] and len(again.epochs) == 4
    assert before == {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in before}
    # A mask lost is made again, with its epoch.
    mask_path(built.epoch("c_20120401")).unlink()
    assert build_series([*products, extra], folder, reference="a_20100501") == again
    assert written == ["e_20130101", "c_20120401"]


BUILD = """
import sys
from datetime import datetime, timezone
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series.build import build_series
build_series([open_user_raster(p) for p in sys.argv[2:]], sys.argv[1], reference="a_20100501")
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a series: JSON, HTML and vectors as bytes, rasters as their pixels."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = str(path.relative_to(folder))
        found[name] = gdal.Open(str(path)).ReadAsArray().tobytes() if path.suffix == ".tif" else path.read_bytes()
    return found


def test_a_killed_build_is_repaired_by_running_again(make_pair, write_raster, tmp_path):
    """kill -9 at several instants; then the same build again gives the same series, with nothing left over."""
    reference, moving, _ = make_pair(256, dx=6.3, dy=-4.6)
    _, third, _ = make_pair(256, dx=-3.4, dy=5.2)
    names = ("a_20100501", "b_20100601", "c_20120401")
    files = [
        str(write_raster(f"{name}.tif", array, equirectangular_wkt(15, 180, 3394839.8), -6139197.5, 936003.0, 0.5))
        for name, array in zip(names, (reference, moving, third), strict=True)
    ]
    products = [open_user_raster(f) for f in files]
    build_series(products, tmp_path / "whole", reference="a_20100501")
    undisturbed = contents(tmp_path / "whole")
    stages = (
        lambda f: list(f.rglob(".*scratch*")),
        lambda f: (f / "epochs" / "a_20100501.json").exists(),
        lambda f: (f / "epochs" / "b_20100601.tif").exists(),
        lambda f: (f / "epochs" / "c_20120401.json").exists(),
    )
    for number, reached in enumerate(stages):
        folder = tmp_path / f"killed{number}"
        process = subprocess.Popen(
            [sys.executable, "-c", BUILD, str(folder), *files], cwd=ROOT, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 60
        while not (folder.is_dir() and reached(folder)) and process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        build_series(products, folder, reference="a_20100501")
        assert contents(folder) == undisturbed, f"stage {number}"
    assert len(open_series(folder).epochs) == 3


def test_what_a_kill_leaves_is_swept(series, tmp_path):
    _, products = series
    folder = tmp_path / "S"
    for name in ("epochs/.b.scratch.tif", "masks/.c.0a1b2c3d.part.tif", ".report.0a1b2c3d.part.html", ".marscd-00ff"):
        (folder / name).write_bytes(b"half")
    mine = folder / "epochs" / "notes.txt"
    mine.write_text("not ours")
    build_series(products, folder, reference="a_20100501")
    assert not list(folder.rglob(".*")) and mine.read_text() == "not ours"


def test_names_that_make_one_file_are_refused(make_pair, write_raster, tmp_path):
    from marscd_plugin.common.errors import InputError

    reference, _, _ = make_pair(200)
    path = write_raster("x.tif", reference, equirectangular_wkt(0, 0), 0.0, 0.0, 1.0)
    when = datetime(2010, 1, 1, tzinfo=timezone.utc)
    products = [open_user_raster(path, when, name) for name in ("a b", "a_b")]
    with pytest.raises(InputError, match="one file name"):
        build_series(products, tmp_path / "S")
