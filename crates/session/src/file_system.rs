//! [`FileSystem`]: how the compiler reads files; the driver's shells implement it.

use std::collections::BTreeMap;
use std::ops::Range;
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

/// Bytes that are shared and never copied: of a file, or of a part of one. What owns them may be a mapped file, of
/// which only what is looked at is read.
#[derive(Clone)]
pub struct Bytes {
    owner: Rc<dyn AsRef<[u8]>>,
    range: Range<usize>,
}

impl Bytes {
    /// All bytes of their owner.
    pub fn new(owner: impl AsRef<[u8]> + 'static) -> Bytes {
        let range = 0..owner.as_ref().len();
        Bytes { owner: Rc::new(owner), range }
    }
    /// A part of them, as far as they go.
    pub fn slice(&self, range: Range<usize>) -> Bytes {
        let at = |offset: usize| self.range.start.saturating_add(offset).min(self.range.end);
        let (start, end) = (at(range.start), at(range.end));
        Bytes { owner: self.owner.clone(), range: start..end.max(start) }
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &(*self.owner).as_ref()[self.range.clone()]
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Bytes) -> bool {
        **self == **other
    }
}

impl Eq for Bytes {}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes::new(bytes)
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Bytes {
        Bytes::from(bytes.to_vec())
    }
}

/// Read access to files by path. Paths use `/`.
pub trait FileSystem {
    /// The bytes of a file.
    fn read(&self, path: &str) -> Result<Bytes, FileError>;
    /// Whether a file (not a directory) exists.
    fn exists(&self, path: &str) -> bool;
    /// The file names in a directory, sorted; empty if there is none.
    fn read_dir(&self, path: &str) -> Vec<String>;
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
    files: BTreeMap<String, Bytes>,
}

impl MemoryFileSystem {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Bytes>) {
        self.files.insert(path.into(), bytes.into());
    }
}

impl FileSystem for MemoryFileSystem {
    fn read(&self, path: &str) -> Result<Bytes, FileError> {
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
