//! The library's files in memory, mounted once and shared by all requests.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use session::{Bytes, FileError, FileSystem};

/// Where the library seems to lie.
pub const SYSROOT: &str = "/rcc";

/// Files by path.
pub type Files = BTreeMap<String, Bytes>;

thread_local! {
    static LIBRARY: RefCell<Rc<Files>> = RefCell::default();
}

/// Adds the files of a pack to the library of a target. A pack is a list of name and content, each with its length
/// before it (`u32`, little-endian); names that begin with `/` are paths, the rest are in the target's folder. `None` if it
/// is damaged.
pub fn mount(target: &str, pack: Vec<u8>) -> Option<()> {
    let dir = driver::sysroot::library_dir(SYSROOT, target);
    let pack = Bytes::new(pack);
    let mut at = 0;
    let mut take = || -> Option<Bytes> {
        let len = pack.get(at..)?.first_chunk::<4>()?;
        let (start, len) = (at + 4, u32::from_le_bytes(*len) as usize);
        at = start + len;
        (at <= pack.len()).then(|| pack.slice(start..at))
    };
    let mut files = Vec::new();
    while let Some(name) = take() {
        let name = std::str::from_utf8(&name).ok()?;
        let path = if name.starts_with('/') { name.to_owned() } else { format!("{dir}/{name}") };
        files.push((path, take()?));
    }
    LIBRARY.with(|library| Rc::make_mut(&mut library.borrow_mut()).extend(files));
    (at == pack.len()).then_some(())
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
    fn get(&self, path: &str) -> Option<&Bytes> {
        let path = path.strip_prefix("./").unwrap_or(path);
        self.files.get(path).or_else(|| self.library.get(path))
    }
}

impl FileSystem for RequestFiles {
    fn read(&self, path: &str) -> Result<Bytes, FileError> {
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
        assert_eq!(mount("t", pack[..pack.len() - 1].to_vec()), None);
        assert_eq!(mount("t", pack), Some(()));
        let files = RequestFiles::new(Files::from([("main.rs".to_owned(), Bytes::from(&b"x"[..]))]));
        assert_eq!(files.read("/rcc/lib/rustlib/t/lib/libcore.rmeta"), Ok(Bytes::from(&b"abc"[..])));
        assert_eq!(files.read_dir("/rcc/lib/rustlib/t/lib"), ["libcore.rmeta"]);
        assert!(files.exists("./main.rs") && !files.exists("other.rs"));
    }
}
