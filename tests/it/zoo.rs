use crate::support::check;
use growable_nd::zoo::{self, Entry, Evidence, Source, Tail, Unit};
use growable_nd::{GrowableNd, Growth, Ratio, Request};
use std::collections::BTreeSet;

/// The first capacities of every policy, for slots of the size of the original.
#[rustfmt::skip] // A table.
static GOLDEN: [(&str, [u64; 16]); 70] = [
    ("cpython-list", [4, 8, 16, 24, 32, 40, 52, 64, 76, 92, 108, 128, 148, 172, 200, 232]),
    ("cpython-list-3.8", [4, 8, 16, 25, 35, 46, 58, 72, 88, 106, 126, 148, 173, 201, 233, 269]),
    ("cpython-array", [4, 8, 16, 25, 34, 44, 54, 65, 77, 89, 102, 116, 131, 147, 164, 182]),
    ("cpython-bytearray", [1, 2, 3, 4, 5, 6, 7, 8, 16, 25, 35, 46, 58, 72, 88, 106]),
    ("cpython-bytearray-3.14", [1, 4, 7, 11, 18, 26, 35, 45, 56, 69, 83, 99, 117, 137, 160, 186]),
    ("numpy-fromiter", [4, 8, 14, 23, 36, 56, 86, 131, 198, 299, 450, 677, 1017, 1527, 2292, 3440]),
    ("numpy-loadtxt-4", [4, 8, 12, 16, 20, 24, 33, 40, 49, 64, 83, 106, 131, 162, 201, 250]),
    ("numpy-loadtxt-512", [512, 1024, 1536, 2048, 2560, 3199, 4509, 6147, 8194, 10241, 13312, 16639, 20797,
        25995, 33004, 41254]),
    ("numpy-string-arena", [1, 2, 3, 5, 7, 10, 13, 17, 22, 28, 36, 46, 58, 73, 92, 116]),
    ("julia", [3, 9, 34, 134, 534, 1368, 3075, 6531, 13491, 27465, 55474, 111560, 174657, 294793, 528250,
        987497]),
    ("julia-1.12", [8, 41, 174, 707, 1819, 4094, 8701, 26172, 62211, 135523, 283535, 581120, 1178048,
        2373880, 4767767, 9558041]),
    ("julia-1.6", [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072]),
    ("r-vector", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
    ("lua-table", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]),
    ("ruby-array", [3, 20, 37, 56, 85, 128, 193, 290, 436, 655, 983, 1475, 2213, 3320, 4981, 7472]),
    ("php-array", [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072,
        262144]),
    ("perl-array", [4, 5, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40, 48, 58, 70, 84]),
    ("v8-array", [17, 43, 82, 140, 227, 358, 554, 848, 1289, 1951, 2944, 4433, 6667, 10018, 15044, 22583]),
    ("spidermonkey-array", [6, 14, 30, 62, 126, 254, 510, 1022, 2046, 4094, 8190, 16382, 32766, 65534,
        131070, 262142]),
    ("erlang-binary", [256, 514, 1030, 2062, 4126, 8254, 16510, 33022, 66046, 132094, 264190, 528382,
        1056766, 2113534, 4227070, 8454142]),
    ("sbcl-vector", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]),
    ("dart-list", [3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535, 131071]),
    ("go-slice", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280, 1792, 2560, 3408, 5120]),
    ("go-slice-unrounded", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 832, 1232, 1732, 2357, 3138, 4114]),
    ("go-slice-1.17", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1280, 1696, 2304, 3072, 4096]),
    ("java-arraylist", [10, 15, 22, 33, 49, 73, 109, 163, 244, 366, 549, 823, 1234, 1851, 2776, 4164]),
    ("java-arraylist-0", [1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 63, 94, 141, 211, 316, 474]),
    ("scala-arraybuffer", [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072,
        262144, 524288]),
    ("dotnet-list", [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072]),
    ("rust-vec", [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072]),
    ("power-of-two-block", [1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535]),
    ("swift-array", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]),
    ("nsmutablearray", [1, 2, 3, 4, 6, 9, 14, 22, 35, 56, 91, 147, 238, 386, 627, 1018]),
    ("d-array", [2, 6, 13, 26, 50, 94, 174, 320, 587, 1039, 1780, 3048, 5074, 8247, 13081, 20748]),
    ("freepascal-tfplist", [4, 8, 12, 28, 44, 60, 76, 92, 108, 124, 140, 175, 218, 272, 340, 425]),
    ("freepascal-tfplist-3.0", [4, 12, 28, 44, 60, 76, 92, 108, 124, 140, 191, 254, 333, 432, 556, 711]),
    ("freepascal-tfphashlist", [16, 40, 76, 130, 178, 238, 313, 407, 524, 671, 854, 1083, 1369, 1727, 2174,
        2733]),
    ("delphi-tlist-older", [4, 8, 12, 28, 44, 60, 76, 95, 118, 147, 183, 228, 285, 356, 445, 556]),
    ("haskell-vector", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]),
    ("ocaml-dynarray", [8, 16, 32, 64, 128, 256, 512, 1024, 1536, 2304, 3456, 5184, 7776, 11664, 17496,
        26244]),
    ("zig-arraylist", [17, 43, 82, 140, 227, 358, 554, 848, 1289, 1951, 2944, 4433, 6667, 10018, 15044,
        22583]),
    ("zig-arraylist-0.15", [16, 40, 76, 130, 211, 332, 514, 787, 1196, 1810, 2731, 4112, 6184, 9292, 13954,
        20947]),
    ("zig-arraylist-0.13", [8, 20, 38, 65, 105, 165, 255, 390, 593, 897, 1353, 2037, 3063, 4602, 6911,
        10374]),
    ("nim-seq", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]),
    ("libstdcxx-vector", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]),
    ("libstdcxx-string", [15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 30720, 61440, 122880,
        245760, 491520]),
    ("libcxx-vector", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]),
    ("libcxx-string", [22, 47, 95, 191, 383, 767, 1535, 3071, 6143, 12287, 24575, 49151, 98303, 196607,
        393215, 786431]),
    ("msvc-vector", [1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 63, 94, 141, 211, 316, 474]),
    ("msvc-string", [15, 31, 47, 70, 105, 157, 235, 352, 528, 792, 1188, 1782, 2673, 4009, 6013, 9019]),
    ("folly-fbvector", [8, 16, 32, 64, 128, 256, 512, 768, 1152, 1728, 2592, 3888, 5832, 8748, 13122, 19683]),
    ("abseil-inlinedvector", [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536,
        131072]),
    ("boost-vector", [1, 2, 3, 4, 6, 9, 14, 22, 35, 56, 89, 142, 227, 363, 580, 928]),
    ("eastl-vector", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]),
    ("llvm-smallvector", [6, 13, 27, 55, 111, 223, 447, 895, 1791, 3583, 7167, 14335, 28671, 57343, 114687,
        229375]),
    ("qt-qlist", [2, 6, 14, 30, 62, 126, 254, 510, 1022, 2046, 4094, 8190, 16382, 32766, 65534, 131070]),
    ("unreal-tarray", [4, 22, 47, 82, 130, 196, 286, 410, 581, 816, 1139, 1583, 2194, 3034, 4189, 5777]),
    ("wtf-vector", [16, 24, 36, 54, 81, 121, 181, 271, 406, 609, 913, 1369, 2053, 3079, 4618, 6927]),
    ("firefox-nstarray", [1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535]),
    ("stb-ds-array", [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072]),
    ("glib-garray", [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536]),
    ("glib-gptrarray", [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536]),
    ("glib-gptrarray-2.70", [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072,
        262144, 524288]),
    ("arrow-cpp-buffer", [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144,
        524288, 1048576, 2097152]),
    ("arrow-rs-buffer", [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144,
        524288, 1048576, 2097152]),
    ("clickhouse-podarray", [508, 1020, 2044, 4092, 8188, 16380, 32764, 65532, 131068, 262140, 524284,
        1048572, 2097148, 4194300, 8388604, 16777212]),
    ("redis-sds", [2, 6, 14, 30, 62, 126, 254, 510, 1022, 2046, 4094, 8190, 16382, 32766, 65534, 131070]),
    ("git-alloc-grow", [24, 60, 114, 195, 316, 498, 771, 1180, 1794, 2715, 4096, 6168, 9276, 13938, 20931,
        31420]),
    ("sqlite-str", [1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535]),
    ("postgresql-stringinfo", [1023, 2047, 4095, 8191, 16383, 32767, 65535, 131071, 262143, 524287, 1048575,
        2097151, 4194303, 8388607, 16777215, 33554431]),
];

