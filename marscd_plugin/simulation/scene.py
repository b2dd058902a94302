"""A scene with known truth: one ground, many epochs, each seen by a sensor under its own sun and pointing error.

    spec, epochs = palikir()
    scene = Scene(spec)
    image = scene.image(epochs[0])                # I/F, float32, NaN where the footprint ends
    truth = scene.truth(epochs[0], epochs[1])     # uint8 0/1 on the true ground, before any shift

All images are **simulated**, whatever product ids they carry. The same specs give the same pixels, always.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..planet.time import mars_date
from .fields import Array, grid, sample, smooth_field
from .ground import Ground, add_boulder, build, with_backdrop
from .kinds import Kind
from .phenomena import Event, crater_mark, draw_lineae, make_events, make_lineae, streak_mark
from .sensor import Sensor, expose, to_dn
from .sun import SunPosition, shade, shadow, sun_position
from .terrain import add_crater

#: Ground simulated around the scene, in pixels, so that a shifted image still shows ground at its edges.
MARGIN = 64
#: Largest scene, pixels: about 130 bytes each are held at the peak (measured), 2.6 GB for the largest.
MAX_PIXELS = 20_000_000
#: Epochs whose state on the ground is kept.
KEPT_STATES = 4


@dataclass(frozen=True)
class SceneSpec:
    """What ground there is. ``width``, ``height`` in pixels of ``pixel_size`` metres; planetocentric degrees, east
    positive -180..180, of the centre. ``preset``: ``crater_wall``, ``dunes`` or ``plain``. ``rsl_per_km2``: lineae.
    Events (new craters, streaks, moved boulders) are dated between ``events_from`` and ``events_to``.
    """

    seed: int
    width: int
    height: int
    pixel_size: float = 0.5
    latitude: float = -41.6
    longitude: float = -157.7
    preset: str = "crater_wall"
    rsl_per_km2: float = 650.0
    events_from: datetime = datetime(2011, 3, 10, tzinfo=timezone.utc)
    events_to: datetime = datetime(2013, 7, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class EpochSpec:
    """When and how the scene is seen.

    ``incidence`` and ``sub_solar_azimuth`` in degrees, the azimuth clockwise from north **on the map** (HiRISE labels
    count from the image's 3 o'clock: subtract 90). ``shift_m``: (east, north) metres by which ground at map (x, y)
    appears at (x + east, y + north). ``rotation``: degrees counter-clockwise on the map about the scene's centre.
    ``distortion_m``: RMS metres of a smooth residual warp. ``haze`` adds to I/F; ``gain`` multiplies it.
    ``product_id``: a HiRISE product id to publish the image under; ``id_published`` whether an observation of that id
    is known from publications (its image is not: every image is simulated).
    """

    time: datetime
    solar_longitude: float
    mars_year: int
    incidence: float
    sub_solar_azimuth: float
    shift_m: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    seed: int = 0
    distortion_m: float = 0.0
    haze: float = 0.0
    gain: float = 1.0
    sensor: Sensor = field(default_factory=Sensor)
    product_id: str = ""
    id_published: bool = False


def epoch_at(spec: SceneSpec, time: datetime, local_hour: float = 15.0, **other: Any) -> EpochSpec:
    """An epoch of ``spec``'s place at ``time``: Mars date from the time, sun from date and true local hour."""
    date = mars_date(time)
    sun = sun_position(spec.latitude, date.solar_longitude, local_hour)
    return EpochSpec(
        time=time, solar_longitude=date.solar_longitude, mars_year=date.mars_year,
        incidence=sun.incidence, sub_solar_azimuth=sun.azimuth, **other,
    )  # fmt: skip


@dataclass(frozen=True)
class _State:
    """The ground at one date, with margin: lineae cover (0..1), factor on albedo, classes of events."""

    lineae: Array
    factor: Array
    events: NDArray[np.uint8]


