//! Numbers in the byte order of the machine, whose bytes in memory are those in the file: read and
//! written without decoding and encoding.
//!
//! `Any` finds the arrays of numbers: the traits of npyz, which callers have, do not imply those of
//! bytemuck, which a cast to bytes needs.

use crate::array::GrowableNd;
use crate::io::error::ReadError;
use crate::npy::BATCH;
use crate::npy::error::NpyError;
use bytemuck::{AnyBitPattern, NoUninit};
use core::any::Any;
use npyz::{DType, Endianness};
use std::io::Read;

/// Returns whether a number of this dtype has the byte order of the machine.
pub(crate) fn is_native(dtype: &DType) -> bool {
    let orders = [Endianness::Irrelevant, Endianness::of_machine()];
    matches!(dtype, DType::Plain(plain) if orders.contains(&plain.endianness()))
}

/// `$of::<number>($arguments)` of the first type of number for which it is not `None`.
macro_rules! of_any_number {
    ($of:ident($($argument:expr),*)) => {
        of_any_number!($of($($argument),*): u8 i8 u16 i16 u32 i32 u64 i64 f32 f64)
    };
    ($of:ident $arguments:tt: $($number:ty)*) => {
        None$(.or_else(|| $of::<$number> $arguments))*
    };
}

/// Returns the bytes of all elements, if they are numbers.
pub(crate) fn bytes<T: 'static>(array: &GrowableNd<T>) -> Option<&[u8]> {
    fn of<T: NoUninit>(array: &dyn Any) -> Option<&[u8]> {
        array.downcast_ref::<GrowableNd<T>>().map(GrowableNd::as_bytes)
    }
    of_any_number!(of(array))
}

/// Reads `count` elements and no byte more, if they are numbers. The array has no rows, each of one
/// element.
// The reader is not generic, so that there is one copy for each type of number and not for each reader.
pub(crate) fn read<T: 'static>(
    array: &mut GrowableNd<T>,
    reader: &mut dyn Read,
    count: usize,
) -> Option<Result<(), NpyError>> {
    fn of<T: NoUninit + AnyBitPattern>(
        array: &mut dyn Any,
        reader: &mut dyn Read,
        count: usize,
    ) -> Option<Result<(), NpyError>> {
        Some(read_numbers::<T>(array.downcast_mut()?, reader, count))
    }
    of_any_number!(of(array, reader, count))
}

fn read_numbers<T: NoUninit + AnyBitPattern>(
    elements: &mut GrowableNd<T>,
    reader: &mut dyn Read,
    count: usize,
) -> Result<(), NpyError> {
    while elements.rows() < count {
        // As many as there are, so that growing is amortized, but none beyond the last.
        let wanted = elements.rows().max(BATCH / size_of::<T>()).min(count - elements.rows());
        elements.try_reserve_exact(wanted)?;
        elements.read_n_rows(wanted, &mut *reader).map_err(|error| match error {
            ReadError::TooFewRows { .. } | ReadError::PartialRow { .. } => {
                NpyError::Elements { expected: count, found: elements.rows() }
            }
            error => error.into(),
        })?;
    }
    Ok(())
}
