#!/usr/bin/env python3
"""stops-itself: stops by SIGSTOP, so that no signal but SIGKILL reaches it."""
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
