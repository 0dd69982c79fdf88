//! The library's files in memory, mounted once and shared by all requests.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use session::{FileError, FileSystem};

/// Where the library seems to lie.
pub const SYSROOT: &str = "/rcc";

/// Files by path.
pub type Files = BTreeMap<String, Rc<[u8]>>;

thread_local! {
    static LIBRARY: RefCell<Rc<Files>> = RefCell::default();
}

/// Adds the files of a pack to the library of a target. A pack is a list of name and content, each with its length
/// before it (`u32`, little-endian). `None` if it is damaged.
pub fn mount(target: &str, pack: &[u8]) -> Option<()> {
    let dir = driver::sysroot::library_dir(SYSROOT, target);
    let mut rest = pack;
    let mut take = || -> Option<&[u8]> {
        let (len, after) = rest.split_first_chunk::<4>()?;
        let (bytes, after) = after.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        rest = after;
        Some(bytes)
    };
    let mut files = Vec::new();
    while let Some(name) = take() {
        let name = std::str::from_utf8(name).ok()?;
        files.push((format!("{dir}/{name}"), Rc::from(take()?)));
    }
    LIBRARY.with(|library| Rc::make_mut(&mut library.borrow_mut()).extend(files));
    rest.is_empty().then_some(())
}

/// The files of a request above those of the library.
pub struct RequestFiles {
    files: Files,
    library: Rc<Files>,
}

impl RequestFiles {
    pub fn new(files: Files) -> Self {
        RequestFiles { files, library: LIBRARY.with(|l| l.borrow().clone()) }
    }
    fn get(&self, path: &str) -> Option<&Rc<[u8]>> {
        let path = path.strip_prefix("./").unwrap_or(path);
        self.files.get(path).or_else(|| self.library.get(path))
    }
}

impl FileSystem for RequestFiles {
    fn read(&self, path: &str) -> Result<Rc<[u8]>, FileError> {
        self.get(path).cloned().ok_or(FileError::NotFound)
    }
    fn exists(&self, path: &str) -> bool {
        self.get(path).is_some()
    }
    fn read_dir(&self, path: &str) -> Vec<String> {
        let prefix = if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
        let below = |files: &Files| -> Vec<String> {
            let from = files.range(prefix.clone()..);
            let names = from.map_while(|(path, _)| path.strip_prefix(&prefix));
            names.filter(|name| !name.contains('/')).map(str::to_owned).collect()
        };
        let mut names = below(&self.files);
        names.extend(below(&self.library));
        names.sort();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_are_mounted_beside_the_request_s_files() {
        let mut pack = Vec::new();
        for part in ["libcore.rmeta", "abc"] {
            pack.extend((part.len() as u32).to_le_bytes());
            pack.extend(part.as_bytes());
        }
        assert_eq!(mount("t", &pack), Some(()));
        assert_eq!(mount("t", &pack[..pack.len() - 1]), None);
        let files = RequestFiles::new(Files::from([("main.rs".to_owned(), Rc::from(&b"x"[..]))]));
        assert_eq!(files.read("/rcc/lib/rustlib/t/lib/libcore.rmeta").as_deref(), Ok(&b"abc"[..]));
        assert_eq!(files.read_dir("/rcc/lib/rustlib/t/lib"), ["libcore.rmeta"]);
        assert!(files.exists("./main.rs") && !files.exists("other.rs"));
    }
}
