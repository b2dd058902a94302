"""The words of the project: frozen dataclasses, one meaning each.

Longitudes are planetocentric, east-positive, -180..180 degrees; latitudes planetocentric, -90..90 degrees. Times are
timezone-aware UTC. Lengths are metres, angles degrees. Other conventions are converted at the door of ``archives`` and
``products`` and nowhere else. An unknown number is ``None``, never a sentinel.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

Ring = tuple[tuple[float, float], ...]
Polygon = tuple[Ring, ...]

INSTRUMENTS = ("HIRISE", "CTX", "CRISM")
SOURCES = ("AUTO", "ODE", "STAC", "INDEX", "NAMES")
#: CRISM's: maps (joined, projected), and the cubes in the sensor's own geometry that they are made from.
PRODUCT_TYPES = ("MTRDR", "TER", "TRDR")
#: Roles of the files that make a product, in the order in which they are fetched: the small ones first.
FETCHED = ("label", "header", "image", "raw")
DEVICES = ("AUTO", "CPU", "CUDA", "DIRECTML", "COREML")

#: What a nodata pixel of a byte mask holds; 0 is "no change", 1 is "change".
MASK_NODATA = 255


@dataclass(frozen=True)
class Area:
    """A region of a body: polygons (exterior ring first, then holes) of (longitude, latitude) in degrees.

    Rings are closed and never cross the antimeridian: a region that does is several polygons. Make one with
    ``planet.geometry``, which splits and normalises.
    """

    polygons: tuple[Polygon, ...]
    body: str = "Mars"


@dataclass(frozen=True)
class Season:
    """When: Mars Years and solar longitude, or UTC; what is ``None`` or empty does not restrict.

    ``mars_years`` holds inclusive ranges; ``solar_longitude`` is (start, end) in degrees, ends inclusive, and wraps
    where start > end. All that is given must hold (AND), each tested per observation.
    """

    mars_years: tuple[tuple[int, int], ...] = ()
    solar_longitude: tuple[float, float] | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Query:
    """What to look for in the archives. ``product_types`` are CRISM's (see PRODUCT_TYPES); empty means its maps."""

    area: Area
    instruments: tuple[str, ...] = ("HIRISE",)
    season: Season = field(default_factory=Season)
    max_incidence: float | None = None
    source: str = "AUTO"
    product_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class RemoteFile:
    """One file of an archive; ``size`` is bytes, a hint.

    ``role`` is ``image``, ``label``, ``header`` (of a cube: no image without it), ``raw`` (the image as the detector
    saw it, its label attached), ``browse`` or ``other``. A ``stream`` is made while we wait: minutes to the first byte,
    no length, no ranges.
    """

    url: str
    name: str
    role: str
    size: int | None = None
    stream: bool = False


@dataclass(frozen=True)
class Observation:
    """One product of one observation: who saw which footprint, when, under which sun, and where its files are.

    ``sub_solar_azimuth`` is degrees clockwise from north on the map; ``map_scale`` metres a pixel; ``coverage`` the
    share (0..1) of the asked area that the footprint covers; ``orbit`` the spacecraft's, and ``linked`` the ids of what
    other instruments on board took at the same time.
    """

    product_id: str
    observation_id: str
    instrument: str
    start_time: datetime
    mars_year: int
    solar_longitude: float
    footprint: Area
    files: tuple[RemoteFile, ...]
    incidence: float | None = None
    emission: float | None = None
    phase: float | None = None
    sub_solar_azimuth: float | None = None
    map_scale: float | None = None
    coverage: float | None = None
    source: str = ""
    orbit: int | None = None
    linked: tuple[str, ...] = ()

    def file(self, role: str) -> RemoteFile | None:
        """The first file of that role, or None."""
        return next((f for f in self.files if f.role == role), None)

    @property
    def size(self) -> int | None:
        """Bytes of what is fetched (FETCHED), or None where the archive says nothing of it."""
        sizes = [f.size for f in self.files if f.role in FETCHED]
        return sum(s for s in sizes if s is not None) if any(s is not None for s in sizes) else None


@dataclass(frozen=True)
class Product:
    """A product on disk, ready to read: ``raster`` is a VRT any GDAL reader opens, with CRS, nodata, scale and offset.

    I/F = DN * ``scale`` + ``offset``. ``saturated`` lists further DNs that mean no measurement. ``time`` may be None
    for a user's own raster without a date.
    """

    product_id: str
    raster: Path
    band: int = 1
    time: datetime | None = None
    scale: float = 1.0
    offset: float = 0.0
    nodata: float | None = None
    saturated: tuple[float, ...] = ()
    pixel_size: float | None = None
    body: str | None = None
    mars_year: int | None = None
    solar_longitude: float | None = None
    incidence: float | None = None
    emission: float | None = None
    phase: float | None = None
    sub_solar_azimuth: float | None = None
    instrument: str = ""
    sources: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A raster's geometry: CRS (WKT, "" where there is none), upper-left corner, square pixels, size in pixels.

    With no CRS the unit is the pixel and lengths are unknown.
    """

    crs: str
    left: float
    top: float
    pixel_size: float
    width: int
    height: int

    @property
    def geotransform(self) -> tuple[float, float, float, float, float, float]:
        """GDAL's order; north up."""
        return (self.left, self.pixel_size, 0.0, self.top, 0.0, -self.pixel_size)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) in CRS units."""
        return (self.left, self.top - self.height * self.pixel_size, self.left + self.width * self.pixel_size, self.top)

    def window(self, column: int, row: int, width: int, height: int) -> Grid:
        """The grid of a pixel window of this one."""
        return replace(
            self,
            left=self.left + column * self.pixel_size,
            top=self.top - row * self.pixel_size,
            width=width,
            height=height,
        )


@dataclass(frozen=True)
class Registration:
    """How well a moving image lies on its reference. Shifts and residuals are pixels of the reference's grid.

    ``residual_px`` is the RMS over tie points that were left out of the fit; ``disagreement_px`` the distance between
    the two independent estimators. ``accepted`` is the gate's decision and ``reason`` says why, in words.
    """

    accepted: bool
    reason: str
    shift_x_px: float = 0.0
    shift_y_px: float = 0.0
    residual_px: float | None = None
    disagreement_px: float | None = None
    tie_point_count: int = 0


@dataclass(frozen=True)
class Epoch:
    """One date of a series: a registered raster on the series' grid (float32, I/F or relative, NaN-free nodata)."""

    product_id: str
    raster: Path
    time: datetime
    mars_year: int
    solar_longitude: float
    valid_fraction: float
    registration: Registration | None
    incidence: float | None = None
    emission: float | None = None
    phase: float | None = None
    sub_solar_azimuth: float | None = None


