use crate::support::{Tracked, panics, with_panicking_clone, with_panicking_drop};
use growable_nd::{Axis, GrowableNd, Row, RowShape, RowWriter};

const ROW_LEN: usize = 3;

fn rows_of(values: impl IntoIterator<Item = u32>) -> Vec<Tracked> {
    values.into_iter().map(Tracked::new).collect()
}

/// Four rows of three, numbered from 0, without free slots.
fn array() -> GrowableNd<Tracked> {
    let mut array = GrowableNd::from_vec([ROW_LEN], rows_of(0..12)).unwrap();
    array.shrink_to_fit();
    array
}

fn values(array: &GrowableNd<Tracked>) -> Vec<u32> {
    array.as_slice().iter().map(|element| element.value).collect()
}

/// Asserts that the array has whole rows, can be pushed to, and drops every element once.
#[track_caller]
fn assert_whole(mut array: GrowableNd<Tracked>, live_before: isize) {
    assert_eq!(array.as_slice().len(), array.rows() * ROW_LEN);
    array.push_row(rows_of(100..103)).unwrap();
    assert_eq!(array.row(array.rows() - 1)[2].value, 102);
    drop(array);
    assert_eq!(Tracked::live(), live_before);
}

/// Runs `work` on a fresh array with a panic at clone 0, 1, 2, … until it succeeds.
#[track_caller]
fn at_every_clone(work: impl Fn(&mut GrowableNd<Tracked>), after: impl Fn(&GrowableNd<Tracked>)) {
    for clones in 0.. {
        let live = Tracked::live();
        let mut array = array();
        let panicked = with_panicking_clone(clones, || work(&mut array));
        if panicked {
            after(&array);
        }
        assert_whole(array, live);
        if !panicked {
            assert!(clones > 0, "nothing was cloned");
            return;
        }
    }
}

#[test]
fn clones_that_panic_leave_the_rows_that_were_there() {
    let twelve: Vec<u32> = (0..12).collect();
    let unchanged = |array: &GrowableNd<Tracked>| assert_eq!(values(array), twelve);
    at_every_clone(|array| array.push_row(&rows_of(20..23)).unwrap(), unchanged);
    at_every_clone(|array| array.insert_row(1, &rows_of(20..23)).unwrap(), unchanged);
    at_every_clone(|array| array.extend_from_slice(&rows_of(20..29)).unwrap(), unchanged);
    at_every_clone(|array| array.extend_from_within(1..3), unchanged);
    at_every_clone(|array| array.resize(7, Tracked::new(20)), unchanged);
    at_every_clone(|array| array.push_row_from_earlier(|_, _| ()).unwrap(), unchanged);
    at_every_clone(|array| drop(array.clone()), unchanged);
    at_every_clone(
        |array| array.push_row(&GrowableNd::from_vec([], rows_of(20..23)).unwrap()).unwrap(),
        unchanged,
    );
}

#[test]
fn a_default_that_panics_leaves_an_empty_array() {
    for defaults in 0..=ROW_LEN {
        let live = Tracked::live();
        let mut array = GrowableNd::new([ROW_LEN]);
        let panicked = with_panicking_clone(defaults, || array.push_row_from_earlier(|_, _| ()).unwrap());
        assert_eq!((panicked, array.rows()), (defaults < ROW_LEN, usize::from(defaults == ROW_LEN)));
        assert_whole(array, live);
    }
}

#[test]
fn clones_of_a_view_that_panic_leave_the_array_whole() {
    let twelve: Vec<u32> = (0..12).collect();
    let unchanged = |array: &GrowableNd<Tracked>| assert_eq!(values(array), twelve);
    let other = || GrowableNd::from_vec([4], rows_of(20..32)).unwrap();
    at_every_clone(|array| array.push_row(other().view::<2>().index_axis(Axis(1), 1)).unwrap(), unchanged);
    at_every_clone(|array| drop(array.view::<2>().t().to_owned_array()), unchanged);
    at_every_clone(|array| drop(GrowableNd::stack(array.view::<2>().iter_rows()).unwrap()), unchanged);
    // In place, some elements are replaced and others are not, but none is missing.
    let any = |array: &GrowableNd<Tracked>| assert!(values(array).iter().all(|value| *value < 32));
    at_every_clone(|array| array.view_mut::<2>().fill(Tracked::new(20)), any);
    at_every_clone(|array| array.view_mut::<2>().t().assign(&other()).unwrap(), any);
    at_every_clone(|array| array.view_mut::<2>().map_in_place(Tracked::clone), any);
}

#[test]
fn many_rows_are_kept_up_to_the_one_that_panics() {
    at_every_clone(
        |array| array.extend_rows([rows_of(20..23), rows_of(23..26), rows_of(26..29)].iter()).unwrap(),
        |array| {
            let values = values(array);
            assert_eq!(values[..12], (0..12).collect::<Vec<_>>());
            assert_eq!(values[12..], (20..20 + (values.len() as u32 - 12)).collect::<Vec<_>>());
        },
    );
}

#[test]
fn clone_from_leaves_the_rows_if_it_needs_a_new_block_and_none_if_it_does_not() {
    let five = || GrowableNd::from_vec([ROW_LEN], rows_of(20..35)).unwrap();
    at_every_clone(
        |array| array.clone_from(&five()),
        |array| assert_eq!(values(array), (0..12).collect::<Vec<_>>()),
    );
    at_every_clone(
        |array| {
            array.reserve(5);
            array.clone_from(&five());
        },
        |array| assert_eq!((array.rows(), array.capacity()), (0, 0)),
    );
}

/// Panics instead of element `at`.
fn until(at: usize) -> impl FnMut() -> Tracked {
    let mut count = 0;
    move || {
        assert!(count < at, "told to");
        count += 1;
        Tracked::new(20)
    }
}

