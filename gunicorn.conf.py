"""`gunicorn` alone, started in this folder, serves the site. HOST, PORT and WEB_CONCURRENCY tune it."""

import os
from pathlib import Path

wsgi_app = "wardmark.wsgi"
pythonpath = "site"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Gunicorn's heartbeat file must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# Nobody steers this server through a socket in somebody's home folder.
control_socket_disable = True
# The path of a scan is the plaque's code; who asked for it (%(h)s) is nobody's business.
accesslog = "-" if os.environ.get("ACCESS_LOG") else None
access_log_format = '%(t)s "%(r)s" %(s)s %(b)s %(L)s'
