//! The expansion loop: order, scopes and hygiene of macros.

use expect_test::expect;

use super::{check, check_ok, resolve};
use span::Edition;

fn check_expanded(fixture: &str, expected: expect_test::Expect) {
    resolve(Edition::Edition2021, &[("main.rs", fixture)], |resolved| {
        assert_eq!(resolved.diagnostics(), "");
        expected.assert_eq(&ast::pretty::crate_to_string(&resolved.krate));
    });
}

#[test]
fn macro_rules_are_in_scope_behind_their_definition() {
    check(
        "mod before { m!(); }
macro_rules! m { () => { pub fn made() {} } }
mod after { m!(); pub use self::made as again; }
mod inner { macro_rules! hidden { () => {} } }
hidden!();
#[macro_use] mod open { macro_rules! shown { () => {} } }
shown!();",
        expect![[r#"
            error 1:14: cannot find macro `m` in this scope
              help: have you added the `#[macro_use]` on the module/import?
            error 5:1: cannot find macro `hidden` in this scope
              help: have you added the `#[macro_use]` on the module/import?
        "#]],
    );
}

#[test]
fn local_names_of_a_macro_are_its_own() {
    check(
        "macro_rules! m { ($x:ident) => { { let $x = 1; let hidden = 2; $x; hidden } } }
fn f() { m!(a); a; let hidden = 1; m!(b); hidden; }",
        expect![[r#"
            error[E0425] 2:17: cannot find value `a` in this scope
              help 2:13: the binding `a` is available in a different scope in the same function
        "#]],
    );
}

#[test]
fn macros_can_be_used_before_they_are_expanded_into_being() {
    check_ok(
        "macro_rules! define { ($name:ident) => { #[macro_export] macro_rules! $name { () => { fn late() {} } } } }
define!(generated);
generated!();
use a::*;
mod a { #[macro_export] macro_rules! three { () => {} } pub macro two($name:ident) { pub fn $name() {} } }
two!(from_two);
fn f() { from_two(); }",
    );
}

#[test]
fn names_of_a_macro_2_0_are_looked_up_at_its_definition() {
    check(
        "mod m { fn private() {} pub struct S; pub macro call() { private(); let s = S; } pub macro get() { unknown_here } }
fn f() { m::call!(); let unknown_here = 1; m::get!(); }",
        expect![[r#"
            error[E0425] 1:100: cannot find value `unknown_here` in this scope
              1:100: not found in this scope
        "#]],
    );
}

#[test]
fn dollar_crate_is_the_defining_crate() {
    check_ok(
        "pub mod m { pub fn f() {} }
mod n { macro_rules! call { () => { $crate::m::f() } } fn g() { call!(); } }",
    );
}

#[test]
fn configured_out_items_are_gone_and_remembered() {
    check(
        "#[cfg(any())] fn gone() {} #[cfg(all())] fn kept() {} #[cfg_attr(all(), cfg(any()))] mod away { pub fn x() {} }
fn f() { gone(); kept(); #[cfg(any())] unknown(); away::x(); }
struct S { #[cfg(any())] a: Unknown, b: u8 }",
        expect![[r#"
            error[E0425] 2:10: cannot find function `gone` in this scope
              2:10: not found in this scope
              note 1:18: found an item that was configured out
            error[E0433] 2:51: cannot find module or crate `away` in this scope
              2:51: use of unresolved module or unlinked crate `away`
              help: you might be missing a crate named `away`
        "#]],
    );
}

#[test]
fn recursion_ends_at_the_limit() {
    check(
        "#![recursion_limit = \"8\"]
macro_rules! forever { () => { forever!(); forever!(); } }
forever!();",
        expect![[r#"
            error 2:32: recursion limit reached while expanding `forever!`
              help: consider increasing the recursion limit by adding a `#![recursion_limit = "16"]` attribute to your crate (`rust_out`)
        "#]],
    );
}

#[test]
fn statement_macros_keep_their_semicolons() {
    check_expanded(
        "macro_rules! stmts { () => { let a = 1; a } } macro_rules! none { () => {} }
fn f() { stmts!(); none!(); none! {} }",
        expect![[r#"
            #![no_core]
            #![feature(no_core, rustc_attrs, lang_items, decl_macro, auto_traits, min_specialization)]
            macro_rules! stmts { () => { let a = 1; a } }
            macro_rules! none { () => {} }
            fn f() {
                let a = 1;
                a;
                ;
            }
        "#]],
    );
}
