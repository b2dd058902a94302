"""Heavy packages are imported where they are used; a missing one is named with its remedy.

They come from the Python around us (QGIS's, a worker's), or from a folder of our own that the plugin installs into and
that stands *last* on the path: what the host has itself, numpy and GDAL before all, always wins. A host's package that
is too old or built for another GEOS is no use, though; those that were installed for that reason are the exception
(``instead`` in the folder's manifest) and come from our folder.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from .errors import MissingPackageError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Package:
    """What brings a module: the distribution to install, all that may bring it, the least version that will do."""

    module: str
    distribution: str
    purpose: str
    minimum: tuple[int, ...] = ()
    others: tuple[str, ...] = ()


#: What the dock, the algorithms and the workers need. scipy 1.10 is Debian 12's own: all our tests pass with it.
NEEDED = (
    Package("onnxruntime", "onnxruntime", "running models", (1, 20),
            ("onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino")),
    Package("cv2", "opencv-python-headless", "registering images", (4, 6),
            ("opencv-python", "opencv-contrib-python", "opencv-contrib-python-headless", "opencv")),
    Package("shapely", "shapely", "areas and footprints", (2, 0, 1)),
    Package("scipy", "scipy", "smooth fields and simulation", (1, 10)),
    Package("defusedxml", "defusedxml", "reading archives' XML safely", (0, 7)),
    Package("dateutil", "python-dateutil", "searching the USGS's analysis-ready data", (2, 8)),
    Package("pystac", "pystac", "searching the USGS's analysis-ready data", (1, 10)),
    Package("pystac_client", "pystac-client", "searching the USGS's analysis-ready data", (0, 8)),
    Package("packaging", "packaging", "loading faiss"),
    Package("faiss", "faiss-cpu", "finding analogues among many chips", (1, 7, 4), ("faiss-gpu", "faiss")),
)  # fmt: skip

#: module -> package, with those that only training needs.
KNOWN = {
    p.module: p
    for p in (
        *NEEDED, Package("torch", "torch", "training"), Package("onnx", "onnx", "exporting models")
    )
}  # fmt: skip

#: In a folder that we installed into: versions, and which modules come from there instead of from the host.
MANIFEST = "marscd-packages.json"

#: Version of the GEOS library that the program around us has loaded ("3.11.1"); "" where there is none.
_host_geos = ""
#: Our folder, while it is on the path.
_own = ""
#: The shapely in use has been found to fit ``_host_geos``.
_shapely_fits = False


@dataclass(frozen=True)
class Found:
    """How a package stands: ``state`` is ``ok``, ``missing``, ``old`` or ``unfit`` (built for another GEOS)."""

    package: Package
    state: str
    version: str = ""
    where: str = ""

    @property
    def reason(self) -> str:
        """What is wrong with it, in a sentence; "" where nothing is."""
        name, here = self.package.distribution, f"{self.version} in {self.where}"
        least = ".".join(map(str, self.package.minimum))
        return {
            "ok": "",
            "missing": f"The Python package {name} is missing.",
            "old": f"The Python package {name} is too old ({here}): {least} or newer is needed.",
            "unfit": f"The Python package {name} ({here}) is built for another GEOS than the {_host_geos} that this "
            "program has loaded; together they would end it.",
        }[self.state]


def need(module: str) -> ModuleType:
    """Import ``module`` (a dotted name is allowed), or raise MissingPackageError with what to install."""
    global _shapely_fits
    root = module.split(".")[0]
    package = KNOWN.get(root, Package(root, root, "this step"))
    if root == "shapely" and _host_geos and not _shapely_fits:
        found = find(package)
        if found.state == "unfit":
            raise MissingPackageError(found.reason, _remedy(package))
        _shapely_fits = found.state == "ok"
    try:
        # What a package has to say of its own options while it loads is no news to our users.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(module)
    except ImportError as error:
        broken = "" if isinstance(error, ModuleNotFoundError) else f" ({error})"
        raise MissingPackageError(
            f"The Python package {package.distribution}, needed for {package.purpose}, could not be loaded{broken}.",
            _remedy(package),
        ) from error


def _remedy(package: Package) -> str:
    return (
        "In QGIS, the MarsCD panel installs it. Elsewhere install it for the Python that runs this, with numpy held at "
        f"the version there (docs/install.md shows how), for example: "
        f"pip install -c constraints-qgis.txt {package.distribution}"
    )


# -- what is there, without importing it ----------------------------------------------------------------------------


def set_host_geos(version: str) -> None:
    """Say which GEOS this program has loaded: a shapely with another one is then refused instead of loaded."""
    global _host_geos, _shapely_fits
    _host_geos, _shapely_fits = version.split("-")[0], False


def find(package: Package, without: str | Path | None = None) -> Found:
    """How a package stands, by its files alone; ``without`` a folder of the path, as if that were not there."""
    spec = _spec(package.module, without)
    if spec is None or not (spec.origin or spec.submodule_search_locations):
        return Found(package, "missing")
    # A namespace left behind by an uninstalled package is no module.
    if spec.origin is None or spec.origin == "namespace":
        return Found(package, "missing")
    file = Path(spec.origin)
    site = file.parent.parent if file.stem == "__init__" else file.parent
    version = _version(site, (package.distribution, *package.others))
    if version and _numbers(version) < package.minimum:
        return Found(package, "old", version, str(site))
    if package.module == "shapely" and _host_geos:
        built = {_numbers(v)[:2] for v in _bundled_geos(site)}
        if built and _numbers(_host_geos)[:2] not in built:
            return Found(package, "unfit", version, str(site))
    return Found(package, "ok", version, str(site))


def lacking(packages: Iterable[Package] = NEEDED, without: str | Path | None = None) -> list[Found]:
    """Those that are not as needed. Nothing is imported: a few milliseconds."""
    return [found for found in (find(p, without) for p in packages) if found.state != "ok"]


def _spec(module: str, without: str | Path | None) -> ModuleSpec | None:
    if without is None:
        try:
            return importlib.util.find_spec(module)
        except (ImportError, ValueError):  # A module whose __spec__ is None.
            return None
    return PathFinder.find_spec(module, [p for p in sys.path if not _same(p, without)])


def _same(a: str | Path, b: str | Path) -> bool:
    return os.path.normcase(os.path.abspath(a)) == os.path.normcase(os.path.abspath(b))


def _version(site: Path, names: Sequence[str]) -> str:
    """The version by the name of the metadata beside the package; "" where there is none (Debian's OpenCV)."""
    wanted = {re.sub(r"[-_.]+", "_", name).lower() for name in names}
    try:
        entries = os.listdir(site)
    except OSError:
        return ""
    for entry in entries:
        name, suffix = os.path.splitext(entry)
        if suffix in (".dist-info", ".egg-info"):
            name, _, rest = name.partition("-")
            if re.sub(r"[-_.]+", "_", name).lower() in wanted:
                return rest.split("-")[0]
    return ""


def _bundled_geos(site: Path) -> list[str]:
    """Versions of the GEOS that a shapely wheel carries (Linux: libgeos-<hash>.so.3.11.4, macOS: libgeos.3.11.4.dylib).

    None on Windows, where a wheel's libraries are renamed and do not mix, and for a distribution's own shapely.
    """
    found = []
    for folder in (site / "shapely.libs", site / "shapely" / ".dylibs"):
        if folder.is_dir():
            for name in os.listdir(folder):
                if match := re.match(r"libgeos(?:-\w+\.so)?\.(\d+\.\d+\.\d+)(?:\.dylib)?$", name):
                    found.append(match.group(1))
    return found


def _numbers(version: str) -> tuple[int, ...]:
    match = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(n) for n in match.group().split(".")) if match else ()


