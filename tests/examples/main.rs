//! The programs of `examples`, run as users run them, and the Python programs of the documentation.

/// Runs programs; makes folders and limits.
mod support;

/// Help, messages and exit codes of all programs.
mod command_line;

/// The programs of the chapter by name, and its growth game.
mod chapter;

/// Frames in files: existing files are kept or replaced, never damaged.
mod frames;

/// Worker processes, one of which is killed, and their shards in Dask.
mod shards;
