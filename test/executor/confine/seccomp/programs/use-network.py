"""Speaks TCP with a listener at 127.0.0.1, and tries every other kind of socket; prints what became of each as
JSON. Its words are the port, and the path of a local listener."""

import asyncio
import errno
import json
import socket
import sys

port, local = int(sys.argv[1]), sys.argv[2]


def outcome(action):
    try:
        return action() or "done"
    except OSError as error:
        return errno.errorcode[error.errno]


def greet():
    with socket.create_connection(("localhost", port), timeout=5) as connection:
        connection.sendall(b"hello")
        return connection.recv(100).decode()


def bind():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))


def listen():
    with socket.socket() as listener:
        listener.listen()


def reconnect():
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    other.close()
    one.connect(local)


async def sleep():
    await asyncio.sleep(0)


def make(family, kind, protocol=0):
    return lambda: socket.socket(family, kind, protocol).close()


tried = {
    "tcp": greet,
    "asyncio": lambda: asyncio.run(sleep()),
    "udp": make(socket.AF_INET, socket.SOCK_DGRAM),
    "raw": make(socket.AF_INET, socket.SOCK_RAW, 1),
    "unix": make(socket.AF_UNIX, socket.SOCK_STREAM),
    "netlink": make(socket.AF_NETLINK, socket.SOCK_RAW),
    "packet": make(socket.AF_PACKET, socket.SOCK_RAW),
    "vsock": make(socket.AF_VSOCK, socket.SOCK_STREAM),
    "alg": make(socket.AF_ALG, socket.SOCK_SEQPACKET),
    "datagram pair": lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM) and None,
    "connect a pair": reconnect,
    "bind": bind,
    "listen": listen,
}
print(json.dumps({name: outcome(action) for name, action in tried.items()}))
