//! Marking what is live, by a list of definitions whose mentions are still to be looked at.

use hir::def::{CtorOf, DefKind, Res};
use hir::intravisit::{self, Visitor};
use hir::resolutions::Level;
use hir::{Expr, ExprKind, HirId, ItemKind, Node, Pat, PatKind, QPath};
use query::TyCtxt;
use session::lint::{DEAD_CODE, Level as LintLevel};
use span::def_id::{DefId, LocalDefId};
use span::{FxHashMap, FxHashSet, FxIndexSet, kw, sym};
use ty::{FieldIdx, TyKind, TypeckResults};

/// What is live, and of types the derived impls that were passed over.
pub(crate) struct Live {
    pub(crate) symbols: FxHashSet<LocalDefId>,
    /// The traits whose derived impls read fields only trivially (`Clone`, `Debug`).
    pub(crate) ignored_derives: FxHashMap<LocalDefId, FxIndexSet<DefId>>,
}

/// Whether work comes from `#[allow(dead_code)]`: what it mentions is live, itself is not.
type FromAllow = bool;

pub(crate) fn live_code(tcx: TyCtxt<'_>) -> Live {
    let mut seeds = Seeds { tcx, worklist: Vec::new(), constructors: FxHashMap::default(), unsolved: Vec::new() };
    seeds.collect();
    let mut unsolved = seeds.unsolved;
    let mut marker = Marker {
        tcx,
        worklist: seeds.worklist,
        typeck: None,
        live: FxHashSet::default(),
        keeps_fields: false,
        keeps_positional: false,
        in_pat: false,
        ignored_variants: Vec::new(),
        constructors: seeds.constructors,
        ignored_derives: FxHashMap::default(),
        scanned: FxHashSet::default(),
    };
    marker.mark();
    loop {
        let (solved, rest): (Vec<_>, Vec<_>) =
            unsolved.into_iter().partition(|&(imp, id)| marker.is_impl_live(imp, id));
        unsolved = rest;
        if solved.is_empty() {
            break;
        }
        marker.worklist.extend(solved.into_iter().map(|(_, id)| (id, false)));
        marker.mark();
    }
    Live { symbols: marker.live, ignored_derives: marker.ignored_derives }
}

struct Seeds<'tcx> {
    tcx: TyCtxt<'tcx>,
    worklist: Vec<(LocalDefId, FromAllow)>,
    /// From a constructor to its struct or variant.
    constructors: FxHashMap<LocalDefId, LocalDefId>,
    /// Trait impls and their methods, with the impl.
    unsolved: Vec<(LocalDefId, LocalDefId)>,
}

impl<'tcx> Seeds<'tcx> {
    fn collect(&mut self) {
        let tcx = self.tcx;
        let visibilities = tcx.effective_visibilities(());
        let reachable = visibilities.map.iter().filter(|(_, v)| v.is_public_at_level(Level::Reachable));
        self.worklist.extend(reachable.map(|(&id, _)| (id, false)));
        self.worklist.extend(tcx.entry_fn(()).and_then(DefId::as_local).map(|id| (id, false)));
        let items = tcx.hir_crate_items(());
        for id in items.free_items() {
            self.item(tcx.hir_item(id));
        }
        for id in items.trait_items() {
            let has_value = matches!(
                tcx.hir_trait_item(id).kind,
                hir::TraitItemKind::Const(_, Some(_)) | hir::TraitItemKind::Fn(..)
            );
            if has_value {
                self.keep(id.owner_id.def_id);
            }
        }
        for id in items.foreign_items() {
            if !matches!(tcx.def_kind(id.owner_id.def_id), DefKind::ForeignTy) {
                self.keep(id.owner_id.def_id);
            }
        }
    }

    /// `allow`, `expect`, `lang`, `no_mangle` and so on.
    fn kept(&self, id: LocalDefId) -> Option<FromAllow> {
        let tcx = self.tcx;
        let hir_id = tcx.opt_local_def_id_to_hir_id(id)?;
        if matches!(tcx.lint_level_at_node(&DEAD_CODE, hir_id).0, LintLevel::Allow | LintLevel::Expect) {
            return Some(true);
        }
        let kind = tcx.def_kind(id);
        if matches!(kind, DefKind::Fn | DefKind::AssocFn | DefKind::Static { .. }) {
            let attrs = tcx.codegen_fn_attrs(id);
            if (attrs.contains_extern_indicator() && !tcx.is_foreign_item(id)) || attrs.used {
                return Some(false);
            }
        }
        (tcx.has_attr(id, sym::lang) || tcx.has_attr(id, sym::panic_handler)).then_some(false)
    }

