//! The book: figures and tables of the documentation, and the site. See [`HELP`] for the commands.

use book::site::{self, Options};
use fs_err as fs;
use std::path::Path;
use std::process::ExitCode;
use std::{env, io};

const HELP: &str = "\
cargo run --release -p book -- [COMMAND] [--docs ADDRESS]

Without a command: does what `figures` does, and builds the site in target/book.

  figures       rewrites the figures and the table in `docs` and the programs of the example `chapter`
                if they are out of date, and prints the name of each rewritten file
  serve [PORT]  builds the site and shows it at 127.0.0.1, by default at port 3000
  print         builds the site, and prints it with chromium as target/book/book.pdf

  --docs ADDRESS  the address of the documentation of the crate, for links to it";

/// The port of `serve` if none is given.
const PORT: u16 = 3000;

/// The command to run.
#[derive(Debug, PartialEq, Eq)]
enum Command {
    Site,
    Figures,
    /// At this port, or at [`PORT`].
    Serve(Option<u16>),
    Print,
    Help,
}

fn main() -> ExitCode {
    let (command, options) = match parsed(env::args().skip(1)) {
        Ok(parsed) => parsed,
        Err(fault) => {
            eprintln!("{fault}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(&command, &options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn parsed(mut arguments: impl Iterator<Item = String>) -> Result<(Command, Options), String> {
    let (mut command, mut options) = (None, Options { docs: site::DOCS.to_owned() });
    while let Some(argument) = arguments.next() {
        let next = match (&*argument, &command) {
            ("--docs", _) => {
                options.docs = arguments.next().ok_or("--docs needs an address")?;
                continue;
            }
            ("-h" | "--help" | "help", _) => Command::Help,
            ("figures", None) => Command::Figures,
            ("serve", None) => Command::Serve(None),
            ("print", None) => Command::Print,
            (port, Some(Command::Serve(None))) => {
                let port = port.parse().map_err(|_| format!("invalid port {port:?}; example: serve 3000"))?;
                Command::Serve(Some(port))
            }
            _ => return Err(format!("unexpected argument {argument:?}")),
        };
        command = Some(next);
    }
    Ok((command.unwrap_or(Command::Site), options))
}

fn run(command: &Command, options: &Options) -> io::Result<()> {
    let root = &Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let out = root.join("target/book");
    if let Command::Help = command {
        println!("{HELP}");
        return Ok(());
    }
    redraw(root)?;
    if let Command::Figures = command {
        return Ok(());
    }
    let built = site::build(root, &out, options).map_err(because("cannot build the site in target/book"))?;
    println!("target/book: {} pages, begin with index.html", built.pages);
    match &built.explorer {
        Ok(sizes) => {
            let total: u64 = sizes.iter().map(|(_, bytes)| bytes).sum();
            let sizes: Vec<String> = sizes.iter().map(|(name, bytes)| format!("{name} {bytes}")).collect();
            println!("explorer: {total} bytes ({})", sizes.join(", "));
        }
        Err(reason) => println!("LEFT OUT: the explorer, since {reason}"),
    }
    match command {
        Command::Serve(port) => {
            let port = port.unwrap_or(PORT);
            let fault = format!("cannot use port {port}; choose another: serve PORT");
            let listener = site::listen(port).map_err(because(&fault))?;
            println!("http://{}/ (end with Ctrl+C)", listener.local_addr()?);
            site::serve(&out, &listener)
        }
        Command::Print => {
            let to = out.join("book.pdf");
            site::print::pdf(&out, &to).map_err(io::Error::other)?;
            println!("target/book/book.pdf: {} bytes", fs::metadata(&to)?.len());
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Puts `fault` before the reason, since the message of a system has no name of a file.
fn because(fault: &str) -> impl FnOnce(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{fault}: {error}"))
}

/// Rewrites each generated file of the repository that is out of date, and prints its name.
fn redraw(root: &Path) -> io::Result<()> {
    let docs = book::docs().into_iter().map(|(name, text)| (format!("docs/{name}"), text));
    for (name, text) in docs.chain(book::programs(root)?) {
        let path = root.join(&name);
        if fs::read_to_string(&path).is_ok_and(|found| found == text) {
            continue;
        }
        let written =
            fs::create_dir_all(path.parent().unwrap_or(root)).and_then(|()| fs::write(&path, &text));
        written.map_err(because(&format!("cannot write {name}")))?;
        println!("{name}: {} bytes", text.len());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        let command = |line: &str| {
            let parsed = parsed(line.split_whitespace().map(String::from));
            parsed.map(|(command, options)| (command, options.docs))
        };
        let docs = || site::DOCS.to_owned();
        assert_eq!(command(""), Ok((Command::Site, docs())));
        assert_eq!(command("serve"), Ok((Command::Serve(None), docs())));
        assert_eq!(command("serve 4000 --docs ../doc"), Ok((Command::Serve(Some(4000)), "../doc".into())));
        for wrong in
            ["serve 3000 4000", "serve 3000 3000", "serve 4000 3000", "serve x", "print figures", "--docs"]
        {
            assert!(command(wrong).is_err(), "{wrong}");
        }
    }
}
