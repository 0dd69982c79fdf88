//! The compiler in a browser worker: a thin shell over crate `driver`.
//!
//! [`compile::compile`] takes the request of `npm/src/protocol.ts` and gives its result, [`library`] keeps the library's
//! files from request to request, `elf.rs` describes executables. `js.rs` is all that JavaScript sees; `memory.rs` is
//! the same by way of linear memory, for tests that run the module without any JavaScript around it.

pub mod compile;
mod elf;
#[cfg(target_arch = "wasm32")]
mod js;
pub mod library;
mod memory;
pub mod protocol;
