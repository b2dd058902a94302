"""The analogue algorithms in QGIS with a stand-in embedding: what they find, what reopens, what they refuse."""

from __future__ import annotations

import csv
import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsRasterLayer, QgsVectorLayer

_spec = importlib.util.spec_from_file_location(
    "analogue_standin", Path(__file__).parents[1] / "workflows/analogue_standin.py"
)
standin = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(standin)

DEGREE = math.pi / 180 * 3396190.0
NAMES = ("analoguesimilarity", "refineanalogues", "analoguematrix", "buildchipdataset", "trainanaloguemodel",
         "ranklandingsites")  # fmt: skip
PUBLISHED = {
    "analoguesimilarity": "TARGETS TARGET_AREAS TARGET_IMAGE SEARCH MODEL CHIP_SIZE STEP AREA EXTENT COUNT INDEX "
    "DEVICE PIXEL_SIZE DISTANCE MATCHES REPORT",
    "refineanalogues": "INDEX ACCEPTED REJECTED VERDICTS COUNT DISTANCE MATCHES REPORT",
    "analoguematrix": "TARGETS CANDIDATES TARGET_AREAS TARGET_IMAGE CANDIDATE_AREAS CANDIDATE_IMAGE REGION_FIELD MODEL "
    "MATRIX REPORT",
    "buildchipdataset": "IMAGES AREAS REGION_FIELD GROUP_FIELD CHIP_SIZE CHIP_PX PER_REGION COPIES SEED FOLDER",
    "trainanaloguemodel": "CHIPS NETWORK EPOCHS HELD_OUT SEED OUTPUT REPORT",
    "ranklandingsites": "MATCHES CRISM DTM BASELINE OUTPUT TABLE REPORT",
}


@pytest.fixture
def model(tmp_path):
    return str(standin.write_standin(tmp_path / "stripes.onnx"))


@pytest.fixture
def mosaic(tmp_path):
    """400 x 300 pixels of 10 m on Mars: faint cross-stripes, and a square of strong stripes about pixel (200, 100)."""
    ground = standin.planted(300, 400, 100, 200, 48, 30.0)
    ground += 0.8 * standin.stripes(300, 400, 120.0, 11.0)
    return str(standin.write_image(tmp_path / "mosaic.tif", ground, standin.MARS, 0.0, 3000.0))


@pytest.fixture
def earth(tmp_path):
    """A target on Earth: the same stripes, another brightness."""
    ground = 3.0 * standin.stripes(48, 48, 30.0) + 0.5 * standin.noise(48, 48, 9)
    return str(standin.write_image(tmp_path / "basin.tif", ground, standin.EARTH, 5e5, 4.2e6, gain=3.0, offset=40.0))


def polygons(boxes, field="name", wkt="IAU_2015:49910"):
    """A memory layer of named boxes (west, south, east, north)."""
    made = QgsVectorLayer(f"Polygon?crs={wkt}&field={field}:string", "areas", "memory")
    features = []
    for name, (w, s, e, n) in boxes:
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON(({w} {s},{e} {s},{e} {n},{w} {n},{w} {s}))"))
        feature.setAttributes([name])
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def asked(tmp_path, model, mosaic, **other):
    told = {"SEARCH": mosaic, "MODEL": model, "CHIP_SIZE": 320.0, "STEP": 100.0, "COUNT": 10,
            "DISTANCE": str(tmp_path / "out/d.tif"), "MATCHES": str(tmp_path / "out/m.fgb"),
            "REPORT": str(tmp_path / "out/r.html")}  # fmt: skip
    return {name: value for name, value in (told | other).items() if value is not None}


def found_at(row, column=200, line=100, within=150.0):
    return math.hypot(row["x"] - column * 10, row["y"] - (3000 - line * 10)) < within


def rows_of(path):
    return sorted(QgsVectorLayer(str(path), "m").getFeatures(), key=lambda f: f["rank"])