/// The capacities of an array filled row by row from empty, without end.
fn capacities(growth: Growth, row_bytes: u64) -> impl Iterator<Item = u64> {
    let mut capacity = 0;
    std::iter::repeat_with(move || {
        let request = Request::new(capacity, capacity + 1).with_row_bytes(row_bytes);
        let next = growth.next_capacity(request);
        assert!(next > capacity, "stuck at {capacity}");
        capacity = next;
        capacity
    })
}

/// The capacities with the slot size of the original.
fn own_capacities(entry: &Entry) -> impl Iterator<Item = u64> {
    capacities(entry.growth(), entry.slot_bytes)
}

/// A request with the slot size of the original.
fn own_request(entry: &Entry, capacity: u64, needed: u64) -> Request {
    Request::new(capacity, needed).with_row_bytes(entry.slot_bytes)
}

fn entry(name: &str) -> &'static Entry {
    zoo::find(name).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn first_capacities() {
    for (name, golden) in &GOLDEN {
        assert!(own_capacities(entry(name)).take(16).eq(golden.iter().copied()), "{name}");
    }
    let golden: Vec<&str> = GOLDEN.iter().map(|(name, _)| *name).collect();
    let all: Vec<&str> = zoo::entries().iter().map(|entry| entry.name).collect();
    assert_eq!(golden, all);
}

