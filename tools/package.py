"""The plugin as QGIS installs it: ``make package`` makes dist/*.zip, ``make install`` puts it into a profile.

The zip is the wheel's marscd_plugin/ folder, so that workers and QGIS get the same files. The plugin repository wants
no model files in an upload: they go into a zip of their own, which unpacks over the plugin.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PLUGIN = "marscd_plugin/"
MODELS = PLUGIN + "resources/models/"


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
    """The plugin's files in the wheel, without what only makes models or stands in for archives."""
    return [n for n in archive.namelist() if n.startswith(PLUGIN) and not n.startswith(PLUGIN + "training/")]


def package() -> list[Path]:
    """Write the two zips; returns their paths."""
    DIST.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel(Path(folder))) as source:
        version = next(
            line for line in (ROOT / "metadata.txt").read_text().splitlines() if line.startswith("version=")
        )[8:]
        names = members(source)
        made = []
        for title, chosen in (
            ("marscd_plugin", [n for n in names if not n.startswith(MODELS) or n.endswith(".md")]),
            ("marscd_models", [n for n in names if n.startswith(MODELS)]),
        ):
            path = DIST / f"{title}-{version}.zip"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
                for name in sorted(chosen):
                    # A fixed date keeps two builds of one source alike.
                    target.writestr(
                        zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED
                    )
            made.append(path)
    return made


def install(profile: Path) -> Path:
    """Unpack both zips into a QGIS profile's plugins folder, in place of an older version."""
    plugins = profile / "python" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=plugins) as folder:
        for path in package():
            with zipfile.ZipFile(path) as archive:
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
