"""The offline index brought from a sandbox archive: conditional, resumed, the old one kept; then used without one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from marscd_plugin.archives.offline import index_path, index_state
from marscd_plugin.common import settings as all_settings
from marscd_plugin.common.errors import ArchiveError, CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Query
from marscd_plugin.planet.geometry import area_from_extent
from marscd_plugin.sandbox.context import fill_context
from marscd_plugin.sandbox.faults import parse_plan
from marscd_plugin.sandbox.server import SandboxServer
from marscd_plugin.workflows.index import update_index
from marscd_plugin.workflows.search import find_observations

PALIKIR = area_from_extent(202.29, -41.61, 202.31, -41.59)
TABLE = "/ctx/mrox_1790/index/cumindex.tab"


class Listener(Quiet):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def report(self, fraction: float, message: str = "") -> None:
        assert 0 <= fraction <= 1
        if message:
            self.said.append(message)

    def warn(self, message: str) -> None:
        self.said.append("! " + message)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("context")
    fill_context(folder, Quiet(), size=400)
    return folder


@pytest.fixture
def served(root, tmp_path):
    servers = []

    def serve(*rules):
        server = SandboxServer(root, plan=parse_plan({"rules": list(rules)})).start()
        servers.append(server)
        return all_settings.load({}, {**server.variables, "MARSCD_CACHE_DIR": str(tmp_path / "cache")})

    yield serve
    for server in servers:
        server.stop()


def test_built_then_up_to_date_then_without_an_archive(served) -> None:
    settings, progress = served(), Listener()
    made = update_index("CTX", settings, progress)
    assert made.changed and made.state.rows == 4 and made.state.skipped == 1 and made.brought == 5 * 555
    assert any("1 garbled" in line for line in progress.said)
    again = update_index("CTX", settings, progress)
    assert not again.changed and again.brought == 0 and "up to date" in progress.said[-1]
    # Roots that nobody answers: the index needs none.
    nowhere = replace(settings, ode_url="http://127.0.0.1:1/live2", ctx_url="http://127.0.0.1:1/ctx")
    found = find_observations(Query(PALIKIR, ("CTX",), source="INDEX"), nowhere, Quiet())
    assert len(found.observations) == 4 and found.source == "INDEX"
    assert all(o.incidence is not None and o.orbit for o in found.observations)
    assert not list(index_path(settings, "CTX").parent.glob(".*"))


def test_index_and_ode_agree(served) -> None:
    settings = served()
    update_index("CTX", settings, Quiet())
    by_index = find_observations(Query(PALIKIR, ("CTX",), source="INDEX"), settings, Quiet()).observations
    by_ode = find_observations(Query(PALIKIR, ("CTX",), source="ODE"), settings, Quiet()).observations
    assert [o.product_id for o in by_index] == [o.product_id for o in by_ode]
    for one, other in zip(by_index, by_ode, strict=True):
        assert one.start_time == other.start_time and one.mars_year == other.mars_year and one.orbit == other.orbit
        assert one.solar_longitude == pytest.approx(other.solar_longitude, abs=0.006)
        assert one.incidence == pytest.approx(other.incidence, abs=0.006)
        assert one.sub_solar_azimuth == pytest.approx(other.sub_solar_azimuth, abs=0.011)
        assert [f.url for f in one.files] == [f.url for f in other.files if f.role != "browse"]


def test_a_cut_table_is_taken_up_again(served) -> None:
    settings = served({"match": TABLE, "fault": "cut", "times": 2, "after": 1, "bytes": 700})
    assert update_index("CTX", settings, Quiet()).state.rows == 4


def test_a_web_page_or_a_silent_archive_keeps_the_old_index(served) -> None:
    settings = served()
    update_index("CTX", settings, Quiet())
    html = served({"match": TABLE, "fault": "html", "times": 99})
    with pytest.raises(ArchiveError, match="web page"):
        update_index("CTX", html, Quiet(), url=f"{html.ctx_url}/mrox_1790/index/cumindex.tab")
    gone = replace(html, ctx_url=html.ctx_url + "/nowhere")
    with pytest.raises(ArchiveError, match=r"mrox_1790.*has a cumulative table"):
        update_index("CTX", gone, Quiet())
    with pytest.raises(ArchiveError, match="status 404"):
        update_index("HIRISE", html, Quiet())
    assert index_state(settings, "CTX").rows == 4
    assert [p.name for p in index_path(settings, "CTX").parent.iterdir()] == ["ctx.sqlite"]


def test_a_table_brought_by_hand_needs_no_network(root, tmp_path) -> None:
    settings = all_settings.load({}, {"MARSCD_CACHE_DIR": str(tmp_path)})
    table = root / "ctx" / "mrox_1790" / "index" / "cumindex.tab"
    assert update_index("CTX", settings, Quiet(), table=table).state.rows == 4
    with pytest.raises(InputError, match="cannot be read"):
        update_index("CTX", settings, Quiet(), table=tmp_path / "none.tab")
    with pytest.raises(ArchiveError, match="no product of HIRISE"):
        update_index("HIRISE", settings, Quiet(), table=table)
    with pytest.raises(InputError, match="CRISM"):
        update_index("CRISM", settings, Quiet())


def test_cancel(served) -> None:
    settings, progress = served(), Quiet()
    progress.cancel()
    with pytest.raises(CancelledError):
        update_index("CTX", settings, progress)
    assert not index_path(settings, "CTX").exists()


def test_a_network_disk_is_told(served, monkeypatch) -> None:
    monkeypatch.setattr("marscd_plugin.workflows.index.network_disk", lambda path: "nfs4")
    progress = Listener()
    update_index("CTX", served(), progress)
    assert any("network disk (nfs4)" in line and "MARSCD_CACHE_DIR" in line for line in progress.said)


def test_the_plan_is_read(root) -> None:
    assert json.loads((Path(root) / "context.json").read_text())["simulated"] is True
