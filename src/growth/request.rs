//! `Request`, the input of a growth policy.

/// A request for the next capacity of a full array.
///
/// Arrays create their requests themselves. Use [`new`](Self::new) to test a policy or to model an
/// array.
///
/// # Examples
///
/// ```
/// use growable_nd::{Growth, Request};
///
/// let request = Request::new(100, 101);
/// assert_eq!(Growth::DOUBLE.next_capacity(request), 200);
///
/// // Rounds up to pages of 4096 bytes.
/// let pages = Growth::custom("pages", |Request { needed, row_bytes, .. }| {
///     needed.saturating_mul(row_bytes).saturating_add(4095) / 4096 * 4096 / row_bytes
/// });
/// assert_eq!(pages.next_capacity(request.with_row_bytes(24)), 170);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Request {
    /// Rows that fit into the current block.
    pub capacity: u64,
    /// Rows that must fit into the next block.
    pub needed: u64,
    /// Bytes in one row. Zero counts as 1: a policy receives at least 1.
    pub row_bytes: u64,
}

impl Request {
    /// Creates a request for rows of 8 bytes.
    ///
    /// This is the size of an `f64`, and of a pointer, which most arrays of the [`zoo`](crate::zoo)
    /// hold.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Request;
    ///
    /// let request = Request::new(4, 5);
    /// assert_eq!((request.capacity, request.needed, request.row_bytes), (4, 5, 8));
    /// ```
    #[must_use]
    #[inline]
    pub const fn new(capacity: u64, needed: u64) -> Request {
        Request { capacity, needed, row_bytes: 8 }
    }

    /// Sets the bytes in one row. Zero counts as 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Request;
    ///
    /// assert_eq!(Request::new(4, 5).with_row_bytes(800).row_bytes, 800);
    /// assert_eq!(Request::new(4, 5).with_row_bytes(0).row_bytes, 1);
    /// ```
    #[must_use]
    #[inline]
    pub const fn with_row_bytes(self, row_bytes: u64) -> Request {
        Request { row_bytes: if row_bytes == 0 { 1 } else { row_bytes }, ..self }
    }
}