    fn keep(&mut self, id: LocalDefId) -> Option<FromAllow> {
        let kept = self.kept(id);
        self.worklist.extend(kept.map(|from_allow| (id, from_allow)));
        kept
    }

    fn item(&mut self, item: &'tcx hir::Item<'tcx>) {
        let id = item.owner_id.def_id;
        let kept = self.keep(id);
        match item.kind {
            ItemKind::Enum(_, _, def) => {
                for variant in def.variants {
                    self.worklist.extend(kept.map(|from_allow| (variant.def_id, from_allow)));
                    if let Some(ctor) = variant.data.ctor_def_id() {
                        self.constructors.insert(ctor, variant.def_id);
                    }
                }
            }
            ItemKind::Struct(_, _, data) => {
                if let Some(ctor) = data.ctor_def_id() {
                    self.constructors.insert(ctor, id);
                }
            }
            ItemKind::Impl(imp) => {
                let of_trait = imp.of_trait.is_some();
                if of_trait && kept.is_none() {
                    self.unsolved.push((id, id));
                }
                for item in imp.items {
                    let item = item.owner_id.def_id;
                    if self.keep(item).is_none() && of_trait {
                        if self.tcx.def_kind(item) == DefKind::AssocFn {
                            self.unsolved.push((id, item));
                        } else {
                            self.worklist.push((item, false));
                        }
                    }
                }
            }
            ItemKind::GlobalAsm { .. } => self.worklist.push((id, false)),
            // It is there for its evaluation.
            ItemKind::Const(ident, ..) if ident.name == kw::Underscore => self.worklist.push((id, false)),
            _ => {}
        }
    }
}

struct Marker<'tcx> {
    tcx: TyCtxt<'tcx>,
    worklist: Vec<(LocalDefId, FromAllow)>,
    typeck: Option<&'tcx TypeckResults<'tcx>>,
    live: FxHashSet<LocalDefId>,
    /// Within a `repr(C)` or `repr(transparent)` type: all fields matter.
    keeps_fields: bool,
    /// Within a `repr(simd)` type.
    keeps_positional: bool,
    in_pat: bool,
    /// Variants that a match arm around has matched: constructing them there is no use.
    ignored_variants: Vec<DefId>,
    constructors: FxHashMap<LocalDefId, LocalDefId>,
    ignored_derives: FxHashMap<LocalDefId, FxIndexSet<DefId>>,
    scanned: FxHashSet<(LocalDefId, FromAllow)>,
}

impl<'tcx> Marker<'tcx> {
    fn mark(&mut self) {
        while let Some(work) = self.worklist.pop() {
            if !self.scanned.insert(work) {
                continue;
            }
            let (id, from_allow) = work;
            let id = self.constructors.get(&id).copied().unwrap_or(id);
            if !from_allow {
                self.live.insert(id);
            }
            self.node(id);
        }
    }

    fn is_explored(&self, id: LocalDefId) -> bool {
        matches!(
            self.tcx.hir_node_by_def_id(id),
            Node::Item(_)
                | Node::ImplItem(_)
                | Node::ForeignItem(_)
                | Node::TraitItem(_)
                | Node::Variant(_)
                | Node::AnonConst(_)
                | Node::OpaqueTy(_)
        )
    }

    /// It is mentioned.
    fn see(&mut self, def_id: DefId) {
        if let Some(id) = def_id.as_local() {
            if self.constructors.contains_key(&id) || self.is_explored(id) {
                self.worklist.push((id, false));
            }
            self.live.insert(id);
        }
    }

    fn see_field(&mut self, def_id: DefId) {
        if let Some(id) = def_id.as_local() {
            self.live.insert(id);
        }
    }

