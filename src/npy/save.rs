//! Writing a `.npy` file by its path.

use crate::array::GrowableNd;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::view::Strided;
use core::ops::Deref;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Maximum number of symbolic links to follow, as in Linux.
const MAX_LINKS: usize = 40;

/// Maximum bytes of the name of a file in most file systems.
const MAX_NAME: usize = 255;

/// # To `.npy` files
///
/// With the feature `npy`.
impl<T> GrowableNd<T> {
    /// Writes the array to the file at `path`, all or nothing.
    ///
    /// An existing file is replaced only when the new one is complete and stored. The new file is
    /// written in the same folder, as `name.0.part` or with the first free number, and then
    /// renamed. Whenever the program or the machine stops, the old file or the new one exists.
    ///
    /// - The new file gets the permissions of the old one.
    /// - A symbolic link stays; its target is replaced or created.
    /// - The name of the unfinished file is shortened if it is too long.
    ///
    /// On Unix the folder is then synced, so that the new file survives a power failure once this
    /// method has returned. An error of this sync is ignored: the new file is in place, and at
    /// worst a power failure brings back the old file.
    ///
    /// The bytes are those of [`write_npy`](Self::write_npy). Use that method for a device or a
    /// pipe, or to write a file in place.
    ///
    /// # Errors
    ///
    /// As [`write_npy`](Self::write_npy). [`NpyError::Io`] if the folder does not exist or no file
    /// can be created in it, if the path is not a regular file or must not be written, or if the
    /// disk is full. The old file is then unchanged, and the unfinished one is removed.
    ///
    /// # Cost
    ///
    /// O(*n m*), plus [`File::sync_all`] of the file and of its folder, which take milliseconds.
    /// The old and the new file take up disk space at the same time.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let path = std::env::temp_dir().join("growable-nd-save.npy");
    /// let array = GrowableNd::from([[1.5, 2.5], [3.5, 4.5]]);
    /// array.save_npy(&path)?;
    /// assert_eq!(GrowableNd::<f64>::load_npy(&path)?, array);
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[doc(alias = "save")]
    pub fn save_npy(&self, path: impl AsRef<Path>) -> Result<(), NpyError>
    where
        T: NpyElement,
    {
        replace(path.as_ref(), |file| self.write_npy(file))
    }
}

/// # To `.npy` files
///
/// With the feature `npy`.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Writes the view to the file at `path`, all or nothing.
    ///
    /// The bytes are those of [`write_npy`](Self::write_npy). An existing file is replaced as by
    /// [`GrowableNd::save_npy`].
    ///
    /// # Errors
    ///
    /// As [`GrowableNd::save_npy`].
    ///
    /// # Cost
    ///
    /// O(1) per element, plus [`File::sync_all`] of the file and of its folder, which take
    /// milliseconds.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// array.slice((.., 1..)).save_npy("right.npy")?;
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[doc(alias = "save")]
    pub fn save_npy(&self, path: impl AsRef<Path>) -> Result<(), NpyError>
    where
        T: NpyElement,
    {
        replace(path.as_ref(), |file| self.write_npy(file))
    }
}

/// Replaces the file at `path` by one that `write` writes.
fn replace(path: &Path, write: impl FnOnce(&File) -> Result<(), NpyError>) -> Result<(), NpyError> {
    let unfinished = Unfinished::create(path)?;
    write(&unfinished.file)?;
    Ok(unfinished.finish()?)
}

/// A new file in the folder of its target. Renamed to the target when it is complete, otherwise
/// removed.
struct Unfinished {
    file: File,
    path: PathBuf,
    target: PathBuf,
    has_its_name: bool,
}

impl Unfinished {
    fn create(path: &Path) -> io::Result<Self> {
        let target = end_of_links(path)?;
        let permissions = match path.metadata() {
            Ok(metadata) if !metadata.is_file() => {
                return Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file"));
            }
            Ok(metadata) => {
                // Renaming checks the permissions of the folder only.
                File::options().append(true).open(path)?;
                Some(metadata.permissions())
            }
            Err(_) => None,
        };
        let (file, path) = create_beside(&target)?;
        let unfinished = Unfinished { file, path, target, has_its_name: false };
        if let Some(permissions) = permissions {
            unfinished.file.set_permissions(permissions)?;
        }
        Ok(unfinished)
    }

    fn finish(mut self) -> io::Result<()> {
        // The elements must be stored before the name.
        self.file.sync_all()?;
        fs::rename(&self.path, &self.target)?;
        self.has_its_name = true;
        // Stores the name. An error is ignored: some systems cannot open folders, and the new file
        // is in place.
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After the rename, the old name may be that of another file.
        if !self.has_its_name {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Follows symbolic links: the target is replaced, not the link. It need not exist.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..=MAX_LINKS {
        if !target.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
            return Ok(target);
        }
        // Relative to the folder of the link.
        target = target.parent().unwrap_or(Path::new("")).join(fs::read_link(&target)?);
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "too many levels of symbolic links"))
}

/// Creates a file with a name that no other program or thread uses.
fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(ErrorKind::InvalidInput)?;
    let name = name.to_string_lossy();
    let mut number = 0_u64;
    loop {
        let suffix = format!(".{number}.part");
        let path = target.with_file_name(format!("{}{suffix}", start(&name, MAX_NAME - suffix.len())));
        match File::create_new(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            file => return Ok((file?, path)),
        }
    }
}

/// Returns the first characters of the name that have at most `max` bytes.
fn start(name: &str, max: usize) -> &str {
    let ends = name.char_indices().map(|(start, character)| start + character.len_utf8());
    &name[..ends.take_while(|&end| end <= max).last().unwrap_or(0)]
}