#[test]
fn first_capacities_for_slots_of_other_sizes() {
    let first =
        |name, slot_bytes| -> Vec<u64> { capacities(entry(name).growth(), slot_bytes).take(16).collect() };
    let powers_of_two = |least: u32| -> Vec<u64> { (least..least + 16).map(|power| 1 << power).collect() };
    assert_eq!(first("rust-vec", 1), powers_of_two(3));
    assert_eq!(first("rust-vec", 1024), powers_of_two(2));
    assert_eq!(first("rust-vec", 1025), powers_of_two(0));
    assert_eq!(first("rust-vec", 2000), powers_of_two(0));
    assert_eq!(
        first("go-slice", 1),
        [8, 16, 32, 64, 128, 256, 512, 896, 1408, 2048, 3072, 4096, 5376, 6912, 9472, 12288]
    );
    assert_eq!(first("glib-garray", 1), powers_of_two(4));
    assert_eq!(first("glib-garray", 12)[..6], [1, 2, 5, 10, 21, 42]);
    assert_eq!(first("zig-arraylist", 200)[..6], [2, 5, 10, 17, 28, 44]);
    assert_eq!(first("power-of-two-block", 24)[..6], [1, 2, 5, 10, 21, 42]);
    assert_eq!(first("qt-qlist", 1)[..6], [16, 48, 112, 240, 496, 1008]);
    assert_eq!(first("qt-qlist", 24)[..6], [2, 4, 10, 20, 42, 84]);
    assert_eq!(first("clickhouse-podarray", 1)[..3], [4065, 8161, 16353]);
    assert_eq!(first("firefox-nstarray", 4)[..6], [1, 2, 6, 14, 30, 62]);
}

