//! `format_args!`. The templates are those that rustc 1.95 makes of the same calls.

use expect_test::expect;

use super::check;

#[test]
fn literals_are_inlined() {
    check(r#"fn f() { format_args!("{{a}} {} {}", "b", 12); format_args!(""); format_args!("c"); }"#, expect![""]);
}

#[test]
fn placeholders_have_arguments() {
    check(r#"fn f(x: u8, y: u8) { format_args!("a {1} b {0:?} {x}", y, x); }"#, expect![""]);
}

#[test]
fn options_are_encoded() {
    check(r#"fn f(x: u8, w: usize) { format_args!("{0:08.3} {0:#x} {1:.*} {x:^+w$}", x, w, x); }"#, expect![""]);
}

#[test]
fn nested_calls_are_flattened() {
    check(r#"fn f(x: u8, y: u8) { format_args!("a {} b {}", format_args!("{} {x}", y), x); }"#, expect![""]);
}
