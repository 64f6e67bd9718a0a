use crate::support::{assert_error, check};
use growable_nd::{AccessError, Error, GrowableNd, RowError};

#[test]
fn bytes_are_those_of_the_elements_at_any_alignment() {
    fn property((row_len, elements, shift): (usize, Vec<u32>, usize)) {
        let (row_len, shift) = (1 + row_len % 5, shift % 8);
        let elements = &elements[..elements.len() / row_len * row_len];
        let bytes: Vec<u8> = elements.iter().flat_map(|element| element.to_ne_bytes()).collect();
        let mut shifted = vec![0; shift];
        shifted.extend(&bytes);

        let array = GrowableNd::<u32>::from_bytes([row_len], &shifted[shift..]).unwrap();
        assert_eq!(array.as_slice(), elements);
        assert_eq!(array.inner_shape(), [row_len]);
        assert_eq!(array.capacity(), array.rows());
        assert_eq!(array.growth_stats(), GrowableNd::<u32>::new([]).growth_stats());
        assert_eq!(array.as_bytes(), bytes);

        let mut grown = GrowableNd::<u32>::new([row_len]);
        for (number, row) in shifted[shift..].chunks_exact(4 * row_len).enumerate() {
            match number % 3 {
                0 => grown.extend_from_bytes(row).unwrap(),
                1 => grown.push_cast_row(row).unwrap(),
                _ => grown.push_zeroed_row().unwrap().copy_from_slice(array.row(number)),
            }
        }
        assert_eq!(grown, array);
        grown.as_mut_bytes().fill(0xFF);
        assert!(grown.as_slice().iter().all(|&element| element == u32::MAX));
    }
    check(property as fn((usize, Vec<u32>, usize)));
}

#[test]
fn bytes_that_are_no_whole_rows_are_refused() {
    let mut array = GrowableNd::<u16>::new([3]);
    for found in [1, 2, 5, 7, 11, 13] {
        let says = format!("{found} bytes are not a whole number of rows of 6");
        assert_error!(array.extend_from_bytes(&vec![0; found]), Error::PartialRowBytes { .. }, says);
        let refused = GrowableNd::<u16>::from_bytes([3], &vec![0; found]);
        assert_error!(refused, Error::PartialRowBytes { row_bytes: 6, .. }, says);
    }
    assert_error!(
        array.push_cast_row(&[0_u64]),
        Error::Row { row: 0, error: RowError::Bytes { expected: 6, found: 8, .. }, .. },
        "row 0: expected 6 bytes, found 8"
    );
    assert!(array.is_empty());

    // A row with more bytes than the data.
    let mut array = GrowableNd::<u64>::new([usize::MAX / 8]);
    assert!(array.extend_from_bytes(&[0; 8]).is_err());
    assert!(array.push_cast_row(&[0_u64]).is_err());
    assert!(array.push_zeroed_row().is_err());
    assert!(array.extend_from_bytes(&[]).is_ok());
    assert!(array.is_empty());

    // A row whose bytes exceed `usize`.
    let mut array = GrowableNd::<u64>::new([usize::MAX / 8 + 1]);
    assert_error!(
        array.push_cast_row::<u8>(&[]),
        Error::Row { row: 0, error: RowError::Bytes { expected: usize::MAX, found: 0, .. }, .. },
        format!("row 0: expected {} bytes, found 0", usize::MAX)
    );
    assert!(array.extend_from_bytes(&[0; 8]).is_err());
}

