"""What QGIS's Python lacks is named without importing it, and installed into the profile; each failure has a name."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from marscd_plugin.common import packages
from marscd_plugin.common.errors import MissingPackageError
from marscd_plugin.common.packages import NEEDED, Found, Package
from marscd_plugin.common.settings import Settings
from marscd_plugin.gui.setup import plan as planning
from marscd_plugin.gui.setup.causes import cause_of, named, without_passwords
from marscd_plugin.gui.setup.hardware import device_notes
from marscd_plugin.gui.setup.installer import Installer
from marscd_plugin.gui.setup.panel import SetupPanel, said_of

PYTHON = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
BY_MODULE = {p.module: p for p in NEEDED}


@pytest.fixture(autouse=True)
def path_as_it_was():
    """Our folder off the path, the host's GEOS unknown, as at the start of a process."""
    kept, finders, geos = list(sys.path), list(sys.meta_path), packages._host_geos
    modules = {n: m for n, m in sys.modules.items() if n.split(".")[0] in BY_MODULE}
    yield
    packages.leave()
    sys.path[:], sys.meta_path[:] = kept, finders
    packages.set_host_geos(geos)
    sys.modules.update(modules)


def site(root: Path, module: str, version: str = "", **extra: str) -> Path:
    """A folder of packages with one in it; ``extra`` are files."""
    (root / module).mkdir(parents=True)
    (root / module / "__init__.py").write_text(f"__version__ = {version!r}\n")
    if version:
        (root / f"{module}-{version}.dist-info").mkdir()
    for name, text in extra.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


# -- what is there --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "state"),
    [
        ("2.0.1", "ok"),
        ("2.0.7", "ok"),
        ("1.8.5", "old"),
        ("2.0.0", "old"),
        ("10.0", "ok"),
        ("2.1rc1", "ok"),
        ("", "ok"),
    ],
)
def test_versions_are_compared_as_numbers(tmp_path, monkeypatch, version, state):
    monkeypatch.setattr(sys, "path", [str(site(tmp_path, "shapely", version))])
    found = packages.find(BY_MODULE["shapely"], without=tmp_path / "none")
    assert (found.state, found.version) == (state, version)
    assert bool(found.reason) == (state != "ok")


@pytest.mark.parametrize(
    ("library", "host", "state"),
    [
        ("shapely.libs/libgeos-92e43a4f.so.3.11.4", "3.11.1-CAPI-1.17.1", "ok"),
        ("shapely.libs/libgeos-3ef06f11.so.3.13.1", "3.11.1-CAPI-1.17.1", "unfit"),
        ("shapely/.dylibs/libgeos.3.13.1.dylib", "3.11.1", "unfit"),
        ("shapely.libs/libgeos_c-abcdd5fa.so.1.19.2", "3.11.1", "ok"),  # The C interface's number is another.
        ("shapely.libs/libgeos-3ef06f11.so.3.13.1", "", "ok"),  # Not inside QGIS.
    ],
)
def test_a_shapely_of_another_geos_is_unfit(tmp_path, monkeypatch, library, host, state):
    monkeypatch.setattr(sys, "path", [str(site(tmp_path, "shapely", "2.1.2", **{library: ""}))])
    packages.set_host_geos(host)
    assert packages.find(BY_MODULE["shapely"], without=tmp_path / "none").state == state


def test_an_unfit_shapely_is_refused_and_not_loaded(tmp_path, monkeypatch):
    where = site(tmp_path, "shapely", "2.1.2", **{"shapely.libs/libgeos-3ef06f11.so.3.13.1": ""})
    (where / "shapely" / "__init__.py").write_text("raise SystemExit('loaded')")
    monkeypatch.setattr(sys, "path", [str(where), *sys.path])
    for name in [n for n in sys.modules if n.split(".")[0] == "shapely"]:
        monkeypatch.delitem(sys.modules, name)
    packages.set_host_geos("3.11.1")
    with pytest.raises(MissingPackageError, match="another GEOS") as raised:
        packages.need("shapely.geometry")
    assert "MarsCD panel" in raised.value.remedy


def test_a_folder_left_behind_is_no_package(tmp_path, monkeypatch):
    (tmp_path / "cv2").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert packages.find(BY_MODULE["cv2"], without=tmp_path / "none").state == "missing"


