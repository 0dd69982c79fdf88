//! `impl Trait`: an opaque type, an anonymous type parameter, or an error.

use ast::NodeId;
use hir::def::{DefKind, Res};
use hir::{GenericParam, GenericParamKind, GenericParamSource, OpaqueTyOrigin, ParamName, PredicateOrigin, TyKind};
use span::def_id::LocalDefId;
use span::{DesugaringKind, Ident, Span};

use crate::generics::RelaxedBoundPolicy;
use crate::{ImplTraitContext, LoweringContext, diagnostics};

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_impl_trait(
        &mut self,
        span: Span,
        id: NodeId,
        bounds: &[ast::GenericBound],
        itctx: ImplTraitContext,
    ) -> TyKind<'hir> {
        match itctx {
            ImplTraitContext::OpaqueTy { origin } => {
                let span = self.mark(DesugaringKind::OpaqueTy, span);
                self.lower_opaque(id, origin, span, |this| {
                    this.lower_param_bounds(bounds, RelaxedBoundPolicy::Allowed, itctx)
                })
            }
            ImplTraitContext::Universal => self.lower_universal(span, id, bounds),
            ImplTraitContext::InBinding => {
                TyKind::TraitAscription(self.lower_param_bounds(bounds, RelaxedBoundPolicy::Allowed, itctx))
            }
            ImplTraitContext::FeatureGated(position, feature) => {
                TyKind::Err(diagnostics::misplaced_impl_trait(self.tcx.sess(), span, position, Some(feature)))
            }
            ImplTraitContext::Disallowed(position) => {
                TyKind::Err(diagnostics::misplaced_impl_trait(self.tcx.sess(), span, position, None))
            }
        }
    }

    /// An opaque type. What lifetimes it captures is found when lifetimes are resolved.
    pub(crate) fn lower_opaque(
        &mut self,
        id: NodeId,
        origin: OpaqueTyOrigin<LocalDefId>,
        span: Span,
        lower_bounds: impl FnOnce(&mut Self) -> hir::GenericBounds<'hir>,
    ) -> TyKind<'hir> {
        let hir_id = self.lower_node_id(id);
        let def_id = self.local_def_id(id);
        let bounds = lower_bounds(self);
        TyKind::OpaqueDef(self.alloc(hir::OpaqueTy { hir_id, def_id, bounds, origin, span }))
    }

    /// `impl Trait` in a parameter's type: a type parameter of the function, and the bounds as its predicate.
    fn lower_universal(&mut self, span: Span, id: NodeId, bounds: &[ast::GenericBound]) -> TyKind<'hir> {
        if let Some(use_span) = bounds.iter().find_map(|bound| match bound {
            ast::GenericBound::Use(_, span) => Some(*span),
            _ => None,
        }) {
            self.dcx().span_err(
                use_span,
                "`use<...>` precise capturing syntax not allowed in argument-position `impl Trait`",
            );
        }
        let def_id = self.local_def_id(id);
        // Resolution has given it its text as a name.
        let name = self.tcx.definitions().def_key(def_id).get_opt_name();
        let ident = Ident::new(name.unwrap_or_else(|| span::Symbol::intern("impl Trait")), span);
        let hir_id = self.lower_node_id(id);
        self.impl_trait_defs.push(GenericParam {
            hir_id,
            def_id,
            name: ParamName::Plain(ident),
            pure_wrt_drop: false,
            span,
            kind: GenericParamKind::Type { default: None, synthetic: true },
            colon_span: None,
            source: GenericParamSource::Generics,
        });
        if !bounds.is_empty() {
            let bounds = self.lower_param_bounds(bounds, RelaxedBoundPolicy::Allowed, ImplTraitContext::Universal);
            let predicate = self.param_predicate(id, ident, span, bounds, PredicateOrigin::ImplTrait);
            self.impl_trait_bounds.push(predicate);
        }
        let res = Res::Def(DefKind::TyParam, def_id.to_def_id());
        let segment = hir::PathSegment::new(ident, self.next_id(), res);
        let path = self.alloc(hir::Path { span, res, segments: self.arena.alloc_slice(&[segment]) });
        TyKind::Path(hir::QPath::Resolved(None, path))
    }
}
