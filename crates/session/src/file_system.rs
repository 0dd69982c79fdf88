//! [`FileSystem`]: how the compiler reads files; the driver's shells implement it.

use std::collections::BTreeMap;
use std::rc::Rc;

/// Why a file could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileError {
    /// There is no such file.
    NotFound,
    /// Not UTF-8 (for text), with the offset of the first bad byte.
    InvalidUtf8(usize),
    /// Any other reason, as the system words it.
    Other(String),
}

/// Read access to files by path. Paths use `/`.
pub trait FileSystem {
    /// The bytes of a file.
    fn read(&self, path: &str) -> Result<Rc<[u8]>, FileError>;
    /// Whether a file (not a directory) exists.
    fn exists(&self, path: &str) -> bool;
    /// The file names in a directory, sorted; empty if there is none.
    fn read_dir(&self, path: &str) -> Vec<String>;
    /// At most `len` bytes of a file from an offset.
    fn read_range(&self, path: &str, start: usize, len: usize) -> Result<Rc<[u8]>, FileError> {
        let bytes = self.read(path)?;
        let end = bytes.len().min(start.saturating_add(len));
        Ok(bytes.get(start..end).unwrap_or_default().into())
    }
    /// The text of a file.
    fn read_to_string(&self, path: &str) -> Result<String, FileError> {
        let bytes = self.read(path)?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(e) => Err(FileError::InvalidUtf8(e.valid_up_to())),
        }
    }
}

/// Files held in memory: the page's, and tests'.
#[derive(Clone, Default, Debug)]
pub struct MemoryFileSystem {
    files: BTreeMap<String, Rc<[u8]>>,
}

impl MemoryFileSystem {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Rc<[u8]>>) {
        self.files.insert(path.into(), bytes.into());
    }
}

impl FileSystem for MemoryFileSystem {
    fn read(&self, path: &str) -> Result<Rc<[u8]>, FileError> {
        self.files.get(path).cloned().ok_or(FileError::NotFound)
    }
    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
    fn read_dir(&self, path: &str) -> Vec<String> {
        let prefix = if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
        let names = self.files.keys().filter_map(|k| k.strip_prefix(&prefix));
        names.filter(|n| !n.contains('/')).map(str::to_owned).collect()
    }
}
