"""The border for analogues' inputs: images of any body, areas on the body of the image that they lie over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..__about__ import resource
from ..common.errors import InputError
from ..common.progress import Progress
from ..common.words import DEVICES, Area
from .base import MarscdAlgorithm
from .inputs import box_of, is_bodiless, polygons_of, to_degrees
from .words import tr

#: Fields of a polygon layer that name its targets or regions, where the user chose none.
NAME_FIELDS = ("name", "target", "region", "id")


class ImageAlgorithm(MarscdAlgorithm):
    """An algorithm whose ``IMAGES`` (names of parameters) may be what QGIS cannot make a layer of.

    QGIS refuses addresses, tile templates, descriptions and labels before we see them, and says of a missing file only
    that the value is incorrect. Whether an image can be opened, our own opening says.
    """

    IMAGES: tuple[str, ...] = ()

    def checkParameterValues(self, parameters: dict[str, Any], context) -> tuple[bool, str]:
        checked = dict(parameters)
        for name in self.IMAGES:
            if (value := checked.get(name)) and isinstance(value, (str, list, tuple)):
                checked[name] = _loadable() if isinstance(value, str) and name not in self._lists() else [_loadable()]
        return super().checkParameterValues(checked, context)

    def _lists(self) -> set[str]:
        return {d.name() for d in self.parameterDefinitions() if d.type() == "multilayer"}


def _loadable() -> str:
    """A raster that is always there."""
    return str(resource("basemaps", "mars_viking_mdim21_2160.tif"))


def embedding_parameters() -> list[Any]:
    """MODEL and DEVICE of what compares chips."""
    from ..inference.models import default_embedding

    return [
        QgsProcessingParameterString(
            "MODEL", tr("Model that compares (a bundled name, or an .onnx file)"), defaultValue=default_embedding()
        ),
        QgsProcessingParameterEnum(
            "DEVICE", tr("Run on"), options=list(DEVICES), defaultValue="AUTO", usesStaticStrings=True
        ),
    ]


def number_parameter(
    name: str, label: str, least: float, default: float | None = None, whole: bool = False, most: float | None = None
) -> QgsProcessingParameterNumber:
    """A number; optional where it has no default."""
    kind = QgsProcessingParameterNumber.Type
    limits = {} if most is None else {"maxValue": most}
    return QgsProcessingParameterNumber(
        name, label, kind.Integer if whole else kind.Double, default, optional=default is None, minValue=least, **limits
    )


def image_source(algorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
    """What ``analogue.open_image`` takes for a raster parameter: a layer's source, a path, an address. "" if empty.

    Tile layers (XYZ) of QGIS are taken as they are. Raises InputError for layers of other providers.
    """
    value = parameters.get(name)
    if value in (None, ""):
        return ""
    text = value if isinstance(value, str) else ""
    # QGIS would try, slowly, to make a layer of an address or a description.
    if text.startswith(("<", "http://", "https://", "/vsi")) or "{z}" in text:
        return text
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    if layer is None or not layer.isValid():
        return text or str(value)
    return _of_layer(layer, name)


def image_sources(algorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> list[str]:
    """The same for a list of rasters."""
    value = parameters.get(name)
    if value in (None, ""):
        return []
    # A description (XML) holds semicolons of its own.
    text = str(value)
    items = value if isinstance(value, (list, tuple)) else [text] if text.startswith("<") else text.split(";")
    found = []
    for item in items:
        layer = item if hasattr(item, "source") else context.getMapLayer(str(item))
        found.append(_of_layer(layer, name) if layer is not None else str(item))
    return [s for s in found if s]


def _of_layer(layer, name: str) -> str:
    if layer.providerType() == "gdal" or (layer.providerType() == "wms" and "type=xyz" in layer.source()):
        return str(layer.source())
    raise InputError(
        tr("{name} is a {kind} layer.").format(name=name, kind=layer.providerType()),
        tr("Save it as a GeoTIFF first, or give a GDAL WMS description of it."),
    )


def body_of_image(path: str, pixel_size: float | None = None) -> str:
    """The body an image lies on, "" where it has no CRS. Raises InputError where it cannot be opened."""
    from ..analogue.images import open_image

    return open_image(path, pixel_size).body


def named_areas(
    algorithm, parameters: dict[str, Any], name: str, context, progress: Progress, body: str, field: str = ""
) -> list[tuple[str, Area]]:
    """(name, area) of each feature of a polygon layer over an image of ``body``; features of one name become one.

    Raises InputError: no polygon, a body other than the image's, a field that is not there.
    """
    from ..planet import geometry

    shapes: dict[str, list[Any]] = {}
    for called, _, area in feature_areas(algorithm, parameters, name, context, progress, body, field):
        shapes.setdefault(called, []).extend(area.polygons)
    return [(called, geometry.area_from_polygons(rings, body)) for called, rings in shapes.items()]


def feature_areas(
    algorithm,
    parameters: dict[str, Any],
    name: str,
    context,
    progress: Progress,
    body: str,
    field: str = "",
    group_field: str = "",
) -> list[tuple[str, str, Area]]:
    """(name, value of ``group_field`` or "", area) of each feature. Raises InputError as ``named_areas``."""
    from ..planet import geometry

    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        raise InputError(
            tr("{name} {layer} cannot be opened as a polygon layer.").format(name=name, layer=parameters[name]),
            tr("Check the path."),
        )
    column = _name_column(source, name, field)
    group = _name_column(source, name, group_field) if group_field else ""
    wkt = crs_over(source.sourceCrs(), name, progress, body, is_bodiless(source, parameters[name], context))
    found = []
    for number, feature in enumerate(source.getFeatures(), 1):
        rings = list(polygons_of(feature.geometry(), wkt, body))
        if rings:
            called = _text(feature, column) or tr("area {number}").format(number=number)
            found.append((called, _text(feature, group), geometry.area_from_polygons(rings, body)))
    if not found:
        raise InputError(
            tr("{name} {layer} holds no polygon.").format(name=name, layer=source.sourceName()),
            tr("Draw or select at least one."),
        )
    return found


def _text(feature, column: str) -> str:
    value = feature[column] if column else NULL
    return "" if value in (None, NULL) else str(value).strip()


def _name_column(source, name: str, field: str) -> str:
    fields = source.fields()
    if field:
        if fields.lookupField(field) < 0:
            raise InputError(
                tr("{name} has no field {field}.").format(name=name, field=field),
                tr("Choose one of: {fields}.").format(fields=", ".join(f.name() for f in fields) or "-"),
            )
        return field
    return next((f.name() for wanted in NAME_FIELDS for f in fields if f.name().lower() == wanted), "")


def area_over(algorithm, parameters: dict[str, Any], context, progress: Progress, body: str) -> Area | None:
    """The Area on ``body`` that AREA or EXTENT gives, None where both are empty.

    What cannot name a body is read as degrees of ``body``, with a warning. Raises InputError: both given, no polygon,
    another body, an image without a CRS ("").
    """
    from ..planet import crs, geometry

    given = [name for name in ("AREA", "EXTENT") if parameters.get(name) not in (None, "")]
    if len(given) == 2:
        raise InputError(tr("Both AREA and EXTENT are given."), tr("Give exactly one of them."))
    if not given:
        return None
    if not body:
        raise InputError(
            tr("SEARCH has no CRS: {name} has no place on it.").format(name=given[0]),
            tr("Assign a CRS to SEARCH, or leave {name} out to look everywhere.").format(name=given[0]),
        )
    if given == ["AREA"]:
        areas = named_areas(algorithm, parameters, "AREA", context, progress, body)
        return geometry.area_from_polygons([p for _, a in areas for p in a.polygons], body)
    west, east, south, north, named = box_of(algorithm, parameters, "EXTENT", context)
    wkt = crs_over(named, "EXTENT", progress, body, not named.isValid())
    if crs.spatial_reference(wkt).IsGeographic():
        if west > east:
            raise InputError(
                tr("EXTENT {value} runs from east to west.").format(value=parameters["EXTENT"]),
                tr("Across 180 degrees write it as 170,190,..."),
            )
        return geometry.area_from_extent(west, south, east, north, body)
    if west >= east or south >= north:
        raise InputError(
            tr("EXTENT {value} is empty.").format(value=parameters["EXTENT"]),
            tr("Write west,east,south,north with west < east and south < north."),
        )
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return geometry.area_from_polygons([[to_degrees(corners, wkt, body)]], body)


def crs_over(reference: QgsCoordinateReferenceSystem, what: str, progress: Progress, body: str, bodiless: bool) -> str:
    """WKT of a CRS that lies on ``body``; degrees of ``body``, with a warning, where nothing could name one."""
    from ..planet import crs

    found = crs.body_of(reference.toWkt()) if reference.isValid() else None
    if found == body:
        return str(reference.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019))
    if bodiless:
        progress.warn(
            tr("{what} does not say which body it lies on: read as longitude and latitude on {body}.").format(
                what=what, body=body
            )
        )
        return crs.geographic_wkt(body)
    raise InputError(
        tr("{what} lies on {found}, its image on {body}.").format(
            what=what, found=found or tr("no known body"), body=body or tr("no body")
        ),
        tr("Give both in a CRS of one body."),
    )


def file_output(algorithm, parameters: dict[str, Any], name: str, context) -> Path | None:
    """A file destination's path, None where it is skipped."""
    return Path(algorithm.parameterAsFileOutput(parameters, name, context)) if parameters.get(name) else None


def numbers_in(text: str, name: str) -> tuple[int, ...]:
    """Whole numbers separated by commas or spaces ("3, 17"). Raises InputError."""
    found = []
    for part in text.replace(";", ",").replace(",", " ").split():
        if not part.isdecimal():
            raise InputError(
                tr("{name} holds {text}, which is no number.").format(name=name, text=repr(part[:40])),
                tr("Give numbers of the matches' field index, separated by commas: 3,17."),
            )
        found.append(int(part))
    return tuple(dict.fromkeys(found))


POLYGONS = [QgsProcessing.SourceType.TypeVectorPolygon]
VECTORS: Sequence[Any] = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
