#!/usr/bin/env python3
"""both-streams NAME [STATUS]: passes its input on with NAME before each line, then says `NAME out` and `NAME err`."""
import os
import signal
import sys

signal.signal(signal.SIGPIPE, signal.SIG_DFL)
name = sys.argv[1]
for line in sys.stdin:
    os.write(1, f"{name} {line}".encode())
os.write(1, f"{name} out\n".encode())
os.write(2, f"{name} err\n".encode())
sys.exit(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
