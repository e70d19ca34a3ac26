#!/usr/bin/env python3
"""reopens: copies its input to its output through /dev/stdin and /dev/stdout, opened by name while both ends live."""
import signal

signal.signal(signal.SIGPIPE, signal.SIG_DFL)
with open("/dev/stdin", "rb") as source, open("/dev/stdout", "wb") as target:
    while block := source.read(65536):
        target.write(block)