/// Cases beyond the golden capacities: many rows at once, and large arrays.
#[test]
fn capacities_in_every_case_of_a_rule() {
    for (name, capacity, needed, expected) in [
        ("cpython-list", 96, 100, 116),
        // The step equals the slack, and exceeds it.
        ("cpython-list", 84, 100, 116),
        ("cpython-list", 83, 100, 100),
        ("cpython-list", 4, 98, 100),
        ("cpython-list-3.8", 4, 100, 118),
        ("cpython-bytearray", 8, 9, 16),
        ("cpython-bytearray", 8, 10, 10),
        ("cpython-bytearray-3.14", 7, 9, 15),
        ("cpython-bytearray-3.14", 7, 10, 10),
        ("go-slice", 1000, 5000, 5120),
        ("go-slice-unrounded", 300, 600, 900),
        ("go-slice-unrounded", 300, 601, 601),
        ("go-slice-1.17", 1024, 1600, 1696),
        ("go-slice-1.17", 1024, 2049, 2304),
        ("java-arraylist", 0, 11, 11),
        ("java-arraylist-0", 10, 100, 100),
        ("dotnet-list", 0, 5, 5),
        ("rust-vec", 4, 100, 100),
        ("libstdcxx-vector", 4, 100, 100),
        ("folly-fbvector", 511, 512, 1022),
        ("folly-fbvector", 16_384, 16_385, 24_576),
        ("folly-fbvector", 16_385, 16_386, 32_770),
        ("cpython-array", 7, 8, 11),
        ("julia", 0, 10, 10),
        ("julia-1.12", 7, 9, 9),
        ("julia-1.6", 0, 5, 5),
        ("julia-1.6", 4, 100, 128),
        ("julia-1.6", 1 << 30, (1 << 30) + 1, (1 << 30) + 21_474_837),
        ("numpy-loadtxt-4", 1 << 23, (1 << 23) + 1, 9_437_187),
        ("ruby-array", 0, 10, 26),
        ("perl-array", 0, 9, 9),
        ("spidermonkey-array", 0, (1 << 20) - 3, (1 << 20) - 2),
        ("spidermonkey-array", 0, (1 << 20) - 2, (1 << 20) - 2),
        ("spidermonkey-array", 0, (1 << 20) - 1, (2 << 20) - 2),
        ("spidermonkey-array", 0, 9 << 20, (11 << 20) - 2),
        ("r-vector", 0, 40, 42),
        ("r-vector", 1 << 32, (1 << 32) + 1, 4_509_715_661),
        ("dart-list", 3, 20, 31),
        ("scala-arraybuffer", 16, 100, 100),
        ("nsmutablearray", 1000, 1001, 1625),
        ("freepascal-tfplist", 8, 9, 12),
        ("freepascal-tfplist", 128, 129, 144),
        ("freepascal-tfplist", 129, 130, 161),
        ("freepascal-tfplist", 1 << 23, (1 << 23) + 1, 10 << 20),
        ("freepascal-tfplist", (1 << 23) + 8, (1 << 23) + 9, (9 << 20) + 9),
        ("freepascal-tfplist", 1 << 27, (1 << 27) + 1, 144 << 20),
        ("freepascal-tfplist", (1 << 27) + 1, (1 << 27) + 2, (144 << 20) + 1),
        ("freepascal-tfphashlist", 24, 25, 48),
        ("freepascal-tfphashlist", 25, 26, 53),
        ("libstdcxx-string", 15, 100, 100),
        ("libcxx-string", 0, 23, 31),
        ("libcxx-string", 22, 100, 111),
        ("msvc-string", 15, 100, 111),
        ("boost-vector", 10, 100, 100),
        ("llvm-smallvector", 0, 7, 13),
        ("qt-qlist", 0, 15, 30),
        ("unreal-tarray", 0, 9, 9),
        ("wtf-vector", 0, 17, 17),
        ("firefox-nstarray", 0, 5, 5),
        ("firefox-nstarray", 5, 6, 7),
        ("firefox-nstarray", (1 << 20) - 1, 1 << 20, (9 << 17) - 1),
        ("stb-ds-array", 0, 9, 9),
        ("clickhouse-podarray", 0, 1000, 1020),
        ("git-alloc-grow", 24, 100, 100),
        ("ocaml-dynarray", 512, 513, 1024),
        ("ocaml-dynarray", 513, 514, 769),
        ("abseil-inlinedvector", 0, 7, 8),
        ("redis-sds", 0, 1 << 20, 2 << 20),
        ("redis-sds", 0, (1 << 20) + 1, (2 << 20) + 1),
        ("sqlite-str", 10, 20, 30),
        ("postgresql-stringinfo", 1023, 10_000, 16_383),
        ("arrow-cpp-buffer", 100, 101, 256),
        ("arrow-rs-buffer", 100, 101, 200),
        ("arrow-rs-buffer", 64, 200, 256),
        ("zig-arraylist-0.13", 8, 100, 105),
        ("nim-seq", 32_767, 32_768, 65_534),
        ("nim-seq", 32_768, 32_769, 49_152),
        ("erlang-binary", 0, 1 << 24, 1 << 25),
        ("erlang-binary", 0, (1 << 24) + 1, 20_132_660),
    ] {
        let request = own_request(entry(name), capacity, needed);
        assert_eq!(entry(name).growth().next_capacity(request), expected, "{name}: {capacity}, {needed}");
    }
}