# -- a folder of our own --------------------------------------------------------------------------------------------


def folder_in(profile: str | Path) -> Path:
    """Where packages are installed for this Python in a QGIS profile: outside the plugin, so updates leave it alone."""
    return Path(profile) / "marscd" / f"packages-{sys.implementation.cache_tag}"


def swap_in(fresh: Path, folder: Path) -> Path | None:
    """Make ``fresh`` the folder, in two renames; returns the one it replaced, which the caller deletes.

    Stopped between the two, ``use`` finishes it. Raises OSError where a file of the old one is held (Windows):
    ``fresh`` then stands as ``<folder>.next`` and is taken at the next start.
    """
    ahead, behind = _ahead(folder), folder.with_name(f"{folder.name}.old")
    if fresh != ahead:
        if ahead.exists():
            ahead.rename(folder.with_name(f"{folder.name}.left-{os.getpid()}"))
        fresh.rename(ahead)
    replaced = None
    if folder.exists():
        if behind.exists():
            behind.rename(folder.with_name(f"{folder.name}.left-{os.getpid()}-old"))
        replaced = folder.rename(behind)
    ahead.rename(folder)
    return replaced


def leftovers(folder: Path) -> list[Path]:
    """What earlier installations left beside the folder, and nobody needs."""
    names = (f"{folder.name}.{kind}" for kind in ("new", "tmp", "old", "left-*"))
    return [p for name in names for p in sorted(folder.parent.glob(name))]


def _ahead(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.next")


def use(folder: Path) -> None:
    """Put ``folder`` last on the path, if it is there; at once, without a restart. Safe to call again."""
    global _own, _shapely_fits
    leave()
    _shapely_fits = False
    if _ahead(folder).is_dir():
        try:
            swap_in(_ahead(folder), folder)
        except OSError as error:
            log.warning("The packages in %s could not be taken into use: %s", _ahead(folder), error)
    if not folder.is_dir():
        return
    _own = str(folder)
    sys.path.append(_own)
    instead = [m for m in manifest(folder).get("instead", ()) if m in KNOWN]
    if "shapely" in instead:
        _forget_shapely(folder)
    if wanted := tuple(m for m in instead if m not in sys.modules):
        sys.meta_path.insert(0, _Instead(_own, wanted))
    importlib.invalidate_caches()


def _forget_shapely(folder: Path) -> None:
    """QGIS itself loads whatever shapely it finds when it starts, and keeps it for its own ``as_shapely``; the next
    import is ours. (Other packages stay: their C parts cannot be loaded twice.)"""
    loaded = sys.modules.get("shapely")
    if loaded is not None and not str(getattr(loaded, "__file__", "")).startswith(str(folder)):
        for name in [n for n in sys.modules if n == "shapely" or n.startswith("shapely.")]:
            del sys.modules[name]


def leave() -> None:
    """Take our folder off the path; what was imported from it stays imported."""
    global _own
    if _own:
        sys.path[:] = [p for p in sys.path if not _same(p, _own)]
        _own = ""
    sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, _Instead)]


def manifest(folder: Path) -> dict:
    """What the installer wrote: ``instead`` (modules), ``versions`` ...; empty where it cannot be read."""
    try:
        made = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


class _Instead:
    """An import finder for the few modules whose host's version is no use."""

    def __init__(self, folder: str, modules: tuple[str, ...]) -> None:
        self.folder, self.modules = folder, modules

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The module in our folder."""
        return PathFinder.find_spec(name, [self.folder]) if name in self.modules else None
