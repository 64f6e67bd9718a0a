use crate::support::{Run, example, files, folder, python, run};
use growable_nd::GrowableNd;
use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

const NAMES: [&str; 4] = ["000000.npy", "000001.npy", "000002.npy", "000003.npy"];

fn load(path: &Path) -> GrowableNd<f64> {
    GrowableNd::read_npy(File::open(path).unwrap()).unwrap()
}

fn rows(path: &Path) -> GrowableNd<f64> {
    let walk = load(path);
    assert_eq!(walk.row(0), [0.0, 0.0]);
    assert!(walk.iter_rows().all(|place| place[0].hypot(place[1]) < 300.0));
    assert!(walk.last_row().is_some_and(|place| place[0].hypot(place[1]) > 298.0));
    walk
}

/// Worker processes that run at once, one of them twice, after a run that was killed.
#[test]
fn dask_opens_the_shards_of_processes_as_one_array() {
    let folder = folder("processes");
    let worker = |number: u64| {
        let mut command = example("shards", ["walks".to_owned(), number.to_string()]);
        command.current_dir(&folder);
        command
    };
    #[cfg(unix)]
    {
        // The system kills it when its file has some rows.
        let mut killed = crate::support::limited(&worker(2), 201, false);
        let killed = run(killed.current_dir(&folder), &[]);
        assert_eq!((killed.code, &*killed.out), (None, ""), "{}", killed.errors);
        assert_eq!(files(&folder.join("walks")).into_keys().collect::<Vec<_>>(), ["000002.0.part"]);
    }
    let workers = [0, 1, 2, 2, 3].map(|number| worker(number).stdout(Stdio::null()).spawn().unwrap());
    for mut worker in workers {
        assert!(worker.wait().unwrap().success());
    }
    let walks = folder.join("walks");
    let all = GrowableNd::concat(growable_nd::Axis(0), NAMES.map(|name| rows(&walks.join(name)))).unwrap();

    #[cfg(unix)]
    {
        // The rows of the killed worker are the first rows of its walk; none is lost.
        let path = walks.join("000002.0.part");
        let file = File::options().read(true).write(true).open(&path).unwrap();
        let (appender, found) = growable_nd::NpyAppender::<f64, _>::recover(file).unwrap();
        appender.finish().unwrap();
        assert_eq!(found.rows, (201 * 512 - 128) / 16);
        assert_eq!(load(&path).as_slice(), &rows(&walks.join(NAMES[2])).as_slice()[..2 * found.rows]);
        fs::remove_file(path).unwrap();
    }
    assert_eq!(files(&walks).into_keys().collect::<Vec<_>>(), NAMES);

    let distances: Vec<f64> = all.iter_rows().map(|place| place[0].hypot(place[1])).collect();
    let mean = GrowableNd::from(distances).mean().unwrap();
    let more = "\nprint(walks.sum().compute())\nnp.save(\"all.npy\", walks.compute())\n";
    if let Some(out) = python("dask.array", more, &folder) {
        let [shape, dask_mean, sum] = out.lines().collect::<Vec<_>>()[..] else { panic!("{out}") };
        assert_eq!(shape, format!("({}, 2)", all.rows()));
        assert_close(dask_mean, mean, mean);
        // The coordinates of a walk have both signs.
        assert_close(sum, all.sum(), all.as_slice().iter().map(|x| x.abs()).sum());
        assert!(load(&folder.join("all.npy")) == all);
    }
    if let Some(out) = python("polars", "", &folder) {
        let (rows, polars_mean) = out.trim().trim_matches(['(', ')']).split_once(", ").unwrap();
        assert_eq!(rows, all.rows().to_string());
        assert_close(polars_mean, mean, mean);
    }
}

