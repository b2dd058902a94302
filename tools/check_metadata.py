"""Check metadata.txt as the plugin repository and QGIS's plugin manager will."""

from __future__ import annotations

import configparser
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = ("name", "version", "description", "about", "author", "email", "qgisMinimumVersion", "repository", "tracker",
            "homepage", "license", "icon", "hasProcessingProvider", "supportsQt6")  # fmt: skip


def problems(root: Path = ROOT) -> list[str]:
    """What is wrong, one line each; empty where all is well."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read(root / "metadata.txt", encoding="utf-8")
    general = parser["general"]
    found = [f"metadata.txt has no {key}" for key in REQUIRED if not general.get(key, "").strip()]
    if not re.fullmatch(r"\d+\.\d+\.\d+", general.get("version", "")):
        found.append("version is not major.minor.patch")
    low, high = (tuple(map(int, general.get(k, "0").split("."))) for k in ("qgisMinimumVersion", "qgisMaximumVersion"))
    if low < (3, 40) or low > high:
        found.append("qgisMinimumVersion must be 3.40 or later and not above qgisMaximumVersion")
    if general.get("hasProcessingProvider") != "yes" or general.get("supportsQt6") != "True":
        found.append("hasProcessingProvider=yes and supportsQt6=True are what qgis_process and Qt 6 builds look for")
    if not (root / general.get("icon", "")).is_file():
        found.append(f"the icon {general.get('icon')} is not there")
    return found


if __name__ == "__main__":
    found = problems()
    for line in found:
        sys.stderr.write(line + "\n")
    sys.exit(bool(found))
