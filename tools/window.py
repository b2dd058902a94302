"""A real QGIS window without a screen: its own profile, our plugin staged, a script that drives it.

Tests and the tutorial's pictures use it: ``run(script, out)`` starts QGIS under Xvfb, the script does its work through
``qgis.utils.iface`` (see tests/gui/window/driver.py) and leaves ``result.json`` and pictures in ``out``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from environment import BUILD, environment

SCREEN = "-screen 0 1500x950x24"


def ready() -> bool:
    """Is there what a window needs?"""
    return all(shutil.which(program) for program in ("xvfb-run", "xauth", "qgis"))


def make_profile(folder: Path, plugin: bool = True, settings: Mapping[str, str] | None = None) -> Path:
    """A fresh profiles folder with our plugin switched on (or not); returns what ``--profiles-path`` takes."""
    ini = folder / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    lines = [
        "[PythonPlugins]", f"marscd_plugin={'true' if plugin else 'false'}", "processing=true",
        "[app]", "showSplash=false", "[qgis]", "checkVersion=false", "showTips=false", "newsFeed=false",
        "[locale]", "overrideFlag=true", f"userLocale={(settings or {}).get('locale', 'en_US')}",
        "[core]", "NewsFeed\\httpsfeedqgisorg\\disabled=true",
        "[plugins]", "automatically-check-for-updates=false",
    ]  # fmt: skip
    ini.write_text("\n".join(lines) + "\n")
    return folder


def run(
    script: Path,
    out: Path,
    profiles: Path,
    variables: Mapping[str, str] | None = None,
    without: tuple[str, ...] = (),
    timeout: float = 300.0,
) -> dict:
    """Run ``script`` inside QGIS; returns its ``result.json``. ``without`` takes variables away.

    Raises RuntimeError, with what QGIS printed, where the script left no result, and TimeoutError.
    """
    out.mkdir(parents=True, exist_ok=True)
    env = environment() | {"PYTHONPYCACHEPREFIX": str(BUILD / "pycache")} | dict(variables or {})
    env |= {"MARSCD_WINDOW_OUT": str(out), "LIBGL_ALWAYS_SOFTWARE": "1", "HOME": str(profiles)}
    # ``--code`` runs the script without a place of its own: its neighbours are found this way.
    env["PYTHONPATH"] = os.pathsep.join([str(script.parent), env["PYTHONPATH"]])
    for name in ("QT_QPA_PLATFORM", "QGIS_CUSTOM_CONFIG_PATH", *without):
        env.pop(name, None)
    result = out / "result.json"
    result.unlink(missing_ok=True)
    with (out / "qgis.log").open("wb") as log:
        process = subprocess.Popen(
            ["xvfb-run", "-a", "-s", SCREEN, "qgis", "--nologo", "--noversioncheck",
             "--profiles-path", str(profiles), "--code", str(script)],
            env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"QGIS did not end within {timeout:.0f} s:\n{_tail(out)}") from None
        finally:
            # Xvfb and QGIS are its children: none may stay behind.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    if not result.is_file():
        raise RuntimeError(f"QGIS ended ({process.returncode}) and left no result:\n{_tail(out)}")
    return json.loads(result.read_text()) | {"code": process.returncode}


def _tail(out: Path) -> str:
    return (out / "qgis.log").read_text(errors="replace")[-3000:]
