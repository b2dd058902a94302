"""The page Fetch and its controller against a sandbox archive: start, pause, faults, cancel, resume, hidden, gone."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Area, Observation, RemoteFile
from marscd_plugin.sandbox.faults import parse_plan
from marscd_plugin.sandbox.publish import placement, publish_raster, wish
from marscd_plugin.sandbox.server import SandboxServer

RING = ((9.9, -5.1), (10.1, -5.1), (10.1, -4.9), (9.9, -5.1))
FOLDER = "/PDS/RDR/ESP/ORB_011100_011199/ESP_011100_1750"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """One product, and 99 more that are links to its two files under other names."""
    root = tmp_path_factory.mktemp("archive")
    path = root / "noise.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 300, 300, 1, gdal.GDT_Byte)
    dataset.GetRasterBand(1).WriteArray(np.random.default_rng(5).integers(40, 220, (300, 300)).astype(np.uint8))
    dataset = None
    wanted = wish("ESP_011100_1750_RED", datetime(2009, 1, 1, tzinfo=timezone.utc))
    publish_raster(root, path, wanted, placement(10.0, -5.0, 0.5), None, Quiet())
    folder = root / "pds" / FOLDER.removeprefix("/PDS/")
    for number in range(1, 100):
        for ending in (".JP2", ".LBL"):
            os.link(folder / f"ESP_011100_1750_RED{ending}", folder / f"{name(number)}{ending}")
    shutil.copy(folder / "ESP_011100_1750_RED.JP2", folder / "ESP_011100_1750_COLOR.JP2")
    return root


def name(number: int) -> str:
    return f"ESP_{11100 + number:06d}_1750_RED"


@pytest.fixture
def serve(archive, monkeypatch):
    """``serve(*rules)`` starts the archive under a plan of faults, with the variables that point us to it."""
    servers = []

    def start(*rules):
        server = SandboxServer(archive, plan=parse_plan({"seed": 1, "rules": list(rules)}))
        servers.append(server.start())
        for variable, value in server.variables.items():
            monkeypatch.setenv(variable, value)
        return server

    yield start
    for server in servers:
        server.stop()


def observations(server, archive, count: int, ending: str = "RED") -> tuple[Observation, ...]:
    size = {e: next(archive.rglob(f"ESP_011100_1750_RED{e}")).stat().st_size for e in (".JP2", ".LBL")}
    made = []
    for number in range(count):
        product = name(number).replace("RED", ending)
        files = tuple(
            RemoteFile(f"{server.url}{FOLDER}/{product}{e}", product + e, role, size[e])
            for e, role in ((".LBL", "label"), (".JP2", "image"))
        )
        day = datetime(2009, 1, 1 + number % 28, tzinfo=timezone.utc)
        made.append(Observation(product, product[:15], "HIRISE", day, 29, 10.0 + number, Area(((RING,),)), files))
    return tuple(made)


@pytest.fixture
def page(context, tmp_path):
    """The page in a folder of its own, visible."""
    from marscd_plugin.gui.fetch.page import FetchPage

    context.messages.parentWidget().show()
    context.state.open_folder(tmp_path / "job")
    made = FetchPage(context)
    made.resize(320, 640)
    made.show()
    yield made
    made.release()
    made.deleteLater()


@pytest.fixture
def chosen(page, serve, archive):
    """``chosen(3, *rules)``: three observations chosen, the archive serving them under these faults."""

    def choose(count: int, *rules):
        server = serve(*rules)
        found = observations(server, archive, count)
        page.state.set_observations(found)
        page.state.set_chosen(o.product_id for o in found)
        return server, found

    return choose


@pytest.fixture
def begin(page, wait):
    """Press Start once the plan is there."""

    def press():
        wait(lambda: page.plan_box.plan is not None and page.plan_box.start.isEnabled(), why="the plan")
        page.plan_box.start.click()
        assert page.controller.busy

    return press


def state(page) -> str:
    return page.controller.now.state if page.controller.now is not None else ""


def files(page) -> dict[str, str]:
    return {f.name: f.state for f in page.controller.now.files}


def settle(page, wait, seconds=30):
    wait(lambda: not page.controller.busy, seconds, "the end of the run")


def texts(context) -> list[str]:
    return [item.text() for item in context.messages.items()]


# -- before the first byte --------------------------------------------------------------------------------------------


def test_nothing_chosen_says_what_to_do(page, wait):
    wait(lambda: "No image is chosen" in page.plan_box.summary.text())
    assert page.plan_box.find.isVisible() and not page.plan_box.start.isEnabled()
    assert not page.job_box.isVisible()
    wanted = []
    page.state.page_wanted.connect(wanted.append)
    page.plan_box.find.click()
    assert wanted == ["find"]


def test_the_plan_says_files_megabytes_and_disk(page, chosen, wait):
    _, found = chosen(3)
    wait(lambda: page.plan_box.plan is not None)
    plan, words = page.plan_box.plan, page.plan_box.summary.text()
    assert len(plan.requests) == 6 and plan.missing == sum(f.size for o in found for f in o.files) and plan.here == 0
    assert words.startswith("3 images in 6 files: ") and "free on the disk" in words
    page.plan_box.most_images.setValue(2)
    wait(lambda: "The limits leave out 1 image." in page.plan_box.summary.text())
    assert len(page.plan_box.plan.requests) == 4


def test_colour_strips_are_left_out_unless_wanted(page, serve, archive, wait):
    server = serve()
    red, colour = observations(server, archive, 2), observations(server, archive, 1, "COLOR")
    page.state.set_observations(red + colour)
    page.state.set_chosen(o.product_id for o in red + colour)
    wait(lambda: page.plan_box.plan is not None)
    assert len(page.plan_box.plan.observations) == 2 and page.plan_box.red_only.isVisible()
    assert "colour strips left out: 1" in page.plan_box.red_only.text()
    page.plan_box.red_only.setChecked(False)
    wait(lambda: len(page.plan_box.plan.observations) == 3)
    page.plan_box.red_only.setChecked(True)
    page.state.set_chosen(o.product_id for o in colour)
    wait(lambda: "Only colour strips are chosen" in page.plan_box.summary.text())
    assert not page.plan_box.start.isEnabled()


def test_what_does_not_fit_on_the_disk_is_said_before_the_start(page, chosen, wait, monkeypatch):
    import marscd_plugin.workflows.fetch as workflow

    monkeypatch.setattr(workflow, "free_space", lambda folder: 100_000)
    chosen(3)
    wait(lambda: page.plan_box.warning.isVisible())
    assert "too little room" in page.plan_box.warning.text() and not page.plan_box.start.isEnabled()


# -- a whole run ------------------------------------------------------------------------------------------------------


def test_a_run_ends_with_a_message_and_the_way_on(page, chosen, begin, wait, context):
    heard, wanted = [], []
    page.state.fetched_changed.connect(lambda: heard.append(1))
    page.state.page_wanted.connect(wanted.append)
    chosen(2)
    begin()
    assert page.job_box.isVisible() and not page.plan_box.isVisible()
    settle(page, wait)
    assert state(page) == "ended" and set(files(page).values()) == {"done"} and heard
    assert sorted(p.name for p in page.state.folder.products.iterdir()) == sorted(files(page))
    assert "All 4 files are here" in texts(context)[0]
    assert page.job_box.headline.text() == "All files are here."
    assert page.job_box.series.isVisible() and not page.job_box.pause.isVisible()
    page.job_box.series.click()
    assert wanted == ["series"]
    stored = json.loads((page.state.folder.root / "fetch.json").read_text())
    assert stored["state"] == "ended" and len(stored["files"]) == 4


def test_what_is_chosen_afterwards_is_planned_again(page, chosen, begin, wait, serve, archive):
    server, _ = chosen(2)
    begin()
    settle(page, wait)
    more = observations(server, archive, 3)
    page.state.set_observations(more)
    page.state.set_chosen(o.product_id for o in more)
    wait(lambda: page.plan_box.isVisible() and not page.job_box.isVisible())
    wait(lambda: "are here already" in page.plan_box.summary.text())
    assert page.plan_box.plan.whole == 4
    begin()
    settle(page, wait)
    assert sorted(files(page).values()) == ["done"] * 2 + ["present"] * 4


def test_a_job_without_a_folder_gets_one(context, serve, archive, wait, tmp_path):
    from marscd_plugin.gui.fetch.page import FetchPage

    page = FetchPage(context)
    found = observations(serve(), archive, 1)
    page.state.set_observations(found)
    page.state.set_chosen(o.product_id for o in found)
    wait(lambda: page.plan_box.plan is not None)
    page.plan_box.start.click()
    settle(page, wait)
    assert page.state.folder.root.parent == tmp_path / "work"
    assert len(list(page.state.folder.products.iterdir())) == 2
    page.release()


# -- pause, resume, cancel --------------------------------------------------------------------------------------------

#: The first request of an image breaks off after 20,000 bytes, the second is asked to wait for half a minute.
HELD = (
    {"match": "*.JP2", "times": 1, "fault": "cut", "bytes": 20_000},
    {"match": "*.JP2", "after": 1, "times": 1, "fault": "503", "retry_after": 30},
)


def held(page) -> bool:
    """All images have their part and rest."""
    now = page.controller.now
    images = [f for f in now.files if f.name.endswith("JP2")]
    return all(f.again_at is not None for f in images) and "asked again in" in page.job_box.headline.text()


def test_pause_stops_at_once_keeps_the_parts_and_resume_goes_on(page, chosen, begin, wait):
    server, _ = chosen(2, *HELD)
    begin()
    wait(lambda: held(page), 20)
    begun = time.monotonic()
    page.job_box.pause.click()
    assert state(page) == "pausing" and not page.job_box.pause.isEnabled()
    settle(page, wait)
    assert time.monotonic() - begun < 15, "the archive asked for half a minute"
    assert state(page) == "paused" and page.job_box.pause.text().replace("&", "") == "Resume"
    parts = sorted(page.state.folder.products.glob("*.part"))
    assert [p.stat().st_size for p in parts] == [20_000] * 2
    assert json.loads((page.state.folder.root / "fetch.json").read_text())["state"] == "paused"
    # The archive has recovered. (One file's rest was the whole host's, so the other was not refused yet.)
    server.plan.rules = ()
    page.job_box.pause.click()
    settle(page, wait)
    assert state(page) == "ended" and set(files(page).values()) == {"done"}
    for file in page.controller.now.files:
        if file.name.endswith("JP2"):
            assert file.came == file.bytes - 20_000, "only the rest was asked for"


def test_cancel_ends_the_job_and_keeps_what_came(page, chosen, begin, wait, context, own_settings):
    from marscd_plugin.gui.fetch import unfinished

    chosen(2, *HELD)
    begin()
    assert unfinished.remembered() == [page.state.folder.root]
    wait(lambda: held(page), 20)
    page.job_box.cancel.click()
    settle(page, wait)
    assert page.controller.now is None and page.plan_box.isVisible() and unfinished.remembered() == []
    assert "Cancelled. 2 of 4 files are here" in texts(context)[0]
    assert len(list(page.state.folder.products.glob("*.part"))) == 2
    wait(lambda: page.plan_box.plan is not None and page.plan_box.plan.whole == 2)
    assert json.loads((page.state.folder.root / "fetch.json").read_text())["state"] == "cancelled"


def test_a_paused_job_can_be_cancelled(page, chosen, begin, wait, context):
    from marscd_plugin.gui.fetch import record, unfinished

    chosen(1, *HELD)
    begin()
    wait(lambda: held(page), 20)
    page.controller.pause()
    settle(page, wait)
    page.job_box.cancel.click()
    assert page.controller.now is None and unfinished.remembered() == []
    wait(lambda: not record.read(page.state.folder.root).unfinished)


# -- failures ---------------------------------------------------------------------------------------------------------


def test_a_failure_is_explained_and_tried_again_alone(page, chosen, begin, wait, context):
    chosen(3, {"match": f"*{name(1)}.JP2", "times": 1, "fault": "404"})
    begin()
    settle(page, wait)
    assert state(page) == "ended" and files(page)[f"{name(1)}.JP2"] == "failed"
    assert "1 of 6 files could not be fetched" in texts(context)[0]
    assert "1 of 6 files failed" in page.job_box.headline.text()
    # The first that failed is selected, and explained below the table.
    assert "does not have this file" in page.job_box.details.text()
    assert page.job_box.again_button.isVisible() and page.job_box.retry.isVisible()
    page.job_box.table.activated.emit(page.job_box.model.index(3, 0))
    page.job_box.again_button.click()
    settle(page, wait)
    assert set(files(page).values()) == {"done"} and not page.job_box.retry.isVisible()


def test_all_failed_can_be_tried_again_while_others_run(page, chosen, begin, wait):
    slow = {"match": f"*{name(2)}.JP2", "times": 1, "fault": "503", "retry_after": 3}
    chosen(3, {"match": f"*{name(0)}.*", "times": 1, "fault": "404"}, slow)
    begin()
    wait(lambda: list(files(page).values()).count("failed") == 2, 20)
    assert page.controller.busy and page.job_box.retry.isVisible()
    page.job_box.retry.click()
    settle(page, wait)
    assert set(files(page).values()) == {"done"}


def test_a_full_disk_stops_with_words(page, chosen, begin, wait, context, monkeypatch):
    import marscd_plugin.common.files as common

    chosen(1)
    wait(lambda: page.plan_box.plan is not None)
    monkeypatch.setattr(common, "free_space", lambda folder: 1000)
    begin()
    settle(page, wait)
    assert state(page) == "stopped" and "too full" in page.job_box.headline.text()
    assert "Free some space" in page.job_box.headline.text() and not texts(context)
    monkeypatch.undo()
    assert page.job_box.pause.text().replace("&", "") == "Resume"


def test_bad_settings_are_named(page, chosen, wait, context, monkeypatch):
    chosen(1)
    wait(lambda: page.plan_box.plan is not None)
    monkeypatch.setenv("MARSCD_HIRISE_URL", "nonsense")
    page.plan_box.start.click()
    assert not page.controller.busy and "MARSCD_HIRISE_URL" in texts(context)[0]


# -- hidden, released -------------------------------------------------------------------------------------------------


def test_a_hidden_page_keeps_fetching_and_shows_the_live_state_again(page, chosen, begin, wait):
    chosen(4, {"match": "*.JP2", "times": 1, "fault": "slow", "seconds": 0.3})
    begin()
    page.hide()
    settle(page, wait)
    page.show()
    assert page.job_box.headline.text() == "All files are here."
    assert page.job_box.model.rowCount() == 8


def test_the_status_bar_tells_while_the_page_is_hidden(context, wait, chosen, begin, page):
    from qgis.PyQt.QtWidgets import QStatusBar

    from marscd_plugin.gui.fetch.status import StatusLine

    class Bar(QStatusBar):
        removed = 0

        def removeWidget(self, widget):
            Bar.removed += 1
            super().removeWidget(widget)

    bar = Bar()
    interface = type("Interface", (), {"statusBarIface": lambda self: bar})()
    line = StatusLine(interface, lambda *_: None)
    chosen(1, *HELD)
    begin()
    wait(lambda: held(page), 20)
    line.show(page.controller.now, seen=True)
    assert line.words == ""
    line.show(page.controller.now, seen=False)
    assert line.words.startswith("MarsCD ") and "%" in line.words
    line.show(page.controller.now, seen=True)
    assert line.words == "" and Bar.removed == 1
    page.controller.pause()
    settle(page, wait)


def test_release_pauses_and_waits(context, serve, archive, wait, tmp_path):
    from marscd_plugin.gui.fetch import record
    from marscd_plugin.gui.fetch.page import FetchPage

    context.state.open_folder(tmp_path / "job")
    page = FetchPage(context)
    found = observations(serve(*HELD), archive, 2)
    page.state.set_observations(found)
    page.state.set_chosen(o.product_id for o in found)
    wait(lambda: page.plan_box.plan is not None)
    page.plan_box.start.click()
    wait(lambda: held(page), 20)
    thread = page.controller._thread
    page.release()
    assert thread.isFinished()
    stored = record.read(tmp_path / "job")
    assert stored.state == "paused" and stored.unfinished
    assert sorted(p.suffix for p in (tmp_path / "job" / "products").iterdir()) == [".LBL", ".LBL", ".part", ".part"]
    page.controller.release()


# -- never freezes ----------------------------------------------------------------------------------------------------


def test_two_hundred_files_arrive_in_batches(page, chosen, begin, wait):
    """One signal of the model a snapshot, a handful of snapshots a second, and the event loop goes on turning."""
    from qgis.PyQt.QtCore import QTimer

    chosen(100)
    signals, snapshots, beats = [], [], []
    page.job_box.model.dataChanged.connect(lambda *_: signals.append(1))
    page.controller.changed.connect(lambda now: snapshots.append(now))
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    timer.start(5)
    begin()
    begun = time.monotonic()
    settle(page, wait, 50)
    span = time.monotonic() - begun
    timer.stop()
    assert set(files(page).values()) == {"done"} and len(files(page)) == 200
    assert len(signals) <= len(snapshots) <= 5 * span + 5
    worst = max(b - a for a, b in itertools.pairwise(beats))
    # The rest of the test machine may be busy: what is meant is that no stretch of the run blocks the window.
    assert worst < max(0.2, span / 5), f"the event loop stood still for {worst:.3f} s of {span:.1f} s"


# -- killed -----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_killed_qgis_offers_its_fetch_at_the_next_start(archive, tmp_path):
    rules = {"seed": 1, "rules": list(HELD)}
    with SandboxServer(archive, plan=parse_plan(rules)) as server:
        urls = [
            [f.url, f.name, o.product_id, f.role, f.size] for o in observations(server, archive, 2) for f in o.files
        ]
        arguments = [json.dumps(urls), str(tmp_path / "job"), str(tmp_path / "profile")]
        env = {k: v for k, v in os.environ.items() if not k.startswith("MARSCD_")} | server.variables
        env |= {"MARSCD_CACHE_DIR": str(tmp_path / "cache"), "QT_QPA_PLATFORM": "offscreen"}
        script = Path(__file__).with_name("fetch_process.py")
        root = Path(__file__).resolve().parents[2]

        def command(what):
            return [sys.executable, str(script), what, *arguments]

        first = subprocess.Popen(command("run"), cwd=root, env=env, stdout=subprocess.PIPE, text=True)
        try:
            assert first.stdout.readline().strip() == "held"
        finally:
            first.kill()
            first.wait(30)
        products = tmp_path / "job" / "products"
        assert [p.stat().st_size for p in products.glob("*.part")] == [20_000] * 2
        assert json.loads((tmp_path / "job" / "fetch.json").read_text())["state"] == "running"
        second = subprocess.run(command("resume"), cwd=root, env=env, capture_output=True, text=True, timeout=200)
        assert second.returncode == 0, second.stderr
        told = json.loads(second.stdout.strip().splitlines()[-1])
    assert told["offer"].startswith("A fetch of 4 files was interrupted (") and "are here" in told["offer"]
    assert told["page"] == ["fetch"] and told["remembered"] == []
    assert sorted(told["files"].values()) == ["done"] * 2 + ["present"] * 2
    whole = next(archive.rglob("ESP_011100_1750_RED.JP2")).stat().st_size
    assert told["came"] == 2 * (whole - 20_000)
