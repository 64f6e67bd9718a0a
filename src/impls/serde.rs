//! `Serialize` and `Deserialize` for arrays and growth policies. The input may be malformed.

use crate::array::GrowableNd;
use crate::array::error::{Error, RowError};
use crate::growth::Growth;
use crate::layout::error::ShapeError;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::layout::shape::{MAX_RANK, Shape, span};
use crate::view::Strided;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use serde_core::de::{self, DeserializeSeed, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_core::ser::{self, SerializeStruct};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// Name of an array in formats that name their values.
const NAME: &str = "GrowableNd";

const SHAPE: &str = "shape";
const ROWS: &str = "rows";
const FIELDS: &[&str] = &[SHAPE, ROWS];

/// Part of error messages, for users who write nested lists: the first list is read as the shape.
const FORM: &str = r#"an array is {"shape": …, "rows": …} or [shape, rows], not nested lists"#;

/// Maximum bytes reserved for elements that were announced and have not arrived.
const BYTES_ON_TRUST: usize = 1 << 20;

/// Maximum rows without elements, or elements of size zero. They take time, but neither memory nor
/// the bytes of a format limit their number.
const MAX_WITHOUT_MEMORY: usize = 1 << 20;

/// Serializes the array as a struct `GrowableNd` with two fields. `shape` has the extents, the
/// number of rows first. `rows` is a sequence of all rows, each a flat sequence of its elements in
/// row-major order.
///
/// This form is stable: later versions read what earlier ones wrote, if the format keeps the
/// elements (JSON has no NaN and no infinity).
///
/// Capacity, growth policy and counters are not serialized; they do not count for equality either.
/// To read nested lists such as `[[1, 2], [3, 4]]`, deserialize a `Vec<Vec<i32>>` and pass it to
/// [`from_rows`](GrowableNd::from_rows).
///
/// # Errors
///
/// If an element or the format fails. If there are more than 2²⁰ rows without elements, or elements
/// of size zero: they could take unlimited time, and perhaps no bytes.
///
/// # Cost
///
/// O(*n m*). No element is copied.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::<i32>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
/// let text = serde_json::to_string(&array)?;
/// assert_eq!(text, r#"{"shape":[2,2,2],"rows":[[1,2,3,4],[5,6,7,8]]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<T: Serialize> Serialize for GrowableNd<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_array::<T, _>(serializer, self.shape(), Sequence(self))
    }
}

/// Serializes a view with at least one axis like an array with the same elements. It can be read
/// back as an array.
///
/// # Errors
///
/// As for [`GrowableNd`].
///
/// # Cost
///
/// O(1) per element and O(`N`) per row, whatever the strides. No element is copied.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
/// let text = serde_json::to_string(&array.view::<2>().t())?;
/// assert_eq!(text, r#"{"shape":[3,2],"rows":[[1,4],[2,5],[3,6]]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<R, T: Serialize, const N: usize, const M: usize> Serialize for Strided<R, N>
where
    R: Deref<Target = [T]>,
    Rank<N>: RemoveAxis<Smaller = Rank<M>>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_array::<T, _>(serializer, &self.shape(), Sequence(self.as_view().iter_rows().map(Sequence)))
    }
}

fn serialize_array<T, S: Serializer>(
    serializer: S,
    shape: &[usize],
    sequence: impl Serialize,
) -> Result<S::Ok, S::Error> {
    let (&rows, inner) = shape.split_first().unwrap_or((&1, &[]));
    check_without_memory::<T>(rows, inner.iter().product()).map_err(ser::Error::custom)?;
    let mut fields = serializer.serialize_struct(NAME, FIELDS.len())?;
    fields.serialize_field(SHAPE, shape)?;
    fields.serialize_field(ROWS, &sequence)?;
    fields.end()
}

/// Fails if there are too many rows or elements of type `T` that take no memory.
#[inline]
fn check_without_memory<T>(rows: usize, row_len: usize) -> Result<(), TooMany> {
    let (found, kind) = match row_len {
        0 => (rows, "rows without elements"),
        _ if size_of::<T>() == 0 => (rows * row_len, "elements of size zero"),
        _ => return Ok(()),
    };
    if found > MAX_WITHOUT_MEMORY { Err(TooMany { found, kind }) } else { Ok(()) }
}

