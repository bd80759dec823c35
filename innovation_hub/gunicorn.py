"""gunicorn's settings: ``gunicorn -c python:innovation_hub.gunicorn innovation_hub.wsgi``.

Threads take the connections, so an idle one (browsers open some in advance) never blocks a worker. The
application is loaded once and then forked: half the memory and half the start-up work. What does not
survive a fork, open database connections above all, is closed in the parent first; the search engine opens
its index on first use, in the worker.
"""

from innovation_hub.settings.environment import env, read, read_number

wsgi_app = "innovation_hub.wsgi:application"
bind = read(env.str, "WEB_BIND", default="127.0.0.1:8000")
workers = read_number(env.int, "WEB_WORKERS", default=2, lowest=1, highest=256)
threads = read_number(env.int, "WEB_THREADS", default=4, lowest=1, highest=64)
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 4
keepalive = 15
accesslog = "-" if read(env.bool, "WEB_ACCESS_LOG", default=False) else None
loglevel = "warning"
control_socket_disable = True


def pre_fork(server, worker) -> None:
    """Close database connections that loading the application opened: SQLite's must never cross a fork."""
    from django.db import connections

    connections.close_all()