class Scene:
    """One ground and what happens on it. Made once (a few seconds at 2048 x 2048); every method is deterministic.

    ``backdrop``: brightness (H, W) of a real image whose texture becomes albedo; ``recipe`` says so. Raises InputError
    for a size or preset that cannot be made.
    """

    def __init__(self, spec: SceneSpec, backdrop: Array | None = None) -> None:
        if min(spec.width, spec.height) < 64 or spec.width * spec.height > MAX_PIXELS:
            raise InputError(
                f"A scene of {spec.width} x {spec.height} pixels cannot be simulated.",
                f"Choose 64 pixels or more a side, and {MAX_PIXELS / 1e6:.0f} megapixels or fewer.",
            )
        if not 0.05 <= spec.pixel_size <= 50.0:
            raise InputError(f"A pixel of {spec.pixel_size} m cannot be simulated.", "Choose 0.05 to 50 metres.")
        self.spec = spec
        shape = (spec.height + 2 * MARGIN, spec.width + 2 * MARGIN)
        self._shape = shape
        ground = build(spec.preset, np.random.default_rng((spec.seed, 1)), shape, spec.pixel_size)
        if backdrop is not None:
            ground = with_backdrop(ground, backdrop)
        self._ground: Ground = ground
        self._lineae = make_lineae(np.random.default_rng((spec.seed, 2)), ground, spec.pixel_size, spec.rsl_per_km2)
        self.events = make_events(
            np.random.default_rng((spec.seed, 3)), ground, spec.pixel_size, spec.events_from, spec.events_to, MARGIN
        )
        self._states: OrderedDict[tuple, _State] = OrderedDict()
        self.recipe: dict[str, Any] = {
            "simulated": True, "seed": spec.seed, **ground.notes,
            "backdrop": "real image" if backdrop is not None else "none",
            "lineae": self._lineae.count, "events": len(self.events),
        }  # fmt: skip

    def image(self, epoch: EpochSpec) -> Array:
        """I/F (height, width) float32 as seen by the sensor, NaN where shift and rotation leave the ground unseen."""
        state = self._state(epoch)
        size = self.spec.pixel_size
        height = self._height_at(epoch)
        sun = SunPosition(epoch.incidence, epoch.sub_solar_azimuth)
        light = shade(height, size, sun)
        # In a cast shadow only the sky's light is left.
        light *= 0.10 + 0.90 * shadow(height, size, sun)
        seen = self._ground.albedo * state.factor * light
        del height, light
        rng = np.random.default_rng((self.spec.seed, 4, epoch.seed))
        seen = self._pointed(seen, epoch, rng)
        lost = ~np.isfinite(seen)
        seen[lost] = 0.0
        image = expose(rng, seen * np.float32(epoch.gain) + np.float32(epoch.haze), epoch.sensor)
        image[lost] = np.nan
        return image

    def dn(self, epoch: EpochSpec) -> tuple[NDArray[np.uint16], float, float]:
        """(DN (height, width) uint16, scaling factor, offset): 3..1021, I/F = DN * factor + offset; 0 no data,
        1 and 2 low, 1022 and 1023 high saturation."""
        return to_dn(self.image(epoch))

    def phenomena(self, epoch: EpochSpec) -> NDArray[np.uint8]:
        """Classes (``kinds.Kind``) of what is there at that date, on the true, unshifted ground."""
        state = self._state(epoch)
        classes = np.where(state.events > 0, state.events, np.where(state.lineae > 0.5, int(Kind.RSL), 0))
        return self._inner(classes.astype(np.uint8))

    def truth(self, epoch_a: EpochSpec, epoch_b: EpochSpec) -> NDArray[np.uint8]:
        """1 where the ground differs between the dates, else 0, on the true, unshifted ground; symmetric.

        A lineae counts where its cover (faded as it then is) differs by more than half, an event where it is there
        in one date only.
        """
        a, b = self._state(epoch_a), self._state(epoch_b)
        changed = (np.abs(a.lineae - b.lineae) > 0.5) | (a.events != b.events)
        return self._inner(changed.astype(np.uint8))

    @property
    def height(self) -> Array:
        """Heights (height, width) in metres before any event."""
        return self._inner(self._ground.height)

    @property
    def outcrop(self) -> Array:
        """Bedrock, 0..1, (height, width)."""
        return self._inner(self._ground.outcrop)

    def _inner(self, whole: NDArray) -> NDArray:
        return np.ascontiguousarray(whole[MARGIN:-MARGIN, MARGIN:-MARGIN])

    def _past(self, epoch: EpochSpec) -> list[Event]:
        return [event for event in self.events if event.time <= epoch.time]

    def _height_at(self, epoch: EpochSpec) -> Array:
        height = self._ground.height.copy()
        size = self.spec.pixel_size
        past = {id(event) for event in self._past(epoch)}
        for event in self.events:
            if event.kind == "crater" and id(event) in past:
                add_crater(height, event.x, event.y, event.size / size, 0.4 * event.size,
                           np.random.default_rng(event.seed))  # fmt: skip
            elif event.kind == "boulder":
                x, y = (event.x2, event.y2) if id(event) in past else (event.x, event.y)
                add_boulder(height, x, y, event.size, size)
        return height

    def _state(self, epoch: EpochSpec) -> _State:
        happened = tuple(i for i, event in enumerate(self.events) if event.time <= epoch.time)
        key = (epoch.mars_year, round(epoch.solar_longitude, 6), happened)
        if key in self._states:
            self._states.move_to_end(key)
            return self._states[key]
        cover, contrast = draw_lineae(self._lineae, self._shape, epoch.mars_year, epoch.solar_longitude, self.spec.seed)
        factor = 1.0 - cover * contrast
        events = np.zeros(self._shape, np.uint8)
        size = self.spec.pixel_size
        rows, columns = grid(*self._shape)
        for i, event in enumerate(self.events):
            if event.kind == "boulder":
                x, y = (event.x2, event.y2) if i in happened else (event.x, event.y)
                r = event.size / size + 0.5
                near = (slice(max(int(y - r), 0), int(y + r) + 2), slice(max(int(x - r), 0), int(x + r) + 2))
                disc = (columns[near] - x) ** 2 + (rows[near] - y) ** 2 <= r * r
                events[near][disc] = int(Kind.BOULDER)
            elif i in happened and event.kind == "crater":
                r_, c_, mark, depth = crater_mark(event, self._shape, size)
                factor[r_, c_] *= 1.0 - mark * depth
                events[r_, c_][mark > 0.5] = int(Kind.CRATER)
            elif i in happened:
                r_, c_, mark = streak_mark(event, self._ground, size)
                factor[r_, c_] *= 1.0 - mark * np.float32(event.contrast)
                events[r_, c_][mark > 0.5] = int(Kind.STREAK)
        state = _State(cover, factor.astype(np.float32), events)
        self._states[key] = state
        while len(self._states) > KEPT_STATES:
            self._states.popitem(last=False)
        return state

    def _pointed(self, whole: Array, epoch: EpochSpec, rng: np.random.Generator) -> Array:
        """``whole`` moved as the epoch's pointing error moves it, cut to the scene; NaN where nothing was seen."""
        spec = self.spec
        east, north = epoch.shift_m
        rows, columns = grid(spec.height, spec.width)
        # What is seen at a pixel is the ground at that place minus the shift; rows run south.
        x = columns - np.float32(east / spec.pixel_size)
        y = rows + np.float32(north / spec.pixel_size)
        if epoch.rotation:
            a = math.radians(epoch.rotation)
            cx, cy = (spec.width - 1) / 2, (spec.height - 1) / 2
            dx, dy = x - np.float32(cx), y - np.float32(cy)
            x = np.float32(cx) + math.cos(a) * dx - math.sin(a) * dy
            y = np.float32(cy) + math.sin(a) * dx + math.cos(a) * dy
        if epoch.distortion_m:
            rms = np.float32(epoch.distortion_m / spec.pixel_size / math.sqrt(2.0))
            x = x + rms * smooth_field(rng, (spec.height, spec.width), 4)
            y = y + rms * smooth_field(rng, (spec.height, spec.width), 4)
        x, y = x + np.float32(MARGIN), y + np.float32(MARGIN)
        plain = not epoch.rotation and not epoch.distortion_m
        exact = plain and float(x[0, 0]).is_integer() and float(y[0, 0]).is_integer()
        seen = sample(whole, y, x, order=0 if exact else 3).astype(np.float32)
        outside = (x < 0) | (y < 0) | (x > whole.shape[1] - 1) | (y > whole.shape[0] - 1)
        seen[outside] = np.nan
        return seen


