//! Tests of the linker from outside: run what it links, compare it with what ld.lld makes of the same objects,
//! damage its input. A test whose tool is missing says so and passes; which tools are there is in `support`.

#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

mod support;

mod archives;
mod errors;
mod folding;
mod glibc;
mod image;
mod lld;
mod malformed;
mod musl;
mod rust_std;
