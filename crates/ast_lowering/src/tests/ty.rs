//! Types, generics, lifetimes, `impl Trait`.

use expect_test::expect;

use super::{check, check_errors};

#[test]
fn elided_lifetimes_become_parameters() {
    check(
        "fn f(x: &u8, y: Ref<u8>, z: Ref<'_, u8>) -> u8 { 1 } fn g<'a>(x: &'a u8) -> &u8 { x }",
        expect![[r#"
        fn f(x: &'_ u8, y: Ref<'_, u8>, z: Ref<'_, u8>) -> u8 {
            1
        }
        fn g<'a>(x: &'a u8) -> &'_ u8 {
            x
        }
    "#]],
    );
}

#[test]
fn impl_trait_in_parameters_is_a_type_parameter() {
    check(
        "fn f(x: impl Tr<u8> + Copy, y: &impl Copy) {}",
        expect![[r#"
        fn f<impl Tr<u8> + Copy, impl Copy>(x: impl Tr<u8> + Copy, y: &'_ impl Copy) where impl Tr<u8> + Copy: Tr<u8> + Copy, impl Copy: Copy { }
    "#]],
    );
}

#[test]
fn impl_trait_in_return_types_is_opaque() {
    check(
        "fn f<'a, T>(x: &'a T) -> impl Copy + use<'a, T> { x } trait U { fn g(&self) -> impl Copy; }",
        expect![[r#"
        fn f<'a, T>(x: &'a T) -> /*impl Trait*/ {
            x
        }
        trait U {
            fn g(&self) -> /*impl Trait*/;
        }
    "#]],
    );
}

#[test]
fn objects_and_fn_pointers() {
    check(
        "fn f<'a>(a: &dyn Tr, b: &(dyn Fn(&u8) -> u8 + Copy + 'a), c: for<'b> fn(&'b u8, x: u8) -> &'b u8, d: &mut dyn for<'c> Tr<&'c u8>) {}",
        expect![[r#"
            fn f<'a>(a: &'_ dyn Tr, b: &'_ dyn Fn(&'_ u8) -> u8 + Copy + 'a, c: for<'b> fn(&'b u8, x: u8) -> &'b u8, d: &'_ mut dyn for<'c> Tr<&'c u8>) { }
        "#]],
    );
}

#[test]
fn bounds_become_predicates() {
    check(
        "fn f<'a: 'b, 'b, T: Copy + 'a, U: Iterator<Item = u8> = u8, const N: usize>() where T: for<'c> Tr<&'c u8> + ?Sized, U::Item: Tr, Option<T>: Tr {}",
        expect![[r#"
            fn f<'a, 'b, T, U = u8, const N: usize>() where 'a: 'b, T: Copy + 'a, U: Iterator<Item = u8>, T: for<'c> Tr<&'c u8> + ?Sized, U::Item: Tr, Option<T>: Tr { }
        "#]],
    );
}

#[test]
fn relative_paths_are_left_to_type_checking() {
    check(
        "fn f<T: Iterator>(x: T::Item, y: <T as Iterator>::Item, z: <T>::Item) { u8::max_value(); <u8>::min(); Option::<u8>::Some(1); }",
        expect![[r#"
            fn f<T>(x: T::Item, y: <T as Iterator>::Item, z: T::Item) where T: Iterator {
                u8::max_value();
                u8::min();
                Option::<u8>::Some(1);
            }
        "#]],
    );
}

#[test]
fn impl_trait_has_its_places() {
    check_errors(
        "struct S { x: impl Copy } fn f() { let x: impl Copy = 1; let y = |z: impl Copy| 1; } type F = fn(impl Copy); impl Tr for impl Copy {}",
        expect![[r#"
            error[E0562]: `impl Trait` is not allowed in field types at `impl Copy`
            error[E0562]: `impl Trait` is not allowed in the type of variable bindings at `impl Copy`
            error[E0562]: `impl Trait` is not allowed in closure parameters at `impl Copy`
            error[E0562]: `impl Trait` is not allowed in `fn` pointer parameters at `impl Copy`
            error[E0562]: `impl Trait` is not allowed in impl headers at `impl Copy`
        "#]],
    );
}

#[test]
fn parentheses_are_for_fn_traits() {
    check_errors(
        "fn f(x: Option(u8)) {}",
        expect![[r#"
        error[E0214]: parenthesized type parameters may only be used with a `Fn` trait at `(u8)`
    "#]],
    );
}