#[test]
fn entries_are_complete_and_their_names_unique() {
    let mut names = BTreeSet::new();
    for entry in zoo::entries() {
        let Entry { name, title, source, checked, rule, removal, .. } = *entry;
        let Source { repository, file, function, version, .. } = source;
        assert!(names.insert(name), "{name} twice");
        let kebab = name.split(['-', '.']).all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(kebab, "{name} is not in kebab case");
        for text in [title, repository, file, function, version, rule, removal] {
            assert!(!text.is_empty() && text == text.trim() && !text.contains('\n'), "{name}: {text:?}");
        }
        let day: Vec<u32> = checked.split('-').map(|part| part.parse().unwrap()).collect();
        assert!(matches!(day[..], [2026..=2999, 1..=12, 1..=31]), "{name}: {checked}");
        match entry.evidence {
            Evidence::Replayed(program) => assert!(program.contains(' '), "{name}: {program:?}"),
            Evidence::Documented(address) => assert_eq!(entry.url().as_deref(), Some(address), "{name}"),
            _ => {}
        }
        if let Some(url) = entry.url() {
            let whole = url.starts_with("http") && !url.contains([' ', '<', '>', '"']);
            assert!(whole, "{name}: {url:?}");
        }
        assert_eq!(entry.unit == Unit::Bytes, entry.slot_bytes == 1, "{name}");
        assert!(entry.slot_bytes > 0, "{name}");
        assert_eq!(entry.to_string(), name);
    }
    assert_eq!(format!("[{:>9}|{:<9}]", entry("rust-vec"), entry("nim-seq")), "[ rust-vec|nim-seq  ]");
}

#[test]
fn a_policy_depends_on_the_size_of_a_slot_as_stated() {
    for entry in zoo::entries() {
        // If slots are so large that a policy adds few of them, a thousand growths are enough.
        let up_to_a_billion = |slot_bytes| {
            let capacities = capacities(entry.growth(), slot_bytes);
            capacities.take_while(|&capacity| capacity < 1_000_000_000).take(1000)
        };
        let depends = !up_to_a_billion(1).eq(up_to_a_billion(4000));
        assert_eq!(entry.depends_on_size, depends, "{entry}");
        assert!(up_to_a_billion(0).eq(up_to_a_billion(1)), "{entry}");
        assert!(up_to_a_billion(u64::MAX).eq(up_to_a_billion(1 << 32)), "{entry}");
        assert_eq!(entry.growth().name(), Some(entry.name));
    }
}

#[test]
fn arrays_take_the_golden_capacities() {
    for (name, golden) in &GOLDEN {
        let mut array = GrowableNd::<u64>::with_growth([], entry(name).growth());
        for &capacity in golden.iter().take_while(|&&capacity| capacity < 100_000) {
            array.push_row(0).unwrap();
            assert_eq!(array.capacity() as u64, capacity, "{name}");
            while (array.rows() as u64) < capacity {
                array.push_row(0).unwrap();
            }
        }
    }
}

#[test]
fn arrays_of_rows_take_the_capacities_for_their_size() {
    for name in ["rust-vec", "go-slice", "zig-arraylist", "d-array"] {
        let growth = entry(name).growth();
        let mut array = GrowableNd::with_growth([2, 3], growth);
        for capacity in capacities(growth, 12).take(10) {
            array.push_row([[0_u16; 3]; 2]).unwrap();
            assert_eq!(array.capacity() as u64, capacity, "{name}");
            array.resize(array.capacity(), 0);
        }
    }
}

