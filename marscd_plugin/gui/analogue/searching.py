"""The first tab at work: what is missing, what is proposed, how many places, and the run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...common.errors import InputError, MarscdError
from ..page import DockContext
from ..words import tr
from .adding import ImageAdder
from .how_box import look
from .images import Image, body_word, offered
from .marking import Marking
from .part import Part, extent_of
from .proposal import places, places_words, propose, warning
from .running_search import SearchRunner, Wanted
from .search_panel import SearchPanel
from .stored import Search
from .targets import Marked, edge_of, read_targets
from .views import Outlines, Views
from .where_box import BOX


class Searching(QObject):
    """Follows the project's layers and what the user chooses."""

    #: A search is there.
    found = pyqtSignal(object)

    def __init__(
        self, context: DockContext, panel: SearchPanel, views: Views, outlines: Outlines, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self.panel, self._views, self._outlines = context, panel, views, outlines
        self.marking = Marking(context, panel.target, views, outlines, self)
        self.runner = SearchRunner(context, self)
        self._adder = ImageAdder(context, self)
        self._adding: Any = None
        self.part = Part(context, panel.where, views, outlines, self)
        self._asked = 0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._tell)
        # While the map is being moved nothing is counted.
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(250)
        self._moving.timeout.connect(self._tell)
        views.moved.connect(self._moving.start)
        where, how = panel.where, panel.how
        for picker in (panel.target.picker, where.picker):
            picker.add_wanted.connect(lambda source, picker=picker: self._add(picker, source))
        self._adder.added.connect(self._added)
        self._adder.ended.connect(self._add_ended)
        self.marking.changed.connect(self._settle.start)
        where.changed.connect(self._settle.start)
        where.draw_wanted.connect(lambda on: self.marking.stop() if on else None)
        self.part.changed.connect(self._settle.start)
        where.show_wanted.connect(self.show_searched)
        how.changed.connect(self._settle.start)
        how.model_wanted.connect(self.look)
        panel.find_wanted.connect(self.find)
        panel.running.cancel_wanted.connect(self.runner.cancel)
        self.runner.progressed.connect(panel.running.tell)
        self.runner.finished.connect(self.found)
        self.runner.failed.connect(lambda message: context.messages.failure(tr("Nothing was searched."), message))
        self.runner.warned.connect(lambda text: context.messages.warn(text))
        self.runner.ended.connect(self._ended)
        self.refresh_images()

    @property
    def searched(self) -> Image | None:
        """The image to search."""
        return self.panel.where.picker.image

    def refresh_images(self) -> None:
        """The project's layers came or went."""
        images = offered()
        target, where = self.panel.target.picker, self.panel.where.picker
        target.set_images(images)
        # At first another image than the target's, if there is one.
        first = target.image
        other = next((i.layer_id for i in images if first is not None and i.layer_id != first.layer_id), "")
        where.set_images(images, other)

    def look(self, name: str = "") -> None:
        """Read the models' cards in the background."""
        self._asked += 1
        asked = self._asked
        job = self._context.jobs.background(tr("Look for models"), lambda progress: look(name, progress))

        def looked(known: Any) -> None:
            if asked == self._asked:
                self.panel.how.set_known(known)

        job.succeeded.connect(looked)
        job.failed.connect(lambda message: self._context.messages.failure(message))

    def show_searched(self) -> None:
        """The image to search, on its map, whole."""
        image = self.searched
        if image is None:
            return
        if self._views.on_map(image):
            layer = image.layer
            node = QgsProject.instance().layerTreeRoot().findLayer(image.layer_id)
            if node is not None:
                node.setItemVisibilityCheckedParentRecursive(True)
            if layer is not None:
                from .views import go

                go(self._context.canvas, layer.extent(), layer.crs(), 1.05)
        else:
            self._views.canvas(image)
        self.part.outline()

    def find(self) -> None:
        """Search."""
        if self._missing() or self.runner.busy:
            return
        try:
            wanted = self.wanted()
            folder = self._context.state.need_folder()
        except MarscdError as error:
            self._context.messages.error(error)
            return
        self.stop_drawing()
        self.panel.running.begin(tr("Searching {image}").format(image=wanted.search_image.label))
        self._tell()
        self.runner.start(wanted, folder)

    def wanted(self) -> Wanted:
        """What would be searched for. Raises InputError."""
        target, image, how = self.marking.image, self.searched, self.panel.how
        assert target is not None and image is not None
        return Wanted(
            target_image=target,
            targets=() if self.marking.whole else self.marking.targets,
            search_image=image,
            area=self.part.area(image),
            model=how.name,
            device=how.device.currentData(),
            chip_size=how.size.value(),
            step=how.step.value(),
        )

    def restore(self, search: Search, targets: tuple[Marked, ...]) -> None:
        """Fill the tab as that search was asked for, where nothing was chosen yet."""
        if self.marking.targets or self.runner.busy:
            return
        asked = search.asked
        self.panel.target.picker.choose(str(asked.get("target_source") or ""))
        self.panel.where.picker.choose(str(asked.get("search_source") or ""))
        self.panel.target.whole.setChecked(bool(asked.get("whole")))
        self.marking.set_targets(targets)
        size, step = asked.get("chip_size"), asked.get("step")
        if isinstance(size, (int, float)) and isinstance(step, (int, float)):
            self.panel.how.set_numbers(float(size), float(step))
        self._settle.start()

    def stop_drawing(self) -> None:
        """Put both tools away."""
        self.marking.stop()
        self.part.stop()

    def outline(self) -> None:
        """What is marked, on the maps."""
        self.marking.outline()
        self.part.outline()

    def release(self) -> None:
        self._settle.stop()
        self._moving.stop()
        self._asked += 1
        self.stop_drawing()
        self.marking.release()
        self.runner.cancel()

    # Images

    def _add(self, picker: Any, source: str) -> None:
        self._adding = picker
        picker.set_busy(True)
        self._adder.add(source)

    def _added(self, layer_id: str) -> None:
        self.refresh_images()
        if self._adding is not None:
            self._adding.choose(layer_id)

    def _add_ended(self) -> None:
        picker, self._adding = self._adding, None
        if picker is not None:
            picker.set_busy(False)

    # Telling

    def _tell(self) -> None:
        target, image, how = self.marking.image, self.searched, self.panel.how
        scaled = bool(target and image and target.pixel_size and image.pixel_size)
        if how.card is not None and target is not None and image is not None:
            edges = [] if self.marking.whole else [edge_of(t.area) for t in self.marking.targets]
            how.set_proposal(propose(how.card, target.pixel_size, image.pixel_size, min(edges, default=None)), scaled)
        else:
            how.set_proposal(None, scaled)
        how.say(self._said(target, image, scaled))
        self.panel.where.say(self._where_words(image))
        self.panel.set_missing(self._missing())
        if self.panel.isVisible():
            self.part.outline()

    def _said(self, target: Image | None, image: Image | None, scaled: bool) -> list[str]:
        how = self.panel.how
        if how.card is None or target is None or image is None:
            return []
        said = []
        if not how.reset.isEnabled() and how._proposal is not None:
            said.append(how._proposal.why)
        coarse = max(target.pixel_size or 0.0, image.pixel_size or 0.0) if scaled else None
        warned = warning(how.card, how.size.value(), coarse)
        if warned:
            said.append("⚠ " + warned)
        said.append(places_words(self._places(image), how.size.value()))
        return said

    def _places(self, image: Image) -> int:
        size, step = self.panel.how.size.value(), self.panel.how.step.value()
        try:
            area = self.part.area(image)
        except InputError:
            area = None
        if area is not None:
            wide, high = extent_of(area)
            if image.pixel_size:
                # No more than there is of the image.
                wide, high = (min(a, n * image.pixel_size) for a, n in zip((wide, high), image.size, strict=True))
        else:
            wide, high = (n * (image.pixel_size or 1.0) for n in image.size)
        return places(wide, high, size, step)

    def _where_words(self, image: Image | None) -> str:
        if self.part.drawing or image is None:
            return self.panel.where.words.text() if self.part.drawing else ""
        said = []
        if self.panel.where.kind == BOX and self.part.box is None:
            said.append(tr("Press Draw, and draw the box on the image's map."))
        if image.body and not self._views.on_map(image):
            said.append(
                tr("The map does not show {body}: this image and its matches get a view of their own.").format(
                    body=body_word(image.body)
                )
            )
        return " ".join(said)

    def _missing(self) -> str:
        """The next thing to do before anything can be searched; "" where nothing is missing."""
        target, image, how = self.marking.image, self.searched, self.panel.how
        if target is None:
            return tr("First add an image that shows what you look for.")
        if not self.marking.whole and not self.marking.targets:
            return tr("Next: mark a target on the map (step 1).")
        if image is None:
            return tr("Next: add an image to search (step 2).")
        try:
            self.part.area(image)
        except InputError as error:
            return str(error)
        wrong = next((t for t in self.marking.targets if t.area.body != target.body), None)
        if wrong is not None and not self.marking.whole:
            return tr("{name} is marked on {there}, and the image of the target shows {here}.").format(
                name=wrong.name, there=body_word(wrong.area.body), here=body_word(target.body)
            )
        if bool(target.pixel_size) != bool(image.pixel_size):
            return tr("Only one of the two images has a scale, so they cannot be compared: choose another.")
        if how.card is None:
            return how.failure or tr("The models are being looked at…")
        if self._places(image) <= 0:
            return tr("The ground to search is smaller than one chip: make the chip smaller, or search more ground.")
        return ""

    def _ended(self, stopped: bool) -> None:
        self.panel.running.end()
        self._tell()
        if stopped:
            self._context.messages.hint(tr("Stopped. Nothing half-finished was kept."))


def targets_of(search: Search) -> tuple[Marked, ...]:
    """The targets of an earlier search; none where they cannot be read. For a worker."""
    try:
        return read_targets(Path(search.targets))
    except InputError:
        return ()
