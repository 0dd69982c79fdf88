//! What each module offers once all imports are resolved: the table that metadata and other stages see.

use hir::def::Res as HirRes;
use hir::resolutions::{ModChild, Never, Reexport};
use span::FxIndexMap;
use span::def_id::LocalDefId;

use crate::Resolver;
use crate::import::{Import, ImportKind};
use crate::module::{NameBinding, NameBindingKind, Res};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// The names of every local module, enum and trait.
    pub(crate) fn module_children(&mut self) -> FxIndexMap<LocalDefId, Vec<ModChild>> {
        let modules: Vec<_> =
            self.module_map.iter().filter_map(|(def_id, module)| Some((def_id.as_local()?, *module))).collect();
        let mut result = FxIndexMap::default();
        for (def_id, module) in modules {
            let mut children = Vec::new();
            self.for_each_child(module, |this, ident, _, binding| {
                let error_ambiguity = binding.is_ambiguity_recursive() && !binding.warn_ambiguity_recursive();
                if let Some(res) = without_locals(binding.res())
                    && res != HirRes::Err
                    && !error_ambiguity
                {
                    let reexport_chain = this.reexport_chain(binding);
                    children.push(ModChild { ident, res, vis: binding.vis, reexport_chain });
                }
            });
            result.insert(def_id, children);
        }
        result
    }

    fn reexport_chain(&self, binding: NameBinding<'ra>) -> Vec<Reexport> {
        let mut chain = Vec::new();
        let mut next = binding;
        while let NameBindingKind::Import { binding, import } = next.kind {
            chain.push(self.simplify_import(import));
            next = binding;
        }
        chain
    }

    fn simplify_import(&self, import: Import<'ra>) -> Reexport {
        let to_def_id = |id| self.local_def_id(id).to_def_id();
        match import.kind {
            ImportKind::Single { id, .. } => Reexport::Single(to_def_id(id)),
            ImportKind::Glob { id, .. } => Reexport::Glob(to_def_id(id)),
            ImportKind::ExternCrate { id, .. } => Reexport::ExternCrate(to_def_id(id)),
            ImportKind::MacroUse { .. } => Reexport::MacroUse,
            ImportKind::MacroExport => Reexport::MacroExport,
        }
    }
}

/// A result that is no local variable.
pub(crate) fn without_locals(res: Res) -> Option<HirRes<Never>> {
    Some(match res {
        HirRes::Def(kind, id) => HirRes::Def(kind, id),
        HirRes::PrimTy(ty) => HirRes::PrimTy(ty),
        HirRes::SelfTyParam { trait_ } => HirRes::SelfTyParam { trait_ },
        HirRes::SelfTyAlias { alias_to, forbid_generic, is_trait_impl } => {
            HirRes::SelfTyAlias { alias_to, forbid_generic, is_trait_impl }
        }
        HirRes::SelfCtor(id) => HirRes::SelfCtor(id),
        HirRes::Local(_) => return None,
        HirRes::ToolMod => HirRes::ToolMod,
        HirRes::NonMacroAttr(kind) => HirRes::NonMacroAttr(kind),
        HirRes::Err => HirRes::Err,
    })
}
