#!/usr/bin/env python3
"""closes-output: writes a line, closes its output, and reads its input to the end before it says goodbye on stderr."""
import os

os.write(1, b"early\n")
os.close(1)
while os.read(0, 65536):
    pass
os.write(2, b"done\n")
