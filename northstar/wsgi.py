"""The door for gunicorn."""

from django.core.wsgi import get_wsgi_application

from northstar import use_settings

use_settings()
application = get_wsgi_application()
