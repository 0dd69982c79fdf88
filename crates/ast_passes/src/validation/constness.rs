//! Where `[const] Trait` bounds may stand (RFC 3762).

use ast::visit::BoundKind;
use ast::{BoundConstness, BoundPolarity, PolyTraitRef};
use span::Span;

use super::AstValidator;

/// Whether `[const]` bounds may stand here, and if not, why.
#[derive(Clone, Copy)]
pub(super) enum ConstContext {
    Allowed,
    Closure,
    Function(Span),
    Trait(Span),
    TraitImpl(Span),
    Impl(Span),
    TraitAssocTy(Span),
    TraitImplAssocTy(Span),
    InherentAssocTy(Span),
    TraitObject,
    Other,
}

impl AstValidator<'_> {
    pub(super) fn with_const_context(&mut self, context: ConstContext, f: impl FnOnce(&mut Self)) {
        let old = std::mem::replace(&mut self.const_context, context);
        f(self);
        self.const_context = old;
    }

    pub(super) fn check_bound_modifiers(&self, t: &PolyTraitRef, kind: BoundKind) {
        let dcx = &self.sess.dcx;
        match t.modifiers.constness {
            BoundConstness::Never => {}
            BoundConstness::Always(span) if kind == BoundKind::TraitObject => {
                dcx.span_err(span, "const trait bounds are not allowed in trait object types");
            }
            BoundConstness::Always(_) => {}
            BoundConstness::Maybe(span) => self.check_maybe_const(span),
        }
        if let BoundPolarity::Negative(_) = t.modifiers.polarity
            && let Some(segment) = t.trait_ref.path.segments.last()
        {
            match segment.args.as_deref() {
                Some(ast::GenericArgs::AngleBracketed(args)) => {
                    for arg in &args.args {
                        if let ast::AngleBracketedArg::Constraint(c) = arg {
                            dcx.span_err(c.span, "associated type constraints not allowed on negative bounds");
                        }
                    }
                }
                Some(ast::GenericArgs::Parenthesized(args)) => {
                    dcx.span_err(args.span, "parenthetical notation may not be used for negative bounds");
                }
                _ => {}
            }
        }
    }

    fn check_maybe_const(&self, span: Span) {
        let mut err = self.sess.dcx.struct_span_err(span, "`[const]` is not allowed here");
        match self.const_context {
            ConstContext::Allowed => {
                err.cancel();
                return;
            }
            ConstContext::Closure => err.note("closures cannot have `[const]` trait bounds"),
            ConstContext::Function(ident) => {
                err.span_note(ident, "this function is not `const`, so it cannot have `[const]` trait bounds")
            }
            ConstContext::Trait(sp) => {
                err.span_note(sp, "this trait is not `const`, so it cannot have `[const]` trait bounds")
            }
            ConstContext::TraitImpl(sp) => {
                err.span_note(sp, "this impl is not `const`, so it cannot have `[const]` trait bounds")
            }
            ConstContext::Impl(sp) => err.span_note(sp, "inherent impls cannot have `[const]` trait bounds"),
            ConstContext::TraitAssocTy(sp) => {
                err.span_note(sp, "associated types in non-`const` traits cannot have `[const]` trait bounds")
            }
            ConstContext::TraitImplAssocTy(sp) => {
                err.span_note(sp, "associated types in non-const impls cannot have `[const]` trait bounds")
            }
            ConstContext::InherentAssocTy(sp) => {
                err.span_note(sp, "inherent associated types cannot have `[const]` trait bounds")
            }
            ConstContext::TraitObject => err.note("trait objects cannot have `[const]` trait bounds"),
            ConstContext::Other => err.note("this item cannot have `[const]` trait bounds"),
        };
        err.emit();
    }
}
