//! Types, generics, lifetimes, `impl Trait`.

use expect_test::expect;

use super::{check, check_errors};

#[test]
fn elided_lifetimes_become_parameters() {
    check("fn f(x: &u8, y: Ref<u8>, z: Ref<'_, u8>) -> u8 { 1 } fn g<'a>(x: &'a u8) -> &u8 { x }", expect![""]);
}

#[test]
fn impl_trait_in_parameters_is_a_type_parameter() {
    check("fn f(x: impl Tr<u8> + Copy, y: &impl Copy) {}", expect![""]);
}

#[test]
fn impl_trait_in_return_types_is_opaque() {
    check("fn f<'a, T>(x: &'a T) -> impl Copy + use<'a, T> { x } trait U { fn g(&self) -> impl Copy; }", expect![""]);
}

#[test]
fn objects_and_fn_pointers() {
    check(
        "fn f<'a>(a: &dyn Tr, b: &(dyn Fn(&u8) -> u8 + Copy + 'a), c: for<'b> fn(&'b u8, x: u8) -> &'b u8, d: &mut dyn for<'c> Tr<&'c u8>) {}",
        expect![""],
    );
}

#[test]
fn bounds_become_predicates() {
    check(
        "fn f<'a: 'b, 'b, T: Copy + 'a, U: Iterator<Item = u8> = u8, const N: usize>() where T: for<'c> Tr<&'c u8> + ?Sized, U::Item: Tr, Option<T>: Tr {}",
        expect![""],
    );
}

#[test]
fn relative_paths_are_left_to_type_checking() {
    check(
        "fn f<T: Iterator>(x: T::Item, y: <T as Iterator>::Item, z: <T>::Item) { u8::max_value(); <u8>::min(); Option::<u8>::Some(1); }",
        expect![""],
    );
}

#[test]
fn impl_trait_has_its_places() {
    check_errors(
        "struct S { x: impl Copy } fn f() { let x: impl Copy = 1; let y = |z: impl Copy| 1; } type F = fn(impl Copy); impl Tr for impl Copy {}",
        expect![""],
    );
}

#[test]
fn parentheses_are_for_fn_traits() {
    check_errors("fn f(x: Option(u8)) {}", expect![""]);
}
