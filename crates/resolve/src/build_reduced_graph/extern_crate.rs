//! `extern crate a as b;`, with or without `#[macro_use]`.

use std::cell::Cell;

use ast::{Item, ItemKind};
use diagnostics::codes::*;
use hir::def::{Namespace::*, Res as HirRes};
use hir::resolutions::Visibility;
use span::def_id::CRATE_DEF_ID;
use span::{ExpnId, Ident, Span, Symbol, kw, sym};

use super::GraphBuilder;
use crate::import::{Import, ImportData, ImportKind, ModuleOrUniformRoot};
use crate::module::{Module, NameBinding};
use crate::path::Ignore;

impl<'ra> GraphBuilder<'_, 'ra, '_> {
    pub(super) fn build_for_extern_crate(
        &mut self,
        orig_name: Option<Symbol>,
        ident: Ident,
        item: &Item,
        vis: Visibility,
    ) {
        let expansion = self.parent_scope.expansion;
        let parent = self.parent_scope.module;
        let local_def_id = self.r.local_def_id(item.id);
        let module = if orig_name.is_none() && ident.name == kw::SelfLower {
            self.r
                .dcx()
                .struct_span_err(item.span, "`extern crate self;` requires renaming")
                .with_span_suggestion(
                    item.span,
                    "rename the `self` crate to be able to import it",
                    "extern crate self as name;",
                    diagnostics::Applicability::HasPlaceholders,
                )
                .emit();
            return;
        } else if orig_name == Some(kw::SelfLower) {
            Some(self.r.graph_root)
        } else {
            let krate = self.r.tcx.cstore().load_crate(orig_name.unwrap_or(ident.name), item.span).ok();
            krate.map(|krate| {
                self.r.extern_crate_map.insert(local_def_id, krate);
                self.r.expect_module(krate.as_def_id())
            })
        };
        let (used, binding) = match module {
            Some(module) => (self.process_macro_use_imports(item, module), self.r.module_self_binding(module)),
            None => (true, self.r.dummy_binding),
        };
        let kind = ImportKind::ExternCrate { source: orig_name, target: ident, id: item.id };
        let import = self.new_import(kind, item, item.span, module, vis);
        import.used.set(used);
        self.r.potentially_unused_imports.push(import);
        let imported_binding = self.r.import(binding, import);
        let normalized = ident.normalize_to_macros_2_0();
        // One of a `macro` 2.0 is that macro's own.
        if parent == self.r.graph_root && ident.name != kw::Underscore && normalized.span.ctxt().is_root() {
            let name = normalized.name;
            if let Some(entry) = self.r.extern_prelude.get(&name)
                && expansion != ExpnId::root()
                && orig_name.is_some()
                && entry.item_binding.is_none()
            {
                let msg = "macro-expanded `extern crate` items cannot shadow names passed with `--extern`";
                self.r.dcx().span_err(item.span, msg);
            }
            let entry = self
                .r
                .extern_prelude
                .entry(name)
                .or_insert_with(|| crate::ExternPreludeEntry { introduced_by_item: true, ..Default::default() });
            if orig_name.is_some() {
                entry.introduced_by_item = true;
            }
            // An item takes precedence over `--extern`.
            if entry.item_binding.is_none() {
                entry.item_binding = Some(imported_binding);
            }
        }
        self.r.define(parent, ident, TypeNS, imported_binding);
    }

