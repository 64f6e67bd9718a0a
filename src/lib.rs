//! A growable n-dimensional array: push rows of one shape, without knowing how many will come, and
//! read the result as one contiguous block.
//!
//! ```
//! use growable_nd::GrowableNd;
//!
//! // A generator of 2×3 arrays.
//! let slices = (1..)
//!     .map(|i| [[f64::from(i); 3]; 2])
//!     .take_while(|slice| slice[0][0] * slice[0][0] < 1000.0);
//!
//! let volume: GrowableNd<f64> = slices.collect();
//! assert_eq!(volume.shape(), [31, 2, 3]);
//! assert_eq!(volume[[30, 1, 2]], 31.0);
//! ```
//!
//! [`GrowableNd<T>`] is a flat [`Vec<T>`](std::vec::Vec) with the shape of a row. It is
//! contiguous and row-major, grows in whole rows by a [growth policy](Growth) of your choice, and
//! uses no `unsafe`.
//!
//! # Building an array
//!
//! | you have | you write |
//! |---|---|
//! | rows of a type with a shape, such as `[[f64; 3]; 2]` | `rows.collect::<GrowableNd<f64>>()` |
//! | rows of a shape known at run time | [`GrowableNd::from_rows`]`([10, 10], rows)?` |
//! | rows that are `Result`s | [`GrowableNd::from_results`]`([10, 10], rows)?` |
//! | rows of a parallel iterator | `GrowableNd::from_par_rows([10, 10], rows)?`, with the feature `rayon` |
//! | one row at a time | [`GrowableNd::new`]`([10, 10])`, then [`push_row`](GrowableNd::push_row)`(row)?` |
//! | an iterator over the elements of a row | [`push_row_from`](GrowableNd::push_row_from)`(iter)?` |
//! | a row computed from earlier rows | [`push_row_from_earlier`](GrowableNd::push_row_from_earlier)`(\|earlier, row\| …)?` |
//! | chunks that end within a row | [`RowBuffer::extend_from_slice`]`(&chunk)?` |
//! | bytes | [`GrowableNd::from_bytes`]`([10, 10], bytes)?`, or [`read_rows`](GrowableNd::read_rows)`(reader)?` from a file, a socket or a pipe |
//! | a vector of all elements | [`GrowableNd::from_vec`]`([10, 10], vec)?`; with one axis `from_vec([], vec)?`, or `GrowableNd::from(vec)` for numbers |
//! | a NumPy file | `GrowableNd::<f64>::read_npy(file)?`, with the feature `npy` |
//!
//! See [`Row`] for the types that can be pushed. If rows are nested arrays, name the element type,
//! as in `GrowableNd::<f64>::new([2, 3])`: a `[[f64; 3]; 2]` could also be two elements `[f64; 3]`.
//! Streams, files, parsed text and the zoo have errors of their own: return `Box<dyn Error>`.
//!
//! # Views
//!
//! A [`View`] shows the elements of an array in another shape or order without copying them: a
//! slice, a transpose, a reshaped view, windows, lanes. The number of axes is part of its type.
//!
//! ```
//! use growable_nd::{Axis, AxisRange, GrowableNd, View};
//!
//! // 20 frames of 4×6 pixels with 3 colours.
//! let film = GrowableNd::from_rows([4, 6, 3], (0..20).map(|time| vec![time; 4 * 6 * 3]))?;
//! let red: View<'_, i32, 3> = film.view::<4>().slice((.., .., .., 0));
//! let thumbnails = red.slice(((..).step(5), (..).step(2), (..).step(2))).invert_axis(Axis(1));
//! assert_eq!(thumbnails.to_owned_array().shape(), [4, 2, 3]);
//! # Ok::<(), growable_nd::Error>(())
//! ```
//!
//! # Numbers
//!
//! Arrays and views of numbers can be reduced, along an axis or over all elements, and mapped.
//!
//! ```
//! use growable_nd::{Axis, GrowableNd};
//!
//! let readings = GrowableNd::from_rows([3], (0..1000).map(|i| [i % 7, i % 5, 1].map(f64::from)))?;
//! let lengths = readings.map(|x| x * x).sum_axis(Axis(1)).map(|square| square.sqrt());
//! assert_eq!(lengths.argmax(), Some([34]));
//! # Ok::<(), growable_nd::Error>(())
//! ```
//!
//! | | over all elements | along an axis |
//! |---|---|---|
//! | sums | [`sum`](View::sum), [`sum_of`](View::sum_of), [`product`](View::product), [`dot`](View::dot) | [`sum_axis`](View::sum_axis), [`sum_axis_of`](View::sum_axis_of), [`product_axis`](View::product_axis), [`dot_axis`](View::dot_axis), [`cumulative_sum`](View::cumulative_sum), [`sum_axes`](View::sum_axes) |
//! | means | [`mean`](View::mean), [`mean_of`](View::mean_of), [`var`](View::var), [`std`](View::std) | [`mean_axis`](View::mean_axis), [`mean_axis_of`](View::mean_axis_of), [`var_axis`](View::var_axis), [`std_axis`](View::std_axis), [`mean_axes`](View::mean_axes) |
//! | extrema | [`min`](View::min), [`max`](View::max), [`argmin`](View::argmin), [`argmax`](View::argmax) | [`min_axis`](View::min_axis), [`max_axis`](View::max_axis), [`argmin_axis`](View::argmin_axis), [`argmax_axis`](View::argmax_axis) |
//! | skipping NaN | [`nan_sum`](View::nan_sum), [`nan_mean`](View::nan_mean), [`nan_min`](View::nan_min), [`nan_max`](View::nan_max) | [`nan_sum_axis`](View::nan_sum_axis), [`nan_mean_axis`](View::nan_mean_axis), [`nan_min_axis`](View::nan_min_axis), [`nan_max_axis`](View::nan_max_axis) |
//! | other | [`iter`](View::iter)`().fold(…)`, [`all_close`](View::all_close), [`first_difference`](View::first_difference) | [`fold_axis`](View::fold_axis) |
//! | operators | `&a + &b`, `2.0 * &a`, `a -= &row`, with NumPy's broadcasting: see [`Operand`] | |
//! | element by element | [`map`](View::map), [`zip_with`](View::zip_with), [`zip2_with`](View::zip2_with), [`map_in_place`](ViewMut::map_in_place), [`fill`](ViewMut::fill), [`assign`](ViewMut::assign) | |
//!
//! Float sums are pairwise; [`View::sum`] states the error bound. NaN propagates unless skipped. An
//! empty sum is 0, an empty product 1; an empty mean or extremum is `None`, along an axis a panic.
//!
//! # Further reading
//!
//! - [`GrowableNd`]: the methods by group, their cost, and the guarantees.
//! - [`doc::errors`], [`doc::numpy`], [`doc::other_crates`]: which methods panic, counterparts of
//!   NumPy's operations, conversions to and from other crates.
//! - [`amortized`], [`zoo`]: why pushing is cheap with any growth factor; 70 real growth policies.
//!
//! # Features
//!
//! | feature | adds | depends on |
//! |---|---|---|
//! | `std` (default) | streams, all that `libm` adds, `amortized::Averages` | the standard library; without `std` only `alloc` |
//! | `libm` | without `std`: standard deviations, and means of every [`num_traits::Float`], not only of `f32` and `f64` | libm |
//! | `serde` | `Serialize` and `Deserialize` for [`GrowableNd`] and [`Growth`], `Serialize` for views; JSON has `null` for NaN, which a `GrowableNd<Option<f64>>` reads | serde_core |
//! | `npy` | `read_npy`, `write_npy` and `NpyAppender` for NumPy files; implies `std` | no other crate |
//! | `num-complex` | complex scalars in operators; with `npy`, complex elements in files | num-complex |
//! | `half` | with `npy`, 16-bit floats in files | half |
//! | `rayon` | the methods `par_…`: rows, maps and sums on several threads; implies `std` | rayon |
#![cfg_attr(not(feature = "std"), no_std)]
// On docs.rs, shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
// Hides the condition of `Arc<[T]>` rows, which nearly every target meets.
#![cfg_attr(docsrs, doc(auto_cfg(hide(target_has_atomic = "ptr"))))]
// Pages link to methods that need `std`, which is a default feature.
#![cfg_attr(not(feature = "std"), allow(rustdoc::broken_intra_doc_links))]
#![forbid(unsafe_code)]
#![warn(unreachable_pub, unnameable_types)]
#![deny(clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;