def test_looking_imports_nothing(tmp_path, monkeypatch):
    (tmp_path / "marsfake.py").write_text("raise SystemExit('imported')")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert packages.find(Package("marsfake", "marsfake", "")).state == "ok"
    assert "marsfake" not in sys.modules


def test_our_folder_stands_last_and_the_host_wins(tmp_path, monkeypatch):
    host = site(tmp_path / "host", "marsfake", "1.0")
    ours = site(tmp_path / "marscd" / "packages-x", "marsfake", "2.0")
    (ours / "marsonly.py").write_text("here = True")
    monkeypatch.syspath_prepend(str(host))
    packages.use(ours)
    packages.use(ours)
    assert sys.path[-1] == str(ours) and sys.path.count(str(ours)) == 1
    import marsfake  # type: ignore[import-not-found]
    import marsonly  # type: ignore[import-not-found]

    assert marsfake.__version__ == "1.0" and marsonly.here
    packages.leave()
    assert str(ours) not in sys.path
    del sys.modules["marsfake"], sys.modules["marsonly"]


def test_what_the_host_has_in_a_useless_version_comes_from_us(tmp_path, monkeypatch):
    monkeypatch.setitem(packages.KNOWN, "marsfake", Package("marsfake", "marsfake", "", (2,)))
    monkeypatch.syspath_prepend(str(site(tmp_path / "host", "marsfake", "1.0")))
    ours = site(tmp_path / "ours", "marsfake", "2.0")
    (ours / packages.MANIFEST).write_text(json.dumps({"instead": ["marsfake", "numpy", "os"]}))
    assert packages.find(packages.KNOWN["marsfake"]).state == "old"
    packages.use(ours)
    import marsfake  # type: ignore[import-not-found]

    assert marsfake.__version__ == "2.0"
    assert packages.find(packages.KNOWN["marsfake"]).state == "ok"
    # numpy is none of ours, whatever a manifest says.
    assert [f.modules for f in sys.meta_path if type(f).__name__ == "_Instead"] == [("marsfake",)]
    packages.leave()
    assert not [f for f in sys.meta_path if type(f).__name__ == "_Instead"]
    del sys.modules["marsfake"]


TAKES_OVER = """
import json, sys
from pathlib import Path
from marscd_plugin.common import packages
host, ours = sys.argv[1:]
sys.path.insert(0, host)
import shapely, shapely.geometry  # As QGIS does when it starts.
kept = shapely.geometry
packages.set_host_geos("3.11.1")
assert packages.find(packages.KNOWN["shapely"]).state == "old"
packages.use(Path(ours))
made = packages.need("shapely.geometry")
assert made.__file__.startswith(ours) and kept.__file__.startswith(host), (made, kept)
assert packages.lacking([packages.KNOWN["shapely"]]) == []
"""


def test_a_useless_shapely_that_qgis_has_loaded_gives_way(tmp_path):
    host = site(tmp_path / "host", "shapely", "1.8.5", **{"shapely/geometry.py": ""})
    ours = site(tmp_path / "ours", "shapely", "2.0.7", **{"shapely/geometry.py": ""})
    (ours / packages.MANIFEST).write_text(json.dumps({"instead": ["shapely"]}))
    done = subprocess.run(
        [sys.executable, "-c", TAKES_OVER, str(host), str(ours)], cwd=Path(__file__).parents[2],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


# -- the swap -------------------------------------------------------------------------------------------------------


def test_a_swap_cut_off_in_the_middle_is_finished_by_the_next_start(tmp_path):
    folder = tmp_path / "packages-x"
    for name, text in (("packages-x.old", "old"), ("packages-x.next", "new")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "which").write_text(text)
    packages.use(folder)
    assert (folder / "which").read_text() == "new" and not (tmp_path / "packages-x.next").exists()


def test_a_swap_that_cannot_be_waits_for_the_next_start(tmp_path, monkeypatch):
    folder, fresh = tmp_path / "packages-x", tmp_path / "packages-x.new"
    folder.mkdir(), fresh.mkdir()
    (fresh / "which").write_text("new")
    rename = Path.rename

    def held(self, target):
        if self == folder:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PermissionError):
        packages.swap_in(fresh, folder)
    packages.use(folder)  # Still held: the old ones serve.
    assert sys.path[-1] == str(folder) and not (folder / "which").exists()
    monkeypatch.setattr(Path, "rename", rename)
    packages.use(folder)
    assert (folder / "which").read_text() == "new"


