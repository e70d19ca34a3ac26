#!/usr/bin/env python3
"""never-reads: keeps its input open and does nothing."""
import signal

while True:
    signal.pause()
