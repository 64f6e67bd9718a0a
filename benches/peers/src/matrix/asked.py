"""Answers lines "SETUP TAB EXPRESSION TAB TIMES TAB LOOKS" on standard input.

SETUP is evaluated once and bound to `x`, EXPRESSION is evaluated TIMES times. The answer is the nanoseconds and, if
LOOKS is 1, the digest of the result: the number of elements, their weighted sum, and that of their absolute values. If
EXPRESSION is a function, its value is the result.
"""

import io
import sys
import time

import numpy as np


def make(dtype, shape, first=0):
    """Makes the elements of element.rs."""
    count = int(np.prod(shape))
    indices = np.arange(first, first + count, dtype=np.uint64)
    digits = np.where(indices % 601 == 600, 6, ((indices * 2654435769 & 0xFFFFFFFF) >> 16 & 255) % 6)
    digits[count * 3 // 4] = 7
    elements = digits.astype(dtype) if dtype[0] == "u" else digits.astype(dtype) - np.dtype(dtype).type(3)
    return elements.reshape(shape)


def digest(result):
    flat = np.ravel(np.asarray(result)).astype(float)
    weighted = flat * (np.arange(len(flat)) % 31 + 1)
    return len(flat), weighted.sum(), np.abs(weighted).sum()


made, names = None, {}
print("ready", flush=True)
for line in sys.stdin:
    setup, expression, times, looks = line.rstrip("\n").split("\t")
    if made != setup:
        made, names = setup, {"np": np, "io": io, "make": make}
        names["x"] = eval(setup, names)
    work = eval(f"lambda: {expression}", names)
    times = range(int(times))
    start = time.perf_counter_ns()
    for _ in times:
        work()
    elapsed = time.perf_counter_ns() - start
    if looks == "1":
        result = work()
        answer = digest(result() if callable(result) else result)
    else:
        answer = 0, 0, 0
    print(elapsed, *answer, flush=True)
