//! The solver on fixtures: each predicate of a function `yes_x`, `no_x` or `maybe_x` is a goal, in the environment of
//! `env_x` (a function with the same generics) if there is one.

mod support;

use expect_test::{Expect, expect};
use support::with_tcx;

use trait_solve::TyCtxtInferExt;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCtxt};
use ty::{ParamEnv, TypingMode};

/// Proves all goals and compares what is wrong.
fn check(fixture: &str) {
    let report = goals(fixture);
    assert!(report.is_empty(), "{report}");
}

fn goals(fixture: &str) -> String {
    let mut report = String::new();
    with_tcx(fixture, |tcx| {
        let fns: Vec<_> = tcx.iter_local_def_id().filter(|&d| tcx.def_kind(d) == hir::def::DefKind::Fn).collect();
        let named = |name: &str| fns.iter().copied().find(|&d| tcx.item_name(d).as_str() == name);
        for &f in &fns {
            let name = tcx.item_name(f);
            let Some((kind, rest)) = name.as_str().split_once('_') else {
                continue;
            };
            if !["yes", "no", "maybe"].contains(&kind) {
                continue;
            }
            let env = match named(&format!("env_{rest}")) {
                Some(e) => tcx.param_env(e),
                None => ParamEnv::empty(),
            };
            let generic = tcx.generics_of(f).count() > 0;
            for (clause, _) in tcx.all_predicates_of(f.to_def_id()) {
                let is_param_sized = clause.as_trait_clause().is_some_and(|t| {
                    matches!(t.self_ty().skip_binder().kind(), ty::TyKind::Param(_))
                        && tcx
                            .as_lang_item(t.def_id())
                            .is_some_and(|l| matches!(l, hir::LangItem::Sized | hir::LangItem::MetaSized))
                });
                if generic && is_param_sized {
                    continue;
                }
                // `T: Tr<Out = X>` is two clauses, of which the second is meant.
                let with_projection = clause.as_trait_clause().is_some_and(|t| {
                    tcx.all_predicates_of(f.to_def_id()).iter().any(|(c, _)| {
                        c.as_projection_clause().is_some_and(|p| {
                            tcx.projection_trait_ref(p.skip_binder().projection_term) == t.skip_binder().trait_ref
                        })
                    })
                });
                if kind == "no" && with_projection {
                    continue;
                }
                let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
                let ocx = ObligationCtxt::new(&infcx);
                let cause = ObligationCause::dummy();
                let o = Obligation {
                    cause: cause.clone(),
                    param_env: env,
                    recursion_depth: 0,
                    predicate: clause.as_predicate(),
                };
                ocx.register_obligation(o);
                let errors = ocx.select_all_or_error();
                let region_errors = if errors.is_empty() { ocx.resolve_regions(f, env, []) } else { Vec::new() };
                let got = if errors.is_empty() && region_errors.is_empty() {
                    "yes"
                } else if errors.iter().any(|e| e.is_true_error()) || !region_errors.is_empty() {
                    "no"
                } else {
                    "maybe"
                };
                if got != kind {
                    let leaf = errors.first().map(|e| e.obligation.predicate.to_string());
                    report += &format!("{name}: {clause}: {got} {leaf:?}\n");
                }
            }
        }
        for d in tcx.dcx().take_emitted() {
            if d.level.is_error() {
                report += &format!("error: {}\n", d.message);
            }
        }
    });
    report
}

