"""A place where the portal's senders knock, of which a test says what happens inside."""

import contextlib
import socket
import threading


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
