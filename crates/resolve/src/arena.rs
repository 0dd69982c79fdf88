//! Where modules, bindings, imports and legacy macro scopes live while a crate is being resolved.
//!
//! They refer to one another in cycles, so they are handed out as shared references that live as long as the
//! arena; their changing parts are cells. Everything is dropped with the resolver.

use std::cell::{Cell, RefCell};

use crate::import::ImportData;
use crate::macro_scope::{MacroRulesBinding, MacroRulesScope};
use crate::module::{ModuleData, NameBindingData, NameResolution};

/// A list of values with stable addresses.
struct TypedArena<T> {
    /// Each filled up to its capacity at most, so that its elements stay where they are.
    chunks: RefCell<Vec<Vec<T>>>,
}

impl<T> Default for TypedArena<T> {
    fn default() -> Self {
        TypedArena { chunks: RefCell::default() }
    }
}

impl<T> TypedArena<T> {
    #[allow(clippy::mut_from_ref)]
    fn alloc(&self, value: T) -> &T {
        let mut chunks = self.chunks.borrow_mut();
        if chunks.last().is_none_or(|chunk| chunk.len() == chunk.capacity()) {
            let capacity = chunks.last().map_or(16, |chunk| (chunk.capacity() * 2).min(4096));
            chunks.push(Vec::with_capacity(capacity));
        }
        let chunk = chunks.last_mut().expect("one was pushed if there was none");
        chunk.push(value);
        let ptr: *const T = &raw const chunk[chunk.len() - 1];
        // SAFETY: a chunk never grows beyond its capacity, so its elements do not move; they are never taken out while the
        // arena lives, and only shared references are handed out.
        unsafe { &*ptr }
    }
}

/// See the module's documentation.
#[derive(Default)]
pub(crate) struct ResolverArenas<'ra> {
    modules: TypedArena<ModuleData<'ra>>,
    bindings: TypedArena<NameBindingData<'ra>>,
    imports: TypedArena<ImportData<'ra>>,
    resolutions: TypedArena<RefCell<NameResolution<'ra>>>,
    macro_rules_scopes: TypedArena<Cell<MacroRulesScope<'ra>>>,
    macro_rules_bindings: TypedArena<MacroRulesBinding<'ra>>,
    paths: TypedArena<Vec<ast::Path>>,
}

impl<'ra> ResolverArenas<'ra> {
    pub(crate) fn alloc_module(&'ra self, module: ModuleData<'ra>) -> &'ra ModuleData<'ra> {
        self.modules.alloc(module)
    }
    pub(crate) fn alloc_binding(&'ra self, binding: NameBindingData<'ra>) -> &'ra NameBindingData<'ra> {
        self.bindings.alloc(binding)
    }
    pub(crate) fn alloc_import(&'ra self, import: ImportData<'ra>) -> &'ra ImportData<'ra> {
        self.imports.alloc(import)
    }
    pub(crate) fn alloc_resolution(&'ra self) -> &'ra RefCell<NameResolution<'ra>> {
        self.resolutions.alloc(RefCell::default())
    }
    pub(crate) fn alloc_macro_rules_scope(&'ra self, scope: MacroRulesScope<'ra>) -> &'ra Cell<MacroRulesScope<'ra>> {
        self.macro_rules_scopes.alloc(Cell::new(scope))
    }
    pub(crate) fn alloc_macro_rules_binding(&'ra self, binding: MacroRulesBinding<'ra>) -> &'ra MacroRulesBinding<'ra> {
        self.macro_rules_bindings.alloc(binding)
    }
    pub(crate) fn alloc_paths(&'ra self, paths: &[ast::Path]) -> &'ra [ast::Path] {
        if paths.is_empty() { &[] } else { self.paths.alloc(paths.to_vec()) }
    }
}
