"""Network file systems are told from local ones."""

from __future__ import annotations

import sys

import pytest

from marscd_plugin.common.disks import network_disk

MOUNTS = """22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/share rw - nfs4 server:/data rw
31 30 0:41 / /mnt/share/local rw - tmpfs tmpfs rw
32 22 0:42 / /mnt/with\\040blank rw - fuse.sshfs user@host: rw
33 22 0:43 / /mnt/over rw - ext4 /dev/sdb rw
34 33 0:44 / /mnt/over rw - cifs //server/share rw
broken line
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux's table of mounts")
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me", ""), ("/mnt/share/deep/er", "nfs4"), ("/mnt/share/local/x", ""), ("/mnt/sharex", ""),
        ("/mnt/with blank/x", "fuse.sshfs"), ("/mnt/over/x", "cifs"),
    ],
)  # fmt: skip
def test_by_the_table_of_mounts(tmp_path, monkeypatch, path, kind) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    # As if all those folders were there.
    monkeypatch.setattr("pathlib.Path.exists", lambda self: True)
    assert network_disk(path, mounts) == kind


def test_an_unknown_system_is_no_network(tmp_path) -> None:
    assert network_disk(tmp_path, tmp_path / "none") == ""
