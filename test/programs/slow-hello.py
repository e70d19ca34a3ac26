#!/usr/bin/env python3
"""slow-hello SECONDS: says `hello` after a while and ends."""
import os
import sys
import time

time.sleep(float(sys.argv[1]))
os.write(1, b"hello\n")
