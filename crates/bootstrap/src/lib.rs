//! The source text of the bootstrap standard library, in the binary.
//!
//! The driver compiles [`CRATES`] in order, each with those before it as its dependencies. They
//! are written for `--edition 2024` and `--cfg rcc`.

/// A crate of the library.
#[derive(Debug)]
pub struct Crate {
    /// The crate's name.
    pub name: &'static str,
    /// The path of its root module among `files`.
    pub root: &'static str,
    /// Paths, relative to a root of the driver's choice, and contents.
    pub files: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/crates.rs"));

/// The flag-gated fixture of the compiler's own tests.
pub const MINICORE: &str = include_str!("../minicore.rs");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_among_the_files() {
        for krate in CRATES {
            assert!(krate.files.iter().any(|(path, _)| *path == krate.root), "{}", krate.name);
        }
    }

    #[test]
    fn files_start_with_a_module_comment() {
        for (path, text) in CRATES.iter().flat_map(|krate| krate.files) {
            assert!(text.starts_with("//!"), "{path}");
        }
    }
}
