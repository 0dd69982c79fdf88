//! Lifetimes: named ones, and what elided ones mean where they stand (Reference, "Lifetime elision").
//!
//! Each place has a rule, the innermost lifetime rib that is no binder: in a function's parameters an elided lifetime is a
//! fresh parameter; in its output it is that of `self`, or the only one in the parameters; in a body it is inferred; in a
//! constant's type it is `'static`; elsewhere it is an error.

use ast::visit::{self, LifetimeCtxt, Visitor};
use ast::{FnRetTy, Lifetime, NodeId, Pat, Ty, TyKind};
use diagnostics::codes::*;
use hir::def::{DefKind, LifetimeRes, MissingLifetimeKind, PartialRes, Res as HirRes};
use span::{BytePos, FxIndexMap, FxIndexSet, Ident, Span, kw};

use super::LateResolver;
use super::pat::{PatBoundCtx, PatternSource};
use super::path_source::PathSource;
use crate::path::Segment;
use crate::rib::NoConstantGenericsReason;

/// What lifetime parameters are parameters of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LifetimeBinderKind {
    FnPtrType,
    PolyTrait,
    WhereBound,
    Item,
    ConstItem,
    Function,
    Closure,
    ImplBlock,
}

impl LifetimeBinderKind {
    pub(super) fn descr(self) -> &'static str {
        match self {
            LifetimeBinderKind::FnPtrType => "type",
            LifetimeBinderKind::PolyTrait | LifetimeBinderKind::WhereBound => "bound",
            LifetimeBinderKind::Item | LifetimeBinderKind::ConstItem => "item",
            LifetimeBinderKind::ImplBlock => "impl block",
            LifetimeBinderKind::Function => "function",
            LifetimeBinderKind::Closure => "closure",
        }
    }
}

/// A rule for lifetimes, or a binder of some.
#[derive(Clone, Copy, Debug)]
pub(super) enum LifetimeRibKind {
    Generics {
        binder: NodeId,
        span: Span,
        kind: LifetimeBinderKind,
    },
    /// Elided ones become parameters of `binder`; those in paths (`Ref<u8>`) are errors if `report_in_path`.
    AnonymousCreateParameter {
        binder: NodeId,
        report_in_path: bool,
    },
    /// Elided ones mean this.
    Elided(LifetimeRes),
    /// Elided ones are errors.
    AnonymousReportError,
    /// `'static`, unless lifetimes are in scope (associated constants).
    StaticIfNoLifetimeInScope {
        lint_id: NodeId,
        emit_lint: bool,
    },
    /// The output of a function whose parameters do not say.
    ElisionFailure,
    /// The type of a const parameter.
    ConstParamTy,
    /// A constant that may not use parameters.
    ConcreteAnonConst(NoConstantGenericsReason),
    /// An item: outer lifetimes are not in scope.
    Item,
}

/// A scope of lifetimes.
#[derive(Debug)]
pub(super) struct LifetimeRib {
    pub kind: LifetimeRibKind,
    pub bindings: FxIndexMap<Ident, (NodeId, LifetimeRes)>,
}

impl LifetimeRib {
    pub(super) fn new(kind: LifetimeRibKind) -> LifetimeRib {
        LifetimeRib { kind, bindings: FxIndexMap::default() }
    }
}

/// A lifetime that is not written.
#[derive(Clone, Copy, Debug)]
pub(super) struct MissingLifetime {
    pub span: Span,
    pub kind: MissingLifetimeKind,
    pub count: usize,
}

/// A lifetime in a parameter, for the suggestion to name it.
#[derive(Clone, Copy, Debug)]
pub(super) enum ElisionCandidate {
    Ignore,
    Named,
    Missing(MissingLifetime),
}

/// A parameter with lifetimes.
#[derive(Clone, Debug)]
pub(super) struct ElisionFnParameter {
    pub index: usize,
    pub ident: Option<Ident>,
    pub lifetime_count: usize,
    pub span: Span,
}

/// Why the output's lifetimes cannot be elided.
pub(super) type ElisionFailureInfo = (Vec<MissingLifetime>, Vec<ElisionFnParameter>);

