//! What is reported of names that mean nothing, or too much.

use expect_test::expect;
use span::Edition;

use super::{check, check_files, check_ok};

#[test]
fn unknown_names_get_the_codes_of_their_places() {
    check(
        "fn f() { value; function(); Struct { a: 1 }; let x: Type; let Tuple(y); let m::Unit; }
impl NoTrait for Missing {}
mod m {}",
        expect![[r#"
            error[E0425] 1:10: cannot find value `value` in this scope
              1:10: not found in this scope
            error[E0425] 1:17: cannot find function `function` in this scope
              1:17: not found in this scope
            error[E0422] 1:29: cannot find struct, variant or union type `Struct` in this scope
              1:29: not found in this scope
            error[E0425] 1:53: cannot find type `Type` in this scope
              1:53: not found in this scope
            error[E0531] 1:63: cannot find tuple struct or tuple variant `Tuple` in this scope
              1:63: not found in this scope
            error[E0531] 1:80: cannot find unit struct, unit variant or constant `Unit` in module `m`
              1:80: not found in `m`
            error[E0405] 2:6: cannot find trait `NoTrait` in this scope
              2:6: not found in this scope
            error[E0425] 2:18: cannot find type `Missing` in this scope
              2:18: not found in this scope
        "#]],
    );
}

#[test]
fn imports_that_lead_nowhere() {
    check(
        "use missing::a;
use m::nope;
use m::inner;
use crate::m::x::y;
use self::m::{function, nothing as other};
mod m { pub fn function() {} pub mod inners {} }",
        expect![[r#"
            error[E0432] 1:5: unresolved import `missing`
              1:5: use of unresolved module or unlinked crate `missing`
              help: you might be missing a crate named `missing`
            error[E0432] 2:5: unresolved import `m::nope`
              2:5: no `nope` in `m`
            error[E0432] 3:5: unresolved import `m::inner`
              3:5: no `inner` in `m`
              help: a similar name exists in the module: "inners"
            error[E0432] 4:15: unresolved import `crate::m::x`
              4:15: could not find `x` in `m`
            error[E0432] 5:25: unresolved import `self::m::nothing`
              5:25: no `nothing` in `m`
        "#]],
    );
}

#[test]
fn private_items_are_reported_once_where_they_are_named() {
    check(
        "mod m { fn private() {} pub struct S(u8); mod inner { pub fn deep() {} } }
use m::private;
fn f() { m::private(); m::inner::deep(); let s = m::S(1); private(); }",
        expect![[r#"
            error[E0603] 2:8: function `private` is private
              2:8: private function
              note 1:9: the function `private` is defined here
            error[E0603] 3:13: function `private` is private
              3:13: private function
              note 1:9: the function `private` is defined here
            error[E0603] 3:27: module `inner` is private
              3:27: private module
              note 1:43: the module `inner` is defined here
            error[E0603] 3:53: tuple struct constructor `S` is private
              3:53: private tuple struct constructor
              1:38: a constructor is private if any of the fields is private
              note 1:25: the tuple struct constructor `S` is defined here
              help: consider making the field publicly accessible: "pub "
        "#]],
    );
}

#[test]
fn a_name_is_defined_once_in_a_namespace() {
    check(
        "struct A;
fn A() {}
struct B {}
fn B() {}
use m::C;
struct C;
use m::D;
use n::D;
mod m { pub struct C; pub struct D; }
mod n { pub struct D; }",
        expect![[r#"
            error[E0428] 2:1: the name `A` is defined multiple times
              2:1: `A` redefined here
              1:1: previous definition of the value `A` here
              note: `A` must be defined only once in the value namespace of this module
            error[E0255] 6:1: the name `C` is defined multiple times
              6:1: `C` redefined here
              5:5: previous import of the type `C` here
              note: `C` must be defined only once in the type namespace of this module
              help: you can use `as` to change the binding name of the import: " as OtherC"
            error[E0252] 8:5: the name `D` is defined multiple times
              8:5: `D` reimported here
              7:5: previous import of the type `D` here
              note: `D` must be defined only once in the type namespace of this module
              help: you can use `as` to change the binding name of the import: " as OtherD"
        "#]],
    );
}

#[test]
fn globs_may_overlap_until_the_name_is_used() {
    check(
        "mod a { pub fn f() {} pub fn g() {} }
mod b { pub fn f() {} }
use a::*;
use b::*;
fn main() { g(); f(); }",
        expect![[r#"
            error[E0659] 5:18: `f` is ambiguous
              5:18: ambiguous name
              note: ambiguous because of multiple glob imports of a name in the same module
              note 3:5: `f` could refer to the function imported here
              help: consider adding an explicit import of `f` to disambiguate
              note 4:5: `f` could also refer to the function imported here
              help: consider adding an explicit import of `f` to disambiguate
        "#]],
    );
    check_ok(
        "mod a { pub fn f() {} }
mod b { pub use crate::a::f; }
use a::*;
use b::*;
fn main() { f(); }",
    );
}

#[test]
fn locals_do_not_cross_items_and_constants() {
    check(
        "fn f(x: u8) { fn g() { x; } const C: u8 = x; static S: u8 = x; let a: [u8; x]; }
struct S;
fn outer<T>() { fn inner(t: T) {} struct Local(T); }",
        expect![[r#"
            error[E0434] 1:24: can't capture dynamic environment in a fn item
              help: use the `|| { ... }` closure form instead
            error[E0435] 1:43: attempt to use a non-constant value in a constant
              1:43: non-constant value
              help: consider using `let` instead of `const`: "let "
            error[E0435] 1:61: attempt to use a non-constant value in a constant
              1:61: non-constant value
              help: consider using `let` instead of `static`: "let "
            error[E0435] 1:76: attempt to use a non-constant value in a constant
              1:6: this would need to be a `const`
            error[E0401] 3:29: can't use generic parameters from outer item
              3:29: use of generic parameter from outer item
              3:10: type parameter from outer item
              3:20: generic parameter used in this inner function
              note: nested items are independent from their parent item for everything except for privacy and name resolution
              help: try introducing a local generic parameter here: "<T>"
            error[E0401] 3:48: can't use generic parameters from outer item
              3:48: use of generic parameter from outer item
              3:10: type parameter from outer item
              3:42: generic parameter used in this inner struct
              note: nested items are independent from their parent item for everything except for privacy and name resolution
              help: try introducing a local generic parameter here: "<T>"
        "#]],
    );
}

#[test]
fn alternatives_of_a_pattern_bind_the_same_names() {
    check(
        "enum E { A(u8), B(u8) }
use E::*;
fn f(e: E) { match e { A(x) | B(y) => {} } match e { A(ref x) | B(x) => {} } let (a, a) = e; }
fn g(a: u8, a: u8) {}",
        expect![[r#"
            error[E0408] 3:24: variable `y` is not bound in all patterns
              3:24: pattern doesn't bind `y`
              3:33: variable not in all patterns
            error[E0408] 3:31: variable `x` is not bound in all patterns
              3:31: pattern doesn't bind `x`
              3:26: variable not in all patterns
            error[E0409] 3:67: variable `x` is bound inconsistently across alternatives separated by `|`
              3:67: bound in different ways
              3:60: first binding
            error[E0416] 3:86: identifier `a` is bound more than once in the same pattern
              3:86: used in a pattern more than once
            error[E0415] 4:13: identifier `a` is bound more than once in this parameter list
              4:13: used as parameter more than once
        "#]],
    );
}

#[test]
fn a_binding_does_not_shadow_a_constant() {
    check(
        "const C: u8 = 1; static S: u8 = 1; struct Unit; struct Tuple(u8);
fn f() { let C = 1; let S = 1; let Unit = 1; let ref C = 1; let Tuple = 1; }",
        expect![[r#"
            error[E0530] 2:25: let bindings cannot shadow statics
              2:25: cannot be named the same as a static
              1:18: the static `S` is defined here
            error[E0530] 2:54: let bindings cannot shadow constants
              2:54: cannot be named the same as a constant
              1:1: the constant `C` is defined here
            error[E0530] 2:65: let bindings cannot shadow tuple structs
              2:65: cannot be named the same as a tuple struct
              1:49: the tuple struct `Tuple` is defined here
        "#]],
    );
}

#[test]
fn labels_are_hygienic_and_do_not_cross_closures() {
    check(
        "fn f() { 'a: loop { || break 'a; break 'b; continue 'aa } }
macro_rules! m { ($e:expr) => { 'x: loop { $e } } }
fn g() { m!(break 'x); }",
        expect![[r#"
            error[E0767] 1:30: use of unreachable label `'a`
              1:30: unreachable label `'a`
              1:10: unreachable label defined here
              note: labels are unreachable through functions, closures, async blocks and modules
            error[E0426] 1:40: use of undeclared label `'b`
              1:40: undeclared label `'b`
              help: try using similarly named label: "'a"
            error[E0426] 1:53: use of undeclared label `'aa`
              1:53: undeclared label `'aa`
              help: try using similarly named label: "'a"
            error[E0426] 3:19: use of undeclared label `'x`
              3:19: undeclared label `'x`
        "#]],
    );
}

#[test]
fn lifetimes_must_be_declared() {
    check(
        "struct S<'a>(&'b u8, &u8, &'a u8);
fn f<'static, 'a, 'a>(x: &'c u8) {}
fn g(x: &u8, y: &u8) -> &u8 { x }
fn h() -> &u8 { loop {} }
impl S<'_> { fn k(&self, x: &u8) -> &u8 { x } }
impl Tr for S {}
trait Tr {}",
        expect![[r#"
            error[E0261] 1:15: use of undeclared lifetime name `'b`
              1:15: undeclared lifetime
              help: consider introducing lifetime `'b` here: "'b, "
            error[E0106] 1:22: missing lifetime specifier
              1:22: expected named lifetime parameter
              help: consider using the `'a` lifetime: "'a "
            error[E0262] 2:6: invalid lifetime parameter name: `'static`
              2:6: 'static is a reserved lifetime name
            error[E0403] 2:19: the name `'a` is already used for a generic parameter in this item's generic parameters
              2:15: first use of `'a`
              2:19: already used
            error[E0261] 2:27: use of undeclared lifetime name `'c`
              2:27: undeclared lifetime
              help: consider introducing lifetime `'c` here: "'c, "
            error[E0106] 3:25: missing lifetime specifier
              3:25: expected named lifetime parameter
              3:9: 
              3:17: 
              help: this function's return type contains a borrowed value, but the signature does not say whether it is borrowed from `x` or `y`
              help: consider introducing a named lifetime parameter: "<'a>" + "'a " + "'a " + "'a "
            error[E0106] 4:11: missing lifetime specifier
              4:11: expected named lifetime parameter
              help: this function's return type contains a borrowed value, but there is no value for it to be borrowed from
              help: consider using the `'static` lifetime, but this is uncommon unless you're returning a borrowed value from a `const` or a `static`: "'static "
            error[E0726] 6:13: implicit elided lifetime not allowed here
              6:13: expected lifetime parameter
              help: indicate the anonymous lifetime: "<'_>"
        "#]],
    );
}

#[test]
fn impl_items_are_those_of_the_trait() {
    check(
        "trait T { fn method(&self); type Assoc; const C: u8; }
impl T for u8 { fn metod(&self) {} type Asoc = u8; const D: u8 = 1; fn method(&self) {} fn method(&self) {} fn Assoc() {} }",
        expect![[r#"
            error[E0407] 2:17: method `metod` is not a member of trait `T`
              2:17: not a member of trait `T`
              help: there is an associated function with a similar name: "method"
            error[E0437] 2:36: type `Asoc` is not a member of trait `T`
              2:36: not a member of trait `T`
              help: there is an associated type with a similar name: "Assoc"
            error[E0438] 2:52: const `D` is not a member of trait `T`
              2:52: not a member of trait `T`
              help: there is an associated const with a similar name: "C"
            error[E0201] 2:89: duplicate definitions with name `method`:
              2:69: previous definition here
              1:11: item in trait
              2:89: duplicate definition
            error[E0324] 2:109: item `Assoc` is an associated method, which doesn't match its trait `T`
              2:109: does not match trait
              1:29: item in trait
        "#]],
    );
}

#[test]
fn self_is_not_everywhere() {
    check(
        "fn f() -> Self { self }
struct S { x: u8 }
impl S { fn new() -> Self { self.x; x; helper(); S } fn helper(&self) {} }
use {self};
use S::self as T;",
        expect![[r#"
            error 4:6: imports need to be explicitly named
              help: try renaming it with a name: " as name"
            error[E0429] 5:6: `self` imports are only allowed within a { } list
              help: consider importing the module directly: ""
              help: alternatively, use the multi-path `use` syntax to import `self`: "{" + "}"
            error[E0411] 1:11: cannot find type `Self` in this scope
              1:11: `Self` is only available in impls, traits, and type definitions
              1:4: `Self` not allowed in a function
            error[E0424] 1:18: expected value, found module `self`
              1:18: `self` value is a keyword only available in methods with a `self` parameter
              1:4: this function can't have a `self` parameter
            error[E0424] 3:29: expected value, found module `self`
              3:29: `self` value is a keyword only available in methods with a `self` parameter
              3:13: this function doesn't have a `self` parameter
              help: add a `self` receiver parameter to make the associated `fn` a method: "&self"
            error[E0425] 3:37: cannot find value `x` in this scope
              2:12: a field by that name exists in `Self`
              1:1: similarly named function `f` defined here
              help: a function with a similar name exists: "f"
            error[E0425] 3:40: cannot find function `helper` in this scope
              3:57: a method by that name is available on `Self` here
              3:40: not found in this scope
            error[E0423] 3:50: expected value, found struct `S`
              2:1: `S` defined here
              1:1: similarly named function `f` defined here
              help: use struct literal syntax instead: "S { x: val }"
              help: a function with a similar name exists: "f"
        "#]],
    );
}

#[test]
fn generic_parameters_are_used_where_they_may() {
    check(
        "struct S<T = U, U = u8>(T, U);
struct A<const N: usize, T, const M: T>([T; N + 1], [u8; M]);
enum E<T> { A = [T; 0] as u8 }
fn f<T, T>() {}",
        expect![[r#"
            error[E0128] 1:14: generic parameter defaults cannot reference parameters before they are declared
              1:14: cannot reference `U` before it is declared
            error[E0770] 2:38: the type of const parameters must not depend on other generic parameters
              2:38: the type must not depend on the parameter `T`
            error 2:45: generic parameters may not be used in const operations
              2:45: cannot perform const operation using `N`
              help: const parameters may only be used as standalone arguments here, i.e. `N`
              help: add `#![feature(generic_const_exprs)]` to allow generic const expressions
            error 3:18: generic parameters may not be used in enum discriminant values
              3:18: cannot perform const operation using `T`
              note: type parameters may not be used in enum discriminant values
            error[E0403] 4:9: the name `T` is already used for a generic parameter in this item's generic parameters
              4:6: first use of `T`
              4:9: already used
        "#]],
    );
}

#[test]
fn visibilities_name_ancestors() {
    check(
        "pub(in nowhere) struct A; pub(in m) struct B; pub(in f) struct C; mod m { pub(super) struct D; pub(in crate::m) fn e() {} }
fn f() {}",
        expect![[r#"
            error 1:8: relative paths are not supported in visibilities in 2018 edition or later
              help: try: "crate::nowhere"
            error 1:34: relative paths are not supported in visibilities in 2018 edition or later
              help: try: "crate::m"
            error 1:54: relative paths are not supported in visibilities in 2018 edition or later
              help: try: "crate::f"
        "#]],
    );
}

#[test]
fn reexports_are_no_more_visible_than_what_they_export() {
    check(
        "mod m { fn f() {} pub(crate) struct S; pub(crate) use self::f as g; mod inner {} pub use self::inner as public; }
pub use m::S; pub use m::g;",
        expect![[r#"
            error[E0364] 1:55: `f` is private, and cannot be re-exported
              note 1:55: consider marking `f` as `pub` in the imported module
            error[E0365] 1:90: `inner` is private, and cannot be re-exported
              1:90: re-export of private `inner`
              note: consider declaring type or module `inner` with `pub`
            error[E0364] 2:9: `S` is only public within the crate, and cannot be re-exported outside
              note 2:9: consider marking `S` as `pub` in the imported module
            error[E0603] 2:26: function import `g` is private
              2:26: private function import
              note 1:55: the function import `g` is defined here...
              note 1:9: ...and refers to the function `f` which is defined here
        "#]],
    );
}

#[test]
fn unknown_macros_get_suggestions() {
    check(
        "macro_rules! print_it { () => {} }
fn f() { print_i!(); } #[derive(Foo)] struct S; #[unknown_attr] fn g() {} m::n!();
mod m { macro_rules! inner { () => {} } }
fn h() { inner!(); }",
        expect![[r#"
            error[E0433] 2:78: cannot find `n` in `m`
              2:78: could not find `n` in `m`
            error 2:10: cannot find macro `print_i` in this scope
              1:1: similarly named macro `print_it` defined here
              help: a macro with a similar name exists: "print_it"
            error 2:26: cannot find attribute `derive` in this scope
            error 2:51: cannot find attribute `unknown_attr` in this scope
            error 4:10: cannot find macro `inner` in this scope
              help: have you added the `#[macro_use]` on the module/import?
        "#]],
    );
}

#[test]
fn the_2015_edition_starts_imports_at_the_root() {
    check_files(
        Edition::Edition2015,
        &[(
            "main.rs",
            "mod a { pub fn f() {} pub mod b { use a::f; use ::a::f as g; pub fn h() { ::a::f(); f(); a::f(); } } }
use a::b::h;",
        )],
        expect![[r#"
            error[E0433] 1:90: cannot find module or crate `a` in this scope
              1:90: use of unresolved module or unlinked crate `a`
              help: you might be missing a crate named `a`
        "#]],
    );
}

#[test]
fn module_files_are_found_or_named() {
    check_files(
        Edition::Edition2021,
        &[
            (
                "dir/main.rs",
                "mod a; mod missing; mod both; #[path = \"other/x.rs\"] mod x; fn f() { a::b::c(); x::y::z(); }",
            ),
            ("dir/a.rs", "pub mod b;"),
            ("dir/a/b.rs", "pub fn c() {}"),
            ("dir/both.rs", ""),
            ("dir/both/mod.rs", ""),
            ("dir/other/x.rs", "pub mod y;"),
            ("dir/other/y.rs", "pub fn z() {}"),
        ],
        expect![[r#"
            error[E0583] 1:8: file not found for module `missing`
              help: to create the module `missing`, create file "dir/missing.rs" or "dir/missing/mod.rs"
              note: if there is a `mod missing` elsewhere in the crate already, import it with `use crate::...` instead
            error[E0584] 1:21: file for module `both` found at both "dir/both.rs" and "dir/both/mod.rs"
              help: delete or rename one of them to remove the ambiguity
        "#]],
    );
}
