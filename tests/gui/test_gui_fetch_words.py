"""Words, sums and the remembered fetch: what a snapshot says, what ``fetch.json`` may hold, who is asked to resume."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.crawler.fetch import FileRequest
from marscd_plugin.crawler.watch import FileProgress
from marscd_plugin.gui.fetch import record, unfinished
from marscd_plugin.gui.fetch.model import FileModel
from marscd_plugin.gui.fetch.phrases import (
    bar_words,
    counts_words,
    ending_words,
    file_words,
    headline,
    left_words,
    of_words,
    rate_words,
    size_words,
)
from marscd_plugin.gui.fetch.snapshot import snapshot

ROOT = Path("/job")


def file(name="A_RED.JP2", state="active", size=0, total=1_000_000, **more) -> FileProgress:
    return FileProgress(ROOT / "products" / name, "http://h/" + name, "A_RED", "image", state, size, total, **more)


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 kB"), (8157, "8 kB"), (949_000, "949 kB"), (999_999, "1.0 MB"), (12_400_000, "12.4 MB"),
     (99_600_000, "100 MB"), (412_300_000, "412 MB"), (999_900_000, "1.0 GB"), (58_120_000_000, "58.1 GB")],
)  # fmt: skip
def test_sizes(size, words):
    assert size_words(size) == words


def test_amounts_in_one_unit():
    assert of_words(120e6, 412e6) == "120 of 412 MB"
    assert of_words(3_340_000, 26_500_000) == "3.3 of 26.5 MB"
    assert of_words(340e6, 1.3e9) == "340 MB of 1.3 GB"
    assert of_words(5e6, None) == "5.0 MB, full size not known"
    assert rate_words(12_400_000) == "12.4 MB/s"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "a few seconds left"), (13, "about 10 seconds left"), (54, "about 50 seconds left"),
     (60, "about a minute left"), (89, "about a minute left"), (91, "about 2 minutes left"),
     (200, "about 3 minutes left"), (3500, "about an hour left"), (7000, "about 2 hours left"),
     (200_000, "more than a day left")],
)  # fmt: skip
def test_times_left_are_no_more_precise_than_they_are_known(seconds, words):
    assert left_words(seconds) == words


def test_the_headline_says_how_fast_and_how_long():
    now = snapshot("running", ROOT, [file(size=500_000, came=500_000)], 12_400_000, 2_500.0)
    assert headline(now) == "12.4 MB/s, about 3 minutes left"
    unknown = snapshot("running", ROOT, [file(size=500_000, total=None)], 12_400_000, 2_500.0)
    assert headline(unknown) == "12.4 MB/s" and unknown.seconds_left is None
    assert headline(snapshot("running", ROOT, [file()])) == "Waiting for the archive to answer…"
    resting = file(again_at=time.monotonic() + 12.2)
    assert headline(snapshot("running", ROOT, [resting, file("B", "queued")], 5e5)).endswith("asked again in 12 s.")
    assert headline(snapshot("running", ROOT, [resting, file("B")], 5e5)) == "500 kB/s"


def test_what_failed_is_not_waited_for():
    files = [file(size=500_000), file("B", "failed", 0, 9_000_000, reason="Why. What to do.")]
    now = snapshot("running", ROOT, files, 1e5, 1e5)
    assert now.seconds_left == pytest.approx(5.0) and now.failed == 1
    assert counts_words(now) == "0 of 2 files, 0.5 of 10.0 MB, 1 failed"


def test_each_state_has_words_in_the_bar_and_below_it():
    cases = {
        "waits for its turn": file(state="queued"),
        "asking the archive": file(),
        "45 %, 500 kB/s": file(size=450_000, came=9, rate=5e5),
        "checking": file(size=1_000_000, came=9),
        "next try in 12 s": file(size=450_000, again_at=time.monotonic() + 12.2),
        "450 kB": file(size=450_000, total=None, came=9),
        "paused at 45 %": file(state="paused", size=450_000),
        "paused": file(state="paused"),
        "failed": file(state="failed", reason="Why. What to do."),
        "done, 1.0 MB": file(state="done", size=1_000_000),
        "already here, 1.0 MB": file(state="present", size=1_000_000),
    }
    for words, one in cases.items():
        assert bar_words(one) == words
        assert file_words(one).endswith((".", ")."))
    assert file_words(cases["failed"]) == "Why. What to do."
    assert bar_words(file(size=999_999, came=9)).startswith("99 %"), "100 only when all is there"


def test_how_it_ended():
    done, failed = file(state="done", size=1_000_000), file("B", "failed", reason="Why.")
    assert ending_words(snapshot("ended", ROOT, [done]))[0] == "All 1 files are here (1.0 MB)."
    assert ending_words(snapshot("ended", ROOT, [done, failed]))[0] == "1 of 2 files could not be fetched."
    assert headline(snapshot("ended", ROOT, [failed])) == "No file could be fetched."
    assert ending_words(snapshot("paused", ROOT, [done]))[0] == ""
    assert ending_words(snapshot("stopped", ROOT, [done], message="The disk."))[0] == "The disk."


def test_the_model_tells_only_what_changed(qgis_app):
    model, heard = FileModel(), []
    model.dataChanged.connect(lambda a, b: heard.append((a.row(), b.row())))
    files = [file(f"{n}.JP2", "queued") for n in range(50)]
    model.show(snapshot("running", ROOT, files))
    assert model.rowCount() == 50 and heard == []
    model.show(snapshot("running", ROOT, files))
    assert heard == []
    files[7], files[9] = file("7.JP2", size=5), file("9.JP2", "failed", reason="Why.")
    model.show(snapshot("running", ROOT, files))
    assert heard == [(7, 9)] and model.row(files[9].path) == 9
    assert "Why." in model.index(9, 1).data(3)  # Qt's ToolTipRole
    model.show(None)
    assert model.rowCount() == 0


# -- fetch.json -------------------------------------------------------------------------------------------------------


def stored(root: Path, state="running", owner=None) -> record.Record:
    request = FileRequest("http://h/A_RED.JP2", root / "products" / "A_RED.JP2", "A_RED", "image", 1000)
    made = record.Record(root, (request,), state, record.me() if owner is None else owner)
    record.write(made)
    return made


def test_a_record_comes_back(tmp_path):
    made = stored(tmp_path, "paused", "")
    back = record.read(tmp_path)
    assert back.requests == made.requests and back.state == "paused" and back.unfinished
    assert record.read(tmp_path / "elsewhere") is None
    (tmp_path / "products").mkdir()
    (tmp_path / "products" / "A_RED.JP2.part").write_bytes(b"x" * 400)
    standing = record.standing(back)
    assert (standing.whole, standing.here, standing.total) == (0, 400, 1000)
    assert standing.files[0].state == "paused" and standing.files[0].bytes == 400


def test_a_running_fetch_is_left_to_who_runs_it(tmp_path):
    stored(tmp_path)
    assert not record.read(tmp_path).unfinished, "it is ours, and alive"
    os.utime(tmp_path / record.FILE, (time.time() - 300,) * 2)
    assert record.read(tmp_path).unfinished, "its number lives on, but it has given no sign of life"
    record.beat(tmp_path)
    assert not record.read(tmp_path).unfinished
    stored(tmp_path, owner=record.me().rsplit("/", 1)[0] + "/999999999")
    assert record.read(tmp_path).unfinished, "its process is gone"
    for state in ("ended", "cancelled"):
        stored(tmp_path, state, "")
        assert not record.read(tmp_path).unfinished


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(files=None),
        lambda d: d.update(state="flying"),
        lambda d: d["files"][0].update(role="thief"),
        lambda d: d["files"][0].update(size=-1),
        lambda d: d["files"][0].update(url=7),
        lambda d: d["files"][0].pop("name"),
        lambda d: d.clear(),
    ],
)
def test_a_damaged_record_is_refused_with_words(tmp_path, change):
    stored(tmp_path)
    path = tmp_path / record.FILE
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))
    with pytest.raises(InputError, match=r"fetch\.json cannot be read"):
        record.read(tmp_path)


def test_no_name_in_a_record_leads_out_of_the_folder(tmp_path):
    stored(tmp_path)
    path = tmp_path / record.FILE
    path.write_text(path.read_text().replace('"name": "A_RED.JP2"', '"name": "../../../etc/passwd"'))
    assert record.read(tmp_path).requests[0].path.parent == tmp_path / "products"


# -- remembered -------------------------------------------------------------------------------------------------------


def test_the_latest_is_remembered_first(own_settings, tmp_path):
    for name in "abca":
        unfinished.remember(tmp_path / name)
    assert [r.name for r in unfinished.remembered()] == ["a", "c", "b"]
    unfinished.forget(tmp_path / "c")
    assert [r.name for r in unfinished.remembered()] == ["a", "b"]
    unfinished.forget(tmp_path / "a")
    assert [r.name for r in unfinished.remembered()] == ["b"], "one alone comes back from QGIS as text"


def test_only_what_was_interrupted_is_offered(own_settings, context, wait, tmp_path):
    from marscd_plugin.gui.fetch.controller import controller_of

    for name, state in (("ended", "ended"), ("older", "paused"), ("newer", "paused")):
        stored(tmp_path / name, state, "")
        unfinished.remember(tmp_path / name)
    unfinished.remember(tmp_path / "gone")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / record.FILE).write_text("{")
    unfinished.remember(tmp_path / "broken")
    controller = controller_of(context)
    assert controller_of(context) is controller
    controller.offer()
    wait(lambda: controller._offers)
    assert len(context.messages.items()) == 1
    offer = controller._offers[0]
    assert offer.root == tmp_path / "newer"
    assert offer.text == "A fetch of 1 file was interrupted (0 kB of 1 kB are here). More in other folders: 1."
    offer.release()
    wait(lambda: not context.messages.items())
    assert tmp_path / "newer" in unfinished.remembered(), "not now is not never"
    controller.release()


def test_an_interrupted_fetch_shows_itself_when_its_folder_is_opened(own_settings, context, wait, tmp_path):
    from marscd_plugin.gui.fetch.page import FetchPage

    stored(tmp_path / "job", "paused", "")
    page = FetchPage(context)
    context.state.open_folder(tmp_path / "job")
    wait(lambda: page.controller.now is not None)
    assert page.controller.now.state == "paused" and page.job_box.model.rowCount() == 1
    context.state.open_folder(tmp_path / "other")
    assert page.controller.now is None
    page.release()
