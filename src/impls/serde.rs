//! The form of arrays in data formats: writing it, and reading it from input that may claim anything.

use crate::array::GrowableNd;
use crate::array::error::{Error, RowError};
use crate::growth::Growth;
use crate::growth::stats::GrowthStats;
use crate::layout::error::ShapeError;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::layout::shape::{MAX_RANK, Shape, span};
use crate::view::Strided;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use serde_core::de::{self, DeserializeSeed, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_core::ser::{self, SerializeStruct};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// The name under which formats that name their values know an array.
const NAME: &str = "GrowableNd";

const SHAPE: &str = "shape";
const ROWS: &str = "rows";
const FIELDS: &[&str] = &[SHAPE, ROWS];

/// So many bytes at most are reserved for elements that were announced and have not come yet.
const ROOM_ON_TRUST: usize = 1 << 20;

/// A struct `GrowableNd` with two fields: `shape`, the extents with the number of rows first, and `rows`, a sequence
/// of as many rows, each of them the flat sequence of its elements in row-major order. This form is stable: what one
/// version writes, every later one reads. (If the format keeps the elements: JSON has no NaN and no infinity.)
///
/// Capacity, rule of growth and counters are no part of it, as they are none of equality. Nor is it that of nested
/// vectors: `[[1, 2], [3, 4]]` is read as a `Vec<Vec<i32>>`, of which [`from_rows`](GrowableNd::from_rows) makes an array.
///
/// # Cost
///
/// O(*n m*), without a copy of any element.
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
        serialize_array(serializer, self.shape(), Sequence(self))
    }
}

/// A view with at least one axis, in the form of an array with the same elements, as which it can be read back.
///
/// # Cost
///
/// O(1) for each element and O(`N`) for each row, whatever the strides, without a copy of any element.
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
        let view = Strided { data: &*self.data, layout: self.layout };
        serialize_array(serializer, &self.shape(), Sequence(view.iter_rows().map(Sequence)))
    }
}

fn serialize_array<S: Serializer>(
    serializer: S,
    shape: &[usize],
    rows: impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_struct(NAME, FIELDS.len())?;
    fields.serialize_field(SHAPE, shape)?;
    fields.serialize_field(ROWS, &rows)?;
    fields.end()
}

/// What can be walked any number of times, as a sequence.
struct Sequence<I>(I);

