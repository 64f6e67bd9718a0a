//! The program from outside: runs, folders, and invalid command lines.

use growth_lab::run::{Build, Contender, Run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn lab(arguments: &[&str], out: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_growth-lab"));
    command.args(arguments);
    if !out.as_os_str().is_empty() {
        command.arg("--out").arg(out);
    }
    command.output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Returns the only run in a folder.
fn only_run(out: &Path) -> PathBuf {
    let mut runs = fs::read_dir(out).expect("a folder").map(|entry| entry.expect("an entry").path());
    let run = runs.next().expect("a run");
    assert!(runs.next().is_none(), "more than one run");
    run
}

#[test]
fn a_run_leaves_a_page_tables_and_all_samples() {
    let out = folder("a_run");
    let output = lab(&["3/2", "2", "2.0", "--rows", "100..1000", "--rounds", "3"], &out);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let run = Run::read(&only_run(&out)).expect("a run");
    // Different spellings of a policy are one policy: two policies, a twin and the preallocated
    // array, on three heaps, in three rounds of four lengths.
    assert_eq!(run.builds.len(), 3 * 4 * 3 * 4);
    assert!(
        run.builds.iter().all(|build| build.outcome.as_ref().is_ok_and(|sample| sample.rows == build.length))
    );
    // Five more builds with timed pushes, for all except the twin.
    assert_eq!(run.pushes.len(), 3 * 3 * 5);
    assert!(run.pushes.iter().all(|build| {
        build.outcome.as_ref().is_ok_and(|times| times.pushes() == build.length && times.worst_ns > 0)
    }));
    let page = fs::read_to_string(only_run(&out).join("report.html")).expect("a page");
    assert!(page.contains("Single pushes"));
    assert!(page.contains("growth-lab 3/2 2 2.0 --rows 100..1000 --rounds 3"));
    // The page loads nothing: the scripts are part of it, and the rest has no references.
    assert!(!page.contains("<script src") && !page.contains("<link"));
    assert!(page.split("<script").next().is_some_and(|tables| !tables.contains("http")));
    let table = fs::read_to_string(only_run(&out).join("builds.csv")).expect("a table");
    assert_eq!(table.lines().count(), 1 + run.builds.len());
    let columns = table.lines().next().map(|line| line.split(',').count());
    assert!(table.lines().all(|line| Some(line.split(',').count()) == columns));
}

/// One seed gives the same arrays, whatever is compared, and the command on the page repeats a run.
#[test]
fn lengths_depend_on_the_seed_alone() {
    let lengths = |rules: &[&str], heaps: &str| {
        let out = folder("seeds");
        let options = ["--rows", "100..10000", "--rounds", "3", "--seed", "5", "--heaps", heaps];
        assert!(lab(&[rules, &options].concat(), &out).status.success());
        let folder = only_run(&out);
        let page = fs::read_to_string(folder.join("report.html")).expect("a page");
        assert_eq!(page.contains("<code>growth-lab '2 from 4' 3/2 9/8 --rows"), rules.len() > 1);
        let run = Run::read(&folder).expect("a run");
        let mut lengths: Vec<_> =
            run.builds.iter().map(|build| (build.round, build.phase, build.length)).collect();
        lengths.sort_unstable();
        lengths.dedup();
        lengths
    };
    let alone = lengths(&["2"], "warm");
    assert_eq!(alone.len(), 3 * 4);
    assert_eq!(lengths(&["2 from 4", "3/2", "9/8"], "fresh,warm"), alone);
}

#[test]
fn runs_are_never_overwritten() {
    let out = folder("twice");
    for runs in 1..=3 {
        assert!(lab(&["2", "--rows", "50", "--rounds", "1", "--heaps", "warm"], &out).status.success());
        assert_eq!(fs::read_dir(&out).expect("a folder").count(), runs);
    }
}

#[test]
fn every_workload_and_many_arrays() {
    let out = folder("workloads");
    fs::create_dir_all(&out).expect("a folder");
    let trace = out.join("trace.txt");
    fs::write(&trace, "100 x push\n50 x pop\nextend 70\ntruncate 10\n").expect("a file");
    let trace = trace.display().to_string();
    for (number, work) in [
        &["--work", "batches:7"][..],
        &["--work", "push-pop"],
        &["--work", "walk:60"],
        &["--arrays", "50"],
        &["--trace", &trace],
        &["--row", "2x3", "--element", "u8"],
        &["--budget", "1.3x", "--price", "1"],
        &["--no-measure"],
    ]
    .into_iter()
    .enumerate()
    {
        let out = out.join(number.to_string());
        // A trace has its own lengths.
        let lengths: &[&str] = if work[0] == "--trace" { &[] } else { &["--rows", "50..200"] };
        let arguments = [&["2", "2 shrink to 2 at 1/4", "--rounds", "2"], lengths, work].concat();
        let output = lab(&arguments, &out);
        assert!(output.status.success(), "{work:?}: {}", text(&output.stderr));
        let run = Run::read(&only_run(&out)).expect("a run");
        assert!(run.builds.iter().all(|build| build.outcome.is_ok()), "{work:?}");
    }
}

#[test]
fn too_few_rounds_are_the_first_sentence_and_nothing_is_ranked() {
    let out = folder("too_few");
    let arguments = ["3/2", "2", "4", "--rows", "1e3..1e4", "--heaps", "warm,copying", "--rounds"];
    let output = lab(&[&arguments[..], &["5"]].concat(), &out);
    let printed = text(&output.stdout);
    let answer = printed.split("\n\n").nth(1).expect("a paragraph after the workload");
    // Six comparisons, with an error of 1 % together: 2 × 6 / 2¹¹ is less.
    let says = "5 rounds are too few to compare 3 policies on 2 heaps: use --rounds 11 or more. ";
    assert!(answer.starts_with(says), "{printed}");
    assert!(!printed.contains("slower than the fastest") && !printed.contains("worth 1 %"), "{printed}");
    let output = lab(&["3/2", "2", "--rows", "1e3..1e4", "--heaps", "warm", "--rounds", "1"], &folder("one"));
    let printed = text(&output.stdout);
    assert!(printed.contains("\n\n1 round is too few to compare 2 policies on 1 heap: "), "{printed}");
}

#[test]
fn one_policy_is_not_compared() {
    let output = lab(&["2", "--no-measure", "--price", "1", "--budget", "1.3x"], &folder("one_policy"));
    let printed = text(&output.stdout);
    assert!(printed.contains("Simulated averages: with 2 each row is copied "), "{printed}");
    for word in ["least", "lowest", "smallest", "cheapest"] {
        assert!(!printed.contains(word), "{word}: {printed}");
    }
}

#[test]
fn the_zoo_is_listed() {
    let output = lab(&["zoo"], Path::new(""));
    assert!(output.status.success(), "{}", text(&output.stderr));
    let listed = text(&output.stdout);
    assert_eq!(listed.lines().count(), growable_nd::zoo::entries().len());
    for (line, entry) in listed.lines().zip(growable_nd::zoo::entries()) {
        let (name, title) = line.split_once("  ").expect("a name and a title");
        assert_eq!((name, title.trim_start()), (entry.name, entry.title));
    }
}

#[test]
fn a_policy_that_never_grows_is_not_ranked() {
    let out = folder("no_growth");
    let output = lab(&["2", "2 from 1000000", "--rows", "100..200", "--rounds", "2"], &out);
    let text = text(&output.stdout);
    assert!(text.contains("2 from 1000000 did not replace its first block, and is not ranked."), "{text}");
    // Nor if there is no other policy.
    let output = lab(&["2 from 1000000", "--rows", "100..200", "--rounds", "2"], &out);
    let alone = self::text(&output.stdout);
    assert!(alone.contains("no policy replaced its first block: there is nothing to rank."), "{alone}");
}

/// Returns the cells of all matrices of verdicts on the page of the only run in a folder.
fn verdicts(out: &Path) -> Vec<String> {
    let page = fs::read_to_string(only_run(out).join("report.html")).expect("a page");
    let matrices = page.split("<details>").skip(1).filter_map(|rest| rest.split("</details>").next());
    let cells = matrices.flat_map(|matrix| matrix.split("<td>").skip(1));
    cells.filter_map(|cell| cell.split("</td>").next()).map(str::to_owned).collect()
}

#[test]
fn a_planted_difference_is_found_and_none_between_a_policy_and_itself() {
    let (planted, same) = (folder("planted"), folder("same"));
    let arguments = ["2", "2.0", "--separate", "--rows", "300..3000", "--rounds", "15", "--heaps", "warm"];
    assert!(lab(&[&arguments[..], &["--plant", "50%"]].concat(), &planted).status.success());
    assert!(lab(&arguments, &same).status.success());
    let is_claim = |cell: &String| cell.starts_with(['+', '-']);
    assert_eq!(
        verdicts(&planted).iter().filter(|cell| is_claim(cell)).count(),
        2,
        "{:?}",
        verdicts(&planted)
    );
    assert!(!verdicts(&same).iter().any(is_claim), "{:?}", verdicts(&same));
}

#[test]
fn policies_that_would_take_too_long_are_left_out() {
    let out = folder("left_out");
    let output = lab(&["2", "exact", "--rows", "1e4", "--rounds", "1"], &out);
    let printed = text(&output.stdout);
    assert!(printed.contains("Not measured: exact, it copies each row"), "{printed}");
    for arguments in [
        &["exact", "--rows", "1e6"][..],
        &["2", "--rows", "1e18", "--work", "walk:60"],
        &["2", "--rows", "1e18", "--work", "batches:7"],
        &["2", "--rows", "1e18"],
    ] {
        let output = lab(arguments, &folder("none_left"));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            text(&output.stderr).contains("error: no policy can be measured"),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_run_is_shown_again_and_compared_with_another() {
    let (first, second) = (folder("first"), folder("second"));
    let arguments = ["3/2", "2", "--rows", "100..1000", "--rounds", "2", "--heaps", "warm,copying"];
    assert!(lab(&arguments, &first).status.success() && lab(&arguments, &second).status.success());
    let (first, second) = (only_run(&first), only_run(&second));
    fs::remove_file(first.join("report.html")).expect("a page");
    let paths = [first.display().to_string(), second.display().to_string()];
    assert!(lab(&["show", &paths[0]], Path::new("")).status.success());
    assert!(first.join("report.html").exists());
    let output = lab(&["compare", &paths[0], &paths[1]], Path::new(""));
    // Two rounds are too few for a verdict, so nothing is slower.
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout).lines().count(), 4 + 4);

    // An incomplete last line, as after a kill, does not count.
    let builds = fs::read_to_string(first.join("builds.jsonl")).expect("builds");
    fs::write(first.join("builds.jsonl"), &builds[..builds.len() - 20]).expect("a file");
    let before = Run::read(&second).expect("a run").builds.len();
    assert_eq!(Run::read(&first).expect("a run").builds.len(), before - 1);

    let other = folder("other");
    assert!(lab(&["2", "--rows", "100", "--rounds", "2"], &other).status.success());
    let other = only_run(&other).display().to_string();
    let output = lab(&["compare", &paths[0], &other], Path::new(""));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "error: the runs built different arrays: 100 to 1,000 rows, their logarithm uniform; exactly 100 rows\n"
    );

    let longer = folder("longer");
    let arguments = ["3/2", "2", "--rows", "100..1000", "--rounds", "1", "--heaps", "warm"];
    assert!(lab(&arguments, &longer).status.success());
    let output = lab(&["compare", &paths[0], &only_run(&longer).display().to_string()], Path::new(""));
    assert_eq!(
        text(&output.stderr),
        "error: the runs built different arrays: seed 1 and 2 rounds; seed 1 and 1 round\n"
    );
}

/// Makes builds of a run fail: those for which `fails` returns true.
fn fail_builds(run: &Path, fails: impl Fn(&Build) -> bool) {
    let mut lines = String::new();
    for mut build in Run::read(run).expect("a run").builds {
        if fails(&build) {
            build.outcome = Err("no memory".into());
        }
        lines += &serde_json::to_string(&build).expect("a line");
        lines.push('\n');
    }
    fs::write(run.join("builds.jsonl"), lines).expect("a file");
}

#[test]
fn a_policy_that_fails_in_the_second_run_is_not_forgotten() {
    let out = folder("fails_later");
    let arguments = ["3/2", "2", "--rows", "100..1000", "--rounds", "2", "--heaps", "warm"];
    assert!(lab(&arguments, &out).status.success());
    let first = only_run(&out).display().to_string();
    let second = folder("fails_later_second");
    assert!(lab(&arguments, &second).status.success());
    let second = only_run(&second);
    fail_builds(&second, |build| build.phase == 3 && build.contender == Contender::Rule(1));
    let second = second.display().to_string();
    let output = lab(&["compare", &first, &second], Path::new(""));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: no round of the second run can be compared: 2, warm heap\n");
    let line = text(&output.stdout).lines().last().map(str::to_owned);
    assert!(line.is_some_and(|line| line.starts_with("2 ") && line.ends_with("no round in common")));
    // A policy that fails in the first run only has nothing to be compared with.
    let output = lab(&["compare", &second, &first], Path::new(""));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout).lines().count(), 4 + 1);
}

