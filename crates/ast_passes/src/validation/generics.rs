//! The order of generic parameters, and where defaults may stand.

use ast::{GenericParam, GenericParamKind, Generics};
use diagnostics::{Applicability, MultiSpan};
use span::Span;

use super::AstValidator;

impl AstValidator<'_> {
    pub(super) fn check_generics(&self, generics: &Generics) {
        let mut trailing = None;
        for param in generics.params.iter().rev() {
            let has_default = match &param.kind {
                GenericParamKind::Type { default } => default.is_some(),
                GenericParamKind::Const { default, .. } => default.is_some(),
                GenericParamKind::Lifetime => continue,
            };
            if !has_default {
                trailing = Some(());
            } else if trailing.is_some() {
                self.sess.dcx.span_err(param.ident.span, "generic parameters with a default must be trailing");
                break;
            }
        }
        self.check_order(generics);
    }

    /// Lifetimes first.
    fn check_order(&self, generics: &Generics) {
        let is_lifetime = |p: &GenericParam| matches!(p.kind, GenericParamKind::Lifetime);
        let Some(first_other) = generics.params.iter().position(|p| !is_lifetime(p)) else { return };
        let late: Vec<Span> =
            generics.params[first_other..].iter().filter(|p| is_lifetime(p)).map(|p| p.ident.span).collect();
        if late.is_empty() {
            return;
        }
        let snippet = |p: &GenericParam| {
            let span = match p.bounds.last() {
                Some(bound) => p.ident.span.to(bound.span()),
                None => p.span(),
            };
            self.sess.source_map().span_to_snippet(span).unwrap_or_else(|| p.ident.to_string())
        };
        let ordered: Vec<String> = generics
            .params
            .iter()
            .filter(|p| is_lifetime(p))
            .chain(generics.params.iter().filter(|p| !is_lifetime(p)))
            .map(snippet)
            .collect();
        self.sess
            .dcx
            .struct_span_err(
                MultiSpan::from(late),
                "lifetime parameters must be declared prior to type and const parameters",
            )
            .with_span_suggestion(
                generics.span,
                "reorder the parameters: lifetimes, then consts and types",
                format!("<{}>", ordered.join(", ")),
                Applicability::MachineApplicable,
            )
            .emit();
    }
}
