"""A place where the portal's senders knock, of which a test says what happens inside."""

import contextlib
import queue
import socket
import threading
import time


class Door:
    """Listens on `port` of this machine until `leave`; each guest is met in turn."""

    def __init__(self):
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                guest, _address = self.door.accept()
            except OSError:
                return
            self.meet(guest)

    def meet(self, guest):
        """Talk with *guest*, a socket, or see to it that somebody does."""
        raise NotImplementedError

    def leave(self):
        with contextlib.suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()


class Scissors(Door):
    """Stands before a server, and cuts the first line when *most* bytes went in after DATA."""

    def __init__(self, port, most, *, cuts=0):
        self.target, self.most = port, most
        self.cuts = cuts  # so many were made; at 0 the next letter is cut
        super().__init__()

    def meet(self, guest):
        server = socket.create_connection(("127.0.0.1", self.target))
        threading.Thread(target=self.back, args=(server, guest), daemon=True).start()
        threading.Thread(target=self.forth, args=(guest, server), daemon=True).start()

    def back(self, server, guest):
        with server, contextlib.suppress(OSError):
            while said := server.recv(65536):
                guest.sendall(said)

    def forth(self, guest, server):
        with guest, contextlib.suppress(OSError):
            self.pass_on(guest, server)
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)

    def pass_on(self, guest, server):
        left = None  # how many bytes may still pass; None: all
        while said := guest.recv(4096):
            if left is not None:
                said, left = said[:left], left - len(said)
            server.sendall(said)
            if left is not None and left <= 0:
                self.cuts += 1
                return
            if not self.cuts and said.upper().startswith(b"DATA"):
                left = self.most


class Slow(Door):
    """Stands before a server, and passes on what either says *late_s* after it was said."""

    def __init__(self, port, late_s):
        self.target, self.late_s = port, late_s
        super().__init__()

    def meet(self, guest):
        server = socket.create_connection(("127.0.0.1", self.target))
        for one, other in ((guest, server), (server, guest)):
            said = queue.SimpleQueue()
            threading.Thread(target=self.hear, args=(one, said), daemon=True).start()
            threading.Thread(target=self.say, args=(said, other), daemon=True).start()

    def hear(self, one, said):
        words = b"?"
        while words:
            try:
                words = one.recv(65536)
            except OSError:
                words = b""
            said.put((time.monotonic() + self.late_s, words))

    def say(self, said, other):
        with other, contextlib.suppress(OSError):
            while True:
                due, words = said.get()
                time.sleep(max(0, due - time.monotonic()))
                if not words:
                    other.shutdown(socket.SHUT_RDWR)  # whoever listens to it hears that, too
                    return
                other.sendall(words)
