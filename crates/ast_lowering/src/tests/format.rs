//! `format_args!`. The templates are those that rustc 1.95 makes of the same calls.

use expect_test::expect;

use super::check;

#[test]
fn literals_are_inlined() {
    check(
        r#"fn f() { format_args!("{{a}} {} {}", "b", 12); format_args!(""); format_args!("c"); }"#,
        expect![[r#"
        fn f() {
            format_arguments::from_str_nonconst("{a} b 12");
            format_arguments::from_str("");
            format_arguments::from_str("c");
        }
    "#]],
    );
}

#[test]
fn placeholders_have_arguments() {
    check(
        r#"fn f(x: u8, y: u8) { format_args!("a {1} b {0:?} {x}", y, x); }"#,
        expect![[r#"
        fn f(x: u8, y: u8) {
            {
                super let args = (&y, &x, &x);
                super let args = [format_argument::new_display(args.1), format_argument::new_debug(args.0), format_argument::new_display(args.2)];
                unsafe {
                    format_arguments::new(b"\x02a \xc0\x03 b \xc0\x01 \xc0\x00", &args)
                }
            };
        }
    "#]],
    );
}

#[test]
fn options_are_encoded() {
    check(
        r#"fn f(x: u8, w: usize) { format_args!("{0:08.3} {0:#x} {1:.*} {x:^+w$}", x, w); }"#,
        expect![[r#"
        fn f(x: u8, w: usize) {
            {
                super let args = (&x, &w, &x, &w);
                super let args = [format_argument::new_display(args.0), format_argument::new_lower_hex(args.0), format_argument::new_display(args.1), format_argument::from_usize(args.0), format_argument::new_display(args.2), format_argument::from_usize(args.3)];
                unsafe {
                    format_arguments::new(b"\xc7 \x00\x00y\x08\x00\x03\x00\x01 \xc1 \x00\x80`\x01 \xe5 \x00\x00p\x03\x00\x01 \xdb \x00 H\x05\x00\x04\x00\x00", &args)
                }
            };
        }
    "#]],
    );
}

#[test]
fn nested_calls_are_flattened() {
    check(
        r#"fn f(x: u8, y: u8) { format_args!("a {} b {}", format_args!("{} {x}", y), x); }"#,
        expect![[r#"
        fn f(x: u8, y: u8) {
            {
                super let args = (&y, &x, &x);
                super let args = [format_argument::new_display(args.0), format_argument::new_display(args.1), format_argument::new_display(args.2)];
                unsafe {
                    format_arguments::new(b"\x02a \xc0\x01 \xc0\x03 b \xc0\x00", &args)
                }
            };
        }
    "#]],
    );
}
