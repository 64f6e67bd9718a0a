//! A growable n-dimensional array: rows of one shape arrive one at a time, nobody knows how many, and the
//! result is one contiguous block.
//!
//! ```
//! use growable_nd::GrowableNd;
//!
//! // A generator of 2×3 arrays; how many there will be depends on the data.
//! let slices = (1..)
//!     .map(|i| [[f64::from(i); 3]; 2])
//!     .take_while(|slice| slice[0][0] * slice[0][0] < 1000.0);
//!
//! let volume: GrowableNd<f64> = slices.collect();
//! assert_eq!(volume.shape(), [31, 2, 3]);
//! assert_eq!(volume[[30, 1, 2]], 31.0);
//! ```
//!
//! [`GrowableNd<T>`] is a flat [`Vec<T>`](std::vec::Vec) that knows the shape of a row. It grows in whole rows,
//! by [a rule of growth](Growth) that you choose, and is contiguous and row-major at any time. All of it is
//! safe Rust: the crate forbids `unsafe`.
//!
//! # From rows to an array
//!
//! | you have | you write |
//! |---|---|
//! | arrays whose shape is in their type | `rows.collect::<GrowableNd<f64>>()` |
//! | rows of a shape known at run time | [`GrowableNd::from_rows`]`([10, 10], rows)?` |
//! | a source that can fail | [`GrowableNd::try_from_rows`]`([10, 10], rows)?` |
//! | rows here and there in your code | [`GrowableNd::new`]`([10, 10])`, then [`push_row`](GrowableNd::push_row)`(row)?` |
//! | a formula for each element | [`push_row_with`](GrowableNd::push_row_with)`(\|[i, j]\| …)?` |
//! | a file, a socket, another program | [`read_rows`](GrowableNd::read_rows)`(reader)?`, from bytes in the order of this machine |
//! | bytes in memory | [`GrowableNd::from_bytes`]`([10, 10], bytes)?` |
//! | flat data | [`GrowableNd::from_vec`]`([10, 10], vec)?`; as one axis `from_vec([], vec)?` |
//! | a file of `NumPy` | `GrowableNd::<f64>::read_npy(file)?`, with the feature `npy` |
//!
//! What can be a row is said at [`Row`]. Where rows are nested arrays the type of the elements must be named, as
//! in `GrowableNd::<f64>::new([2, 3])`: a `[[f64; 3]; 2]` could also be a row of two elements `[f64; 3]`.
//!
//! A generator that yields something besides the row, a time say, is split on the way:
//!
//! ```
//! use growable_nd::GrowableNd;
//!
//! let steps = (0..4).map(|step| (0.5 * f64::from(step), vec![1.0, 2.0, 3.0]));
//!
//! let mut times = vec![];
//! let fields = steps.map(|(time, field)| {
//!     times.push(time);
//!     field
//! });
//! let history = GrowableNd::from_rows([3], fields)?;
//! assert_eq!(times.len(), history.rows());
//! # Ok::<(), growable_nd::Error>(())
//! ```
//!
//! # Views
//!
//! An array is a vector of rows; a [`View`] looks at its elements in any other way without copying them. Its
//! number of axes is in its type, and the compiler follows it through every step:
//!
//! ```
//! use growable_nd::{Axis, AxisRange, GrowableNd, View};
//!
//! // 20 frames of 4×6 pixels with 3 colours.
//! let frames = (0..20).map(|time| vec![time; 4 * 6 * 3]);
//! let film = GrowableNd::from_rows([4, 6, 3], frames)?;
//!
//! let red: View<'_, i32, 3> = film.view::<4>().slice((.., .., .., 0));
//! let pixel_over_time = red.slice((.., 2, 3));
//! assert!(pixel_over_time.iter().eq(film.as_slice().iter().step_by(72)));
//!
//! // Every fifth frame in half the resolution, upside down.
//! let thumbnails = red.slice(((..).step(5), (..).step(2), (..).step(2))).invert_axis(Axis(1));
//! assert_eq!(thumbnails.to_owned_array().shape(), [4, 2, 3]);
//! # Ok::<(), growable_nd::Error>(())
//! ```
//!
//! | in `NumPy` | here, for `let v = array.view::<2>()` |
//! |---|---|
//! | `a[5]`, `a[:, 5]` | `v.slice((5, ..))`, `v.slice((.., 5))`, or [`index_axis`](Strided::index_axis) |
//! | `a[2:7, ::2]` | [`v.slice`](Strided::slice)`((2..7, (..).step(2)))`, with [`AxisRange`] in scope |
//! | `a[-1]`, `a[::-1]` | `v.slice((v.shape()[0] - 1, ..))`, [`v.invert_axis`](Strided::invert_axis)`(Axis(0))` |
//! | `a[:, None]` | `v.slice((.., NewAxis, ..))`, or [`insert_axis`](Strided::insert_axis) |
//! | `a.T`, `a.transpose(1, 0)` | [`v.t()`](Strided::t), [`v.permute`](Strided::permute)`([1, 0])` |
//! | `a.reshape(3, 4)`, where that is a view | [`v.reshape`](Strided::reshape)`([3, 4])?` |
//! | `np.broadcast_to(a, (2, 3, 4))` | [`v.broadcast`](View::broadcast)`([2, 3, 4])?` |
//! | `np.diagonal(a)` | [`v.diagonal()`](Strided::diagonal) |
//! | `sliding_window_view(a, 3, axis=0)` | [`v.windows`](View::windows)`(Axis(0), 3)` |
//! | `a.copy()`, `np.stack(views)` | [`v.to_owned_array()`](View::to_owned_array), [`GrowableNd::stack`]`(views)?` |
//! | `a[:, 0] = 1`, `a[...] = b` | [`ViewMut`]: [`slice`](Strided::slice) and [`fill`](ViewMut::fill), [`assign`](ViewMut::assign)`(&b)?` |
//!
//! Parts of a mutable view that interleave in memory, as columns do, or that overlap, as windows do, are written
//! through [`cells`](ViewMut::cells): a view of cells can be read in all these ways, and each cell be set.
//!
//! # Numbers
//!
//! Views and arrays of numbers are summed, averaged and searched, in all or along an axis, and mapped to others. A
//! number is what is one for num-traits: an integer, a float, a complex or a fixed-point number.
//!
//! ```
//! use growable_nd::{Axis, GrowableNd};
//!
//! // A sensor with three axes, and no telling how many readings.
//! let sensor = (0..1000).map(|i| [i % 7, i % 5, 1].map(f64::from));
//! let readings = GrowableNd::from_rows([3], sensor)?;
//!
//! let means = readings.mean_axis(Axis(0))?;
//! let means_everywhere = means.view::<1>().broadcast([1000, 3])?;
//! let centred = readings.view().zip_with(&means_everywhere, |x, mean| x - mean)?;
//! assert!(centred.sum_axis(Axis(0))?.all_close(&GrowableNd::zeros([3]), 0.0, 1e-9)?);
//!
//! let squares = readings.map(|x| x * x).sum_axis(Axis(1))?;
//! let lengths = squares.map(|square: &f64| square.sqrt());
//! assert_eq!(lengths.argmax(), Some([34]));
//! # Ok::<(), growable_nd::Error>(())
//! ```
//!
//! | | of all elements | along an axis |
//! |---|---|---|
//! | sums | [`sum`](View::sum), [`sum_of`](View::sum_of), [`product`](View::product), [`dot`](View::dot) | [`sum_axis`](View::sum_axis), [`sum_axis_of`](View::sum_axis_of), [`product_axis`](View::product_axis), [`dot_axis`](View::dot_axis), [`cumulative_sum`](View::cumulative_sum) |
//! | means | [`mean`](View::mean), [`mean_of`](View::mean_of), [`var`](View::var), [`std`](View::std) | [`mean_axis`](View::mean_axis), [`mean_axis_of`](View::mean_axis_of), [`var_axis`](View::var_axis), [`std_axis`](View::std_axis) |
//! | extrema | [`min`](View::min), [`max`](View::max), [`argmin`](View::argmin), [`argmax`](View::argmax) | [`min_axis`](View::min_axis), [`max_axis`](View::max_axis), [`argmin_axis`](View::argmin_axis), [`argmax_axis`](View::argmax_axis) |
//! | anything else | [`iter`](View::iter)`().fold(…)` | [`fold_axis`](View::fold_axis) |
//! | element by element | [`map`](View::map), [`zip_with`](View::zip_with), [`map_in_place`](ViewMut::map_in_place), [`zip_with_in_place`](ViewMut::zip_with_in_place), [`fill`](ViewMut::fill), [`all_close`](View::all_close) | |
//! | `a + b`, `a - a.mean(axis=0)` of `NumPy` | [`a.zip_with`](GrowableNd::zip_with)`(&b, \|x, y\| x + y)?`, and as above | |
//! | `a / a.sum(axis=1)[:, None]` | `sums.view::<1>()`[`.insert_axis`](View::insert_axis)`(Axis(1))`[`.broadcast`](View::broadcast)`([1000, 3])?`, and `zip_with` | |
//! | of a known size | [`zeros`](GrowableNd::zeros), [`ones`](GrowableNd::ones), [`full`](GrowableNd::full), [`from_fn`](GrowableNd::from_fn) | |
//!
//! Sums of floats are pairwise, with a bound on their error that is said [there](View::sum). Empty sums are zero, empty
//! products one, and all else `None` or an error. NaN is passed on.
//!
//! From NumPy: `np.cumsum(a, axis=0)` is [`cumulative_sum`](View::cumulative_sum)`(Axis(0))`, `np.allclose` is
//! [`all_close`](View::all_close), which has no default tolerances; `np.argmax` is a flat index there and one for each
//! axis [here](View::argmax); `ddof` is to be given always. What an array of bytes has along an axis is
//! `a.mean_axis_of(Axis(0), |&x| f64::from(x))`. There are no forms that skip NaN, and no medians.
//!
//! # Cost
//!
//! Throughout these pages *n* is the number of rows, *m* the number of elements in one row, *a* > 1 the factor
//! by which the array grows, and * marks an amortized cost. Every method that touches elements has a line on
//! its cost; a `try_` form costs what the other does. Capacity is counted in rows.
//!
//! | | `GrowableNd<T>` | `Vec<T>` by hand | `Vec<Vec<T>>`, then flattened |
//! |---|---|---|---|
//! | push a row | O(*m*)* | O(*m*)* | O(*m*)*, and an allocation |
//! | worst single push | O(*n m*) | O(*n m*) | O(*n* + *m*) |
//! | rows copied by growing, in all | at most *n* / (1 − 1/*a*) | at most 2*n* | at most 2*n* pointers |
//! | room for rows that never came, after pushes | at most (*a* − 1) *n* rows, or none after [`shrink_to_fit`](GrowableNd::shrink_to_fit) | at most *n* rows | *n* pointers |
//! | to one block | nothing to do | nothing to do | O(*n m*) and twice the memory |
//! | element at `[i, j, k]` | O(1) | O(1), the formula is yours | O(1), two loads |
//! | any slice, a transpose, a column | O(1), nothing is copied | O(1), the formula is yours | a copy, but for rows |
//! | insert or remove a row in the middle | O(*n m*) | O(*n m*) | O(*n*) |
//! | the shape of a row is checked | always | by you | by you |
//!
//! So `Vec<Vec<T>>` wins where rows come and go in the middle, and where they have different lengths.
//!
//! Why pushing is cheap although the array now and then copies everything, what each factor costs and what it is
//! good for, is the subject of a chapter of its own: [`amortized`]. The rules by which other arrays grow, those of
//! Python, Go, Rust or Java, are in the [`zoo`].
//!
//! # Guarantees
//!
//! - The elements are in one block in row-major order, exactly *n m* of them: no padding, no hidden tail.
//! - The shape of a row never changes, also not when the array is emptied. (Only
//!   [`clone_from`](Clone::clone_from) replaces it, with everything else.)
//! - An operation that fails leaves the array as it was, but for room it may have made; one that takes many rows
//!   keeps the whole rows before the one that failed. If code of yours panics in the middle of a row, whole rows
//!   are left.
//! - Every element is dropped exactly once. If a [`DrainRows`] is leaked, so are the elements that it holds and, unless
//!   the array has given room back for them, all behind them.
//! - A rule of growth is never the reason for an error: where its wish cannot be had, the array takes less, down
//!   to exactly what it needs.
//! - Memory that is refused is an error, or a panic where a method has none to return; never an abort, with the
//!   exceptions below.
//! - While a view lives its array cannot grow, nor be changed in any other way: the program would not compile.
//!   Through a mutable view every element is at one index only.
//! - Views and arrays are equal, hashed and printed by shape and elements, whatever the strides.
//! - [`reserve`](GrowableNd::reserve)`(k)` makes room for `k` more rows; pushing them does not move the block.
//! - Adding up to the capacity does not allocate, nor does [`new`](GrowableNd::new).
//! - Room is given back when you say so, and otherwise only by a rule [that you set](Growth::with_shrink).
//!
//! Where std offers no other way the process aborts, as it does with a `Vec`: if memory is refused for giving room
//! back ([`shrink_to`](GrowableNd::shrink_to)), for the few bytes of a shape in an error or of the header of a `.npy`
//! file, for printed text or for the message of a panic.
//!
//! Not promised: that the capacity is exactly what the rule says (an allocator may give more), that the block
//! moves when it grows, and the texts of error messages.
//!
//! # Features
//!
//! | feature | adds | brings |
//! |---|---|---|
//! | `std`, on by default | [`read_rows`](GrowableNd::read_rows), [`write_to`](GrowableNd::write_to), means, variances and `all_close`, `amortized::Averages` | the standard library; without it the crate needs `alloc` only |
//! | `libm` | means, variances and `all_close` without `std` | libm |
//! | `serde` | `Serialize` and `Deserialize` for [`GrowableNd`] and [`Growth`], and `Serialize` for views, in forms that are stable. Input is checked as it is read, and no claim it makes costs more than 1 MiB | serde_core |
//! | `npy` | `read_npy` and `write_npy`, of arrays and views as `NumPy` has them in `.npy` files, and `NpyAppender` for a file that grows row by row; implies `std`, and needs Rust 1.88 | npyz |
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![warn(unreachable_pub, unnameable_types)]
#![deny(clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;