    fn see_res(&mut self, res: Res) {
        match res {
            Res::Def(DefKind::Const | DefKind::AssocConst | DefKind::TyAlias, def_id) => self.see(def_id),
            _ if self.in_pat => {}
            Res::Def(DefKind::Ctor(CtorOf::Variant, _), ctor) => {
                let variant = self.tcx.parent(ctor);
                self.see(self.tcx.parent(variant));
                if !self.ignored_variants.contains(&ctor) {
                    self.see(variant);
                }
            }
            Res::Def(DefKind::Variant, variant) => {
                self.see(self.tcx.parent(variant));
                if !self.ignored_variants.contains(&variant) {
                    self.see(variant);
                }
            }
            Res::Def(_, def_id) => self.see(def_id),
            Res::SelfTyParam { trait_ } => self.see(trait_),
            Res::SelfTyAlias { alias_to, .. } => self.see(alias_to),
            _ => {}
        }
    }

    fn qpath_res(&self, qpath: &QPath<'_>, id: HirId) -> Res {
        self.typeck.map_or(Res::Err, |t| t.qpath_res(qpath, id))
    }

    /// A method that reads fields only trivially: derived `Clone` and `Debug`.
    fn is_ignored(&mut self, id: LocalDefId) -> bool {
        let tcx = self.tcx;
        let imp = tcx.local_parent(id);
        if !matches!(tcx.def_kind(imp), DefKind::Impl { of_trait: true })
            || !tcx.has_attr(imp, sym::automatically_derived)
        {
            return false;
        }
        let Some(trait_) = tcx.impl_opt_trait_id(imp) else { return false };
        if !tcx.has_attr(trait_, sym::rustc_trivial_field_reads) {
            return false;
        }
        if let TyKind::Adt(adt, _) = tcx.type_of(imp).skip_binder().kind() {
            if let Some(adt) = adt.did().as_local() {
                self.ignored_derives.entry(adt).or_default().insert(trait_);
            }
        }
        true
    }

    fn node(&mut self, id: LocalDefId) {
        let tcx = self.tcx;
        let node = tcx.hir_node_by_def_id(id);
        if matches!(node, Node::ImplItem(_)) && self.is_ignored(id) {
            return;
        }
        let (fields, positional) = (self.keeps_fields, self.keeps_positional);
        (self.keeps_fields, self.keeps_positional) = (false, false);
        match node {
            Node::Item(item) => match item.kind {
                ItemKind::Struct(..) | ItemKind::Union(..) => {
                    let repr = tcx.adt_def(id).repr();
                    self.keeps_fields = repr.c() || repr.transparent();
                    self.keeps_positional = repr.simd();
                    intravisit::walk_item(self, item);
                }
                ItemKind::ForeignMod { .. } => {}
                ItemKind::Trait(.., items) => {
                    for item in items {
                        let item = item.owner_id.to_def_id();
                        if tcx.def_kind(item) == DefKind::AssocTy {
                            self.see(item);
                        }
                    }
                    intravisit::walk_item(self, item);
                }
                _ => intravisit::walk_item(self, item),
            },
            Node::TraitItem(item) => {
                self.see(tcx.parent(item.owner_id.to_def_id()));
                intravisit::walk_trait_item(self, item);
            }
            Node::ImplItem(item) => {
                let imp = tcx.local_parent(item.owner_id.def_id);
                if tcx.impl_trait_header(imp).is_none() {
                    // A type is used if a function of it is.
                    match *tcx.type_of(imp).instantiate_identity().kind() {
                        TyKind::Adt(def, _) => self.see(def.did()),
                        TyKind::Foreign(def_id) => self.see(def_id),
                        TyKind::Dynamic(preds, _) => {
                            if let Some(ty::ExistentialPredicate::Trait(t)) =
                                preds.iter().next().map(|p| p.skip_binder())
                            {
                                self.see(t.def_id);
                            }
                        }
                        _ => {}
                    }
                }
                intravisit::walk_impl_item(self, item);
            }
            Node::ForeignItem(item) => intravisit::walk_foreign_item(self, item),
            Node::OpaqueTy(opaque) => intravisit::walk_opaque_ty(self, opaque),
            _ => {}
        }
        (self.keeps_fields, self.keeps_positional) = (fields, positional);
    }

