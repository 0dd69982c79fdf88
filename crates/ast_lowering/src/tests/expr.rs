//! Expressions.

use expect_test::expect;

use super::{check, check_errors};

#[test]
fn for_loops_call_into_iter_and_next() {
    check(
        "fn f(v: u32) { 'a: for (x, _) in v { if x { continue 'a } } }",
        expect![[r#"
        fn f(v: u32) {
            {
                let _t = match into_iter(v) {
                    mut iter => 'a: loop {
                        match next(&mut iter) {
                            None { } => break,
                            Some { 0: (x, _) } => {
                                if x {
                                    continue 'a
                                }
                            }
                        }
                    },
                };
                _t
            }
        }
    "#]],
    );
}

#[test]
fn while_loops_break_in_else() {
    check(
        "fn f(mut b: bool) { while b { b = false; } while let Some(x) = Some(b) { break; } }",
        expect![[r#"
        fn f(mut b: bool) {
            loop {
                if b {
                    b = false;
                } else {
                    break;
                }
            }
            loop {
                if let Some(x) = Some(b) {
                    break;
                } else {
                    break;
                }
            }
        }
    "#]],
    );
}

#[test]
fn question_mark_branches_and_returns() {
    check(
        "fn f(x: Option<u8>) -> Option<u8> { Some(x?) }",
        expect![[r#"
        fn f(x: Option<u8>) -> Option<u8> {
            Some(match branch(x) {
                Break { 0: residual } => #[allow(unreachable_code)] return from_residual(residual),
                Continue { 0: val } => #[allow(unreachable_code)] val,
            })
        }
    "#]],
    );
}

#[test]
fn ranges_are_structs_or_a_call() {
    check(
        "fn f() { (.., 1.., ..2, 1..2, ..=2, 1..=2); }",
        expect![[r#"
        fn f() {
            (RangeFull { }, RangeFrom { start: 1 }, RangeTo { end: 2 }, Range { start: 1, end: 2 }, RangeToInclusive { end: 2 }, range_inclusive_new(1, 2));
        }
    "#]],
    );
}

#[test]
fn destructuring_assignments_go_through_a_pattern() {
    check(
        "struct S { x: u8, y: u8 } struct T(u8, u8);
fn f(mut a: u8, mut b: u8, s: S) { (a, _) = (1, 2); [a, .., b] = [1, 2, 3]; S { x: a, .. } = s; T(a, b) = T(1, 2); (a, (..)) = (1, (2, 3)); }",
        expect![[r#"
            struct S {
                x: u8,
                y: u8,
            }
            struct T(u8, u8);
            fn f(mut a: u8, mut b: u8, s: S) {
                {
                    let (lhs, _) = (1, 2);
                    a = lhs;
                };
                {
                    let [lhs, .., lhs] = [1, 2, 3];
                    a = lhs;
                    b = lhs;
                };
                {
                    let S { x: lhs, .. } = s;
                    a = lhs;
                };
                {
                    let T(lhs, lhs) = T(1, 2);
                    a = lhs;
                    b = lhs;
                };
                {
                    let (lhs, (..)) = (1, (2, 3));
                    a = lhs;
                };
            }
        "#]],
    );
}

#[test]
fn labels_lead_to_their_loops_and_blocks() {
    check(
        "fn f() -> u8 { 'a: loop { 'b: { loop { break 'b; } break 'a 1; } } }",
        expect![[r#"
        fn f() -> u8 {
            'a: loop {
                'b: {
                    loop {
                        break 'b;
                    }
                    break 'a 1;
                }
            }
        }
    "#]],
    );
}

#[test]
fn closures_keep_their_parameters() {
    check(
        "fn f() { let g = move |x: u8, (y, _)| -> u8 { x }; let h = |z| z; }",
        expect![[r#"
        fn f() {
            let g = move |x: u8, (y, _)| -> u8 {
                x
            };
            let h = |z| z;
        }
    "#]],
    );
}

#[test]
fn constants_are_bodies() {
    check(
        "const N: usize = 2; fn f<const M: usize>() { let a = [0; N]; let b = [0; M]; let c = const { 1 + 2 }; let d: [u8; { M }] = b; }",
        expect![[r#"
            const N: usize = 2;
            fn f<const M: usize>() {
                let a = [0; N];
                let b = [0; M];
                let c = const {
                    1 + 2
                };
                let d: [u8; M] = b;
            }
        "#]],
    );
}

#[test]
fn let_else_is_kept() {
    check(
        "fn f(x: Option<u8>) { let Some(y) = x else { return; }; }",
        expect![[r#"
        fn f(x: Option<u8>) {
            let Some(y) = x else {
                return;
            };
        }
    "#]],
    );
}

#[test]
fn struct_expressions_keep_their_base() {
    check(
        "struct S { x: u8, y: u8 } fn f(s: S, x: u8) -> S { S { x, ..s } }",
        expect![[r#"
        struct S {
            x: u8,
            y: u8,
        }
        fn f(s: S, x: u8) -> S {
            S { x, ..s }
        }
    "#]],
    );
}

#[test]
fn underscore_is_no_expression() {
    check_errors(
        "fn f() { let x = _; }",
        expect![[r#"
        error: in expressions, `_` can only be used on the left-hand side of an assignment at `_`
    "#]],
    );
}

#[test]
fn inclusive_ranges_need_an_end() {
    check_errors(
        "fn f(x: u8) { match x { _ => {} } let y = 1..=; }",
        expect![[r#"
        error[E0586]: inclusive range with no end at `..=`
    "#]],
    );
}

#[test]
fn assignments_have_one_rest() {
    check_errors(
        "fn f(mut a: u8) { (.., a, ..) = (1, 2); }",
        expect![[r#"
        error: `..` can only be used once per tuple pattern at `..`
    "#]],
    );
}

#[test]
fn literals_without_value_are_errors() {
    check_errors(
        "fn f() { let x = 1foo; let y = 0x1.0; let z = 1i7; }",
        expect![[r#"
        error: hexadecimal float literal is not supported at `0x1.0`
        error: invalid suffix `foo` for float literal at `1foo`
        error: invalid width `7` for integer literal at `1i7`
    "#]],
    );
}
