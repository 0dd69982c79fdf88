//! Generic parameters and constants in types.

use ast::visit::{BoundKind, Visitor};
use ast::{AnonConst, GenericParam, GenericParamKind, NodeId};
use diagnostics::codes::*;
use hir::def::{DefKind, LifetimeRes, Namespace::*, PartialRes, Res as HirRes};
use span::{FxHashMap, FxHashSet, Ident, Span, kw};

use super::LateResolver;
use super::lifetimes::{LifetimeBinderKind, LifetimeRib, LifetimeRibKind};
use crate::errors::{ConstItemKind, ForwardBanReason, ResolutionError};
use crate::module::Res;
use crate::rib::{ConstantHasGenerics, NoConstantGenericsReason, Rib, RibKind};

/// What an anonymous constant is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AnonConstKind {
    EnumDiscriminant,
    FieldDefaultValue,
    InlineConst,
    /// A generic argument, array length, or `repeat`ed array expression's length.
    ConstArg {
        repeat: bool,
    },
}

impl<'ast, 'ra> LateResolver<'_, 'ast, 'ra, '_> {
    /// Runs `f` with generic parameters in scope.
    pub(super) fn with_generic_param_rib(
        &mut self,
        params: &'ast [GenericParam],
        kind: RibKind<'ra>,
        binder: NodeId,
        generics_kind: LifetimeBinderKind,
        generics_span: Span,
        f: impl FnOnce(&mut Self),
    ) {
        let mut type_rib = Rib::new(kind);
        let mut value_rib = Rib::new(kind);
        let mut lifetime_rib =
            LifetimeRib::new(LifetimeRibKind::Generics { binder, span: generics_span, kind: generics_kind });
        if !params.is_empty() {
            let (mut seen_bindings, seen_lifetimes) = self.names_in_outer_generics();
            for param in params {
                let ident = param.ident.normalize_to_macros_2_0();
                let is_lifetime = matches!(param.kind, GenericParamKind::Lifetime);
                if is_lifetime && let Some(&original) = seen_lifetimes.get(&ident) {
                    self.report_lifetime_shadowing(original, param.ident);
                    self.record_lifetime_param_error(param.id);
                    continue;
                }
                if let Some(&span) = seen_bindings.get(&ident) {
                    let error = ResolutionError::NameAlreadyUsedInParameterList(ident, span);
                    self.report_error(param.ident.span, error);
                    let rib = match param.kind {
                        GenericParamKind::Lifetime => {
                            self.record_lifetime_param_error(param.id);
                            continue;
                        }
                        GenericParamKind::Type { .. } => &mut type_rib,
                        GenericParamKind::Const { .. } => &mut value_rib,
                    };
                    self.r.record_partial_res(param.id, PartialRes::new(HirRes::Err));
                    rib.bindings.insert(ident, HirRes::Err);
                    continue;
                }
                seen_bindings.insert(ident, param.ident.span);
                if is_lifetime && param.ident.name == kw::UnderscoreLifetime {
                    let span = param.ident.span;
                    self.r
                        .dcx()
                        .struct_span_err(span, "`'_` cannot be used here")
                        .with_code(E0637)
                        .with_span_label(span, "`'_` is a reserved lifetime name")
                        .emit();
                    self.record_lifetime_param_error(param.id);
                    continue;
                }
                if is_lifetime && param.ident.name == kw::StaticLifetime {
                    let span = param.ident.span;
                    self.r
                        .dcx()
                        .struct_span_err(span, format!("invalid lifetime parameter name: `{}`", param.ident))
                        .with_code(E0262)
                        .with_span_label(span, "'static is a reserved lifetime name")
                        .emit();
                    self.record_lifetime_param_error(param.id);
                    continue;
                }
                let def_id = self.r.local_def_id(param.id);
                let (rib, def_kind) = match param.kind {
                    GenericParamKind::Type { .. } => (&mut type_rib, DefKind::TyParam),
                    GenericParamKind::Const { .. } => (&mut value_rib, DefKind::ConstParam),
                    GenericParamKind::Lifetime => {
                        let res = LifetimeRes::Param { param: def_id, binder };
                        self.r.lifetimes_res_map.insert(param.id, res);
                        lifetime_rib.bindings.insert(ident, (param.id, res));
                        continue;
                    }
                };
                let is_late_bound = matches!(kind, RibKind::Normal);
                let res: Res =
                    if is_late_bound && !self.r.session().feature(span::Symbol::intern("non_lifetime_binders")) {
                        HirRes::Err
                    } else {
                        HirRes::Def(def_kind, def_id.to_def_id())
                    };
                self.r.record_partial_res(param.id, PartialRes::new(res));
                rib.bindings.insert(ident, res);
            }
        }
        self.lifetime_ribs.push(lifetime_rib);
        self.value_ribs.push(value_rib);
        self.type_ribs.push(type_rib);
        f(self);
        self.type_ribs.pop();
        self.value_ribs.pop();
        let lifetime_rib = self.lifetime_ribs.pop().expect("just pushed");
        // What was bound here is no candidate for elision outside.
        if let Some(candidates) = &mut self.elision_candidates {
            for (_, res) in lifetime_rib.bindings.values() {
                candidates.retain(|(r, _)| r != res);
            }
        }
    }

