//! How far each item reaches: what resolution found by names, extended by types. What the signature of something
//! reachable mentions is reachable, even if it cannot be named.

use std::ops::ControlFlow;

use hir::def::{DefKind, Res};
use hir::resolutions::{EffectiveVisibilities, EffectiveVisibility, Level};
use hir::{ItemKind, VariantData};
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use ty::Visibility;

use super::walk::DefIdVisitor;

const LEVELS: [Level; 4] = [Level::ReachableThroughImplTrait, Level::Reachable, Level::Reexported, Level::Direct];

pub(crate) fn effective_visibilities(tcx: TyCtxt<'_>) -> EffectiveVisibilities {
    let mut cx = Embargo { tcx, map: tcx.resolutions().effective_visibilities.clone(), changed: false };
    // Underlying types of opaque types are reachable whatever else is.
    let public = EffectiveVisibility::from_vis(Visibility::Public);
    for opaque in tcx.hir_crate_items(()).opaques() {
        // Of a trait's function without a body there is no underlying type.
        if let hir::OpaqueTyOrigin::FnReturn { parent, .. } | hir::OpaqueTyOrigin::AsyncFn { parent, .. } =
            tcx.opaque_ty_origin(opaque)
            && parent.as_local().is_some_and(|p| tcx.hir_maybe_body_owned_by(p).is_none())
        {
            continue;
        }
        let mut reach = cx.reach_at(opaque, public, Level::ReachableThroughImplTrait);
        reach.generics();
        reach.predicates();
        reach.ty();
    }
    loop {
        cx.changed = false;
        for id in tcx.hir_free_items() {
            cx.item(tcx.hir_item(id));
        }
        if !cx.changed {
            break;
        }
    }
    cx.map
}

fn private_vis(tcx: TyCtxt<'_>, id: LocalDefId) -> Visibility {
    Visibility::Restricted(tcx.parent_module_from_def_id(id))
}

/// Where an item can be named, in this crate's ids.
pub(crate) fn local_visibility(tcx: TyCtxt<'_>, id: LocalDefId) -> Visibility {
    tcx.visibility(id).expect_local()
}

fn at_least(tcx: TyCtxt<'_>, a: Visibility, b: Visibility) -> bool {
    tcx.vis_is_at_least(a.to_def_id(), b.to_def_id())
}

struct Embargo<'tcx> {
    tcx: TyCtxt<'tcx>,
    map: EffectiveVisibilities,
    changed: bool,
}

impl<'tcx> Embargo<'tcx> {
    fn get(&self, id: LocalDefId) -> Option<EffectiveVisibility> {
        // What is private altogether does not count.
        let private = EffectiveVisibility::from_vis(private_vis(self.tcx, id));
        self.map.effective_vis(id).copied().filter(|vis| *vis != private)
    }

    /// An item is inside another of this visibility.
    fn update(&mut self, id: LocalDefId, inherited: EffectiveVisibility, level: Level) {
        let nominal = local_visibility(self.tcx, id);
        self.update_with(id, inherited, Some(nominal), level);
    }

    fn update_with(&mut self, id: LocalDefId, inherited: EffectiveVisibility, max: Option<Visibility>, level: Level) {
        let tcx = self.tcx;
        let private = private_vis(tcx, id);
        if max == Some(private) {
            return;
        }
        let mut current = self.get(id).unwrap_or_else(|| EffectiveVisibility::from_vis(private));
        let mut changed = !self.map.map.contains_key(&id);
        for l in LEVELS {
            if level < l {
                continue;
            }
            let inherited = *inherited.at_level(l);
            let slot = current.at_level_mut(l);
            if inherited == private || at_least(tcx, *slot, inherited) {
                continue;
            }
            let wanted = match max {
                Some(max) if !at_least(tcx, max, inherited) => max,
                _ => inherited,
            };
            if !at_least(tcx, *slot, wanted) {
                *slot = wanted;
                changed = true;
            }
        }
        if changed {
            self.map.map.insert(id, current);
            self.changed = true;
        }
    }

