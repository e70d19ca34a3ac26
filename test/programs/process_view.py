"""What a process sees of itself."""
import os
import stat
import sys


def kind_of(descriptor):
    mode = os.fstat(descriptor)
    if stat.S_ISFIFO(mode.st_mode):
        return "fifo"
    return "null" if mode.st_rdev == os.stat("/dev/null").st_rdev else stat.filemode(mode.st_mode)


def listing(path):
    try:
        return sorted(os.listdir(path))
    except PermissionError:
        return "not allowed"


def process_view():
    with os.scandir("/proc/self/fd") as entries:
        numbers = sorted(int(entry.name) for entry in entries if os.readlink(entry.path) != f"/proc/{os.getpid()}/fd")
    with open("/proc/self/status", encoding="ascii") as status:
        fields = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    with open("/proc/self/cmdline", "rb") as cmdline:
        argv0 = cmdline.read().split(b"\0")[0].decode()
    return {
        "argv": sys.argv,
        "argv0": argv0,
        "descriptors": {number: kind_of(number) for number in numbers},
        "environment": dict(os.environ),
        "leadsSession": os.getsid(0) == os.getpid() == os.getpgid(0),
        "directory": os.getcwd(),
        "here": listing("."),
        "home": listing(os.environ.get("HOME", ".")),
        "user": os.getuid(),
        "noNewPrivileges": fields["NoNewPrivs"] == "1",
        "signalsBlocked": fields["SigBlk"],
    }
