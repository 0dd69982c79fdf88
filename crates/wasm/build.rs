//! Gives the wasm module a stack on which the nesting limits fit.
#![allow(clippy::disallowed_methods)]

fn main() {
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo:rustc-link-arg-cdylib=-zstack-size=67108864");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
