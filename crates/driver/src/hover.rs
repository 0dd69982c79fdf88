//! What is at a place of the source: the type of an expression, the signature of what a path names, and its documentation.

use std::rc::Rc;

use session::{FileSystem, Options};

/// What to show, and the bytes of the file that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoverText {
    /// Rust.
    pub text: String,
    /// Markdown.
    pub docs: String,
    pub start: u32,
    pub end: u32,
}

/// Answers for a byte of a file.
pub fn hover(_opts: Options, _fs: Rc<dyn FileSystem>, _file: &str, _offset: u32) -> Option<HoverText> {
    None
}
