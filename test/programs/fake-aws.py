#!/usr/bin/env python3
"""Stands in for the AWS CLI where a test looks at how it is called.

`configure export-credentials` answers as FAKE_AWS says (JSON: `answer`, `status`, `says`, `seconds`) and adds a line
with its arguments and environment to fake-aws.log beside the configuration; the operation `describe-regions` never
ends; all else prints the process.
"""
import json
import os
import sys
import time

from process_view import process_view

told = json.loads(os.environ.get("FAKE_AWS", "{}"))
if sys.argv[1:3] == ["configure", "export-credentials"]:
    beside = os.path.dirname(os.environ["AWS_CONFIG_FILE"])
    with open(f"{beside}/fake-aws.log", "a", encoding="utf8") as log:
        log.write(json.dumps({"arguments": sys.argv[1:], "environment": dict(os.environ)}) + "\n")
    time.sleep(told.get("seconds", 0))
    sys.stderr.write(told.get("says", ""))
    sys.stdout.write(told.get("answer", ""))
    sys.exit(told.get("status", 0))
if "describe-regions" in sys.argv:
    while True:
        time.sleep(60)
print(json.dumps(process_view()))
