//! What resolution hands on.

use hir::resolutions::{ResolverAstLowering, ResolverGlobalCtxt, StrippedCfgItem};
use span::FxIndexMap;

use crate::{Resolver, ResolverOutputs};

impl Resolver<'_, '_> {
    pub(crate) fn into_outputs(mut self) -> ResolverOutputs {
        let module_children = self.module_children();
        let stripped = std::mem::take(&mut self.stripped_cfg_items);
        let stripped_cfg_items = stripped
            .into_iter()
            .filter_map(|item| {
                let parent_scope = self.stripped_item_module(item.parent_scope)?;
                Some(StrippedCfgItem { parent_scope, ident: item.ident, cfg: item.cfg })
            })
            .collect();
        let global_ctxt = ResolverGlobalCtxt {
            visibilities: self.visibilities,
            effective_visibilities: self.effective_visibilities,
            extern_crate_map: self.extern_crate_map,
            maybe_unused_trait_imports: self.maybe_unused_trait_imports,
            module_children,
            glob_map: self.glob_map,
            main_def: self.main_def,
            // Lowering fills in the impls.
            trait_impls: FxIndexMap::default(),
            proc_macros: self.proc_macros,
            confused_type_with_std_module: self.confused_type_with_std_module,
            all_macro_rules: self.all_macro_rules,
            stripped_cfg_items,
        };
        let ast_lowering = ResolverAstLowering {
            partial_res_map: self.partial_res_map,
            import_res_map: self.import_res_map,
            label_res_map: self.label_res_map,
            lifetimes_res_map: self.lifetimes_res_map,
            extra_lifetime_params_map: self.extra_lifetime_params_map,
            next_node_id: self.next_node_id,
            node_id_to_def_id: self.node_id_to_def_id,
            trait_map: self.trait_map,
            lifetime_elision_allowed: self.lifetime_elision_allowed,
            legacy_const_generic_args: self.legacy_const_generic_args,
        };
        ResolverOutputs { global_ctxt, ast_lowering }
    }
}
