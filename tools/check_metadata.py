"""Check metadata.txt as the plugin repository and QGIS's plugin manager will."""

from __future__ import annotations

import configparser
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = ("name", "version", "description", "about", "author", "email", "qgisMinimumVersion", "qgisMaximumVersion",
            "repository", "tracker", "homepage", "license", "icon", "hasProcessingProvider", "supportsQt6", "changelog",
            "tags", "category")  # fmt: skip
LINKS = ("repository", "tracker", "homepage")
BOOLEANS = ("experimental", "deprecated", "server", "supportsQt6")
#: The list of plugins shows the description in one line.
_LONGEST = 200


def problems(root: Path = ROOT) -> list[str]:
    """What is wrong, one line each; empty where all is well."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    text = (root / "metadata.txt").read_text(encoding="utf-8")
    parser.read_string(text)
    general = parser["general"]
    found = [f"metadata.txt has no {key}" for key in REQUIRED if not general.get(key, "").strip()]
    version = general.get("version", "")
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        found.append("version is not major.minor.patch")
    low, high = (tuple(map(int, general.get(k, "0").split("."))) for k in ("qgisMinimumVersion", "qgisMaximumVersion"))
    if low < (3, 40) or low > high:
        found.append("qgisMinimumVersion must be 3.40 or later and not above qgisMaximumVersion")
    if general.get("hasProcessingProvider") != "yes" or general.get("supportsQt6") != "True":
        found.append("hasProcessingProvider=yes and supportsQt6=True are what qgis_process and Qt 6 builds look for")
    if not (root / general.get("icon", "")).is_file():
        found.append(f"the icon {general.get('icon')} is not there")
    if "%" in text:
        found.append("a per cent sign is an error to the plugin repository, which reads it as an interpolation")
    if "/" in general.get("author", ""):
        found.append("author may not hold a slash")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", general.get("email", "")):
        found.append("email is no address")
    for key in LINKS:
        link = urlsplit(general.get(key, ""))
        if link.scheme != "https" or not link.netloc:
            found.append(f"{key} is no https address")
    found += [f"{key} is neither True nor False" for key in BOOLEANS if general.get(key) not in ("True", "False")]
    if len(general.get("description", "")) > _LONGEST or "\n" in general.get("description", ""):
        found.append(f"description is longer than a line of {_LONGEST} letters")
    if not general.get("changelog", "").strip().startswith(version):
        found.append(f"changelog does not begin with {version}")
    return found


if __name__ == "__main__":
    found = problems()
    for line in found:
        sys.stderr.write(line + "\n")
    sys.exit(bool(found))