/// The normal form of each type alias of the fixture.
fn check_normal(fixture: &str, expect: Expect) {
    let mut out = String::new();
    with_tcx(fixture, |tcx| {
        let aliases: Vec<_> =
            tcx.iter_local_def_id().filter(|&d| tcx.def_kind(d) == hir::def::DefKind::TyAlias).collect();
        for a in aliases {
            let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
            let ocx = ObligationCtxt::new(&infcx);
            let ty = tcx.type_of(a.to_def_id()).instantiate_identity();
            let cause = ObligationCause::dummy();
            let normal = ocx.normalize(&cause, ParamEnv::empty(), ty);
            let errors = ocx.select_all_or_error();
            let normal = infcx.resolve_vars_if_possible(normal);
            out += &format!("{} = {normal}", tcx.item_name(a));
            for e in errors {
                out += &format!(" ({})", e.obligation.predicate);
            }
            out.push('\n');
        }
    });
    expect.assert_eq(&out);
}

#[test]
fn impls_hold_if_their_where_clauses_do() {
    check(
        r#"
struct S; struct Pair<A, B>(A, B);
trait Tr {}
impl Tr for S {}
impl Tr for u8 {}
impl<A: Tr, B: Tr> Tr for Pair<A, B> {}
impl<'a, T: Tr> Tr for &'a T {}
fn yes_a() where S: Tr, u8: Tr, Pair<S, u8>: Tr, &'static Pair<u8, Pair<S, S>>: Tr {}
fn no_a() where u16: Tr, Pair<S, u16>: Tr, &'static mut S: Tr {}
"#,
    );
}

#[test]
fn where_clauses_and_supertraits_hold() {
    check(
        r#"
trait Super {} trait Sub: Super {} trait Par<X> {}
impl<T: Sub> Par<T> for T {}
fn env_a<T: Sub>() {}
fn yes_a<T>() where T: Sub, T: Super, T: Par<T> {}
fn env_b<T: Super>() {}
fn no_b<T>() where T: Sub {}
fn env_c<T>() where for<'a> &'a T: Sub {}
fn yes_c<T>() where &'static T: Super, for<'b> &'b T: Super {}
"#,
    );
}

#[test]
fn built_in_marker_traits() {
    check(
        r#"
struct Plain(u8); struct Last<T: ?Sized>(u8, T);
fn yes_sized() where u8: Sized, (u8, bool): Sized, [u8; 3]: Sized, &'static str: Sized, Last<u8>: Sized, fn(): Sized {}
fn no_sized() where str: Sized, [u8]: Sized, Last<[u8]>: Sized, Last<str>: Sized {}
fn yes_copy() where u8: Copy, (u8, bool): Copy, &'static str: Copy, fn(u8): Copy, *const str: Copy {}
fn no_copy() where Plain: Copy, &'static mut u8: Copy, (u8, Plain): Copy {}
fn yes_auto() where Plain: Send, (Plain, u8): Send, [Plain; 2]: Sync {}
"#,
    );
}

