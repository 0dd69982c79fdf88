//! Names of other crates' modules, from metadata, when a module is first looked into.

use hir::def::{DefKind, Namespace, Namespace::*, Res as HirRes};
use hir::resolutions::ModChild;

use crate::Resolver;
use crate::module::{BindingKey, Module, NameBindingKind, Res};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn build_reduced_graph_external(&mut self, module: Module<'ra>) {
        let def_id = module.def_id();
        for child in self.tcx.module_children(def_id) {
            self.build_for_external_child(module, child);
        }
    }

    fn build_for_external_child(&mut self, parent: Module<'ra>, child: &ModChild) {
        let ModChild { ident, res, vis, ref reexport_chain } = *child;
        let res: Res = match res {
            HirRes::Def(kind, id) => HirRes::Def(kind, id),
            HirRes::PrimTy(ty) => HirRes::PrimTy(ty),
            HirRes::ToolMod => HirRes::ToolMod,
            HirRes::NonMacroAttr(kind) => HirRes::NonMacroAttr(kind),
            HirRes::Err => HirRes::Err,
            // Modules have no other members.
            HirRes::SelfTyParam { .. } | HirRes::SelfTyAlias { .. } | HirRes::SelfCtor(_) | HirRes::Local(_) => return,
        };
        let origin = reexport_chain.first().and_then(|step| step.id()).or(res.opt_def_id());
        let span = origin.map_or(span::DUMMY_SP, |id| self.def_span(id));
        let Some(ns) = external_ns(res) else { return };
        let kind = match res {
            HirRes::Def(DefKind::Mod | DefKind::Enum | DefKind::Trait, def_id) => {
                NameBindingKind::Module(self.expect_module(def_id))
            }
            _ => NameBindingKind::Res(res),
        };
        let binding = self.new_binding(kind, vis, span, parent.expansion);
        let mut key = BindingKey::new(ident, ns);
        if crate::module::is_underscore(ident) {
            key = self.new_disambiguated_key(parent, ident, ns);
        }
        let arenas = self.arenas;
        let resolution =
            *parent.0.lazy_resolutions.borrow_mut().entry(key).or_insert_with(|| arenas.alloc_resolution());
        let mut resolution = resolution.borrow_mut();
        if resolution.non_glob_binding.is_none() {
            resolution.non_glob_binding = Some(binding);
        }
    }
}

fn external_ns(res: Res) -> Option<Namespace> {
    match res {
        HirRes::Def(kind, _) => kind.ns(),
        HirRes::PrimTy(_) | HirRes::ToolMod => Some(TypeNS),
        HirRes::NonMacroAttr(_) => Some(MacroNS),
        HirRes::Err => Some(TypeNS),
        _ => None,
    }
}
