"""Asks for its process id by the entry of 32-bit programs, and prints it."""

import ctypes
import mmap

GETPID_BY_INT_80 = bytes.fromhex("b814000000cd80c3")  # mov eax, 20; int 0x80; ret

memory = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(GETPID_BY_INT_80)
address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
print(ctypes.CFUNCTYPE(ctypes.c_int)(address)())
