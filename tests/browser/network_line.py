"""The wire between a phone and the site, which a test can cut: nothing passes, and what passed is counted."""

import contextlib
import selectors
import socket
import threading


class NetworkLine:
    """Forwards connections to a server of this machine; `cut()` ends all and refuses more, `hold()` lets them hang."""

    def __init__(self, port: int):
        self._to = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: set[socket.socket] = set()
        self._state = "up"
        self.answered = 0
        self.refused = 0
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        self._change("down")

    def hold(self) -> None:
        self._change("silent")

    def restore(self) -> None:
        self._change("up")

    def close(self) -> None:
        self._change("down")
        self._listener.close()

    def _change(self, state: str) -> None:
        self._state = state
        for end in list(self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _address = self._listener.accept()
                if self._state == "down":
                    self.refused += 1
                    phone.close()
                else:
                    threading.Thread(target=self._serve, args=[phone], daemon=True).start()

    def _serve(self, phone: socket.socket) -> None:
        self._open.add(phone)
        with phone:
            if self._state == "silent":
                # Held until the line changes, which shuts this end.
                with contextlib.suppress(OSError):
                    while phone.recv(65536):
                        self.refused += 1
            else:
                with contextlib.suppress(OSError), socket.create_connection(self._to) as site:
                    self._open.add(site)
                    self._forward(phone, site)
                    self._open.discard(site)
        self._open.discard(phone)

    def _forward(self, phone: socket.socket, site: socket.socket) -> None:
        with selectors.DefaultSelector() as both:
            both.register(phone, selectors.EVENT_READ, site)
            both.register(site, selectors.EVENT_READ, phone)
            while True:
                for key, _events in both.select():
                    piece = key.fileobj.recv(65536)
                    if not piece:
                        return
                    key.data.sendall(piece)
                    self.answered += key.fileobj is site
