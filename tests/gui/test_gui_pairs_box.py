"""Which of the ticked images compare: said on the page Fetch, shown on the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest
from qgis.core import QgsProject

from marscd_plugin.common.words import Observation, RemoteFile
from marscd_plugin.planet.geometry import area_from_extent


def observation(orbit, year, ls, incidence, extent=(10.0, -40.2, 10.2, -40.0)):
    return Observation(
        product_id=f"ESP_{orbit:06d}_1400_RED",
        observation_id=f"ESP_{orbit:06d}_1400",
        instrument="HIRISE",
        start_time=datetime(2008 + year, 1, 1, 1, 2, 3, tzinfo=timezone.utc),
        mars_year=28 + year,
        solar_longitude=ls,
        footprint=area_from_extent(*extent),
        files=(RemoteFile(f"https://hirise-pds.lpl.arizona.edu/PDS/{orbit}.JP2", f"{orbit}.JP2", "image", 1000),),
        incidence=incidence,
        emission=2.0,
        sub_solar_azimuth=200.0,
        map_scale=0.25,
        coverage=1.0,
    )


ALIKE = observation(20000, 1, 250.0, 40.0)
SAME = observation(30000, 3, 252.0, 41.0)
OTHER = observation(40000, 4, 80.0, 75.0)
AWAY = observation(50000, 5, 250.0, 40.0, (50.0, 10.0, 50.2, 10.2))


@pytest.fixture
def box(context, provider, wait):
    from marscd_plugin.gui.fetch.pairs_box import PairsBox

    made = PairsBox(context)
    made.show()
    yield made
    made.release()
    made.deleteLater()


def choose(box, wait, *observations):
    state = box.context.state
    state.set_observations(observations)
    box.plan = None
    state.set_chosen([o.product_id for o in observations])
    if len(observations) > 1:
        wait(lambda: box.plan is not None or "needs two" in box.words.text(), 30, "the plan")


def test_pairs_are_ranked_and_explained(box, wait):
    choose(box, wait, ALIKE, SAME, OTHER)
    assert "1 of 3 compare well" in box.title()
    first = box.list.topLevelItem(0)
    assert first.text(0) == "2009-01-01 → 2011-01-01" and float(first.text(1)) > 0.9
    last = box.list.topLevelItem(2)
    assert float(last.text(1)) < 0.1 and last.text(2) and "incidence" in last.toolTip(0)
    assert box.list.topLevelItemCount() == 3 and "1 series" in box.words.text()


def test_images_without_a_partner_are_named_and_can_be_left_out(box, wait):
    choose(box, wait, ALIKE, SAME, AWAY)
    assert "Without a partner to compare with: 1" in box.words.text()
    box.untick.click()
    assert [o.product_id for o in box.context.state.chosen] == [ALIKE.product_id, SAME.product_id]


def test_one_image_has_no_pairs_and_none_says_so(box, wait):
    box.context.state.set_observations((ALIKE,))
    box.context.state.set_chosen([ALIKE.product_id])
    wait(lambda: not box.isVisible(), 10, "the box to go")
    choose(box, wait, ALIKE, AWAY)
    assert "none" in box.title() and "Tick more" in box.words.text() and not box.on_map.isVisible()


def test_all_pairs_come_onto_the_map(box, wait, tmp_path):
    from qgis.core import QgsVectorFileWriter, QgsVectorLayer

    from marscd_plugin.processing.observations import fields, to_feature

    observations = [ALIKE, SAME, replace(OTHER, coverage=0.5)]
    box.context.state.open_folder(tmp_path / "job")
    folder = box.context.state.folder
    layer = QgsVectorLayer("MultiPolygon?crs=IAU_2015:49900", "o", "memory")
    layer.dataProvider().addAttributes(fields().toList())
    layer.updateFields()
    layer.dataProvider().addFeatures([to_feature(o) for o in observations])
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "FlatGeobuf"
    folder.root.mkdir(parents=True, exist_ok=True)
    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(folder.observations), QgsProject.instance().transformContext(), options
    )
    choose(box, wait, *observations)
    box.context.state.set_chosen([ALIKE.product_id, SAME.product_id])
    box.on_map.click()
    wait(lambda: any(one.name() == "Pairs" for one in QgsProject.instance().mapLayers().values()), 30, "the layer")
    layer = next(one for one in QgsProject.instance().mapLayers().values() if one.name() == "Pairs")
    assert layer.featureCount() == 1 and layer.renderer().classAttribute() == "score"
    row = next(layer.getFeatures())
    assert {row["before_id"], row["after_id"]} == {ALIKE.product_id, SAME.product_id}
