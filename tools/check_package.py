"""The plugin repository's checks of an upload, here first: what it would refuse, and what it would grumble about.

    check_package.py            the sources as they stand: secrets only (``make lint``; bandit runs there by itself)
    check_package.py FILE.zip   a package: its form, metadata, bandit, secrets

By the rules that plugins.qgis.org publishes (its validator and its security scan, docs/security-scanning): bandit's
findings of medium and high severity and detect-secrets' findings block a version; hidden and executable files are
warnings there and faults here. That its links answer can only be seen by the site itself.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import check_metadata

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 25_000_000
FORBIDDEN = ("__MACOSX", ".git", "__pycache__")
SUSPICIOUS = (".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd", ".pyc", ".pyo")
#: What the repository's own scan is started with: metadata.txt may hold a commit's SHA.
SECRETS = ("scan", "--all-files", "--exclude-files", r"metadata\.txt")


def form(path: Path) -> list[str]:
    """What is wrong with the zip itself, one line each."""
    found = []
    if path.stat().st_size > LARGEST:
        found.append(f"{path.name} is larger than {LARGEST / 1e6:.0f} MB")
    with zipfile.ZipFile(path) as archive:
        if bad := archive.testzip():
            found.append(f"{bad} is damaged")
        names = archive.namelist()
        for member in archive.infolist():
            parts = member.filename.split("/")
            if ".." in member.filename or member.filename.startswith("/"):
                found.append(f"{member.filename} leads out of the folder")
            if set(parts) & set(FORBIDDEN) or parts[-1].startswith(".") or member.filename.lower().endswith(SUSPICIOUS):
                found.append(f"{member.filename} is hidden, compiled or executable")
            if (member.external_attr >> 16) & 0o111:
                found.append(f"{member.filename} may be executed")
    folders = {name.split("/")[0] for name in names}
    if len(folders) != 1 or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]+", next(iter(folders))):
        found.append(f"one folder named like a Python module is wanted, not {sorted(folders)}")
    folder = names[0].split("/")[0]
    found += [
        f"{name} is missing" for name in ("__init__.py", "metadata.txt", "LICENSE") if f"{folder}/{name}" not in names
    ]
    return found


def bandit(folder: Path) -> list[str]:
    """Findings of medium and high severity, with bandit's own default rules."""
    done = _run("-m", "bandit", "-q", "-r", str(folder), "-ll", "-f", "json")
    return [
        f"{Path(r['filename']).relative_to(folder)}:{r['line_number']}: {r['test_id']} {r['issue_text']}"
        for r in json.loads(done)["results"]
    ]


def secrets(folder: Path, *names: str) -> list[str]:
    """What looks like a key or a password in ``folder`` (or only in these of its files and folders)."""
    code = "import sys; from detect_secrets.main import main; sys.exit(main(sys.argv[1:]))"
    done = _run("-c", code, *SECRETS, *(names or (".",)), folder=folder)
    results = json.loads(done)["results"]
    return [f"{file}:{r['line_number']}: {r['type']}" for file, rows in results.items() for r in rows]


def problems(path: Path) -> list[str]:
    """What the plugin repository would not take in this zip, one line each."""
    found = form(path)
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(path) as archive:
        archive.extractall(scratch)
        inside = Path(scratch) / archive.namelist()[0].split("/")[0]
        return found + check_metadata.problems(inside) + bandit(inside) + secrets(Path(scratch))


def _run(*arguments: str, folder: Path = ROOT) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise RuntimeError(f"{' '.join(arguments[:3])} said nothing but: {done.stderr[-500:]}")
    return done.stdout


if __name__ == "__main__":
    if len(sys.argv) > 1:
        found = [f"{name}: {line}" for name in sys.argv[1:] for line in problems(Path(name))]
    else:
        found = secrets(ROOT, "marscd_plugin", "resources", "i18n", "constraints-qgis.txt")
    sys.stderr.write("".join(line + "\n" for line in found))
    sys.exit(bool(found))
