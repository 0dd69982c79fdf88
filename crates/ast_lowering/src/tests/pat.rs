//! Patterns.

use expect_test::expect;

use super::{check, check_errors};

#[test]
fn names_are_bindings_or_constants() {
    check(
        "const N: u8 = 1; fn f(x: Option<u8>) { match x { None => {} Some(N) => {} Some(ref mut y @ 1..) => {} Some(-1 | ..=5) => {} z => {} } }",
        expect![[r#"
            const N: u8 = 1;
            fn f(x: Option<u8>) {
                match x {
                    None => { }
                    Some(N) => { }
                    Some(ref mut y @ 1..=) => { }
                    Some(-1 | ..=5) => { }
                    z => { }
                }
            }
        "#]],
    );
}

#[test]
fn rest_patterns_have_a_place() {
    check(
        "struct S { x: u8, y: u8 } fn f((a, .., b): (u8, u8, u8), [c, d @ .., e]: [u8; 4], S { x, y: _ }: S, &(g, ..): &(u8, u8)) {}",
        expect![[r#"
            struct S {
                x: u8,
                y: u8,
            }
            fn f((a, .., b): (u8, u8, u8), [c, d @ .., e]: [u8; 4], S { x, y: _ }: S, &(g, ..): &'_ (u8, u8)) { }
        "#]],
    );
}

#[test]
fn bindings_of_alternatives_are_one_variable() {
    super::lower(
        "fn f(x: (Option<u8>, Option<u8>)) -> u8 { match x { (Some(y), _) | (_, Some(y)) => y, _ => 1 } }",
        |l| {
            assert_eq!(l.errors(), Vec::<String>::new());
            let mut ids = Vec::new();
            let body = l.tcx.hir_body_owners().find_map(|id| l.tcx.hir_maybe_body_owned_by(id)).expect("a body");
            let hir::ExprKind::Block(block, _) = body.value.kind else { panic!() };
            let hir::ExprKind::Match(_, arms, _) = block.expr.expect("a match").kind else { panic!() };
            arms[0].pat.walk_always(|pat| {
                if let hir::PatKind::Binding(_, id, ident, _) = pat.kind {
                    assert_eq!(ident.as_str(), "y");
                    ids.push(id);
                }
            });
            assert_eq!(ids.len(), 2);
            assert_eq!(ids[0], ids[1]);
            assert_eq!(arms[0].body.is_path_to_local(), Some(ids[0]));
        },
    );
}

#[test]
fn misplaced_rest_patterns_are_errors() {
    check_errors(
        "fn f(x: (u8, u8, u8)) { let (.., a, ..) = x; let (b @ .., _) = x; let .. = x; let [.., c, d @ ..] = [1]; }",
        expect![[r#"
            error: `..` can only be used once per tuple pattern at `..`
            error: `b @ ` is not allowed in a tuple at `b @ ..`
            error: `..` patterns are not allowed here at `..`
            error: `..` can only be used once per slice pattern at `..`
        "#]],
    );
}
