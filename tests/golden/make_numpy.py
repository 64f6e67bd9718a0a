"""Writes numpy.txt into this folder: results of NumPy for arrays and views, which tests/it/golden.rs compares.

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6
    venv/bin/python tests/golden/make_numpy.py

A line is an array, a view of it, a second operand, or a case. An array is current until the next one. So are its view and
its second operand; without a line `view` the view is the whole array.

    array NAME DTYPE EXTENT... : ELEMENT...        in row-major order; DTYPE is f64, f32, i64, i32 or u8
    array NAME DTYPE EXTENT... = MUL MOD SUB DIV   element i is ((i * MUL) % MOD - SUB) / DIV, rounded once
    view STEP...                                   steps in order: transpose, invert:AXIS, step:AXIS:STEP
    other EXTENT... = MUL MOD SUB DIV              the second operand, of the type of the array
    OPERATION KEY=VALUE... -> EXTENT... : VALUE... the shape and the elements of the result
    OPERATION KEY=VALUE... -> none                 no result of all elements
    OPERATION KEY=VALUE... -> error                no result along an axis or with a second operand

Keys are axis, ddof, rtol and atol. A line ends with `# NOTE` if the crate differs from NumPy on purpose. Floats are
written with enough digits to be parsed exactly.
"""

import math
import pathlib
import sys
import warnings

import numpy as np

DTYPES = {"f64": np.float64, "f32": np.float32, "i64": np.int64, "i32": np.int32, "u8": np.uint8}

# Half the distance from one to the next float.
UNITS = {"f64": 2.0**-53, "f32": 2.0**-24}

# The bound of the crate: no element takes part in more additions than this plus the logarithm of
# their number.
ADDITIONS = 150

# Cases in which NumPy warns and returns NaN or infinity; the crate has no result.
NO_RESULT = "Mean of empty slice|Degrees of freedom <= 0"

lines = [f"# Written by make_numpy.py, which says what the lines mean, with NumPy {np.__version__}."]


