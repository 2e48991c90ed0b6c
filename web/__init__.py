"""The web: the page, the API and the embed of one archive.

``create_app(settings, engine)`` gives a WSGI application; ``microfiche serve`` runs it on
waitress with limits against slow and greedy clients.
"""

from web.app import create_app
from web.settings import Settings

__all__ = ["Settings", "create_app"]