def test_published_names_help_and_groups(provider):
    for name, wanted in PUBLISHED.items():
        algorithm = provider.algorithm(name)
        assert set(wanted.split()) <= {d.name() for d in algorithm.parameterDefinitions()}, name
        assert algorithm.group() == "Analogues" and "<p>" in algorithm.shortHelpString()
        assert "*" not in algorithm.shortHelpString()
        for definition in algorithm.parameterDefinitions():
            assert definition.description(), (name, definition.name())
    assert set(NAMES) == {a.name() for a in provider.algorithms() if a.groupId() == "analogues" and a.name() in NAMES}


def test_from_a_target_on_earth_to_styled_layers_on_mars(run, tmp_path, model, mosaic, earth):
    results, _ = run("analoguesimilarity", TARGETS=[earth], **asked(tmp_path, model, mosaic))
    assert results["MATCH_COUNT"] == 10 and results["TARGET_COUNT"] == 1 and results["CHIP_COUNT"] > 500
    assert results["BEST_DISTANCE"] < 0.6 and results["BEST_PERCENTILE"] < 3 and results["SUMMARY"]
    rows = rows_of(results["MATCHES"])
    assert found_at(rows[0]) and rows[0]["target"] == "basin" and rows[0]["body"] == "Mars"
    assert float(rows[0]["longitude"]) == pytest.approx(rows[0]["x"] / DEGREE, rel=1e-6)
    layer = QgsVectorLayer(results["MATCHES"], "m")
    assert layer.crs().celestialBodyName() == "Mars" and layer.labelsEnabled()
    assert layer.renderer().type() == "RuleRenderer"
    raster = QgsRasterLayer(results["DISTANCE"], "d")
    assert raster.isValid() and raster.bandCount() == 2 and raster.crs().celestialBodyName() == "Mars"
    assert raster.renderer().type() == "singlebandpseudocolor"
    items = raster.renderer().shader().rasterShaderFunction().colorRampItemList()
    assert len(items) == 5 and items[0].value < items[-1].value and items[0].color.alpha() > items[-1].color.alpha()
    assert "most alike" in items[0].label
    assert (Path(results["MATCHES"]).parent / rows[0]["thumbnail"]).is_file()
    assert Path(results["REPORT"]).is_file() and Path(results["INDEX"]).is_dir() and Path(results["SHEET"]).is_file()


def test_polygons_over_an_image_and_a_limited_search(run, tmp_path, model, mosaic):
    areas = polygons([("dunes", (1850, 1850, 2150, 2150))])
    degrees = [v / DEGREE for v in (1000, 3000, 1000, 2900)]
    results, log = run(
        "analoguesimilarity", TARGET_AREAS=areas, TARGET_IMAGE=mosaic,
        **asked(tmp_path, model, mosaic, EXTENT=",".join(f"{v:.6f}" for v in degrees)),
    )  # fmt: skip
    rows = rows_of(results["MATCHES"])
    assert found_at(rows[0]) and rows[0]["target"] == "dunes"
    assert all(900 <= r["x"] <= 3100 for r in rows)
    assert "EXTENT does not say which body" in log and "on Mars" in log


def test_an_area_layer_with_the_bodys_own_crs(run, tmp_path, model, mosaic, earth):
    area = polygons([("here", (200, 200, 1500, 1500))])
    results, _ = run("analoguesimilarity", TARGETS=[earth], **asked(tmp_path, model, mosaic, AREA=area))
    assert all(200 <= r["x"] <= 1500 and 200 <= r["y"] <= 1500 for r in rows_of(results["MATCHES"]))


