//! Crate metadata: what other crates need to know of one, in a form that is read by table and offset.
//!
//! A blob (`lib.rmeta`) is a header, values in no particular order, and a root (`schema.rs`) with tables from
//! `DefIndex` to the offset of a value. `encoder.rs` writes one for the local crate with what `tables.rs` says, `decoder.rs` reads values,
//! `provide.rs` answers queries about other crates from their tables, `locator.rs` finds crates and `archive.rs` reads and
//! writes `rlib`s (objects and `lib.rmeta`).
//!
//! Invariant: loading a crate reads its root and nothing else; the cost of a dependency is what is used of it.

pub mod archive;
mod decoder;
mod diagnostics;
mod encoder;
mod locator;
mod provide;
mod schema;
mod store;
mod tables;

pub use archive::{Member, RMETA, read_archive, write_archive};
pub use encoder::encode_metadata;
pub use provide::provide_extern;
pub use store::CStore;