    fn reach_at(&mut self, item: LocalDefId, vis: EffectiveVisibility, level: Level) -> Reach<'_, 'tcx> {
        Reach { item, vis, level, cx: self }
    }
    fn reach(&mut self, item: LocalDefId, vis: EffectiveVisibility) -> Reach<'_, 'tcx> {
        self.reach_at(item, vis, Level::Reachable)
    }
    fn reach_all(&mut self, item: LocalDefId, vis: EffectiveVisibility) {
        let mut reach = self.reach(item, vis);
        reach.generics();
        reach.predicates();
        reach.ty();
    }

    fn item(&mut self, item: &'tcx hir::Item<'tcx>) {
        let id = item.owner_id.def_id;
        let vis = self.get(id);
        match item.kind {
            ItemKind::ExternCrate(..) | ItemKind::Use(..) | ItemKind::Mod(..) | ItemKind::GlobalAsm { .. } => {}
            ItemKind::Macro(..) => self.macro_(id),
            ItemKind::Const(..) | ItemKind::Static(..) | ItemKind::Fn { .. } | ItemKind::TyAlias(..) => {
                if let Some(vis) = vis {
                    self.reach_all(id, vis);
                }
            }
            ItemKind::Trait(.., items) => {
                let Some(vis) = vis else { return };
                let mut reach = self.reach(id, vis);
                reach.generics();
                reach.predicates();
                for item in items {
                    let item = item.owner_id.def_id;
                    self.update(item, vis, Level::Reachable);
                    let has_ty = match self.tcx.def_kind(item) {
                        DefKind::AssocTy => self.tcx.associated_item(item).has_value,
                        _ => true,
                    };
                    let mut reach = self.reach(item, vis);
                    reach.generics();
                    reach.predicates();
                    if has_ty {
                        reach.ty();
                    }
                }
            }
            ItemKind::TraitAlias(..) => {
                if let Some(vis) = vis {
                    let mut reach = self.reach(id, vis);
                    reach.generics();
                    reach.predicates();
                }
            }
            ItemKind::Impl(imp) => self.impl_(id, imp),
            ItemKind::Enum(_, _, def) => {
                let Some(vis) = vis else { return };
                let mut reach = self.reach(id, vis);
                reach.generics();
                reach.predicates();
                for variant in def.variants {
                    self.update(variant.def_id, vis, Level::Reachable);
                    if let Some(of_variant) = self.get(variant.def_id) {
                        self.fields(&variant.data, of_variant);
                    }
                }
            }
            ItemKind::ForeignMod { items, .. } => {
                for item in items {
                    let item = item.owner_id.def_id;
                    if let Some(vis) = self.get(item) {
                        self.reach_all(item, vis);
                    }
                }
            }
            ItemKind::Struct(_, _, data) | ItemKind::Union(_, _, data) => {
                let Some(vis) = vis else { return };
                let mut reach = self.reach(id, vis);
                reach.generics();
                reach.predicates();
                self.fields(&data, vis);
            }
        }
    }

    fn fields(&mut self, data: &VariantData<'tcx>, vis: EffectiveVisibility) {
        if let Some(ctor) = data.ctor_def_id() {
            self.update(ctor, vis, Level::Reachable);
            if let (Some(of_ctor), VariantData::Tuple(..)) = (self.get(ctor), data) {
                self.reach(ctor, of_ctor).ty();
            }
        }
        for field in data.fields() {
            self.update(field.def_id, vis, Level::Reachable);
            if let Some(of_field) = self.get(field.def_id) {
                self.reach(field.def_id, of_field).ty();
            }
        }
    }

