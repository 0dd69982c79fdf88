//! Lifetimes: named ones, and those that are left out.

use ast::NodeId;
use hir::def::{DefKind, LifetimeRes};
use hir::definitions::DefPathData;
use hir::{
    AngleBrackets, GenericParam, GenericParamKind, GenericParamSource, Lifetime, LifetimeKind, LifetimeParamKind,
    LifetimeSource, LifetimeSyntax, ParamName,
};
use span::{Ident, Span, kw};

use crate::LoweringContext;

impl<'hir> LoweringContext<'_, 'hir> {
    /// `'a` where it is written.
    pub(crate) fn lower_lifetime(&mut self, l: &ast::Lifetime, source: LifetimeSource) -> &'hir Lifetime {
        self.new_named_lifetime(l.id, l.ident, source, l.ident.into())
    }

    /// The lifetime of `&T`, written or not.
    pub(crate) fn lower_ref_lifetime(&mut self, t: &ast::Ty, region: Option<ast::Lifetime>) -> &'hir Lifetime {
        if let Some(region) = region {
            return self.lower_lifetime(&region, LifetimeSource::Reference);
        }
        let id = match self.resolver.lifetimes_res_map.get(&t.id) {
            Some(&LifetimeRes::ElidedAnchor { start, .. }) => start,
            _ => self.next_node_id(),
        };
        // Behind the `&`.
        let lo = t.span.lo() + span::BytePos(u32::from(!t.span.is_dummy()));
        let span = Span::new(lo, lo, t.span.ctxt());
        let ident = Ident::new(kw::UnderscoreLifetime, span);
        self.new_named_lifetime(id, ident, LifetimeSource::Reference, LifetimeSyntax::Implicit)
    }

    /// A left out lifetime argument of a path.
    pub(crate) fn lower_lifetime_hidden_in_path(
        &mut self,
        id: NodeId,
        span: Span,
        angle_brackets: AngleBrackets,
    ) -> &'hir Lifetime {
        let ident = Ident::new(kw::UnderscoreLifetime, span);
        self.new_named_lifetime(id, ident, LifetimeSource::Path { angle_brackets }, LifetimeSyntax::Implicit)
    }

    pub(crate) fn new_named_lifetime(
        &mut self,
        id: NodeId,
        ident: Ident,
        source: LifetimeSource,
        syntax: LifetimeSyntax,
    ) -> &'hir Lifetime {
        let kind = match self.resolver.lifetimes_res_map.get(&id) {
            Some(&res) => self.lower_lifetime_res(res, ident.span),
            None => {
                let guar = self.dcx().span_delayed_bug(ident.span, format!("no resolution for the lifetime `{ident}`"));
                LifetimeKind::Error(guar)
            }
        };
        let hir_id = self.lower_node_id(id);
        self.alloc(Lifetime { hir_id, ident, kind, source, syntax })
    }

    pub(crate) fn lower_lifetime_res(&self, res: LifetimeRes, span: Span) -> LifetimeKind {
        match res {
            LifetimeRes::Param { param, .. } => LifetimeKind::Param(param),
            LifetimeRes::Fresh { param, .. } => match self.opt_local_def_id(param) {
                Some(param) => LifetimeKind::Param(param),
                None => LifetimeKind::Error(
                    self.dcx().span_delayed_bug(span, "an elided lifetime whose binder was not lowered"),
                ),
            },
            LifetimeRes::Infer => LifetimeKind::Infer,
            LifetimeRes::Static => LifetimeKind::Static,
            LifetimeRes::Error(guar) => LifetimeKind::Error(guar),
            LifetimeRes::ElidedAnchor { .. } => {
                ::diagnostics::span_bug!(span, "an anchor where a lifetime stands")
            }
        }
    }

    /// The lifetime of `dyn Trait`, left out.
    pub(crate) fn elided_dyn_bound(&mut self, span: Span) -> &'hir Lifetime {
        let hir_id = self.next_id();
        self.alloc(Lifetime {
            hir_id,
            ident: Ident::new(kw::UnderscoreLifetime, span),
            kind: LifetimeKind::ImplicitObjectLifetimeDefault,
            source: LifetimeSource::Other,
            syntax: LifetimeSyntax::Implicit,
        })
    }

    /// The parameters that elided lifetimes make of the binder `binder`. Resolution leaves it to us to define them.
    pub(crate) fn lower_extra_lifetime_params(
        &mut self,
        binder: NodeId,
        source: GenericParamSource,
    ) -> Vec<GenericParam<'hir>> {
        let extra = self.resolver.extra_lifetime_params_map.get(&binder).cloned().unwrap_or_default();
        extra
            .into_iter()
            .filter_map(|(ident, node_id, res)| {
                let (name, kind) = match res {
                    LifetimeRes::Param { .. } => (ParamName::Plain(ident), LifetimeParamKind::Explicit),
                    LifetimeRes::Fresh { param, kind, .. } => {
                        if self.opt_local_def_id(param).is_none() {
                            self.create_def(
                                param,
                                DefPathData::DesugaredAnonymousLifetime,
                                DefKind::LifetimeParam,
                                ident.span,
                            );
                        }
                        (ParamName::Fresh, LifetimeParamKind::Elided(kind))
                    }
                    LifetimeRes::Static | LifetimeRes::Error(_) => return None,
                    LifetimeRes::Infer | LifetimeRes::ElidedAnchor { .. } => {
                        ::diagnostics::span_bug!(ident.span, "unexpected extra lifetime parameter {res:?}")
                    }
                };
                let def_id = self.opt_local_def_id(node_id)?;
                let hir_id = self.lower_node_id(node_id);
                Some(GenericParam {
                    hir_id,
                    def_id,
                    name,
                    span: ident.span,
                    pure_wrt_drop: false,
                    kind: GenericParamKind::Lifetime { kind },
                    colon_span: None,
                    source,
                })
            })
            .collect()
    }
}
