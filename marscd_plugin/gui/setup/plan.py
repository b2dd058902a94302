"""What to install, with which Python, from which pins: decided before anything is started. No Qt, no network.

Packages are named one by one and installed with ``--no-deps``: those we need run on the standard library and the
host's numpy alone (onnxruntime's other requirements are its tools'), so that pip has no way to bring numpy along.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ...__about__ import constraints
from ...common.packages import NEEDED, Found
from ...common.settings import Settings
from ..words import tr

#: GEOS that QGIS has loaded (minor version) -> the shapely whose wheels carry the same one.
SHAPELY_OF_GEOS = {"3.11": "2.0.7", "3.13": "2.1.2", "3.14": "2.2.0"}

#: The pinned faiss is built for numpy 1; this one for numpy 2 (from 1.25 on).
FAISS_OF_NUMPY_2 = "1.12.0"

#: What onnxruntime-gpu needs beside the driver; it finds them beside itself (``preload_dlls``).
CUDA = (
    "nvidia-cuda-nvrtc",
    "nvidia-cuda-runtime",
    "nvidia-cudnn-cu13",
    "nvidia-cufft",
    "nvidia-curand",
    "nvidia-cublas",
    "nvidia-nvjitlink",
)
#: The oldest NVIDIA driver that runs CUDA 13.
DRIVER = 580

#: Megabytes to download, of the pinned wheels for Linux; the others differ little.
_MB = {
    "onnxruntime": 18,
    "onnxruntime-gpu": 256,
    "opencv-python-headless": 50,
    "shapely": 3,
    "scipy": 38,
    "defusedxml": 1,
    "python-dateutil": 1,
    "pystac": 1,
    "pystac-client": 1,
    "packaging": 1,
    "faiss-cpu": 27,
    "pysocks": 1,
}
_CUDA_MB = 1311
#: Unpacked, and the wheel itself beside it.
_DISK = 4.0

#: Folders that must never come to lie in ours: they would stand in for QGIS's own.
FORBIDDEN = ("numpy", "numpy.libs", "osgeo", "osgeo_utils", "qgis", "PyQt5", "PyQt6", "sip")


@dataclass(frozen=True)
class Gpu:
    """An NVIDIA card: ``usable`` says whether its driver is new enough; ``driver`` is "" where it is unknown."""

    driver: str
    usable: bool


def nvidia(proc: Path = Path("/proc/driver/nvidia/version"), which=shutil.which) -> Gpu | None:
    """The NVIDIA driver here, if there is one and onnxruntime-gpu has a package for this kind of computer."""
    if sys.platform == "darwin" or platform.machine().lower() not in ("x86_64", "amd64"):
        return None
    try:
        text = proc.read_text(encoding="utf-8", errors="replace")
    except OSError:
        # WSL has the tool in a folder of its own.
        there = which("nvidia-smi") or Path("/usr/lib/wsl/lib/nvidia-smi").exists()
        return Gpu("", True) if there else None
    match = re.search(r"\b(\d{3,4})\.\d+(\.\d+)?\b", text)
    driver = match.group() if match else ""
    return Gpu(driver, not match or int(match.group(1)) >= DRIVER)


@dataclass(frozen=True)
class Plan:
    """What is going to be installed. ``instead`` are modules whose host's version is no use."""

    distributions: tuple[str, ...]
    modules: tuple[str, ...]
    instead: tuple[str, ...]
    constraints: str
    megabytes: int
    #: What stands in the way, in a sentence with its remedy; "" where nothing does.
    obstacle: str = ""

    @property
    def disk_bytes(self) -> int:
        return int(self.megabytes * 1e6 * _DISK)


def make_plan(found: Sequence[Found], numpy: str, geos: str, gpu: bool, socks: bool = False) -> Plan:
    """Plan for what the *host* lacks (``packages.lacking`` without our folder): the folder is always made whole.

    ``numpy`` and ``geos`` are the host's versions; ``gpu`` asks for onnxruntime-gpu and CUDA's libraries.
    """
    wanted = {f.package.module: f for f in found}
    names: list[str] = []
    for package in NEEDED:
        if package.module not in wanted:
            continue
        if package.module == "onnxruntime" and gpu:
            names += ["onnxruntime-gpu", *CUDA]
        else:
            names.append(package.distribution)
    if socks:
        names.append("pysocks")
    minor = ".".join(geos.split(".")[:2])
    shapely = SHAPELY_OF_GEOS.get(minor, "")
    obstacle = ""
    if "shapely" in wanted and not shapely and sys.platform.startswith("linux"):
        obstacle = tr(
            "There is no shapely on the package index that is built for GEOS {geos}, as QGIS is. Install the package "
            "python3-shapely of your Linux distribution instead."
        ).format(geos=minor)
    megabytes = sum(_MB.get(name, 0) for name in names) + (_CUDA_MB if gpu and "onnxruntime" in wanted else 0)
    return Plan(
        distributions=tuple(names),
        modules=tuple(wanted),
        instead=tuple(m for m, f in wanted.items() if f.state in ("old", "unfit")),
        constraints=_constraints(numpy, shapely),
        megabytes=megabytes,
        obstacle=obstacle,
    )