struct Written(usize);

impl Row<Tracked> for Written {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Flat(ROW_LEN)
    }

    fn write_row(self, out: &mut RowWriter<'_, Tracked>) {
        let mut element = until(self.0);
        (0..ROW_LEN).for_each(|_| out.push(element()));
    }
}

#[test]
fn closures_and_rows_that_panic_leave_the_rows_that_were_there() {
    for at in 0..ROW_LEN {
        let live = Tracked::live();
        let mut array = array();
        assert!(panics(|| {
            let mut element = until(at);
            array.push_row_with(|[_]| element()).unwrap();
        }));
        assert!(panics(|| array.push_row(Written(at)).unwrap()));
        assert!(panics(|| array.insert_row(0, Written(at)).unwrap()));
        assert!(panics(|| array.resize_with(5, until(at))));
        assert!(panics(|| array.resize_with(9, until(at + 2 * ROW_LEN))));
        assert_eq!(values(&array), (0..12).collect::<Vec<_>>());
        assert_whole(array, live);
    }
}

#[test]
fn elements_that_fail_leave_the_rows_that_were_there() {
    for at in 0..2 * ROW_LEN {
        let live = Tracked::live();
        let mut array = array();
        let mut made = 0;
        let result = array.try_resize_with::<Box<dyn std::error::Error>>(6, || {
            made += 1;
            if made > at { Err("told to".into()) } else { Ok(Tracked::new(20)) }
        });
        assert_eq!(result.unwrap_err().to_string(), "told to");
        assert_eq!(values(&array), (0..12).collect::<Vec<_>>());
        assert_whole(array, live);
    }
}

#[test]
fn iterators_that_panic_leave_the_rows_before() {
    for at in 0..5 {
        let live = Tracked::live();
        let mut array = array();
        let source = (0..5).map(|i| {
            assert!(i < at, "told to");
            rows_of(20..23)
        });
        assert!(panics(|| array.extend_rows(source).unwrap()));
        assert_eq!(array.rows(), 4 + at);
        assert_whole(array, live);
    }
}

#[test]
fn a_predicate_that_panics_has_removed_what_it_refused() {
    for at in 0..4 {
        for pattern in 0..16_u32 {
            let live = Tracked::live();
            let mut array = array();
            let keeps = |row: usize| pattern >> row & 1 == 1;
            let mut row = 0;
            assert!(panics(|| array.retain_rows(|_| {
                assert!(row < at, "told to");
                row += 1;
                keeps(row - 1)
            })));
            let expected: Vec<u32> = (0..4)
                .filter(|&row| row >= at || keeps(row))
                .flat_map(|row| (0..3).map(move |column| row as u32 * 3 + column))
                .collect();
            assert_eq!(values(&array), expected);
            assert_whole(array, live);
        }
    }
}

/// Runs `work` on a fresh array with a panic in drop 0, 1, 2, … until it succeeds.
#[track_caller]
fn at_every_drop(rows_after: usize, work: impl Fn(&mut GrowableNd<Tracked>)) {
    for drops in 0.. {
        let live = Tracked::live();
        let mut array = array();
        let panicked = with_panicking_drop(drops, || work(&mut array));
        assert_eq!(array.rows(), rows_after);
        assert_whole(array, live);
        if !panicked {
            assert!(drops > 0, "nothing was dropped");
            return;
        }
    }
}

#[test]
fn drops_that_panic_leave_a_whole_array() {
    at_every_drop(0, GrowableNd::clear);
    at_every_drop(1, |array| array.truncate(1));
    at_every_drop(2, |array| array.resize(2, Tracked::new(0)));
    at_every_drop(2, |array| drop(array.drain_rows(1..3)));
    at_every_drop(2, |array| {
        let mut rows = array.drain_rows(1..3);
        rows.next();
    });
    at_every_drop(1, |array| array.retain_rows(|row| row[0].value == 3));
    at_every_drop(3, |array| drop(array.pop_row()));
    at_every_drop(3, |array| drop(array.remove_row(1)));
    at_every_drop(3, |array| drop(array.split_off(3)));
}

#[test]
fn a_drop_that_panics_in_a_skipped_row_leaves_the_others_whole() {
    for drops in 0..6 {
        let mut array = array();
        let mut drained = array.drain_rows(..);
        assert!(with_panicking_drop(drops, || drop(drained.nth(2))));
        let first = drained.next().unwrap()[0].value;
        assert_eq!(first % 3, 0, "a row begins within another");
        drop(drained);
        assert_eq!(array.rows(), 0);
    }
}

#[test]
fn a_leaked_drain_leaves_the_rows_before_it() {
    for taken in 0..=2 {
        let mut array = array();
        let mut drained = array.drain_rows(1..3);
        (0..taken).for_each(|_| drop(drained.next()));
        std::mem::forget(drained);
        assert_eq!(values(&array), [0, 1, 2]);
        assert_eq!(array.rows(), 1);
        array.push_row(rows_of(20..23)).unwrap();
        assert_eq!(values(&array), [0, 1, 2, 20, 21, 22]);
    }
}

#[test]
fn a_custom_rule_that_panics_changes_nothing() {
    let live = Tracked::live();
    let mut array = array();
    array.set_growth(growable_nd::Growth::custom("panics", |_| panic!("told to")));
    assert!(panics(|| array.push_row(rows_of(20..23)).unwrap()));
    assert!(panics(|| array.reserve(1)));
    assert_eq!(values(&array), (0..12).collect::<Vec<_>>());
    array.set_growth(growable_nd::Growth::DOUBLE);
    assert_whole(array, live);
}
