//! Making a resolver, and what it asks of the session, of definitions and of other crates.

use std::rc::Rc;

use ast::{CRATE_NODE_ID, NodeId};
use diagnostics::DiagCtxt;
use expand::base::{SyntaxExtension, SyntaxExtensionKind};
use hir::PrimTy;
use hir::def::{DefKind, Namespace, Res as HirRes};
use hir::resolutions::Visibility;
use query::TyCtxt;
use session::Session;
use span::def_id::{CRATE_DEF_ID, DefId, LocalDefId};
use span::{DUMMY_SP, ExpnId, FxHashMap, FxIndexMap, FxIndexSet, Ident, Span, Symbol, sym};

use crate::arena::ResolverArenas;
use crate::import::ImportKind;
use crate::macro_scope::{MacroRulesScope, MacroRulesScopeRef};
use crate::module::{
    AmbiguityKind, BindingKey, Module, ModuleData, ModuleKind, NameBinding, NameBindingData, NameBindingKind,
    NameResolution, Res,
};
use crate::path::Used;
use crate::{ImplTraitContext, InvocationParent, Resolver};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn new(tcx: TyCtxt<'tcx>, krate: &ast::Crate, arenas: &'ra ResolverArenas<'ra>) -> Self {
        let root_def_id = CRATE_DEF_ID.to_def_id();
        let root = ModuleData::new(
            None,
            ModuleKind::Def(DefKind::Mod, root_def_id, None),
            ExpnId::root(),
            krate.spans.inner_span,
            ast::attr::contains_name(&krate.attrs, sym::no_implicit_prelude),
        );
        let graph_root = Module(arenas.alloc_module(root));
        let empty_kind = ModuleKind::Def(DefKind::Mod, root_def_id, None);
        let empty_module =
            Module(arenas.alloc_module(ModuleData::new(None, empty_kind, ExpnId::root(), DUMMY_SP, false)));
        let dummy_binding = NameBinding(arenas.alloc_binding(NameBindingData {
            kind: NameBindingKind::Res(HirRes::Err),
            ambiguity: None,
            warn_ambiguity: false,
            expansion: ExpnId::root(),
            span: DUMMY_SP,
            vis: Visibility::Public,
        }));
        let edition = tcx.sess().edition();
        // The dummies are looked up only after an error was reported.
        let error = span::ErrorGuaranteed::unchecked_error_guaranteed();
        let dummy = |kind| Rc::new(SyntaxExtension::default(kind, edition));
        let mut resolver = Resolver {
            tcx,
            arenas,
            graph_root,
            empty_module,
            prelude: None,
            extern_prelude: FxIndexMap::default(),
            module_map: FxIndexMap::default(),
            block_map: FxHashMap::default(),
            module_self_bindings: FxHashMap::default(),
            binding_parent_modules: FxHashMap::default(),
            prim_ty_bindings: FxHashMap::default(),
            current_item: None,
            extern_crate_place: None,
            struct_constructors: FxHashMap::default(),
            field_names: FxHashMap::default(),
            field_visibility_spans: FxHashMap::default(),
            mods_with_parse_errors: Default::default(),
            dummy_binding,
            node_id_to_def_id: FxHashMap::default(),
            def_id_to_node_id: FxIndexMap::default(),
            item_generics_num_lifetimes: FxHashMap::default(),
            visibilities: FxIndexMap::default(),
            next_node_id: NodeId::from_u32(1),
            determined_imports: Vec::new(),
            indeterminate_imports: Vec::new(),
            potentially_unused_imports: Vec::new(),
            maybe_unused_trait_imports: FxIndexSet::default(),
            used_imports: Default::default(),
            glob_map: FxIndexMap::default(),
            import_res_map: FxHashMap::default(),
            extern_crate_map: FxIndexMap::default(),
            failed_import_names: Default::default(),
            invocation_parents: FxHashMap::default(),
            invocation_parent_scopes: FxHashMap::default(),
            output_macro_rules_scopes: FxHashMap::default(),
            macro_rules_scopes: FxHashMap::default(),
            empty_macro_rules_scope: MacroRulesScopeRef(arenas.alloc_macro_rules_scope(MacroRulesScope::Empty)),
            macro_use_prelude: FxIndexMap::default(),
            macro_map: FxHashMap::default(),
            local_macro_def_scopes: FxHashMap::default(),
            helper_attrs: FxHashMap::default(),
            builtin_attrs_bindings: FxHashMap::default(),
            registered_tools: FxIndexMap::default(),
            containers_deriving_copy: Default::default(),
            derive_data: FxHashMap::default(),
            dummy_ext_bang: dummy(SyntaxExtensionKind::Dummy(error)),
            dummy_ext_derive: dummy(SyntaxExtensionKind::Dummy(error)),
            non_macro_attr: dummy(SyntaxExtensionKind::NonMacroAttr),
            multi_segment_macro_resolutions: Vec::new(),
            single_segment_macro_resolutions: Vec::new(),
            builtin_attrs: Vec::new(),
            unused_macros: FxIndexMap::default(),
            unused_macro_rules: FxIndexMap::default(),
            all_macro_rules: FxIndexSet::default(),
            macro_names: Default::default(),
            proc_macros: Vec::new(),
            stripped_cfg_items: Vec::new(),
            macro_expanded_macro_export_errors: FxIndexSet::default(),
            partial_res_map: hir::resolutions::NodeVec::default(),
            label_res_map: FxHashMap::default(),
            lifetimes_res_map: FxHashMap::default(),
            extra_lifetime_params_map: FxHashMap::default(),
            trait_map: FxHashMap::default(),
            lifetime_elision_allowed: Default::default(),
            pat_span_map: FxHashMap::default(),
            unused_labels: FxIndexMap::default(),
            legacy_const_generic_args: FxHashMap::default(),
            confused_type_with_std_module: FxIndexMap::default(),
            effective_visibilities: Default::default(),
            main_def: None,
            ambiguity_errors: Vec::new(),
            privacy_errors: Vec::new(),
            use_errors: Vec::new(),
            glob_error: false,
            imports_are_final: false,
            name_already_seen: FxHashMap::default(),
            use_placements: FxHashMap::default(),
            has_self: Default::default(),
        };
        resolver.module_map.insert(root_def_id, graph_root);
        resolver.node_id_to_def_id.insert(CRATE_NODE_ID, CRATE_DEF_ID);
        resolver.def_id_to_node_id.insert(CRATE_DEF_ID, CRATE_NODE_ID);
        resolver.visibilities.insert(CRATE_DEF_ID, Visibility::Public);
        tcx.definitions_mut().set_source_span(CRATE_DEF_ID, krate.spans.inner_span);
        resolver.invocation_parents.insert(
            ExpnId::root(),
            InvocationParent {
                parent_def: CRATE_DEF_ID,
                impl_trait_context: ImplTraitContext::Existential,
                in_attr: false,
            },
        );
        let root_scope = crate::macro_scope::ParentScope::module(graph_root, resolver.empty_macro_rules_scope);
        resolver.invocation_parent_scopes.insert(ExpnId::root(), root_scope);
        graph_root.unexpanded_invocations.borrow_mut().insert(ExpnId::root());
        resolver.fill_extern_prelude(krate);
        resolver.fill_tools(krate);
        resolver
    }

    fn fill_extern_prelude(&mut self, krate: &ast::Crate) {
        let session = self.session();
        let mut names: Vec<Symbol> =
            session.opts.externs.iter().filter(|e| e.prelude).map(|e| Symbol::intern(&e.name)).collect();
        if !ast::attr::contains_name(&krate.attrs, sym::no_core) {
            names.push(sym::core);
            if !ast::attr::contains_name(&krate.attrs, sym::no_std) {
                names.push(sym::std);
            }
        }
        for name in names {
            self.extern_prelude.entry(name).or_default().flag_binding = None;
        }
        let flagged: Vec<Symbol> = self.extern_prelude.keys().copied().collect();
        for name in flagged {
            self.extern_prelude[&name].introduced_by_item = false;
        }
    }

    fn fill_tools(&mut self, krate: &ast::Crate) {
        let mut tools: Vec<Ident> = ["clippy", "rustfmt", "diagnostic", "miri", "rust_analyzer"]
            .iter()
            .map(|name| Ident::from_str(name))
            .collect();
        for attr in ast::attr::filter_by_name(&krate.attrs, Symbol::intern("register_tool")) {
            for item in attr.meta_item_list().unwrap_or_default() {
                if let Some(ident) = item.ident() {
                    tools.push(ident);
                }
            }
        }
        for tool in tools {
            let binding = self.new_pub_res_binding(HirRes::ToolMod, tool.span, ExpnId::root());
            self.registered_tools.insert(tool.name, binding);
        }
    }

    pub(crate) fn session(&self) -> &'tcx Session {
        self.tcx.sess()
    }

    pub(crate) fn dcx(&self) -> &'tcx DiagCtxt {
        self.session().dcx()
    }

    // Definitions.

    pub(crate) fn local_def_id(&self, node: NodeId) -> LocalDefId {
        self.opt_local_def_id(node).unwrap_or_else(|| panic!("no definition for node {node:?}"))
    }

    pub(crate) fn opt_local_def_id(&self, node: NodeId) -> Option<LocalDefId> {
        self.node_id_to_def_id.get(&node).copied()
    }

    /// Adds a definition for a node.
    pub(crate) fn create_def(
        &mut self,
        parent: LocalDefId,
        node_id: NodeId,
        name: Option<Symbol>,
        kind: DefKind,
        expn_id: ExpnId,
        span: Span,
    ) -> LocalDefId {
        let def_id = self.tcx.create_def(parent, name, kind, expn_id, span);
        if node_id != ast::DUMMY_NODE_ID {
            self.node_id_to_def_id.insert(node_id, def_id);
            self.def_id_to_node_id.insert(def_id, node_id);
        }
        def_id
    }

    pub(crate) fn def_kind(&self, def_id: DefId) -> DefKind {
        match def_id.as_local() {
            Some(local) => self.tcx.definitions().def_kind(local),
            None => self.tcx.def_kind(def_id),
        }
    }

    pub(crate) fn parent(&self, def_id: DefId) -> DefId {
        self.tcx.parent(def_id)
    }

    /// Whether module `descendant` is `ancestor` or lies in it.
    pub(crate) fn is_descendant_of(&self, mut descendant: DefId, ancestor: DefId) -> bool {
        if descendant.krate != ancestor.krate {
            return false;
        }
        while descendant != ancestor {
            match self.tcx.opt_parent(descendant) {
                Some(parent) => descendant = parent,
                None => return false,
            }
        }
        true
    }

    pub(crate) fn vis_is_at_least(&self, vis: Visibility<DefId>, other: Visibility<DefId>) -> bool {
        match (vis, other) {
            (Visibility::Public, _) => true,
            (Visibility::Restricted(_), Visibility::Public) => false,
            (Visibility::Restricted(id), Visibility::Restricted(other)) => self.is_descendant_of(other, id),
        }
    }

    pub(crate) fn def_span(&self, def_id: DefId) -> Span {
        self.tcx.def_span_or_dummy(def_id)
    }

    /// The span of a definition's name and head, dummy for local ones that are not known.
    pub(crate) fn opt_span(&self, res: Res) -> Option<Span> {
        match res {
            HirRes::Def(_, def_id) => Some(self.def_span(def_id)).filter(|s| !s.is_dummy()),
            _ => None,
        }
    }

    pub(crate) fn res_descr(&self, res: Res) -> &'static str {
        match res {
            HirRes::Def(DefKind::AssocFn, _) => "method",
            _ => res.descr(),
        }
    }

    pub(crate) fn res_article(&self, res: Res) -> &'static str {
        match res {
            HirRes::Def(DefKind::AssocFn, _) => "a",
            _ => res.article(),
        }
    }

    // Modules.

    pub(crate) fn get_module(&mut self, def_id: DefId) -> Option<Module<'ra>> {
        if let Some(&module) = self.module_map.get(&def_id) {
            return Some(module);
        }
        if def_id.is_local() {
            return None;
        }
        let kind = self.def_kind(def_id);
        if !kind.is_module_like() {
            return None;
        }
        let parent = self.tcx.opt_parent(def_id).map(|parent| self.get_nearest_module(parent));
        let name = if def_id.is_crate_root() {
            Some(self.tcx.crate_name(def_id.krate))
        } else {
            self.tcx.opt_item_name(def_id)
        };
        let expansion = self.tcx.expn_that_defined(def_id);
        let span = self.def_span(def_id);
        let no_implicit_prelude = parent.is_some_and(|p| p.no_implicit_prelude);
        let kind = ModuleKind::Def(kind, def_id, name);
        Some(self.new_module(parent, kind, expansion, span, no_implicit_prelude))
    }

    #[track_caller]
    pub(crate) fn expect_module(&mut self, def_id: DefId) -> Module<'ra> {
        self.get_module(def_id).unwrap_or_else(|| panic!("{def_id:?} is no module"))
    }

    /// The module that a definition is or stands in.
    pub(crate) fn get_nearest_module(&mut self, mut def_id: DefId) -> Module<'ra> {
        loop {
            if let Some(module) = self.get_module(def_id) {
                return module;
            }
            def_id = self.parent(def_id);
        }
    }

    pub(crate) fn new_module(
        &mut self,
        parent: Option<Module<'ra>>,
        kind: ModuleKind,
        expansion: ExpnId,
        span: Span,
        no_implicit_prelude: bool,
    ) -> Module<'ra> {
        let module =
            Module(self.arenas.alloc_module(ModuleData::new(parent, kind, expansion, span, no_implicit_prelude)));
        if let ModuleKind::Def(_, def_id, _) = kind {
            self.module_map.insert(def_id, module);
        }
        module
    }

    /// The module where a macro is defined.
    pub(crate) fn macro_def_scope(&mut self, def_id: DefId) -> Module<'ra> {
        match def_id.as_local() {
            Some(local) => self.local_macro_def_scopes.get(&local).copied().unwrap_or(self.graph_root),
            None => self.get_nearest_module(def_id),
        }
    }

    /// The names of a module, filled in from metadata if need be.
    pub(crate) fn ensure_populated(&mut self, module: Module<'ra>) {
        if module.populate_on_access.replace(false) {
            self.build_reduced_graph_external(module);
        }
    }

    /// What is known of a name so far, if anything is.
    pub(crate) fn known_resolution(
        &mut self,
        module: Module<'ra>,
        key: BindingKey,
    ) -> Option<&'ra std::cell::RefCell<NameResolution<'ra>>> {
        self.ensure_populated(module);
        module.0.lazy_resolutions.borrow().get(&key).copied()
    }

    /// What is known of a name, to be added to.
    pub(crate) fn resolution(
        &mut self,
        module: Module<'ra>,
        key: BindingKey,
    ) -> &'ra std::cell::RefCell<NameResolution<'ra>> {
        self.ensure_populated(module);
        let arenas = self.arenas;
        module.0.lazy_resolutions.borrow_mut().entry(key).or_insert_with(|| arenas.alloc_resolution())
    }

    /// Calls `f` with each bound name of a module, in order of definition.
    pub(crate) fn for_each_child(
        &mut self,
        module: Module<'ra>,
        mut f: impl FnMut(&mut Self, Ident, Namespace, NameBinding<'ra>),
    ) {
        self.ensure_populated(module);
        let names: Vec<_> = module.lazy_resolutions.borrow().iter().map(|(k, r)| (*k, *r)).collect();
        for (key, resolution) in names {
            let binding = resolution.borrow().best_binding();
            if let Some(binding) = binding {
                f(self, key.ident, key.ns, binding);
            }
        }
    }

    // Bindings.

    pub(crate) fn new_res_binding(
        &self,
        res: Res,
        vis: Visibility<DefId>,
        span: Span,
        expansion: ExpnId,
    ) -> NameBinding<'ra> {
        self.new_binding(NameBindingKind::Res(res), vis, span, expansion)
    }

    pub(crate) fn new_pub_res_binding(&self, res: Res, span: Span, expansion: ExpnId) -> NameBinding<'ra> {
        self.new_res_binding(res, Visibility::Public, span, expansion)
    }

    pub(crate) fn new_binding(
        &self,
        kind: NameBindingKind<'ra>,
        vis: Visibility<DefId>,
        span: Span,
        expansion: ExpnId,
    ) -> NameBinding<'ra> {
        let data = NameBindingData { kind, ambiguity: None, warn_ambiguity: false, expansion, span, vis };
        NameBinding(self.arenas.alloc_binding(data))
    }

    pub(crate) fn new_ambiguity_binding(
        &self,
        kind: AmbiguityKind,
        primary: NameBinding<'ra>,
        secondary: NameBinding<'ra>,
        warn_ambiguity: bool,
    ) -> NameBinding<'ra> {
        NameBinding(self.arenas.alloc_binding(NameBindingData {
            kind: primary.kind,
            ambiguity: Some((secondary, kind)),
            warn_ambiguity,
            expansion: primary.expansion,
            span: primary.span,
            vis: primary.vis,
        }))
    }

    /// The binding of a module itself, for `crate` and `$crate` as imports' sources.
    pub(crate) fn module_self_binding(&mut self, module: Module<'ra>) -> NameBinding<'ra> {
        if let Some(&binding) = self.module_self_bindings.get(&module) {
            return binding;
        }
        let binding =
            self.new_binding(NameBindingKind::Module(module), Visibility::Public, module.span, ExpnId::root());
        self.module_self_bindings.insert(module, binding);
        binding
    }

    pub(crate) fn prim_ty_binding(&mut self, prim_ty: PrimTy) -> NameBinding<'ra> {
        if let Some(&binding) = self.prim_ty_bindings.get(&prim_ty) {
            return binding;
        }
        let binding = self.new_pub_res_binding(HirRes::PrimTy(prim_ty), DUMMY_SP, ExpnId::root());
        self.prim_ty_bindings.insert(prim_ty, binding);
        binding
    }

    pub(crate) fn builtin_attr_binding(&mut self, ident: Ident) -> Option<NameBinding<'ra>> {
        if let Some(&binding) = self.builtin_attrs_bindings.get(&ident.name) {
            return Some(binding);
        }
        if !crate::builtin_attrs::is_builtin_attr_name(ident.name) {
            return None;
        }
        let res = HirRes::NonMacroAttr(hir::def::NonMacroAttrKind::Builtin(ident.name));
        let binding = self.new_pub_res_binding(res, DUMMY_SP, ExpnId::root());
        self.builtin_attrs_bindings.insert(ident.name, binding);
        Some(binding)
    }

    pub(crate) fn registered_tool_binding(&self, ident: Ident) -> Option<NameBinding<'ra>> {
        self.registered_tools.get(&ident.name).copied()
    }

    /// The crate of this name, if a path may start with it.
    pub(crate) fn extern_prelude_get(&mut self, ident: Ident, finalize: bool) -> Option<NameBinding<'ra>> {
        let ident = ident.normalize_to_macros_2_0();
        if !ident.span.ctxt().is_root() {
            return None;
        }
        let name = ident.name;
        let entry = self.extern_prelude.get(&name)?;
        if let Some(binding) = entry.item_binding {
            if finalize {
                // `extern crate a;` used only as `a::f()`: counts as a use of the item where it made the name.
                let used = if entry.introduced_by_item { Used::Other } else { Used::Scope };
                self.record_use(ident, binding, used);
            }
            return Some(binding);
        }
        if let Some(loaded) = entry.flag_binding {
            return loaded;
        }
        let cstore = self.tcx.cstore();
        let krate = if finalize { cstore.load_crate(name, ident.span).ok() } else { cstore.maybe_load_crate(name) };
        let Some(krate) = krate else {
            if finalize {
                // Reported: whatever follows from it is not.
                self.extern_prelude[&name].flag_binding = Some(Some(self.dummy_binding));
                return Some(self.dummy_binding);
            }
            return None;
        };
        let module = self.expect_module(krate.as_def_id());
        let binding = self.new_binding(NameBindingKind::Module(module), Visibility::Public, DUMMY_SP, ExpnId::root());
        self.extern_prelude[&name].flag_binding = Some(Some(binding));
        Some(binding)
    }

    // Uses.

    /// Notes that a name was used: its imports and macros are not unused, and its ambiguity counts.
    pub(crate) fn record_use(&mut self, ident: Ident, binding: NameBinding<'ra>, used: Used) {
        self.record_use_inner(ident, binding, used, binding.warn_ambiguity_recursive());
    }

    fn record_use_inner(&mut self, ident: Ident, binding: NameBinding<'ra>, used: Used, warn_ambiguity: bool) {
        if let Some((b2, kind)) = binding.ambiguity {
            let error = crate::errors::AmbiguityError {
                kind,
                ident,
                b1: binding,
                b2,
                misc1: crate::errors::AmbiguityErrorMisc::None,
                misc2: crate::errors::AmbiguityErrorMisc::None,
                warning: warn_ambiguity,
            };
            if !self.matches_previous_ambiguity_error(&error) {
                self.ambiguity_errors.push(error);
            }
        }
        if let NameBindingKind::Import { import, binding } = binding.kind {
            if let ImportKind::MacroUse { warn_private: true } = import.kind {
                let msg = format!("macro `{ident}` is private");
                self.buffer_lint(&session::lint::PRIVATE_MACRO_USE, import.root_id, ident.span, msg, |_| {});
            }
            import.used.set(true);
            if let Some(id) = import.id() {
                self.used_imports.insert(id);
            }
            if import.is_glob()
                && let Some(id) = import.id()
                && let Some(def_id) = self.opt_local_def_id(id)
            {
                self.glob_map.entry(def_id).or_default().insert(ident.name);
            }
            if let ImportKind::ExternCrate { .. } = import.kind
                && used == Used::Scope
                && let Some(entry) = self.extern_prelude.get(&ident.name)
                && !entry.introduced_by_item
                && entry.item_binding.is_some_and(|b| b == binding)
            {
                return;
            }
            self.record_use_inner(ident, binding, Used::Other, warn_ambiguity || binding.warn_ambiguity);
        }
    }

    fn matches_previous_ambiguity_error(&self, ambi: &crate::errors::AmbiguityError<'ra>) -> bool {
        self.ambiguity_errors.iter().any(|a| {
            a.kind == ambi.kind
                && a.ident == ambi.ident
                && a.ident.span == ambi.ident.span
                && a.b1.span == ambi.b1.span
                && a.b2.span == ambi.b2.span
        })
    }

    /// Whether an associated function is a method.
    pub(crate) fn assoc_fn_has_self(&self, def_id: DefId) -> bool {
        match def_id.as_local() {
            Some(local) => self.has_self.contains(&local),
            None => self.tcx.associated_item(def_id).is_method(),
        }
    }

    /// The arguments that `#[rustc_legacy_const_generics(..)]` of another crate's function names.
    pub(crate) fn foreign_legacy_const_generics(&self, def_id: DefId) -> Option<Vec<usize>> {
        let attr = self.tcx.attrs(def_id).iter().find(|attr| attr.has_name(sym::rustc_legacy_const_generics))?;
        let list = attr.item()?.meta_item_list()?;
        Some(list.iter().filter_map(|item| item.lit()?.symbol.as_str().parse().ok()).collect())
    }
}
