#!/usr/bin/env python
"""Run Django's commands with the project's two source roots on the import path."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent

# `site` is a module of the standard library, so the folder of that name can only be a
# source root, never a package: what it holds is imported as `wardmark`.
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def main() -> None:
    from wardmark.settings import settings_module

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