    fn new_import(
        &mut self,
        kind: ImportKind<'ra>,
        item: &Item,
        span: Span,
        module: Option<Module<'ra>>,
        vis: Visibility,
    ) -> Import<'ra> {
        Import(self.r.arenas.alloc_import(ImportData {
            kind,
            root_id: item.id,
            use_span: item.span,
            span,
            root_span: span,
            parent_scope: self.parent_scope,
            module_path: Vec::new(),
            imported_module: Cell::new(module.map(ModuleOrUniformRoot::Module)),
            vis: vis.to_def_id(),
            used: Cell::new(false),
        }))
    }

    /// Brings in the macros that `#[macro_use]` asks for; whether there is such an attribute.
    fn process_macro_use_imports(&mut self, item: &Item, module: Module<'ra>) -> bool {
        let mut import_all = None;
        let mut single_imports: Vec<Ident> = Vec::new();
        for attr in ast::attr::filter_by_name(&item.attrs, sym::macro_use) {
            if self.parent_scope.module.parent.is_some() {
                self.r
                    .dcx()
                    .struct_span_err(
                        item.span,
                        "an `extern crate` loading macros into the current crate must be at the crate root",
                    )
                    .with_code(E0468)
                    .emit();
            }
            if let ItemKind::ExternCrate(Some(kw::SelfLower), _) = item.kind {
                let msg = "`#[macro_use]` is not supported on `extern crate self`";
                self.r.dcx().span_err(attr.span, msg);
            }
            if attr.is_word() {
                import_all = Some(attr.span);
                continue;
            }
            match attr.meta_item_list() {
                Some(list) => {
                    for nested in list {
                        match nested.ident() {
                            Some(ident) if nested.is_word() => single_imports.push(ident),
                            _ => self.bad_macro_import(nested.span()),
                        }
                    }
                }
                None => self.bad_macro_import(attr.span),
            }
        }

        let crate_vis = Visibility::Restricted(CRATE_DEF_ID);
        let allow_shadowing = self.parent_scope.expansion == ExpnId::root();
        if let Some(span) = import_all {
            let import =
                self.new_import(ImportKind::MacroUse { warn_private: false }, item, span, Some(module), crate_vis);
            self.r.potentially_unused_imports.push(import);
            let mut macros = Vec::new();
            self.r.for_each_child(module, |_, ident, ns, binding| {
                if ns == MacroNS {
                    macros.push((ident, binding));
                }
            });
            let mut private_import = None;
            for (ident, binding) in macros {
                let import = if self.r.is_accessible_from(binding.vis, self.parent_scope.module) {
                    import
                } else if !self.r.is_builtin_macro(binding.res()) && !self.r.macro_use_prelude.contains_key(&ident.name)
                {
                    // A private macro that happened to be reachable so: warned about when used.
                    *private_import.get_or_insert_with(|| {
                        let kind = ImportKind::MacroUse { warn_private: true };
                        self.new_import(kind, item, span, Some(module), crate_vis)
                    })
                } else {
                    continue;
                };
                let binding = self.r.import(binding, import);
                self.add_macro_use_binding(ident.name, binding, span, allow_shadowing);
            }
        } else {
            for ident in &single_imports {
                let found = self.r.resolve_ident_in_module(
                    ModuleOrUniformRoot::Module(module),
                    *ident,
                    MacroNS,
                    &self.parent_scope,
                    None,
                    Ignore::default(),
                );
                match found {
                    Ok(binding) => {
                        let kind = ImportKind::MacroUse { warn_private: false };
                        let import = self.new_import(kind, item, ident.span, Some(module), crate_vis);
                        self.r.potentially_unused_imports.push(import);
                        let binding = self.r.import(binding, import);
                        self.add_macro_use_binding(ident.name, binding, ident.span, allow_shadowing);
                    }
                    Err(_) => {
                        self.r.dcx().struct_span_err(ident.span, "imported macro not found").with_code(E0469).emit();
                    }
                }
            }
        }
        import_all.is_some() || !single_imports.is_empty()
    }

    fn bad_macro_import(&mut self, span: Span) {
        self.r.dcx().struct_span_err(span, "bad macro import").with_code(E0466).emit();
    }

    /// Enters a macro in the `#[macro_use]` prelude.
    fn add_macro_use_binding(&mut self, name: Symbol, binding: NameBinding<'ra>, span: Span, allow_shadowing: bool) {
        if self.r.macro_use_prelude.insert(name, binding).is_some() && !allow_shadowing {
            self.r
                .dcx()
                .struct_span_err(span, format!("`{name}` is already in scope"))
                .with_note("macro-expanded `#[macro_use]`s may not shadow existing macros (see RFC 1560)")
                .emit();
        }
        debug_assert!(!matches!(binding.res(), HirRes::Local(_)));
    }
}