    /// The generic parameters in scope, which must not be shadowed within an item.
    fn names_in_outer_generics(&self) -> (FxHashMap<Ident, Span>, FxHashSet<Ident>) {
        let mut bindings = FxHashMap::default();
        for ribs in [&self.value_ribs, &self.type_ribs] {
            for rib in ribs.iter().rev() {
                if matches!(rib.kind, RibKind::Module(_) | RibKind::Block(_) | RibKind::FnOrCoroutine) {
                    break;
                }
                if rib.kind.contains_params() {
                    let params = rib.bindings.keys().filter(|ident| ident.name != kw::SelfUpper);
                    bindings.extend(params.map(|ident| (*ident, ident.span)));
                }
            }
        }
        let mut lifetimes = FxHashSet::default();
        for rib in self.lifetime_ribs.iter().rev() {
            lifetimes.extend(rib.bindings.keys().copied());
            if let LifetimeRibKind::Item = rib.kind {
                break;
            }
        }
        (bindings, lifetimes)
    }

    fn report_lifetime_shadowing(&mut self, original: Ident, shadower: Ident) {
        self.r
            .dcx()
            .struct_span_err(
                shadower.span,
                format!("lifetime name `{}` shadows a lifetime name that is already in scope", original.name),
            )
            .with_code(E0496)
            .with_span_label(original.span, "first declared here")
            .with_span_label(shadower.span, format!("lifetime `{}` already in scope", original.name))
            .emit();
    }

    fn record_lifetime_param_error(&mut self, id: NodeId) {
        let guar = self.r.dcx().delayed_bug("a lifetime parameter was reported");
        self.r.lifetimes_res_map.insert(id, LifetimeRes::Error(guar));
    }

