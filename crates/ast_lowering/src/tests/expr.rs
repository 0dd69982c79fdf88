//! Expressions.

use expect_test::expect;

use super::{check, check_errors};

#[test]
fn for_loops_call_into_iter_and_next() {
    check("fn f(v: u32) { 'a: for (x, _) in v { if x { continue 'a } } }", expect![""]);
}

#[test]
fn while_loops_break_in_else() {
    check("fn f(mut b: bool) { while b { b = false; } while let Some(x) = Some(b) && x { break; } }", expect![""]);
}

#[test]
fn question_mark_branches_and_returns() {
    check("fn f(x: Option<u8>) -> Option<u8> { Some(x?) }", expect![""]);
}

#[test]
fn ranges_are_structs_or_a_call() {
    check("fn f() { (.., 1.., ..2, 1..2, ..=2, 1..=2); }", expect![""]);
}

#[test]
fn destructuring_assignments_go_through_a_pattern() {
    check(
        "struct S { x: u8, y: u8 } struct T(u8, u8);
fn f(mut a: u8, mut b: u8, s: S) { (a, _) = (1, 2); [a, .., b] = [1, 2, 3]; S { x: a, .. } = s; T(a, b) = T(1, 2); (a, (..)) = (1, (2, 3)); }",
        expect![""],
    );
}

#[test]
fn labels_lead_to_their_loops_and_blocks() {
    check("fn f() -> u8 { 'a: loop { 'b: { loop { break 'b; } break 'a 1; } } }", expect![""]);
}

#[test]
fn closures_keep_their_parameters() {
    check("fn f() { let g = move |x: u8, (y, _)| -> u8 { x }; let h = |z| z; }", expect![""]);
}

#[test]
fn constants_are_bodies() {
    check(
        "const N: usize = 2; fn f<const M: usize>() { let a = [0; N]; let b = [0; M]; let c = const { 1 + 2 }; let d: [u8; { M }] = b; }",
        expect![""],
    );
}

#[test]
fn let_else_is_kept() {
    check("fn f(x: Option<u8>) { let Some(y) = x else { return; }; }", expect![""]);
}

#[test]
fn struct_expressions_keep_their_base() {
    check("struct S { x: u8, y: u8 } fn f(s: S, x: u8) -> S { S { x, ..s } }", expect![""]);
}

#[test]
fn underscore_is_no_expression() {
    check_errors("fn f() { let x = _; }", expect![""]);
}

#[test]
fn inclusive_ranges_need_an_end() {
    check_errors("fn f(x: u8) { match x { _ => {} } let y = 1..=; }", expect![""]);
}

#[test]
fn assignments_have_one_rest() {
    check_errors("fn f(mut a: u8) { (.., a, ..) = (1, 2); }", expect![""]);
}

#[test]
fn literals_without_value_are_errors() {
    check_errors("fn f() { let x = 1foo; let y = 0x1.0; let z = 1i7; }", expect![""]);
}
