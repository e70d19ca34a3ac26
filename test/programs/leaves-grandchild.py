#!/usr/bin/env python3
"""leaves-grandchild WAY: ends at once and leaves a process behind; prints that process's id.

`in-group` stays in the group and holds the output; `own-session` leaves it and holds the output; `detached` leaves it
and holds nothing, as a daemon does; `breeding` is detached and has children of its own; `unmarked` leaves the group,
holds the output and has an empty environment, so that nobody can tell where it comes from.
"""
import os
import signal
import sys

way = sys.argv[1]
ready, tell = os.pipe()
if os.fork() == 0:
    if way != "in-group":
        os.setsid()
    if way in ("detached", "breeding"):
        nothing = os.open("/dev/null", os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
    os.write(tell, str(os.getpid()).encode())
    if way == "breeding":
        for _ in range(3):
            if os.fork() == 0:
                os.setsid()
    if way == "unmarked":
        os.execve(sys.executable, [sys.executable, "-IS", "-c", "import signal; signal.pause()"], {})
    while True:
        signal.pause()
os.write(1, os.read(ready, 32) + b"\n")
