"""One thread works ahead: while an item is used, the next is made."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
_END = object()


def ahead(items: Iterable[T], depth: int = 1) -> Iterator[T]:
    """Yield ``items``, made in a background thread at most ``depth`` ahead of the one that was taken.

    What ``items`` raises is raised here. When this generator is closed early, the thread stops after the item it is
    making, and is waited for.
    """
    done: queue.Queue[tuple[Any, BaseException | None]] = queue.Queue(maxsize=depth)
    stop = threading.Event()

    def give(entry: tuple[Any, BaseException | None]) -> bool:
        while not stop.is_set():
            try:
                done.put(entry, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        try:
            for item in items:
                if not give((item, None)):
                    return
            give((_END, None))
        except BaseException as error:  # handed over, and raised where the items are used
            give((_END, error))

    thread = threading.Thread(target=work, name="marscd-reader", daemon=True)
    thread.start()
    try:
        while True:
            item, error = done.get()
            if error is not None:
                raise error
            if item is _END:
                return
            yield item
    finally:
        stop.set()
        thread.join()
