//! The arithmetic of the rules in the zoo, in slots. One function per rule, with the name of its
//! entry.
//!
//! Each returns the next capacity of a full array: `capacity` is the current capacity, `needed` the
//! number of slots needed, and a slot has `slot_bytes` bytes. A result less than `needed` counts as
//! `needed`.
//!
//! `capacity` and `needed` are less than 2^64 and `slot_bytes` is from 1 to 2^32, so that no rule
//! overflows. All loops multiply, so they take a few hundred steps at most.

use crate::growth::request::Request;

/// Applies a rule to a request. A result beyond `u64` counts as `needed`.
pub(crate) fn next_capacity(request: Request, rule: fn(u128, u128, u128) -> u128) -> u64 {
    let Request { capacity, needed, row_bytes } = request;
    let slot_bytes = row_bytes.clamp(1, 1 << 32);
    let slots = rule(capacity.into(), needed.into(), slot_bytes.into());
    u64::try_from(slots).unwrap_or(needed)
}

/// Doubles: libc++, EASTL, Swift.
pub(crate) fn double(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(2 * capacity)
}

/// Doubles, even if more is needed: Haskell, SBCL.
pub(crate) fn double_exactly(capacity: u128, _needed: u128, _slot_bytes: u128) -> u128 {
    capacity + capacity.max(1)
}

pub(crate) fn cpython_list(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    let roomy = (needed + needed / 8 + 6) / 4 * 4;
    // A step larger than the slack gets no slack.
    if needed.saturating_sub(capacity) > roomy - needed { needed.next_multiple_of(4) } else { roomy }
}

pub(crate) fn cpython_list_3_8(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed + needed / 8 + if needed < 9 { 3 } else { 6 }
}

pub(crate) fn cpython_array(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed + needed / 16 + if capacity < 8 { 3 } else { 7 }
}

pub(crate) fn cpython_bytearray(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    if 8 * needed <= 9 * capacity { cpython_list_3_8(capacity, needed, slot_bytes) } else { needed }
}

pub(crate) fn cpython_bytearray_3_14(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    // The block has one byte more, for a final zero. An empty array has none.
    let block = if capacity == 0 { 0 } else { capacity + 1 };
    if 8 * needed <= 9 * block { cpython_list_3_8(capacity, needed, slot_bytes) - 1 } else { needed }
}

/// The sizes of small blocks in the allocator of Go, in bytes.
static GO_SIZE_CLASSES: [u128; 67] = [
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416,
    448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200,
    3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336,
    16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
];

/// Returns the slots that fit into the block that the allocator of Go takes for `slots`.
fn go_rounded(slots: u128, slot_bytes: u128) -> u128 {
    let bytes = slots * slot_bytes;
    let class = GO_SIZE_CLASSES.iter().copied().find(|&class| class >= bytes);
    let block = class.unwrap_or_else(|| bytes.next_multiple_of(8192));
    block / slot_bytes
}

pub(crate) fn go_slice(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    go_rounded(go_slice_unrounded(capacity, needed, slot_bytes), slot_bytes)
}

pub(crate) fn go_slice_unrounded(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    if needed > 2 * capacity {
        return needed;
    }
    if capacity < 256 {
        return 2 * capacity;
    }
    let mut slots = capacity + (capacity + 768) / 4;
    while slots < needed {
        slots += (slots + 768) / 4;
    }
    slots
}

pub(crate) fn go_slice_1_17(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    let slots = if needed > 2 * capacity {
        needed
    } else if capacity < 1024 {
        2 * capacity
    } else {
        let mut slots = capacity;
        while slots < needed {
            slots += slots / 4;
        }
        slots
    };
    go_rounded(slots, slot_bytes)
}

pub(crate) fn java_arraylist(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    if capacity == 0 { needed.max(10) } else { java_arraylist_0(capacity, needed, slot_bytes) }
}

pub(crate) fn java_arraylist_0(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    capacity + needed.saturating_sub(capacity).max(capacity / 2)
}

pub(crate) fn scala_arraybuffer(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(2 * capacity).max(16)
}

/// Begins with 4 or `needed`, then doubles: .NET, `stb_ds`.
pub(crate) fn dotnet_list(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(if capacity == 0 { 4 } else { 2 * capacity })
}

pub(crate) fn rust_vec(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    let least = match slot_bytes {
        1 => 8,
        2..=1024 => 4,
        _ => 1,
    };
    needed.max(2 * capacity).max(least)
}

/// Returns the slots that fit into a power of two of bytes, next to a header.
fn beside_header(needed: u128, slot_bytes: u128, header: u128) -> u128 {
    ((needed * slot_bytes + header).next_power_of_two() - header) / slot_bytes
}

pub(crate) fn power_of_two_block(_capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    beside_header(needed, slot_bytes, 8)
}

pub(crate) fn nsmutablearray(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(13 * capacity / 8)
}

