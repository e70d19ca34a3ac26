#!/usr/bin/env python3
"""exits-unread [STATUS]: ends at once without reading its input."""
import os
import sys

os._exit(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
