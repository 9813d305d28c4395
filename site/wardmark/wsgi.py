"""The WSGI application. Started as `wardmark.wsgi`; puts the root on the path for the content apps."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the path is complete

from wardmark.settings import settings_module  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
application = get_wsgi_application()
