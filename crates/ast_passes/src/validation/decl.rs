//! Functions' declarations: patterns without bodies, `self`, C-variadic parameters, attributes on parameters.

use ast::visit::{FnCtxt, FnKind};
use ast::{
    Attribute, BindingMode, ByRef, Const, Extern, FnDecl, FnPtrTy, Mutability, Param, PatKind, Safety, Ty, TyKind,
};
use diagnostics::{Applicability, Diag, ErrCode, Level, MultiSpan};
use session::lint;
use span::{Span, Symbol, sym};

use super::AstValidator;

impl AstValidator<'_> {
    pub(super) fn check_fn(&self, kind: FnKind<'_>, _attrs: &[Attribute], span: Span) {
        let decl = kind.decl();
        let self_ok = matches!(kind, FnKind::Fn(FnCtxt::Assoc(_), ..));
        self.check_fn_decl(decl, self_ok);
        if let FnKind::Fn(ctxt, _, f) = kind {
            self.check_c_variadic(f, ctxt);
            if let (Const::Yes(const_span), Some(coroutine)) = (f.sig.header.constness, f.sig.header.coroutine_kind) {
                let word = coroutine.as_str();
                let coroutine_span = coroutine.span();
                self.sess
                    .dcx
                    .struct_span_err(
                        MultiSpan::from(vec![const_span, coroutine_span]),
                        format!("functions cannot be both `const` and `{word}`"),
                    )
                    .with_span_label(const_span, "`const` because of this")
                    .with_span_label(coroutine_span, format!("`{word}` because of this"))
                    .with_span_label(span, "")
                    .emit();
            }
            if f.body.is_none() {
                self.check_decl_no_pat(decl, |span, ident, mut_only| match (ctxt, mut_only) {
                    (FnCtxt::Foreign, _) => {}
                    (_, Some(ident)) => self.lint_pattern_without_body(span, ident),
                    (_, None) => {
                        let _ = ident;
                        self.sess
                            .dcx
                            .struct_span_err(span, "patterns aren't allowed in functions without bodies")
                            .with_code(ErrCode(642))
                            .with_span_label(span, "pattern not allowed in function without body")
                            .emit();
                    }
                });
            }
        }
    }

    fn lint_pattern_without_body(&self, span: Span, name: Symbol) {
        let diag = Diag::new(&self.sess.dcx, Level::Error, "patterns aren't allowed in functions without bodies")
            .with_span(span)
            .with_span_suggestion(
                span,
                "remove `mut` from the parameter",
                name.to_string(),
                Applicability::MachineApplicable,
            );
        self.sess.buffer_lint(lint::BufferedLint {
            lint: &lint::PATTERNS_IN_FNS_WITHOUT_BODY,
            node_id: ast::CRATE_NODE_ID.as_u32(),
            span,
            diag: Box::new(diag.into_inner()),
        });
    }

    /// Reports patterns that are no plain name; `mut x` is told with its name.
    pub(super) fn check_decl_no_pat(&self, decl: &FnDecl, report: impl Fn(Span, Option<Symbol>, Option<Symbol>)) {
        for Param { pat, .. } in &decl.inputs {
            match pat.kind {
                PatKind::Missing | PatKind::Ident(BindingMode::NONE, _, None) | PatKind::Wild | PatKind::Err(_) => {}
                PatKind::Ident(BindingMode(ByRef::No, Mutability::Mut), ident, None) => {
                    report(pat.span, Some(ident.name), Some(ident.name));
                }
                _ => report(pat.span, None, None),
            }
        }
    }

    fn check_fn_decl(&self, decl: &FnDecl, self_ok: bool) {
        let dcx = &self.sess.dcx;
        for (i, param) in decl.inputs.iter().enumerate() {
            if i + 1 < decl.inputs.len() && matches!(param.ty.kind, TyKind::CVarArgs) {
                dcx.span_err(param.span, "`...` must be the last argument of a C-variadic function");
            }
            if !self_ok && i == 0 && param.is_self() {
                dcx.struct_span_err(param.span, "`self` parameter is only allowed in associated functions")
                    .with_span_label(param.span, "not semantically valid as function parameter")
                    .with_note("associated functions are those in `impl` or `trait` definitions")
                    .emit();
            }
            self.check_param_attrs(&param.attrs);
        }
    }

    fn check_param_attrs(&self, attrs: &[Attribute]) {
        const ALLOWED: [Symbol; 7] =
            [sym::allow, sym::cfg, sym::cfg_attr, sym::deny, sym::expect, sym::forbid, sym::warn];
        for attr in attrs {
            if attr.is_doc_comment() {
                self.sess
                    .dcx
                    .struct_span_err(
                        attr.span,
                        "documentation comments cannot be applied to a function parameter's type",
                    )
                    .with_primary_message("documentation comments cannot be applied to function parameters")
                    .with_span_label(attr.span, "doc comments are not allowed here")
                    .emit();
            } else if attr
                .name()
                .is_some_and(|name| crate::attributes::find(name).is_some() && !ALLOWED.contains(&name))
            {
                self.sess.dcx.span_err(
                    attr.span,
                    "allow, cfg, cfg_attr, deny, expect, forbid, and warn are the only allowed built-in attributes in function parameters",
                );
            }
        }
    }

    fn check_c_variadic(&self, f: &ast::Fn, ctxt: FnCtxt) {
        let dcx = &self.sess.dcx;
        let Some(last) = f.sig.decl.inputs.last().filter(|p| matches!(p.ty.kind, TyKind::CVarArgs)) else { return };
        if ctxt == FnCtxt::Foreign {
            return;
        }
        if let Some(coroutine) = f.sig.header.coroutine_kind {
            let word = coroutine.as_str();
            dcx.struct_span_err(
                MultiSpan::from(vec![coroutine.span(), last.span]),
                format!("functions cannot be both `{word}` and C-variadic"),
            )
            .with_span_label(coroutine.span(), format!("`{word}` because of this"))
            .with_span_label(last.span, "C-variadic because of this")
            .emit();
        }
        if let Const::Yes(span) = f.sig.header.constness
            && !self.sess.feature(sym::const_c_variadic)
        {
            dcx.struct_span_err(
                MultiSpan::from(vec![span, last.span]),
                "functions cannot be both `const` and C-variadic",
            )
            .with_span_label(span, "`const` because of this")
            .with_span_label(last.span, "C-variadic because of this")
            .emit();
        }
        let abi = match f.sig.header.ext {
            Extern::None => None,
            Extern::Implicit(_) => Some(sym::C),
            Extern::Explicit(abi, _) => Some(abi.symbol_unescaped),
        };
        match abi {
            None => {
                dcx.struct_span_err(last.span, "`...` is not supported for non-extern functions")
                    .with_help(
                        "only `extern \"C\"` and `extern \"C-unwind\"` functions may have a C variable argument list",
                    )
                    .emit();
            }
            Some(abi) if matches!(abi.as_str(), "C" | "C-unwind") => {
                if !matches!(f.sig.header.safety, Safety::Unsafe(_)) {
                    let place = f.sig.header.span().unwrap_or(f.sig.span).shrink_to_lo();
                    dcx.struct_span_err(last.span, "functions with a C variable argument list must be unsafe")
                        .with_span_suggestion_verbose(
                            place,
                            "add the `unsafe` keyword to this definition",
                            "unsafe ",
                            Applicability::MaybeIncorrect,
                        )
                        .emit();
                }
            }
            Some(abi) => {
                dcx.struct_span_err(last.span, format!("`...` is not supported for `extern \"{abi}\"` functions"))
                    .with_help(
                        "only `extern \"C\"` and `extern \"C-unwind\"` functions may have a C variable argument list",
                    )
                    .emit();
            }
        }
    }

    pub(super) fn check_fn_ptr(&self, ty: &Ty, f: &FnPtrTy) {
        let dcx = &self.sess.dcx;
        if let Safety::Safe(_) = f.safety {
            dcx.span_err(ty.span, "function pointers cannot be declared with `safe` safety qualifier");
        }
        self.check_fn_decl(&f.decl, false);
        self.check_decl_no_pat(&f.decl, |span, _, _| {
            dcx.struct_span_err(span, "patterns aren't allowed in function pointer types")
                .with_code(ErrCode(561))
                .emit();
        });
    }
}
