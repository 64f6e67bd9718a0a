use crate::support::{Run, example, run};

fn chapter(arguments: &[&str], input: &str) -> String {
    let Run { code, out, errors } = run(&mut example("chapter", arguments), input.as_bytes());
    assert_eq!((code, &*errors), (Some(0), ""), "{arguments:?}");
    out
}

#[test]
fn programs_run_by_the_names_of_the_list() {
    let list = chapter(&["list"], "");
    assert!(list.starts_with("three-methods   The core, with factor 2\n"), "{list}");
    for name in ["three-methods", "aggregate", "ledger", "persistence"] {
        assert!(list.contains(&format!("\n{name} ")) || list.starts_with(name), "{list}");
        assert_eq!(chapter(&[name], ""), format!("{name}: as the chapter says\n"));
    }
}

#[test]
fn the_adversary_stops_the_game_where_it_is_worst() {
    let lost = chapter(&["game", "3.9"], "1\n4\n13\n30\n90\n");
    assert!(lost.contains("Stopped at row 31: 4.452 copies and slots per row."), "{lost}");
    assert!(
        lost.ends_with("You filled 30 rows. Taking the most that the budget allows fills 603868.\n"),
        "{lost}"
    );

    // A budget of 4 never stops doubling. An input that is not larger than the capacity is asked
    // for again.
    let doubling: String = (0..20).map(|exponent| format!("{}\n", 1 << exponent)).collect();
    let won = chapter(&["game", "4"], &format!("{doubling}7\nx\n\n"));
    assert_eq!(won.matches("is not a number from 524289 to").count(), 2, "{won}");
    assert!(
        won.ends_with("You filled 524288 rows. Taking the most that the budget allows is never stopped.\n")
    );
}
