//! The entries of the zoo: what each rule is, where it is from and how well that is known.

use crate::growth::Growth;
use crate::zoo::rules;
use core::fmt;

/// How a growable array of a language, a library or a program grows, and where that is written down.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo;
///
/// let entry = zoo::find("java-arraylist")?;
/// assert_eq!(entry.title, "OpenJDK ArrayList, made without a capacity");
/// assert_eq!(entry.rule, "10 first, then c + max(n - c, c/2)");
/// assert_eq!(entry.growth().next_capacity(0, 1), 10);
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// What [`zoo::find`](crate::zoo::find) finds it by. A version, as in `cpython-list-3.8`, is the last that has
    /// this rule.
    pub name: &'static str,
    /// What it is called by people, with the versions it holds for.
    pub title: &'static str,
    /// The repository on GitHub, unless it says otherwise.
    pub repository: &'static str,
    /// The file in the repository.
    pub file: &'static str,
    /// The function or functions in the file.
    pub function: &'static str,
    /// What one slot is in the source.
    pub unit: &'static str,
    /// Bytes in one slot: a usual size where the rule does not depend on it.
    pub slot_bytes: usize,
    /// Whether the rule depends on the bytes in one slot.
    pub depends_on_size: bool,
    /// The next capacity when the array is full: *c* is the capacity, *n* how much is needed. Quotients are rounded
    /// down.
    pub rule: &'static str,
    /// When the array gives room back as elements are removed.
    pub removal: &'static str,
    /// How the rule is known.
    pub evidence: Evidence,
    /// How large arrays grow.
    pub tail: Tail,
    next: fn(capacity: u128, needed: u128, slot_bytes: u128) -> u128,
}

/// How a rule in the zoo is known.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo::{self, Evidence};
///
/// assert_eq!(zoo::find("rust-vec")?.evidence, Evidence::Replayed);
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// The source was read.
    Read,
    /// The capacities were also compared with those of the real program.
    Replayed,
    /// Only what its authors write about it was read: a manual, an issue, a change.
    Documented,
    /// Only an old version of the source or a part of it was read.
    Older,
}

/// How a rule treats large arrays, of slots of its own [size](Entry::slot_bytes).
///
/// # Examples
///
/// ```
/// use growable_nd::zoo::{self, Tail};
///
/// let cpython = zoo::find("cpython-list")?;
/// assert_eq!(cpython.tail, Tail::Factor { numerator: 9, denominator: 8 });
/// let redis = zoo::find("redis-sds")?;
/// assert_eq!(redis.tail, Tail::Step { slots: 1 << 20 });
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tail {
    /// The capacity grows by this factor, give or take some rounding: a push is amortized O(1). The factor of
    /// `julia` comes down to it so slowly that it is still 3 % above at 2^62.
    Factor {
        /// The numerator, in lowest terms.
        numerator: u64,
        /// The denominator.
        denominator: u64,
    },
    /// The capacity grows by so many slots, give or take a thousandth: *n* pushes take time proportional to *n*².
    Step {
        /// How many slots.
        slots: u64,
    },
    /// The capacity grows by a factor that itself falls towards 1, in `d-array` so slowly that *n* pushes take time
    /// proportional to *n* log *n*.
    Falling,
}

impl Entry {
    /// The rule, for slots of its own [size](Self::slot_bytes).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::zoo;
    ///
    /// let growth = zoo::find("v8-array")?.growth();
    /// assert_eq!(growth.next_capacity(0, 1), 17);
    /// # Ok::<(), zoo::UnknownName>(())
    /// ```
    pub fn growth(&self) -> Growth {
        self.growth_for(self.slot_bytes)
    }

    /// The rule, for slots of so many bytes: for an array, the bytes in one row. Zero counts as 1, and more than
    /// 2^32 as 2^32. A rule that does not [depend on the size](Self::depends_on_size) is the same for all.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::zoo;
    ///
    /// let vec = zoo::find("rust-vec")?;
    /// assert_eq!(vec.growth_for(1).next_capacity(0, 1), 8);
    /// assert_eq!(vec.growth_for(8).next_capacity(0, 1), 4);
    /// assert_eq!(vec.growth_for(2000).next_capacity(0, 1), 1);
    /// # Ok::<(), zoo::UnknownName>(())
    /// ```
    pub fn growth_for(&self, slot_bytes: usize) -> Growth {
        let most = usize::try_from(1_u64 << 32).unwrap_or(usize::MAX);
        Growth::custom_sized(slot_bytes.clamp(1, most), self.next)
    }

