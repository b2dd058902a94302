"""planpairs in QGIS: from a footprint layer to ranked pairs on Mars; and the other sources by their names."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

EXTENT = "202.2970,202.3030,-41.6020,-41.5980 [IAU_2015:49900]"


@pytest.fixture
def footprints(run, sandbox, tmp_path):
    path = tmp_path / "found.gpkg"
    run("searchobservations", EXTENT=EXTENT, OUTPUT=str(path))
    return path


@pytest.mark.parametrize("ending", ["fgb", "gpkg"])
def test_pairs_are_ranked_on_mars_and_explained(run, footprints, tmp_path, ending):
    path = tmp_path / f"pairs.{ending}"
    results, log = run("planpairs", OBSERVATIONS=str(footprints), PAIRS=str(path))
    layer = QgsVectorLayer(str(path), "pairs", "ogr")
    rows = sorted(layer.getFeatures(), key=lambda f: f["rank"])
    # Eight RED images of one place: 28 pairs, one series.
    assert (results["COUNT"], results["SERIES"], len(rows)) == (28, 1, 28)
    assert layer.crs().celestialBodyName() == "Mars"
    scores = [f["score"] for f in rows]
    assert scores == sorted(scores, reverse=True) and 0 < scores[-1] < scores[0] <= 1
    for f in rows:
        factors = [f[n] for n in layer.fields().names() if n.startswith("f_")]
        assert len(factors) == 7
        product = 1.0
        for factor in factors:
            product *= factor
        assert product == pytest.approx(f["score"], abs=2e-3)
        assert f["before_time"] < f["after_time"] and f["before_id"] != f["after_id"]
        assert not f.geometry().isEmpty() and 0 < f["overlap"] <= 1 and f["overlap_km2"] > 0
        assert f["weakest"] in ("overlap", "season", "incidence", "azimuth", "emission", "scale", "gap")
    best = rows[0]
    assert best["before_id"] in log and best["reasons"] in log and "Ls" in best["reasons"]


def test_limits_and_what_cannot_be_planned(run, footprints, tmp_path):
    out = str(tmp_path / "pairs.fgb")
    results, log = run("planpairs", OBSERVATIONS=str(footprints), PAIRS=out, MAX_PAIRS=3)
    assert results["COUNT"] == 3 and "the 3 best of 28 pairs" in log
    assert run("planpairs", OBSERVATIONS=str(footprints), PAIRS=out, MIN_SCORE=1)[0]["COUNT"] == 0
    run("searchobservations", EXTENT=EXTENT, MARS_YEARS="36", OUTPUT=str(tmp_path / "none.gpkg"))
    with pytest.raises(QgsProcessingException, match="a pair needs two"):
        run("planpairs", OBSERVATIONS=str(tmp_path / "none.gpkg"), PAIRS=out)


def test_each_source_in_a_real_run_and_a_plan_from_its_footprints(qgis_process, archive, tmp_path):
    """STAC, NAMES, AUTO with ODE down, and planpairs, as a user on a server calls them."""
    from marscd_plugin.sandbox.faults import parse_plan
    from marscd_plugin.sandbox.server import SandboxServer

    def results(algorithm, *arguments, env=None):
        done = qgis_process("marscd:" + algorithm, *arguments, "--json", env=env)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)["results"], json.loads(done.stdout).get("log", "") or done.stderr

    season = ("--MARS_YEARS=30", "--SOLAR_LONGITUDE=300-330", f"--EXTENT={EXTENT}")
    for source in ("STAC", "NAMES"):
        found = tmp_path / f"{source}.fgb"
        assert results("searchobservations", *season, f"--SOURCE={source}", f"--OUTPUT={found}")[0]["COUNT"] == 4
        rows = list(QgsVectorLayer(str(found), "rows", "ogr").getFeatures())
        assert {f["source"] for f in rows} == {source}
    pairs = tmp_path / "pairs.fgb"
    planned, _ = results("planpairs", f"--OBSERVATIONS={tmp_path / 'STAC.fgb'}", f"--PAIRS={pairs}")
    assert (planned["COUNT"], planned["SERIES"]) == (1, 1)
    plan = parse_plan({"seed": 1, "rules": [{"match": "/live2*", "times": 999, "fault": "503"}]})
    with SandboxServer(archive, plan=plan) as server:
        found = tmp_path / "auto.fgb"
        results("searchobservations", *season, f"--OUTPUT={found}", env=server.variables)
    assert {f["source"] for f in QgsVectorLayer(str(found), "rows", "ogr").getFeatures()} == {"STAC"}