pub(crate) fn libstdcxx_vector(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    capacity + capacity.max(needed.saturating_sub(capacity))
}

pub(crate) fn libstdcxx_string(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(2 * capacity).max(15)
}

pub(crate) fn libcxx_string(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    // Inside the string itself, or in a block of a multiple of 16 bytes, with a final zero.
    if needed <= 22 { 22 } else { (needed.max(2 * capacity) + 1).next_multiple_of(16) - 1 }
}

pub(crate) fn msvc_string(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    if needed <= 15 { 15 } else { (needed | 15).max(capacity + capacity / 2) }
}

pub(crate) fn msvc_vector(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(capacity + capacity / 2)
}

pub(crate) fn folly_fbvector(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    // Bytes: the allocator may extend blocks from this size to 32 times this size in place.
    const IN_PLACE: u128 = 4096;
    let slots = if capacity == 0 {
        (64 / slot_bytes).max(1)
    } else if capacity < IN_PLACE / slot_bytes || capacity > 32 * IN_PLACE / slot_bytes {
        2 * capacity
    } else {
        (3 * capacity).div_ceil(2)
    };
    needed.max(slots)
}

pub(crate) fn julia(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(capacity + julia_slack(capacity, 3))
}

pub(crate) fn julia_1_12(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    if capacity < 8 { needed.max(8) } else { needed.max(capacity + julia_slack(capacity, 4)) }
}

fn julia_slack(capacity: u128, times: u128) -> u128 {
    let bits = u128::BITS - capacity.leading_zeros();
    times * (1 << (7 * bits / 8)) + capacity / 8
}

pub(crate) fn julia_1_6(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    // Bytes: a hundredth of the memory of the machine, here 16 GiB.
    const MOST_SLACK: u128 = (16 << 30) / 100;
    let mut slots = if capacity == 0 { needed.max(4) } else { 2 * capacity };
    while slots < needed {
        slots *= 2;
    }
    slots.min(needed + MOST_SLACK / slot_bytes)
}

pub(crate) fn numpy_fromiter(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    let items = needed.saturating_sub(1);
    items + items / 2 + if items < 4 { 4 } else { 2 }
}

/// `least` is a power of two: the source clears this one bit of the result.
fn numpy_loadtxt(capacity: u128, least: u128) -> u128 {
    let added = capacity / 4;
    if added <= least {
        return capacity + least;
    }
    (capacity + added.min(1 << 20) + least - 1) & !least
}

pub(crate) fn numpy_loadtxt_4(capacity: u128, _needed: u128, _slot_bytes: u128) -> u128 {
    numpy_loadtxt(capacity, 4)
}

pub(crate) fn numpy_loadtxt_512(capacity: u128, _needed: u128, _slot_bytes: u128) -> u128 {
    numpy_loadtxt(capacity, 512)
}

pub(crate) fn numpy_string_arena(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed + needed / 4
}

pub(crate) fn lua_table(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.next_power_of_two()
}

pub(crate) fn ruby_array(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    if needed <= 3 { 3 } else { needed + (capacity / 2).max(16) }
}

pub(crate) fn php_array(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(2 * capacity).max(8)
}

pub(crate) fn perl_array(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    if capacity == 0 { needed.max(4) } else { needed + (capacity - 1) / 5 }
}

pub(crate) fn v8_array(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed + needed / 2 + 16
}

pub(crate) fn spidermonkey_array(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    const HEADER: u128 = 2;
    const UNIT: u128 = 1 << 20;
    let wanted = needed + HEADER;
    if wanted < UNIT {
        return wanted.next_power_of_two().max(8) - HEADER;
    }
    let mut units = 1;
    while units * UNIT < wanted {
        units = (9 * units).div_ceil(8);
    }
    units * UNIT - HEADER
}

pub(crate) fn d_array(_capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    let bytes = (needed * slot_bytes).max(1);
    let factor = (128 + 1280 / (u128::from(bytes.ilog2()) + 1)).min(234);
    (needed * factor).div_ceil(128)
}

pub(crate) fn freepascal_tfplist(capacity: u128, _needed: u128, _slot_bytes: u128) -> u128 {
    let added = match capacity {
        0..=8 => 4,
        9..=128 => 16,
        129..=0x80_0000 => capacity / 4,
        0x80_0001..=0x800_0000 => capacity / 8,
        _ => 1 << 24,
    };
    capacity + added
}

pub(crate) fn freepascal_tfphashlist(capacity: u128, _needed: u128, _slot_bytes: u128) -> u128 {
    let added = match capacity {
        0..=7 => 16,
        8..=24 => 24,
        25..=127 => 16 + capacity / 2,
        _ => 16 + capacity / 4,
    };
    capacity + added
}

pub(crate) fn freepascal_tfplist_3_0(capacity: u128, _needed: u128, _slot_bytes: u128) -> u128 {
    let added = match capacity {
        0..=3 => 4,
        4..=8 => 8,
        9..=127 => 16,
        _ => 16 + capacity / 4,
    };
    capacity + added
}

