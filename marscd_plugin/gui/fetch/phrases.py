"""What a fetch says in words: sizes, rates, times left, states."""

from __future__ import annotations

import time

from qgis.core import Qgis

from ...crawler.watch import FileProgress
from ..words import tr
from .snapshot import Snapshot


def size_words(size: float) -> str:
    """Bytes as "380 kB", "12.4 MB", "412 MB", "1.3 GB" (decimal, as file managers and archives count)."""
    if size < 0.95e6:
        return tr("{number} kB").format(number=f"{size / 1e3:.0f}")
    if size < 0.9995e9:
        return tr("{number} MB").format(number=f"{size / 1e6:.{1 if size < 99.5e6 else 0}f}")
    return tr("{number} GB").format(number=f"{size / 1e9:.1f}")


def of_words(here: float, total: float | None) -> str:
    """ "120 of 412 MB", in the unit of the larger number."""
    if total is None:
        return tr("{size}, full size not known").format(size=size_words(here))
    whole = size_words(total)
    if not 0.95e6 <= total < 0.9995e9:
        return tr("{here} of {total}").format(here=size_words(here), total=whole)
    decimals = 1 if total < 99.5e6 else 0
    return tr("{here} of {total}").format(here=f"{here / 1e6:.{decimals}f}", total=whole)


def files_words(count: int) -> str:
    return tr("1 file") if count == 1 else tr("{count} files").format(count=count)


def images_words(count: int) -> str:
    return tr("1 image") if count == 1 else tr("{count} images").format(count=count)


def rate_words(rate: float) -> str:
    return tr("{size}/s").format(size=size_words(rate))


def left_words(seconds: float) -> str:
    """The time left, no more precise than it is known."""
    if seconds < 8:
        return tr("a few seconds left")
    if seconds < 55:
        return tr("about {count} seconds left").format(count=max(10, round(seconds / 10) * 10))
    if seconds < 90:
        return tr("about a minute left")
    if seconds < 57 * 60:
        return tr("about {count} minutes left").format(count=round(seconds / 60))
    if seconds < 90 * 60:
        return tr("about an hour left")
    if seconds < 36 * 3600:
        return tr("about {count} hours left").format(count=round(seconds / 3600))
    return tr("more than a day left")


def bar_words(file: FileProgress) -> str:
    """What stands in a file's bar: short, for a narrow column."""
    if file.state == "queued":
        return tr("waits for its turn")
    if file.state == "failed":
        return {"refused": tr("refused"), "quarantined": tr("damaged, set aside")}.get(file.note, tr("failed"))
    if file.state == "present":
        return tr("already here, {size}").format(size=size_words(file.bytes))
    if file.state == "done":
        return tr("done, {size}").format(size=size_words(file.bytes))
    if file.state == "paused":
        return tr("paused at {percent} %").format(percent=percent(file)) if file.bytes else tr("paused")
    if file.again_at is not None:
        words = tr("archive rests, {count} s") if file.note == "host_rest" else tr("next try in {count} s")
        return words.format(count=max(1, round(file.again_at - time.monotonic())))
    if file.note == "other_run":
        return tr("another fetch brings it")
    if file.note == "finishing":
        return tr("checking")
    if file.total and file.bytes >= file.total:
        return tr("checking")
    if not file.came:
        return tr("asking the archive")
    if not file.total:
        return size_words(file.bytes)
    return tr("{percent} %, {rate}").format(percent=percent(file), rate=rate_words(file.rate))


def percent(file: FileProgress) -> int:
    """0..100, and 100 only when all is there."""
    return int(100 * min(file.bytes, file.total) / file.total) if file.total else 0