impl<I: Clone + IntoIterator<Item: Serialize>> Serialize for Sequence<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// Reads the form that arrays and views are written in, its fields in any order; or without names, as a sequence of
/// shape and rows. The array has the default rule of growth.
///
/// The input need not be trusted. What it claims of its size is good for 1 MiB at most, and not before the first
/// element has come; beyond that the array gets room for no more elements than it has already. The first element or
/// row that is too much is an error, whatever follows. What the elements themselves allocate is up to their type.
///
/// # Errors
///
/// For a field that is missing, unknown or there twice; a shape without extents, with too many, or with extents that
/// are no numbers of an array, negative ones say, or those that overflow; another number of rows than the shape says,
/// or of elements in a row; rows and elements of another type; and if there is no memory. What is wrong with a row
/// is said with its index.
///
/// # Cost
///
/// O(*n m*) amortized. If the shape comes first, the array has no room to spare in the end, and up to 1 MiB it is
/// allocated once.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array: GrowableNd<f64> = serde_json::from_str(r#"{"shape":[2,3],"rows":[[1,2,3],[4,5,6]]}"#)?;
/// assert_eq!(array, GrowableNd::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]));
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
        f.write_str("an array: its shape and its rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let shape = fields.next_element::<Announced>()?;
        let Announced(shape) = shape.ok_or_else(|| de::Error::invalid_length(0, &self))?;
        let rows = fields.next_element_seed(Incoming::new(Some(shape)))?;
        rows.ok_or_else(|| de::Error::invalid_length(1, &self))?.into_array(shape)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut shape = None;
        let mut rows = None;
        while let Some(field) = fields.next_key()? {
            match field {
                Field::Shape if shape.is_some() => return Err(de::Error::duplicate_field(SHAPE)),
                Field::Rows if rows.is_some() => return Err(de::Error::duplicate_field(ROWS)),
                Field::Shape => shape = Some(fields.next_value::<Announced>()?.0),
                Field::Rows => rows = Some(fields.next_value_seed(Incoming::new(shape))?),
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

/// Names as text, as bytes and as numbers: what the derive of serde reads.
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

/// The shape that the array is to have, its number of rows included.
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
        f.write_str("the extents of an array, at least the number of its rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Announced, A::Error> {
        let mut extents = [0; MAX_RANK];
        let mut rank = 0;
        while let Some(extent) = seq.next_element()? {
            let Some(place) = extents.get_mut(rank) else {
                let error = ShapeError::Rank { limit: MAX_RANK, found: rank + 1 };
                return Err(de::Error::custom(format_args!("{error} or more")));
            };
            *place = extent;
            rank += 1;
        }
        let extents = &extents[..rank];
        let Some((&rows, inner)) = extents.split_first() else {
            return Err(de::Error::invalid_length(0, &self));
        };
        // Of all extents first, so that an error names all of them; then there are not too many rows, either.
        span(extents).map_err(de::Error::custom)?;
        let mut shape = Shape::empty(inner).map_err(de::Error::custom)?;
        shape.set_rows(rows);
        Ok(Announced(shape))
    }
}

/// Rows as they come in.
///
/// All elements are in one vector from the start, and it is an array only when everything was checked. Rows are
/// counted apart from them, so that rows without elements are rows, too.
struct Incoming<T> {
    /// What the rows must come to, if the shape came first.
    announced: Option<Shape>,
    /// As rows of one element each: so they grow as pushes do, not by whole rows of a length that was only claimed.
    elements: GrowableNd<T>,
    rows: usize,
    /// Elements in a row, as the shape says, or else the first row.
    row_len: Option<usize>,
}

impl<T> Incoming<T> {
    fn new(announced: Option<Shape>) -> Self {
        let row_len = announced.map(|shape| shape.row_len());
        Incoming { announced, elements: GrowableNd::new([1]), rows: 0, row_len }
    }

    fn push<E: de::Error>(&mut self, element: T) -> Result<(), E> {
        if self.elements.data.len() == self.elements.data.capacity() {
            self.make_room();
        }
        self.elements.push_row([element]).map_err(E::custom)
    }

    /// Makes room for as many elements as have come already or may be had on trust, but for no more than are to come.
    #[cold]
    fn make_room(&mut self) {
        let Some(shape) = self.announced else {
            return;
        };
        let come = self.elements.rows();
        // Neither overflows nor is negative: the product is checked with the shape, the elements with each row.
        let missing = shape.rows() * shape.row_len() - come;
        let on_trust = ROOM_ON_TRUST / size_of::<T>().max(1);
        // What cannot be had because of it is not missed: the push tries for less.
        let _ = self.elements.try_reserve_exact(missing.min(come.max(on_trust)));
    }

    fn into_array<E: de::Error>(mut self, shape: Shape) -> Result<GrowableNd<T>, E> {
        let expected = shape.row_len();
        if let Some(found) = self.row_len.filter(|&found| found != expected) {
            return Err(E::custom(wrong_length(0, expected, found)));
        }
        if self.rows != shape.rows() {
            return Err(E::custom(format_args!("expected {} rows, found {}", shape.rows(), self.rows)));
        }
        // A format that takes the error of a row for the end of the rows leaves the elements before the error.
        self.elements.truncate(shape.rows() * shape.row_len());
        // The block that the array was born with is no growth.
        let array = GrowableNd { shape, stats: GrowthStats::default(), ..self.elements };
        array.check();
        Ok(array)
    }
}

fn wrong_length(row: usize, expected: usize, found: usize) -> Error {
    Error::Row { row, error: RowError::Length { expected, found } }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Incoming<T> {
    type Value = Self;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Incoming<T> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the rows of an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut rows: A) -> Result<Self, A::Error> {
        while rows.next_element_seed(NextRow(&mut self))?.is_some() {}
        Ok(self)
    }
}

/// Reads one row more.
struct NextRow<'a, T>(&'a mut Incoming<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for NextRow<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        // Before anything of the row is read: of rows without elements there could be any number.
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
        f.write_str("a row: its elements as one flat sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut row: A) -> Result<(), A::Error> {
        let incoming = self.0;
        let mut found = 0;
        while let Some(element) = row.next_element()? {
            if incoming.row_len == Some(found) {
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
        // Where it saturates there are more rows than any shape can have.
        incoming.rows = incoming.rows.saturating_add(1);
        Ok(())
    }
}

/// The text that [`Display`](fmt::Display) prints and [`FromStr`](core::str::FromStr) reads, like `3/2` or
/// `2 from 16`. This form is stable.
///
/// # Errors
///
/// For a [custom](Growth::custom) policy, which [`Deserialize`] could not find by its name. Write its
/// `to_string()` and read it with [`Growth::parse_with`] instead.
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

/// Reads all texts that [`FromStr`](core::str::FromStr) does, and refuses the same.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
///
/// assert_eq!(serde_json::from_str::<Growth>(r#""1.5 from 16""#)?, Growth::THREE_HALVES.with_first(16));
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
