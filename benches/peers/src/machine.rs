//! The properties of the machine that the numbers depend on.

/// Prints the lines above the tables.
pub fn describe() {
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name| cpuinfo.lines().filter(move |line| line.starts_with(name));
    let model = field("model name").next().and_then(|line| line.split(": ").nth(1));
    let usable = std::thread::available_parallelism().map_or(1, usize::from);
    // If the run may use fewer cores than the machine has, it was pinned.
    let cores = field("processor").count().max(usable);
    // By default no target has AVX; `-C target-cpu=native` enables it.
    let features = if cfg!(target_feature = "avx") { "more than the default" } else { "the default" };
    println!("- CPU: {}", model.unwrap_or("unknown"));
    println!("- cores: {cores}, of which this run may use {usable} and uses one");
    println!("- target features: {features} of rustc for {}", std::env::consts::ARCH);
}
