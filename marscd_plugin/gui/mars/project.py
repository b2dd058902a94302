"""The project on Mars: which CRS the map has, and an ellipsoid with which QGIS measures right or not at all.

Facts measured in QGIS 3.40 (tests/gui/test_gui_mars_measuring.py keeps watch over them):
 - In the sphere's degrees (IAU_2015:49900) with ``PARAMETER:3396190:3396190`` the measuring tool is right everywhere.
   That is why the whole-planet map is in degrees.
 - In any projected CRS of Mars QGIS treats metres as degrees with that ellipsoid; planar metres (``NONE``) are wrong
   away from the line of true scale. With radii that are no numbers it answers "nan": nothing wrong is shown.
 - QGIS's own choice, the ellipsoid IAU_2015:49900, answers "nan" too (it divides by an inverse flattening of 0), but
   wants a transform that PROJ refuses and shows a red bar for it. Ellipsoids given by radii want none.
"""

from __future__ import annotations

import math
from enum import Enum
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from ...planet.bodies import MARS
from ...planet.crs import body_of, local_wkt
from ..words import tr
from . import view

#: With it QGIS measures right in degrees of the sphere.
RIGHT = f"PARAMETER:{MARS.radius:.0f}:{MARS.radius:.0f}"
#: With it QGIS shows "nan" instead of a number, in all CRSs of Mars.
SILENT = "PARAMETER:nan:nan"


class MapKind(Enum):
    """What the map shows undistorted."""

    GLOBE = "IAU_2015:49900"
    NORTH = "IAU_2015:49930"
    SOUTH = "IAU_2015:49935"
    #: Metres, true to scale around one place.
    LOCAL = ""


def crs_of(kind: MapKind, lon: float = 0.0, lat: float = 0.0) -> QgsCoordinateReferenceSystem:
    """The CRS of a kind of map; ``lon``, ``lat`` (degrees) is the place of a LOCAL one."""
    if kind is MapKind.LOCAL:
        return QgsCoordinateReferenceSystem.fromWkt(local_wkt(lon, lat))
    return QgsCoordinateReferenceSystem(kind.value)


def kind_of(crs: QgsCoordinateReferenceSystem) -> MapKind | None:
    """The kind of map a CRS makes; None where it does not lie on Mars."""
    if not is_mars(crs):
        return None
    if crs.isGeographic():
        return MapKind.GLOBE
    return next((k for k in (MapKind.NORTH, MapKind.SOUTH) if crs.authid() == k.value), MapKind.LOCAL)


def is_mars(crs: QgsCoordinateReferenceSystem) -> bool:
    """Whether a CRS lies on Mars."""
    return crs.isValid() and body_of(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019)) == "Mars"


def ellipsoid_for(crs: QgsCoordinateReferenceSystem) -> str:
    """The project ellipsoid with which QGIS measures right in this CRS of Mars, or shows no number."""
    return RIGHT if crs.isGeographic() else SILENT


def place_of_local(iface: Any, wanted: tuple[float, float] | None = None) -> tuple[float, float]:
    """Where (longitude, latitude) a LOCAL map is true to scale: at ``wanted`` if in view, else in the view's middle."""
    seen = view.seen(iface.mapCanvas()) if is_mars(QgsProject.instance().crs()) else None
    if seen is None:
        return wanted or (0.0, 0.0)
    return wanted if wanted is not None and view.angle(*wanted, *seen[:2]) <= seen[2] else seen[:2]


def set_map(iface: Any, kind: MapKind, place: tuple[float, float] | None = None) -> None:
    """Show the project in another kind of map, at the same place; a polar map shows its whole cap if that is not in it.

    LOCAL has its true scale at ``place`` (see ``place_of_local``).
    """
    canvas, project = iface.mapCanvas(), QgsProject.instance()
    seen = view.seen(canvas) if is_mars(project.crs()) else None
    crs = crs_of(kind, *(place or place_of_local(iface)))
    _apply(project, crs)
    canvas.setDestinationCrs(crs)
    if kind is MapKind.GLOBE and (seen is None or seen[2] > 25):
        view.show_globe(canvas)
    elif kind in (MapKind.NORTH, MapKind.SOUTH):
        pole = 90.0 if kind is MapKind.NORTH else -90.0
        near = seen is not None and seen[1] * pole > 0 and abs(seen[1]) > 60 and seen[2] < 30
        view.show_place(canvas, *(seen if near and seen else (0.0, pole, 30.0)))
    elif seen is not None:
        view.show_place(canvas, seen[0], seen[1], min(seen[2], 60.0))
    else:
        view.show_place(canvas, *(place or (0.0, 0.0)), 30.0)


def start_mars_project(iface: Any, choose: Any = None) -> bool:
    """Make QGIS's project one on Mars; False where the user thought better of it.

    A project with layers or unsaved changes is not touched before ``choose(parent)`` answered ``"convert"``,
    ``"new"`` or ``""``; by default the user is asked. The basemap is ``basemap.Basemap``'s.
    """
    project = QgsProject.instance()
    if not is_mars(project.crs()) and (project.mapLayers() or project.isDirty()):
        answer = (choose or _ask)(iface.mainWindow())
        if answer not in ("convert", "new"):
            return False
        # QGIS itself offers to save what is unsaved, and may be told to stop.
        if answer == "new" and not iface.newProject(True):
            return False
    if kind_of(QgsProject.instance().crs()) is None:
        set_map(iface, MapKind.GLOBE)
    else:
        _apply(QgsProject.instance(), QgsProject.instance().crs())
    return True


class RightMeasures(QObject):
    """Keeps the ellipsoid in step with the project's CRS, however that was changed; ``release`` ends it."""

    #: QGIS had set an ellipsoid that does not measure on Mars; it is gone again.
    corrected = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._keep)
        # QGIS sets its own choice of ellipsoid right after the signal.
        QgsProject.instance().crsChanged.connect(self._soon.start)

    def release(self) -> None:
        QgsProject.instance().crsChanged.disconnect(self._soon.start)
        self._soon.stop()

    def _keep(self) -> None:
        project = QgsProject.instance()
        crs = project.crs()
        if is_mars(crs) and project.ellipsoid() != ellipsoid_for(crs):
            project.setEllipsoid(ellipsoid_for(crs))
            self.corrected.emit()


def _apply(project: QgsProject, crs: QgsCoordinateReferenceSystem) -> None:
    # The ellipsoid first: one of Earth and a CRS of Mars would be met with a red bar.
    project.setEllipsoid(ellipsoid_for(crs))
    if project.crs() != crs:
        project.setCrs(crs, False)
    project.setEllipsoid(ellipsoid_for(crs))


def _ask(parent: QWidget) -> str:
    """What to do with a project that is in use."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Start a Mars project"))
    box.setText(tr("The open project is not on Mars."))
    box.setInformativeText(
        tr(
            "A new project leaves it as it is (QGIS asks first whether to save it). Converting keeps its layers, but "
            "those on Earth cannot be shown on a map of Mars."
        )
    )
    new = box.addButton(tr("&New project"), QMessageBox.ButtonRole.AcceptRole)
    convert = box.addButton(tr("&Convert this project"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(new)
    box.exec()
    return {new: "new", convert: "convert"}.get(box.clickedButton(), "")


def polar_kind(lat: float) -> MapKind | None:
    """The polar map for a latitude (degrees) where the whole-planet map is stretched more than three times."""
    if not math.isfinite(lat) or abs(lat) < 70:
        return None
    return MapKind.NORTH if lat > 0 else MapKind.SOUTH