    /// An impl is as visible as the least visible of what its header names.
    fn impl_(&mut self, id: LocalDefId, imp: &'tcx hir::Impl<'tcx>) {
        let tcx = self.tcx;
        let vis = impl_effective_vis::<true>(tcx, id, &self.map);
        self.update_with(id, vis, None, Level::Direct);
        let mut reach = self.reach(id, vis);
        reach.generics();
        reach.predicates();
        reach.ty();
        reach.trait_ref();
        for item in imp.items {
            let item = item.owner_id.def_id;
            let max = imp.of_trait.is_none().then(|| local_visibility(tcx, item));
            self.update_with(item, vis, max, Level::Direct);
            if let Some(of_item) = self.get(item) {
                self.reach_all(item, of_item);
            }
        }
    }

    /// A `macro` that is public may name what is in its module.
    fn macro_(&mut self, id: LocalDefId) {
        if !self.get(id).is_some_and(|v| v.is_public_at_level(Level::Reachable)) {
            return;
        }
        let hir::Node::Item(hir::Item { kind: ItemKind::Macro(_, def, _), .. }) = self.tcx.hir_node_by_def_id(id)
        else {
            return;
        };
        if def.macro_rules {
            return;
        }
        let module = self.tcx.parent_module_from_def_id(id);
        let mut modules = vec![module];
        let mut seen = Vec::new();
        while let Some(inner) = modules.pop() {
            if seen.contains(&inner) {
                continue;
            }
            seen.push(inner);
            for child in self.tcx.module_children(inner) {
                if let Res::Def(kind, def_id) = child.res {
                    if let Some(local) = def_id.as_local() {
                        if self.tcx.is_accessible_from(child.vis, module) {
                            self.macro_may_name(local, kind, module, &mut modules);
                        }
                    }
                }
            }
            let items: Vec<_> = self.tcx.hir_module_items(inner).free_items().collect();
            for item in items {
                let local = item.owner_id.def_id;
                if self.tcx.is_accessible_from(self.tcx.visibility(local), module) {
                    self.macro_may_name(local, self.tcx.def_kind(local), module, &mut modules);
                }
            }
        }
    }

    /// Of what a macro's body may name, what has no privacy of types is reachable.
    fn macro_may_name(&mut self, id: LocalDefId, kind: DefKind, module: LocalDefId, modules: &mut Vec<LocalDefId>) {
        let public = EffectiveVisibility::from_vis(Visibility::Public);
        match kind {
            DefKind::Const | DefKind::Static { .. } | DefKind::TraitAlias | DefKind::TyAlias => {
                self.update(id, public, Level::Reachable);
            }
            DefKind::Mod => modules.push(id),
            DefKind::Struct | DefKind::Union => {
                let fields: Vec<_> =
                    self.tcx.adt_def(id).non_enum_variant().fields.iter().map(|f| (f.did, f.vis)).collect();
                for (field, vis) in fields {
                    if self.tcx.is_accessible_from(vis, module) {
                        self.reach(field.expect_local(), public).ty();
                    }
                }
            }
            _ => {}
        }
    }
}

/// What something reachable mentions.
struct Reach<'a, 'tcx> {
    cx: &'a mut Embargo<'tcx>,
    item: LocalDefId,
    vis: EffectiveVisibility,
    level: Level,
}

impl<'tcx> DefIdVisitor<'tcx> for Reach<'_, 'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.cx.tcx
    }
    fn visit_def_id(&mut self, def_id: DefId, _: &str, _: &dyn std::fmt::Display) -> ControlFlow<()> {
        if let Some(local) = def_id.as_local() {
            let through_impl = self.level == Level::ReachableThroughImplTrait;
            let max = (!through_impl).then(|| local_visibility(self.cx.tcx, local));
            self.cx.update_with(local, self.vis, max, self.level);
        }
        ControlFlow::Continue(())
    }
}