// In reading order: a file uses those before it only.

// From errors to panics.
mod panicking;

// Asking for memory.
mod memory;

mod growth;

mod layout;

mod kernels;

mod view;

mod array;

mod numeric;

mod io;

#[cfg(feature = "npy")]
mod npy;

mod impls;

pub mod amortized;

pub mod zoo;

/// The programs of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use array::GrowableNd;
pub use array::error::{Error, FromVecError, RowError, SourceError};
pub use array::iter::{DrainRows, IntoRows, Rows, RowsMut};
pub use array::row::{Row, RowShape, RowWriter, ShapedRow};
pub use growth::Growth;
pub use growth::error::{GrowthError, ParseGrowthError};
pub use growth::ratio::{Ratio, RatioError};
pub use growth::request::Request;
pub use growth::stats::GrowthStats;
#[cfg(feature = "std")]
pub use io::error::ReadError;
pub use layout::error::{ShapeError, ViewError};
pub use layout::rank::{Axes, Rank, RemoveAxis, TooManyAxes};
pub use layout::shape::MAX_RANK;
pub use layout::slice::{AxisRange, AxisSlice, NewAxis, SliceArg, Stepped};
pub use memory::ReserveError;
#[cfg(feature = "npy")]
pub use npy::appender::NpyAppender;
#[cfg(feature = "npy")]
pub use npy::error::NpyError;
pub use view::assign::AxisIterMut;
pub use view::axis_iter::{AxisIter, Chunks, Lanes, Subviews, Windows};
pub use view::iter::{IndexedIter, Iter};
pub use view::{Axis, Strided, View, ViewMut};

/// The crate whose traits say which elements are plain bytes.
#[doc(no_inline)]
pub use bytemuck;

/// The crate whose traits say what a number is.
#[doc(no_inline)]
pub use num_traits;

/// The crate whose traits say which elements a `.npy` file can have, and which dtype they are.
#[cfg(feature = "npy")]
#[doc(no_inline)]
pub use npyz;