    /// The bounds, defaults and types of generic parameters. A default sees only the parameters before it.
    pub(super) fn resolve_generic_params(&mut self, params: &'ast [GenericParam], is_adt: bool) {
        let dummy = Ident::with_dummy_span;
        let mut type_ban = Rib::new(RibKind::ForwardGenericParamBan(ForwardBanReason::Default));
        let mut const_ban = Rib::new(RibKind::ForwardGenericParamBan(ForwardBanReason::Default));
        for param in params {
            let ident = dummy(param.ident.name);
            match param.kind {
                GenericParamKind::Type { .. } => {
                    type_ban.bindings.insert(ident, HirRes::Err);
                }
                GenericParamKind::Const { .. } => {
                    const_ban.bindings.insert(ident, HirRes::Err);
                }
                GenericParamKind::Lifetime => {}
            }
        }
        if is_adt {
            // `Self` of a struct is known only with all its parameters.
            type_ban.bindings.insert(dummy(kw::SelfUpper), HirRes::Err);
        }
        self.with_lifetime_rib(LifetimeRibKind::AnonymousReportError, |this| {
            for param in params {
                match &param.kind {
                    GenericParamKind::Lifetime => {
                        for bound in &param.bounds {
                            this.visit_param_bound(bound, BoundKind::Bound);
                        }
                    }
                    GenericParamKind::Type { default } => {
                        for bound in &param.bounds {
                            this.visit_param_bound(bound, BoundKind::Bound);
                        }
                        if let Some(ty) = default {
                            this.with_bans(&mut type_ban, &mut const_ban, |this| this.visit_ty(ty));
                        }
                        type_ban.bindings.swap_remove(&dummy(param.ident.name));
                    }
                    GenericParamKind::Const { ty, default, .. } => {
                        this.with_rib(TypeNS, RibKind::ConstParamTy, |this| {
                            this.with_rib(ValueNS, RibKind::ConstParamTy, |this| {
                                this.with_lifetime_rib(LifetimeRibKind::ConstParamTy, |this| this.visit_ty(ty));
                            });
                        });
                        if let Some(constant) = default {
                            this.with_bans(&mut type_ban, &mut const_ban, |this| {
                                this.resolve_anon_const(constant, AnonConstKind::ConstArg { repeat: false });
                            });
                        }
                        const_ban.bindings.swap_remove(&dummy(param.ident.name));
                    }
                }
            }
        });
    }

    fn with_bans(&mut self, type_ban: &mut Rib<'ra>, const_ban: &mut Rib<'ra>, f: impl FnOnce(&mut Self)) {
        let empty = || Rib::new(RibKind::Normal);
        self.type_ribs.push(std::mem::replace(type_ban, empty()));
        self.value_ribs.push(std::mem::replace(const_ban, empty()));
        f(self);
        *const_ban = self.value_ribs.pop().expect("just pushed");
        *type_ban = self.type_ribs.pop().expect("just pushed");
    }

    pub(super) fn resolve_anon_const(&mut self, constant: &'ast AnonConst, kind: AnonConstKind) {
        let trivial = constant.value.is_potential_trivial_const_arg();
        self.resolve_anon_const_manual(trivial, kind, |this| this.resolve_expr(&constant.value, None));
    }

    pub(super) fn resolve_anon_const_manual(
        &mut self,
        is_trivial: bool,
        kind: AnonConstKind,
        f: impl FnOnce(&mut Self),
    ) {
        let repeat = kind == AnonConstKind::ConstArg { repeat: true };
        let generics = match kind {
            AnonConstKind::EnumDiscriminant => ConstantHasGenerics::No(NoConstantGenericsReason::IsEnumDiscriminant),
            AnonConstKind::FieldDefaultValue | AnonConstKind::InlineConst => ConstantHasGenerics::Yes,
            AnonConstKind::ConstArg { .. } => {
                if is_trivial || self.r.session().feature(span::sym::generic_const_exprs) {
                    ConstantHasGenerics::Yes
                } else {
                    ConstantHasGenerics::No(NoConstantGenericsReason::NonTrivialConstArg)
                }
            }
        };
        self.with_constant_rib(repeat, generics, None, |this| {
            this.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Infer), f);
        });
    }

    /// The value of a constant: nothing local but what it binds itself. The length of `[e; N]` may use types' parameters
    /// (a lint), values' it may not.
    pub(super) fn with_constant_rib(
        &mut self,
        is_repeat: bool,
        generics: ConstantHasGenerics,
        item: Option<(Ident, ConstItemKind)>,
        f: impl FnOnce(&mut Self),
    ) {
        let type_generics = if is_repeat { ConstantHasGenerics::Yes } else { generics };
        let inner = |this: &mut Self| {
            this.with_rib(ValueNS, RibKind::ConstantItem(generics, item), |this| {
                this.with_rib(TypeNS, RibKind::ConstantItem(type_generics, item), |this| {
                    this.with_label_rib(RibKind::ConstantItem(generics, item), f);
                });
            });
        };
        match generics {
            ConstantHasGenerics::No(reason) => {
                self.with_lifetime_rib(LifetimeRibKind::ConcreteAnonConst(reason), inner);
            }
            ConstantHasGenerics::Yes => inner(self),
        }
    }
}
