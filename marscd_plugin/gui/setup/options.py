"""MarsCD's page in QGIS's own options dialog."""

from __future__ import annotations

import os
from typing import Any

from qgis.core import QgsApplication
from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFormLayout, QFrame, QGroupBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from ...common import packages
from ...common.settings import variables
from ...processing.stored import store, stored_value
from ..words import tr
from . import PAGE
from .fields import AddressRow, DeviceRow, FlagRow, FolderRow, NumberRow, SettingRow, names_of
from .hardware import device_notes


def _texts() -> dict[str, tuple[str, str]]:
    """Field -> (label, tool tip)."""
    return {
        "work_dir": (tr("&New jobs in"), tr("New jobs get a folder here: fetched images, series and changes. Large.")),
        "cache_dir": (
            tr("&Cache in"),
            tr("The list of what is being fetched, and map tiles. Keep it on a disk of this computer."),
        ),
        "device": (
            tr("Run &models on"),
            tr("Where the networks that find changes run. The best there is: a graphics card if it can be used."),
        ),
        "concurrency": (
            tr("Files fetched at the &same time"),
            tr("Archives are shared by everybody: three are polite, and more seldom are faster."),
        ),
        "ode_url": (tr("Search (&ODE)"), tr("The Orbital Data Explorer, which knows what was seen where and when")),
        "hirise_url": (tr("&HiRISE images"), tr("The archive of the HiRISE camera: 25 to 50 cm a pixel")),
        "ctx_url": (tr("C&TX images"), tr("The archive of the Context Camera: 6 m a pixel")),
        "ctx_stream_url": (tr("CTX &maps"), tr("Arizona State University's map-projected Context Camera images")),
        "crism_url": (tr("C&RISM spectra"), tr("The archive of the CRISM imaging spectrometer")),
        "stac_url": (tr("STA&C catalogue"), tr("The U.S. Geological Survey's catalogue of planetary images (STAC)")),
        "basemap_url": (tr("&Basemap"), tr("NASA Trek's map tiles of Mars")),
        "allow_loopback": (
            tr("Archives may be on this &computer"),
            tr("For a copy of the archives on your own computer or network (docs/sandbox.md); otherwise leave it off."),
        ),
        "allowed_hosts": (
            tr("A&lso allowed hosts"),
            tr("Archives beyond those above that files may come from: names such as archive.example.org, with commas"),
        ),
        "bandwidth": (
            tr("At most, M&B a second"),
            tr("Fetches no faster than this, so that the network stays usable for others; 0 is no limit"),
        ),
    }


class OptionsPage(QgsOptionsPageWidget):
    """Made each time the dialog opens; ``apply`` stores what is sound and nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(PAGE)
        self.rows: dict[str, SettingRow] = {}
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        for title, names in (
            (tr("Folders"), ["work_dir", "cache_dir"]),
            (tr("Work"), ["device", "concurrency", "bandwidth"]),
            (tr("Archives"), [*names_of("_url"), "allowed_hosts", "allow_loopback"]),
        ):
            column.addWidget(self._group(title, names, inside))
        column.addWidget(self._packages(inside))
        column.addWidget(self._proxy(inside))
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def helpKey(self) -> str:  # noqa: N802 - QGIS's name
        return ""

    def isValid(self) -> bool:  # noqa: N802 - QGIS's name
        """False keeps QGIS's dialog open, at this page; the reason stands beside the field."""
        return not any(row.problem() for row in self.rows.values())

    def apply(self) -> None:
        """Store each sound value; one that is not sound leaves what was stored."""
        for name, row in self.rows.items():
            if not row.given and not row.problem() and row.value() != stored_value(name):
                store(name, row.value())

    def _group(self, title: str, names: list[str], parent: QWidget) -> QGroupBox:
        box = QGroupBox(title, parent)
        form = QFormLayout(box)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name in names:
            row = self._row(name, box)
            self.rows[name] = row
            form.addRow(row.label, row.box)
            form.addRow("", row.note)
        return box

    def _row(self, name: str, parent: QWidget) -> SettingRow:
        text, tip = _texts()[name]
        variable = variables()[name]
        arguments: tuple[Any, ...] = (
            name,
            text,
            tr("{tip}. Variable: {variable}").format(tip=tip.rstrip("."), variable=variable),
            stored_value(name),
            os.environ.get(variable, "").strip(),
            parent,
        )
        if name == "device":
            return DeviceRow(*arguments, notes=device_notes())
        kind = {"concurrency": NumberRow, "allow_loopback": FlagRow}.get(
            name, FolderRow if name.endswith("_dir") else AddressRow
        )
        return kind(*arguments)

    def _packages(self, parent: QWidget) -> QGroupBox:
        box = QGroupBox(tr("Python packages"), parent)
        folder = packages.folder_in(QgsApplication.qgisSettingsDirPath())
        lines = []
        for package in packages.NEEDED:
            found = packages.find(package)
            lines.append(found.reason or f"{package.distribution} {found.version} ({found.where})")
        if packages.lacking():
            lines.append(tr("The MarsCD panel has a button that installs what is missing."))
        if folder.is_dir():
            lines.append(tr("MarsCD's own packages: {folder}").format(folder=folder))
        column = QVBoxLayout(box)
        label = QLabel("\n".join(lines), box)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column.addWidget(label)
        return box

    def _proxy(self, parent: QWidget) -> QLabel:
        label = QLabel(tr("The proxy is QGIS's own: see Network in this dialog."), parent)
        label.setWordWrap(True)
        return label
