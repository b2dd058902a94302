"""Is a folder on this computer's own disk? SQLite's locks and shared memory are not to be trusted over a network."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: File systems whose bytes lie on another computer, as /proc names them.
_NETWORK = (
    "nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "9p", "afs", "ncpfs", "lustre", "gpfs", "beegfs", "ceph",
    "glusterfs", "pvfs2", "orangefs", "coda", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone",
    "fuse.s3fs", "fuse.davfs2", "fuse.curlftpfs", "fuse.gvfsd-fuse", "fuse.lxcfs.remote", "virtiofs.remote",
)  # fmt: skip
_MOUNTS = Path("/proc/self/mountinfo")
_DRIVE_REMOTE = 4


def network_disk(path: Path | str, mounts: Path = _MOUNTS) -> str:
    """The name of the network file system that ``path`` lies on ("nfs4"), or "" for a local disk or an unknown one.

    Linux is asked by its table of mounts, Windows by the kind of drive; elsewhere nothing is known.
    """
    where = Path(path).absolute()
    while not where.exists() and where != where.parent:
        where = where.parent
    if sys.platform == "win32":
        return _windows(str(where))
    try:
        where = where.resolve()
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, what = before.split(), after.split()
        if len(fields) < 5 or not what:
            continue
        point = Path(fields[4].encode("utf-8").decode("unicode_escape", errors="replace"))
        # Of several mounts on one place, the last is the one seen.
        if len(point.parts) >= best and where.is_relative_to(point):
            best, kind = len(point.parts), what[0]
    return kind if kind in _NETWORK else ""


def _windows(path: str) -> str:
    if path.startswith("\\\\"):
        return "a shared folder"
    import ctypes

    drive = os.path.splitdrive(path)[0] + "\\"
    kernel = getattr(ctypes, "windll", None)
    remote = kernel is not None and kernel.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE
    return "a network drive" if remote else ""
