//! What is reported of a fixture, by line.

use std::rc::Rc;

use expect_test::{Expect, expect};
use session::{MemoryFileSystem, Options, Session, Target};
use span::{Edition, FileName};

/// Parses and checks; one line for each error and lint: line, code, message.
fn check_with(fixture: &str, features: &[&str], expected: Expect) {
    let text = span::create_session_globals_then(Edition::Edition2021, || {
        let opts = Options { edition: Edition::Edition2021, ..Options::default() };
        let target = Target::from_triple("x86_64-unknown-linux-musl").expect("a known target");
        let sess = Session::new(opts, target, Rc::new(MemoryFileSystem::new()));
        for feature in features {
            sess.features.borrow_mut().enabled.push((span::Symbol::intern(feature), span::DUMMY_SP));
        }
        let file = sess.source_map.new_source_file(FileName::Real("main.rs".to_string()), fixture.to_string());
        if let Ok(krate) = parser::parse_crate_from_source(&sess, &file) {
            crate::check_crate(&sess, &krate);
        }
        let show = |diag: &diagnostics::DiagInner| {
            let place = diag.span.primary_span().and_then(|span| sess.source_map.lookup_char_pos(span.lo()));
            let (line, col) = place.map_or((0, 0), |loc| (loc.line, loc.col.0 + 1));
            let code = diag.code.map_or(String::new(), |code| format!(" {code}"));
            format!("{line}:{col}{code} {}", diag.message)
        };
        let mut lines: Vec<_> = sess.dcx.emitted().iter().map(show).collect();
        // Lints are buffered whatever their level: a line ends in the lint's name.
        lines.extend(sess.buffered_lints.borrow().iter().map(|b| format!("{} [{}]", show(&b.diag), b.lint.name)));
        lines.sort_by_key(|line| line.split(':').next().and_then(|n| n.parse::<usize>().ok()));
        lines.join("\n")
    });
    expected.assert_eq(&text);
}

fn check(fixture: &str, expected: Expect) {
    check_with(fixture, &[], expected);
}

