//! The bootstrap library as a sysroot: its crates, compiled by this compiler into
//! `SYSROOT/lib/rustlib/TARGET/lib/libNAME.rlib`, where the crate loader finds them.

use std::rc::Rc;

use session::{CrateType, FileError, FileSystem, OptLevel, Options};
use span::Edition;

use crate::pipeline::{self, OutputFile};

/// Where the library's sources seem to lie.
const SOURCE_ROOT: &str = "/rustc/rcc";

/// The folder of a target's crates in a sysroot.
pub fn library_dir(sysroot: &str, target: &str) -> String {
    format!("{sysroot}/lib/rustlib/{target}/lib")
}

/// The files of the library, and below them those of a host.
struct LibraryFiles {
    host: Rc<dyn FileSystem>,
}

/// The text of a source file of the library. Hosts answer with it for paths that they have no file for: diagnostics show
/// the library's lines. It is large, so that a page has it beside the compiler and not in it.
pub fn library_source(path: &str) -> Option<&'static str> {
    let file = path.strip_prefix(SOURCE_ROOT)?.strip_prefix('/')?;
    let mut files = bootstrap::CRATES.iter().flat_map(|c| c.files);
    files.find(|(path, _)| *path == file).map(|(_, text)| *text)
}

impl FileSystem for LibraryFiles {
    fn read(&self, path: &str) -> Result<session::Bytes, FileError> {
        match library_source(path) {
            Some(text) => Ok(text.as_bytes().into()),
            None => self.host.read(path),
        }
    }
    fn exists(&self, path: &str) -> bool {
        library_source(path).is_some() || self.host.exists(path)
    }
    fn read_dir(&self, path: &str) -> Vec<String> {
        self.host.read_dir(path)
    }
}

/// A number that changes with the library's sources and with `compiler`, which names the build of the compiler.
pub fn fingerprint(compiler: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = span::FxHasher::default();
    hasher.write(compiler.as_bytes());
    for krate in bootstrap::CRATES {
        for (path, text) in krate.files {
            hasher.write(path.as_bytes());
            hasher.write(text.as_bytes());
        }
    }
    hasher.finish()
}

/// The names of the library's crates in the order in which they are compiled.
pub fn crate_names() -> impl Iterator<Item = &'static str> {
    bootstrap::CRATES.iter().map(|c| c.name)
}

/// Compiles one crate of the library; those before it are found in `sysroot` through `fs`.
///
/// # Errors
/// The library does not compile: a bug. What was reported has gone to `emit`.
pub fn build_crate(
    name: &str,
    target: &str,
    sysroot: &str,
    fs: Rc<dyn FileSystem>,
    emit: Rc<dyn Fn(&str)>,
) -> Result<Vec<OutputFile>, ()> {
    let Some(krate) = bootstrap::CRATES.iter().find(|c| c.name == name) else { return Err(()) };
    let options = Options {
        input: format!("{SOURCE_ROOT}/{}", krate.root),
        crate_name: Some(name.to_owned()),
        crate_types: vec![CrateType::Rlib],
        edition: Edition::Edition2024,
        cfg: vec![("rcc".to_owned(), None)],
        sysroot: Some(sysroot.to_owned()),
        out_dir: Some(library_dir(sysroot, target)),
        opt_level: OptLevel::Aggressive,
        target_triple: target.to_owned(),
        lint_cap: Some("allow".to_owned()),
        env: vec![("RUSTC_BOOTSTRAP".to_owned(), "1".to_owned())],
        ..Options::default()
    };
    let outcome = pipeline::run(options, Rc::new(LibraryFiles { host: fs }), emit, &|_| {});
    if outcome.failed { Err(()) } else { Ok(outcome.files) }
}
