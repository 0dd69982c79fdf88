//! Sessions: from options and files to diagnostics and outputs.
//!
//! [`pipeline::run`] is the whole compiler as one readable function. [`args`] parses rustc's command line; [`print`]
//! answers `--print`. The shells (`cli`, `wasm`) provide a [`session::FileSystem`] and take the [`Outcome`].

pub mod args;
mod backend;
mod c_runtime;
mod emit;
mod explain;
pub mod help;
mod hover;
pub mod outputs;
pub mod pipeline;
pub mod print;
mod report;
mod stages;
pub mod sysroot;

pub use hover::{HoverText, hover};
pub use linker::LinkMap;
pub use stages::{Mapping, StageText};

pub use pipeline::{Outcome, OutputFile, run};

/// The version line of `rcc -V`, in rustc's form; the release is that of the language and library compiled.
pub const VERSION: &str = "rcc 1.95.0 (rust from scratch)";

pub use explain::explain as explain_code;
pub use query::FatalError;
