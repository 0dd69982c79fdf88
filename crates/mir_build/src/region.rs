//! The tree of scopes of a body: when variables and temporaries die (Reference, "Destructors", "Drop scopes").
//!
//! Each node is a scope; statements, arms, loop bodies and function bodies have a *destruction scope* around them, to
//! which temporaries are dropped. `let` makes a *remainder* scope of the rest of its block. Edition 2024 ends the
//! temporaries of a block's tail expression with it, and those of an `if`'s condition before `else`.

mod extend;
mod resolve;

pub use resolve::region_scope_tree;

use hir::ItemLocalId;
use span::FxIndexMap;

/// A scope.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    pub local_id: ItemLocalId,
    pub data: ScopeData,
}

/// What of a node the scope is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ScopeData {
    Node,
    /// The whole call: parameters' destructors too.
    CallSite,
    /// Where the parameters live.
    Arguments,
    /// The node and the destruction of its temporaries.
    Destruction,
    /// Condition and then-block, for variables of `if let`.
    IfThen,
    /// The same in edition 2024: temporaries of the condition too.
    IfThenRescope,
    /// A guard and the arm's body.
    MatchGuard,
    /// The rest of a block behind the `n`th statement.
    Remainder(u32),
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let id = self.local_id.as_u32();
        match self.data {
            ScopeData::Node => write!(f, "Node({id})"),
            ScopeData::CallSite => write!(f, "CallSite({id})"),
            ScopeData::Arguments => write!(f, "Arguments({id})"),
            ScopeData::Destruction => write!(f, "Destruction({id})"),
            ScopeData::IfThen => write!(f, "IfThen({id})"),
            ScopeData::IfThenRescope => write!(f, "IfThen[edition2024]({id})"),
            ScopeData::MatchGuard => write!(f, "MatchGuard({id})"),
            ScopeData::Remainder(n) => write!(f, "Remainder {{ block: {id}, first_statement_index: {n}}}"),
        }
    }
}

/// How long a temporary lives; `None` is to the end of the program (constants).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TempLifetime {
    pub temp_lifetime: Option<Scope>,
    /// The scope in which edition 2024 would drop it, if that differs.
    pub backwards_incompatible: Option<Scope>,
}

/// The scopes of a body.
#[derive(Clone, Default, Debug)]
pub struct ScopeTree {
    parent_map: FxIndexMap<Scope, Scope>,
    var_map: FxIndexMap<ItemLocalId, Scope>,
    destruction_scopes: FxIndexMap<ItemLocalId, Scope>,
    /// Temporaries whose life is extended by `let` and the like.
    extended: FxIndexMap<ItemLocalId, Option<Scope>>,
    backwards_incompatible: FxIndexMap<ItemLocalId, Scope>,
}

impl ScopeTree {
    pub(crate) fn record_scope_parent(&mut self, child: Scope, parent: Option<Scope>) {
        if let Some(p) = parent {
            self.parent_map.insert(child, p);
        }
        if child.data == ScopeData::Destruction {
            self.destruction_scopes.insert(child.local_id, child);
        }
    }
    /// The destruction scope of a node.
    pub fn opt_destruction_scope(&self, n: ItemLocalId) -> Option<Scope> {
        self.destruction_scopes.get(&n).copied()
    }
    /// The scope in which a variable lives.
    pub fn var_scope(&self, var: ItemLocalId) -> Option<Scope> {
        self.var_map.get(&var).copied()
    }
    pub fn opt_encl_scope(&self, id: Scope) -> Option<Scope> {
        self.parent_map.get(&id).copied()
    }
    /// Whether `sub` lies in `sup`, or is it.
    pub fn is_subscope_of(&self, sub: Scope, sup: Scope) -> bool {
        let mut s = sub;
        while s != sup {
            match self.opt_encl_scope(s) {
                Some(parent) => s = parent,
                None => return false,
            }
        }
        true
    }
    /// How long the temporary of an expression lives.
    pub fn temporary_scope(&self, expr: ItemLocalId) -> TempLifetime {
        if let Some(&scope) = self.extended.get(&expr) {
            return TempLifetime { temp_lifetime: scope, backwards_incompatible: None };
        }
        self.default_temporary_scope(Scope { local_id: expr, data: ScopeData::Node })
    }
    /// The nearest scope around `inner` that ends temporaries.
    pub(crate) fn default_temporary_scope(&self, inner: Scope) -> TempLifetime {
        let mut id = inner;
        let mut backwards_incompatible = None;
        while let Some(&p) = self.parent_map.get(&id) {
            match p.data {
                ScopeData::Destruction => {
                    return TempLifetime { temp_lifetime: Some(id), backwards_incompatible };
                }
                ScopeData::IfThenRescope | ScopeData::MatchGuard => {
                    return TempLifetime { temp_lifetime: Some(p), backwards_incompatible };
                }
                ScopeData::Node
                | ScopeData::CallSite
                | ScopeData::Arguments
                | ScopeData::IfThen
                | ScopeData::Remainder(_) => {
                    if backwards_incompatible.is_none() {
                        backwards_incompatible = self.backwards_incompatible.get(&p.local_id).copied();
                    }
                    id = p;
                }
            }
        }
        TempLifetime { temp_lifetime: None, backwards_incompatible }
    }
}