def test_an_earth_image_searched_within_degrees_of_the_earth(run, tmp_path, model, mosaic):
    ground = standin.planted(300, 400, 100, 200, 48, 30.0)
    basin = str(standin.write_image(tmp_path / "big.tif", ground, standin.EARTH, 5e5, 4.203e6))
    areas = polygons([("dunes", (1850, 1850, 2150, 2150))])
    given = asked(tmp_path, model, basin, EXTENT="92.9,93.03,37.94,37.975 [EPSG:4326]", STEP=160.0)
    results, log = run("analoguesimilarity", TARGET_AREAS=areas, TARGET_IMAGE=mosaic, **given)
    layer = QgsVectorLayer(results["MATCHES"], "m")
    rows = rows_of(results["MATCHES"])
    assert layer.crs().authid() == "EPSG:32646" and rows[0]["body"] == "Earth" and "which body" not in log
    assert all(92.9 <= r["longitude"] <= 93.03 and 37.94 <= r["latitude"] <= 37.975 for r in rows)
    # Degrees without a CRS are those of the searched image's body, and that is said.
    given = asked(tmp_path, model, basin, EXTENT="92.9,93.03,37.94,37.975", STEP=160.0)
    again, log = run("analoguesimilarity", TARGET_AREAS=areas, TARGET_IMAGE=mosaic, **given)
    assert again["CHIP_COUNT"] == results["CHIP_COUNT"] and "longitude and latitude on Earth" in log


def test_tile_layers_are_taken_and_other_services_named(provider, tmp_path):
    from qgis.core import QgsProcessingContext

    from marscd_plugin.common.errors import InputError
    from marscd_plugin.processing.analogue_inputs import image_source, image_sources

    algorithm, context = provider.algorithm("analoguesimilarity").create(), QgsProcessingContext()
    tiles = QgsRasterLayer("type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=3", "t", "wms")
    assert tiles.isValid() and "type=xyz" in image_source(algorithm, {"SEARCH": tiles}, "SEARCH", context)
    assert image_sources(algorithm, {"TARGETS": [tiles, "a.tif"]}, "TARGETS", context)[1] == "a.tif"
    xml = "<GDAL_WMS><Service name='TMS'><ServerUrl>http://x?a=1&amp;b=2</ServerUrl></Service></GDAL_WMS>"
    assert image_sources(algorithm, {"TARGETS": xml}, "TARGETS", context) == [xml]
    for text in ("https://example.org/a.tif", "https://example.org/{z}/{x}/{y}.png", xml):
        assert image_source(algorithm, {"SEARCH": text}, "SEARCH", context) == text
        given = {
            "TARGETS": [text],
            "SEARCH": text,
            "DISTANCE": str(tmp_path / "d.tif"),
            "MATCHES": str(tmp_path / "m.fgb"),
        }
        assert algorithm.checkParameterValues(given, context)[0]

    class Other:
        def providerType(self):
            return "postgresraster"

        def source(self):
            return "x"

    with pytest.raises(InputError, match="postgresraster"):
        image_sources(algorithm, {"TARGETS": [Other()]}, "TARGETS", context)


