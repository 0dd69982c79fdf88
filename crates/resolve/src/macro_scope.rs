//! Textual scopes of `macro_rules!` macros: a chain of definitions and of macro calls that may contain some.
//!
//! `macro_rules! a; m!(); macro_rules! b;` has, behind it, the scope `b -> (what m!() defines) -> a -> empty`.

use std::cell::Cell;
use std::ptr;

use span::{ExpnId, Ident};

use crate::module::{Module, NameBinding};

/// One definition in the chain.
pub(crate) struct MacroRulesBinding<'ra> {
    pub binding: NameBinding<'ra>,
    /// The scope in which it was defined.
    pub parent_macro_rules_scope: MacroRulesScopeRef<'ra>,
    pub ident: Ident,
}

/// The innermost link of a chain.
#[derive(Clone, Copy)]
pub(crate) enum MacroRulesScope<'ra> {
    /// The crate's start, before any macro.
    Empty,
    Binding(&'ra MacroRulesBinding<'ra>),
    /// Behind a macro call that has not been expanded (or whose output's scope is to be looked up).
    Invocation(ExpnId),
}

/// A scope that changes as macro calls in it are expanded.
#[derive(Clone, Copy)]
pub(crate) struct MacroRulesScopeRef<'ra>(pub(crate) &'ra Cell<MacroRulesScope<'ra>>);

impl<'ra> MacroRulesScopeRef<'ra> {
    pub(crate) fn get(self) -> MacroRulesScope<'ra> {
        self.0.get()
    }
    pub(crate) fn set(self, scope: MacroRulesScope<'ra>) {
        self.0.set(scope);
    }
}

impl PartialEq for MacroRulesScopeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl Eq for MacroRulesScopeRef<'_> {}

impl std::hash::Hash for MacroRulesScopeRef<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        ptr::hash(self.0, state);
    }
}

/// Where a name stands that is to be resolved: all that its meaning can depend on.
#[derive(Clone, Copy)]
pub(crate) struct ParentScope<'ra> {
    pub module: Module<'ra>,
    pub expansion: ExpnId,
    pub macro_rules: MacroRulesScopeRef<'ra>,
    /// The paths of the `#[derive(..)]`s on the item whose attribute is being resolved.
    pub derives: &'ra [ast::Path],
}

impl<'ra> ParentScope<'ra> {
    /// At the start of a module, outside any macro.
    pub(crate) fn module(module: Module<'ra>, empty: MacroRulesScopeRef<'ra>) -> Self {
        ParentScope { module, expansion: ExpnId::root(), macro_rules: empty, derives: &[] }
    }
}
