//! Every target passes with its seeds, on any toolchain and without libFuzzer.

use std::path::Path;
use std::process::Command;

#[test]
fn targets_pass_with_their_seeds() {
    let targets = [
        ("array_operations", env!("CARGO_BIN_EXE_array_operations")),
        ("npy_appender", env!("CARGO_BIN_EXE_npy_appender")),
        ("npy_file", env!("CARGO_BIN_EXE_npy_file")),
        ("serde_formats", env!("CARGO_BIN_EXE_serde_formats")),
        ("texts", env!("CARGO_BIN_EXE_texts")),
        ("view_chains", env!("CARGO_BIN_EXE_view_chains")),
    ];
    for (name, program) in targets {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
        let output = Command::new(program).arg(&seeds).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let count = seeds.read_dir().unwrap().count();
        assert!(output.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(count >= 10 && said.ends_with(&format!("files: {count}\n")), "{name}: {said}");
    }
}