impl Reach<'_, '_> {
    fn generics(&mut self) {
        let tcx = self.cx.tcx;
        for param in &tcx.generics_of(self.item).own_params {
            match param.kind {
                ty::GenericParamDefKind::Lifetime => {}
                ty::GenericParamDefKind::Type { has_default, .. } => {
                    if has_default {
                        let _ = self.visit(tcx.type_of(param.def_id).instantiate_identity());
                    }
                }
                ty::GenericParamDefKind::Const { .. } => {
                    let _ = self.visit(tcx.type_of(param.def_id).instantiate_identity());
                }
            }
        }
    }
    fn predicates(&mut self) {
        let preds = self.cx.tcx.explicit_predicates_of(self.item).predicates;
        let _ = self.visit_clauses(preds);
    }
    fn ty(&mut self) {
        let tcx = self.cx.tcx;
        match tcx.def_kind(self.item) {
            DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(..) => {
                let _ = self.visit(tcx.fn_sig(self.item).instantiate_identity());
            }
            _ => {
                let _ = self.visit(tcx.type_of(self.item).instantiate_identity());
            }
        }
    }
    fn trait_ref(&mut self) {
        if let Some(trait_ref) = self.cx.tcx.impl_opt_trait_ref(self.item) {
            let _ = self.visit_trait(trait_ref.instantiate_identity());
        }
    }
}

/// The least of what an impl's header names, `SHALLOW`: without generic arguments.
struct Least<'a, 'tcx, const SHALLOW: bool> {
    tcx: TyCtxt<'tcx>,
    map: &'a EffectiveVisibilities,
    least: EffectiveVisibility,
    nominal: Visibility,
}

impl<'tcx, const SHALLOW: bool> DefIdVisitor<'tcx> for Least<'_, 'tcx, SHALLOW> {
    const SHALLOW: bool = SHALLOW;

    fn tcx(&self) -> TyCtxt<'tcx> {
        self.tcx
    }
    fn skips_assoc_tys(&self) -> bool {
        true
    }
    fn visit_def_id(&mut self, def_id: DefId, _: &str, _: &dyn std::fmt::Display) -> ControlFlow<()> {
        if let Some(local) = def_id.as_local() {
            let vis = match self.map.effective_vis(local) {
                Some(vis) => *vis,
                None => EffectiveVisibility::from_vis(private_vis(self.tcx, local)),
            };
            for l in LEVELS {
                let (a, b) = (*self.least.at_level(l), *vis.at_level(l));
                if at_least(self.tcx, a, b) {
                    *self.least.at_level_mut(l) = b;
                }
            }
            let nominal = local_visibility(self.tcx, local);
            if at_least(self.tcx, self.nominal, nominal) {
                self.nominal = nominal;
            }
        }
        ControlFlow::Continue(())
    }
}

fn least<'a, 'tcx, const SHALLOW: bool>(
    tcx: TyCtxt<'tcx>,
    id: LocalDefId,
    map: &'a EffectiveVisibilities,
) -> Least<'a, 'tcx, SHALLOW> {
    let public = EffectiveVisibility::from_vis(Visibility::Public);
    let mut least = Least::<SHALLOW> { tcx, map, least: public, nominal: Visibility::Public };
    let _ = least.visit(tcx.type_of(id).instantiate_identity());
    if let Some(trait_ref) = tcx.impl_opt_trait_ref(id) {
        let _ = least.visit_trait(trait_ref.instantiate_identity());
    }
    least
}

/// The effective visibility of an impl.
pub(crate) fn impl_effective_vis<const SHALLOW: bool>(
    tcx: TyCtxt<'_>,
    id: LocalDefId,
    map: &EffectiveVisibilities,
) -> EffectiveVisibility {
    least::<SHALLOW>(tcx, id, map).least
}

/// The nominal visibility of an impl.
pub(crate) fn impl_nominal_vis(tcx: TyCtxt<'_>, id: LocalDefId, map: &EffectiveVisibilities) -> Visibility {
    least::<false>(tcx, id, map).nominal
}