# -- the plan -------------------------------------------------------------------------------------------------------


def all_missing() -> list[Found]:
    return [Found(p, "missing") for p in NEEDED]


def test_the_plan_holds_numpy_and_pins_and_brings_no_dependency():
    plan = planning.make_plan(all_missing(), "1.24.2", "3.11.1-CAPI-1.17.1", gpu=False)
    names = (
        "onnxruntime opencv-python-headless shapely scipy defusedxml python-dateutil pystac pystac-client packaging "
        "faiss-cpu"
    )
    assert " ".join(plan.distributions) == names
    lines = plan.constraints.splitlines()
    assert "numpy==1.24.2" in lines and "shapely==2.0.7" in lines
    assert sum(line.startswith("numpy") for line in lines) == 1 and not [x for x in lines if x.startswith("torch")]
    for name in plan.distributions:
        assert any(line.startswith(f"{name}==") for line in lines), f"{name} is not pinned"
    arguments = planning.arguments(plan, Path("/t"), Path("/c"))
    assert {"--no-deps", "--only-binary=:all:", "--target"} <= set(arguments) and "numpy" not in arguments


@pytest.mark.parametrize(("geos", "shapely"), [("3.11.1", "2.0.7"), ("3.13.1", "2.1.2"), ("3.14.0", "2.2.0")])
def test_shapely_is_that_of_qgis_geos(geos, shapely):
    plan = planning.make_plan(all_missing(), "1.26.4", geos, gpu=False)
    assert f"shapely=={shapely}" in plan.constraints.splitlines() and not plan.obstacle
    assert plan.constraints.count("shapely==") == 1


@pytest.mark.parametrize(
    ("numpy", "faiss"), [("1.24.2", "1.8.0.post1"), ("1.26.4", "1.8.0.post1"), ("2.2.6", "1.12.0")]
)
def test_faiss_is_that_of_qgis_numpy(numpy, faiss):
    plan = planning.make_plan(all_missing(), numpy, "3.11.1", gpu=False)
    lines = plan.constraints.splitlines()
    assert [x for x in lines if x.startswith("faiss-cpu==")] == [f"faiss-cpu=={faiss}"]
    assert f"numpy=={numpy}" in lines and any(x.startswith("packaging==") for x in lines)


def test_a_geos_without_a_wheel_is_said_before_anything_is_downloaded():
    assert "python3-shapely" in planning.make_plan(all_missing(), "1.26.4", "3.12.1", gpu=False).obstacle
    others = [f for f in all_missing() if f.package.module != "shapely"]
    assert not planning.make_plan(others, "1.26.4", "3.12.1", gpu=False).obstacle


