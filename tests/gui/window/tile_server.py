"""A small stand-in for NASA Trek's tiles of Mars, on this computer."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from osgeo import gdal


def _jpeg(colour) -> bytes:
    """A tile of one colour."""
    data = gdal.GetDriverByName("MEM").Create("", 256, 256, 3)
    for band, value in enumerate(colour, 1):
        data.GetRasterBand(band).Fill(value)
    gdal.GetDriverByName("JPEG").CreateCopy("/vsimem/tile.jpg", data)
    size = gdal.VSIStatL("/vsimem/tile.jpg").size
    file = gdal.VSIFOpenL("/vsimem/tile.jpg", "rb")
    content = bytes(gdal.VSIFReadL(1, size, file))
    gdal.VSIFCloseL(file)
    return content


class TileServer:
    """Stands in for Trek: plate carree tiles, 404 outside the pyramid. The western half is red, the eastern blue."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.wait, self.status = 0.0, 200
        west, east = _jpeg((200, 20, 20)), _jpeg((20, 20, 200))
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if "/stop/" in self.path:
                    # From now on the network is gone, for whoever still has a connection too.
                    outer.status = -1
                if outer.status < 0:
                    self.close_connection = True
                    return
                outer.asked.append(self.path)
                time.sleep(outer.wait)
                parts = self.path.split("/")
                level, row, column = int(parts[-3]), int(parts[-2]), int(parts[-1].split(".")[0])
                good = outer.status == 200 and 0 <= row < 2**level and 0 <= column < 2 ** (level + 1)
                body = (west if column < 2**level else east) if good else b"no such tile"
                self.send_response(200 if good else outer.status if outer.status != 200 else 404)
                self.send_header("Content-Type", "image/jpeg" if good else "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/tiles"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
