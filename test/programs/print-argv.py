#!/usr/bin/env python3
"""print-argv [WORDS]: prints each of its arguments, as the bytes it got, with a NUL after it."""
import os
import sys

sys.stdout.buffer.write(b"".join(os.fsencode(word) + b"\0" for word in sys.argv))