    /// Whether a push is amortized O(1) with this rule, however large the array: it has a
    /// [factor](Tail::Factor) in the end.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::zoo;
    ///
    /// assert!(zoo::find("julia")?.is_amortized());
    /// assert!(!zoo::find("julia-1.6")?.is_amortized());
    /// # Ok::<(), zoo::UnknownName>(())
    /// ```
    pub const fn is_amortized(&self) -> bool {
        matches!(self.tail, Tail::Factor { .. })
    }
}

/// The name.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

const NEVER: &str = "never gives room back by itself";
const AT_THE_END: &str = "cut to size when all is read";
const TWICE: Tail = factor(2, 1);

const fn factor(numerator: u64, denominator: u64) -> Tail {
    Tail::Factor { numerator, denominator }
}

#[rustfmt::skip] // A table: one line a field would be twice as long.
pub(crate) static ENTRIES: [Entry; 48] = [
    Entry {
        name: "cpython-list", title: "CPython list, 3.9 and later",
        repository: "python/cpython", file: "Objects/listobject.c", function: "list_resize",
        unit: "pointer", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Replayed,
        rule: "n + n/8 + 6 down to a multiple of 4, or n up to one if n - c is more than that leaves free",
        removal: "below half of the room, by the same rule",
        tail: factor(9, 8), next: rules::cpython_list,
    },
    Entry {
        name: "cpython-list-3.8", title: "CPython list, up to 3.8",
        repository: "python/cpython", file: "Objects/listobject.c", function: "list_resize",
        unit: "pointer", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Documented,
        rule: "n + n/8 + 3, from n = 9 on n + n/8 + 6",
        removal: "below half of the room, by the same rule",
        tail: factor(9, 8), next: rules::cpython_list_3_8,
    },
    Entry {
        name: "cpython-bytearray", title: "CPython bytearray, 3.15 and later",
        repository: "python/cpython", file: "Objects/bytearrayobject.c",
        function: "bytearray_resize_lock_held",
        unit: "byte", slot_bytes: 1, depends_on_size: false, evidence: Evidence::Read,
        rule: "as cpython-list-3.8 if n <= 9c/8, else n",
        removal: "below half of the room, to the exact size",
        tail: factor(9, 8), next: rules::cpython_bytearray,
    },
    Entry {
        name: "cpython-bytearray-3.14", title: "CPython bytearray, up to 3.14",
        repository: "python/cpython", file: "Objects/bytearrayobject.c", function: "PyByteArray_Resize",
        unit: "byte before the final zero", slot_bytes: 1, depends_on_size: false,
        evidence: Evidence::Replayed,
        rule: "n first; then with b = c + 1: n + n/8 + 2, from n = 9 on n + n/8 + 5, if n <= 9b/8, else n",
        removal: "below half of the room, to the exact size",
        tail: factor(9, 8), next: rules::cpython_bytearray_3_14,
    },
    Entry {
        name: "go-slice", title: "Go slice, 1.18 and later, without pointers",
        repository: "golang/go", file: "src/runtime/slice.go", function: "growslice, nextslicecap",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Read,
        rule: "as go-slice-unrounded, then as many as fit into the size class or the pages of 8 KiB",
        removal: NEVER, tail: factor(5, 4), next: rules::go_slice,
    },
    Entry {
        name: "go-slice-unrounded", title: "Go slice, 1.18 and later, before its allocator rounds up",
        repository: "golang/go", file: "src/runtime/slice.go", function: "nextslicecap",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "n if n > 2c; 2c if c < 256; else c + (c + 768)/4, repeated until >= n",
        removal: NEVER, tail: factor(5, 4), next: rules::go_slice_unrounded,
    },
    Entry {
        name: "go-slice-1.17", title: "Go slice, up to 1.17, without pointers",
        repository: "golang/go", file: "src/runtime/slice.go", function: "growslice",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Documented,
        rule: "n if n > 2c; 2c if c < 1024; else c + c/4, repeated until >= n; then as go-slice",
        removal: NEVER, tail: factor(5, 4), next: rules::go_slice_1_17,
    },
    Entry {
        name: "java-arraylist", title: "OpenJDK ArrayList, made without a capacity",
        repository: "openjdk/jdk", file: "src/java.base/share/classes/java/util/ArrayList.java",
        function: "grow",
        unit: "reference", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Replayed,
        rule: "10 first, then c + max(n - c, c/2)",
        removal: NEVER, tail: factor(3, 2), next: rules::java_arraylist,
    },
    Entry {
        name: "java-arraylist-0", title: "OpenJDK ArrayList, made with a capacity of 0",
        repository: "openjdk/jdk", file: "src/java.base/share/classes/java/util/ArrayList.java",
        function: "grow",
        unit: "reference", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Replayed,
        rule: "c + max(n - c, c/2)",
        removal: NEVER, tail: factor(3, 2), next: rules::java_arraylist_0,
    },
    Entry {
        name: "dotnet-list", title: ".NET List<T>",
        repository: "dotnet/runtime",
        file: "src/libraries/System.Private.CoreLib/src/System/Collections/Generic/List.cs", function: "Grow",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "4 first, then max(2c, n)",
        removal: NEVER, tail: TWICE, next: rules::dotnet_list,
    },
    Entry {
        name: "rust-vec", title: "Rust Vec",
        repository: "rust-lang/rust", file: "library/alloc/src/raw_vec/mod.rs",
        function: "grow_amortized, min_non_zero_cap",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Replayed,
        rule: "max(2c, n, m) with m = 8 for 1 byte, 4 up to 1024 bytes, else 1",
        removal: NEVER, tail: TWICE, next: rules::rust_vec,
    },
    Entry {
        name: "libstdcxx-vector", title: "C++ std::vector in libstdc++",
        repository: "gcc-mirror/gcc", file: "libstdc++-v3/include/bits/stl_vector.h",
        function: "_M_check_len",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Replayed,
        rule: "c + max(c, n - c)",
        removal: NEVER, tail: TWICE, next: rules::libstdcxx_vector,
    },
    Entry {
        name: "libcxx-vector", title: "C++ std::vector in libc++",
        repository: "llvm/llvm-project", file: "libcxx/include/__vector/vector.h", function: "__recommend",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "max(2c, n)",
        removal: NEVER, tail: TWICE, next: rules::double,
    },
    Entry {
        name: "msvc-vector", title: "C++ std::vector in the STL of MSVC",
        repository: "microsoft/STL", file: "stl/inc/vector", function: "_Calculate_growth",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "max(c + c/2, n)",
        removal: NEVER, tail: factor(3, 2), next: rules::msvc_vector,
    },
    Entry {
        name: "folly-fbvector", title: "folly::fbvector, without jemalloc",
        repository: "facebook/folly", file: "folly/container/FBVector.h", function: "computePushBackCapacity",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Read,
        rule: "64 bytes first; then 2c, but (3c + 1)/2 for 4096 to 131072 bytes; at least n",
        removal: NEVER, tail: TWICE, next: rules::folly_fbvector,
    },
    Entry {
        name: "julia", title: "Julia Vector, 1.7 and later",
        repository: "JuliaLang/julia", file: "base/array.jl", function: "overallocation, _growend_internal!",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "8 up to c = 7; then max(c + 4 * 2^(7e/8) + c/8, n) with e = bits in c",
        removal: NEVER, tail: factor(9, 8), next: rules::julia,
    },
    Entry {
        name: "julia-1.6", title: "Julia Vector, up to 1.6, on a machine with 16 GiB",
        repository: "JuliaLang/julia", file: "src/array.c",
        function: "jl_array_grow_end, limit_overallocation",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Read,
        rule: "max(4, n) first, then 2c, repeated until >= n; at most n + 1 % of 16 GiB",
        removal: NEVER, tail: Tail::Step { slots: 21_474_836 }, next: rules::julia_1_6,
    },
    Entry {
        name: "numpy-fromiter", title: "NumPy fromiter",
        repository: "numpy/numpy", file: "numpy/_core/src/multiarray/ctors.c", function: "PyArray_FromIter",
        unit: "item", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "with i = n - 1: i + i/2 + 4, from i = 4 on i + i/2 + 2",
        removal: AT_THE_END, tail: factor(3, 2), next: rules::numpy_fromiter,
    },
    Entry {
        name: "numpy-loadtxt-4", title: "NumPy loadtxt, with steps of 4 or more",
        repository: "numpy/numpy", file: "numpy/_core/src/multiarray/textreading/growth.c",
        function: "grow_size_and_multiply",
        unit: "item", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "c + 4 if c/4 <= 4; else c + min(c/4, 2^20) + 3 with the bit of 4 cleared",
        removal: AT_THE_END, tail: Tail::Step { slots: 1 << 20 }, next: rules::numpy_loadtxt_4,
    },
    Entry {
        name: "numpy-loadtxt-512", title: "NumPy loadtxt, with steps of 512 or more",
        repository: "numpy/numpy", file: "numpy/_core/src/multiarray/textreading/growth.c",
        function: "grow_size_and_multiply",
        unit: "row", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "c + 512 if c/4 <= 512; else c + min(c/4, 2^20) + 511 with the bit of 512 cleared",
        removal: AT_THE_END, tail: Tail::Step { slots: 1 << 20 }, next: rules::numpy_loadtxt_512,
    },
    Entry {
        name: "numpy-string-arena", title: "NumPy StringDType, the arena of long strings",
        repository: "numpy/numpy", file: "numpy/_core/src/multiarray/stringdtype/static_string.c",
        function: "arena_malloc",
        unit: "byte", slot_bytes: 1, depends_on_size: false, evidence: Evidence::Read,
        rule: "n + n/4",
        removal: NEVER, tail: factor(5, 4), next: rules::numpy_string_arena,
    },
    Entry {
        name: "lua-table", title: "Lua table, 5.x, the array part filled in order",
        repository: "lua/lua", file: "ltable.c", function: "computesizes, rehash",
        unit: "value", slot_bytes: 16, depends_on_size: false, evidence: Evidence::Older,
        rule: "n up to a power of two",
        removal: "by the same rule, the next time the hash part is full",
        tail: TWICE, next: rules::lua_table,
    },
    Entry {
        name: "ruby-array", title: "Ruby Array, with room for 3 in the object",
        repository: "ruby/ruby", file: "array.c", function: "ary_ensure_room_for_push, ary_double_capa",
        unit: "value", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Older,
        rule: "3 first, then n + max(c/2, 16)",
        removal: "pop: below a third of more than 16, to twice what is left",
        tail: factor(3, 2), next: rules::ruby_array,
    },
    Entry {
        name: "php-array", title: "PHP packed array",
        repository: "php/php-src", file: "Zend/zend_hash.c", function: "zend_hash_packed_grow",
        unit: "value", slot_bytes: 16, depends_on_size: false, evidence: Evidence::Older,
        rule: "8 first, then max(2c, n)",
        removal: NEVER, tail: TWICE, next: rules::php_array,
    },
    Entry {
        name: "perl-array", title: "Perl array, as measured in 5.36",
        repository: "Perl/perl5", file: "av.c", function: "av_extend",
        unit: "pointer", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Replayed,
        rule: "4 first, then n + (c - 1)/5",
        removal: NEVER, tail: factor(6, 5), next: rules::perl_array,
    },
    Entry {
        name: "v8-array", title: "V8 JSArray, filled by push",
        repository: "v8/v8", file: "src/objects/js-objects.h", function: "NewElementsCapacity",
        unit: "value", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Replayed,
        rule: "n + n/2 + 16",
        removal: "pop: if 2 (n - 1) + 16 <= c, half of what is free",
        tail: factor(3, 2), next: rules::v8_array,
    },
    Entry {
        name: "spidermonkey-array", title: "SpiderMonkey array",
        repository: "mozilla/gecko-dev", file: "js/src/vm/NativeObject.cpp",
        function: "goodElementsAllocationAmount",
        unit: "value", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "h - 2 with h = n + 2 up to 8, 16, ... 2^20, then 2^20 times 1, 2, ... 9, 11, 13, ... (by 9/8)",
        removal: "when the length is set, by the same rule",
        tail: factor(9, 8), next: rules::spidermonkey_array,
    },
    Entry {
        name: "swift-array", title: "Swift Array, before its allocator rounds up",
        repository: "swiftlang/swift", file: "stdlib/public/core/ArrayShared.swift",
        function: "_growArrayCapacity",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Older,
        rule: "max(2c, n)",
        removal: NEVER, tail: TWICE, next: rules::double,
    },
    Entry {
        name: "d-array", title: "D dynamic array, before its collector rounds up",
        repository: "dlang/dmd", file: "druntime/src/core/internal/array/utils.d", function: "newCapacity",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Read,
        rule: "n f/128 rounded up, f = min(234, 128 + 1280/(log2 b + 1)), b the bytes in n",
        removal: NEVER, tail: Tail::Falling, next: rules::d_array,
    },
    Entry {
        name: "freepascal-tfplist", title: "FreePascal TFPList, 64 bits",
        repository: "fpc/FPCSource", file: "rtl/objpas/classes/lists.inc", function: "Expand",
        unit: "pointer", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "c + 16, from c = 8 on c + 24, from 33 on c + c/2 + 16, from 128 on c + c/4 + 16",
        removal: "below a quarter of more than 256, to half of the room",
        tail: factor(5, 4), next: rules::freepascal_tfplist,
    },
    Entry {
        name: "freepascal-tfplist-older", title: "FreePascal TFPList, older",
        repository: "fpc/FPCSource", file: "rtl/objpas/classes/lists.inc", function: "Expand",
        unit: "pointer", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "c + 4, from c = 4 on c + 8, from 9 on c + 16, from 128 on c + c/4 + 16",
        removal: "below a quarter of more than 256, to half of the room",
        tail: factor(5, 4), next: rules::freepascal_tfplist_older,
    },
    Entry {
        name: "delphi-tlist-older", title: "Delphi TList, older",
        repository: "Embarcadero VCL, not public", file: "Classes.pas", function: "TList.Grow",
        unit: "pointer", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Older,
        rule: "c + 4, from c = 9 on c + 16, from 65 on c + c/4",
        removal: NEVER, tail: factor(5, 4), next: rules::delphi_tlist_older,
    },
    Entry {
        name: "haskell-vector", title: "Haskell vector, filled from a stream",
        repository: "haskell/vector", file: "vector/src/Data/Vector/Generic/Mutable.hs", function: "enlarge",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "c + max(c, 1)",
        removal: AT_THE_END, tail: TWICE, next: rules::haskell_vector,
    },
    Entry {
        name: "ocaml-dynarray", title: "OCaml Dynarray, 5.2 and later",
        repository: "ocaml/ocaml", file: "stdlib/dynarray.ml", function: "next_capacity",
        unit: "word", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "max(2c, 8, n) up to c = 512, then max(c + c/2, n)",
        removal: NEVER, tail: factor(3, 2), next: rules::ocaml_dynarray,
    },
    Entry {
        name: "abseil-inlinedvector", title: "Abseil InlinedVector, with 4 inline",
        repository: "abseil/abseil-cpp", file: "absl/container/internal/inlined_vector.h",
        function: "NextCapacity",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "4 first, then max(2c, n)",
        removal: NEVER, tail: TWICE, next: rules::abseil_inlinedvector,
    },
    Entry {
        name: "glib-garray", title: "GLib GArray, 2.74",
        repository: "GNOME/glib", file: "glib/garray.c", function: "g_array_maybe_expand",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Replayed,
        rule: "the bytes in n up to a power of two from 16 on",
        removal: NEVER, tail: TWICE, next: rules::glib_garray,
    },
    Entry {
        name: "glib-gptrarray", title: "GLib GPtrArray, 2.74, 64 bits",
        repository: "GNOME/glib", file: "glib/garray.c", function: "g_ptr_array_maybe_expand",
        unit: "pointer", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Replayed,
        rule: "n up to a power of two from 2 on",
        removal: NEVER, tail: TWICE, next: rules::glib_gptrarray,
    },
    Entry {
        name: "glib-gptrarray-older", title: "GLib GPtrArray, older",
        repository: "GNOME/glib", file: "glib/garray.c", function: "g_ptr_array_maybe_expand",
        unit: "pointer", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "n up to a power of two from 16 on",
        removal: NEVER, tail: TWICE, next: rules::glib_gptrarray_older,
    },
    Entry {
        name: "redis-sds", title: "Redis dynamic string, before its allocator rounds up",
        repository: "redis/redis", file: "src/sds.c", function: "_sdsMakeRoomFor",
        unit: "byte", slot_bytes: 1, depends_on_size: false, evidence: Evidence::Read,
        rule: "2n below n = 2^20, then n + 2^20",
        removal: NEVER, tail: Tail::Step { slots: 1 << 20 }, next: rules::redis_sds,
    },
    Entry {
        name: "sqlite-str", title: "SQLite sqlite3_str, before its allocator rounds up",
        repository: "sqlite/sqlite", file: "src/printf.c", function: "sqlite3StrAccumEnlarge",
        unit: "byte before the final zero", slot_bytes: 1, depends_on_size: false, evidence: Evidence::Read,
        rule: "c + n",
        removal: NEVER, tail: TWICE, next: rules::sqlite_str,
    },
    Entry {
        name: "postgresql-stringinfo", title: "PostgreSQL StringInfo",
        repository: "postgres/postgres", file: "src/common/stringinfo.c", function: "enlargeStringInfo",
        unit: "byte before the final zero", slot_bytes: 1, depends_on_size: false, evidence: Evidence::Read,
        rule: "1023 first, then 2c + 1, repeated until >= n",
        removal: NEVER, tail: TWICE, next: rules::postgresql_stringinfo,
    },
    Entry {
        name: "arrow-cpp-buffer", title: "Arrow C++ BufferBuilder",
        repository: "apache/arrow", file: "cpp/src/arrow/buffer_builder.h", function: "GrowByFactor",
        unit: "byte", slot_bytes: 1, depends_on_size: false, evidence: Evidence::Read,
        rule: "max(2c, n) up to a multiple of 64",
        removal: NEVER, tail: TWICE, next: rules::arrow_cpp_buffer,
    },
    Entry {
        name: "arrow-rs-buffer", title: "Arrow Rust MutableBuffer",
        repository: "apache/arrow-rs", file: "arrow-buffer/src/buffer/mutable.rs", function: "reserve",
        unit: "byte", slot_bytes: 1, depends_on_size: false, evidence: Evidence::Read,
        rule: "max(2c, n up to a multiple of 64)",
        removal: NEVER, tail: TWICE, next: rules::arrow_rs_buffer,
    },
    Entry {
        name: "zig-arraylist", title: "Zig ArrayList, 0.16 and later, on x86-64",
        repository: "ziglang/zig", file: "lib/std/array_list.zig", function: "growCapacity",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Read,
        rule: "n + n/2 + as many as fit into a cache line of 128 bytes, or 1",
        removal: NEVER, tail: factor(3, 2), next: rules::zig_arraylist,
    },
    Entry {
        name: "zig-arraylist-0.15", title: "Zig ArrayList, 0.14 and 0.15, on x86-64",
        repository: "ziglang/zig", file: "lib/std/array_list.zig", function: "growCapacity",
        unit: "element", slot_bytes: 8, depends_on_size: true, evidence: Evidence::Older,
        rule: "c + c/2 + as many as fit into a cache line of 128 bytes, or 1, repeated until >= n",
        removal: NEVER, tail: factor(3, 2), next: rules::zig_arraylist_0_15,
    },
    Entry {
        name: "zig-arraylist-0.13", title: "Zig ArrayList, up to 0.13",
        repository: "ziglang/zig", file: "lib/std/array_list.zig", function: "growCapacity",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "c + c/2 + 8, repeated until >= n",
        removal: NEVER, tail: factor(3, 2), next: rules::zig_arraylist_0_13,
    },
    Entry {
        name: "nim-seq", title: "Nim seq",
        repository: "nim-lang/Nim", file: "lib/system/seqs_v2.nim", function: "resize",
        unit: "element", slot_bytes: 8, depends_on_size: false, evidence: Evidence::Read,
        rule: "max(2c, n), from c = 32768 on max(c + c/2, n)",
        removal: NEVER, tail: factor(3, 2), next: rules::nim_seq,
    },
    Entry {
        name: "erlang-binary", title: "Erlang binary, appended to",
        repository: "erlang/otp", file: "erts/emulator/beam/erl_bits.c", function: "GROW_PROC_BIN_SIZE",
        unit: "byte", slot_bytes: 1, depends_on_size: false, evidence: Evidence::Documented,
        rule: "max(2n, 256), from n = 2^24 + 1 on 12n/10",
        removal: "by the garbage collector",
        tail: factor(6, 5), next: rules::erlang_binary,
    },
];