// Each folder imports only folders above it; `tests/it/layers.rs` checks that.
mod panicking;

mod memory;

mod growth;

mod layout;

mod kernels;

mod view;

mod array;

mod numeric;

#[cfg(feature = "rayon")]
mod parallel;

mod io;

#[cfg(feature = "npy")]
mod npy;

mod impls;

pub mod amortized;

pub mod zoo;

pub mod doc;

/// Runs the programs of the README as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use array::GrowableNd;
pub use array::array_index::ArrayIndex;
pub use array::drain::DrainRows;
pub use array::earlier::EarlierRows;
pub use array::elements::Elements;
pub use array::error::{Error, FromArrayError, FromVecError, ResultsError, RowError};
pub use array::iter::{IntoRows, Rows, RowsMut};
pub use array::nested::Nested;
pub use array::row::{Row, RowShape, ShapedRow};
pub use array::row_buffer::RowBuffer;
pub use array::row_writer::RowWriter;
pub use array::rows_as::{RowsAs, RowsAsMut};
pub use growth::Growth;
pub use growth::error::{GrowthError, ParseGrowthError};
pub use growth::ratio::{Ratio, RatioError};
pub use growth::request::Request;
pub use growth::stats::GrowthStats;
#[cfg(feature = "std")]
pub use io::error::ReadError;
pub use layout::error::{AccessError, ShapeError, ViewError};
pub use layout::rank::{InsertAxis, Rank, RemoveAxis, TooManyAxes};
pub use layout::shape::{INFER, MAX_RANK};
pub use layout::slice::{AxisRange, AxisSlice, NewAxis, SliceArg, Stepped};
pub use memory::ReserveError;
#[cfg(feature = "npy")]
pub use npy::appender::NpyAppender;
#[cfg(feature = "npy")]
pub use npy::dtype::NpyDType;
#[cfg(feature = "npy")]
pub use npy::element::NpyElement;
#[cfg(feature = "npy")]
pub use npy::error::NpyError;
#[cfg(feature = "npy")]
pub use npy::header::NpyHeader;
#[cfg(feature = "npy")]
pub use npy::open::NpyRecovery;
pub use numeric::compare::Difference;
pub use numeric::means::Floating;
pub use numeric::operand::{Operand, Scalar};
#[cfg(feature = "rayon")]
pub use parallel::iter::{ParAxisIter, ParChunks, ParIter, ParRows, ParRowsMut};
pub use view::axis_iter::{AxisIter, Chunks, Lanes, ViewIter, Windows};
pub use view::axis_iter_mut::AxisIterMut;
pub use view::iter::{IndexedIter, Iter};
pub use view::iter_mut::{IndexedIterMut, IterMut};
pub use view::source::Source;
pub use view::tiles::{Tiles, WindowsNd};
pub use view::{Axis, Strided, View, ViewMut};

/// Its traits define which elements are plain bytes.
#[doc(no_inline)]
pub use bytemuck;

/// Its traits define which elements are numbers.
#[doc(no_inline)]
pub use num_traits;

/// Its complex numbers can be elements of `.npy` files.
#[cfg(feature = "num-complex")]
#[doc(no_inline)]
pub use num_complex;

/// Its 16-bit floats can be elements of `.npy` files.
#[cfg(feature = "half")]
#[doc(no_inline)]
pub use half;

/// Its traits have the methods of parallel iterators.
#[cfg(feature = "rayon")]
#[doc(no_inline)]
pub use rayon;
