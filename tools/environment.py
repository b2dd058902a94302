"""The environment in which plain ``qgis_process run marscd:...`` works from this checkout, and ``make shell-env``.

Stages the plugin as a folder of links, with a QGIS profile of its own in which it is switched on.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
STAGE = BUILD / "plugins" / "marscd_plugin"
VENV = BUILD / "venv"
QGIS_PLUGINS = Path("/usr/share/qgis/python/plugins")


def stage() -> Path:
    """Link the package's files, metadata.txt, resources and i18n into build/plugins/marscd_plugin."""
    STAGE.mkdir(parents=True, exist_ok=True)
    wanted = {p.name: p for p in (ROOT / "marscd_plugin").iterdir() if p.name != "__pycache__"}
    wanted |= {name: ROOT / name for name in ("metadata.txt", "constraints-qgis.txt", "resources", "i18n")}
    for link in STAGE.iterdir():
        if link.name not in wanted and link.is_symlink():
            link.unlink()
    for name, target in wanted.items():
        link = STAGE / name
        if not link.is_symlink() or link.resolve() != target:
            link.unlink(missing_ok=True)
            link.symlink_to(target)
    return STAGE


def variables() -> dict[str, str]:
    """What to set, and nothing else."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    runtime = BUILD / "runtime"
    runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(site), str(QGIS_PLUGINS)]),
        "QGIS_PLUGINPATH": str(STAGE.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(BUILD / "qgis"),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR") or str(runtime),
        "MARSCD_CACHE_DIR": os.environ.get("MARSCD_CACHE_DIR") or str(BUILD / "cache"),
    }


def environment() -> dict[str, str]:
    """The whole environment for a child process, staged and with the plugin switched on."""
    stage()
    env = os.environ | variables()
    profile = Path(env["QGIS_CUSTOM_CONFIG_PATH"])
    if not (profile / "marscd-enabled").exists():
        done = subprocess.run(
            ["qgis_process", "plugins", "enable", "marscd_plugin"], env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"environment: qgis_process could not switch the plugin on:\n{done.stdout}{done.stderr}")
        (profile / "marscd-enabled").touch()
    return env


if __name__ == "__main__":
    environment()
    for key, value in variables().items():
        sys.stdout.write(f"export {key}={shlex.quote(value)}\n")