#[test]
fn auto_traits_look_into_fields_and_are_coinductive() {
    check(
        r#"
struct NotSend; impl !Send for NotSend {}
struct Holds(u8, NotSend);
struct List<T>(T, *const u8, Option<&'static List<T>>);
struct Rec<T>(T, Option<&'static Rec<T>>);
unsafe impl<T> Send for List<T> {}
unsafe impl<T> Sync for List<T> {}
fn no_send() where Holds: Send, NotSend: Send, Rec<NotSend>: Send {}
fn yes_send() where List<u8>: Send, Rec<u8>: Sync {}
"#,
    );
}

#[test]
fn projections_normalise() {
    check_normal(
        r#"
trait Tr { type Out; }
struct Wrap<T>(T);
impl Tr for u8 { type Out = bool; }
impl<T: Tr> Tr for Wrap<T> { type Out = (T::Out, u8); }
impl<'a, T> Tr for &'a [T] { type Out = &'a T; }
trait Gat { type Of<'a, T>; }
impl Gat for u8 { type Of<'a, T> = &'a [T]; }
type A = <u8 as Tr>::Out;
type B = <Wrap<Wrap<u8>> as Tr>::Out;
type C = <&'static [u16] as Tr>::Out;
type D = [<Wrap<u8> as Tr>::Out; 2];
type E = <u8 as Gat>::Of<'static, char>;
type F = fn(<u8 as Tr>::Out) -> <Wrap<u8> as Tr>::Out;
type G = for<'a> fn(<&'a [u8] as Tr>::Out);
"#,
        expect![[r#"
            A = bool
            B = ((bool, u8), u8)
            C = &'static u16
            D = [(bool, u8); 2]
            E = &'static [char]
            F = fn(bool) -> (bool, u8)
            G = for<'a> fn(&'a u8)
        "#]],
    );
}

#[test]
fn projection_predicates() {
    check(
        r#"
trait Tr { type Out; }
impl Tr for u8 { type Out = bool; }
fn yes_a() where u8: Tr<Out = bool> {}
fn no_a() where u8: Tr<Out = u16> {}
fn env_b<T: Tr<Out = bool>>() {}
fn yes_b<T>() where T: Tr<Out = bool> {}
fn env_c<T: Tr>() where T::Out: Copy {}
fn yes_c<T: Tr>() where T::Out: Copy, <T as Tr>::Out: Sized {}
"#,
    );
}

#[test]
fn bounds_of_associated_types_hold() {
    check(
        r#"
trait Inner {} trait Tr { type Out: Inner; }
fn env_a<T: Tr>() {}
fn yes_a<T: Tr>() where T::Out: Inner, T::Out: Sized {}
"#,
    );
}

#[test]
fn function_traits() {
    check(
        r#"
fn yes_a() where fn(u8) -> bool: Fn(u8) -> bool, fn(u8) -> bool: FnOnce(u8) -> bool, (for<'a> fn(&'a u8) -> &'a u8): for<'b> Fn(&'b u8) -> &'b u8 {}
fn no_a() where fn(u8) -> bool: Fn(u16) -> bool, unsafe fn(): Fn(), fn(u8) -> bool: FnOnce(u8) -> u8 {}
"#,
    );
}

#[test]
fn objects_hold_what_they_say() {
    check(
        r#"
trait Super { type Out; } trait Tr: Super {} trait Other {}
fn yes_a() where dyn Tr<Out = u8>: Tr, dyn Tr<Out = u8>: Super<Out = u8>, dyn Other + Send: Send, dyn Other + Send: Other {}
fn no_a() where dyn Other: Send, dyn Other: Tr, dyn Tr<Out = u8>: Super<Out = u16>, dyn Other: Sized {}
"#,
    );
}

#[test]
fn regions_are_checked() {
    check(
        r#"
trait Tr {} impl Tr for &'static str {}
struct Ref<'a, T: 'a>(&'a T);
fn env_a<'a, 'b: 'a>() {}
fn yes_a<'a, 'b>() where 'b: 'a, &'b u8: 'a {}
fn no_b<'a, 'b>() where 'b: 'a, &'b u8: 'a {}
fn yes_c() where &'static str: Tr {}
fn no_d<'a>() where &'a str: Tr {}
fn env_e<T: 'static>() {}
fn yes_e<T>() where T: 'static {}
fn no_f<T>() where T: 'static {}
"#,
    );
}

#[test]
fn specific_where_clauses_win_over_impls() {
    check(
        r#"
trait Tr<X> {} impl<T> Tr<u8> for T {}
fn env_a<T: Tr<u16>>() {}
fn yes_a<T>() where T: Tr<u16>, T: Tr<u8> {}
fn no_a<T>() where T: Tr<u32> {}
"#,
    );
}

#[test]
fn infinite_requirements_overflow() {
    check(
        r#"
trait Tr {} struct W<T>(T);
impl<T> Tr for T where W<T>: Tr {}
fn maybe_a() where u8: Tr {}
"#,
    );
}

#[test]
fn associated_types_of_where_clauses_are_rigid() {
    check(
        r#"
trait Tr { type Out; fn f(&self) -> Self::Out; }
struct W<T>(T);
impl<T: Tr> Tr for W<T> { type Out = T::Out; fn f(&self) -> T::Out { loop {} } }
fn env_a<T: Tr, U: Tr<Out = T::Out>>() {}
fn yes_a<T: Tr, U>() where U: Tr<Out = T::Out>, W<U>: Tr<Out = T::Out>, W<W<T>>: Tr<Out = T::Out> {}
fn env_b<T: Tr, U: Tr>() {}
fn no_b<T, U>() where U: Tr<Out = <T as Tr>::Out>, W<U>: Tr<Out = <T as Tr>::Out> {}
"#,
    );
}

#[test]
fn closures_of_iterator_adapters() {
    check(
        r#"
struct Map<I, F>(I, F);
impl<B, I: Iterator, F: FnMut(I::Item) -> B> Iterator for Map<I, F> {
    type Item = B;
    fn next(&mut self) -> Option<B> { loop {} }
}
struct Count; impl Iterator for Count { type Item = u8; fn next(&mut self) -> Option<u8> { loop {} } }
fn yes_a() where Map<Count, fn(u8) -> bool>: Iterator<Item = bool>, Map<Map<Count, fn(u8) -> u16>, fn(u16)>: Iterator<Item = ()> {}
fn no_a() where Map<Count, fn(u16) -> bool>: Iterator<Item = bool> {}
"#,
    );
}

#[test]
fn unsizing() {
    check(
        r#"
use marker::Unsize;
trait A {} trait B: A {} impl A for u8 {} impl B for u8 {}
struct Tail<T: ?Sized>(u8, T);
fn yes_a() where [u8; 3]: Unsize<[u8]>, u8: Unsize<dyn A>, u8: Unsize<dyn B + Send>, Tail<[u8; 2]>: Unsize<Tail<[u8]>>, dyn B: Unsize<dyn A>, dyn A + Send: Unsize<dyn A> {}
fn no_a() where u16: Unsize<dyn A>, [u8; 3]: Unsize<[u16]>, dyn A: Unsize<dyn B>, dyn A: Unsize<dyn A + Send> {}
"#,
    );
}

#[test]
fn higher_ranked_functions_do_not_leak() {
    check(
        r#"
trait Tr {} impl Tr for fn(&'static u8) {}
trait Any {} impl<T> Any for fn(T) {}
struct S; trait For<'a> {} impl For<'static> for S {}
fn yes_a() where fn(&'static u8): Tr, fn(u8): Any {}
fn no_a() where S: for<'a> For<'a> {}
"#,
    );
}

#[test]
fn vtables_of_diamonds() {
    let mut out = String::new();
    with_tcx(
        r#"
trait A { fn a(&self) {} }
trait B: A { fn b(&self) {} }
trait C: A { fn c(&self) {} fn gen<T>(&self) where Self: Sized {} }
trait D: B + C { fn d(&self) {} }
struct S; impl A for S {} impl B for S {} impl C for S {} impl D for S {}
"#,
        |tcx| {
            let find = |name: &str| {
                tcx.iter_local_def_id()
                    .find(|&d| tcx.opt_item_name(d.to_def_id()).is_some_and(|n| n.as_str() == name))
                    .expect("a definition")
                    .to_def_id()
            };
            let s = tcx.type_of(find("S")).instantiate_identity();
            let t = ty::TraitRef::new(*tcx, find("D"), [s]);
            for e in tcx.vtable_entries(t) {
                out += &match e {
                    query::VtblEntry::Method(i) => format!("{}\n", tcx.item_name(i.def_id())),
                    query::VtblEntry::TraitVPtr(t) => format!("vtable of {t}\n"),
                    other => format!("{other:?}\n"),
                };
            }
        },
    );
    expect![[r#"
        MetadataDropInPlace
        MetadataSize
        MetadataAlign
        a
        b
        c
        vtable of C
        d
    "#]]
    .assert_eq(&out);
}