/// The error of too many rows or elements that take no memory.
struct TooMany {
    found: usize,
    kind: &'static str,
}

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}, expected at most {MAX_WITHOUT_MEMORY}", self.found, self.kind)
    }
}

/// A sequence that can be iterated any number of times.
struct Sequence<I>(I);

impl<I: Clone + IntoIterator<Item: Serialize>> Serialize for Sequence<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// Reads the serialized form of arrays and views.
///
/// The fields may be in any order, or without names as a sequence of shape and rows. The array has
/// the default growth policy.
///
/// The input may be malformed. The announced size reserves at most 1 MiB, and nothing before the
/// first element has arrived. Beyond 1 MiB the capacity is at most twice the number of elements
/// that have arrived. The first extra element or row is an error, whatever comes after it. Memory
/// that elements allocate themselves depends on their type. At most 2²⁰ rows without elements, or
/// elements of size zero, are read: they take time but no memory.
///
/// # Errors
///
/// An error is returned if
///
/// - a field is missing, unknown or duplicate,
/// - the shape has no extents, negative extents, more than [`MAX_RANK`] extents, or extents that
///   overflow,
/// - the number of rows, or of elements in a row, differs from the shape,
/// - rows or elements have another type, as in nested lists,
/// - there are more than 2²⁰ rows without elements, or elements of size zero,
/// - an allocation fails.
///
/// The error of a row of another length has the index of the row.
///
/// # Cost
///
/// O(*n m*) amortized. If the shape comes first, the array has no unused capacity, and an array of
/// up to 1 MiB is allocated once.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let text = r#"{"shape":[2,3],"rows":[[1,2,3],[4,5,6]]}"#;
/// let array: GrowableNd<f64> = serde_json::from_str(text)?;
/// assert_eq!(array, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
///
/// let text = r#"{"shape":[2,3],"rows":[[1,2,3],[4,5]]}"#;
/// let error = serde_json::from_str::<GrowableNd<f64>>(text).unwrap_err();
/// assert!(error.to_string().starts_with("row 1: expected 3 elements, found 2"));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de, T: Deserialize<'de>> Deserialize<'de> for GrowableNd<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(NAME, FIELDS, ArrayVisitor(PhantomData))
    }
}

struct ArrayVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ArrayVisitor<T> {
    type Value = GrowableNd<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"an array: {"shape": …, "rows": …} or [shape, rows]"#)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let shape = fields.next_element::<Announced>()?;
        let Announced(shape) = shape.ok_or_else(|| de::Error::invalid_length(0, &self))?;
        let mut incoming = Incoming::new(Some(shape));
        let rows = fields.next_element_seed(&mut incoming)?;
        rows.ok_or_else(|| de::Error::invalid_length(1, &self))?;
        incoming.into_array(shape)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut shape = None;
        let mut rows = None;
        while let Some(field) = fields.next_key()? {
            match field {
                Field::Shape if shape.is_some() => return Err(de::Error::duplicate_field(SHAPE)),
                Field::Rows if rows.is_some() => return Err(de::Error::duplicate_field(ROWS)),
                Field::Shape => shape = Some(fields.next_value::<Announced>()?.0),
                Field::Rows => fields.next_value_seed(rows.insert(Incoming::new(shape)))?,
            }
        }
        let shape = shape.ok_or_else(|| de::Error::missing_field(SHAPE))?;
        rows.ok_or_else(|| de::Error::missing_field(ROWS))?.into_array(shape)
    }
}

enum Field {
    Shape,
    Rows,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(FieldVisitor)
    }
}

/// Reads names as text, as bytes and as numbers, like the derive of serde.
struct FieldVisitor;

impl Visitor<'_> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field of an array: `shape` or `rows`")
    }

    fn visit_u64<E: de::Error>(self, index: u64) -> Result<Field, E> {
        match index {
            0 => Ok(Field::Shape),
            1 => Ok(Field::Rows),
            _ => Err(E::invalid_value(Unexpected::Unsigned(index), &self)),
        }
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Field, E> {
        match name {
            SHAPE => Ok(Field::Shape),
            ROWS => Ok(Field::Rows),
            _ => Err(E::unknown_field(name, FIELDS)),
        }
    }

    fn visit_bytes<E: de::Error>(self, name: &[u8]) -> Result<Field, E> {
        match core::str::from_utf8(name) {
            Ok(name) => self.visit_str(name),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(name), &self)),
        }
    }
}