/// The functions of the program, with shards of other numbers of axes, in one block and in several.
#[test]
fn dask_opens_shards_of_any_number_of_axes() {
    let folder = folder("axes");
    fs::create_dir(folder.join("walks")).unwrap();
    let pair = GrowableNd::from([[0.0, 0.0]]);
    pair.save_npy(folder.join("walks/000000.npy")).unwrap();
    let count = GrowableNd::from_fn([200_001], |[i]| i as f64);
    count.save_npy(folder.join("line.npy")).unwrap();
    GrowableNd::<f64>::ones([100_001, 2, 3]).save_npy(folder.join("box.npy")).unwrap();
    let more = "\nfor name in \"line.npy\", \"box.npy\":\n    array = shard(name)\n    \
                print(array.shape, array.numblocks, array.sum().compute())\n";
    if let Some(out) = python("dask.array", more, &folder) {
        let lines: Vec<_> = out.lines().skip(2).collect();
        let sums = ["(200001,) (3,) 20000100000.0", "(100001, 2, 3) (2, 1, 1) 600006.0"];
        assert_eq!(lines, sums);
    }
}

/// Equal except for the order of summation.
#[track_caller]
fn assert_close(found: &str, expected: f64, magnitude: f64) {
    let found: f64 = found.parse().unwrap();
    assert!((found - expected).abs() <= 1e-13 * magnitude, "{found} is not {expected}");
}

/// Each file that cannot be written is named, all others are written, and no other file is left.
#[cfg(unix)]
#[test]
fn a_full_disk_is_reported_file_by_file() {
    let folder = folder("full_disk");
    let whole = run(example("shards", ["walks"]).current_dir(&folder), &[]);
    assert_eq!((whole.code, &*whole.errors), (Some(0), ""));
    let walks = files(&folder.join("walks"));
    assert_eq!(walks.keys().collect::<Vec<_>>(), NAMES);

    // First the longest file is too long, then one more file each time.
    let mut lengths: Vec<usize> = walks.values().map(Vec::len).collect();
    lengths.sort();
    for (written, length) in lengths.iter().enumerate() {
        let units = u64::try_from(length / 512 - 1).unwrap();
        // In a new folder, and in a folder with complete files.
        for name in ["few", "walks"] {
            let mut command = crate::support::limited(&example("shards", [name]), units, true);
            let Run { code, out, errors } = run(command.current_dir(&folder), &[]);
            assert_eq!(code, Some(1));
            assert!(
                errors.ends_with(&format!("shards: {} of 4 files are not written\n", 4 - written)),
                "{errors}"
            );
            assert_eq!(errors.lines().count(), 5 - written);
            assert_eq!(out.lines().count(), written);
            let found = files(&folder.join(name));
            for file in NAMES {
                let is_there = found.get(file) == walks.get(file);
                assert!(is_there || !found.contains_key(file), "{file} is damaged");
                let too_long = walks[file].len() >= *length;
                let message = format!("shards: {name}/{file} is not written: ");
                assert_eq!(errors.contains(&message), too_long, "{errors}");
                assert_eq!(out.contains(&format!("{name}/{file}: shape [")), !too_long, "{out}");
                assert_eq!(is_there, name == "walks" || !too_long);
            }
            assert!(found.keys().all(|file| NAMES.contains(&&**file)), "{:?}", found.keys());
        }
        let _ = fs::remove_dir_all(folder.join("few"));
    }
}

#[test]
fn folders_without_permission_or_not_to_be_made_are_reported() {
    let folder = folder("no_folder");
    fs::write(folder.join("walks"), "a file").unwrap();
    let Run { code, out, errors } = run(example("shards", ["walks", "3"]).current_dir(&folder), &[]);
    assert_eq!((code, &*out), (Some(1), ""));
    assert!(errors.starts_with("shards: walks: "), "{errors}");

    let locked = folder.join("locked");
    fs::create_dir(&locked).unwrap();
    let writable = locked.metadata().unwrap().permissions();
    let mut permissions = writable.clone();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    // Some users may write to any folder.
    if File::create(locked.join("probe")).is_err() {
        let Run { code, out, errors } = run(example("shards", ["locked"]).current_dir(&folder), &[]);
        assert_eq!((code, &*out), (Some(1), ""));
        for file in NAMES {
            assert!(errors.contains(&format!("locked/{file} is not written: ")), "{errors}");
        }
    }
    fs::set_permissions(&locked, writable).unwrap();
}
