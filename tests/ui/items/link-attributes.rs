//@ edition: 2024
//! `#[link]` names a library, and a kind and modifiers that there are.
#[link(name = "")] //~ ERROR link name must not be empty
unsafe extern "C" {}
#[link(kind = "static")] //~ ERROR `#[link]` attribute requires a `name = "string"` argument
unsafe extern "C" {}
#[link(name = "a", kind = "wonderful")] //~ ERROR malformed `link` attribute input
unsafe extern "C" {}
#[link(name = "a", kind = "framework")] //~ ERROR link kind `framework` is only supported on Apple targets
unsafe extern "C" {}
#[link(name = "a", modifiers = "+bundle")] //~ ERROR linking modifier `bundle` is only compatible with `static` linking kind
unsafe extern "C" {}
#[link(name = "a", kind = "static", modifiers = "+bundle,-bundle")] //~ ERROR multiple `bundle` modifiers
unsafe extern "C" {}
#[link(name = "a", kind = "dylib", modifiers = "+as-needed")] //~ ERROR linking modifier `as-needed` is unstable
unsafe extern "C" {}
#[link(name = "a", modifiers = "verbatim")] //~ ERROR invalid linking modifier syntax
unsafe extern "C" {}

fn main() {}
