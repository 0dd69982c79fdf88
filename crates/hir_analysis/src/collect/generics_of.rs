//! `generics_of`: the early-bound parameters of a definition (Reference, "Generic parameters").

use hir::def::DefKind;
use hir::{GenericParamKind, Node};
use query::{Providers, TyCtxt};
use span::def_id::{DefId, LocalDefId};
use span::{FxIndexMap, Symbol, kw};
use ty::{GenericParamDef, GenericParamDefKind, Generics};

use super::rpitit;
use crate::{late_bound, opaque_captured_lifetimes};

pub(super) fn provide(providers: &mut Providers<'_>) {
    providers.generics_of = |tcx, id| tcx.arena().alloc(generics_of(tcx, id));
    providers.anon_const_kind = anon_const_kind;
    providers.object_lifetime_default = crate::late_bound::object_lifetime_default;
}

fn generics_of(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Generics {
    if let Some((data, item)) = rpitit::info(tcx, def_id) {
        return rpitit::generics_of(tcx, data, &item);
    }
    let node = tcx.hir_node_by_def_id(def_id);
    let kind = tcx.def_kind(def_id);
    let parent = parent_of_generics(tcx, def_id, kind);
    let parent_generics = parent.map(|p| tcx.generics_of(p));
    let parent_count = parent_generics.map_or(0, Generics::count);
    let mut b = Builder { next: parent_count as u32, params: Vec::new() };
    let mut has_self = false;
    if let DefKind::Trait | DefKind::TraitAlias = kind {
        b.push(
            kw::SelfUpper,
            def_id.to_def_id(),
            false,
            GenericParamDefKind::Type { has_default: false, synthetic: false },
        );
        has_self = true;
    }

    let hir_generics = node.generics();
    let mut has_late_bound_regions = None;
    if let Some(generics) = hir_generics {
        for param in generics.params {
            if let GenericParamKind::Lifetime { .. } = param.kind {
                if late_bound::is_late_bound(tcx, param.def_id) {
                    has_late_bound_regions.get_or_insert(param.span);
                } else {
                    b.push(
                        param.name.ident().name,
                        param.def_id.to_def_id(),
                        param.pure_wrt_drop,
                        GenericParamDefKind::Lifetime,
                    );
                }
            }
        }
        for param in generics.params {
            let kind = match param.kind {
                GenericParamKind::Lifetime { .. } => continue,
                GenericParamKind::Type { default, synthetic } => {
                    GenericParamDefKind::Type { has_default: default.is_some(), synthetic }
                }
                GenericParamKind::Const { default, .. } => {
                    GenericParamDefKind::Const { has_default: default.is_some() }
                }
            };
            b.push(param.name.ident().name, param.def_id.to_def_id(), param.pure_wrt_drop, kind);
        }
    }
    match kind {
        DefKind::OpaqueTy => {
            for (_, duplicate) in opaque_captured_lifetimes(tcx, def_id) {
                b.push(
                    tcx.item_name(duplicate.to_def_id()),
                    duplicate.to_def_id(),
                    false,
                    GenericParamDefKind::Lifetime,
                );
            }
        }
        // Closures and inline consts have parameters for what is inferred about them (see `ty::ClosureArgs`).
        DefKind::Closure => {
            let names: &[&str] = match tcx.coroutine_kind(def_id.to_def_id()) {
                Some(_) => &["<coroutine_kind>", "<resume_ty>", "<yield_ty>", "<return_ty>", "<upvars>"],
                None if late_bound::is_coroutine_closure(tcx, def_id) => {
                    &["<closure_kind>", "<closure_signature_parts>", "<upvars>", "<bound_closure_as_fn_ptr_ty>"]
                }
                None => &["<closure_kind>", "<closure_signature>", "<upvars>"],
            };
            for name in names {
                b.push(
                    Symbol::intern(name),
                    def_id.to_def_id(),
                    false,
                    GenericParamDefKind::Type { has_default: false, synthetic: false },
                );
            }
        }
        DefKind::InlineConst => {
            b.push(
                Symbol::intern("<const_ty>"),
                def_id.to_def_id(),
                false,
                GenericParamDefKind::Type { has_default: false, synthetic: false },
            );
        }
        _ => {}
    }
    let has_self = has_self || parent_generics.is_some_and(|g| g.has_self);
    let param_def_id_to_index: FxIndexMap<DefId, u32> = b.params.iter().map(|p| (p.def_id, p.index)).collect();
    Generics { parent, parent_count, own_params: b.params, param_def_id_to_index, has_self, has_late_bound_regions }
}

struct Builder {
    next: u32,
    params: Vec<GenericParamDef>,
}

impl Builder {
    fn push(&mut self, name: Symbol, def_id: DefId, pure_wrt_drop: bool, kind: GenericParamDefKind) {
        self.params.push(GenericParamDef { name, def_id, index: self.next, pure_wrt_drop, kind });
        self.next += 1;
    }
}

/// Whose parameters are in scope as well.
fn parent_of_generics(tcx: TyCtxt<'_>, def_id: LocalDefId, kind: DefKind) -> Option<DefId> {
    let parent = || tcx.parent(def_id.to_def_id());
    match kind {
        DefKind::AssocFn
        | DefKind::AssocConst
        | DefKind::AssocTy
        | DefKind::Variant
        | DefKind::Ctor(..)
        | DefKind::Field => Some(parent()),
        DefKind::Closure | DefKind::InlineConst | DefKind::SyntheticCoroutineBody => {
            Some(tcx.typeck_root_def_id(parent()))
        }
        DefKind::OpaqueTy => match tcx.opaque_ty_origin(def_id.to_def_id()) {
            hir::OpaqueTyOrigin::FnReturn { parent, .. }
            | hir::OpaqueTyOrigin::AsyncFn { parent, .. }
            | hir::OpaqueTyOrigin::TyAlias { parent, .. } => Some(parent),
        },
        DefKind::AnonConst => match tcx.anon_const_kind(def_id.to_def_id()) {
            // Without `generic_const_exprs` a constant in a type sees no parameters.
            ty::AnonConstKind::MCG => None,
            ty::AnonConstKind::GCE | ty::AnonConstKind::RepeatExprCount | ty::AnonConstKind::NonTypeSystem => {
                Some(tcx.typeck_root_def_id(generic_parent(tcx, def_id)))
            }
        },
        _ => None,
    }
}

/// The nearest definition around a constant that has generics.
fn generic_parent(tcx: TyCtxt<'_>, def_id: LocalDefId) -> DefId {
    let mut id = tcx.parent(def_id.to_def_id());
    while matches!(
        tcx.def_kind(id),
        DefKind::TyParam | DefKind::ConstParam | DefKind::LifetimeParam | DefKind::ForeignMod
    ) {
        id = tcx.parent(id);
    }
    id
}

fn anon_const_kind(tcx: TyCtxt<'_>, def_id: LocalDefId) -> ty::AnonConstKind {
    let hir_id = tcx.local_def_id_to_hir_id(def_id);
    let parent = tcx.parent_hir_id(hir_id);
    match tcx.hir_node(parent) {
        Node::Variant(_) | Node::Field(_) => ty::AnonConstKind::NonTypeSystem,
        Node::ConstArg(arg) => {
            let outer = tcx.parent_hir_id(arg.hir_id);
            match tcx.hir_node(outer) {
                Node::Expr(hir::Expr { kind: hir::ExprKind::Repeat(_, len), .. }) if len.hir_id == arg.hir_id => {
                    ty::AnonConstKind::RepeatExprCount
                }
                _ if tcx.feature(span::sym::generic_const_exprs) => ty::AnonConstKind::GCE,
                _ => ty::AnonConstKind::MCG,
            }
        }
        _ => ty::AnonConstKind::NonTypeSystem,
    }
}
