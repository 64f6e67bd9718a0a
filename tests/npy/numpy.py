# Makes files for the test `numpy`, and checks the files that the test writes: `make DIRECTORY`,
# then `check DIRECTORY`.
import itertools
import math
import os
import sys

import numpy as np

DTYPES = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split()
SHAPES = [
    (5,), (0,), (1,), (2, 3), (3, 0), (0, 3), (1, 7), (2, 3, 4), (3, 1, 2, 2), (2, 1, 3, 1, 2), (1, 2, 1, 3, 2, 1),
    (2, 1, 1, 2, 1, 1, 2), (2, 1, 2, 3, 2, 1, 2, 2), (31, 33, 37),
]


def filled(dtype, shape):
    """Returns arbitrary bytes, including NaN, that are the same in every run."""
    dtype = np.dtype(dtype)
    random = np.random.default_rng(7).bytes(math.prod(shape) * dtype.itemsize)
    if dtype.kind == "b":
        random = bytes(byte % 2 for byte in random)
    return np.frombuffer(random, dtype).reshape(shape)


def swapped(array):
    return array.byteswap().view(array.dtype.newbyteorder(">"))


# Dtypes as other writers spell them.
DESCRS = """b1 ? |? bool i1 |i1 b int8 B <u1 u1 uint8 h <i2 >i2 =i2 |i2 H int16 i <i4 >i4 int32 I >u4 q <i8 >i8 i8 Q >u8
e <f2 >f2 f <f4 >f4 |f4 float32 d <f8 >f8 f8 =f8 |f8 float64 F <c8 >c8 D >c16 complex128 <M8[ns] >M8[25s] M8[D] <M8 >m8[us]
S3 |S3 a2 <U2 >U2 U3 V3 |V5""".split()
FOREIGN_SHAPES = [(), (4,), (2, 3), (3, 1), (1, 3), (0, 2), (2, 3, 2)]


def foreign(directory):
    """Writes files with every spelling of a dtype, in all versions, orders and paddings, and as NumPy reads them."""
    number = 0
    for descr, shape, fortran in itertools.product(DESCRS, FOREIGN_SHAPES, (False, True)):
        number += 1
        dtype = np.dtype(descr)
        elements = filled(dtype, shape)
        if dtype.kind in "SU":
            elements = np.full(shape, "añb"[: dtype.itemsize] if dtype.kind == "U" else "xyz", dtype)
        version = 1 + number % 3
        # Python 2 wrote versions 1 and 2 only.
        u, long = ("u", "L") if version < 3 and number % 5 == 0 else ("", "")
        extents = "".join(f"{extent}{long}, " for extent in shape)
        text = f"{{{u}'descr': {u}'{descr}', {u}'fortran_order': {fortran}, {u}'shape': ({extents.rstrip()})}}"
        length = 10 if version == 1 else 12
        multiple = [1, 16, 64][number // 3 % 3]
        text += " " * (-(length + len(text) + 1) % multiple) + "\n"
        path = f"{directory}/foreign-{number}"
        with open(path + ".npy", "wb") as file:
            file.write(b"\x93NUMPY" + bytes([version, 0]))
            file.write(len(text).to_bytes(length - 8, "little") + text.encode())
            file.write(elements.tobytes(order="F" if fortran else "C"))
        loaded = np.load(path + ".npy")
        loaded = loaded.reshape(loaded.shape or (1,))
        if loaded.flags.c_contiguous:
            np.save(path + "-twice", np.concatenate([loaded, loaded]).astype(loaded.dtype))
        native = loaded.astype(loaded.dtype.newbyteorder("="), order="C")
        if dtype.kind == "f" and dtype.itemsize == 2:
            native = native.astype("f4")
        if dtype.kind in "mM":
            native = native.view("i8")
        np.save(path + "-expected", native)


def make(directory):
    foreign(directory)
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