#[test]
fn a_run_of_another_format_is_named() {
    let out = folder("format");
    fs::create_dir_all(&out).expect("a folder");
    fs::write(out.join("run.json"), "{ \"format\": 2, \"policies\": [\"2\"] }").expect("a file");
    let output = lab(&["show", &out.display().to_string()], Path::new(""));
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr);
    assert!(error.ends_with("run.json: unknown format 2; this program reads format 1\n"), "{error}");
}

#[test]
fn a_budget_is_printed_as_it_is_given_with_the_lengths_that_were_simulated() {
    let out = folder("budget");
    let budget = |budget: &str, work: &str| {
        let arguments = ["2", "--rows", "1e3..1e6", "--work", work, "--budget", budget, "--no-measure"];
        let output = lab(&arguments, &out);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let printed = budget("2.998", "push");
    assert!(printed.contains("A budget of 2.998 bytes per byte of elements: "), "{printed}");
    let printed = budget("3.01", "push");
    let kept = "kept at all simulated lengths, even where blocks are copied, by 2.";
    assert!(printed.contains(kept), "{printed}");
    // Few lengths of many operations are simulated.
    let printed = budget("3.01", "batches:10");
    let kept = "kept at all 10 simulated lengths, even where blocks are copied, by 2.";
    assert!(printed.contains(kept), "{printed}");
    assert!(printed.contains("and the worst of the simulated lengths:"), "{printed}");
}

#[test]
fn wrong_command_lines_have_messages() {
    let out = folder("wrong");
    for (arguments, message) in [
        (&["NaN"][..], "NaN"),
        (&["1"], "1"),
        (&["2", "--rows", "1,00"], "invalid count"),
        (&["2", "--rows", "5..1"], "descends"),
        (&["2", "--rows", "@/no/such/file"], "/no/such/file"),
        (&["2", "--trace", "/no/such/file"], "/no/such/file"),
        (&["2", "--row", "0"], "positive extents"),
        (&["2", "--heaps", "cold"], "cold"),
        (&["2", "--budget", "NaN"], "expected a factor"),
        (&["2", "--equivalence", "0"], "expected a share from 0.0001% to 100%"),
        (&["factors", "1.0001..2"], "expected an ascending range from 1.001 to 16"),
        (&["show", "/no/such/run"], "/no/such/run"),
        (&["compare", "/no/such/run", "/no/such/run"], "/no/such/run"),
    ] {
        let is_run = !["show", "compare", "factors"].contains(&arguments[0]);
        let output = lab(arguments, if is_run { &out } else { Path::new("") });
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains(message) && !error.contains("panicked"), "{arguments:?}: {error}");
        assert!(!out.exists(), "{arguments:?} left a folder");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_found_before_anything_is_measured() {
    let output = lab(&["2", "--rounds", "100000"], Path::new("/proc/no-such-folder"));
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("error: cannot write to /proc/no-such-folder"));
}

#[test]
fn the_picture_of_all_factors() {
    let out = folder("factors");
    let output = lab(&["factors", "1.1..3", "--rows", "1e3..1e4"], &out);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("2.000"));
    assert!(out.join("factors.html").exists());
}