def test_a_second_round_follows_the_verdicts(run, tmp_path, model, mosaic, earth):
    first, _ = run("analoguesimilarity", TARGETS=[earth], **asked(tmp_path, model, mosaic))
    rows = rows_of(first["MATCHES"])
    kept = {"DISTANCE": str(tmp_path / "two/d.tif"), "MATCHES": str(tmp_path / "two/m.fgb")}
    second, _ = run(
        "refineanalogues", INDEX=first["INDEX"], ACCEPTED=str(rows[0]["index"]),
        REJECTED=f"{rows[-1]['index']}, {rows[-2]['index']}", COUNT=8, **kept,
    )  # fmt: skip
    assert second["ACCEPTED_COUNT"] == 1 and second["REJECTED_COUNT"] == 2 and second["MATCH_COUNT"] == 8
    again = rows_of(second["MATCHES"])
    assert found_at(again[0]) and 0 <= again[0]["score"] <= 1
    assert rows[-1]["index"] not in {r["index"] for r in again}
    # The same from a layer that carries verdicts.
    verdicts = QgsVectorLayer("Point?crs=IAU_2015:49910&field=index:integer&field=verdict:string", "v", "memory")
    for number, word in ((rows[0]["index"], "accepted"), (rows[-1]["index"], "Rejected"), (rows[3]["index"], None)):
        feature = QgsFeature(verdicts.fields())
        feature.setGeometry(QgsGeometry.fromWkt("POINT(0 0)"))
        feature.setAttributes([number, word])
        verdicts.dataProvider().addFeatures([feature])
    third, _ = run(
        "refineanalogues", INDEX=first["INDEX"], VERDICTS=verdicts, EARLIER=False,
        MATCHES=str(tmp_path / "three/m.fgb"), DISTANCE=str(tmp_path / "three/d.tif"),
    )  # fmt: skip
    assert (third["ACCEPTED_COUNT"], third["REJECTED_COUNT"]) == (1, 1)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({}, "No target is given"),
        ({"TARGETS": "earth", "PAPER_TARGET": ["BARCHANS"]}, "given together"),
        ({"TARGET_AREAS": "areas"}, "without TARGET_IMAGE"),
        ({"TARGETS": "earth", "CHIP_SIZ": 3}, "Unknown parameter CHIP_SIZ"),
        ({"TARGETS": "earth", "CHIP_SIZE": 90000.0}, "smaller than one chip"),
        ({"TARGETS": "earth", "EXTENT": "170,-170,0,1"}, "from east to west"),
        ({"TARGETS": "earth", "EXTENT": "5e5,5.1e5,4e6,4.1e6 [EPSG:32646]"}, "lies on Earth, its image on Mars"),
        ({"TARGETS": "earth", "MODEL": "nobody"}, "There is no embedding"),
        ({"TARGETS": "earth", "MODEL": "paper-rsl"}, "change model"),
        ({"PAPER_TARGET": ["BARCHANS"], "TARGET_IMAGE": "earth"}, "lie on Mars"),
        ({"TARGETS": "flat"}, "texture"),
        ({"TARGETS": "/no/such/file.tif"}, r"There is no image /no/such/file\.tif"),
        ({"TARGETS": "earth", "SEARCH": "/no/such/sea.tif"}, r"There is no image /no/such/sea\.tif"),
        ({"TARGETS": "earth", "SEARCH": "<GDAL_WMS><Nonsense/></GDAL_WMS>"}, "cannot be opened as an image"),
        ({"TARGETS": "earth", "SEARCH": None}, "SEARCH"),
    ],
)
def test_nonsense_in_no_answer_out(run, tmp_path, model, mosaic, earth, other, said):
    flat = str(standin.write_image(tmp_path / "flat.tif", np.zeros((48, 48)), standin.MARS, 0.0, 480.0))
    known = {"earth": earth, "flat": flat, "areas": polygons([("a", (0, 0, 500, 500))])}
    given = {k: known.get(v, v) if isinstance(v, str) else v for k, v in other.items()}
    if "TARGETS" in given:
        given["TARGETS"] = [given["TARGETS"]]
    with pytest.raises(QgsProcessingException, match=said):
        run("analoguesimilarity", **asked(tmp_path, model, mosaic, **given))
    assert not list((tmp_path / "out").glob("*.fgb")) and not list((tmp_path / "out").glob("*.tif"))


def test_the_papers_targets_over_a_mosaic(run, tmp_path, model, mosaic):
    # C' lies at 9.12 N, 67.29 E: a made mosaic is put there.
    ground = 2 * standin.stripes(200, 200, 45.0) + standin.noise(200, 200)
    there = str(
        standin.write_image(tmp_path / "mars.tif", ground, standin.MARS, 67.29 * DEGREE - 1000, 9.12 * DEGREE + 1000)
    )
    results, _ = run(
        "analoguesimilarity", PAPER_TARGET=["BARCHANS"], TARGET_IMAGE=there, TARGET_SIZE=640.0,
        **asked(tmp_path, model, mosaic),
    )  # fmt: skip
    assert results["TARGET_COUNT"] == 1 and {r["target"] for r in rows_of(results["MATCHES"])} == {"C'"}
    with pytest.raises(QgsProcessingException, match=r"does not lie|do not overlap"):
        run("analoguesimilarity", PAPER_TARGET=["YARDANGS"], TARGET_IMAGE=there, TARGET_SIZE=640.0,
            **asked(tmp_path, model, mosaic))  # fmt: skip