def text(value):
    """Returns a number as text."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)).lower()
    if isinstance(value, np.floating):
        # The shortest text that is parsed as this number in its type.
        return str(value).removesuffix(".0")
    return str(int(value))


def words(*values):
    return " ".join(map(str, values))


def by_formula(dtype, shape, formula):
    mul, mod, sub, div = formula
    count = math.prod(shape)
    numerators = np.array([(i * mul) % mod - sub for i in range(count)], dtype=np.int64)
    elements = numerators.astype(DTYPES[dtype])
    assert (elements == numerators).all()
    if div != 1:
        elements = elements / DTYPES[dtype](div)
    assert elements.dtype == DTYPES[dtype]
    return elements.reshape(shape)


class Source:
    """An array, and the line that defines it."""

    def __init__(self, name, dtype, shape, elements=None, formula=None):
        self.name, self.dtype = name, dtype
        if formula:
            self.array = by_formula(dtype, shape, formula)
            content = words("=", *formula)
        else:
            self.array = np.array(elements, dtype=DTYPES[dtype]).reshape(shape)
            content = words(":", *map(text, self.array.flat))
        self.line = words("array", name, dtype, *shape, content)


def view_of(array, views):
    for view in views:
        kind, *numbers = view.split(":")
        numbers = [int(number) for number in numbers]
        if kind == "transpose":
            array = array.T
        elif kind == "invert":
            array = np.flip(array, numbers[0])
        elif kind == "step":
            index = [slice(None)] * array.ndim
            index[numbers[0]] = slice(None, None, numbers[1])
            array = array[tuple(index)]
        else:
            raise ValueError(view)
    return array


OPERATIONS = {
    "sum": np.sum,
    "product": np.prod,
    "mean": np.mean,
    "var": np.var,
    "std": np.std,
    "min": np.min,
    "max": np.max,
    "argmin": np.argmin,
    "argmax": np.argmax,
    "cumsum": np.cumsum,
    "dot": np.dot,
    "vecdot": np.vecdot,
    "allclose": np.allclose,
}


def evaluate(source, operation, view, other, arguments):
    keywords = dict(arguments)
    if operation in ("sum", "product", "cumsum") and source.dtype in ("i32", "i64"):
        # The element type, not a wider one.
        keywords["dtype"] = DTYPES[source.dtype]
    operands = [view] if other is None else [view, other]
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.filterwarnings("ignore")
        warnings.filterwarnings("error", message=NO_RESULT)
        try:
            return np.asarray(OPERATIONS[operation](*operands, **keywords))
        except (ValueError, RuntimeWarning):
            # AxisError is a ValueError.
            return None


def check_share(source, operation, view, other, axis, result):
    """Checks that sums of NumPy are within the error bound of the crate, which is half the tolerance of the test."""
    sums = operation in ("sum", "dot", "vecdot") and result.size > 0 and view.size > 0
    if not sums or source.dtype not in UNITS or not np.isfinite(view).all():
        return
    terms = view.astype(np.float64) if other is None else view.astype(np.float64) * other.astype(np.float64)
    along = terms.reshape(1, -1) if axis is None else np.moveaxis(terms, axis, -1).reshape(-1, terms.shape[axis])
    for row, found in zip(along, np.ravel(result)):
        units = (ADDITIONS + math.log2(max(1, len(row)))) * UNITS[source.dtype]
        assert abs(math.fsum(row) - float(found)) <= units * math.fsum(map(abs, row)), (source.name, operation)


seen = set()
in_force = {}


def announce(key, line):
    """Adds a line, unless it is current."""
    if in_force.get(key) != line:
        if line:
            lines.append(line)
        in_force[key] = line


def case(source, operation, views=(), other=None, note=None, **arguments):
    """Adds a case. `other` is a shape and a formula."""
    view = view_of(source.array, views)
    another = by_formula(source.dtype, *other) if other else None
    if in_force.get("array") != source.line or (in_force.get("view") and not views):
        # A new array, or the whole of the current one again.
        in_force.clear()
    announce("array", source.line)
    announce("view", words("view", *views) if views else None)
    announce("other", words("other", *other[0], "=", *other[1]) if other else None)
    result = evaluate(source, operation, view, another, arguments)
    if result is not None:
        check_share(source, operation, view, another, arguments.get("axis"), result)
        outcome = words(*result.shape, ":", *map(text, result.flat))
    elif "axis" in arguments or other:
        outcome = "error"
    else:
        outcome = "none"
    if result is None and operation in ("mean", "var", "std") and arguments.get("axis", 0) < view.ndim:
        note = "NumPy warns, and returns NaN or infinity"
    line = words(operation, *(f"{key}={value}" for key, value in arguments.items()), "->", outcome)
    lines.append(line + (f"  # {note}" if note else ""))
    key = (source.line, tuple(views), other, operation, tuple(arguments.items()))
    assert key not in seen, line
    seen.add(key)


REDUCTIONS = ["sum", "product", "min", "max", "argmin", "argmax"]
NAN, INF = math.nan, math.inf


def whole_and_along(source, views=(), operations=(*REDUCTIONS, "mean", "cumsum")):
    """Adds the operations of all elements, and along every axis."""
    rank = source.array.ndim
    integers = source.dtype not in UNITS
    for operation in operations:
        note = None
        if operation in ("mean", "var", "std") and integers:
            note = "integers have means by `mean_of`, or after a `map`"
        arguments = [{}] if operation != "cumsum" else []
        if rank > 1 or operation == "cumsum":
            arguments += [{"axis": axis} for axis in range(rank)]
        if operation in ("var", "std"):
            arguments = [{**argument, "ddof": ddof} for argument in arguments for ddof in (0, 1, 2)]
        for argument in arguments:
            case(source, operation, views, note=note, **argument)


# Few elements, which can be checked by hand.
plane = Source("plane", "f64", (2, 3), [1.5, -2, 3, 0.25, 7, -0.5])
whole_and_along(plane, operations=(*REDUCTIONS, "mean", "var", "std", "cumsum"))
for views in (["transpose"], ["invert:1"], ["step:1:2"], ["step:1:2", "transpose", "invert:0"]):
    whole_and_along(plane, views, operations=("sum", "argmax", "mean", "cumsum"))
halves = Source("halves", "f32", (5,), [0.1, 0.2, 0.3, 0.4, 0.7])
whole_and_along(halves, operations=(*REDUCTIONS, "mean", "var", "std", "cumsum"))
one = Source("one", "f64", (1, 1), [2.5])
whole_and_along(one, operations=(*REDUCTIONS, "mean", "var", "std", "cumsum"))

# The first of equal elements.
for dtype in ("i32", "i64", "f64"):
    ties = Source(f"ties-{dtype}", dtype, (3, 4), [3, 1, 1, 3, 0, 3, 0, 3, 1, 0, 1, 0])
    for views in ([], ["transpose"], ["invert:0"], ["invert:1", "transpose"]):
        whole_and_along(ties, views, operations=("argmin", "argmax", "min", "max"))
whole_and_along(Source("ties-i32-sums", "i32", (3, 4), [3, 1, 1, 3, 2, -3, 2, 3, 1, 4, 1, -4]))
bits = Source("bits", "u8", (3, 5), [0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1])
whole_and_along(bits)

# NaN, infinities and signed zeros.
for name, elements in {
    "nan": [1, 2, NAN, 0, 5, NAN, -3, 4, 6, 7, 8, 9],
    "nan-in-front": [NAN, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, NAN],
    "infinities": [1, INF, 2, -INF, 3, 4, INF, INF, 5, -6, 7, 8],
    "infinities-and-nan": [INF, NAN, -INF, 1, 2, 3, NAN, 4, 5, 6, -INF, INF],
    "signs": [0.0, -0.0, 0.0, -0.0, -0.0, -0.0, 1, -1, -0.0, 0.0, 0.0, 0.0],
}.items():
    for dtype in ("f64", "f32"):
        special = Source(f"{name}-{dtype}", dtype, (3, 4), elements)
        whole_and_along(special, operations=(*REDUCTIONS, "mean", "var", "cumsum") if dtype == "f64" else REDUCTIONS)
    special = Source(name, "f64", (3, 4), elements)
    whole_and_along(special, ["transpose"], operations=("min", "argmin", "argmax"))

# No elements.
for shape in ((0,), (0, 3), (3, 0), (2, 0, 3)):
    for dtype in ("f64", "i32"):
        empty = Source("empty-" + "x".join(map(str, shape)) + f"-{dtype}", dtype, shape, [])
        whole_and_along(empty)
    whole_and_along(Source("empty-" + "x".join(map(str, shape)), "f64", shape, []), operations=("var",))

# Too few degrees of freedom.
for ddof in (0, 1, 2, 5, 6, 7):
    case(plane, "var", views=["invert:0"], ddof=ddof)
    case(plane, "std", views=["invert:0"], ddof=ddof)
    case(plane, "var", views=["invert:0"], axis=1, ddof=ddof)

# Axes that do not exist.
for operation in (*REDUCTIONS, "mean", "var", "std", "cumsum"):
    case(plane, operation, axis=2)

# Three axes, with a view that has gaps and reversed axes.
for dtype in ("f64", "f32", "i64", "i32"):
    cube = Source(f"cube-{dtype}", dtype, (4, 3, 5), formula=(37, 101, 50, 7 if dtype in UNITS else 1))
    whole_and_along(cube, operations=("sum", "min", "argmax", "mean", "cumsum"))
    whole_and_along(cube, ["transpose", "step:0:2", "invert:1"], operations=("sum", "max", "argmin", "mean", "var"))
small = Source("small", "i64", (3, 4, 3), formula=(5, 7, 3, 1))
whole_and_along(small, ["invert:2"], operations=("product", "cumsum"))
small = Source("small-odd", "i64", (2, 3, 3), formula=(2, 7, 8, 1))
whole_and_along(small, ["transpose"], operations=("product", "std"))

# Some thousands of elements, by a formula.
for dtype, div in (("f64", 7), ("f32", 7), ("f32", 1000), ("i64", 1), ("i32", 1)):
    for length in (1000, 5000):
        line = Source(f"line{length}-{dtype}-by{div}", dtype, (length,), formula=(7919, 10007, 5000, div))
        operations = ("sum", "min", "max", "argmin", "argmax", "mean", "var", "std")
        whole_and_along(line, operations=operations)
        whole_and_along(line, ["step:0:3", "invert:0"], operations=operations)
    high = Source(f"high-{dtype}-by{div}", dtype, (1500, 3), formula=(7919, 10007, 5000, div))
    for views, axis in (([], 0), (["transpose"], 1), (["step:0:2", "invert:1"], 0)):
        for operation in ("sum", "min", "max", "argmin", "argmax", "mean"):
            case(high, operation, views, axis=axis)
        case(high, "var", views, axis=axis, ddof=1)
        case(high, "std", views, axis=axis, ddof=0)
    wide = Source(f"wide-{dtype}-by{div}", dtype, (130, 70), formula=(31, 10007, 5000, div))
    case(wide, "sum", axis=0)
    case(wide, "sum", axis=1)
    case(wide, "argmin", axis=0)
    case(wide, "mean", ["transpose"], axis=0)
    case(wide, "std", ["transpose", "step:1:2"], axis=1, ddof=1)
    middle = Source(f"middle-{dtype}-by{div}", dtype, (3, 300, 5), formula=(7919, 10007, 5000, div))
    for operation in ("sum", "max", "argmax", "mean"):
        case(middle, operation, axis=1)
    case(middle, "var", ["transpose"], axis=1, ddof=1)
bytes_ = Source("bytes", "u8", (60, 50), formula=(37, 251, 0, 1))
for operation in ("sum", "min", "max", "argmin", "argmax", "mean"):
    case(bytes_, operation, note="sums of bytes by `sum_of`" if operation == "sum" else None)
for operation in ("min", "argmax"):
    case(bytes_, operation, ["step:0:3"], axis=0)
running = Source("running", "f64", (40, 6), formula=(7919, 10007, 5000, 7))
case(running, "cumsum", axis=0)
case(running, "cumsum", ["transpose", "invert:0"], axis=1)

# Pairs.
for dtype, div in (("f64", 7), ("f32", 7), ("i64", 1), ("i32", 1)):
    for length in (0, 1, 17, 3000):
        line = Source(f"pairs{length}-{dtype}", dtype, (length,), formula=(13, 97, 48, div))
        case(line, "dot", other=((length,), (29, 89, 44, div)))
        case(line, "dot", ["invert:0"], other=((length,), (29, 89, 44, div)))
    line = Source(f"pairs100-{dtype}", dtype, (100,), formula=(13, 97, 48, div))
    case(line, "dot", ["step:0:3"], other=((34,), (29, 89, 44, div)))
    case(line, "dot", other=((99,), (29, 89, 44, div)))
    pairs = Source(f"pairs-{dtype}", dtype, (6, 70), formula=(13, 97, 48, div))
    for axis in (0, 1):
        case(pairs, "vecdot", other=((6, 70), (29, 89, 44, div)), axis=axis)
        case(pairs, "vecdot", ["transpose", "step:0:2"], other=((35, 6), (29, 89, 44, div)), axis=axis)
    case(pairs, "vecdot", other=((6, 70), (29, 89, 44, div)), axis=2)
    case(pairs, "vecdot", other=((6, 71), (29, 89, 44, div)), axis=1)
    empty = Source(f"no-pairs-{dtype}", dtype, (0, 3), [])
    case(empty, "vecdot", other=((0, 3), (29, 89, 44, div)), axis=0)
    case(empty, "vecdot", other=((0, 3), (29, 89, 44, div)), axis=1)

# Close or not. The second operand is i / 7.
near = [i / 7 for i in range(6)]
for name, elements in {
    "same": near,
    "near": [x * (1 + 9e-6) for x in near],
    "off": [x * (1 + 2e-5) for x in near],
    "one-off": [*near[:5], near[5] + 1e-4],
    "above-zero": [1e-8, *near[1:]],
    "far-above-zero": [2e-8, *near[1:]],
    "nan": [*near[:3], NAN, *near[4:]],
    "infinity": [*near[:3], INF, *near[4:]],
}.items():
    pairs = Source(f"close-{name}", "f64", (2, 3), elements)
    other = ((2, 3), (1, 7, 0, 7))
    case(pairs, "allclose", other=other, rtol=1e-5, atol=1e-8)
    case(pairs, "allclose", other=other, rtol=0.0, atol=1e-3)
    case(pairs, "allclose", other=other, rtol=1e-6, atol=0.0)
    case(pairs, "allclose", ["invert:0", "invert:1"], other=((2, 3), (1, 7, 5, -7)), rtol=1e-5, atol=1e-8)
case(plane, "allclose", other=((3, 2), (1, 7, 0, 7)), rtol=1.0, atol=1.0)
case(Source("close-empty", "f64", (0, 3), []), "allclose", other=((0, 3), (1, 7, 0, 7)), rtol=0.0, atol=0.0)

path = pathlib.Path(__file__).with_name("numpy.txt")
path.write_text("\n".join(lines) + "\n", encoding="ascii")
print(f"{len(seen)} cases, {path.stat().st_size} bytes", file=sys.stderr)
