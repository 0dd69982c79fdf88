//! Built-in function-like macros.

use expect_test::{Expect, expect};
use span::Edition;

fn check(body: &str, expected: Expect) {
    check_edition(body, Edition::Edition2021, expected);
}

fn check_edition(body: &str, edition: Edition, expected: Expect) {
    let (mut text, messages) = super::expand_fixture(&format!("fn f() {{\n{body}\n}}"), edition);
    for message in messages {
        text.push('\n');
        text.push_str(&message);
    }
    expected.assert_eq(&text);
}

#[test]
fn source_positions() {
    check(
        "(line!(), column!(), file!(), module_path!());",
        expect![[r#"
        fn f() {
            (2u32, 11u32, "src/main.rs", "krate");
        }"#]],
    );
    check(
        "line!(1);",
        expect![[r#"
        fn f() {
            2u32;
        }
        2: line! takes no arguments"#]],
    );
}

#[test]
fn strings() {
    check(
        r#"concat!("a", 1, -2.50, true, 'c', concat!("x", 1u8));"#,
        expect![[r#"
        fn f() {
            "a1-2.50truecx1";
        }"#]],
    );
    check(
        r#"concat!(b"a"); concat!(x, y); concat!(1 2); concat!(c"x");"#,
        expect![[r#"
        fn f() {
            (/*ERROR*/);
            (/*ERROR*/);
            (/*ERROR*/);
            (/*ERROR*/);
        }
        2: cannot concatenate a byte string literal
        2: expected a literal
          note: only literals (like `"foo"`, `-42` and `3.14`) can be passed to `concat!()`
        2: expected token: `,`
        2: cannot concatenate a C string literal"#]],
    );
    check(
        r#"stringify!(a + b , c :: d);"#,
        expect![[r#"
        fn f() {
            "a + b, c :: d";
        }"#]],
    );
    check(
        r#"concat_bytes!(b"a", [1, 2], b'c', [3; 2]);"#,
        expect![[r#"
        fn f() {
            b"a\x01\x02c\x03\x03";
        }"#]],
    );
    check(
        r#"concat_bytes!("a"); concat_bytes!(300); concat_bytes!([b"ab"]); concat_bytes!([1; x]);"#,
        expect![[r#"
        fn f() {
            (/*ERROR*/);
            (/*ERROR*/);
            (/*ERROR*/);
            (/*ERROR*/);
        }
        2: cannot concatenate string literals
        2: cannot concatenate numeric literals
        2: cannot concatenate doubly nested array
          note: byte strings are treated as arrays of bytes
          help: try flattening the array
        2: repeat count is not a positive number"#]],
    );
}

#[test]
fn files() {
    check(
        r#"include_str!("other.txt"); include_bytes!("other.txt"); include!("exprs.in");"#,
        expect![[r#"
        fn f() {
            "some \"text\"";
            b"some \"text\"";
            1 + 2;
        }"#]],
    );
    check(
        r#"include_str!("nope.txt"); include!(1);"#,
        expect![[r#"
        fn f() {
            (/*ERROR*/);
            (/*ERROR*/);
        }
        2: couldn't read `src/nope.txt`: No such file or directory (os error 2)
        2: argument must be a string literal"#]],
    );
}

#[test]
fn environment() {
    check(
        r#"option_env!("NOPE"); env!("NOPE"); env!("NOPE", "set it"); env!();"#,
        expect![[r#"
        fn f() {
            $crate::option::Option::None::<&'static str>;
            (/*ERROR*/);
            (/*ERROR*/);
            (/*ERROR*/);
        }
        2: environment variable `NOPE` not defined at compile time
          help: use `std::env::var("NOPE")` to read the variable at run time
        2: set it
        2: `env!()` takes 1 or 2 arguments"#]],
    );
}

#[test]
fn compile_errors() {
    check(
        r#"compile_error!("not like this"); compile_error!(1);"#,
        expect![[r#"
        fn f() {
            (/*ERROR*/);
            (/*ERROR*/);
        }
        2: not like this
        2: argument must be a string literal"#]],
    );
}

#[test]
fn panics_and_assertions() {
    check(
        r#"panic!("a {}", 1); unreachable!(); assert!(a == b, "x {}", 1); assert!(!(a && b),);"#,
        expect![[r#"
        fn f() {
            panic!("a {}", 1);
            $crate::panic::unreachable_2021!();
            if !(a == b) { $crate::panic::panic_2021!("x {}", 1) };
            if !!(a && b) { $crate::panicking::panic("assertion failed: !(a && b)") };
        }"#]],
    );
    check_edition(
        r#"panic!("a"); assert!(x); assert!(x, "y");"#,
        Edition::Edition2018,
        expect![[r#"
        fn f() {
            panic!("a");
            if !x { $crate::panicking::panic("assertion failed: x") };
            if !x { panic!("y") };
        }"#]],
    );
    check(
        r#"assert!(); assert!(x;); assert!(x "y");"#,
        expect![[r#"
        fn f() {
            (/*ERROR*/);
            if !x { $crate::panicking::panic("assertion failed: x") };
            if !x { $crate::panic::panic_2021!("y") };
        }
        2: macro requires a boolean expression as an argument
        2: macro requires an expression as an argument
        2: unexpected string literal"#]],
    );
}

#[test]
fn cfg_macros() {
    check(
        "cfg!(unix); cfg!(not(all())); cfg!(); cfg!(a, b);",
        expect![[r#"
        fn f() {
            true;
            false;
            (/*ERROR*/);
            (/*ERROR*/);
        }
        2: macro requires a cfg-pattern as an argument
        2: expected 1 cfg-pattern"#]],
    );
    check(
        "cfg_select! { windows => { 1 } unix => { 2 } _ => { 3 } };",
        expect![[r#"
        fn f() {
            2;
        }"#]],
    );
    check(
        "cfg_select! { windows => { 1 } };",
        expect![[r#"
        fn f() {
            (/*ERROR*/);
        }
        2: none of the predicates in this `cfg_select` evaluated to true"#]],
    );
}

#[test]
fn format_args_templates() {
    check(
        r#"format_args!("a{{{}}} {x:>5.1} {0:#?} {:+08.*} {:w$x?}", 1, 2, 3, 4, w = 5);"#,
        expect![[r#"
        fn f() {
            format_args!("a{{{0}}} {x:>5.1} {0:#?} {2:+08.1$} {3:w$x?}", 1, 2, 3, 4, w = 5, x = x);
        }"#]],
    );
    check(
        r#"format_args!(concat!("{}", " b"), 1); format_args_nl!("a\tb");"#,
        expect![[r#"
        fn f() {
            format_args!("{0} b", 1);
            format_args!("a\tb\n");
        }"#]],
    );
}

#[test]
fn format_args_errors() {
    check(
        r##"
format_args!();
format_args!(x);
format_args!("a" x);
format_args!("{} {}", 1);
format_args!("{1}", 1);
format_args!("", 1);
format_args!("{}", 1, 2, a = 3);
format_args!("{a}", a = 1, a = 2);
format_args!("{a}", a = 1, 2);
format_args!(concat!("{", "foo}"));
format_args!("{:.*}", 1);
format_args!("{:Q}", 1);
format_args!("%s %d", "a", 1);
format_args!("{", 1);
format_args!("}", 1);
format_args!("{x.y}");
format_args!(r#"{} {}"#, 1);
format_args!("{}", a = 1);
format_args!(b"a");
"##,
        expect![[r#"
            fn f() {
                (/*ERROR*/);
                (/*ERROR*/);
                (/*ERROR*/);
                format_args!("{0} {1}", 1);
                format_args!("{1}", 1);
                format_args!("", 1);
                format_args!("{0}", 1, 2, a = 3);
                format_args!("{a}", a = 1);
                (/*ERROR*/);
                format_args!("{foo}", foo = (/*ERROR*/));
                format_args!("{1:.0$}", 1);
                format_args!("{0}", 1);
                format_args!("%s %d", "a", 1);
                (/*ERROR*/);
                (/*ERROR*/);
                (/*ERROR*/);
                format_args!("{0} {1}", 1);
                format_args!("{0}", a = 1);
                (/*ERROR*/);
            }
            3: requires at least a format string argument
            4: format argument must be a string literal
            5: expected `,`, found `x`
            6: 2 positional arguments in format string, but there is 1 argument
            7: invalid reference to positional argument 1 (there is 1 argument)
              note: positional arguments are zero-based
            7: argument never used
            8: argument never used
            9: multiple unused formatting arguments
              note: consider adding 2 format specifiers
            10: duplicate argument named `a`
            11: positional arguments cannot follow named arguments
            12: there is no argument named `foo`
              note: did you intend to capture a variable `foo` from the surrounding scope?
              note: to avoid ambiguity, `format_args!` cannot capture variables when the format string is expanded from a macro
            13: 2 positional arguments in format string, but there is 1 argument
              note: positional arguments are zero-based
              note: for information about formatting flags, visit https://doc.rust-lang.org/std/fmt/index.html
            14: unknown format trait `Q`
              note: the only appropriate formatting traits are:
            - ``, which uses the `Display` trait
            - `?`, which uses the `Debug` trait
            - `e`, which uses the `LowerExp` trait
            - `E`, which uses the `UpperExp` trait
            - `o`, which uses the `Octal` trait
            - `p`, which uses the `Pointer` trait
            - `b`, which uses the `Binary` trait
            - `x`, which uses the `LowerHex` trait
            - `X`, which uses the `UpperHex` trait
            15: multiple unused formatting arguments
              note: printf formatting is not supported; see the documentation for `std::fmt`
            16: invalid format string: expected `}` but string was terminated
              note: if you intended to print `{`, you can escape it using `{{`
            17: invalid format string: unmatched `}` found
              note: if you intended to print `}`, you can escape it using `}}`
            18: invalid format string: field access isn't supported
              note: consider moving this expression to a local variable and then using the local here instead
            19: 2 positional arguments in format string, but there is 1 argument
            21: format argument must be a string literal
            20: named argument `a` is not used by name"#]],
    );
}
