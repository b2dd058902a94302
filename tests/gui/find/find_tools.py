"""Made-up observations for the tests of the page Find (not real products)."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

from marscd_plugin.common.words import Area, Observation, RemoteFile
from marscd_plugin.planet.time import mars_date

START = datetime(2006, 11, 1, tzinfo=timezone.utc)


def square(lon: float, lat: float, side: float = 0.1) -> Area:
    ring = ((lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side), (lon, lat))
    return Area(((ring,),))


def observation(number: int, days: float, kind: str = "RED", where: Area | None = None, **values) -> Observation:
    time = START + timedelta(days=days)
    date = mars_date(time)
    name = f"ESP_{number:06d}_1380"
    product = f"{name}_{kind}"
    made = {
        "product_id": product,
        "observation_id": name,
        "instrument": "HIRISE",
        "start_time": time,
        "mars_year": date.mars_year,
        "solar_longitude": date.solar_longitude,
        "footprint": where or square(-157.7, -41.6),
        "files": (
            RemoteFile(f"http://127.0.0.1:9/{product}.JP2", f"{product}.JP2", "image", 2_000_000),
            RemoteFile(f"http://127.0.0.1:9/{product}.LBL", f"{product}.LBL", "label"),
            RemoteFile(f"http://127.0.0.1:9/{product}.browse.jpg", f"{product}.browse.jpg", "browse"),
        ),
        "incidence": 50.0,
        "emission": 2.0,
        "map_scale": 0.25,
        "coverage": 0.5,
    }
    return Observation(**(made | values))


def many(count: int, seed: int = 1) -> tuple[Observation, ...]:
    """``count`` products of half as many observations over eleven Mars Years, by time."""
    dice = random.Random(seed)
    made = []
    for number in range(count // 2):
        days, where = dice.uniform(0, 7000), square(-157.7 + dice.gauss(0, 1), -41.6 + dice.gauss(0, 1))
        made += [observation(number, days, kind, where, incidence=dice.uniform(30, 80)) for kind in ("RED", "COLOR")]
    return tuple(sorted(made, key=lambda o: (o.start_time, o.product_id)))


def write_found(path: Path, observations) -> Path:
    """A footprint file as ``searchobservations`` writes it."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSink, QgsProject, QgsVectorFileWriter, QgsWkbTypes

    from marscd_plugin.planet import crs
    from marscd_plugin.processing.observations import fields, to_feature

    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "FlatGeobuf"
    writer = QgsVectorFileWriter.create(
        str(path),
        fields(),
        QgsWkbTypes.Type.MultiPolygon,
        QgsCoordinateReferenceSystem.fromWkt(crs.geographic_wkt()),
        QgsProject.instance().transformContext(),
        options,
    )
    for one in observations:
        assert writer.addFeature(to_feature(one), QgsFeatureSink.Flag.FastInsert), writer.errorMessage()
    del writer
    return path