@dataclass(frozen=True)
class Pair:
    """Two epochs to compare, earlier first; ``score`` 0..1 (1 = ideally comparable) with its reasons in words."""

    before: str
    after: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """Epochs of one place on one grid, in time order, in a folder that is a STAC catalogue of COGs."""

    folder: Path
    grid: Grid
    reference: str
    epochs: tuple[Epoch, ...]
    pairs: tuple[Pair, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def epoch(self, product_id: str) -> Epoch:
        """The epoch of that product. Raises KeyError."""
        for epoch in self.epochs:
            if epoch.product_id == product_id:
                return epoch
        raise KeyError(product_id)


@dataclass(frozen=True)
class ModelCard:
    """What a change model's file says of itself (kept in the ONNX metadata under ``marscd_card``).

    ``pixel_size`` is the metres a pixel it was trained at (min, max); ``threshold`` the probability at which its
    mask was tuned; ``halo`` the pixels around a tile that its answer depends on; ``multiple`` what tile sizes must
    divide by. ``normalisation`` names a scheme known to ``inference.tiles``. ``context`` names numbers that the model
    can be told beside the images (NaN where unknown), ``kinds`` the kinds of change that it tells apart. ``prevalence``
    is the share of change at which its probability means what it says (None: it is not calibrated), ``screen`` the
    name of a faster model that finds where this one is worth running.
    """

    name: str
    task: str
    inputs: tuple[str, ...]
    output: str
    normalisation: str
    pixel_size: tuple[float, float]
    threshold: float
    halo: int
    multiple: int
    description: str = ""
    training_data: str = ""
    scores: dict[str, float] = field(default_factory=dict)
    seed: int | None = None
    licence: str = ""
    version: str = ""
    context: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    prevalence: float | None = None
    screen: str = ""


@dataclass(frozen=True)
class ChangeMap:
    """The rasters and polygons of one compared pair, and what made them.

    ``expected_false_*``: places of 32 x 32 pixels with a false alarm to be expected (``change.calibration``), per
    megapixel with 95 % bounds, and per square kilometre; None where the map is too small to say, or has no scale.
    """

    probability: Path
    mask: Path
    polygons: Path
    before: str
    after: str
    threshold: float
    device: str
    changed_area: float | None
    changed_pixels: int
    compared_pixels: int
    polygon_count: int
    warnings: tuple[str, ...] = ()
    expected_false_per_mp: float | None = None
    expected_false_low: float | None = None
    expected_false_high: float | None = None
    expected_false_per_km2: float | None = None


@dataclass(frozen=True)
class EmbeddingCard:
    """What the file of an embedding (a chip of ground -> a vector) says of itself.

    ``chip_px`` is the edge of the square chips it takes, ``channels`` 1 or 3 (grey is repeated: colour decides no
    match), ``dimensions`` the length of its vectors, ``metric`` ``cosine`` (vectors are brought to length 1) or
    ``euclidean``. ``pixel_size`` is the metres a pixel it was trained at (min, max; None: not known).
    ``normalisation`` names a scheme known to ``inference.embedding``. ``alike`` is the distance at which chips of
    one landform and of two were told apart with equal errors on held-out observations (None: never measured).
    ``pooling`` says how a network that answers one vector a patch comes to one a chip (``none``: it answers one).
    """

    name: str
    input: str
    output: str
    chip_px: int
    channels: int
    dimensions: int
    metric: str
    normalisation: str
    pixel_size: tuple[float, float] | None = None
    alike: float | None = None
    description: str = ""
    training_data: str = ""
    scores: dict[str, float] = field(default_factory=dict)
    seed: int | None = None
    licence: str = ""
    version: str = ""
    pooling: str = "none"


@dataclass(frozen=True)
class Chip:
    """A square of ground that is compared as one.

    ``x`` and ``y`` are its centre in the CRS of ``source`` (pixels where that has none), ``size`` its edge in metres
    (pixels without a CRS); ``longitude`` and ``latitude`` are degrees on ``body``, None and "" without a CRS.
    ``region`` names the target or region it belongs to.
    """

    source: str
    x: float
    y: float
    size: float
    longitude: float | None = None
    latitude: float | None = None
    body: str = ""
    region: str = ""


@dataclass(frozen=True)
class Match:
    """A place that looks like a target.

    ``index`` is its number in the searched grid, ``percentile`` the share (0..100) of random chips of the search area
    that are at least as near to the target, ``weak`` whether that says little, and ``reason`` why, in words.
    """

    chip: Chip
    index: int
    rank: int
    distance: float
    target: str
    percentile: float
    weak: bool = False
    reason: str = ""
