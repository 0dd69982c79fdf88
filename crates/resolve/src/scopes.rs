//! The order of lexical scopes outside functions: where a name that starts an import's, a macro's or an item's path is
//! looked for, from the innermost place outwards.
//!
//! For types: modules (blocks first), extern crates, tools, the standard prelude, built-in types. For values: modules,
//! the prelude. For macros: derive helpers, textual `macro_rules!`, modules, `#[macro_use]` imports, the prelude,
//! built-in attributes.

use hir::def::Namespace::{self, *};
use span::{ExpnId, ExpnKind, Ident, MacroKind, SyntaxContext};

use crate::Resolver;
use crate::macro_scope::{MacroRulesScope, MacroRulesScopeRef, ParentScope};
use crate::module::{Module, ModuleKind};

/// A lexical scope.
#[derive(Clone, Copy)]
pub(crate) enum Scope<'ra> {
    /// Attributes that a derive on the same item gives meaning to.
    DeriveHelpers(ExpnId),
    /// The same, written before the derive.
    DeriveHelpersCompat,
    MacroRules(MacroRulesScopeRef<'ra>),
    CrateRoot,
    Module(Module<'ra>),
    MacroUsePrelude,
    BuiltinAttrs,
    ExternPrelude,
    ToolPrelude,
    StdLibPrelude,
    BuiltinTypes,
}

/// Which scopes to visit.
#[derive(Clone, Copy)]
pub(crate) enum ScopeSet<'ra> {
    All(Namespace),
    /// The crate root, then extern crates (2015 `::a`).
    AbsolutePath(Namespace),
    Macro(MacroKind),
    /// All, from this module outwards; without checks for ambiguity.
    Late(Namespace, Module<'ra>),
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// Calls `visitor` with each scope of the set, whether preludes apply, and the context that the name has there.
    pub(crate) fn visit_scopes<T>(
        &mut self,
        scope_set: ScopeSet<'ra>,
        parent_scope: &ParentScope<'ra>,
        mut ctxt: SyntaxContext,
        mut visitor: impl FnMut(&mut Self, Scope<'ra>, bool, SyntaxContext) -> Option<T>,
    ) -> Option<T> {
        let rust_2015 = ctxt.edition().is_rust_2015();
        let (ns, macro_kind, is_absolute_path) = match scope_set {
            ScopeSet::All(ns) | ScopeSet::Late(ns, _) => (ns, None, false),
            ScopeSet::AbsolutePath(ns) => (ns, None, true),
            ScopeSet::Macro(kind) => (MacroNS, Some(kind), false),
        };
        let module = match scope_set {
            // Late resolution has visited the blocks itself.
            ScopeSet::Late(_, module) => module,
            _ => parent_scope.module.nearest_item_scope(),
        };
        let mut scope = match ns {
            _ if is_absolute_path => Scope::CrateRoot,
            TypeNS | ValueNS => Scope::Module(module),
            MacroNS => Scope::DeriveHelpers(parent_scope.expansion),
        };
        ctxt = ctxt.normalize_to_macros_2_0();
        let mut use_prelude = !module.no_implicit_prelude;

        loop {
            let visit = match scope {
                // Derives do not see the helpers of derives beside them.
                Scope::DeriveHelpers(expn_id) => {
                    !(expn_id == parent_scope.expansion && macro_kind == Some(MacroKind::Derive))
                }
                Scope::MacroRules(scope) => {
                    // Expanded calls are replaced by what they define, once for all.
                    while let MacroRulesScope::Invocation(invoc_id) = scope.get() {
                        match self.output_macro_rules_scopes.get(&invoc_id) {
                            Some(output) => scope.set(output.get()),
                            None => break,
                        }
                    }
                    true
                }
                Scope::DeriveHelpersCompat | Scope::CrateRoot | Scope::Module(_) => true,
                Scope::MacroUsePrelude => use_prelude || rust_2015,
                Scope::BuiltinAttrs | Scope::BuiltinTypes => true,
                Scope::ExternPrelude => use_prelude || is_absolute_path,
                Scope::ToolPrelude => use_prelude,
                Scope::StdLibPrelude => use_prelude || ns == MacroNS,
            };
            if visit && let Some(result) = visitor(self, scope, use_prelude, ctxt) {
                return Some(result);
            }
            scope = match scope {
                Scope::DeriveHelpers(expn_id) if expn_id == ExpnId::root() => Scope::DeriveHelpersCompat,
                Scope::DeriveHelpers(expn_id) => {
                    // Helpers are visible in what derives and function-like macros inside the item expand to.
                    let data = expn_id.expn_data();
                    match data.kind {
                        ExpnKind::Root | ExpnKind::Macro(MacroKind::Bang | MacroKind::Derive, _) => {
                            Scope::DeriveHelpers(data.parent)
                        }
                        _ => Scope::DeriveHelpersCompat,
                    }
                }
                Scope::DeriveHelpersCompat => Scope::MacroRules(parent_scope.macro_rules),
                Scope::MacroRules(scope) => match scope.get() {
                    MacroRulesScope::Binding(binding) => Scope::MacroRules(binding.parent_macro_rules_scope),
                    MacroRulesScope::Invocation(invoc_id) => {
                        Scope::MacroRules(self.invocation_parent_scopes[&invoc_id].macro_rules)
                    }
                    MacroRulesScope::Empty => Scope::Module(module),
                },
                Scope::CrateRoot => match ns {
                    TypeNS => {
                        ctxt.adjust(ExpnId::root());
                        Scope::ExternPrelude
                    }
                    ValueNS | MacroNS => return None,
                },
                Scope::Module(module) => {
                    use_prelude = !module.no_implicit_prelude;
                    match self.hygienic_lexical_parent(module, &mut ctxt) {
                        Some(parent) => Scope::Module(parent),
                        None => {
                            ctxt.adjust(ExpnId::root());
                            match ns {
                                TypeNS => Scope::ExternPrelude,
                                ValueNS => Scope::StdLibPrelude,
                                MacroNS => Scope::MacroUsePrelude,
                            }
                        }
                    }
                }
                Scope::MacroUsePrelude => Scope::StdLibPrelude,
                Scope::BuiltinAttrs => return None,
                Scope::ExternPrelude if is_absolute_path => return None,
                Scope::ExternPrelude => Scope::ToolPrelude,
                Scope::ToolPrelude => Scope::StdLibPrelude,
                Scope::StdLibPrelude => match ns {
                    TypeNS => Scope::BuiltinTypes,
                    ValueNS => return None,
                    MacroNS => Scope::BuiltinAttrs,
                },
                Scope::BuiltinTypes => return None,
            };
        }
    }

    /// The module outside `module` in which a name with this context is looked for next: behind a block its surroundings,
    /// for a name of a `macro` 2.0 the macro's module.
    fn hygienic_lexical_parent(&mut self, module: Module<'ra>, ctxt: &mut SyntaxContext) -> Option<Module<'ra>> {
        if !module.expansion.outer_expn_is_descendant_of(*ctxt) {
            let expn = ctxt.remove_mark();
            return Some(self.expn_def_scope(expn));
        }
        if let ModuleKind::Block = module.kind {
            return module.parent.map(Module::nearest_item_scope);
        }
        None
    }

    /// The module where the macro of an expansion is defined.
    pub(crate) fn expn_def_scope(&mut self, expn: ExpnId) -> Module<'ra> {
        match expn.expn_data().macro_def_id {
            Some(def_id) => self.macro_def_scope(def_id),
            None => match expn.expn_data().parent_module {
                Some(def_id) => self.expect_module(def_id),
                // What the compiler puts in sees no names of the crate.
                None if matches!(expn.expn_data().kind, ExpnKind::AstPass(_)) => self.empty_module,
                None => self.graph_root,
            },
        }
    }

    /// The innermost macro definition that a context's name was written in.
    pub(crate) fn macro_def(&self, mut ctxt: SyntaxContext) -> span::def_id::DefId {
        loop {
            match ctxt.outer_expn_data().macro_def_id {
                Some(def_id) => return def_id,
                None => {
                    if ctxt.is_root() {
                        return span::def_id::CRATE_DEF_ID.to_def_id();
                    }
                    ctxt.remove_mark();
                }
            }
        }
    }

    /// An identifier at another hygiene context.
    pub(crate) fn with_ctxt(ident: Ident, ctxt: SyntaxContext) -> Ident {
        Ident::new(ident.name, ident.span.with_ctxt(ctxt))
    }
}
