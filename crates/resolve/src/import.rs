//! The data of imports: `use` declarations, `extern crate` items, and what `#[macro_use]` and
//! `#[macro_export]` bring in.

use std::cell::Cell;
use std::fmt;

use ast::NodeId;
use hir::def::PerNS;
use hir::resolutions::Visibility;
use span::def_id::DefId;
use span::{Ident, Span, Symbol};

use crate::macro_scope::ParentScope;
use crate::module::{Module, NameBinding, by_address};
use crate::path::Segment;

/// An import by reference; two are equal if they are the same.
#[derive(Clone, Copy)]
pub(crate) struct Import<'ra>(pub(crate) &'ra ImportData<'ra>);
by_address! { Import: ImportData; }

/// The state of a single import in one namespace.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ImportSource<'ra> {
    /// Not known yet.
    #[default]
    Pending,
    /// There is nothing of this name.
    None,
    Found(NameBinding<'ra>),
}

/// What an import imports.
pub(crate) enum ImportKind<'ra> {
    Single {
        /// `source` in `use prefix::source as target`.
        source: Ident,
        target: Ident,
        source_bindings: PerNS<Cell<ImportSource<'ra>>>,
        /// The bindings made for it in the module where it stands.
        target_bindings: PerNS<Cell<Option<NameBinding<'ra>>>>,
        /// `use a::{self}` brings in only types and modules.
        type_ns_only: bool,
        /// Stands in braces.
        nested: bool,
        id: NodeId,
    },
    Glob {
        /// `#[prelude_import]`
        is_prelude: bool,
        /// The most visible thing it brought in, for "glob import doesn't reexport anything".
        max_vis: Cell<Option<Visibility<DefId>>>,
        id: NodeId,
    },
    ExternCrate {
        /// The crate's own name, if renamed.
        source: Option<Symbol>,
        target: Ident,
        id: NodeId,
    },
    MacroUse {
        /// Whether a warning about an unused `#[macro_use]` is in order.
        warn_private: bool,
    },
    MacroExport,
}

/// One import.
pub(crate) struct ImportData<'ra> {
    pub kind: ImportKind<'ra>,
    /// The id of the whole `use` item: nested imports share it.
    pub root_id: NodeId,
    /// The span of the `use` item (or of the nested tree).
    pub use_span: Span,
    /// The span of this import's leaf.
    pub span: Span,
    pub root_span: Span,
    pub parent_scope: ParentScope<'ra>,
    pub module_path: Vec<Segment>,
    /// What `module_path` leads to, once known.
    pub imported_module: Cell<Option<ModuleOrUniformRoot<'ra>>>,
    pub vis: Visibility<DefId>,
    /// Whether it was needed: in its own scope, or elsewhere.
    pub used: Cell<bool>,
}

impl<'ra> ImportData<'ra> {
    pub(crate) fn is_glob(&self) -> bool {
        matches!(self.kind, ImportKind::Glob { .. })
    }

    pub(crate) fn is_nested(&self) -> bool {
        matches!(self.kind, ImportKind::Single { nested: true, .. })
    }

    pub(crate) fn id(&self) -> Option<NodeId> {
        match self.kind {
            ImportKind::Single { id, .. } | ImportKind::Glob { id, .. } | ImportKind::ExternCrate { id, .. } => {
                Some(id)
            }
            ImportKind::MacroUse { .. } | ImportKind::MacroExport => None,
        }
    }
}

impl fmt::Debug for Import<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "import at {:?}", self.span)
    }
}

/// Where the first name of an import's path, or a name behind a resolved prefix, is looked up.
#[derive(Clone, Copy)]
pub(crate) enum ModuleOrUniformRoot<'ra> {
    Module(Module<'ra>),
    /// `::a` in the 2015 edition where extern crates are a fallback: the crate root, then extern crates.
    CrateRootAndExternPrelude,
    /// `::a` since 2018: extern crates only.
    ExternPrelude,
    /// A relative path since 2018: what is in scope.
    CurrentScope,
}

impl PartialEq for ModuleOrUniformRoot<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (ModuleOrUniformRoot::Module(a), ModuleOrUniformRoot::Module(b)) => a == b,
            (ModuleOrUniformRoot::CrateRootAndExternPrelude, ModuleOrUniformRoot::CrateRootAndExternPrelude)
            | (ModuleOrUniformRoot::ExternPrelude, ModuleOrUniformRoot::ExternPrelude)
            | (ModuleOrUniformRoot::CurrentScope, ModuleOrUniformRoot::CurrentScope) => true,
            _ => false,
        }
    }
}
