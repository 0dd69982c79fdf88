//! Derives write what rustc's write.

use expect_test::{Expect, expect};

fn check(derive: &str, fixture: &str, expected: Expect) {
    check_copy(derive, false, fixture, expected);
}

fn check_copy(derive: &str, derives_copy: bool, fixture: &str, expected: Expect) {
    let (mut text, messages) = super::expand_derive(fixture, derive, derives_copy);
    for message in messages {
        text.push('\n');
        text.push_str(&message);
    }
    expected.assert_eq(&text);
}

const MIXED: &str = "enum Mixed<T> { A(T, u8), B { x: u8, y: T }, C, D }";
const GENERIC: &str =
    "struct S<'a, T: Iterator, const N: usize> where T: Copy { a: T, b: T::Item, pub c: [u8; N], d: &'a str }";

#[test]
fn clone_of_fields() {
    check(
        "Clone",
        GENERIC,
        expect![[r#"
        #[automatically_derived]
        impl<'a, T: $crate::clone::Clone + Iterator, const N: usize> $crate::clone::Clone for S<'a, T, N> where T: Copy, T::Item: $crate::clone::Clone {
            #[inline]
            fn clone(&self) -> S<'a, T, N> {
                S { a: $crate::clone::Clone::clone(&self.a), b: $crate::clone::Clone::clone(&self.b), c: $crate::clone::Clone::clone(&self.c), d: $crate::clone::Clone::clone(&self.d) }
            }
        }"#]],
    );
    check(
        "Clone",
        MIXED,
        expect![[r#"
        #[automatically_derived]
        impl<T: $crate::clone::Clone> $crate::clone::Clone for Mixed<T> {
            #[inline]
            fn clone(&self) -> Mixed<T> {
                match self {
                    Mixed::A(__self_0, __self_1) => Mixed::A($crate::clone::Clone::clone(__self_0), $crate::clone::Clone::clone(__self_1)),
                    Mixed::B { x: __self_0, y: __self_1 } => Mixed::B { x: $crate::clone::Clone::clone(__self_0), y: $crate::clone::Clone::clone(__self_1) },
                    Mixed::C => Mixed::C,
                    Mixed::D => Mixed::D,
                }
            }
        }"#]],
    );
    check(
        "Clone",
        "struct Tup(u8, String);",
        expect![[r#"
        #[automatically_derived]
        impl $crate::clone::Clone for Tup {
            #[inline]
            fn clone(&self) -> Tup { Tup($crate::clone::Clone::clone(&self.0), $crate::clone::Clone::clone(&self.1)) }
        }"#]],
    );
    check(
        "Clone",
        "enum E { A {}, B(), C }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::clone::Clone for E {
            #[inline]
            fn clone(&self) -> E {
                match self {
                    E::A {} => E::A {},
                    E::B() => E::B(),
                    E::C => E::C,
                }
            }
        }"#]],
    );
    check(
        "Clone",
        "enum Never {}",
        expect![[r#"
        #[automatically_derived]
        impl $crate::clone::Clone for Never {
            #[inline]
            fn clone(&self) -> Never {
                match *self {}
            }
        }"#]],
    );
}

#[test]
fn clone_of_what_is_copy() {
    check_copy(
        "Clone",
        true,
        "#[repr(packed)] struct P { a: u8, b: u32, c: u8 }",
        expect![[r#"
        #[automatically_derived]
        #[doc(hidden)]
        unsafe impl $crate::clone::TrivialClone for P {}
        #[automatically_derived]
        impl $crate::clone::Clone for P {
            #[inline]
            fn clone(&self) -> P {
                let _: $crate::clone::AssertParamIsClone<u8>;
                let _: $crate::clone::AssertParamIsClone<u32>;
                *self
            }
        }"#]],
    );
    check_copy(
        "Clone",
        true,
        "struct G<T>(T);",
        expect![[r#"
        #[automatically_derived]
        impl<T: $crate::clone::Clone> $crate::clone::Clone for G<T> {
            #[inline]
            fn clone(&self) -> G<T> { G($crate::clone::Clone::clone(&self.0)) }
        }"#]],
    );
    check_copy(
        "Clone",
        true,
        "union U<T: Copy> { a: T, b: u32 }",
        expect![[r#"
        #[automatically_derived]
        #[doc(hidden)]
        unsafe impl<T: $crate::marker::Copy + $crate::clone::TrivialClone + Copy> $crate::clone::TrivialClone for U<T> {}
        #[automatically_derived]
        impl<T: $crate::marker::Copy + $crate::clone::Clone + Copy> $crate::clone::Clone for U<T> {
            #[inline]
            fn clone(&self) -> U<T> {
                let _: $crate::clone::AssertParamIsCopy<Self>;
                *self
            }
        }"#]],
    );
}

#[test]
fn copy_and_default() {
    check(
        "Copy",
        "struct S<T>(T) where T: Eq;",
        expect![[r#"
        #[automatically_derived]
        impl<T: $crate::marker::Copy> $crate::marker::Copy for S<T> where T: Eq {}"#]],
    );
    check(
        "Default",
        "struct S<T> { x: Option<T> }",
        expect![[r#"
        #[automatically_derived]
        impl<T: $crate::default::Default> $crate::default::Default for S<T> {
            #[inline]
            fn default() -> S<T> {
                S { x: $crate::default::Default::default() }
            }
        }"#]],
    );
    check(
        "Default",
        "struct S();",
        expect![[r#"
        #[automatically_derived]
        impl $crate::default::Default for S {
            #[inline]
            fn default() -> S {
                S {}
            }
        }"#]],
    );
    check(
        "Default",
        "enum E<T> { #[default] A, B(T) }",
        expect![[r#"
        #[automatically_derived]
        impl<T> $crate::default::Default for E<T> {
            #[inline]
            fn default() -> E<T> { Self::A }
        }"#]],
    );
}

#[test]
fn default_errors() {
    check(
        "Default",
        "enum A { X, Y }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::default::Default for A {
            #[inline]
            fn default() -> A {
                (/*ERROR*/)
            }
        }
        1: `#[derive(Default)]` on enum with no `#[default]` [E0665]"#]],
    );
    check(
        "Default",
        "enum A { #[default] X, #[default] Y }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::default::Default for A {
            #[inline]
            fn default() -> A {
                (/*ERROR*/)
            }
        }
        1: multiple declared defaults
          note: only one variant can be default"#]],
    );
    check(
        "Default",
        "enum A { #[default] #[default] X, Y }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::default::Default for A {
            #[inline]
            fn default() -> A {
                (/*ERROR*/)
            }
        }
        1: multiple `#[default]` attributes
          note: only one `#[default]` attribute is needed
          help: try removing this"#]],
    );
    check(
        "Default",
        "enum A { #[default] X(u8), Y }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::default::Default for A {
            #[inline]
            fn default() -> A {
                (/*ERROR*/)
            }
        }
        1: the `#[default]` attribute may only be used on unit enum variants
          help: consider a manual implementation of `Default`"#]],
    );
    check(
        "Default",
        "enum A { #[default] #[non_exhaustive] X }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::default::Default for A {
            #[inline]
            fn default() -> A {
                (/*ERROR*/)
            }
        }
        1: default variant must be exhaustive
          help: consider a manual implementation of `Default`"#]],
    );
    check(
        "Default",
        "struct A { #[default] x: u8 }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::default::Default for A {
            #[inline]
            fn default() -> A {
                A { x: $crate::default::Default::default() }
            }
        }
        1: the `#[default]` attribute may only be used on unit enum variants
          help: consider a manual implementation of `Default`"#]],
    );
    check(
        "Default",
        "union A { x: u8 }",
        expect![[r#"

        1: this trait cannot be derived for unions"#]],
    );
}

#[test]
fn debug() {
    check(
        "Debug",
        "struct U;",
        expect![[r##"
        #[automatically_derived]
        impl $crate::fmt::Debug for U {
            #[inline]
            fn fmt(&self, f: &mut $crate::fmt::Formatter) -> $crate::fmt::Result { $crate::fmt::Formatter::write_str(f, "U") }
        }"##]],
    );
    check(
        "Debug",
        GENERIC,
        expect![[r##"
        #[automatically_derived]
        impl<'a, T: $crate::fmt::Debug + Iterator, const N: usize> $crate::fmt::Debug for S<'a, T, N> where T: Copy, T::Item: $crate::fmt::Debug {
            #[inline]
            fn fmt(&self, f: &mut $crate::fmt::Formatter) -> $crate::fmt::Result {
                $crate::fmt::Formatter::debug_struct_field4_finish(f, "S", "a", &self.a, "b", &self.b, "c", &self.c, "d", &&self.d)
            }
        }"##]],
    );
    check(
        "Debug",
        MIXED,
        expect![[r##"
        #[automatically_derived]
        impl<T: $crate::fmt::Debug> $crate::fmt::Debug for Mixed<T> {
            #[inline]
            fn fmt(&self, f: &mut $crate::fmt::Formatter) -> $crate::fmt::Result {
                match self {
                    Mixed::A(__self_0, __self_1) => $crate::fmt::Formatter::debug_tuple_field2_finish(f, "A", __self_0, &__self_1),
                    Mixed::B { x: __self_0, y: __self_1 } => $crate::fmt::Formatter::debug_struct_field2_finish(f, "B", "x", __self_0, "y", &__self_1),
                    Mixed::C => $crate::fmt::Formatter::write_str(f, "C"),
                    Mixed::D => $crate::fmt::Formatter::write_str(f, "D"),
                }
            }
        }"##]],
    );
    check(
        "Debug",
        "enum Fieldless { A, B {}, C() }",
        expect![[r##"
        #[automatically_derived]
        impl $crate::fmt::Debug for Fieldless {
            #[inline]
            fn fmt(&self, f: &mut $crate::fmt::Formatter) -> $crate::fmt::Result {
                $crate::fmt::Formatter::write_str(f, match self {
                    Fieldless::A => "A",
                    Fieldless::B {} => "B",
                    Fieldless::C() => "C",
                })
            }
        }"##]],
    );
    check(
        "Debug",
        "struct Big { a: u8, b: u8, c: u8, d: u8, e: u8, f: [u8] }",
        expect![[r##"
        #[automatically_derived]
        impl $crate::fmt::Debug for Big {
            #[inline]
            fn fmt(&self, f: &mut $crate::fmt::Formatter) -> $crate::fmt::Result {
                let names: &'static _ = &["a", "b", "c", "d", "e", "f"];
                let values: &[&dyn $crate::fmt::Debug] = &[&self.a, &self.b, &self.c, &self.d, &self.e, &&self.f];
                $crate::fmt::Formatter::debug_struct_fields_finish(f, "Big", names, values)
            }
        }"##]],
    );
    check(
        "Debug",
        "struct Tup(u8, u8, u8, u8, u8, u8, u8);",
        expect![[r##"
        #[automatically_derived]
        impl $crate::fmt::Debug for Tup {
            #[inline]
            fn fmt(&self, f: &mut $crate::fmt::Formatter) -> $crate::fmt::Result {
                let values: &[&dyn $crate::fmt::Debug] = &[&self.0, &self.1, &self.2, &self.3, &self.4, &self.5, &&self.6];
                $crate::fmt::Formatter::debug_tuple_fields_finish(f, "Tup", values)
            }
        }"##]],
    );
}

#[test]
fn partial_eq() {
    check(
        "PartialEq",
        "struct X(String, u8, bool, usize, *const u8);",
        expect![[r#"
        #[automatically_derived]
        impl $crate::marker::StructuralPartialEq for X {}
        #[automatically_derived]
        impl $crate::cmp::PartialEq for X {
            #[inline]
            fn eq(&self, other: &X) -> bool { self.1 == other.1 && self.2 == other.2 && self.4 == other.4 && self.0 == other.0 && self.3 == other.3 }
        }"#]],
    );
    check(
        "PartialEq",
        MIXED,
        expect![[r#"
        #[automatically_derived]
        impl<T> $crate::marker::StructuralPartialEq for Mixed<T> {}
        #[automatically_derived]
        impl<T: $crate::cmp::PartialEq> $crate::cmp::PartialEq for Mixed<T> {
            #[inline]
            fn eq(&self, other: &Mixed<T>) -> bool {
                let __self_discr = $crate::intrinsics::discriminant_value(self);
                let __arg1_discr = $crate::intrinsics::discriminant_value(other);
                __self_discr == __arg1_discr && match (self, other) {
                    (Mixed::A(__self_0, __self_1), Mixed::A(__arg1_0, __arg1_1)) => __self_1 == __arg1_1 && __self_0 == __arg1_0,
                    (Mixed::B { x: __self_0, y: __self_1 }, Mixed::B { x: __arg1_0, y: __arg1_1 }) => __self_0 == __arg1_0 && __self_1 == __arg1_1,
                    _ => true,
                }
            }
        }"#]],
    );
    check(
        "PartialEq",
        "enum Fieldless { A, B }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::marker::StructuralPartialEq for Fieldless {}
        #[automatically_derived]
        impl $crate::cmp::PartialEq for Fieldless {
            #[inline]
            fn eq(&self, other: &Fieldless) -> bool {
                let __self_discr = $crate::intrinsics::discriminant_value(self);
                let __arg1_discr = $crate::intrinsics::discriminant_value(other);
                __self_discr == __arg1_discr
            }
        }"#]],
    );
    check(
        "PartialEq",
        "enum One { A(u8) }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::marker::StructuralPartialEq for One {}
        #[automatically_derived]
        impl $crate::cmp::PartialEq for One {
            #[inline]
            fn eq(&self, other: &One) -> bool {
                match (self, other) {
                    (One::A(__self_0), One::A(__arg1_0)) => __self_0 == __arg1_0,
                }
            }
        }"#]],
    );
    check(
        "PartialEq",
        "#[repr(packed)] struct P<T> { a: u8, b: T }",
        expect![[r#"
        #[automatically_derived]
        impl<T> $crate::marker::StructuralPartialEq for P<T> {}
        #[automatically_derived]
        impl<T: $crate::cmp::PartialEq + $crate::marker::Copy> $crate::cmp::PartialEq for P<T> {
            #[inline]
            fn eq(&self, other: &P<T>) -> bool {
                ({ self.a }) == ({ other.a }) && ({ self.b }) == ({ other.b })
            }
        }"#]],
    );
    check(
        "PartialEq",
        "#[allow(dead_code)] #[inline] struct U;",
        expect![[r#"
        #[automatically_derived]
        #[allow(dead_code)]
        impl $crate::marker::StructuralPartialEq for U {}
        #[automatically_derived]
        #[allow(dead_code)]
        impl $crate::cmp::PartialEq for U {
            #[inline]
            fn eq(&self, other: &U) -> bool { true }
        }"#]],
    );
}

#[test]
fn eq() {
    check(
        "Eq",
        MIXED,
        expect![[r#"
        #[automatically_derived]
        impl<T: $crate::cmp::Eq> $crate::cmp::Eq for Mixed<T> {
            #[doc(hidden)]
            #[coverage(off)]
            fn assert_fields_are_eq(&self) {
                let _: $crate::cmp::AssertParamIsEq<T>;
                let _: $crate::cmp::AssertParamIsEq<u8>;
            }
        }"#]],
    );
}

#[test]
fn orderings() {
    check(
        "PartialOrd",
        MIXED,
        expect![[r#"
        #[automatically_derived]
        impl<T: $crate::cmp::PartialOrd> $crate::cmp::PartialOrd for Mixed<T> {
            #[inline]
            fn partial_cmp(&self, other: &Mixed<T>) -> $crate::option::Option<$crate::cmp::Ordering> {
                let __self_discr = $crate::intrinsics::discriminant_value(self);
                let __arg1_discr = $crate::intrinsics::discriminant_value(other);
                match (self, other) {
                    (Mixed::A(__self_0, __self_1), Mixed::A(__arg1_0, __arg1_1)) => match $crate::cmp::PartialOrd::partial_cmp(__self_0, __arg1_0) {
                        $crate::option::Option::Some($crate::cmp::Ordering::Equal) => $crate::cmp::PartialOrd::partial_cmp(__self_1, __arg1_1),
                        cmp => cmp,
                    },
                    (Mixed::B { x: __self_0, y: __self_1 }, Mixed::B { x: __arg1_0, y: __arg1_1 }) => match $crate::cmp::PartialOrd::partial_cmp(__self_0, __arg1_0) {
                        $crate::option::Option::Some($crate::cmp::Ordering::Equal) => $crate::cmp::PartialOrd::partial_cmp(__self_1, __arg1_1),
                        cmp => cmp,
                    },
                    _ => $crate::cmp::PartialOrd::partial_cmp(&__self_discr, &__arg1_discr),
                }
            }
        }"#]],
    );
    check(
        "PartialOrd",
        "enum Many { A(u8), B, C, D(u8), E(u8) }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::cmp::PartialOrd for Many {
            #[inline]
            fn partial_cmp(&self, other: &Many) -> $crate::option::Option<$crate::cmp::Ordering> {
                let __self_discr = $crate::intrinsics::discriminant_value(self);
                let __arg1_discr = $crate::intrinsics::discriminant_value(other);
                match $crate::cmp::PartialOrd::partial_cmp(&__self_discr, &__arg1_discr) {
                    $crate::option::Option::Some($crate::cmp::Ordering::Equal) => match (self, other) {
                        (Many::A(__self_0), Many::A(__arg1_0)) => $crate::cmp::PartialOrd::partial_cmp(__self_0, __arg1_0),
                        (Many::D(__self_0), Many::D(__arg1_0)) => $crate::cmp::PartialOrd::partial_cmp(__self_0, __arg1_0),
                        (Many::E(__self_0), Many::E(__arg1_0)) => $crate::cmp::PartialOrd::partial_cmp(__self_0, __arg1_0),
                        _ => $crate::option::Option::Some($crate::cmp::Ordering::Equal),
                    },
                    cmp => cmp,
                }
            }
        }"#]],
    );
    check(
        "PartialOrd",
        "struct U;",
        expect![[r#"
        #[automatically_derived]
        impl $crate::cmp::PartialOrd for U {
            #[inline]
            fn partial_cmp(&self, other: &U) -> $crate::option::Option<$crate::cmp::Ordering> { $crate::option::Option::Some($crate::cmp::Ordering::Equal) }
        }"#]],
    );
    check(
        "Ord",
        MIXED,
        expect![[r#"
        #[automatically_derived]
        impl<T: $crate::cmp::Ord> $crate::cmp::Ord for Mixed<T> {
            #[inline]
            fn cmp(&self, other: &Mixed<T>) -> $crate::cmp::Ordering {
                let __self_discr = $crate::intrinsics::discriminant_value(self);
                let __arg1_discr = $crate::intrinsics::discriminant_value(other);
                match $crate::cmp::Ord::cmp(&__self_discr, &__arg1_discr) {
                    $crate::cmp::Ordering::Equal => match (self, other) {
                        (Mixed::A(__self_0, __self_1), Mixed::A(__arg1_0, __arg1_1)) => match $crate::cmp::Ord::cmp(__self_0, __arg1_0) {
                            $crate::cmp::Ordering::Equal => $crate::cmp::Ord::cmp(__self_1, __arg1_1),
                            cmp => cmp,
                        },
                        (Mixed::B { x: __self_0, y: __self_1 }, Mixed::B { x: __arg1_0, y: __arg1_1 }) => match $crate::cmp::Ord::cmp(__self_0, __arg1_0) {
                            $crate::cmp::Ordering::Equal => $crate::cmp::Ord::cmp(__self_1, __arg1_1),
                            cmp => cmp,
                        },
                        _ => $crate::cmp::Ordering::Equal,
                    },
                    cmp => cmp,
                }
            }
        }"#]],
    );
    check(
        "Ord",
        "struct Tup(u8, String, u8);",
        expect![[r#"
        #[automatically_derived]
        impl $crate::cmp::Ord for Tup {
            #[inline]
            fn cmp(&self, other: &Tup) -> $crate::cmp::Ordering {
                match $crate::cmp::Ord::cmp(&self.0, &other.0) {
                    $crate::cmp::Ordering::Equal => match $crate::cmp::Ord::cmp(&self.1, &other.1) {
                        $crate::cmp::Ordering::Equal => $crate::cmp::Ord::cmp(&self.2, &other.2),
                        cmp => cmp,
                    },
                    cmp => cmp,
                }
            }
        }"#]],
    );
    check(
        "Ord",
        "enum Fieldless { A, B }",
        expect![[r#"
        #[automatically_derived]
        impl $crate::cmp::Ord for Fieldless {
            #[inline]
            fn cmp(&self, other: &Fieldless) -> $crate::cmp::Ordering {
                let __self_discr = $crate::intrinsics::discriminant_value(self);
                let __arg1_discr = $crate::intrinsics::discriminant_value(other);
                $crate::cmp::Ord::cmp(&__self_discr, &__arg1_discr)
            }
        }"#]],
    );
}

#[test]
fn hash() {
    check(
        "Hash",
        GENERIC,
        expect![[r#"
        #[automatically_derived]
        impl<'a, T: $crate::hash::Hash + Iterator, const N: usize> $crate::hash::Hash for S<'a, T, N> where T: Copy, T::Item: $crate::hash::Hash {
            #[inline]
            fn hash<__H: $crate::hash::Hasher>(&self, state: &mut __H) {
                $crate::hash::Hash::hash(&self.a, state);
                $crate::hash::Hash::hash(&self.b, state);
                $crate::hash::Hash::hash(&self.c, state);
                $crate::hash::Hash::hash(&self.d, state)
            }
        }"#]],
    );
    check(
        "Hash",
        MIXED,
        expect![[r#"
        #[automatically_derived]
        impl<T: $crate::hash::Hash> $crate::hash::Hash for Mixed<T> {
            #[inline]
            fn hash<__H: $crate::hash::Hasher>(&self, state: &mut __H) {
                let __self_discr = $crate::intrinsics::discriminant_value(self);
                $crate::hash::Hash::hash(&__self_discr, state);
                match self {
                    Mixed::A(__self_0, __self_1) => {
                        $crate::hash::Hash::hash(__self_0, state);
                        $crate::hash::Hash::hash(__self_1, state)
                    }
                    Mixed::B { x: __self_0, y: __self_1 } => {
                        $crate::hash::Hash::hash(__self_0, state);
                        $crate::hash::Hash::hash(__self_1, state)
                    }
                    _ => {}
                }
            }
        }"#]],
    );
    check(
        "Hash",
        "struct U;",
        expect![[r#"
        #[automatically_derived]
        impl $crate::hash::Hash for U {
            #[inline]
            fn hash<__H: $crate::hash::Hasher>(&self, state: &mut __H) {}
        }"#]],
    );
    check(
        "Hash",
        "union U { x: u8 }",
        expect![[r#"

        1: this trait cannot be derived for unions"#]],
    );
}

#[test]
fn coerce_pointee() {
    check(
        "CoercePointee",
        "struct Ptr<'a, #[pointee] T: ?Sized, U>(&'a T, PhantomData<U>) where T: Debug;",
        expect![[r#"
            #[automatically_derived]
            impl<'a, T: ?Sized, U> $crate::marker::CoercePointeeValidated for Ptr<'a, T, U> where T: Debug {}
            #[automatically_derived]
            impl<'a, T: ?Sized + $crate::marker::Unsize<__S>, __S: ?Sized, U> $crate::ops::DispatchFromDyn<Ptr<'a, __S, U>> for Ptr<'a, T, U> where T: Debug, __S: Debug {}
            #[automatically_derived]
            impl<'a, T: ?Sized + $crate::marker::Unsize<__S>, __S: ?Sized, U> $crate::ops::CoerceUnsized<Ptr<'a, __S, U>> for Ptr<'a, T, U> where T: Debug, __S: Debug {}"#]],
    );
    check(
        "CoercePointee",
        "struct Ptr<'a, T>(&'a T);",
        expect![[r#"

        1: `derive(CoercePointee)` requires `T` to be marked `?Sized` [E0802]"#]],
    );
}

#[test]
fn macros_in_types_are_errors() {
    check(
        "Clone",
        "struct S<T>(m!(), T);",
        expect![[r#"

        1: `derive` cannot be used on items with type macros"#]],
    );
}
