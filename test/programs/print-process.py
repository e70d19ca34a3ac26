#!/usr/bin/env python3
"""print-process [error]: prints as JSON what it sees of itself, to its output or its error stream."""
import json
import sys

from process_view import process_view

print(json.dumps(process_view()), file=sys.stderr if "error" in sys.argv else sys.stdout)
