//! The paths by which users know definitions: a name alone where it is the only one in sight (`Vec`), else the
//! shortest path through public modules of direct dependencies (`std::fmt::Result` for what `core` defines).

use std::cell::Cell;
use std::collections::VecDeque;

use hir::def::{DefKind, Namespace, Res};
use hir::resolutions::{ModChild, Never};
use span::def_id::{DefId, LOCAL_CRATE};
use span::{FxIndexMap, Symbol, kw};
use ty::Visibility;

use crate::TyCtxt;

thread_local! {
    static NO_TRIMMING: Cell<bool> = const { Cell::new(false) };
}

/// Runs `f` with all paths printed in full.
pub fn with_no_trimmed_paths<R>(f: impl FnOnce() -> R) -> R {
    let before = NO_TRIMMING.with(|c| c.replace(true));
    let result = f();
    NO_TRIMMING.with(|c| c.set(before));
    result
}

/// Whether paths are shortened.
pub(crate) fn is_trimming() -> bool {
    !NO_TRIMMING.with(Cell::get)
}

struct Trimmed;
struct Parents;

impl<'tcx> TyCtxt<'tcx> {
    /// The name of a definition, if no other that can be named has it.
    pub fn trimmed_def_path(self, def_id: DefId) -> Option<Symbol> {
        if NO_TRIMMING.with(Cell::get) || !self.has_hir() {
            return None;
        }
        self.slot::<Trimmed, FxIndexMap<DefId, Symbol>>(|| self.trimmed_def_paths()).get(&def_id).copied()
    }

    fn trimmed_def_paths(self) -> FxIndexMap<DefId, Symbol> {
        let mut unique: FxIndexMap<(Namespace, Symbol), Option<DefId>> = FxIndexMap::default();
        let mut add = |name: Symbol, ns, def_id: DefId| {
            unique
                .entry((ns, name))
                .and_modify(|known| {
                    if *known != Some(def_id) {
                        *known = None;
                    }
                })
                .or_insert(Some(def_id));
        };
        for id in self.iter_local_def_id().collect::<Vec<_>>() {
            let kind = self.def_kind(id);
            let free = !matches!(kind, DefKind::Use | DefKind::Ctor(..) | DefKind::Variant)
                && !kind.is_assoc()
                && !self.is_foreign_item(id);
            let item = free && !id.to_def_id().is_top_level_module();
            if let (true, Some(ns)) = (item && is_item(kind), kind.ns())
                && let Some(name) = self.opt_item_name(id.to_def_id())
            {
                add(name, ns, id.to_def_id());
            }
        }
        let mut queue: Vec<DefId> = self.cstore().direct_crates().into_iter().map(|c| c.as_def_id()).collect();
        let mut seen = span::FxIndexSet::default();
        while let Some(module) = queue.pop() {
            for child in self.module_children(module) {
                let Res::Def(kind, def_id) = child.res else { continue };
                if child.vis != Visibility::Public || matches!(kind, DefKind::AssocTy | DefKind::TyAlias) {
                    continue;
                }
                if let Some(ns) = kind.ns() {
                    add(child.ident.name, ns, def_id);
                }
                if is_module_like(kind) && seen.insert(def_id) {
                    queue.push(def_id);
                }
            }
        }
        let mut map: FxIndexMap<DefId, Symbol> = FxIndexMap::default();
        for ((_, name), def_id) in unique {
            let Some(def_id) = def_id.filter(|_| name != kw::Underscore) else { continue };
            // Of several names of one definition, the first of the shortest.
            let shorter = |a: Symbol, b: Symbol| (a.as_str().len(), a.as_str()) < (b.as_str().len(), b.as_str());
            map.entry(def_id)
                .and_modify(|known| {
                    if shorter(name, *known) {
                        *known = name;
                    }
                })
                .or_insert(name);
        }
        map
    }

    /// The path of another crate's definition through modules that can be named, from the crate's name.
    pub fn visible_def_path(self, def_id: DefId) -> Option<Vec<Symbol>> {
        let direct = self.cstore().direct_crates();
        let parents = self.slot::<Parents, FxIndexMap<DefId, (DefId, Symbol)>>(|| self.visible_parents());
        let mut path = Vec::new();
        let mut current = def_id;
        loop {
            if current.is_crate_root() {
                if current.krate == LOCAL_CRATE || !direct.contains(&current.krate) {
                    return None;
                }
                path.push(self.crate_name(current.krate));
                path.reverse();
                return Some(path);
            }
            let &(parent, name) = parents.get(&current)?;
            path.push(name);
            current = parent;
        }
    }

    /// For each definition of another crate, the nearest public module, by breadth first search.
    fn visible_parents(self) -> FxIndexMap<DefId, (DefId, Symbol)> {
        let mut map: FxIndexMap<DefId, (DefId, Symbol)> = FxIndexMap::default();
        let mut fallback = Vec::new();
        let mut queue: VecDeque<DefId> = self.cstore().direct_crates().into_iter().map(|c| c.as_def_id()).collect();
        while let Some(module) = queue.pop_front() {
            let hidden = !module.is_crate_root() && self.is_doc_hidden(module);
            for child in self.module_children(module) {
                let ModChild { ident, res, vis, .. } = child;
                let res: &Res<Never> = res;
                let Some(def_id) = res.opt_def_id().filter(|_| *vis == Visibility::Public) else { continue };
                if ident.name == kw::Underscore || hidden {
                    fallback.push((def_id, (module, ident.name)));
                } else if !map.contains_key(&def_id) && !def_id.is_crate_root() {
                    map.insert(def_id, (module, ident.name));
                    if matches!(res, Res::Def(kind, _) if is_module_like(*kind)) {
                        queue.push_back(def_id);
                    }
                }
            }
        }
        for (def_id, place) in fallback {
            map.entry(def_id).or_insert(place);
        }
        map
    }
}

fn is_module_like(kind: DefKind) -> bool {
    matches!(kind, DefKind::Mod | DefKind::Enum | DefKind::Trait)
}

fn is_item(kind: DefKind) -> bool {
    matches!(
        kind,
        DefKind::Mod
            | DefKind::Struct
            | DefKind::Union
            | DefKind::Enum
            | DefKind::Trait
            | DefKind::TraitAlias
            | DefKind::TyAlias
            | DefKind::Fn
            | DefKind::Const
            | DefKind::Static { .. }
            | DefKind::Macro(_)
    )
}
