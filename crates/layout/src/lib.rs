//! Layouts of types and how functions are called.
//!
//! The arithmetic is `rustc_abi`'s; this crate says what each type is made of (`compute.rs`), how to get at a field's or
//! variant's layout (`field.rs`), and how values are passed in the Rust ABI and the targets' C ABIs (`fn_abi.rs`).

mod compute;
mod field;
mod fn_abi;

pub use field::LayoutExt;

use query::Providers;

/// Sets this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    providers.layout_of = compute::layout_of;
    providers.fn_abi_of_fn_ptr = fn_abi::fn_abi_of_fn_ptr;
    providers.fn_abi_of_instance = fn_abi::fn_abi_of_instance;
}
