"""The door for gunicorn."""

import gc
import sys

from django.core.wsgi import get_wsgi_application

from northstar import use_settings

use_settings()
application = get_wsgi_application()

# What is loaded now stays until the process ends: looking through it for garbage again and again
# costs a page a twentieth of its time. Requests leave little that only a search would find.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

# A thread that comes back from the database holding a session's lock waits for the interpreter at
# most this long (seconds), not the usual 5 ms: everybody who wants a seat waits for that thread.
sys.setswitchinterval(0.0005)