def file_words(file: FileProgress) -> str:
    """One file in a sentence or two: for the tool tip and the line below the table."""
    if file.state == "failed":
        return file.reason or tr("It failed without saying why; see QGIS's log.")
    if file.state == "queued":
        return tr("Waits for its turn: only a few files are fetched at a time, so that the archive is not overrun.")
    if file.state == "present":
        if file.note == "copied":
            return tr("Copied from another job on this computer ({size}): it was not fetched again.").format(
                size=size_words(file.bytes)
            )
        return tr("Was here already, whole and unchanged ({size}): it was not fetched again.").format(
            size=size_words(file.bytes)
        )
    if file.state == "done":
        return tr("Fetched, checked and in its place ({size}).").format(size=size_words(file.bytes))
    if file.state == "paused":
        return tr("Paused: {amount} are here and are kept.").format(amount=of_words(file.bytes, file.total))
    if file.again_at is not None and file.note == "host_rest":
        return tr("The archive failed again and again, so all its files wait a while; other archives go on.")
    if file.again_at is not None:
        return tr("The archive does not answer as it should. It is given a rest and then asked again.")
    if file.note == "other_run":
        return tr("Another fetch on this computer is bringing this file; its copy is taken when it is whole.")
    if file.note == "finishing":
        return tr("All bytes are here; they are being checked before the file is put in its place.")
    if file.note == "limited":
        return tr("{amount}, {rate}: slowed by the limit in MarsCD's settings.").format(
            amount=of_words(file.bytes, file.total), rate=rate_words(file.rate)
        )
    return tr("{amount}, {rate}, {count} requests so far.").format(
        amount=of_words(file.bytes, file.total), rate=rate_words(file.rate), count=max(1, file.attempts)
    )


def headline(now: Snapshot) -> str:
    """The line above the bar: how fast and how long, or how it ended."""
    if now.state == "pausing":
        return tr("Stopping…")
    if now.state == "paused":
        return tr("Paused. What has come is kept.")
    if now.state == "stopped":
        return tr("Stopped. What has come is kept.")
    if now.state == "ended":
        if not now.failed:
            return tr("All files are here.")
        if now.whole:
            return tr("{count} of {total} files failed; the others are here.").format(
                count=now.failed, total=len(now.files)
            )
        return tr("No file could be fetched.")
    return running_words(now)


def running_words(now: Snapshot) -> str:
    """ "12.4 MB/s, about 3 minutes left", or why nothing comes at the moment."""
    active = [f for f in now.files if f.state == "active"]
    rests = [f.again_at for f in active if f.again_at is not None]
    if active and len(rests) == len(active):
        seconds = max(1, round(min(rests) - time.monotonic()))
        return tr("The archive is busy; it is asked again in {count} s.").format(count=seconds)
    if now.rate < 1:
        return tr("Waiting for the archive to answer…") if active else tr("Getting ready…")
    if now.seconds_left is None:
        return rate_words(now.rate)
    return tr("{rate}, {left}").format(rate=rate_words(now.rate), left=left_words(now.seconds_left))


def counts_words(now: Snapshot) -> str:
    """ "5 of 12 files, 120 of 412 MB"."""
    files = tr("{count} of {total} files").format(count=now.whole, total=len(now.files))
    words = tr("{files}, {amount}").format(files=files, amount=of_words(now.bytes, now.total))
    return words if not now.failed else tr("{words}, {count} failed").format(words=words, count=now.failed)


def ending_words(now: Snapshot) -> tuple[str, Qgis.MessageLevel]:
    """What to say when a fetch is over; "" for a pause, which the user asked for and sees."""
    level = Qgis.MessageLevel
    if now.state == "ended" and not now.failed:
        text = tr("All {count} files are here ({size}).")
        return text.format(count=len(now.files), size=size_words(now.bytes)), level.Success
    if now.state == "ended":
        text = tr("{count} of {total} files could not be fetched.")
        return text.format(count=now.failed, total=len(now.files)), level.Warning
    if now.state == "cancelled":
        text = tr("Cancelled. {count} of {total} files are here; Start goes on from there.")
        return text.format(count=now.whole, total=len(now.files)), level.Info
    return (now.message, level.Critical) if now.state == "stopped" else ("", level.Info)