#[test]
fn policies_give_what_is_needed_at_the_edges() {
    let edges = [0, 1, 2, 3, 8, 255, 256, 1 << 20, 1 << 40, u64::MAX / 2, u64::MAX - 1, u64::MAX];
    for entry in zoo::entries() {
        for slot_bytes in [0, 1, 2, 3, 8, 4096, 1 << 32, u64::MAX] {
            for capacity in edges {
                for needed in edges {
                    let mut request = Request::new(capacity, needed);
                    request.row_bytes = slot_bytes;
                    let next = entry.growth().next_capacity(request);
                    assert!(next >= needed, "{entry} of {slot_bytes}: {capacity}, {needed}");
                }
            }
        }
    }
}

#[test]
fn policies_give_what_is_needed() {
    check(|(capacity, needed, slot_bytes, shifts): (u64, u64, u64, (u8, u8, u8))| {
        // Numbers of every magnitude.
        let [capacity, needed, slot_bytes] =
            [(capacity, shifts.0), (needed, shifts.1), (slot_bytes, shifts.2)]
                .map(|(number, shift)| number >> (shift % 64));
        for entry in zoo::entries() {
            let next = |capacity, needed| {
                let request = Request::new(capacity, needed).with_row_bytes(slot_bytes);
                entry.growth().next_capacity(request)
            };
            assert!(next(capacity, needed) >= needed, "{entry}");
            let full = capacity.min(u64::MAX - 1);
            assert!(next(full, full + 1) > full, "{entry}");
        }
    });
}

/// The last capacity up to 10^15 and the next one, of an array filled row by row, and the rows
/// copied until then.
fn grown_large(entry: &Entry) -> (u64, u64, u64) {
    let (mut before, mut copied) = (0, 0);
    for capacity in own_capacities(entry) {
        copied += before;
        if capacity > 1_000_000_000_000_000 {
            return (before, capacity, copied);
        }
        before = capacity;
    }
    unreachable!("the capacities have no end")
}

/// The next capacity of a full array, divided by its capacity.
fn ratio(entry: &Entry, capacity: u64) -> f64 {
    entry.growth().next_capacity(own_request(entry, capacity, capacity + 1)) as f64 / capacity as f64
}

#[test]
fn large_arrays_grow_as_the_tail_says() {
    for entry in zoo::entries() {
        match entry.tail {
            Tail::Factor(factor) => {
                assert!(factor > Ratio::from(1), "{entry}");
                let factor = factor.to_f64();
                let (before, capacity, copied) = grown_large(entry);
                let most = 1.01 / (factor - 1.0);
                assert!(copied as f64 / capacity as f64 <= most, "{entry} copies {copied} for {capacity}");
                if entry.name.starts_with("julia") {
                    assert!((1.02..1.03).contains(&(ratio(entry, 1 << 62) / factor)), "{entry}");
                } else {
                    let found = capacity as f64 / before as f64;
                    assert!((0.99..1.01).contains(&(found / factor)), "{entry} grows by {found}");
                }
            }
            Tail::Step(step) => {
                let mut capacity = 1 << 40;
                for _ in 0..2000 {
                    let next = entry.growth().next_capacity(own_request(entry, capacity, capacity + 1));
                    assert!(
                        (next - capacity).abs_diff(step) <= step / 1000,
                        "{entry} from {capacity} to {next}"
                    );
                    capacity = next;
                }
            }
            Tail::Falling => {
                let ratios: Vec<f64> = (10..=60).step_by(10).map(|power| ratio(entry, 1 << power)).collect();
                assert!(ratios.is_sorted_by(|a, b| a > b), "{entry} grows by {ratios:?}");
            }
            tail => panic!("{entry} ends in {tail:?}"),
        }
        assert_eq!(entry.is_amortized(), matches!(entry.tail, Tail::Factor(_)));
    }
}

#[test]
fn names_are_found_in_letters_of_any_case() {
    for entry in zoo::entries() {
        assert_eq!(zoo::find(entry.name).unwrap().name, entry.name);
        assert_eq!(zoo::find(&entry.name.to_uppercase()).unwrap().name, entry.name);
    }
}

