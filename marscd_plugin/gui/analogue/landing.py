"""The third tab at work: rank the shown search's matches, show the sites, go to one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ...common.errors import InputError, MarscdError
from ...common.rasters import gdal_quiet
from ..jobs import Job
from ..page import DockContext
from ..words import tr
from . import map_layers
from .images import body_of_crs, offered
from .landing_panel import LandingPanel
from .rows import Row
from .stored import Search
from .views import go

_ALGORITHM = "marscd:ranklandingsites"
_MOST = 200
#: Columns of the file that the table leaves out: they are on the map, or long.
_HIDDEN = ("index", "fid", "x", "y", "thumbnail")
#: These come last: the map shows them.
_LAST = ("longitude", "latitude", "area_km2", "size_m")


@dataclass(frozen=True)
class Sites:
    """Landing sites: titles, rows of text, and the box of each in ``crs`` (WKT)."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    boxes: tuple[tuple[float, float, float, float], ...]
    crs: str


class Landing(QObject):
    """Follows the search that is shown in the second tab."""

    def __init__(self, context: DockContext, panel: LandingPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._panel = context, panel
        self._search: Search | None = None
        self._on = ""
        self._sites: Sites | None = None
        self._job: Job | None = None
        self._asked = 0
        panel.rank_wanted.connect(self.rank)
        panel.report_wanted.connect(self._open)
        panel.go_wanted.connect(self.go)
        panel.running.cancel_wanted.connect(lambda: self._job.cancel() if self._job is not None else None)

    def set_search(self, search: Search | None, rows: tuple[Row, ...]) -> None:
        """The matches that would be ranked."""
        self._search, self._on = search, rows[0].on if rows else ""
        self._asked += 1
        self._sites = None
        self._panel.set_sites([], [])
        self._tell()
        if search is not None and _sites_of(search).is_file():
            self._read(search)

    def refresh_images(self) -> None:
        """The project's layers came or went."""
        self._panel.set_images(offered())

    def rank(self) -> None:
        """Rank."""
        search = self._search
        if search is None or self._job is not None:
            return
        given: dict[str, Any] = {
            "MATCHES": str(search.matches),
            "OUTPUT": str(_sites_of(search)),
            "REPORT": str(_report_of(search)),
        }
        dtm = self._panel.dtm.currentLayer()
        if dtm is not None:
            given["DTM"] = dtm.source()
        if self._panel.ticked():
            given["CRISM"] = self._panel.ticked()
        from .. import layers

        # Its file is about to be replaced.
        layers.remove(layers.ours(map_layers.LANDING, search.key))
        try:
            job = self._context.jobs.algorithm(_ALGORITHM, given, tr("Rank landing sites"))
        except LookupError:
            self._context.messages.failure(tr("{algorithm} is not there.").format(algorithm=_ALGORITHM))
            return
        self._job = job
        self._panel.running.begin(tr("Ranking the matches"))
        self._tell()
        job.progressed.connect(lambda fraction: self._panel.running.tell(fraction, ""))
        job.said.connect(lambda text: self._panel.running.tell(self._panel.running.bar.value() / 1000, text))
        job.warned.connect(lambda text: self._context.messages.warn(text))
        job.failed.connect(lambda text: self._context.messages.failure(tr("The sites were not ranked."), text))
        job.succeeded.connect(lambda _: self._read(search))
        job.ended.connect(self._ended)

    def go(self, number: int) -> None:
        """Show a site."""
        if self._sites is None or not 0 <= number < len(self._sites.boxes) or not self._sites.crs:
            return
        crs = QgsCoordinateReferenceSystem.fromWkt(self._sites.crs)
        canvas = self._context.canvas
        if body_of_crs(canvas.mapSettings().destinationCrs()) != body_of_crs(crs):
            self._context.messages.hint(tr("The map does not show Mars: start a Mars project in the step Area."))
            return
        go(canvas, QgsRectangle(*self._sites.boxes[number]), crs, 3.0)

    def release(self) -> None:
        self._asked += 1
        if self._job is not None:
            self._job.cancel()

    def _read(self, search: Search) -> None:
        self._asked += 1
        asked, path = self._asked, _sites_of(search)
        job = self._context.jobs.background(tr("Read the landing sites"), lambda _: read_sites(path))

        def read(sites: Sites) -> None:
            if asked != self._asked:
                return
            self._sites = sites
            self._panel.set_sites(sites.titles, sites.rows)
            try:
                if self._panel.isVisible():
                    map_layers.show_sites(path, search)
            except MarscdError as error:
                self._context.messages.error(error)

        job.succeeded.connect(read)
        job.failed.connect(lambda message: self._context.messages.failure(message))

    def _ended(self) -> None:
        self._job = None
        self._panel.running.end()
        self._tell()

    def _tell(self) -> None:
        if self._search is None:
            text = tr("Search for analogues on Mars first.")
        elif self._on != "Mars":
            text = tr("The matches of this search do not lie on Mars. Search an image of Mars to rank places to land.")
        else:
            text = ""
        self._panel.set_missing(text)

    def _open(self) -> None:
        path = _report_of(self._search) if self._search is not None else None
        if path is None or not path.is_file():
            self._context.messages.hint(tr("The report is not there."))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._context.messages.hint(tr("No program was found that opens it. The file is {path}").format(path=path))


def read_sites(path: Path) -> Sites:
    """The sites by their ranks. For a worker. Raises InputError."""
    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR, allowed_drivers=["FlatGeobuf", "GPKG"])
        except RuntimeError:
            dataset = None
        layer = dataset.GetLayer(0) if dataset is not None else None
        if layer is None:
            raise InputError(tr("{path} cannot be opened.").format(path=path), tr("Rank the matches again."))
        definition = layer.GetLayerDefn()
        names = [definition.GetFieldDefn(n).GetName() for n in range(definition.GetFieldCount())]
        shown = sorted((n for n in names if n not in _HIDDEN), key=lambda n: n in _LAST)
        found: list[tuple[Any, tuple[str, ...], tuple[float, float, float, float]]] = []
        for feature in layer:
            if len(found) >= _MOST:
                break
            shape = feature.GetGeometryRef()
            left, right, bottom, top = shape.GetEnvelope() if shape is not None else (0.0, 0.0, 0.0, 0.0)
            rank = feature.GetField("rank") if "rank" in names else len(found)
            found.append((rank, tuple(_text(feature.GetField(n)) for n in shown), (left, bottom, right, top)))
        reference = layer.GetSpatialRef()
        crs = reference.ExportToWkt(["FORMAT=WKT2_2019"]) if reference is not None else ""
    found.sort(key=lambda f: (f[0] is None, f[0]))
    # A column in which nothing is known only takes room.
    kept = [n for n in range(len(shown)) if any(row[n] for _, row, _ in found)]
    return Sites(
        tuple(shown[n].replace("_", " ") for n in kept),
        tuple(tuple(row[n] for n in kept) for _, row, _ in found),
        tuple(box for _, _, box in found),
        crs,
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.5g}" if isinstance(value, float) else str(value)


def _sites_of(search: Search) -> Path:
    return search.folder / "landing.fgb"


def _report_of(search: Search) -> Path:
    return search.folder / "landing.html"