/// The announced shape, the number of rows included.
struct Announced(Shape);

impl<'de> Deserialize<'de> for Announced {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Announced;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the extents of an array, at least the number of its rows ({FORM})")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Announced, A::Error> {
        let mut extents = [0; MAX_RANK];
        let mut rank = 0;
        while let Some(Extent(extent)) = seq.next_element()? {
            let Some(place) = extents.get_mut(rank) else {
                let error = ShapeError::TooManyAxes { limit: MAX_RANK, found: rank + 1 };
                return Err(de::Error::custom(format_args!("{error} or more ({FORM})")));
            };
            *place = extent;
            rank += 1;
        }
        let extents = &extents[..rank];
        let Some((&rows, inner)) = extents.split_first() else {
            return Err(de::Error::invalid_length(0, &self));
        };
        // Checks all extents at once, so that the error names all of them. This limits the number
        // of rows as well.
        span(extents).map_err(de::Error::custom)?;
        let mut shape = Shape::EMPTY;
        shape.set_inner(inner).map_err(de::Error::custom)?;
        shape.set_rows(rows);
        Ok(Announced(shape))
    }
}

/// One extent of the announced shape. Its errors have [`FORM`], which those of a `usize` would
/// lack.
struct Extent(usize);

impl<'de> Deserialize<'de> for Extent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_u64(ExtentVisitor)
    }
}

struct ExtentVisitor;

impl Visitor<'_> for ExtentVisitor {
    type Value = Extent;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an extent of the shape of an array ({FORM})")
    }

    fn visit_u64<E: de::Error>(self, extent: u64) -> Result<Extent, E> {
        let unexpected = Unexpected::Unsigned(extent);
        usize::try_from(extent).map(Extent).map_err(|_| E::invalid_value(unexpected, &self))
    }

    fn visit_i64<E: de::Error>(self, extent: i64) -> Result<Extent, E> {
        let unexpected = Unexpected::Signed(extent);
        usize::try_from(extent).map(Extent).map_err(|_| E::invalid_value(unexpected, &self))
    }
}

/// The rows that have arrived.
///
/// All elements are in one vector from the start, which becomes an array when everything is
/// checked. Rows are counted separately, so that rows without elements count.
struct Incoming<T> {
    /// The announced shape, if it came first.
    announced: Option<Shape>,
    elements: Vec<T>,
    rows: usize,
    /// Elements of a row, from the shape, otherwise from the first row.
    row_len: Option<usize>,
}

impl<T> Incoming<T> {
    fn new(announced: Option<Shape>) -> Self {
        let row_len = announced.map(|shape| shape.row_len());
        Incoming { announced, elements: Vec::new(), rows: 0, row_len }
    }

    #[inline]
    fn push<E: de::Error>(&mut self, element: T) -> Result<(), E> {
        check_without_memory::<T>(self.elements.len() + 1, 1).map_err(E::custom)?;
        if self.elements.len() == self.elements.capacity() {
            self.reserve()?;
        }
        self.elements.push(element);
        Ok(())
    }

    /// Doubles the capacity, or reserves [`BYTES_ON_TRUST`] if that is more and the shape is known,
    /// but never more than the shape announces. If the allocation fails, reserves less, down to one
    /// element.
    #[cold]
    fn reserve<E: de::Error>(&mut self) -> Result<(), E> {
        let come = self.elements.len();
        let on_trust = BYTES_ON_TRUST / size_of::<T>().max(1);
        let mut wanted = match self.announced {
            // Cannot overflow or be negative: the product was checked with the shape, the elements
            // with each row.
            Some(shape) => (shape.rows() * shape.row_len() - come).min(come.max(on_trust).max(1)),
            None => come.max(1),
        };
        while self.elements.try_reserve_exact(wanted).is_err() {
            if wanted <= 1 {
                let bytes = come.saturating_add(1).saturating_mul(size_of::<T>());
                return Err(E::custom(format_args!("allocation of {bytes} bytes failed")));
            }
            wanted /= 2;
        }
        Ok(())
    }

