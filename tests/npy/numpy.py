# Makes files for the test `numpy`, and looks at those that it makes: `make DIRECTORY`, then `check DIRECTORY`.
import itertools
import math
import os
import sys

import numpy as np

DTYPES = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f4 f8 c8 c16".split()
SHAPES = [
    (5,), (0,), (1,), (2, 3), (3, 0), (0, 3), (1, 7), (2, 3, 4), (3, 1, 2, 2), (2, 1, 3, 1, 2), (1, 2, 1, 3, 2, 1),
    (2, 1, 1, 2, 1, 1, 2), (2, 1, 2, 3, 2, 1, 2, 2), (31, 33, 37),
]


def filled(dtype, shape):
    """Any bytes at all, numbers that are none included; the same in every run."""
    dtype = np.dtype(dtype)
    random = np.random.default_rng(7).bytes(math.prod(shape) * dtype.itemsize)
    if dtype.kind == "b":
        random = bytes(byte % 2 for byte in random)
    return np.frombuffer(random, dtype).reshape(shape)


def swapped(array):
    return array.byteswap().view(array.dtype.newbyteorder(">"))


def make(directory):
    for dtype, (number, shape) in itertools.product(DTYPES, enumerate(SHAPES)):
        array = filled("<" + dtype, shape)
        for order, ordered in ("<", array), (">", swapped(array)):
            name = f"{directory}/{dtype}-{number}-{'little' if order == '<' else 'big'}"
            np.save(name + "-c", ordered)
            np.save(name + "-f", np.asfortranarray(ordered))
            twice = np.frombuffer(ordered.tobytes() * 2, ordered.dtype).reshape((2 * shape[0], *shape[1:]))
            np.save(name + "-twice", twice)
    cube = filled("<f8", (2, 3, 4))
    np.save(f"{directory}/single", cube[1, 2, 3])
    np.save(f"{directory}/permuted", cube.transpose(1, 2, 0))
    np.save(f"{directory}/sliced", cube[:, ::-1, 1::2])


def check(directory):
    names = [name for name in os.listdir(directory) if name.startswith("ours-")]
    assert len(names) > 1000, len(names)
    for name in names:
        path = f"{directory}/{name}"
        ours, mapped = np.load(path), np.load(path, mmap_mode="r")
        theirs = np.load(f"{directory}/{name.removeprefix('ours-')}")
        assert ours.shape == mapped.shape == theirs.shape, name
        assert ours.dtype.newbyteorder("=") == theirs.dtype.newbyteorder("="), name
        theirs = theirs if ours.dtype == theirs.dtype else theirs.byteswap()
        assert ours.tobytes() == mapped.tobytes() == theirs.tobytes(), name


if int(np.__version__.split(".")[0]) < 2:
    sys.exit(f"NumPy {np.__version__} is older than 2")
{"make": make, "check": check}[sys.argv[1]](sys.argv[2])
print(f"NumPy {np.__version__}")