pub(crate) fn delphi_tlist_older(capacity: u128, _needed: u128, _slot_bytes: u128) -> u128 {
    let added = match capacity {
        0..=8 => 4,
        9..=64 => 16,
        _ => capacity / 4,
    };
    capacity + added
}

pub(crate) fn ocaml_dynarray(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    let slots = if capacity <= 512 { 2 * capacity } else { capacity + capacity / 2 };
    needed.max(slots).max(8)
}

pub(crate) fn abseil_inlinedvector(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    const INLINE: u128 = 4;
    if needed <= INLINE { INLINE } else { needed.max(2 * capacity.max(INLINE)) }
}

pub(crate) fn glib_garray(_capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    (needed * slot_bytes).next_power_of_two().max(16) / slot_bytes
}

pub(crate) fn glib_gptrarray(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.next_power_of_two().max(2)
}

pub(crate) fn glib_gptrarray_2_70(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.next_power_of_two().max(16)
}

pub(crate) fn redis_sds(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed + needed.min(1 << 20)
}

pub(crate) fn sqlite_str(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    capacity + needed
}

pub(crate) fn postgresql_stringinfo(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    // The block has one byte more, for a final zero.
    let mut block = if capacity == 0 { 1024 } else { 2 * (capacity + 1) };
    while block < needed + 1 {
        block *= 2;
    }
    block - 1
}

pub(crate) fn arrow_cpp_buffer(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(2 * capacity).next_multiple_of(64)
}

pub(crate) fn arrow_rs_buffer(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.next_multiple_of(64).max(2 * capacity)
}

/// Returns the slots that fit into a cache line, for which Zig assumes 128 bytes on x86-64.
fn zig_line(slot_bytes: u128) -> u128 {
    (128 / slot_bytes).max(1)
}

pub(crate) fn zig_arraylist(_capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    needed + needed / 2 + zig_line(slot_bytes)
}

pub(crate) fn zig_arraylist_0_15(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    zig_repeated(capacity, needed, zig_line(slot_bytes))
}

pub(crate) fn zig_arraylist_0_13(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    zig_repeated(capacity, needed, 8)
}

fn zig_repeated(capacity: u128, needed: u128, extra: u128) -> u128 {
    let mut slots = capacity + capacity / 2 + extra;
    while slots < needed {
        slots += slots / 2 + extra;
    }
    slots
}

pub(crate) fn nim_seq(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(if capacity <= 32_767 { 2 * capacity } else { capacity + capacity / 2 })
}

pub(crate) fn erlang_binary(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    let bytes = if needed <= 1 << 24 { 2 * needed } else { 12 * needed / 10 };
    bytes.max(256)
}

pub(crate) fn r_vector(_capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed + needed / 20
}

pub(crate) fn dart_list(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    let mut slots = (2 * capacity) | 3;
    while slots < needed {
        slots = (2 * slots) | 3;
    }
    slots
}

pub(crate) fn boost_vector(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(8 * capacity / 5)
}

pub(crate) fn llvm_smallvector(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    const INLINE: u128 = 6;
    if needed <= INLINE { INLINE } else { needed.max(2 * capacity.max(INLINE) + 1) }
}

pub(crate) fn qt_qlist(_capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    // A power of two is rounded up to the next one.
    beside_header(needed * slot_bytes + 1, 1, 16) / slot_bytes
}

pub(crate) fn unreal_tarray(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    if capacity == 0 { needed.max(4) } else { needed + 3 * needed / 8 + 16 }
}

pub(crate) fn wtf_vector(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max(capacity + capacity / 2).max(16)
}

pub(crate) fn firefox_nstarray(capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    const HEADER: u128 = 8;
    const MIB: u128 = 1 << 20;
    let bytes = needed * slot_bytes + HEADER;
    if capacity == 0 {
        return needed;
    }
    if bytes < 8 * MIB {
        return beside_header(needed, slot_bytes, HEADER);
    }
    let block = capacity * slot_bytes + HEADER;
    (bytes.max(block + block / 8).next_multiple_of(MIB) - HEADER) / slot_bytes
}

pub(crate) fn clickhouse_podarray(_capacity: u128, needed: u128, slot_bytes: u128) -> u128 {
    let padding =
        15_u128.next_multiple_of(slot_bytes) + 16_u128.next_multiple_of(slot_bytes).next_multiple_of(16);
    let mut block = 4096_u128.next_multiple_of(slot_bytes).max(slot_bytes + padding);
    while (block - padding) / slot_bytes < needed {
        block *= 2;
    }
    (block - padding) / slot_bytes
}

pub(crate) fn git_alloc_grow(capacity: u128, needed: u128, _slot_bytes: u128) -> u128 {
    needed.max((capacity + 16) * 3 / 2)
}
