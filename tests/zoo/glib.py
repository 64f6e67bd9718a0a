# Arrays of GLib. Their structures are public: the third field of both is the capacity, which no
# function returns.
import ctypes

glib = ctypes.CDLL("libglib-2.0.so.0")


class Array(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_uint), ("capacity", ctypes.c_uint)]


def capacities(name, array, append):
    seen = [0]
    for _ in range(20000):
        append(array)
        if array.contents.capacity != seen[-1]:
            seen.append(array.contents.capacity)
    print(name, *seen[1:])


number = lambda part: ctypes.c_uint.in_dll(glib, "glib_%s_version" % part).value
minor = number("minor")
print("= GLib %d.%d.%d" % (number("major"), minor, number("micro")))

element = ctypes.c_longlong(0)
glib.g_array_new.restype = glib.g_ptr_array_new.restype = ctypes.POINTER(Array)
glib.g_ptr_array_add.argtypes = [ctypes.POINTER(Array), ctypes.c_void_p]
capacities("glib-garray", glib.g_array_new(0, 0, 8), lambda array: glib.g_array_append_vals(array, ctypes.byref(element), 1))
name = "glib-gptrarray" if minor >= 72 else "glib-gptrarray-2.70"
capacities(name, glib.g_ptr_array_new(), lambda array: glib.g_ptr_array_add(array, None))
