#!/usr/bin/env python3
"""flood STREAM [BYTES]: writes to `output` or `error`, for ever or so many bytes; a closed pipe ends it by SIGPIPE."""
import os
import signal
import sys

signal.signal(signal.SIGPIPE, signal.SIG_DFL)
descriptor = {"output": 1, "error": 2}[sys.argv[1]]
left = int(sys.argv[2]) if len(sys.argv) > 2 else None
block = b"0123456789abcde\n" * 4096
while left is None or left > 0:
    done = os.write(descriptor, block if left is None else block[:left])
    left = None if left is None else left - done
