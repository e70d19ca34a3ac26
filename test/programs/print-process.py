#!/usr/bin/env python3
"""print-process: prints as JSON what it sees of itself."""
import json

from process_view import process_view

print(json.dumps(process_view()))
