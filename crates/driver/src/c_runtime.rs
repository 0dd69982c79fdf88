//! The C runtime that a sysroot may bring, as rustup's musl targets do: the folder `self-contained` beside its crates.
//!
//! The real standard library calls the C library, whose `_start` calls `main`. The bootstrap library has neither.

use session::{Bytes, Session};

use crate::sysroot::library_dir;

/// Named objects and archives around a program's own.
#[derive(Default)]
pub(crate) struct CRuntime {
    /// Before all else: what begins the program.
    pub(crate) first: Vec<(String, Bytes)>,
    /// After all crates: libraries that they refer to, and what ends tables.
    pub(crate) last: Vec<(String, Bytes)>,
}

/// The sysroot's, if it has one.
pub(crate) fn find(sess: &Session) -> Option<CRuntime> {
    let sysroot = sess.opts.sysroot.as_deref()?;
    let dir = format!("{}/self-contained", library_dir(sysroot, &sess.opts.target_triple));
    let load = |name: &str| {
        let path = format!("{dir}/{name}");
        let bytes = sess.fs.read(&path).ok()?;
        Some((path, bytes))
    };
    let mut last = Vec::new();
    // The crate that says what a panic does is nobody's dependency.
    let lib = library_dir(sysroot, &sess.opts.target_triple);
    for name in sess.fs.read_dir(&lib) {
        if name.starts_with("libpanic_abort-") && name.ends_with(".rlib") {
            last.push((name.clone(), sess.fs.read(&format!("{lib}/{name}")).ok()?));
        }
    }
    last.extend([load("libunwind.a")?, load("libc.a")?, load("crtn.o")?]);
    Some(CRuntime { first: vec![load("crt1.o")?, load("crti.o")?], last })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use session::{MemoryFileSystem, Options, Target};

    use super::*;

    fn names(files: &[&str]) -> Option<Vec<String>> {
        let triple = "x86_64-unknown-linux-musl";
        let mut fs = MemoryFileSystem::default();
        for file in files {
            fs.insert(format!("/root/lib/rustlib/{triple}/lib/{file}"), Vec::new());
        }
        let opts =
            Options { sysroot: Some("/root".to_owned()), target_triple: triple.to_owned(), ..Options::default() };
        span::create_session_globals_then(span::Edition::Edition2024, || {
            let sess = Session::new(opts, Target::from_triple(triple).expect("a target"), Rc::new(fs));
            let runtime = find(&sess)?;
            let base = |(path, _): &(String, Bytes)| path.rsplit('/').next().unwrap_or_default().to_owned();
            Some(runtime.first.iter().chain(&runtime.last).map(base).collect())
        })
    }

    #[test]
    fn only_a_whole_runtime_counts() {
        let mut files = vec!["libstd-1.rlib", "libpanic_abort-2.rlib"];
        assert_eq!(names(&files), None);
        let objects = ["crt1.o", "crti.o", "crtn.o", "libc.a", "libunwind.a"].map(|f| format!("self-contained/{f}"));
        files.extend(objects.iter().map(String::as_str));
        let order = ["crt1.o", "crti.o", "libpanic_abort-2.rlib", "libunwind.a", "libc.a", "crtn.o"];
        assert_eq!(names(&files).unwrap_or_default(), order);
        files.pop();
        assert_eq!(names(&files), None);
    }
}
