"""The tutorial's pictures: the window test's script on the demo's archive (``make pictures``).

The pictures are of simulated images; each step is really done, in a real QGIS window without a screen.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import window
from demo import DEMO
from environment import ROOT, environment

TARGET = ROOT / "docs" / "pictures" / "tutorial"
SCRIPT = ROOT / "tests" / "gui" / "window" / "whole_job.py"
#: Pixels; JPEG quality.
WIDTH, QUALITY = 1100, 80


def main() -> None:
    """Run the job and write the pictures, smaller and as JPEG."""
    environment()
    sys.path.insert(0, str(ROOT))
    import cv2

    from marscd_plugin.sandbox.server import SandboxServer

    out = ROOT / "build" / "tutorial"
    with tempfile.TemporaryDirectory() as folder, SandboxServer(DEMO / "archive-2048") as server:
        place = Path(folder)
        variables = {
            **server.variables,
            "MARSCD_CACHE_DIR": str(place / "cache"),
            "MARSCD_WORK_DIR": str(place / "work"),
            "MARSCD_WINDOW_PLACE": "-157.7,-41.6,0.0075",
            "MARSCD_WINDOW_MOST": "6",
        }
        result = window.run(SCRIPT, out, window.make_profile(place / "profiles"), variables, timeout=900)
    if result["failed"]:
        sys.exit(f"tutorial: the job did not come to its end:\n{result['failed']}")
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in sorted(out.glob("[0-9][0-9]-*.png")):
        picture = cv2.imread(str(path))
        height = round(picture.shape[0] * WIDTH / picture.shape[1])
        small = cv2.resize(picture, (WIDTH, height), interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(TARGET / f"{path.stem}.jpg"), small, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    sys.stdout.write(f"{len(list(TARGET.glob('*.jpg')))} pictures in {TARGET.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
