//! The operations, each performed on the array and on the model.

use crate::elements::{CALLS_LEFT, Element, numbers, observed, user_code};
use crate::policies::policy;
use crate::{Leaves, Program};
use growable_nd::{Axis, Elements, Error, GrowableNd, RowBuffer};
use growable_nd_fuzz::input::Input;
use growable_nd_fuzz::{memory, panics};

impl<T: Element> Program<T> {
    /// Takes an operation with its arguments from the input.
    pub fn step(&mut self, input: &mut Input<'_>) {
        use Leaves::{Before, Beginning, WholeRows};
        let (count, row_len) = (self.rows.len(), self.row_len());
        match input.below(36) {
            0..3 => {
                // One row in four has another length.
                let len = row_len + input.pick(&[0, 0, 0, 1]);
                let row = self.new_row(len);
                let model = numbers(&row);
                let how = input.below(4);
                let real = |array: &mut GrowableNd<T>| match how {
                    0 => array.push_row(&row),
                    1 => array.push_row(row),
                    2 => array.push_row_from(observed(row)),
                    _ => array.push_row(Elements(observed(row))),
                };
                self.attempt(input, (Before, len == row_len), real, |rows| rows.push(model));
            }
            3 => {
                let row = self.new_row(row_len);
                let model = numbers(&row);
                let mut elements = observed(row);
                let mut element = || elements.next().expect("one for each index");
                let real = |array: &mut GrowableNd<T>| match array.inner_shape().len() {
                    0 => array.push_row_with(|[]| element()),
                    1 => array.push_row_with(|[_]| element()),
                    2 => array.push_row_with(|[_, _]| element()),
                    _ => array.push_row_with(|[_, _, _]| element()),
                };
                self.attempt(input, (Before, true), real, |rows| rows.push(model));
                // Drops the elements that were not requested.
                drop(elements);
            }
            4 => {
                let real = |array: &mut GrowableNd<T>| {
                    array.push_row_from_earlier(|earlier, row| {
                        user_code();
                        if let Some(last) = earlier.get_back(1) {
                            row.clone_from_slice(last);
                        }
                    })
                };
                let model = |rows: &mut Vec<Vec<u64>>| {
                    rows.push(rows.last().cloned().unwrap_or(vec![T::default().number(); row_len]));
                };
                self.attempt(input, (Before, true), real, model);
            }
            5 => {
                let (at, row) = (input.below(count + 2), self.new_row(row_len));
                let model = numbers(&row);
                let insert = |rows: &mut Vec<Vec<u64>>| rows.insert(at.min(count), model);
                self.attempt(input, (Before, at <= count), |array| array.insert_row(at, &row), insert);
            }
            6 => {
                let (at, many) = (input.below(count + 2), input.below(8));
                let mut new = self.new_rows(many);
                let is_right = self.damage(input, &mut new);
                let model: Vec<_> = new.iter().map(|row| numbers(row)).collect();
                let insert =
                    |rows: &mut Vec<Vec<u64>>| drop(rows.splice(at.min(count)..at.min(count), model));
                let real = |array: &mut GrowableNd<T>| array.insert_rows(at, &new);
                self.attempt(input, (Before, at <= count && is_right), real, insert);
            }
            7 => {
                let many = input.below(8);
                let mut new = self.new_rows(many);
                let is_right = self.damage(input, &mut new);
                let model: Vec<_> = new.iter().map(|row| numbers(row)).collect();
                let real = |array: &mut GrowableNd<T>| array.extend_rows(&new);
                self.attempt(input, (Beginning, is_right), real, |rows| rows.extend(model));
            }
            8 => {
                let (many, more) = (input.below(8), input.pick(&[0, 0, 1]));
                let elements = self.new_row(many * row_len + more);
                let is_whole = elements.len().checked_rem(row_len).unwrap_or(elements.len()) == 0;
                let model: Vec<_> = elements.chunks(row_len.max(1)).map(numbers).collect();
                let real = |array: &mut GrowableNd<T>| array.extend_from_slice(&elements);
                self.attempt(input, (Before, is_whole), real, |rows| rows.extend(model));
            }
            9 => {
                let range = input.range(count + 1);
                let inside = range.end <= count;
                let model = range.start.min(count)..range.end.min(count);
                let real = |array: &mut GrowableNd<T>| array.try_extend_from_within(range);
                self.attempt(input, (Before, inside), real, |rows| rows.extend_from_within(model));
            }
            10 => {
                let many = input.below(8);
                let new = self.new_rows(many);
                let model: Vec<_> = new.iter().map(|row| numbers(row)).collect();
                let mut other = GrowableNd::from_rows(&self.inner, new).unwrap();
                self.attempt(
                    input,
                    (Before, true),
                    |array| array.append(&mut other),
                    |rows| rows.extend(model),
                );
            }
            11 => {
                let chunks = [0, 1].map(|_| input.below(2 * row_len + 2));
                self.buffered(chunks);
            }
            12 => {
                let row = self.array.pop_row();
                assert_eq!(row.as_deref().map(numbers), self.rows.pop());
            }
            13 | 14 => {
                let at = input.below(count + 1);
                let swaps = input.below(2) == 0;
                let removed = match swaps {
                    true => self.array.try_swap_remove_row(at),
                    false => self.array.try_remove_row(at),
                };
                assert_eq!(removed.is_ok(), at < count);
                if let Ok(row) = removed {
                    let model = if swaps { self.rows.swap_remove(at) } else { self.rows.remove(at) };
                    assert_eq!(numbers(&row), model);
                }
            }
            15 => {
                let range = input.range(count + 1);
                match self.array.try_drain_rows(range.clone()) {
                    Ok(mut drained) => {
                        let mut model = self.rows.drain(range);
                        for _ in 0..input.below(model.len() + 1) {
                            let (row, expected) = match input.below(2) {
                                0 => (drained.next(), model.next()),
                                _ => (drained.next_back(), model.next_back()),
                            };
                            assert_eq!(row.as_deref().map(numbers), expected);
                            assert_eq!(drained.len(), model.len());
                        }
                    }
                    Err(_) => assert!(range.end > count),
                }
            }
            16 => {
                let modulus = input.below(5) + 1;
                let keeps = |index: &mut usize| {
                    *index += 1;
                    index.is_multiple_of(modulus)
                };
                let (mut ours, mut theirs) = (0, 0);
                let real = |array: &mut GrowableNd<T>| {
                    array.retain_rows(|_| {
                        user_code();
                        keeps(&mut ours)
                    });
                    Ok(())
                };
                self.attempt(input, (WholeRows, true), real, |rows| rows.retain(|_| keeps(&mut theirs)));
            }
            17 => {
                let bits = input.below(4) as u64;
                let real = |array: &mut GrowableNd<T>| {
                    array.dedup_rows_by(|row, before| {
                        user_code();
                        row.first().map(|x| x.number() & bits) == before.first().map(|x| x.number() & bits)
                    });
                    Ok(())
                };
                let key = |row: &Vec<u64>| row.first().map(|x| x & bits);
                self.attempt(input, (WholeRows, true), real, |rows| {
                    rows.dedup_by(|row, before| key(row) == key(before))
                });
            }
            18 => {
                let to = input.below(count + 2);
                let real = |array: &mut GrowableNd<T>| {
                    array.truncate(to);
                    Ok(())
                };
                self.attempt(input, (Before, true), real, |rows| rows.truncate(to));
            }
            19 => {
                let at = input.below(count + 2);
                match self.array.try_split_off(at) {
                    Ok(rest) => {
                        let model = self.rows.split_off(at);
                        assert!(rest.as_slice().iter().map(T::number).eq(model.into_iter().flatten()));
                        assert_eq!(
                            (rest.growth(), rest.inner_shape()),
                            (self.array.growth(), &self.inner[..])
                        );
                    }
                    Err(_) => assert!(at > count),
                }
            }
            20 => {
                let (to, value) = (input.below(20), self.new_row(1).remove(0));
                let model = vec![value.number(); row_len];
                let real = |array: &mut GrowableNd<T>| Ok(array.try_resize(to, value)?);
                self.attempt(input, (Before, true), real, |rows| rows.resize(to, model));
            }
            21 => {
                let to = input.below(20);
                let new = self.new_rows(to.saturating_sub(count));
                let model: Vec<_> = new.iter().map(|row| numbers(row)).collect();
                let mut elements = observed(new.into_iter().flatten());
                let real = |array: &mut GrowableNd<T>| {
                    array.try_resize_with(to, || Ok::<T, Error>(elements.next().expect("enough")))
                };
                self.attempt(input, (WholeRows, true), real, |rows| {
                    rows.truncate(to);
                    rows.extend(model);
                });
                drop(elements);
            }
            22 => {
                let (a, b) = (input.below(count + 1), input.below(count + 1));
                assert_eq!(self.array.try_swap_rows(a, b).is_ok(), a < count && b < count);
                if a < count && b < count {
                    self.rows.swap(a, b);
                }
            }
            23 => {
                let real = |array: &mut GrowableNd<T>| {
                    array.clear();
                    Ok(())
                };
                self.attempt(input, (Before, true), real, Vec::clear);
            }
            24 => {
                let additional = input.below(40);
                let exact = input.below(2) == 0;
                let reserve = if exact { GrowableNd::try_reserve_exact } else { GrowableNd::try_reserve };
                if memory::refusing_above(256, || reserve(&mut self.array, additional)).is_ok() {
                    assert!(self.array.capacity() >= count + additional);
                }
                assert!(self.array.try_reserve(usize::MAX).is_err());
            }
            25 => {
                let to = input.below(40);
                let before = self.array.capacity();
                if input.below(2) == 0 {
                    self.array.shrink_to(to);
                    assert!(self.array.capacity() <= before);
                } else {
                    self.array.shrink_to_fit();
                }
            }
            26 => self.array.set_growth(policy(input)),
            27 => {
                let copy =
                    memory::refusing_above(256 << input.below(8), || panics::caught(|| self.array.clone()));
                match copy {
                    Ok(copy) => self.array = copy,
                    Err(message) => assert!(message.starts_with("allocation of "), "{message}"),
                }
            }
            28 => {
                let many = input.below(20);
                let new = self.new_rows(many);
                let other = GrowableNd::from_rows(&self.inner, new).unwrap();
                let model: Vec<_> = other.iter_rows().map(numbers).collect();
                let growth = self.array.growth();
                CALLS_LEFT.set((input.below(4) == 0).then(|| input.below(20)));
                let done = panics::caught(|| self.array.clone_from(&other));
                CALLS_LEFT.set(None);
                match done {
                    Ok(()) => self.rows = model,
                    Err(message) => {
                        assert_eq!(message, "told to panic");
                        // Elements of the current block may have been overwritten.
                        if self.array.rows() == 0 {
                            self.rows.clear();
                        }
                    }
                }
                self.array.set_growth(growth);
            }
            29 => {
                let (growth, inner) = (self.array.growth(), self.inner.clone());
                let array = std::mem::replace(&mut self.array, GrowableNd::new([]));
                self.array = GrowableNd::from_vec(&inner, array.into_vec()).unwrap();
                self.array.set_growth(growth);
                if row_len == 0 {
                    self.rows.clear();
                }
            }
            30 => {
                let bits = input.below(8) as u64;
                self.array.try_sort_rows_by_key(|row| row.first().map(|x| x.number() & bits)).unwrap();
                self.rows.sort_by_key(|row| row.first().map(|x| x & bits));
            }
            31 => {
                let by = input.below(count + 2);
                let rotated = match input.below(2) {
                    0 => self.array.try_rotate_rows_left(by).map(|()| self.rows.rotate_left(by)),
                    _ => self.array.try_rotate_rows_right(by).map(|()| self.rows.rotate_right(by)),
                };
                assert_eq!(rotated.is_ok(), by <= count);
            }
            32 => {
                self.array.reverse_rows();
                self.rows.reverse();
            }
            33 => {
                let indices: Vec<usize> = (0..input.below(8)).map(|_| input.below(count + 1)).collect();
                match self.array.try_select_rows(&indices) {
                    Ok(selected) => {
                        let model = indices.iter().flat_map(|&index| &self.rows[index]).copied();
                        assert!(selected.as_slice().iter().map(T::number).eq(model));
                        assert_eq!(selected.rows(), indices.len());
                    }
                    Err(_) => assert!(indices.contains(&count)),
                }
            }
            34 => {
                let other = GrowableNd::concat(Axis(0), [&self.array, &self.array]).unwrap();
                let model = [&self.rows[..], &self.rows].concat();
                assert!(other.as_slice().iter().map(T::number).eq(model.into_iter().flatten()));
            }
            _ => {
                let at = input.below(count + 1);
                assert_eq!(self.array.get_row_mut(at).is_some(), at < count);
                if let Some(row) = self.array.get_row_mut(at) {
                    row.reverse();
                    self.rows[at].reverse();
                }
            }
        }
    }

    /// Makes one of the rows longer in one of four inputs. Returns whether all rows fit.
    fn damage(&mut self, input: &mut Input<'_>, rows: &mut [Vec<T>]) -> bool {
        let at = input.below(4 * rows.len());
        match rows.get_mut(at) {
            Some(row) => {
                row.extend(self.new_row(1));
                false
            }
            None => true,
        }
    }

    /// Appends chunks that need not be whole rows.
    fn buffered(&mut self, chunks: [usize; 2]) {
        let array = std::mem::replace(&mut self.array, GrowableNd::new([]));
        let mut buffer = RowBuffer::new(array);
        let mut all = vec![];
        for len in chunks {
            let chunk = self.new_row(len);
            match buffer.extend_from_slice(&chunk) {
                Ok(_) => all.extend(numbers(&chunk)),
                Err(_) => assert!(self.row_len() == 0 && len > 0),
            }
        }
        let whole = all.chunks_exact(self.row_len().max(1));
        assert_eq!(numbers(buffer.pending()), whole.remainder());
        self.rows.extend(whole.map(<[u64]>::to_vec));
        self.array = buffer.into_parts().0;
    }
}