/// The parameters of a function: patterns (of a function with a body) and types.
pub(super) type FnInputs<'ast> = [(Option<&'ast Pat>, &'ast Ty)];

impl<'ast> LateResolver<'_, 'ast, '_, '_> {
    pub(super) fn resolve_lifetime(&mut self, lifetime: &'ast Lifetime, use_ctxt: LifetimeCtxt) {
        let ident = lifetime.ident;
        if ident.name == kw::StaticLifetime {
            return self.record_lifetime_res(lifetime.id, LifetimeRes::Static, ElisionCandidate::Named);
        }
        if ident.name == kw::UnderscoreLifetime {
            return self.resolve_anonymous_lifetime(lifetime, false);
        }
        let normalized = ident.normalize_to_macros_2_0();
        let mut outer = 0;
        for (i, rib) in self.lifetime_ribs.iter().enumerate().rev() {
            if let Some(&(_, res)) = rib.bindings.get(&normalized) {
                if let LifetimeRes::Param { param, .. } = res {
                    *self.lifetime_uses.entry(param).or_default() += 1;
                }
                return self.record_lifetime_res(lifetime.id, res, ElisionCandidate::Named);
            }
            match rib.kind {
                LifetimeRibKind::Item => {
                    outer = i;
                    break;
                }
                LifetimeRibKind::ConstParamTy => {
                    let guar = self.report_lifetime_in_const_param_ty(lifetime);
                    return self.record_lifetime_res(lifetime.id, LifetimeRes::Error(guar), ElisionCandidate::Ignore);
                }
                LifetimeRibKind::ConcreteAnonConst(reason) => {
                    let guar = self.report_lifetime_in_anon_const(lifetime, reason);
                    return self.record_lifetime_res(lifetime.id, LifetimeRes::Error(guar), ElisionCandidate::Ignore);
                }
                _ => {}
            }
        }
        let outer_def = self.lifetime_ribs[..outer]
            .iter()
            .rev()
            .find_map(|rib| rib.bindings.get_key_value(&normalized).map(|(ident, _)| *ident));
        let guar = self.report_undeclared_lifetime(lifetime, outer_def, use_ctxt);
        self.record_lifetime_res(lifetime.id, LifetimeRes::Error(guar), ElisionCandidate::Named);
    }

    /// `'_`, or a reference without lifetime (`elided`).
    fn resolve_anonymous_lifetime(&mut self, lifetime: &Lifetime, elided: bool) {
        let kind = if elided { MissingLifetimeKind::Ampersand } else { MissingLifetimeKind::Underscore };
        let missing = MissingLifetime { span: lifetime.ident.span, kind, count: 1 };
        let candidate = ElisionCandidate::Missing(missing);
        for i in (0..self.lifetime_ribs.len()).rev() {
            match self.lifetime_ribs[i].kind {
                LifetimeRibKind::AnonymousCreateParameter { binder, .. } => {
                    let res = self.create_fresh_lifetime(lifetime.ident, binder, kind);
                    return self.record_lifetime_res(lifetime.id, res, candidate);
                }
                LifetimeRibKind::StaticIfNoLifetimeInScope { lint_id, emit_lint } => {
                    if !self.any_lifetime_in_scope(i) {
                        return self.record_lifetime_res(lifetime.id, LifetimeRes::Static, candidate);
                    }
                    if emit_lint {
                        let what = if elided { "`&` without an explicit lifetime name" } else { "`'_`" };
                        let msg = format!("{what} cannot be used here");
                        let span = lifetime.ident.span;
                        let replacement = if elided { "'static " } else { "'static" };
                        let at = if elided { span.shrink_to_hi() } else { span };
                        let lint = &session::lint::ELIDED_LIFETIMES_IN_ASSOCIATED_CONSTANT;
                        self.r.buffer_lint(lint, lint_id, span, msg, |diag| {
                            diag.span_suggestion(
                                at,
                                "use the `'static` lifetime",
                                replacement,
                                diagnostics::Applicability::MachineApplicable,
                            );
                        });
                    }
                }
                LifetimeRibKind::AnonymousReportError => {
                    let guar = self.report_anonymous_lifetime(lifetime, elided, i);
                    return self.record_lifetime_res(lifetime.id, LifetimeRes::Error(guar), candidate);
                }
                LifetimeRibKind::Elided(res) => return self.record_lifetime_res(lifetime.id, res, candidate),
                LifetimeRibKind::ElisionFailure => {
                    self.diag.current_elision_failures.push(missing);
                    let guar = self.r.dcx().span_delayed_bug(lifetime.ident.span, "an elision failure is reported");
                    return self.record_lifetime_res(lifetime.id, LifetimeRes::Error(guar), candidate);
                }
                LifetimeRibKind::Item => break,
                LifetimeRibKind::Generics { .. }
                | LifetimeRibKind::ConstParamTy
                | LifetimeRibKind::ConcreteAnonConst(_) => {}
            }
        }
        let guar = self.report_missing_lifetimes(vec![missing], None);
        self.record_lifetime_res(lifetime.id, LifetimeRes::Error(guar), candidate);
    }

    fn any_lifetime_in_scope(&self, rib_index: usize) -> bool {
        for rib in self.lifetime_ribs[..rib_index].iter().rev() {
            if !rib.bindings.is_empty() {
                return true;
            }
            match rib.kind {
                LifetimeRibKind::AnonymousCreateParameter { binder, .. }
                    if self.r.extra_lifetime_params_map.get(&binder).is_some_and(|extra| !extra.is_empty()) =>
                {
                    return true;
                }
                LifetimeRibKind::Item => return false,
                _ => {}
            }
        }
        false
    }

    /// The lifetime of a reference that has none.
    pub(super) fn resolve_elided_lifetime(&mut self, anchor_id: NodeId, span: Span) {
        let id = self.r.next_node_id();
        let lifetime = Lifetime { id, ident: Ident::new(kw::UnderscoreLifetime, span) };
        let end = NodeId::from_u32(id.as_u32() + 1);
        let anchor = LifetimeRes::ElidedAnchor { start: id, end };
        self.record_lifetime_res(anchor_id, anchor, ElisionCandidate::Ignore);
        self.resolve_anonymous_lifetime(&lifetime, true);
    }

    fn create_fresh_lifetime(&mut self, ident: Ident, binder: NodeId, kind: MissingLifetimeKind) -> LifetimeRes {
        // Lowering makes the definition.
        let param = self.r.next_node_id();
        let res = LifetimeRes::Fresh { param, binder, kind };
        self.r.lifetimes_res_map.insert(param, res);
        self.r.extra_lifetime_params_map.entry(binder).or_default().push((ident, param, res));
        res
    }

    fn record_lifetime_res(&mut self, id: NodeId, res: LifetimeRes, candidate: ElisionCandidate) {
        if let Some(prev) = self.r.lifetimes_res_map.insert(id, res) {
            diagnostics::bug!("lifetime {id:?} resolved multiple times ({prev:?} before, {res:?} now)");
        }
        match res {
            LifetimeRes::Param { .. } | LifetimeRes::Fresh { .. } | LifetimeRes::Static => {
                if let Some(candidates) = &mut self.elision_candidates {
                    candidates.push((res, candidate));
                }
            }
            LifetimeRes::Infer | LifetimeRes::Error(_) | LifetimeRes::ElidedAnchor { .. } => {}
        }
    }

    /// The lifetimes of the segments of a path that name types but give no lifetimes: `Ref<u8>` is `Ref<'_, u8>`.
    pub(super) fn resolve_elided_lifetimes_in_path(
        &mut self,
        partial_res: PartialRes,
        path: &[Segment],
        source: PathSource<'_>,
        path_span: Span,
    ) {
        let proj_start = path.len() - partial_res.unresolved_segments();
        for (i, segment) in path.iter().enumerate() {
            if segment.has_lifetime_args {
                continue;
            }
            let Some(segment_id) = segment.id else { continue };
            let type_def_id = match partial_res.base_res() {
                HirRes::Def(
                    DefKind::Struct | DefKind::Union | DefKind::Enum | DefKind::TyAlias | DefKind::Trait,
                    def_id,
                ) if i + 1 == proj_start => def_id,
                HirRes::Def(DefKind::Ctor(hir::def::CtorOf::Struct, _), def_id) if i + 1 == proj_start => {
                    self.r.parent(def_id)
                }
                HirRes::Def(DefKind::Variant | DefKind::AssocTy | DefKind::AssocFn | DefKind::AssocConst, def_id)
                    if i + 2 == proj_start =>
                {
                    self.r.parent(def_id)
                }
                HirRes::Def(DefKind::Ctor(hir::def::CtorOf::Variant, _), def_id) if i + 2 == proj_start => {
                    let variant = self.r.parent(def_id);
                    self.r.parent(variant)
                }
                _ => continue,
            };
            let expected = self.r.num_lifetime_params(type_def_id);
            if expected == 0 {
                continue;
            }
            let ids: Vec<NodeId> = (0..expected).map(|_| self.r.next_node_id()).collect();
            let end = NodeId::from_u32(ids[0].as_u32() + expected as u32);
            let anchor = LifetimeRes::ElidedAnchor { start: ids[0], end };
            self.record_lifetime_res(segment_id, anchor, ElisionCandidate::Ignore);
            let inferred = match source {
                PathSource::Trait(..)
                | PathSource::TraitItem(..)
                | PathSource::Type
                | PathSource::PreciseCapturingArg(..)
                | PathSource::ReturnTypeNotation => false,
                PathSource::Expr(..)
                | PathSource::Pat
                | PathSource::Struct
                | PathSource::TupleStruct(..)
                | PathSource::DefineOpaques => true,
            };
            if inferred {
                for id in ids {
                    self.record_lifetime_res(id, LifetimeRes::Infer, ElisionCandidate::Named);
                }
                continue;
            }
            self.resolve_elided_segment(segment, &ids, path_span);
        }
    }

    fn resolve_elided_segment(&mut self, segment: &Segment, ids: &[NodeId], path_span: Span) {
        let span = if segment.has_generic_args {
            segment.args_span.with_hi(BytePos(segment.args_span.lo().0 + 1))
        } else {
            segment.ident.span.find_ancestor_inside(path_span).unwrap_or(path_span)
        };
        let kind = if segment.has_generic_args { MissingLifetimeKind::Comma } else { MissingLifetimeKind::Brackets };
        let ident = Ident::new(kw::UnderscoreLifetime, span);
        let missing = MissingLifetime { span, kind, count: ids.len() };
        let mut candidate = ElisionCandidate::Missing(missing);
        let mut next_candidate = || std::mem::replace(&mut candidate, ElisionCandidate::Ignore);
        for i in (0..self.lifetime_ribs.len()).rev() {
            match self.lifetime_ribs[i].kind {
                LifetimeRibKind::AnonymousCreateParameter { report_in_path: true, .. } => {
                    let guar = self.report_hidden_lifetime(path_span, &missing, segment);
                    for id in ids {
                        self.record_lifetime_res(*id, LifetimeRes::Error(guar), ElisionCandidate::Named);
                    }
                    return;
                }
                LifetimeRibKind::AnonymousCreateParameter { binder, .. } => {
                    for id in ids {
                        let res = self.create_fresh_lifetime(ident, binder, kind);
                        self.record_lifetime_res(*id, res, next_candidate());
                    }
                    return;
                }
                LifetimeRibKind::StaticIfNoLifetimeInScope { .. } if !self.any_lifetime_in_scope(i) => {
                    for id in ids {
                        self.record_lifetime_res(*id, LifetimeRes::Static, next_candidate());
                    }
                    return;
                }
                LifetimeRibKind::Elided(res) => {
                    for id in ids {
                        self.record_lifetime_res(*id, res, next_candidate());
                    }
                    return;
                }
                LifetimeRibKind::ElisionFailure => {
                    self.diag.current_elision_failures.push(missing);
                    let guar = self.r.dcx().span_delayed_bug(span, "an elision failure is reported");
                    for id in ids {
                        self.record_lifetime_res(*id, LifetimeRes::Error(guar), ElisionCandidate::Ignore);
                    }
                    return;
                }
                LifetimeRibKind::AnonymousReportError | LifetimeRibKind::Item => break,
                LifetimeRibKind::StaticIfNoLifetimeInScope { .. }
                | LifetimeRibKind::Generics { .. }
                | LifetimeRibKind::ConstParamTy
                | LifetimeRibKind::ConcreteAnonConst(_) => {}
            }
        }
        let guar = self.report_missing_lifetimes(vec![missing], None);
        for id in ids {
            self.record_lifetime_res(*id, LifetimeRes::Error(guar), ElisionCandidate::Ignore);
        }
    }

    /// Parameters and output of a function; `binder` gets the elided lifetimes.
    pub(super) fn resolve_fn_signature(
        &mut self,
        binder: NodeId,
        has_self: bool,
        inputs: &FnInputs<'ast>,
        output: &'ast FnRetTy,
        report_in_path: bool,
    ) {
        let rib = LifetimeRibKind::AnonymousCreateParameter { binder, report_in_path };
        self.with_lifetime_rib(rib, |this| {
            let elision = this.resolve_fn_params(has_self, inputs);
            let outer_failures = std::mem::take(&mut this.diag.current_elision_failures);
            let output_rib = match &elision {
                Ok(res) => {
                    this.r.lifetime_elision_allowed.insert(binder);
                    LifetimeRibKind::Elided(*res)
                }
                Err(_) => LifetimeRibKind::ElisionFailure,
            };
            this.with_lifetime_rib(output_rib, |this| visit::walk_fn_ret_ty(this, output));
            let failures = std::mem::replace(&mut this.diag.current_elision_failures, outer_failures);
            if let Err(info) = elision
                && !failures.is_empty()
            {
                this.report_missing_lifetimes(failures, Some(info));
            }
        });
    }

    /// Resolves parameters, and finds the lifetime that an elided one in the output means.
    fn resolve_fn_params(
        &mut self,
        has_self: bool,
        inputs: &FnInputs<'ast>,
    ) -> Result<LifetimeRes, ElisionFailureInfo> {
        enum Elision {
            None,
            Self_(LifetimeRes),
            Param(LifetimeRes),
            Err,
        }
        let outer = self.elision_candidates.take();
        let mut elision = Elision::None;
        let mut parameters = Vec::new();
        let mut all_missing = Vec::new();

        let mut bindings = vec![(PatBoundCtx::Product, Default::default())];
        for (pat, _) in inputs {
            if let Some(pat) = pat {
                self.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Infer), |this| {
                    this.resolve_pattern(pat, PatternSource::FnParam, &mut bindings);
                });
            }
        }
        self.apply_pattern_bindings(bindings);

        for (index, (pat, ty)) in inputs.iter().enumerate() {
            self.elision_candidates = Some(Vec::new());
            self.visit_ty(ty);
            let candidates = self.elision_candidates.take().unwrap_or_default();
            let distinct: FxIndexSet<LifetimeRes> = candidates.iter().map(|(res, _)| *res).collect();
            if !distinct.is_empty() {
                let ident = match pat.map(|pat| &pat.kind) {
                    Some(ast::PatKind::Ident(_, ident, _)) => Some(*ident),
                    _ => None,
                };
                parameters.push(ElisionFnParameter { index, ident, lifetime_count: distinct.len(), span: ty.span });
                all_missing.extend(candidates.iter().filter_map(|(_, candidate)| match candidate {
                    ElisionCandidate::Missing(missing) => Some(*missing),
                    ElisionCandidate::Ignore | ElisionCandidate::Named => None,
                }));
                elision = match elision {
                    Elision::None if distinct.len() == 1 => Elision::Param(distinct[0]),
                    Elision::None | Elision::Param(_) => Elision::Err,
                    other => other,
                };
            }
            if index == 0 && has_self {
                // The lifetime of `self` takes precedence, if it is a reference.
                elision = match self.find_lifetime_for_self(ty).as_slice() {
                    [res] => Elision::Self_(*res),
                    [] => Elision::None,
                    _ => Elision::Err,
                };
            }
        }
        self.elision_candidates = outer;
        match elision {
            Elision::Param(res) | Elision::Self_(res) => Ok(res),
            Elision::None | Elision::Err => Err((all_missing, parameters)),
        }
    }

    /// The lifetimes of references to what mentions `Self` in the type of `self`.
    fn find_lifetime_for_self(&self, ty: &'ast Ty) -> Vec<LifetimeRes> {
        struct SelfVisitor<'b, 'a, 'ast, 'ra, 'tcx> {
            late: &'b LateResolver<'a, 'ast, 'ra, 'tcx>,
            impl_self: Option<HirRes<NodeId>>,
            found: Vec<LifetimeRes>,
            mentions_self: bool,
        }
        impl SelfVisitor<'_, '_, '_, '_, '_> {
            fn is_self_ty(&self, ty: &Ty) -> bool {
                match &ty.kind {
                    TyKind::ImplicitSelf => true,
                    TyKind::Path(None, _) => {
                        let res = self.late.r.partial_res_map.get(&ty.id).and_then(|res| res.full_res());
                        matches!(res, Some(HirRes::SelfTyParam { .. } | HirRes::SelfTyAlias { .. }))
                            || (res.is_some() && self.impl_self == res)
                    }
                    _ => false,
                }
            }
        }
        impl<'ast> Visitor<'ast> for SelfVisitor<'_, '_, 'ast, '_, '_> {
            fn visit_ty(&mut self, ty: &'ast Ty) {
                let is_self = self.is_self_ty(ty);
                let outer = std::mem::replace(&mut self.mentions_self, is_self);
                visit::walk_ty(self, ty);
                let mentions_self = std::mem::replace(&mut self.mentions_self, outer);
                self.mentions_self |= mentions_self;
                if let TyKind::Ref(lifetime, _) | TyKind::PinnedRef(lifetime, _) = &ty.kind
                    && mentions_self
                {
                    let id = match lifetime {
                        Some(lifetime) => Some(lifetime.id),
                        None => match self.late.r.lifetimes_res_map.get(&ty.id) {
                            Some(LifetimeRes::ElidedAnchor { start, .. }) => Some(*start),
                            _ => None,
                        },
                    };
                    let res = id.and_then(|id| self.late.r.lifetimes_res_map.get(&id));
                    if let Some(res) = res
                        && !self.found.contains(res)
                    {
                        self.found.push(*res);
                    }
                }
            }
            fn visit_expr(&mut self, _: &'ast ast::Expr) {}
        }
        let impl_self = self
            .diag
            .current_self_type
            .filter(|ty| matches!(ty.kind, TyKind::Path(None, _)))
            .and_then(|ty| self.r.partial_res_map.get(&ty.id))
            .and_then(|res| res.full_res())
            .filter(|res| {
                matches!(res, HirRes::Def(DefKind::Struct | DefKind::Union | DefKind::Enum, _) | HirRes::PrimTy(_))
            });
        let mut visitor = SelfVisitor { late: self, impl_self, found: Vec::new(), mentions_self: false };
        visitor.visit_ty(ty);
        visitor.found
    }

    /// A path in an impl header or an `async fn` whose lifetimes must be written.
    fn report_hidden_lifetime(
        &mut self,
        path_span: Span,
        missing: &MissingLifetime,
        segment: &Segment,
    ) -> span::ErrorGuaranteed {
        let mut diag = self.r.dcx().struct_span_err(path_span, "implicit elided lifetime not allowed here");
        diag.code(E0726);
        let n = missing.count;
        let plural = if n == 1 { "" } else { "s" };
        diag.span_label(path_span, format!("expected lifetime parameter{plural}"));
        let anon = vec!["'_"; n].join(", ");
        let (span, text) = if segment.has_generic_args {
            let empty = segment.args_span.hi().0 - segment.args_span.lo().0 <= 2;
            (missing.span.shrink_to_hi(), if empty { anon } else { format!("{anon}, ") })
        } else {
            (missing.span.shrink_to_hi(), format!("<{anon}>"))
        };
        diag.span_suggestion_verbose(
            span,
            format!("indicate the anonymous lifetime{plural}"),
            text,
            diagnostics::Applicability::MachineApplicable,
        );
        diag.emit()
    }
}
