//! Showing diagnostics: as rustc's human text (by its own renderer, `annotate-snippets`), its short form and its JSON.
//!
//! The JSON format is rustc's, documented in the rustc book, "JSON Output".

mod human;
mod json;
mod macros;

pub use human::{HumanOptions, render_human, render_short};
pub use json::{JsonOptions, render_json};
