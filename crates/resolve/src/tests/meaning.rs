//! What names come to mean.

use std::fmt::Write;

use ast::visit::{self, Visitor};
use expect_test::{Expect, expect};
use hir::def::Res;
use span::Edition;

use super::{Resolved, resolve};

/// Prints the meaning of each path in functions' bodies, in order.
fn check_paths(fixture: &str, expected: Expect) {
    struct Paths<'a, 'r> {
        resolved: &'a Resolved<'r>,
        out: String,
    }
    impl Paths<'_, '_> {
        fn show(&mut self, id: ast::NodeId, span: span::Span) {
            let Some(partial) = self.resolved.outputs.ast_lowering.partial_res_map.get(&id) else { return };
            let text = self.resolved.sess.source_map.span_to_snippet(span).unwrap_or_default();
            let meaning = match partial.base_res() {
                Res::Def(kind, def_id) => {
                    let path = self.resolved.tcx.def_path(def_id).to_string_no_crate_verbose();
                    format!("{} {path}", kind.descr(def_id))
                }
                other => other.descr().to_string(),
            };
            let rest = match partial.unresolved_segments() {
                0 => String::new(),
                n => format!(" + {n}"),
            };
            writeln!(self.out, "{text}: {meaning}{rest}").expect("writing to a string");
        }
    }
    impl<'ast> Visitor<'ast> for Paths<'_, '_> {
        fn visit_expr(&mut self, expr: &'ast ast::Expr) {
            if let ast::ExprKind::Path(..) = expr.kind {
                self.show(expr.id, expr.span);
            }
            visit::walk_expr(self, expr);
        }
        fn visit_ty(&mut self, ty: &'ast ast::Ty) {
            if let ast::TyKind::Path(..) = ty.kind {
                self.show(ty.id, ty.span);
            }
            visit::walk_ty(self, ty);
        }
        fn visit_pat(&mut self, pat: &'ast ast::Pat) {
            self.show(pat.id, pat.span);
            visit::walk_pat(self, pat);
        }
    }
    resolve(Edition::Edition2021, &[("main.rs", fixture)], |resolved| {
        assert_eq!(resolved.diagnostics(), "");
        let mut paths = Paths { resolved: &resolved, out: String::new() };
        visit::walk_crate(&mut paths, &resolved.krate);
        expected.assert_eq(&paths.out);
    });
}

#[test]
fn the_innermost_definition_wins() {
    check_paths(
        "fn x() {} mod m { pub fn y() {} }
fn f(x: u8) { x; { fn x() {} x; let x = 1; x; } use m::y; y; m::y; crate::x; self::x; u8::MAX; }",
        expect![[r#"
            x: local variable
            u8: builtin type
            x: local variable
            x: function ::f::x
            x: local variable
            x: local variable
            y: function ::m::y
            m::y: function ::m::y
            crate::x: function ::x
            self::x: function ::x
            u8::MAX: builtin type + 1
        "#]],
    );
}

#[test]
fn types_and_values_have_names_of_their_own() {
    check_paths(
        "struct S; mod T {} fn T() {} enum E { V(u8), U } trait Tr { type A; fn m(); }
fn f<P: Tr>(s: S) -> P::A { let S = s; T; let e: E = E::U; match e { E::V(n) => n, E::U => E::missing }; <P as Tr>::m; Tr::m; Self::x }
impl S { fn g() { Self; Self::g; } }"
            .replace(" Self::x }", " P::x }")
            .as_str(),
        expect![[r#"
            u8: builtin type
            s: local variable
            S: struct ::S
            P::A: type parameter ::f::P + 1
            S: unit struct ::S::{constructor#0}
            s: local variable
            T: function ::T
            e: local variable
            E: enum ::E
            E::U: unit variant ::E::U::{constructor#0}
            e: local variable
            E::V(n): tuple variant ::E::V::{constructor#0}
            n: local variable
            n: local variable
            E::U: unit variant ::E::U::{constructor#0}
            E::missing: enum ::E + 1
            <P as Tr>::m: associated function ::Tr::m
            P: type parameter ::f::P
            Tr::m: associated function ::Tr::m
            P::x: type parameter ::f::P + 1
            S: struct ::S
            Self: self constructor
            Self::g: self type + 1
        "#]],
    );
}

#[test]
fn imports_rename_and_chain() {
    check_paths(
        "mod a { pub mod b { pub fn f() {} pub struct f {} } pub use self::b::f as g; pub use self::b as c; }
use a::{self as aa, c::{self, f as h}, g};
fn x() { g(); h(); c::f(); aa::b::f(); let t: g; }",
        expect![[r#"
            g: function ::a::b::f
            h: function ::a::b::f
            c::f: function ::a::b::f
            aa::b::f: function ::a::b::f
            t: local variable
            g: struct ::a::b::f
        "#]],
    );
}

#[test]
fn modules_list_their_names_for_other_crates() {
    resolve(
        Edition::Edition2021,
        &[(
            "main.rs",
            "pub mod m { pub struct S(u8); struct P; pub use self::P as Q; } pub use m::*; use m::S as Private;",
        )],
        |resolved| {
            let mut out = String::new();
            for (module, children) in &resolved.outputs.global_ctxt.module_children {
                let path = resolved.tcx.def_path(module.to_def_id()).to_string_no_crate_verbose();
                for child in children {
                    let vis = if child.vis.is_public() { "pub " } else { "" };
                    let chain = child.reexport_chain.len();
                    writeln!(out, "{path}: {vis}{} {} ({chain} steps)", child.res.descr(), child.ident.name)
                        .expect("writing to a string");
                }
            }
            expect![[r#"
                : pub module m (0 steps)
                : struct Private (1 steps)
                : pub struct S (1 steps)
                ::m: pub struct S (0 steps)
                ::m: tuple struct S (0 steps)
                ::m: struct P (0 steps)
                ::m: unit struct P (0 steps)
                ::m: struct Q (1 steps)
                ::m: unit struct Q (1 steps)
            "#]]
            .assert_eq(&out);
        },
    );
}