/// Every policy prints as text that is read back, with settings and without.
#[test]
fn policies_are_parsed_by_name() {
    for entry in zoo::entries() {
        let growth = entry.growth();
        for growth in [
            growth,
            growth.with_first(16),
            growth.at_most(1000),
            growth.with_first(3).at_most(5).with_shrink(Ratio::new(1, 4), Ratio::from(2)),
        ] {
            assert_eq!(zoo::parse(&growth.to_string()), Ok(growth), "{entry}");
            assert!(growth.to_string().parse::<Growth>().is_err(), "{entry}");
        }
        let others = zoo::entries().iter().filter(|other| other.growth() == growth);
        assert_eq!(others.count(), 1, "{entry}");
    }
    for text in ["3/2", "+5 from 9", "exact", "2 at most 7"] {
        assert_eq!(zoo::parse(text), Ok(text.parse().unwrap()));
    }
    for text in ["0.5", "go-slice from 0", "2 from", "3x", "go slice"] {
        let error = zoo::parse(text).unwrap_err();
        let zoo::ParseError::Policy(policy) = &error else { panic!("{text}: {error}") };
        assert_eq!(error.to_string(), policy.to_string());
    }
    for text in ["pyton-list", "pyton-list from 5"] {
        let error = zoo::parse(text).unwrap_err();
        let zoo::ParseError::Name(name) = &error else { panic!("{text}: {error}") };
        assert_eq!(Some(name), zoo::find("pyton-list").as_ref().err());
        assert_eq!(error.to_string(), name.to_string());
    }
}

#[test]
fn the_nearest_names_are_those_one_may_have_meant() {
    let nearest = |text: &str| zoo::find(text).unwrap_err().nearest;
    assert_eq!(nearest("pyton-list")[0], "cpython-list");
    assert_eq!(nearest("Cpython-lits")[0], "cpython-list");
    assert_eq!(nearest("java")[..2], ["java-arraylist", "java-arraylist-0"]);
    assert_eq!(nearest("go-slice-1.16")[0], "go-slice");
    assert_eq!(nearest("std::vec::rust-vec")[0], "rust-vec");
    assert!(nearest("vector").iter().all(|name| name.ends_with("vector")));
    assert!(nearest("LIST").iter().all(|name| name.contains("list")));
    for text in
        ["", " ", "-", "é", "漢字", "cpython-list ", "x", &"x".repeat(10_000), &"list".repeat(100_000)]
    {
        let error = zoo::find(text).unwrap_err();
        assert_eq!(&*error.found, text);
        assert!(error.nearest.len() <= 3, "{text}");
    }
    assert_eq!(nearest("x").len(), 3);
    assert_eq!(nearest(&"list".repeat(100_000)).len(), 0);
}

/// A third of the letters may differ: one of five.
#[test]
fn names_that_are_not_similar_are_not_suggested() {
    let nearest = |text: &str| zoo::find(text).unwrap_err().nearest;
    for text in ["", " ", "third", "doubling", "fibonacci", "漢字", "julxx", &"x".repeat(10_000)] {
        assert!(nearest(text).is_empty(), "{text}: {:?}", nearest(text));
    }
    assert_eq!(*nearest("julix"), ["julia"]);
}

#[test]
fn an_unknown_name_is_told_what_there_is() {
    assert_eq!(
        zoo::find("Pyton-list").unwrap_err().to_string(),
        "unknown growth policy \"Pyton-list\"; similar names: cpython-list"
    );
    assert_eq!(
        zoo::find("fbvector").unwrap_err().to_string(),
        "unknown growth policy \"fbvector\"; similar names: folly-fbvector or r-vector"
    );
    let three = zoo::find("vector").unwrap_err();
    let [a, b, c] = *three.nearest else { panic!("{three}") };
    assert!(three.to_string().ends_with(&format!("similar names: {a}, {b} or {c}")));
    assert_eq!(
        zoo::find("third").unwrap_err().to_string(),
        "unknown growth policy \"third\"; `zoo::entries` returns all names"
    );
}