    /// Whether a trait's impl or a method of it is used: the trait's item and the type are.
    fn is_impl_live(&self, imp: LocalDefId, id: LocalDefId) -> bool {
        let tcx = self.tcx;
        let of_trait = match tcx.def_kind(id) {
            DefKind::AssocFn => match tcx.associated_item(id).container {
                ty::AssocContainer::TraitImpl(item) => item,
                _ => None,
            },
            _ => tcx.impl_opt_trait_id(imp),
        };
        if of_trait.and_then(DefId::as_local).is_some_and(|t| !self.live.contains(&t)) {
            return false;
        }
        let hir::ItemKind::Impl(header) = tcx.hir_expect_item(imp).kind else { return true };
        let self_adt = match header.self_ty.kind {
            hir::TyKind::Path(QPath::Resolved(_, path)) => match path.res {
                Res::Def(DefKind::Struct | DefKind::Enum | DefKind::Union, def_id) => def_id.as_local(),
                _ => None,
            },
            _ => None,
        };
        self_adt.is_none_or(|adt| self.live.contains(&adt))
    }

    fn see_fields_of_pat(&mut self, pat: &Pat<'_>, res: Res, indices: impl Iterator<Item = Option<FieldIdx>>) {
        let Some(&TyKind::Adt(adt, _)) = self.typeck.and_then(|t| t.node_type_opt(pat.hir_id)).map(|t| t.kind()) else {
            return;
        };
        self.see(adt.did());
        let variant = if adt.is_enum() {
            let Some(id) = res.opt_def_id() else { return };
            adt.variants().iter().find(|v| v.def_id == id || v.ctor_def_id() == Some(id))
        } else {
            Some(adt.non_enum_variant())
        };
        let Some(variant) = variant else { return };
        for i in indices.flatten() {
            if let Some(field) = variant.fields.get(i) {
                self.see_field(field.did);
            }
        }
    }
}

/// The variants that a value must be of to match.
fn necessary_variants(pat: &Pat<'_>) -> Vec<DefId> {
    let mut out = Vec::new();
    let mut add = |qpath: &QPath<'_>| {
        if let QPath::Resolved(_, path) = qpath {
            match path.res {
                Res::Def(DefKind::Variant, id) => out.push(id),
                Res::Def(DefKind::Ctor(CtorOf::Variant, _), id) => out.push(id),
                _ => {}
            }
        }
    };
    pat.walk(|p| match &p.kind {
        PatKind::Or(_) => false,
        PatKind::TupleStruct(path, ..) | PatKind::Struct(path, ..) => {
            add(path);
            true
        }
        PatKind::Expr(hir::PatExpr { kind: hir::PatExprKind::Path(path), .. }) => {
            add(path);
            true
        }
        _ => true,
    });
    out
}