@pytest.fixture
def dataset(run, tmp_path):
    """Two folders of chips: striped two ways, cut from two images."""
    made = []
    for number in (1, 2):
        ground = np.hstack([standin.stripes(260, 260, 20), standin.stripes(260, 260, 110)])
        ground += 0.4 * standin.noise(260, 520, number)
        path = str(standin.write_image(tmp_path / f"i{number}.tif", ground, standin.MARS, 0.0, 2600.0))
        areas = polygons([("A", (100, 100, 2500, 2500)), ("B", (2700, 100, 5100, 2500))], "kind")
        results, log = run(
            "buildchipdataset", IMAGES=[path], AREAS=areas, REGION_FIELD="kind", CHIP_SIZE=320.0, CHIP_PX=32,
            PER_REGION=4, FOLDER=str(tmp_path / f"set{number}"),
        )  # fmt: skip
        made.append((results, log))
    return made


def test_a_data_set_becomes_a_matrix_whose_diagonal_wins(run, tmp_path, model, dataset):
    (first, log), (second, _) = dataset
    assert (first["CHIP_COUNT"], first["COPY_COUNT"], first["REGION_COUNT"], first["GROUP_COUNT"]) == (8, 0, 2, 1)
    assert "A: 4 chips in 1 groups" in log and "one place" in log
    results, _ = run(
        "analoguematrix", TARGETS=first["FOLDER"], CANDIDATES=second["FOLDER"], MODEL=model,
        MATRIX=str(tmp_path / "matrix.csv"), REPORT=str(tmp_path / "matrix.html"),
    )  # fmt: skip
    assert (results["ROW_COUNT"], results["COLUMN_COUNT"]) == (2, 2)
    assert (results["DIAGONAL_WINS"], results["DIAGONAL_COUNT"]) == (2, 2)
    with Path(results["MATRIX"]).open(encoding="utf-8") as file:
        lines = list(csv.reader(file))
    assert [line[0] for line in lines[1:]] == ["A", "B"] and lines[0][1:3] == ["A", "B"]
    assert float(lines[1][1]) < float(lines[1][2]) and float(lines[2][2]) < float(lines[2][1])
    assert Path(results["REPORT"]).is_file() and Path(results["QUARTILES"]).is_file()


def test_polygons_become_a_matrix_too_and_half_given_regions_are_refused(run, tmp_path, model, dataset):
    areas = polygons([("A", (100, 100, 2500, 2500)), ("B", (2700, 100, 5100, 2500))], "kind")
    given = {"TARGET_AREAS": areas, "TARGET_IMAGE": str(tmp_path / "i1.tif"), "REGION_FIELD": "kind", "MODEL": model,
             "MATRIX": str(tmp_path / "p.csv"), "CHIP_SIZE": 320.0, "PER_REGION": 3}  # fmt: skip
    results, _ = run("analoguematrix", CANDIDATES=dataset[1][0]["FOLDER"], **given)
    assert results["DIAGONAL_WINS"] == 2
    with pytest.raises(QgsProcessingException, match="not clear where the regions of CANDIDATES"):
        run("analoguematrix", CANDIDATE_AREAS=areas, **given)
    with pytest.raises(QgsProcessingException, match="no field nobody"):
        run("analoguematrix", CANDIDATES=dataset[1][0]["FOLDER"], **(given | {"REGION_FIELD": "nobody"}))


def test_the_graphical_model_of_sites_is_loaded(provider):
    model = provider.algorithm("siteslikethis")
    assert {"TARGETS", "TARGET_IMAGE", "SEARCH", "DTM"} <= {d.name() for d in model.parameterDefinitions()}
    assert {"Matches", "Ranked sites"} <= {d.description() for d in model.outputDefinitions()}
    assert model.canExecute()[0]


@pytest.mark.parametrize("name", ["analoguesimilarity", "analoguematrix", "trainanaloguemodel"])
def test_enumerations_are_static(provider, name):
    for definition in provider.algorithm(name).parameterDefinitions():
        if definition.type() == "enum":
            assert definition.usesStaticStrings(), definition.name()
