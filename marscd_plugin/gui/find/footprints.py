"""The one footprint layer: coloured by season or Mars Year, the chosen stand out, its selection in step."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
    QgsVectorLayerSelectionProperties,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer

from ...common.words import Area, Observation
from ...planet import crs, geometry
from .. import layers
from ..words import tr
from . import names
from .colours import quarter_colour, year_colour
from .selection import Selection

ROLE = "footprints"
GROUP = "MarsCD"
#: Mars Years that get a line of their own in the legend.
_MOST_YEARS = 40


class Footprints(QObject):
    """Makes the layer, dresses it, and carries selections to and fro."""

    def __init__(self, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._layer: QgsVectorLayer | None = None
        self._ids: dict[str, int] = {}
        self._products: dict[int, str] = {}
        self._following = False
        self._by_year = False
        self._years: tuple[int, ...] = ()
        self._chosen: frozenset[str] = frozenset()
        # Several changes in a row (a job reopened, all ticked) dress the layer once.
        self._dress_soon = QTimer(self)
        self._dress_soon.setSingleShot(True)
        self._dress_soon.setInterval(60)
        self._dress_soon.timeout.connect(self._dress)
        selection.changed.connect(self._follow)

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The layer, or None where there is none (any more)."""
        if self._layer is not None and sip.isdeleted(self._layer):
            self._layer = None
        return self._layer

    def show(self, path: Path, feature_ids: dict[str, int], observations: Sequence[Observation]) -> None:
        """Put the file into the project in place of the last one."""
        self.take_away()
        self._ids = dict(feature_ids)
        self._products = {number: product for product, number in feature_ids.items()}
        self._years = tuple(sorted({o.mars_year for o in observations}))
        if not observations:
            return
        options = QgsVectorLayer.LayerOptions()
        options.loadDefaultStyle = False
        layer = QgsVectorLayer(os.fspath(path), tr("Footprints"), "ogr", options)
        if not layer.isValid():
            return
        if crs.body_of(layer.crs().toWkt()) != "Mars":
            layer.setCrs(QgsCoordinateReferenceSystem.fromWkt(crs.geographic_wkt()))
        layer.setReadOnly(True)
        layer.setDisplayExpression('"product_id"')
        _mark_selected(layer)
        self._layer = layer
        self._dress()
        layer.selectionChanged.connect(self._taken)
        layers.add(layer, layers.group(GROUP), ROLE)
        self._follow(None)

    def take_away(self) -> None:
        """Take our footprint layers out of the project, so that their file may be replaced."""
        self._listen_no_more()
        layers.remove(layers.ours(ROLE))
        self._layer = None

    def set_by_year(self, by_year: bool) -> None:
        """Colour by Mars Year instead of by season."""
        self._by_year = by_year
        self._dress()

    def set_chosen(self, chosen: Collection[str]) -> None:
        """These stand out."""
        self._chosen = frozenset(chosen)
        self._dress_soon.start()

    def release(self) -> None:
        """Listen no more; the layer stays in the user's project."""
        self._dress_soon.stop()
        self._listen_no_more()
        self._layer = None

    def _listen_no_more(self) -> None:
        layer = self.layer
        if layer is not None:
            layer.selectionChanged.disconnect(self._taken)

    # -- dress ----------------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        self._dress_soon.stop()
        layer = self.layer
        if layer is None:
            return
        root = QgsRuleBasedRenderer.Rule(None)
        for label, colour, expression in self._classes():
            symbol = _outline(colour.name(), "0.35")
            root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, expression, label))
        if self._chosen:
            symbol = _outline("#a000c8", "0.9")
            rule = QgsRuleBasedRenderer.Rule(symbol, 0, 0, _is_one_of(self._chosen), tr("Chosen"))
            root.appendChild(rule)
        layer.setRenderer(QgsRuleBasedRenderer(root))
        layer.triggerRepaint()
        layer.emitStyleChanged()

    def _classes(self):
        """(label, colour, expression) of each class."""
        if self._by_year:
            for year in self._years[:_MOST_YEARS]:
                yield tr("Mars Year {year}").format(year=year), year_colour(year), f'"mars_year" = {year}'
            if self._years[_MOST_YEARS:]:
                later = self._years[_MOST_YEARS]
                yield tr("Mars Year {year} on").format(year=later), year_colour(later), f'"mars_year" >= {later}'
            return
        for index, edge in enumerate(names.QUARTERS):
            label = f"{names.northern(index)} / {names.southern(index)}"
            # An Ls of exactly 360 is the next year's 0.
            expression = f'("solar_longitude" % 360) >= {edge} AND ("solar_longitude" % 360) < {edge + 90}'
            yield label, quarter_colour(index), expression

    # -- in step --------------------------------------------------------------------------------------------------

    def _taken(self, *_: object) -> None:
        """The user selected footprints on the map."""
        layer = self.layer
        if self._following or layer is None:
            return
        products = self._products
        self._selection.set((products[i] for i in layer.selectedFeatureIds() if i in products), self)

    def _follow(self, origin: object) -> None:
        layer = self.layer
        if origin is self or layer is None:
            return
        ids = self._ids
        wanted = [ids[product] for product in self._selection.ids if product in ids]
        self._following = True
        try:
            layer.selectByIds(wanted)
        finally:
            self._following = False


def show_footprint(canvas: Any, footprint: Area) -> bool:
    """Bring a footprint into view, also one across 180 degrees; False where the map is not of Mars."""
    from ..mars.view import show_place

    if crs.body_of(canvas.mapSettings().destinationCrs().toWkt()) != "Mars":
        return False
    west, south, east, north = geometry.bounds(footprint)
    longitude, latitude = geometry.centre(footprint)
    show_place(canvas, longitude, latitude, 0.75 * max(north - south, min((east - west) % 360.0, 180.0), 1e-3))
    return True


def _mark_selected(layer: QgsVectorLayer) -> None:
    """Selected footprints get a frame: QGIS's opaque yellow hides all that lies below."""
    properties = layer.selectionProperties()
    if isinstance(properties, QgsVectorLayerSelectionProperties):
        properties.setSelectionRenderingMode(Qgis.SelectionRenderingMode.CustomSymbol)
        properties.setSelectionSymbol(_outline("#ffd400", "1.1"))


def _outline(colour: str, width: str) -> QgsFillSymbol:
    return QgsFillSymbol.createSimple(
        {
            "style": "no",
            "outline_color": colour,
            "outline_width": width,
            "outline_width_unit": "MM",
            "joinstyle": "miter",
        }
    )


def _is_one_of(products: Collection[str]) -> str:
    """An expression that is quick with thousands of names: the map is made once, each row looks itself up in it."""
    text = json.dumps(dict.fromkeys(sorted(products), 1), separators=(",", ":")).replace("'", "''")
    return f"map_exist(json_to_map('{text}'), \"product_id\")"