#[test]
fn rows_are_seen_as_other_elements_where_these_fit() {
    let mut array = GrowableNd::<u8>::from_bytes([12], &[7; 24]).unwrap();
    assert_eq!(array.cast_row::<[u8; 3]>(1).unwrap(), [[7; 3]; 4]);
    assert_error!(
        array.cast_row::<[u8; 5]>(1),
        Error::CastSize { row_bytes: 12, element_bytes: 5, .. },
        "a row of 12 bytes is not a whole number of elements of 5 bytes"
    );
    let says = "index 2 is out of bounds for axis 0 of length 2";
    assert_error!(array.cast_row::<[u8; 3]>(2), Error::Access(AccessError::Index { .. }), says);
    assert_error!(array.cast_row_mut::<[u8; 3]>(2), Error::Access(AccessError::Index { .. }), says);
    array.cast_row_mut::<[u8; 4]>(0).unwrap()[2] = [1, 2, 3, 4];
    assert_eq!(array.row(0), [7, 7, 7, 7, 7, 7, 7, 7, 1, 2, 3, 4]);

    // At least one of the rows of five bytes has an odd address.
    let mut array = GrowableNd::<u8>::from_bytes([6], &[7; 18]).unwrap();
    array.push_row([1; 6]).unwrap();
    let mut odd = GrowableNd::<u8>::from_bytes([5], &[7; 20]).unwrap();
    assert_error!(
        odd.cast_row_mut::<u16>(0),
        Error::CastSize { row_bytes: 5, element_bytes: 2, .. },
        "a row of 5 bytes is not a whole number of elements of 2 bytes"
    );
    let unaligned = (0..4).filter_map(|row| array.cast_row::<u32>(row).err()).count();
    assert_eq!(unaligned, 4, "6 bytes are not a multiple of 4");
    let mut rows = GrowableNd::<[u8; 2]>::from_bytes([2], &[7; 28]).unwrap();
    for row in 0..7 {
        let is_aligned = rows.row(row).as_ptr().cast::<u32>().is_aligned();
        let results =
            [rows.cast_row::<u32>(row).map(<[u32]>::len), rows.cast_row_mut::<u32>(row).map(|row| row.len())];
        for result in results {
            match result {
                Ok(len) => assert!(is_aligned && len == 1, "row {row}: {len}"),
                Err(Error::CastAlignment { expected: 4, .. }) => assert!(!is_aligned, "row {row}"),
                Err(error) => panic!("{error}"),
            }
        }
    }
    // The alignment of the elements is enough.
    let mut wide = GrowableNd::<u64>::from_bytes([2], &[7; 48]).unwrap();
    for row in 0..3 {
        assert_eq!(wide.cast_row::<u32>(row).unwrap(), [0x0707_0707; 4]);
        assert_eq!(wide.cast_row_mut::<u16>(row).unwrap(), [0x0707; 8]);
    }
}

#[test]
fn an_array_that_does_not_stand_where_other_elements_can_says_so() {
    // One of two adjacent rows of two bytes has an address that is not a multiple of four.
    let array = GrowableNd::<[u8; 2]>::from_bytes([], &[7; 8]).unwrap();
    let wide: GrowableNd<u8> = GrowableNd::from_bytes([2, 2], array.as_bytes()).unwrap();
    let by_row = |row| wide.cast_row::<u32>(row).map(<[u32]>::len);
    let is_aligned = wide.as_slice().as_ptr().cast::<u32>().is_aligned();
    for row in 0..2 {
        match by_row(row) {
            Ok(len) => assert!(is_aligned && len == 1),
            Err(error) => assert!(!is_aligned && matches!(error, Error::CastAlignment { expected: 4, .. })),
        }
    }
    let eight = GrowableNd::<[u8; 8]>::from_bytes([], &[7; 64]).unwrap();
    let misplaced = GrowableNd::<[u8; 12]>::from_bytes([2], &[7; 24 * 3]).unwrap();
    assert!(eight.cast_row::<u8>(7).is_ok());
    let results: Vec<_> = (0..3).map(|row| misplaced.cast_row::<u64>(row).map(<[u64]>::len)).collect();
    // The alignment is four on some machines of 32 bits.
    assert!(results.iter().all(|result| match result {
        Ok(len) => *len == 3,
        Err(Error::CastAlignment { expected, .. }) => *expected == align_of::<u64>(),
        Err(_) => false,
    }));
}

#[test]
fn elements_and_rows_without_bytes_are_counted() {
    let mut array = GrowableNd::<()>::new([3]);
    array.push_cast_row::<u8>(&[]).unwrap();
    array.push_zeroed_row().unwrap();
    array.extend_from_bytes(&[]).unwrap();
    assert_eq!((array.rows(), array.as_slice().len(), array.as_bytes().len()), (2, 6, 0));
    assert_eq!(array.push_cast_row(&[1_u8]).unwrap_err().to_string(), "row 2: expected 0 bytes, found 1");
    assert!(array.extend_from_bytes(&[1]).is_err());

    let mut array = GrowableNd::<u32>::new([2, 0]);
    array.push_cast_row::<u8>(&[]).unwrap();
    assert!(array.push_zeroed_row().unwrap().is_empty());
    assert_eq!(array.shape(), [2, 2, 0]);
    assert!(array.cast_row::<u64>(1).unwrap().is_empty());
    assert!(array.cast_row_mut::<u64>(1).unwrap().is_empty());
}
