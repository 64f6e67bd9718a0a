# Lists, arrays and byte arrays of CPython. `sys.getsizeof` counts the block.
import array
import struct
import sys


def capacities(name, append, capacity, pushes=100000):
    seen = [0]
    for _ in range(pushes):
        append()
        if capacity() != seen[-1]:
            seen.append(capacity())
    print(name, *seen[1:])


if sys.implementation.name == "cpython":
    version = sys.version_info[:2]
    print("= CPython", sys.version.split()[0])

    values, empty = [], sys.getsizeof([])
    name = "cpython-list" if version >= (3, 9) else "cpython-list-3.8"
    slot = struct.calcsize("P")
    capacities(name, lambda: values.append(None), lambda: (sys.getsizeof(values) - empty) // slot)

    numbers = array.array("q")
    none = sys.getsizeof(numbers)
    capacities("cpython-array", lambda: numbers.append(1), lambda: (sys.getsizeof(numbers) - none) // 8)

    data = bytearray()
    # Up to 3.14 the terminating zero is a part of the block.
    name, zero = ("cpython-bytearray-3.14", 1) if version <= (3, 14) else ("cpython-bytearray", 0)
    capacities(name, lambda: data.append(0), lambda: data.__alloc__() - zero)
