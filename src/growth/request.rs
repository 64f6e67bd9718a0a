//! What a growth policy is asked.

/// A request for the next capacity of an array that is full.
///
/// An array fills in all fields itself; [`new`](Self::new) is for testing a policy and for models.
///
/// # Examples
///
/// ```
/// use growable_nd::{Growth, Request};
///
/// let request = Request::new(100, 101);
/// assert_eq!(Growth::DOUBLE.next_capacity(request), 200);
///
/// // Rounds up to whole pages of 4096 bytes.
/// let pages = Growth::custom("pages", |Request { needed, row_bytes, .. }| {
///     needed.saturating_mul(row_bytes).saturating_add(4095) / 4096 * 4096 / row_bytes
/// });
/// assert_eq!(pages.next_capacity(request.with_row_bytes(24)), 170);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Request {
    /// Rows that fit into the present block.
    pub capacity: u64,
    /// Rows that must fit into the next one.
    pub needed: u64,
    /// Bytes in one row, at least 1 when a policy sees the request: rows without bytes count as 1.
    pub row_bytes: u64,
}

impl Request {
    /// Creates a request for rows of 8 bytes: one `f64`, or one pointer of most originals in the
    /// [`zoo`](crate::zoo).
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