#[test]
fn impls_and_visibilities() {
    check(
        "unsafe impl A {}
unsafe impl !Send for A {}
default impl A {}
pub impl A {}
trait T2 { pub fn f(); pub const X: u8; pub type Y; }
impl T1 for A { pub fn f() {} }
pub extern \"C\" { fn q(); }
pub enum E { pub A(pub u8) }
impl T for A { default fn f() {} }
impl A { default fn f() {} }
",
        expect![[r#"
            1:1 E0197 inherent impls cannot be unsafe
            2:13 E0198 negative impls cannot be unsafe
            2:13 E0658 negative trait bounds are not fully implemented; use marker types for now
            2:1 implementation of an `unsafe` trait [unsafe_code]
            3:1 inherent impls cannot be default
            4:1 E0449 visibility qualifiers are not permitted here
            5:12 E0449 visibility qualifiers are not permitted here
            5:24 E0449 visibility qualifiers are not permitted here
            5:41 E0449 visibility qualifiers are not permitted here
            6:17 E0449 visibility qualifiers are not permitted here
            7:1 E0449 visibility qualifiers are not permitted here
            7:1 extern blocks should be unsafe [missing_unsafe_on_extern]
            8:14 E0449 visibility qualifiers are not permitted here
            8:20 E0449 visibility qualifiers are not permitted here
            9:16 E0658 specialization is experimental
            10:10 `default` is only allowed on items in trait impls
            10:10 E0658 specialization is experimental"#]],
    );
}

#[test]
fn extern_blocks() {
    check(
        "extern \"C\" { fn e1() {} static S1: u8 = 1; type Ty1 = u8; const fn e2(); async fn e3(); }
extern \"C\" { fn e4(mut x: u8, (a, b): (u8, u8)); unsafe fn e6(); safe fn e7(); }
unsafe extern \"C\" { const fn e8(); fn e9(self); }
",
        expect![[r#"
            1:17 incorrect function inside `extern` block
            1:32 incorrect `static` inside `extern` block
            1:49 incorrect `type` inside `extern` block
            1:59 functions in `extern` blocks cannot have `const` qualifier
            1:74 functions in `extern` blocks cannot have `async` qualifier
            1:44 E0658 extern types are experimental
            1:1 extern blocks should be unsafe [missing_unsafe_on_extern]
            2:20 E0130 patterns aren't allowed in foreign function declarations
            2:31 E0130 patterns aren't allowed in foreign function declarations
            2:50 items in `extern` blocks without an `unsafe` qualifier cannot have safety qualifiers
            2:66 items in `extern` blocks without an `unsafe` qualifier cannot have safety qualifiers
            2:1 extern blocks should be unsafe [missing_unsafe_on_extern]
            3:21 functions in `extern` blocks cannot have `const` qualifier
            3:42 `self` parameter is only allowed in associated functions
            3:1 usage of an `unsafe extern` block [unsafe_code]"#]],
    );
}

#[test]
fn missing_bodies() {
    check(
        "fn nobody();
struct B; impl B { fn nobody(); const C: u8; type D; }
const NOVAL: u8;
static NOVAL2: u8;
type NOVAL3;
type BB<T> = u8 where T: Clone;
",
        expect![[r#"
            1:1 free function without a body
            2:20 associated function in `impl` without body
            2:33 associated constant in `impl` without body
            2:46 associated type in `impl` without body
            2:46 E0658 inherent associated types are unstable
            3:1 free constant item without body
            4:1 free static item without body
            5:1 free type alias without body
            6:17 where clauses are not allowed after the type for type aliases"#]],
    );
}

#[test]
fn functions() {
    check(
        "trait T3 { fn a(mut x: u8); fn b((x, y): (u8, u8)); fn c(mut self); const fn e(); }
fn va1(..., x: u8) {}
fn va2(...) {}
extern \"C\" fn va3(x: u8, ...) {}
fn self3(self) {}
const async fn caf() {}
fn fnptr(x: fn(mut a: u8, (b, c): (u8, u8))) {}
fn attr_param(#[inline] x: u8) {}
fn ok(#[allow(unused)] #[cfg(a)] x: u8) {}
",
        expect![[r#"
            1:34 E0642 patterns aren't allowed in functions without bodies
            1:69 E0379 functions in traits cannot be declared const
            1:17 patterns aren't allowed in functions without bodies [patterns_in_fns_without_body]
            1:58 patterns aren't allowed in functions without bodies [patterns_in_fns_without_body]
            2:8 `...` must be the last argument of a C-variadic function
            3:8 `...` is not supported for non-extern functions
            3:1 E0658 C-variadic functions are unstable
            4:26 functions with a C variable argument list must be unsafe
            4:1 E0658 C-variadic functions are unstable
            5:10 `self` parameter is only allowed in associated functions
            6:1 functions cannot be both `const` and `async`
            7:27 E0642 patterns aren't allowed in methods without bodies
            7:16 E0561 patterns aren't allowed in function pointer types
            8:15 allow, cfg, cfg_attr, deny, expect, forbid, and warn are the only allowed built-in attributes in function parameters"#]],
    );
}

#[test]
fn types_and_generics() {
    check(
        "fn it1() -> impl Into<impl Copy> { 1u8 }
fn it4() -> impl Iterator<Item = impl Copy> { 1u8 }
fn gen1<T, 'a>() {}
fn gen2<T = u8, U>(x: U) {}
struct Gen4<const N: usize, T, 'a>(&'a T);
fn dyn2(x: impl 'static) {}
fn dyn4(x: &(dyn 'static + 'static + Copy)) {}
fn where1() where u8 == u8 {}
fn assoc<T: Iterator<Item = u8, 'a>>() {}
fn tilde<T: [const] Copy>() {}
",
        expect![[r#"
            1:23 E0666 nested `impl Trait` is not allowed
            3:12 lifetime parameters must be declared prior to type and const parameters
            4:9 generic parameters with a default must be trailing
            5:32 lifetime parameters must be declared prior to type and const parameters
            6:12 at least one trait must be specified
            7:28 E0226 only a single explicit lifetime bound is permitted
            8:19 equality constraints are not yet supported in `where` clauses
            9:33 generic arguments must come before the first constraint
            10:13 `[const]` is not allowed here
            10:13 E0658 const trait impls are experimental"#]],
    );
}

#[test]
fn items() {
    check(
        "auto trait AT1 { fn f(); }
auto trait AT2<T> {}
auto trait AT3: Copy {}
auto trait AT4 where Self: Sized {}
union U1 {}
unsafe mod um {}
#[no_mangle] fn \u{e9}x() {}
",
        expect![[r#"
            1:21 E0380 auto traits cannot have associated items
            1:1 E0658 auto traits are experimental and possibly buggy
            2:15 E0567 auto traits cannot have generic parameters
            2:1 E0658 auto traits are experimental and possibly buggy
            3:17 E0568 auto traits cannot have super traits or lifetime bounds
            3:1 E0658 auto traits are experimental and possibly buggy
            4:16 E0568 auto traits cannot have super traits or lifetime bounds
            4:1 E0658 auto traits are experimental and possibly buggy
            5:1 unions cannot have zero fields
            6:1 module cannot be declared unsafe
            7:14 E0754 `#[no_mangle]` requires ASCII identifier
            7:3 unsafe attribute used without unsafe [unsafe_attr_outside_unsafe]
            7:1 declaration of a `no_mangle` function [unsafe_code]
            7:17 identifier contains non-ASCII characters [non_ascii_idents]"#]],
    );
}

#[test]
fn gates() {
    check(
        "trait A { type B = u8; }
type T = impl Copy;
struct S; impl S { type X = u8; }
extern \"C\" { type E; }
#[repr(simd)] struct V([u8; 4]);
fn n() -> ! { loop {} }
fn m(x: !) {}
macro dm() {}
trait TA = Clone;
fn f(box x: Box<u8>) {}
fn g<T>() where for<U> T: From<U> {}
const fn h() { let x = try { 1 }; }
fn p([a.., b]: [u8; 2]) {}
fn y() { yield 1; do yeet 1; become y(); let c = for<'a> |x: &'a u8| x; let w = x.match { _ => 1}; }
const G<T>: u8 = 1;
struct D { x: u8 = 1 }
fn fp(x: fn() -> !, y: impl Fn() -> !) { let z = 1.0f16; }
",
        expect![[r#"
            1:11 E0658 associated type defaults are unstable
            2:10 E0658 `impl Trait` in type aliases is unstable
            3:20 E0658 inherent associated types are unstable
            4:14 E0658 extern types are experimental
            4:1 extern blocks should be unsafe [missing_unsafe_on_extern]
            5:1 E0658 SIMD types are experimental and possibly buggy
            7:9 E0658 the `!` type is experimental
            8:1 E0658 `macro` is experimental
            9:1 E0658 trait aliases are experimental
            10:6 E0658 box pattern syntax is experimental
            11:21 E0658 only lifetime parameters can be used in this context
            12:24 E0658 `try` expression is experimental
            13:7 E0658 `X..` patterns in slices are experimental
            14:10 E0658 yield syntax is experimental
            14:19 E0658 `do yeet` expression is experimental
            14:30 E0658 `become` expression is experimental
            14:50 E0658 `for<...>` binders for closures are experimental
            14:83 E0658 postfix match is experimental
            15:8 E0658 generic const items are experimental
            16:18 E0658 default values on fields are experimental
            17:50 E0658 the type `f16` is unstable"#]],
    );
}

#[test]
fn gates_are_open_with_the_feature() {
    check_with(
        "trait A { type B = u8; }
fn m(x: !) {}
fn f(box x: Box<u8>) {}
",
        &["associated_type_defaults", "never_type", "box_patterns"],
        expect![""],
    );
}

#[test]
fn features() {
    check(
        "#![feature(nonono)]
#![feature(never_type, never_type)]
#![feature(let_chains)]
#![feature(generic_const_exprs)]
#![feature(rustc_attrs)]
#![feature(allocator_api)]
",
        expect![[r#"
            1:12 E0635 unknown feature `nonono`
            2:24 E0636 the feature `never_type` has already been enabled
            3:12 the feature `let_chains` has been stable since 1.88.0 and no longer requires an attribute to enable [stable_features]
            4:12 the feature `generic_const_exprs` is incomplete and may not be safe to use and/or cause compiler crashes [incomplete_features]
            5:12 the feature `rustc_attrs` is internal to the compiler or standard library [internal_features]"#]],
    );
}

#[test]
fn attribute_forms() {
    check(
        "#[inline(x)] fn a() {}
#[inline(always, never)] fn a1() {}
#[inline = \"x\"] fn a2() {}
#[cold(1)] fn b() {}
#[export_name] fn c() {}
#[export_name = 1] fn c1() {}
#[must_use(x)] fn d() {}
#[target_feature] fn e() {}
#[path] mod f {}
#[deprecated(since = \"1\", since = \"2\")] fn g() {}
#[deprecated(foo = \"x\")] fn g1() {}
#[macro_export(x)] macro_rules! h { () => {} }
#[unsafe(cold)] fn j() {}
#[unsafe(no_mangle)] fn k() {}
#[rustc_dummy] fn l() {}
#[marker] trait M {}
",
        expect![[r#"
            1:1 E0539 malformed `inline` attribute input
            2:1 E0805 malformed `inline` attribute input
            3:1 valid forms for the attribute are `#[inline(always)]`, `#[inline(never)]`, and `#[inline]` [ill_formed_attribute_input]
            4:1 E0565 malformed `cold` attribute input
            5:1 E0539 malformed `export_name` attribute input
            5:3 unsafe attribute used without unsafe [unsafe_attr_outside_unsafe]
            5:1 declaration of a function with `export_name` [unsafe_code]
            6:1 E0539 malformed `export_name` attribute input
            6:3 unsafe attribute used without unsafe [unsafe_attr_outside_unsafe]
            6:1 declaration of a function with `export_name` [unsafe_code]
            7:1 E0539 malformed `must_use` attribute input
            8:1 E0539 malformed `target_feature` attribute input
            9:1 malformed `path` attribute input
            10:1 E0538 malformed `deprecated` attribute input
            11:1 E0539 malformed `deprecated` attribute input
            12:1 valid forms for the attribute are `#[macro_export(local_inner_macros)]` and `#[macro_export]` [invalid_macro_export_arguments]
            13:3 `cold` is not an unsafe attribute
            14:1 declaration of a `no_mangle` function [unsafe_code]
            15:1 E0658 use of an internal attribute
            16:1 E0658 the `#[marker]` attribute is an experimental feature"#]],
    );
}

#[test]
fn reprs() {
    check(
        "#[repr(C, x)] struct A;
#[repr(align(3))] struct B;
#[repr(align)] struct C;
#[repr(align = 8)] struct D;
#[repr(\"C\")] struct E;
#[repr(u8(1))] struct F;
#[repr(packed(3))] struct G;
#[repr(align(\"8\"))] struct H;
#[repr] struct I;
#[repr()] struct J;
#[repr(align(8, 4))] struct K;
#[repr(C = \"x\")] struct L;
#[repr(align(1073741824))] struct N;
#[repr(C, packed, align(16), u8)] struct O;
",
        expect![[r#"
            1:11 E0552 unrecognized representation hint
            2:14 E0589 invalid `repr(align)` attribute: not a power of two
            3:8 E0589 invalid `repr(align)` attribute: `align` needs an argument
            4:8 E0693 incorrect `repr(align)` attribute format
            5:1 E0565 meta item in `repr` must be an identifier
            6:8 E0552 invalid representation hint: `u8` does not take a parenthesized argument list
            7:15 E0589 invalid `repr(packed)` attribute: not a power of two
            8:14 E0589 invalid `repr(align)` attribute: not an unsuffixed integer
            9:1 E0539 malformed `repr` attribute input
            10:1 unused attribute [unused_attributes]
            11:8 E0693 incorrect `repr(align)` attribute format: `align` takes exactly one argument in parentheses
            12:8 E0552 invalid representation hint: `C` does not take a value
            13:14 E0589 invalid `repr(align)` attribute: larger than 2^29"#]],
    );
}
