"""The footprint layer: one row an observation's product, and back from a row to an ``Observation``."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from qgis.core import NULL, QgsFeature, QgsField, QgsFields, QgsGeometry
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QTime

from ..common.errors import InputError
from ..common.words import Area, Observation, RemoteFile
from .words import tr

_TEXT, _REAL, _INT, _TIME = QMetaType.Type.QString, QMetaType.Type.Double, QMetaType.Type.Int, QMetaType.Type.QDateTime

#: Column -> type, in order. Saved layers and models depend on the names.
COLUMNS = {
    "product_id": _TEXT,
    "observation_id": _TEXT,
    "instrument": _TEXT,
    "start_time": _TIME,
    "mars_year": _INT,
    "solar_longitude": _REAL,
    "incidence": _REAL,
    "emission": _REAL,
    "phase": _REAL,
    "sub_solar_azimuth": _REAL,
    "map_scale": _REAL,
    "coverage": _REAL,
    "size_mb": _REAL,
    "url": _TEXT,
    "label_url": _TEXT,
    "browse_url": _TEXT,
    "source": _TEXT,
    "orbit": _INT,
    "linked": _TEXT,
    "header_url": _TEXT,
    "raw_url": _TEXT,
}
REQUIRED = ("product_id", "start_time", "url")
ROLES = {
    "url": "image",
    "label_url": "label",
    "header_url": "header",
    "raw_url": "raw",
    "browse_url": "browse",
}
#: Of what else was seen at the same time: ids, with this between them.
_BETWEEN = ", "


def fields() -> QgsFields:
    """The layer's fields."""
    made = QgsFields()
    for name, kind in COLUMNS.items():
        made.append(QgsField(name, kind))
    return made


def to_feature(observation: Observation) -> QgsFeature:
    """A row: footprint in planetocentric degrees, unknown numbers null."""
    from ..planet import geometry

    feature = QgsFeature(fields())
    feature.setGeometry(QgsGeometry.fromWkt(geometry.to_shapely(observation.footprint).wkt))
    values: dict[str, Any] = {
        name: getattr(observation, name) for name in COLUMNS if name not in ("start_time", "size_mb", "linked", *ROLES)
    }
    values["linked"] = _BETWEEN.join(observation.linked) or None
    values["start_time"] = to_qdatetime(observation.start_time)
    values["size_mb"] = None if observation.size is None else observation.size / 1e6
    for column, role in ROLES.items():
        file = observation.file(role)
        values[column] = file.url if file else None
    # A raw image alone is what there is to fetch: every row has an address.
    values["url"] = values["url"] or values["raw_url"]
    feature.setAttributes([NULL if values[name] is None else values[name] for name in COLUMNS])
    return feature


def from_feature(feature: QgsFeature) -> Observation:
    """The observation of a row of such a layer. Raises InputError where a needed column is missing or empty."""
    from ..planet import geometry

    names = feature.fields().names()
    row = {name: _value(feature, name) if name in names else None for name in COLUMNS}
    for name in REQUIRED:
        if row[name] in (None, ""):
            raise InputError(
                tr("Row {row} of OBSERVATIONS has no {name}.").format(row=feature.id(), name=name),
                tr("Use a layer made by searchobservations (columns: {columns}).").format(columns=", ".join(COLUMNS)),
            )
    shape = feature.geometry()
    footprint = geometry.area_from_wkt(shape.asWkt(9)) if not shape.isEmpty() else Area(())
    size = int(row["size_mb"] * 1e6) if row["size_mb"] is not None else None
    files = _files({role: str(row[column]) for column, role in ROLES.items() if row[column]}, size)
    time = from_qdatetime(row["start_time"])
    return Observation(
        product_id=str(row["product_id"]),
        observation_id=str(row["observation_id"] or row["product_id"]),
        instrument=row["instrument"] or "",
        start_time=time,
        mars_year=int(row["mars_year"] or 0),
        solar_longitude=float(row["solar_longitude"] or 0.0),
        footprint=footprint,
        files=files,
        incidence=row["incidence"],
        emission=row["emission"],
        phase=row["phase"],
        sub_solar_azimuth=row["sub_solar_azimuth"],
        map_scale=row["map_scale"],
        coverage=row["coverage"],
        source=row["source"] or "",
        orbit=None if row["orbit"] is None else int(row["orbit"]),
        linked=tuple(str(row["linked"]).split(_BETWEEN)) if row["linked"] else (),
    )


def _files(urls: dict[str, str], size: int | None) -> tuple[RemoteFile, ...]:
    """The row's files. Its size is the image's, or the raw image's where the image is made on demand: none knows it."""
    from ..archives.ctx import is_stream, name_on_disk

    if urls.get("raw") == urls.get("image"):
        del urls["image"]
    sized = "raw" if is_stream(urls.get("image", "")) or "image" not in urls else "image"
    return tuple(
        RemoteFile(url, name_on_disk(url), role, size if role == sized else None, is_stream(url))
        for role, url in urls.items()
    )


def to_qdatetime(time: datetime) -> QDateTime:
    """An aware time as UTC, to the millisecond."""
    time = time.astimezone(timezone.utc)
    return QDateTime(
        QDate(time.year, time.month, time.day),
        QTime(time.hour, time.minute, time.second, time.microsecond // 1000),
        Qt.TimeSpec.UTC,
    )


def from_qdatetime(value: QDateTime | str) -> datetime:
    """UTC of a column that may have become text on its way through a file. A time without a zone is UTC."""
    from ..planet.time import parse_utc

    if isinstance(value, QDateTime):
        text = value.toString(Qt.DateFormat.ISODateWithMs)
        if value.timeSpec() != Qt.TimeSpec.LocalTime:
            text = value.toUTC().toString(Qt.DateFormat.ISODateWithMs)
    else:
        text = str(value).replace("/", "-")
    return parse_utc(text)


def _value(feature: QgsFeature, name: str) -> Any:
    value = feature[name]
    return None if value == NULL else value
