//! What may not be written where: trait objects without `dyn` (E0782), associated item constraints outside bounds (E0229),
//! `Fn`-family traits in ways that are not stable (E0183, E0658).

use diagnostics::Applicability;
use diagnostics::codes::*;
use hir::{AssocItemConstraint, GenericArgsParentheses, Node, PathSegment, TraitObjectSyntax};
use session::{feature_err, lint};
use span::def_id::DefId;
use span::{Span, Symbol, sym};
use ty::ErrorGuaranteed;

use super::HirTyLowerer;

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// E0229: `Vec<Item = u8>`.
    pub(super) fn prohibit_constraints(&self, segment: &PathSegment<'tcx>) -> Option<ErrorGuaranteed> {
        let constraint = segment.args?.constraints.first()?;
        let guar = self.constraint_not_allowed(constraint);
        self.taint(guar);
        Some(guar)
    }

    fn constraint_not_allowed(&self, constraint: &AssocItemConstraint<'tcx>) -> ErrorGuaranteed {
        self.dcx()
            .struct_span_err(constraint.span, "associated item constraints are not allowed here")
            .with_code(E0229)
            .with_span_label(constraint.span, "associated item constraint not allowed here")
            .emit()
    }

    /// `Fn<(A,)>` and `impl Fn..` are not stable, nor `Trait(A)` for other traits.
    pub(super) fn complain_about_internal_fn_trait(
        &self,
        span: Span,
        trait_id: DefId,
        segment: &PathSegment<'tcx>,
        is_impl: bool,
    ) {
        let tcx = self.tcx();
        if tcx.feature(sym::unboxed_closures) || span.allows_unstable(sym::unboxed_closures) {
            return;
        }
        let parenthesized = segment.args().parenthesized == GenericArgsParentheses::ParenSugar;
        let feature = |msg: &str| feature_err(tcx.sess(), sym::unboxed_closures, span, msg.to_owned());
        if !tcx.trait_def(trait_id).paren_sugar {
            if parenthesized {
                feature("parenthetical notation is only stable when used with `Fn`-family traits").emit();
            }
            return;
        }
        if !parenthesized {
            feature("the precise format of `Fn`-family traits' type parameters is subject to change").emit();
        }
        if is_impl {
            let name = tcx.def_path_str(trait_id);
            self.dcx()
                .struct_span_err(span, format!("manual implementations of `{name}` are experimental"))
                .with_code(E0183)
                .with_span_label(span, format!("manual implementations of `{name}` are experimental"))
                .with_help("add `#![feature(unboxed_closures)]` to the crate attributes to enable")
                .emit();
        }
    }

    /// A trait where a type is meant: an error since edition 2021, a lint before.
    pub(super) fn prohibit_bare_trait_object(
        &self,
        hir_ty: &hir::Ty<'tcx>,
        syntax: TraitObjectSyntax,
    ) -> Option<ErrorGuaranteed> {
        if syntax != TraitObjectSyntax::None {
            return None;
        }
        let tcx = self.tcx();
        // `<Trait>::f` and `Trait::f` are written with and without angle brackets; both are paths' self types.
        let in_path = matches!(tcx.parent_hir_node(hir_ty.hir_id), Node::Expr(_) | Node::Pat(_) | Node::PatExpr(_));
        let dyn_parts = |s: Span| {
            let snippet = tcx.sess().source_map.span_to_snippet(s).unwrap_or_default();
            if in_path && !snippet.starts_with('<') {
                vec![(s.shrink_to_lo(), "<dyn ".to_owned()), (s.shrink_to_hi(), ">".to_owned())]
            } else {
                vec![(s.shrink_to_lo(), "dyn ".to_owned())]
            }
        };
        if hir_ty.span.at_least_rust_2021() {
            let mut err = self.dcx().struct_span_err(hir_ty.span, "expected a type, found a trait").with_code(E0782);
            err.multipart_suggestion(
                "you can add the `dyn` keyword if you want a trait object",
                dyn_parts(hir_ty.span),
                Applicability::MachineApplicable,
            );
            return Some(err.emit());
        }
        tcx.emit_node_span_lint(
            &lint::BARE_TRAIT_OBJECTS,
            hir_ty.hir_id,
            hir_ty.span,
            "trait objects without an explicit `dyn` are deprecated",
            |diag| {
                diag.multipart_suggestion(
                    "if this is a dyn-compatible trait, use `dyn`",
                    dyn_parts(hir_ty.span),
                    Applicability::MachineApplicable,
                );
            },
        );
        None
    }

    /// E0719: one associated item constrained twice.
    pub(super) fn already_specified(&self, item: DefId, name: Symbol, span: Span, before: Span) {
        let tcx = self.tcx();
        let of = tcx.def_path_str(tcx.parent(item));
        self.dcx()
            .struct_span_err(
                span,
                format!("the value of the associated type `{name}` in trait `{of}` is already specified"),
            )
            .with_code(E0719)
            .with_span_label(span, "re-bound here")
            .with_span_label(before, format!("`{name}` bound here first"))
            .emit();
    }
}
