#[path = "interleaved/mod.rs"]
mod interleaved;
use growable_nd::*;
use interleaved::*;

#[inline(always)]
fn ring<const M: usize>(rows: &[[f64; M]], n: usize, mut f: impl FnMut(&[f64; M])) {
    let mut at = 0;
    for _ in 0..n {
        f(&rows[at]);
        at += 1;
        if at == rows.len() {
            at = 0
        }
    }
}
#[inline(always)]
fn flat(rows: &[f64], m: usize, n: usize, mut f: impl FnMut(&[f64])) {
    let mut at = 0;
    for _ in 0..n {
        f(&rows[at..at + m]);
        at += m;
        if at == rows.len() {
            at = 0
        }
    }
}
fn group<const M: usize>() {
    let source: Vec<[f64; M]> = (0..(2048 / M).max(1)).map(|i| [i as f64; M]).collect();
    let source = &source[..];
    let flatsource = source.as_flattened();
    let m = std::hint::black_box(M);
    let rows = (1 << 20) / 8 / M;
    let c = vec![
        Contender::new("vec", || {
            let mut v = Vec::new();
            flat(flatsource, m, rows, |r| v.extend_from_slice(r));
            v
        }),
        Contender::new("nd 2", || {
            let mut v = GrowableNd::new([m]);
            flat(flatsource, m, rows, |r| v.push_row(r).unwrap());
            v
        }),
        Contender::new("nd 3/2", || {
            let mut v = GrowableNd::with_growth([m], Growth::THREE_HALVES);
            flat(flatsource, m, rows, |r| v.push_row(r).unwrap());
            v
        }),
        Contender::new("vec const", || {
            let mut v = Vec::new();
            ring(source, rows, |r| v.extend_from_slice(r));
            v
        }),
        Contender::new("vec const val", || {
            let mut v = Vec::new();
            ring(source, rows, |r| v.extend(*r));
            v
        }),
        Contender::new("nd constref", || {
            let mut v = GrowableNd::new([M]);
            ring(source, rows, |r| v.push_row(r).unwrap());
            v
        }),
        Contender::new("nd const", || {
            let mut v = GrowableNd::<f64>::new([M]);
            ring(source, rows, |r| v.push_row(*r).unwrap());
            v
        }),
        Contender::new("nd extend_rows", || {
            let mut v = GrowableNd::<f64>::new([m]);
            v.extend_rows(flatsource.chunks_exact(m).cycle().take(rows)).unwrap();
            v
        }),
        Contender::new("vec extend_rows", || {
            let mut v = Vec::<f64>::new();
            flatsource.chunks_exact(m).cycle().take(rows).for_each(|r| v.extend_from_slice(r));
            v
        }),
    ];
    let s = measure(c, 300);
    print_table(&format!("m={M}"), rows as u64, "row", &s);
}
fn main() {
    group::<1>();
    group::<3>();
    group::<4>();
    group::<16>();
    group::<100>();
    group::<4096>();
}