    fn into_array<E: de::Error>(mut self, shape: Shape) -> Result<GrowableNd<T>, E> {
        let expected = shape.row_len();
        if let Some(found) = self.row_len.filter(|&found| found != expected) {
            return Err(E::custom(wrong_length(0, expected, found)));
        }
        if self.rows != shape.rows() {
            return Err(E::custom(format_args!("expected {} rows, found {}", shape.rows(), self.rows)));
        }
        // Some formats take the error of a row for the end of the rows, and leave elements of that
        // row.
        self.elements.truncate(shape.rows() * shape.row_len());
        GrowableNd::from_parts(shape.inner(), shape.rows(), self.elements).map_err(E::custom)
    }
}

/// Adds that rows are flat if an element was a sequence, which only the message shows.
#[cold]
fn flat_rows<E: de::Error>(error: E) -> E {
    if !error.to_string().starts_with("invalid type: sequence") {
        return error;
    }
    // Some formats find their position at the end of the error.
    E::custom(format_args!("a row is one flat sequence of elements, whatever its shape: {error}"))
}

fn wrong_length(row: usize, expected: usize, found: usize) -> Error {
    Error::Row { row, error: RowError::Length { expected, found } }
}

// By reference, because formats pass a seed through several functions.
impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for &mut Incoming<T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for &mut Incoming<T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the rows of an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while rows.next_element_seed(NextRow(&mut *self))?.is_some() {}
        Ok(())
    }
}

/// Reads one more row.
struct NextRow<'a, T>(&'a mut Incoming<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for NextRow<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        // Checked before the row is read: any number of rows without elements could follow.
        match self.0.announced {
            Some(shape) if shape.rows() == self.0.rows => {
                let rows = shape.rows();
                Err(de::Error::custom(format_args!("expected {rows} rows, found {} or more", rows + 1)))
            }
            _ => deserializer.deserialize_seq(self),
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for NextRow<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row: its elements as one flat sequence ({FORM})")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut row: A) -> Result<(), A::Error> {
        let incoming = self.0;
        // A local variable, because the compiler does not know that appending elements leaves a
        // field unchanged.
        let limit = incoming.row_len;
        let mut found = 0;
        while let Some(element) = row.next_element().map_err(flat_rows)? {
            if limit == Some(found) {
                let error = wrong_length(incoming.rows, found, found + 1);
                return Err(de::Error::custom(format_args!("{error} or more")));
            }
            incoming.push(element)?;
            found += 1;
        }
        let expected = *incoming.row_len.get_or_insert(found);
        if found != expected {
            return Err(de::Error::custom(wrong_length(incoming.rows, expected, found)));
        }
        // Cannot overflow: rows without elements are limited, and others take memory.
        incoming.rows += 1;
        check_without_memory::<T>(incoming.rows, expected).map_err(de::Error::custom)
    }
}

/// Serializes the text that [`Display`](fmt::Display) prints and [`FromStr`](core::str::FromStr)
/// reads, such as `3/2` or `2 from 16`. This form is stable.
///
/// # Errors
///
/// For a [custom](Growth::custom) policy, which [`Deserialize`] cannot find by its name. Serialize
/// its `to_string()` instead and read it with [`Growth::parse_with`].
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
///
/// assert_eq!(serde_json::to_string(&Growth::THREE_HALVES)?, r#""3/2""#);
/// assert!(serde_json::to_string(&Growth::custom("full", |request| request.needed)).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Growth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.name() {
            None => serializer.collect_str(self),
            Some(name) => Err(ser::Error::custom(format_args!(
                "cannot serialize the custom growth policy {name:?}: its name could not be read back"
            ))),
        }
    }
}

/// Reads all texts that [`FromStr`](core::str::FromStr) accepts, and no others.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
///
/// let growth: Growth = serde_json::from_str(r#""1.5 from 16""#)?;
/// assert_eq!(growth, Growth::THREE_HALVES.with_first(16));
/// assert!(serde_json::from_str::<Growth>(r#""0.9""#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de> Deserialize<'de> for Growth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(GrowthVisitor)
    }
}

struct GrowthVisitor;

impl Visitor<'_> for GrowthVisitor {
    type Value = Growth;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a growth policy as text, like \"3/2\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Growth, E> {
        text.parse().map_err(E::custom)
    }
}
