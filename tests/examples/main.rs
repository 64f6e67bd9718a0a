//! The programs of `examples`, run as users run them, and the Python programs of the documentation.

/// Programs, folders, and what a shell adds.
mod support;

/// Help, messages and exit codes of all programs.
mod command_line;

/// The programs of the chapter by name, and its growth game.
mod chapter;

/// Frames in files: files that are there are kept or replaced, never damaged.
mod frames;

/// Workers that are processes, one of them killed, and their shards in Dask.
mod shards;
