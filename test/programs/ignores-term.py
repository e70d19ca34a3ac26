#!/usr/bin/env python3
"""ignores-term: says `ready` and goes on through SIGTERM, SIGINT and SIGHUP."""
import os
import signal

for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(each, signal.SIG_IGN)
os.write(1, b"ready\n")
while True:
    signal.pause()
