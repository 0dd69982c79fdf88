//! What is parsed (printed back), what is reported, and how far fragments of macros reach.

// Deep nesting needs a thread with a large stack.
#![allow(clippy::disallowed_methods)]

use std::rc::Rc;

use ast::token::{NonterminalKind, NtExprKind, NtPatKind};
use expect_test::{Expect, expect};
use session::{MemoryFileSystem, Options, Session, Target};
use span::{BytePos, Edition, FileName};

fn with_session(edition: Edition, f: impl FnOnce(&Session) + Send + 'static) {
    // Debug builds need more stack per level of nesting than a test thread has.
    let thread = std::thread::Builder::new().stack_size(256 << 20);
    let run = thread.spawn(move || {
        span::create_session_globals_then(edition, || {
            let target = Target::from_triple("x86_64-unknown-linux-musl").expect("a target");
            let opts = Options { edition, ..Options::default() };
            f(&Session::new(opts, target, Rc::new(MemoryFileSystem::default())))
        })
    });
    run.expect("a thread").join().expect("no panic");
}

fn errors(sess: &Session) -> String {
    let mut out = String::new();
    for diag in sess.dcx.emitted() {
        let code = diag.code.map(|code| format!("[{code}]")).unwrap_or_default();
        let loc = diag.span.primary_span().and_then(|span| sess.source_map.lookup_char_pos(span.lo()));
        let at = loc.map_or_else(String::new, |loc| format!("{}:{}", loc.line, loc.col.0 + 1));
        out.push_str(&format!("{at}: {}{code}: {}\n", diag.level.to_str(), diag.message));
    }
    out
}

/// Parses a file and prints it, with the errors behind it.
fn check_in(edition: Edition, text: &str, expected: Expect) {
    let text = text.to_string();
    with_session(edition, move |sess| {
        let file = sess.source_map.new_source_file(FileName::Anon, text);
        let printed = match parser::parse_crate_from_source(sess, &file) {
            Ok(krate) => ast::pretty::crate_to_string(&krate),
            Err(_) => String::new(),
        };
        expected.assert_eq(&format!("{printed}{}", errors(sess)));
    });
}

fn check(text: &str, expected: Expect) {
    check_in(Edition::Edition2021, text, expected);
}

/// Only the errors.
fn check_errors(text: &str, expected: Expect) {
    let text = text.to_string();
    with_session(Edition::Edition2021, move |sess| {
        let file = sess.source_map.new_source_file(FileName::Anon, text);
        let _ = parser::parse_crate_from_source(sess, &file);
        expected.assert_eq(&errors(sess));
    });
}

/// Parses a fragment and shows what is left of the text.
fn check_fragment(kind: NonterminalKind, text: &str, expected: Expect) {
    let text = text.to_string();
    with_session(Edition::Edition2021, move |sess| {
        let stream = lexer::lex_text(&sess.dcx, &text, BytePos(1), Edition::Edition2021, None).expect("tokens");
        let range = stream.range();
        let result = parser::parse_nonterminal(sess, stream.buffer(), range.start, range.end, span::DUMMY_SP, kind);
        let shown = match result {
            Ok(parsed) => {
                let rest = ast::tokenstream::TokenStream::from_range(stream.buffer(), parsed.end, range.end);
                format!("rest: {}\n", ast::pretty::tts_to_string(&rest))
            }
            Err(err) => {
                let shown = format!("error: {}\n", err.message);
                err.cancel();
                shown
            }
        };
        expected.assert_eq(&shown);
    });
}

