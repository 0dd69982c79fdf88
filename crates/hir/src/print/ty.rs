//! Types and signatures.

use rustc_abi::ExternAbi;
use span::Ident;

use super::Printer;
use crate::*;

impl Printer<'_, '_> {
    pub(super) fn ty(&mut self, ty: &Ty<'_>) {
        match &ty.kind {
            TyKind::Slice(ty) => {
                self.w("[");
                self.ty(ty);
                self.w("]");
            }
            TyKind::Array(ty, length) => {
                self.w("[");
                self.ty(ty);
                self.w("; ");
                self.const_arg(length);
                self.w("]");
            }
            TyKind::Ptr(mt) => {
                self.w("*");
                self.w(mt.mutbl.ptr_str());
                self.w(" ");
                self.ty(mt.ty);
            }
            TyKind::Ref(lifetime, mt) => {
                self.w("&");
                if !lifetime.is_elided() {
                    self.d(lifetime);
                    self.w(" ");
                }
                self.w(mt.mutbl.prefix_str());
                self.ty(mt.ty);
            }
            TyKind::FnPtr(f) => {
                self.for_params(f.generic_params);
                self.w(f.safety.prefix_str());
                self.abi(f.abi);
                self.w("fn");
                self.fn_ptr_decl(f.decl, f.param_idents);
            }
            TyKind::UnsafeBinder(binder) => {
                self.w("unsafe");
                self.param_list(binder.generic_params);
                self.w(" ");
                self.ty(binder.inner_ty);
            }
            TyKind::Never => self.w("!"),
            TyKind::Tup(tys) => {
                self.w("(");
                self.comma(*tys, |p, ty| p.ty(ty));
                self.w(if tys.len() == 1 { ",)" } else { ")" });
            }
            TyKind::Path(qpath) => self.qpath(qpath, false),
            TyKind::OpaqueDef(_) => self.w("/*impl Trait*/"),
            TyKind::TraitAscription(bounds) => self.bounds("impl ", bounds),
            TyKind::TraitObject(bounds, lifetime, syntax) => {
                if *syntax == TraitObjectSyntax::Dyn {
                    self.w("dyn ");
                }
                for (i, bound) in bounds.iter().enumerate() {
                    if i > 0 {
                        self.w(" + ");
                    }
                    self.poly_trait_ref(bound);
                }
                if !lifetime.is_elided() {
                    self.w(" + ");
                    self.d(lifetime);
                }
            }
            TyKind::Err(_) => self.w("/*ERROR*/"),
            TyKind::Pat(ty, pat) => {
                self.ty(ty);
                self.w(" is ");
                self.ty_pat(pat);
            }
            TyKind::Infer => self.w("_"),
        }
    }

    fn ty_pat(&mut self, pat: &TyPat<'_>) {
        match pat.kind {
            TyPatKind::Range(lo, hi) => {
                self.const_arg(lo);
                self.w("..=");
                self.const_arg(hi);
            }
            TyPatKind::NotNull => self.w("!null"),
            TyPatKind::Or(pats) => {
                for (i, pat) in pats.iter().enumerate() {
                    if i > 0 {
                        self.w(" | ");
                    }
                    self.ty_pat(pat);
                }
            }
            TyPatKind::Err(_) => self.w("/*ERROR*/"),
        }
    }

    pub(super) fn const_arg(&mut self, ct: &ConstArg<'_>) {
        match &ct.kind {
            ConstArgKind::Path(qpath) => self.qpath(qpath, true),
            ConstArgKind::Anon(anon) => self.body_value(anon.body),
            ConstArgKind::Error(_) => self.w("/*ERROR*/"),
            ConstArgKind::Literal { lit, negated } => {
                if *negated {
                    self.w("-");
                }
                self.lit_kind(lit);
            }
            ConstArgKind::Infer => self.w("_"),
        }
    }

    pub(super) fn abi(&mut self, abi: ExternAbi) {
        if abi != ExternAbi::Rust {
            self.d(format_args!("extern {abi} "));
        }
    }

    pub(super) fn fn_header(&mut self, header: FnHeader) {
        if header.is_const() {
            self.w("const ");
        }
        if header.is_async() {
            self.w("async ");
        }
        match header.safety {
            HeaderSafety::SafeTargetFeatures => self.w("#[target_feature] "),
            HeaderSafety::Normal(safety) => self.w(safety.prefix_str()),
        }
        self.abi(header.abi);
    }

    fn fn_ptr_decl(&mut self, decl: &FnDecl<'_>, idents: &[Option<Ident>]) {
        self.w("(");
        self.comma(decl.inputs.iter().enumerate(), |p, (i, ty)| {
            if let Some(Some(ident)) = idents.get(i) {
                p.d(format_args!("{ident}: "));
            }
            p.ty(ty);
        });
        self.variadic(decl);
        self.w(")");
        self.fn_output(decl);
    }

    /// Parameters as a required method or foreign function has them.
    pub(super) fn fn_decl_idents(&mut self, decl: &FnDecl<'_>, idents: &[Option<Ident>]) {
        self.w("(");
        self.comma(decl.inputs.iter().enumerate(), |p, (i, ty)| {
            if i == 0 && p.implicit_self(decl.implicit_self) {
                return;
            }
            if let Some(Some(ident)) = idents.get(i) {
                p.d(format_args!("{ident}: "));
            }
            p.ty(ty);
        });
        self.variadic(decl);
        self.w(")");
        self.fn_output(decl);
    }

    /// Parameters with the body's patterns.
    pub(super) fn fn_decl_body(&mut self, decl: &FnDecl<'_>, body: &Body<'_>) {
        self.w("(");
        self.comma(body.params.iter().enumerate(), |p, (i, param)| {
            p.inline_attrs(param.hir_id);
            if i == 0 && p.implicit_self(decl.implicit_self) {
                return;
            }
            p.pat(param.pat);
            p.w(": ");
            match decl.inputs.get(i) {
                Some(ty) => p.ty(ty),
                None => p.w("..."),
            }
        });
        self.w(")");
        self.fn_output(decl);
    }

    fn implicit_self(&mut self, kind: ImplicitSelfKind) -> bool {
        let text = match kind {
            ImplicitSelfKind::Imm => "self",
            ImplicitSelfKind::Mut => "mut self",
            ImplicitSelfKind::RefImm => "&self",
            ImplicitSelfKind::RefMut => "&mut self",
            ImplicitSelfKind::None => return false,
        };
        self.w(text);
        true
    }

    fn variadic(&mut self, decl: &FnDecl<'_>) {
        if decl.c_variadic {
            self.w(", ...");
        }
    }

    pub(super) fn fn_output(&mut self, decl: &FnDecl<'_>) {
        if let FnRetTy::Return(ty) = decl.output {
            self.w(" -> ");
            self.ty(ty);
        }
    }
}
