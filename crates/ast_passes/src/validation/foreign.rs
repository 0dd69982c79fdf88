//! Items of extern blocks.

use ast::{Const, ForeignItem, ForeignItemKind, Generics, Safety};
use diagnostics::{Applicability, ErrCode};
use span::{Ident, Span};

use super::AstValidator;

impl AstValidator<'_> {
    pub(super) fn check_foreign_item(&self, item: &ForeignItem) {
        match &item.kind {
            ForeignItemKind::Fn(f) => {
                self.check_foreign_fn_body(f, item);
                self.check_foreign_fn_header(f);
                self.check_foreign_safety(item.span, f.sig.header.safety);
                self.check_decl_no_pat(&f.sig.decl, |span, _, _| {
                    self.sess
                        .dcx
                        .struct_span_err(span, "patterns aren't allowed in foreign function declarations")
                        .with_code(ErrCode(130))
                        .with_span_label(span, "pattern not allowed in foreign function")
                        .emit();
                });
                self.check_foreign_ident_ascii(f.ident);
            }
            ForeignItemKind::Static(s) => {
                self.check_foreign_safety(item.span, s.safety);
                if let Some(body) = &s.expr {
                    self.foreign_kind_bodyless(s.ident, "static", body.span);
                }
                self.check_foreign_ident_ascii(s.ident);
            }
            ForeignItemKind::TyAlias(alias) => {
                if let Some(ty) = &alias.ty {
                    self.foreign_kind_bodyless(alias.ident, "type", ty.span);
                }
                if let (Some(first), Some(last)) = (alias.bounds.first(), alias.bounds.last()) {
                    let span = first.span().to(last.span());
                    self.sess.dcx.span_err(span, "bounds on `type`s in `extern` blocks have no effect");
                }
                self.check_foreign_ty_genericless(&alias.generics);
                self.check_foreign_ident_ascii(alias.ident);
            }
            ForeignItemKind::MacCall(_) => {}
        }
    }

    fn block_head(&self) -> Span {
        self.extern_mod.map_or(span::DUMMY_SP, |block| block.head)
    }

    fn check_foreign_ident_ascii(&self, ident: Ident) {
        if ident.as_str().is_ascii() {
            return;
        }
        self.sess
            .dcx
            .struct_span_err(ident.span, "items in `extern` blocks cannot use non-ascii identifiers")
            .with_span_label(self.block_head(), "in this `extern` block")
            .with_note("this limitation may be lifted in the future; see issue #83942 <https://github.com/rust-lang/rust/issues/83942> for more information")
            .emit();
    }

    fn check_foreign_safety(&self, span: Span, safety: Safety) {
        let Some(block) = self.extern_mod else { return };
        let qualified = !matches!(safety, Safety::Default);
        if qualified && !matches!(block.safety, Safety::Unsafe(_)) {
            self.sess
                .dcx
                .struct_span_err(
                    span,
                    "items in `extern` blocks without an `unsafe` qualifier cannot have safety qualifiers",
                )
                .with_span_suggestion_verbose(
                    block.extern_span.shrink_to_lo(),
                    "add `unsafe` to this `extern` block",
                    "unsafe ",
                    Applicability::MaybeIncorrect,
                )
                .emit();
        }
    }

    fn foreign_kind_bodyless(&self, ident: Ident, kind: &str, body: Span) {
        self.sess
            .dcx
            .struct_span_err(ident.span, format!("incorrect `{kind}` inside `extern` block"))
            .with_span_label(ident.span, "cannot have a body")
            .with_span_label(body, "the invalid body")
            .with_span_label(
                self.block_head(),
                format!(
                    "`extern` blocks define existing foreign {kind}s and {kind}s inside of them cannot have a body"
                ),
            )
            .with_note("for more information, visit https://doc.rust-lang.org/std/keyword.extern.html")
            .emit();
    }

    fn check_foreign_fn_body(&self, f: &ast::Fn, item: &ForeignItem) {
        let Some(body) = &f.body else { return };
        let _ = item;
        self.sess
            .dcx
            .struct_span_err(f.ident.span, "incorrect function inside `extern` block")
            .with_span_suggestion(body.span, "remove the invalid body", ";", Applicability::MaybeIncorrect)
            .with_help("you might have meant to write a function accessible through FFI, which can be done by writing `extern fn` outside of the `extern` block")
            .with_span_label(
                self.block_head(),
                "`extern` blocks define existing foreign functions and functions inside of them cannot have a body",
            )
            .with_note("for more information, visit https://doc.rust-lang.org/std/keyword.extern.html")
            .with_span_label(f.ident.span, "cannot have a body")
            .emit();
    }

    fn check_foreign_fn_header(&self, f: &ast::Fn) {
        let report = |span: Span, word: &str| {
            self.sess
                .dcx
                .struct_span_err(span, format!("functions in `extern` blocks cannot have `{word}` qualifier"))
                .with_span_label(self.block_head(), "in this `extern` block")
                .with_span_suggestion_verbose(
                    span,
                    format!("remove the `{word}` qualifier"),
                    "",
                    Applicability::MaybeIncorrect,
                )
                .emit();
        };
        if let Some(coroutine) = f.sig.header.coroutine_kind {
            report(coroutine.span(), coroutine.as_str());
        }
        if let Const::Yes(span) = f.sig.header.constness {
            report(span, "const");
        }
        match f.sig.header.ext {
            ast::Extern::None => {}
            ast::Extern::Implicit(span) | ast::Extern::Explicit(_, span) => report(span, "extern"),
        }
    }

    fn check_foreign_ty_genericless(&self, generics: &Generics) {
        let report = |span: Span, descr: &str, remove: &str| {
            self.sess
                .dcx
                .struct_span_err(span, format!("`type`s inside `extern` blocks cannot have {descr}"))
                .with_span_suggestion(span, format!("remove the {remove}"), "", Applicability::MaybeIncorrect)
                .with_span_label(self.block_head(), "`extern` block begins here")
                .with_note("for more information, visit https://doc.rust-lang.org/std/keyword.extern.html")
                .emit();
        };
        if !generics.params.is_empty() {
            report(generics.span, "generic parameters", "generic parameters");
        }
        if !generics.where_clause.predicates.is_empty() {
            report(generics.where_clause.span, "`where` clauses", "`where` clause");
        }
    }
}
