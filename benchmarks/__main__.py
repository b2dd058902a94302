"""``make bench``: every benchmark's table, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("bench_*.py")):
    sys.stdout.write(f"\n## {path.stem}\n\n")
    sys.stdout.flush()
    subprocess.run([sys.executable, str(path), *sys.argv[1:]], check=True, cwd=path.parents[1])