#[test]
fn items_of_all_kinds_are_parsed() {
    check(
        "
extern crate core as c; use a::{b, c::*, self as d}; pub(crate) mod m { #![x] fn f() {} }
const X: u8 = 1; static mut Y: &str = \"\"; type A<T> = Vec<T>; struct U; struct T(pub u8, u16); struct S<'a, T: 'a + Copy, const N: usize = 3> where T: Clone { pub x: &'a [T; N] }
enum E { A, B(u8), C { x: u8 } = 3 } union Un { a: u8 } unsafe auto trait Tr {} trait Al = A + B;
trait Q<T>: Sized { type A<'a>: B where Self: 'a; const C: u8 = 1; fn f(&self, _: T) -> u8; }
impl<T> !Send for S<T> {} default unsafe impl Tr for U { type A = u8; fn g(self: Box<Self>) {} }
unsafe extern \"C\" { safe fn f(x: i32, ...); static Z: u8; type Opaque; }
macro_rules! m { () => {} } macro n($x:expr) { $x } m!(); global! {}",
        expect![[r#"
            extern crate core as c;
            use a::{b, c::*, self as d};
            pub(crate) mod m {
                #![x]
                fn f() {}
            }
            const X: u8 = 1;
            static mut Y: &str = "";
            type A<T> = Vec<T>;
            struct U;
            struct T(pub u8, u16);
            struct S<'a, T: 'a + Copy, const N: usize = 3> where T: Clone {
                pub x: &'a [T; N],
            }
            enum E {
                A,
                B(u8),
                C {
                    x: u8,
                } = 3,
            }
            union Un {
                a: u8,
            }
            unsafe auto trait Tr {}
            trait Al = A + B;
            trait Q<T>: Sized {
                type A<'a>: B where Self: 'a;
                const C: u8 = 1;
                fn f(&self, _: T) -> u8;
            }
            impl<T> !Send for S<T> {}
            default unsafe impl Tr for U {
                type A = u8;
                fn g(self: Box<Self>) {}
            }
            unsafe extern "C" {
                safe fn f(x: i32, ...);
                static Z: u8;
                type Opaque;
            }
            macro_rules! m { () => {} }
            macro n { ($x:expr) => { $x } }
            m!();
            global! {}
        "#]],
    );
}

#[test]
fn operators_bind_by_precedence() {
    check(
        "fn f() { a = b || c && d == e | f ^ g & h << i + j * k as u8; -a.b?; !x..=y; &mut *z; a + b - c; a = b = c; x as usize < y; }",
        expect![[r#"
            fn f() {
                a = b || c && d == e | f ^ g & h << i + j * k as u8;
                -a.b?;
                !x..=y;
                &mut *z;
                a + b - c;
                a = b = c;
                (x as usize) < y;
            }
            1:120: error: `<` is interpreted as a start of generic arguments for `usize`, not a comparison
        "#]],
    );
}

#[test]
fn expressions_with_blocks_end_statements() {
    check(
        "fn f() { if a {} else if let Some(x) = y && z { 1 } else { 2 } -1; match x { A | B if c => {} D => 1, } *y; loop {} 'a: while b { break 'a; } for p in q {} unsafe { z } }",
        expect![[r#"
        fn f() {
            if a {} else if let Some(x) = y && z { 1 } else { 2 }
            -1;
            match x {
                A | B if c => {}
                D => 1,
            }
            *y;
            loop {}
            'a: while b {
                break 'a;
            }
            for p in q {}
            unsafe { z }
        }
        1:26: error: let chains are only allowed in Rust 2024 or later
    "#]],
    );
}

#[test]
fn closures_and_coroutines_are_parsed() {
    check(
        "fn f() { move |x: u8, (a, b)| -> u8 { x }; async move { a.await }; || async {}; for<'a> |x: &'a u8| -> () {}; async |x| x; }",
        expect![[r#"
        fn f() {
            move |x: u8, (a, b)| -> u8 { x };
            async move {
                a.await
            };
            || async {};
            for<'a> |x: &'a u8| -> () {};
            async |x| x;
        }
    "#]],
    );
}

#[test]
fn struct_literals_are_no_conditions() {
    check(
        "fn f() { if x == y {} match (S { a, b: 1, ..c }) { S { a, .. } => {} } S::<T> { a: 1 }; }",
        expect![[r#"
        fn f() {
            if x == y {}
            match (S { a, b: 1, ..c }) {
                S { a, .. } => {}
            }
            S::<T> { a: 1 };
        }
    "#]],
    );
}

#[test]
fn patterns_are_parsed() {
    check(
        "fn f() { let A | B(x, ..) | C { y, ref mut z, w: 1..=2 } = v; let &(mut a, [b @ .., -1, 'c'..]) = w; let ..=3 = x; let m!() = y; let <T as U>::C = z; }",
        expect![[r#"
        fn f() {
            let A | B(x, ..) | C { y, ref mut z, w: 1..=2 } = v;
            let &(mut a, [b @ .., -1, 'c'..]) = w;
            let ..=3 = x;
            let m!() = y;
            let <T as U>::C = z;
        }
        1:14: error: `let` bindings require top-level or-patterns in parentheses
    "#]],
    );
}

#[test]
fn types_are_parsed() {
    check(
        "type A = (for<'a> unsafe extern \"C\" fn(&'a mut T, _: [u8; 3]) -> !, *const dyn Fn(A) -> B + Send + 'static, impl ?Sized + use<'a, T>, <T as U<V = W>>::X<{ 1 + 1 }, -1>, &'a [()], m![], _);",
        expect![[r#"
        type A = (for<'a> unsafe extern "C" fn(&'a mut T, _: [u8; 3]) -> !, *const dyn Fn(A) -> B + Send + 'static, impl ?Sized + use<'a, T>, <T as U<V = W>>::X<{ 1 + 1 }, -1>, &'a [()], m![], _);
        1:76: error: ambiguous `+` in a type
    "#]],
    );
}

#[test]
fn generic_arguments_split_shift_operators() {
    check(
        "type A = B<C<D<E>>>; fn f() { let x: Vec<Vec<u8>>= a::<B<C>>(); }",
        expect![[r#"
        type A = B<C<D<E>>>;
        fn f() {
            let x: Vec<Vec<u8>> = a::<B<C>>();
        }
    "#]],
    );
}

#[test]
fn tuple_fields_split_floats() {
    check(
        "fn f() { x.0.1.2; x.1.foo(); }",
        expect![[r#"
        fn f() {
            x.0.1.2;
            x.1.foo();
        }
    "#]],
    );
}

#[test]
fn let_chains_need_edition_2024() {
    check_in(
        Edition::Edition2021,
        "fn f() { if let A = a && let B = b {} }",
        expect![[r#"
        fn f() {
            if let A = a && let B = b {}
        }
        1:13: error: let chains are only allowed in Rust 2024 or later
        1:26: error: let chains are only allowed in Rust 2024 or later
    "#]],
    );
    check_in(
        Edition::Edition2024,
        "fn f() { if let A = a && let B = b {} }",
        expect![[r#"
        fn f() {
            if let A = a && let B = b {}
        }
    "#]],
    );
}

#[test]
fn a_missing_semicolon_is_reported_behind_the_statement() {
    check_errors(
        "fn f() {\n    let x = 1\n    let y = 2;\n}",
        expect![[r#"
        2:14: error: expected `;`, found keyword `let`
    "#]],
    );
}

#[test]
fn what_was_expected_is_listed() {
    check_errors(
        "fn f() { let x = 1 2; }",
        expect![[r#"
        1:20: error: expected one of `.`, `;`, `?`, `else`, or an operator, found `2`
    "#]],
    );
}

#[test]
fn several_errors_of_a_file_are_reported() {
    check_errors(
        "fn f() { a b; }\nfn g() { let = 1; }\nfn h(x) {}\nfn i() { 1 + ; }",
        expect![[r#"
        1:12: error: expected one of `!`, `.`, `::`, `;`, `?`, `{`, `}`, or an operator, found `b`
        2:14: error: expected pattern, found `=`
        3:7: error: expected one of `:`, `@`, or `|`, found `)`
        4:14: error: expected expression, found `;`
    "#]],
    );
}

#[test]
fn chained_comparisons_are_reported() {
    check_errors(
        "fn f() { a < b < c; Vec<u8>::new(); }",
        expect![[r#"
        1:12: error: comparison operators cannot be chained
    "#]],
    );
}

#[test]
fn operators_of_other_languages_are_recognised() {
    check_errors(
        "fn f() { if a and b {} if a === b {} i++; }\nfn g() { x = y ? 1 : 2; }",
        expect![[r#"
        1:15: error: `and` is not a logical operator
        1:29: error: invalid comparison operator `===`
        1:39: error: Rust has no postfix increment operator
        2:10: error: Rust has no ternary operator
    "#]],
    );
}

#[test]
fn a_struct_literal_in_a_condition_is_reported() {
    check_errors(
        "fn f() { if x == S { a: 1 } {} }",
        expect![[r#"
        1:18: error: struct literals are not allowed here
    "#]],
    );
}

#[test]
fn qualifiers_in_the_wrong_order_are_reported() {
    check_errors(
        "unsafe const fn f() {}",
        expect![[r#"
        1:8: error: expected one of `extern` or `fn`, found keyword `const`
    "#]],
    );
}

#[test]
fn deep_nesting_is_an_error() {
    let deep = format!("fn f() {{ {}{} }}", "(".repeat(100_000), ")".repeat(100_000));
    check_errors(
        &deep,
        expect![[r#"
        1:1008: error: recursion limit reached while parsing
    "#]],
    );
    let deep = format!("type A = {}u8;", "&".repeat(100_000));
    check_errors(
        &deep,
        expect![[r#"
        1:1009: error: recursion limit reached while parsing
    "#]],
    );
}

#[test]
fn expression_fragments_end_where_no_operator_follows() {
    let expr = NonterminalKind::Expr(NtExprKind::Expr2021 { inferred: true });
    check_fragment(
        expr,
        "a + b * c, d",
        expect![[r#"
        rest: , d
    "#]],
    );
    check_fragment(
        expr,
        "f(x)? ; y",
        expect![[r#"
        rest: ; y
    "#]],
    );
    check_fragment(
        expr,
        "+",
        expect![[r#"
        error: expected expression, found `+`
    "#]],
    );
}

#[test]
fn pattern_fragments_differ_by_alternatives() {
    check_fragment(
        NonterminalKind::Pat(NtPatKind::PatWithOr),
        "A | B => c",
        expect![[r#"
        rest: => c
    "#]],
    );
    check_fragment(
        NonterminalKind::Pat(NtPatKind::PatParam { inferred: false }),
        "A | B => c",
        expect![[r#"
        rest: | B => c
    "#]],
    );
}

#[test]
fn other_fragments_reach_as_far_as_they_can() {
    check_fragment(
        NonterminalKind::Ty,
        "Vec<u8> + Send = 1",
        expect![[r#"
        rest: = 1
    "#]],
    );
    check_fragment(
        NonterminalKind::Path,
        "a::b::<C> d",
        expect![[r#"
        rest: d
    "#]],
    );
    check_fragment(
        NonterminalKind::Stmt,
        "let x = 1; y",
        expect![[r#"
        rest: ; y
    "#]],
    );
    check_fragment(
        NonterminalKind::Item,
        "fn f() {} g",
        expect![[r#"
        rest: g
    "#]],
    );
    check_fragment(
        NonterminalKind::Vis,
        "pub(crate) fn",
        expect![[r#"
        rest: fn
    "#]],
    );
    check_fragment(
        NonterminalKind::Vis,
        "fn",
        expect![[r#"
        rest: fn
    "#]],
    );
    check_fragment(
        NonterminalKind::TT,
        "(a b) c",
        expect![[r#"
        rest: c
    "#]],
    );
    check_fragment(
        NonterminalKind::Literal,
        "-1 x",
        expect![[r#"
        rest: x
    "#]],
    );
    check_fragment(
        NonterminalKind::Meta,
        "a::b = 1, c",
        expect![[r#"
        rest: , c
    "#]],
    );
    check_fragment(
        NonterminalKind::Lifetime,
        "'a b",
        expect![[r#"
        rest: b
    "#]],
    );
    check_fragment(
        NonterminalKind::Ident,
        "r#fn x",
        expect![[r#"
        rest: x
    "#]],
    );
    check_fragment(
        NonterminalKind::Block,
        "{ a } b",
        expect![[r#"
        rest: b
    "#]],
    );
}