def _constraints(numpy: str, shapely: str) -> str:
    """The pins that come with the plugin, the host's own numpy, the shapely of QGIS's GEOS, the faiss of its numpy."""
    lines = []
    own = {"shapely": shapely, "faiss-cpu": FAISS_OF_NUMPY_2 if numpy and int(numpy.split(".")[0]) >= 2 else ""}
    for line in constraints().read_text(encoding="utf-8").splitlines():
        name = re.split(r"[=<>!~\[ ;]", line.strip(), maxsplit=1)[0].lower()
        # torch is of no use in QGIS, and its pin names a build that package indexes do not have.
        if name and not name.startswith("#") and name not in ("numpy", "torch") and not own.get(name):
            lines.append(line.strip())
    if numpy:
        lines.append(f"numpy=={numpy}")
    lines += [f"{name}=={version}" for name, version in own.items() if version]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Interpreter:
    """A Python that is QGIS's own, started from outside; ``pip`` is "" where it has none."""

    path: Path
    pip: str = ""


#: Prints what ``interpreter_of`` reads; one line, so that warnings around it do no harm.
PROBE = (
    "import json, sys, platform, importlib.util as u\n"
    "pip = ''\n"
    "if u.find_spec('pip'):\n"
    "    import pip as p; pip = p.__version__\n"
    "print('MARSCD ' + json.dumps([sys.implementation.cache_tag, platform.machine(), pip]))"
)


def interpreters() -> list[Path]:
    """Where QGIS's own Python may be, likeliest first. ``sys.executable`` is QGIS, or any Python of the PATH."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    names = (f"python{version}", "python3", "python") if os.name != "nt" else ("python.exe", "python3.exe")
    found: list[Path] = []
    for base in dict.fromkeys((sys.base_prefix, sys.base_exec_prefix, sys.exec_prefix)):
        for folder in (Path(base) / "bin", Path(base)):
            found += [folder / name for name in names]
    return [p for p in dict.fromkeys(found) if p.is_file() and os.access(p, os.X_OK)]


def fits(answer: Sequence[str]) -> bool:
    """Is the Python that gave this answer to ``PROBE`` of our own version and kind of machine?"""
    return list(answer[:2]) == [sys.implementation.cache_tag, platform.machine()]


def arguments(plan: Plan, target: Path, constraints_file: Path) -> list[str]:
    """For the interpreter: ``-m pip install ...``."""
    return [
        "-m", "pip", "install", "--target", str(target), "--only-binary=:all:", "--no-deps",
        "--no-warn-script-location", "--progress-bar=off", "-c", str(constraints_file), *plan.distributions,
    ]  # fmt: skip


def environment(settings: Settings, scratch: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The child's environment: the user's own pip settings hold (mirrors, certificates), but nothing that clashes with
    ``--target``; QGIS's proxy, by variables and not by arguments, which everybody on this computer can read."""
    made = dict(environ)
    for name in (
        "PIP_PREFIX",
        "PIP_ROOT",
        "PIP_TARGET",
        "PIP_CONSTRAINT",
        "PIP_REQUIREMENT",
        "PIP_NO_BINARY",
        "PIP_LOG",
    ):
        made.pop(name, None)
    made |= {
        "PIP_USER": "0",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUNBUFFERED": "1",
        # On the same disk as the packages: what does not fit is seen there, and the growth can be shown.
        "TMPDIR": str(scratch),
        "TEMP": str(scratch),
        "TMP": str(scratch),
    }
    proxies = dict(settings.proxies)
    for scheme in ("http", "https"):
        name = f"{scheme}_proxy"
        if proxies.get(scheme) and not any(environ.get(n) for n in (name, name.upper(), "all_proxy", "ALL_PROXY")):
            made[name] = made[name.upper()] = proxies[scheme]
    if proxies and not (environ.get("no_proxy") or environ.get("NO_PROXY")):
        hosts = [urlsplit(p).hostname or "" for p in (*settings.no_proxy, *settings.system_proxy)]
        made["no_proxy"] = made["NO_PROXY"] = ",".join(h for h in hosts if h)
    return made


#: Run by the interpreter with (folder, modules...): each is loaded as QGIS will load it, over the host's numpy.
CHECK = (
    "import importlib, json, sys\n"
    "sys.path.insert(0, sys.argv[1])\n"
    "wrong = {}\n"
    "for name in sys.argv[2:]:\n"
    "    try:\n"
    "        importlib.import_module(name)\n"
    "    except Exception as error:\n"
    "        wrong[name] = f'{type(error).__name__}: {error}'\n"
    "print('MARSCD ' + json.dumps(wrong))"
)


@dataclass(frozen=True)
class Places:
    """The folders of one installation: ``fresh`` is filled, then becomes ``folder``."""

    folder: Path
    fresh: Path = field(init=False)
    scratch: Path = field(init=False)
    lock: Path = field(init=False)

    def __post_init__(self) -> None:
        base = self.folder.parent
        object.__setattr__(self, "fresh", base / f"{self.folder.name}.new")
        object.__setattr__(self, "scratch", base / f"{self.folder.name}.tmp")
        object.__setattr__(self, "lock", base / f"{self.folder.name}.lock")
