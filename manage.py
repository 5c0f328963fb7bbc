#!/usr/bin/env python
"""The product's commands: `python manage.py …`."""

import runpy
import sys

from django.core.management import execute_from_command_line

from northstar import use_settings

if __name__ == "__main__":
    if sys.argv[1:2] == ["demo"]:  # starts the database itself, before Django asks for one
        runpy.run_module("northstar.demo", run_name="__main__")
    use_settings()
    execute_from_command_line(sys.argv)
