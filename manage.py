#!/usr/bin/env python
"""The door to the product's commands."""

import sys

from django.core.management import execute_from_command_line

from northstar import use_settings

if __name__ == "__main__":
    use_settings()
    execute_from_command_line(sys.argv)