def test_a_card_gets_its_own_onnxruntime_and_never_both():
    plan = planning.make_plan(all_missing(), "1.24.2", "3.11.1", gpu=True)
    assert plan.distributions[0] == "onnxruntime-gpu" and "onnxruntime" not in plan.distributions
    assert set(planning.CUDA) <= set(plan.distributions) and plan.megabytes > 1000
    for name in planning.CUDA:
        assert f"{name}==" in plan.constraints


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19\nGCC version:  gcc 12.2.0", False),
        ("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build", True),
        ("NVRM version: something new", True),
    ],
)
def test_the_drivers_version_decides(tmp_path, monkeypatch, text, usable):
    monkeypatch.setattr(planning.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(planning.sys, "platform", "linux")
    (tmp_path / "version").write_text(text)
    gpu = planning.nvidia(tmp_path / "version")
    assert gpu is not None and gpu.usable is usable
    assert planning.nvidia(tmp_path / "none", which=lambda name: None) is None
    assert planning.nvidia(tmp_path / "none", which=lambda name: "/usr/bin/nvidia-smi") == planning.Gpu("", True)


def test_the_childs_environment():
    settings = Settings(
        proxies=(("http", "http://u:p@proxy:1"), ("https", "http://u:p@proxy:1")), no_proxy=("http://inside.example/x",)
    )
    given = {"PIP_USER": "1", "PIP_TARGET": "/x", "PIP_INDEX_URL": "https://mirror", "PATH": "/bin", "NO_PROXY": ""}
    made = planning.environment(settings, Path("/scratch"), given)
    assert made["https_proxy"] == made["HTTPS_PROXY"] == "http://u:p@proxy:1" and made["NO_PROXY"] == "inside.example"
    assert made["PIP_USER"] == "0" and "PIP_TARGET" not in made
    assert made["PIP_INDEX_URL"] == "https://mirror" and made["TMPDIR"] == "/scratch"
    kept = planning.environment(settings, Path("/s"), {"HTTPS_PROXY": "http://other:2"})
    assert kept["HTTPS_PROXY"] == "http://other:2" and "https_proxy" not in kept


def test_qgis_python_is_found_and_is_not_the_program_that_runs():
    found = planning.interpreters()
    assert PYTHON in found and all(str(p).startswith(sys.base_prefix) or sys.prefix == sys.exec_prefix for p in found)


# -- causes ---------------------------------------------------------------------------------------------------------

_NO_MATCH = (
    "ERROR: Could not find a version that satisfies the requirement scipy (from versions: none)\n"
    "ERROR: No matching distribution found for scipy\n"
)
_TUNNEL = (
    "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))"
)
_REFUSED = "ProxyError('Cannot connect to proxy.', NewConnectionError('[Errno 111] Connection refused'))"
_NAME = "NewConnectionError('Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')"
_CERTIFICATE = "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))"
_OS = "ERROR: Could not install packages due to an OSError: "


def _retrying(error: str) -> str:
    return f"WARNING: Retrying (Retry(total=4)) after connection broken by '{error}': /simple/scipy/\n{_NO_MATCH}"


OUTPUTS = {
    "network": _retrying(_NAME),
    "proxy": _retrying(_REFUSED),
    "proxy-login": _retrying(_TUNNEL),
    "tls": "There was a problem confirming the ssl certificate\n" + _retrying(_CERTIFICATE),
    "no-wheel": _NO_MATCH,
    "disk": _OS + "[Errno 28] No space left on device\n",
    "permission": _OS + "[Errno 13] Permission denied: '/home/x/y'\nCheck the permissions.\n",
    "managed": "error: externally-managed-environment\n\nThis environment is externally managed\n",
    "hash": "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n",
    "conflict": "ERROR: Cannot install scipy: these package versions have conflicting dependencies.\n",
    "no-pip": "/usr/bin/python3.11: No module named pip\n",
    "socks": _OS + "Missing dependencies for SOCKS support.\n",
    "refused": "ERROR: HTTP error 403 while getting https://files.example/x.whl\n",
    "damaged": "ERROR: Wheel 'scipy' located at /tmp/x.whl is invalid.\n",
    "memory": "MemoryError\n",
    "unknown": "ERROR: Something that nobody has seen.\n",
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_pips_failure_gets_its_name(name):
    cause = cause_of(OUTPUTS[name], 1)
    assert cause.name == name, cause
    assert cause.what.endswith(".") and len(cause.remedy) > 10
    if name == "no-wheel":
        assert "scipy" in cause.what
    if name == "unknown":
        assert "Something that nobody has seen" in cause.what


def test_a_signal_is_told_apart():
    assert cause_of("Collecting scipy\n", 9, crashed=True).name == "killed"
    assert "nothing" in named("unknown", "", 3).what


def test_passwords_do_not_reach_the_details():
    assert (
        without_passwords("via http://me:secret@proxy:3128/ and https://x/")
        == "via http://…@proxy:3128/ and https://x/"
    )


# -- the installer, over a stand-in for Python and pip -----------------------------------------------------------------

STUB = """#!{python}
import os, subprocess, sys, time
if sys.argv[1] == "-c":
    sys.exit(subprocess.run(["{python}", *sys.argv[1:]]).returncode)
assert sys.argv[1:4] == ["-m", "pip", "install"], sys.argv
target = sys.argv[sys.argv.index("--target") + 1]
assert os.environ["PIP_USER"] == "0"
{body}
"""


@pytest.fixture
def stub(tmp_path):
    """``stub(body)`` makes a Python whose pip runs ``body`` (``target`` is the folder to fill)."""

    def make(body: str) -> Path:
        path = tmp_path / "stub-python"
        path.write_text(STUB.format(python=PYTHON, body=body))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return make


PLAN = planning.Plan(("marscd-tiny",), ("marscd_tiny",), (), "numpy==1.24.2\n", 1)
GOOD = "open(os.path.join(target, 'marscd_tiny.py'), 'w').write('fine = 1')"


@pytest.fixture
def outcome(context, tmp_path, wait):
    """Run an installer to its end: how it ended and with what, the folder, the installer, its lines."""

    def run(python: Path | list[Path], plan: planning.Plan = PLAN, during=None, settings: Settings | None = None):
        folder = tmp_path / "profile" / "marscd" / "packages-x"
        pythons = python if isinstance(python, list) else [python]
        installer = Installer(plan, folder, settings or Settings(), context.jobs, None, interpreters=pythons)
        ends: list[tuple[str, object]] = []
        lines: list[str] = []
        installer.said.connect(lines.append)
        installer.succeeded.connect(lambda again: ends.append(("succeeded", again)))
        installer.failed.connect(lambda cause: ends.append(("failed", cause)))
        installer.stopped.connect(lambda: ends.append(("stopped", None)))
        if during is not None:
            installer.said.connect(lambda line: during(installer, line))
        installer.start()
        wait(lambda: ends, 30, "the installer's end")
        wait(lambda: not context.jobs.running, 10, "the clearing up")
        assert len(ends) == 1 and not installer.running
        assert not packages.leftovers(folder), "nothing is left beside the folder"
        return (*ends[0], folder, installer, lines)

    return run


def test_it_installs_and_the_package_is_there_at_once(stub, outcome):
    body = (
        "print('Collecting marscd-tiny', flush=True)\nprint('  Downloading tiny-1.whl (1.2 MB)', flush=True)\n" + GOOD
    )
    state, again, folder, _, lines = outcome(stub(body))
    assert (state, again) == ("succeeded", False)
    assert sys.path[-1] == str(folder) and packages.manifest(folder)["packages"] == ["marscd-tiny"]
    assert "Downloading tiny (1.2 MB)…" in lines
    import marscd_tiny  # type: ignore[import-not-found]

    assert marscd_tiny.fine
    del sys.modules["marscd_tiny"]


@pytest.mark.parametrize("name", ["network", "proxy-login", "no-wheel", "unknown"])
def test_a_cause_comes_through_and_leaves_what_was_there(stub, outcome, tmp_path, name):
    earlier = tmp_path / "profile" / "marscd" / "packages-x"
    earlier.mkdir(parents=True)
    (earlier / "kept.py").write_text("")
    (tmp_path / "said").write_text(OUTPUTS[name])
    body = "open(os.path.join(target, 'half.py'), 'w')\n"
    body += f"sys.stdout.write(open({str(tmp_path / 'said')!r}).read())\nsys.exit(1)"
    state, cause, folder, installer, _ = outcome(stub(body))
    assert (state, cause.name) == ("failed", name)
    assert sorted(p.name for p in folder.iterdir()) == ["kept.py"]
    assert OUTPUTS[name].splitlines()[0] in installer.output


def test_a_python_of_another_version_is_not_used(stub, outcome, tmp_path):
    other = tmp_path / "other"
    other.write_text('#!/bin/sh\necho \'MARSCD ["cpython-27", "x86_64", "20.0"]\'\n')
    other.chmod(0o755)
    state, cause, *_ = outcome([tmp_path / "missing", other])
    assert (state, cause.name) == ("failed", "no-python")
    without_pip = tmp_path / "without"
    answer = json.dumps([sys.implementation.cache_tag, planning.platform.machine(), ""])
    without_pip.write_text(f"#!/bin/sh\necho 'MARSCD {answer}'\n")
    without_pip.chmod(0o755)
    state, cause, *_ = outcome([other, without_pip])
    assert (state, cause.name) == ("failed", "no-pip")
    assert outcome([other, without_pip, stub(GOOD)])[0] == "succeeded"


@pytest.mark.parametrize("name", ["numpy", "osgeo"])
def test_numpy_and_gdal_never_stay(stub, outcome, name):
    state, cause, folder, *_ = outcome(stub(f"{GOOD}\nos.mkdir(os.path.join(target, {name!r}))"))
    assert (state, cause.name) == ("failed", "intruder") and name in cause.what
    assert not folder.exists()


def test_what_does_not_load_is_taken_away(stub, outcome):
    body = "open(os.path.join(target, 'marscd_tiny.py'), 'w').write('raise RuntimeError(\"built for another numpy\")')"
    state, cause, folder, *_ = outcome(stub(body))
    assert (state, cause.name) == ("failed", "load") and "built for another numpy" in cause.what
    assert not folder.exists()


def test_a_cancel_stops_pip_and_keeps_what_was_there(stub, outcome, tmp_path):
    body = "print('Collecting slow', flush=True)\nopen(os.path.join(target, 'half'), 'w')\ntime.sleep(60)"
    state, _, folder, *_ = outcome(stub(body), during=lambda i, line: i.cancel() if "slow" in line else None)
    assert state == "stopped" and not folder.exists()


def test_pip_ended_from_outside(stub, outcome):
    state, cause, *_ = outcome(stub("os.kill(os.getpid(), 9)"))
    assert (state, cause.name) == ("failed", "killed")


def test_two_windows_do_not_install_at_once(stub, outcome, tmp_path):
    from qgis.PyQt.QtCore import QLockFile

    places = planning.Places(tmp_path / "profile" / "marscd" / "packages-x")
    places.lock.parent.mkdir(parents=True)
    lock = QLockFile(str(places.lock))
    assert lock.tryLock(0)
    state, cause, *_ = outcome(stub(GOOD))
    lock.unlock()
    assert (state, cause.name) == ("failed", "busy")


def test_a_full_disk_is_seen_before_anything_is_fetched(stub, outcome):
    plan = planning.Plan(("x",), (), (), "", 10**12)
    state, cause, *_ = outcome(stub("raise SystemExit('asked')"), plan)
    assert (state, cause.name) == ("failed", "room") and "disk is too full" in str(cause)


def tiny_wheel(folder: Path, name: str = "marscd_tiny", requires: str = "") -> Path:
    """A wheel with one module, which may require another."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "import numpy\nfine = numpy.__version__\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{requires}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{n},sha256={base64.urlsafe_b64encode(hashlib.sha256(t.encode()).digest()).rstrip(b'=').decode()},{len(t)}\n"
        for n, t in files.items()
    )
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for n, t in files.items():
            made.writestr(n, t)
    return path


def test_the_real_pip_from_a_folder_of_wheels(outcome, tmp_path, monkeypatch):
    """QGIS's own Python and its pip; the wheel asks for numpy, which must not come."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    tiny_wheel(wheels, requires="Requires-Dist: numpy>=1.0\nRequires-Dist: nowhere-to-be-found\n")
    for name in [n for n in os.environ if n.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    state, value, folder, installer, lines = outcome(planning.interpreters())
    if state == "failed" and value.name == "no-pip":
        pytest.skip("QGIS's Python has no pip here")
    assert state == "succeeded", installer.output
    assert {p.name for p in folder.iterdir() if not p.name.startswith("__")} == {
        "marscd_tiny.py", "marscd_tiny-1.0.dist-info", packages.MANIFEST,
    }  # fmt: skip
    assert lines
    state, cause, *_ = outcome(planning.interpreters(), planning.Plan(("nowhere-to-be-found",), (), (), "", 1))
    assert (state, cause.name) == ("failed", "no-wheel") and "nowhere-to-be-found" in cause.what
    assert (folder / "marscd_tiny.py").exists()


# -- the panel ------------------------------------------------------------------------------------------------------


def test_the_line_names_what_is_missing_and_what_waits_for_it():
    text = said_of([Found(BY_MODULE["onnxruntime"], "missing"), Found(BY_MODULE["cv2"], "missing")])
    assert "onnxruntime and OpenCV" in text and "finding changes" in text and "searching" not in text
    assert "too old" in said_of([Found(BY_MODULE["scipy"], "old", "1.0", "/x")])
    assert "another QGIS" in said_of([Found(BY_MODULE["shapely"], "unfit", "2.1", "/x")])


@pytest.fixture
def panel(context, monkeypatch, tmp_path):
    """A panel that finds ``lacks`` missing, and installs into ``tmp_path``."""
    lacks = [Found(BY_MODULE["onnxruntime"], "missing")]
    monkeypatch.setattr(packages, "lacking", lambda *a, **k: list(lacks))
    monkeypatch.setattr(planning, "nvidia", lambda: None)
    made = SetupPanel(context)
    made.lacks = lacks
    made.folder = tmp_path / "profile" / "marscd" / "packages-x"
    monkeypatch.setattr(made, "plan", lambda: PLAN)
    yield made
    made.release()
    made.deleteLater()


def shown(panel) -> set[str]:
    names = (
        "ask_button",
        "go_button",
        "again_button",
        "details_button",
        "stop_button",
        "later_button",
        "bar",
        "hide_button",
    )
    return {n for n in names if getattr(panel, n).isVisibleTo(panel)}


def test_the_panel_from_the_line_to_the_end(panel, stub, wait, context):
    from qgis.PyQt.QtWidgets import QPlainTextEdit

    assert panel.isVisibleTo(None) and shown(panel) == {"ask_button", "hide_button"}
    panel.ask_button.click()
    assert shown(panel) == {"go_button", "later_button"} and "marscd-tiny" in panel.label.text()
    panel.later_button.click()
    assert shown(panel) == {"ask_button", "hide_button"}
    panel.interpreters = [stub("sys.stdout.write('ERROR: [Errno 28] No space left on device')\nsys.exit(1)")]
    panel.ask_button.click()
    panel.go_button.click()
    assert shown(panel) == {"stop_button", "bar"}
    wait(lambda: "again_button" in shown(panel), 20, "the failure")
    assert "disk is full" in panel.label.text()
    panel.details_button.click()
    assert "No space left on device" in panel._dialog.findChild(QPlainTextEdit).toPlainText()
    panel._dialog.close()
    panel.interpreters = [stub(GOOD)]
    panel.lacks.clear()
    panel.again_button.click()
    wait(lambda: panel.isHidden(), 20, "the success")
    assert "ready" in context.messages.items()[-1].text()


def test_a_cancel_in_the_panel(panel, stub, wait, context):
    panel.interpreters = [stub("time.sleep(60)")]
    panel.install()
    wait(lambda: "index" in panel.label.text(), 20, "pip")
    panel.stop_button.click()
    wait(lambda: "ask_button" in shown(panel), 20, "the stop")
    assert "Nothing was installed" in context.messages.items()[-1].text()


def test_all_there_means_no_panel(context, monkeypatch):
    monkeypatch.setattr(packages, "lacking", lambda *a, **k: [])
    assert SetupPanel(context).isHidden()


def test_everything_is_reachable_by_keyboard_and_explained(panel):
    for name in ("ask_button", "go_button", "again_button", "details_button", "stop_button", "later_button"):
        button = getattr(panel, name)
        assert "&" in button.text() and button.toolTip(), name


# -- devices --------------------------------------------------------------------------------------------------------


def test_devices_are_told_from_files(tmp_path):
    missing = device_notes(Found(BY_MODULE["onnxruntime"], "missing"), None, "linux")
    assert missing["AUTO"] == "" and "missing" in missing["CPU"]
    plain = site(tmp_path / "a", "onnxruntime", "1.31.1")
    found = Found(BY_MODULE["onnxruntime"], "ok", "1.31.1", str(plain))
    card = planning.Gpu("580.1", True)
    assert device_notes(found, card, "linux") | {"DIRECTML": "", "COREML": ""} == {
        "AUTO": "", "CPU": "", "CUDA": "needs the package onnxruntime-gpu in place of onnxruntime", "DIRECTML": "",
        "COREML": "",
    }  # fmt: skip
    (plain / "onnxruntime_gpu-1.31.1.dist-info").mkdir()
    assert device_notes(found, card, "linux")["CUDA"] == ""
    assert "535" in device_notes(found, planning.Gpu("535.1", False), "linux")["CUDA"]
    assert device_notes(found, card, "darwin")["COREML"] == ""
