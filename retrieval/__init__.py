"""Rows → index → ranked hits."""

import os

# Haystack reports every pipeline to its makers unless this is set before its first import.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "false"
