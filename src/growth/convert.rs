//! Integer conversions for `const fn`, where `From` and `TryFrom` are not available.
//!
//! They copy the bytes of the integers, which the compiler optimizes away.

/// Widens to `u128`.
pub(crate) const fn u128_of(value: u64) -> u128 {
    let [a, b, c, d, e, f, g, h] = value.to_le_bytes();
    u128::from_le_bytes([a, b, c, d, e, f, g, h, 0, 0, 0, 0, 0, 0, 0, 0])
}

/// Widens to `i128`.
pub(crate) const fn i128_of(value: u64) -> i128 {
    i128::from_le_bytes(u128_of(value).to_le_bytes())
}

/// Widens to `u64`.
pub(crate) const fn u64_of(value: u32) -> u64 {
    let [a, b, c, d] = value.to_le_bytes();
    u64::from_le_bytes([a, b, c, d, 0, 0, 0, 0])
}

/// Narrows to `u64`. `None` if the value does not fit.
pub(crate) const fn u64_from(value: i128) -> Option<u64> {
    let [a, b, c, d, e, f, g, h, ..] = value.to_le_bytes();
    let low = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
    if i128_of(low) == value { Some(low) } else { None }
}

/// Narrows to `u32`. `None` if the value does not fit.
pub(crate) const fn u32_from(value: i128) -> Option<u32> {
    let [a, b, c, d, ..] = value.to_le_bytes();
    let low = u32::from_le_bytes([a, b, c, d]);
    if i128_of(u64_of(low)) == value { Some(low) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_those_of_std() {
        let edges = [0, 1, 255, 1 << 31, u32::MAX.into(), 1 << 32, 1 << 63, u64::MAX];
        for value in edges {
            assert_eq!(u128_of(value), u128::from(value));
            assert_eq!(i128_of(value), i128::from(value));
            let signed = i128::from(value);
            for value in [signed, -signed, signed << 64, i128::MAX - signed, i128::MIN + signed] {
                assert_eq!(u64_from(value), u64::try_from(value).ok());
                assert_eq!(u32_from(value), u32::try_from(value).ok());
            }
        }
        assert_eq!(u64_of(u32::MAX), u64::from(u32::MAX));
    }
}