impl<'tcx> Visitor<'tcx> for Marker<'tcx> {
    fn visit_nested_body(&mut self, id: hir::BodyId) {
        let owner = self.tcx.hir_body_owner_def_id(id);
        let outer = self.typeck.replace(self.tcx.typeck(owner));
        let in_pat = std::mem::replace(&mut self.in_pat, false);
        self.visit_body(self.tcx.hir_body(id));
        self.in_pat = in_pat;
        self.typeck = outer;
    }

    fn visit_variant_data(&mut self, data: &'tcx hir::VariantData<'tcx>) {
        let visibilities = self.tcx.effective_visibilities(());
        for field in data.fields() {
            let reachable =
                visibilities.is_reachable(field.hir_id.owner.def_id) && visibilities.is_reachable(field.def_id);
            if self.keeps_fields || (field.is_positional() && self.keeps_positional) || reachable {
                self.live.insert(field.def_id);
            }
        }
        intravisit::walk_variant_data(self, data);
    }

    fn visit_expr(&mut self, e: &'tcx Expr<'tcx>) {
        let Some(typeck) = self.typeck else { return };
        match e.kind {
            ExprKind::Path(ref qpath @ QPath::TypeRelative(..)) => {
                let res = self.qpath_res(qpath, e.hir_id);
                self.see_res(res);
            }
            ExprKind::MethodCall(..) => {
                if let Some(def_id) = typeck.type_dependent_def_id(e.hir_id) {
                    self.see(def_id);
                }
            }
            ExprKind::Field(base, _) => {
                if let (Some(i), Some(ty)) = (typeck.opt_field_index(e.hir_id), typeck.expr_ty_adjusted_opt(base)) {
                    if let TyKind::Adt(def, _) = ty.kind() {
                        if !def.is_enum() {
                            self.see_field(def.non_enum_variant().fields[i].did);
                        }
                    }
                }
            }
            ExprKind::Struct(qpath, fields, _) => {
                let res = self.qpath_res(qpath, e.hir_id);
                self.see_res(res);
                if let Some(&TyKind::Adt(adt, _)) = typeck.expr_ty_opt(e).map(|t| t.kind()) {
                    if adt.is_union() && adt.non_enum_variant().fields.len() > 1 {
                        for field in fields {
                            if let Some(i) = typeck.opt_field_index(field.hir_id) {
                                self.see_field(adt.non_enum_variant().fields[i].did);
                            }
                        }
                    }
                }
            }
            ExprKind::Closure(closure) => {
                self.live.insert(closure.def_id);
            }
            ExprKind::OffsetOf(..) => {
                if let Some(steps) = typeck.offset_of_data.get(&e.hir_id.local_id) {
                    for &(ty, variant, field) in steps {
                        if let TyKind::Adt(def, _) = ty.kind() {
                            self.see_field(def.variant(variant).fields[field].did);
                        }
                    }
                }
            }
            _ => {}
        }
        intravisit::walk_expr(self, e);
    }

    fn visit_arm(&mut self, arm: &'tcx hir::Arm<'tcx>) {
        let n = self.ignored_variants.len();
        self.ignored_variants.extend(necessary_variants(arm.pat));
        intravisit::walk_arm(self, arm);
        self.ignored_variants.truncate(n);
    }

    fn visit_pat(&mut self, pat: &'tcx Pat<'tcx>) {
        self.in_pat = true;
        match pat.kind {
            PatKind::Struct(ref qpath, fields, _) => {
                let res = self.qpath_res(qpath, pat.hir_id);
                let typeck = self.typeck;
                let read = fields.iter().filter(|f| !matches!(f.pat.kind, PatKind::Wild));
                let indices: Vec<_> = read.map(|f| typeck.and_then(|t| t.opt_field_index(f.hir_id))).collect();
                self.see_fields_of_pat(pat, res, indices.into_iter());
            }
            PatKind::TupleStruct(ref qpath, pats, dotdot) => {
                let res = self.qpath_res(qpath, pat.hir_id);
                let n = match self.typeck.and_then(|t| t.node_type_opt(pat.hir_id)).map(|t| t.kind()) {
                    Some(TyKind::Adt(adt, _)) if adt.is_enum() => res
                        .opt_def_id()
                        .and_then(|id| adt.variants().iter().find(|v| v.ctor_def_id() == Some(id)))
                        .map_or(pats.len(), |v| v.fields.len()),
                    Some(TyKind::Adt(adt, _)) => adt.non_enum_variant().fields.len(),
                    _ => pats.len(),
                };
                let gap = dotdot.as_opt_usize().unwrap_or(pats.len());
                let missing = n.saturating_sub(pats.len());
                let indices: Vec<_> = pats
                    .iter()
                    .enumerate()
                    .filter(|(_, p)| !matches!(p.kind, PatKind::Wild))
                    .map(|(i, _)| Some(FieldIdx::from_usize(if i < gap { i } else { i + missing })))
                    .collect();
                self.see_fields_of_pat(pat, res, indices.into_iter());
            }
            _ => {}
        }
        intravisit::walk_pat(self, pat);
        self.in_pat = false;
    }

    fn visit_pat_expr(&mut self, e: &'tcx hir::PatExpr<'tcx>) {
        if let hir::PatExprKind::Path(qpath) = &e.kind {
            if let Some(TyKind::Adt(adt, _)) = self.typeck.and_then(|t| t.node_type_opt(e.hir_id)).map(|t| t.kind()) {
                self.see(adt.did());
            }
            let res = self.qpath_res(qpath, e.hir_id);
            self.see_res(res);
        }
        intravisit::walk_pat_expr(self, e);
    }

    fn visit_path(&mut self, path: &hir::Path<'tcx>, _: HirId) {
        self.see_res(path.res);
        intravisit::walk_path(self, path);
    }

    fn visit_anon_const(&mut self, c: &'tcx hir::AnonConst) {
        let in_pat = std::mem::replace(&mut self.in_pat, false);
        self.live.insert(c.def_id);
        intravisit::walk_anon_const(self, c);
        self.in_pat = in_pat;
    }

    fn visit_inline_const(&mut self, c: &'tcx hir::ConstBlock) {
        let in_pat = std::mem::replace(&mut self.in_pat, false);
        self.live.insert(c.def_id);
        intravisit::walk_inline_const(self, c);
        self.in_pat = in_pat;
    }
}