def palikir(size: int = 2048, seed: int = 1380) -> tuple[SceneSpec, tuple[EpochSpec, ...]]:
    """A scene like Palikir crater's wall (41.6 S, 157.7 W) and eight epochs over Mars Years 30 and 31.

    Product ids marked ``id_published`` are those of real HiRISE observations of Palikir; the others are made up in the
    same form. All times follow from the orbit number (UTC is about 2010-01-27T17:48 + (orbit - 16430) x 0.077922 d):
    023045 falls on its published 2011-06-27, and 031102 one Mars year and two days after 022267, as its published
    caption says. **The images are simulated.**
    """
    spec = SceneSpec(seed=seed, width=size, height=size)

    def utc(*when: int) -> datetime:
        return datetime(*when, tzinfo=timezone.utc)  # type: ignore[misc,arg-type]

    dated = (
        ("ESP_021555_1380_RED", True, utc(2011, 3, 3, 2, 12), (0.0, 0.0), 0.00, 0.004),
        ("ESP_022267_1380_RED", True, utc(2011, 4, 27, 13, 44), (9.3, -14.8), 0.02, 0.006),
        ("ESP_022689_1380_RED", True, utc(2011, 5, 30, 10, 56), (-12.6, 6.4), -0.01, 0.003),
        ("ESP_023045_1380_RED", True, utc(2011, 6, 27, 4, 42), (5.2, 17.1), 0.015, 0.005),
        ("ESP_030464_1380_RED", False, utc(2013, 1, 25, 7, 16), (-18.4, -7.7), -0.02, 0.008),
        ("ESP_031102_1380_RED", True, utc(2013, 3, 16, 0, 19), (13.7, 3.9), 0.01, 0.005),
        ("ESP_031862_1380_RED", False, utc(2013, 5, 14, 5, 37), (-4.1, -19.6), 0.0, 0.004),
        ("ESP_032376_1380_RED", False, utc(2013, 6, 23, 6, 51), (16.2, -2.5), -0.015, 0.006),
    )
    hours = (14.9, 15.1, 15.0, 15.2, 14.8, 15.0, 15.3, 15.1)
    gains = (1.0, 0.98, 1.03, 1.0, 1.02, 0.97, 1.01, 0.99)
    epochs = tuple(
        replace(
            epoch_at(spec, time, hour), product_id=name, id_published=known, shift_m=shift, rotation=turn,
            haze=haze, gain=gain, seed=i, distortion_m=0.1,
        )
        for i, ((name, known, time, shift, turn, haze), hour, gain) in enumerate(zip(dated, hours, gains, strict=True))
    )  # fmt: skip
    return spec, epochs
