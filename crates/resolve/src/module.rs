//! Modules, the names in them, and what those names are bound to.
//!
//! A [`ModuleData`] is anything with named members: `mod`s, crates, enums, traits, and blocks that hold items.
//! It maps a [`BindingKey`] to a [`NameResolution`]: the binding found so far (an item, or the import that
//! brings one in) and the imports that may still bring one.

use std::cell::{Cell, RefCell};
use std::fmt;

use hir::def::{DefKind, Namespace, Res as HirRes};
use hir::resolutions::Visibility;
use span::def_id::DefId;
use span::{ExpnId, FxHashSet, FxIndexMap, Ident, Span, Symbol, kw};

use crate::import::{Import, ImportKind};

/// What a name stands for, local variables by node.
pub(crate) type Res = HirRes<ast::NodeId>;

/// A module by reference; two are equal if they are the same.
#[derive(Clone, Copy)]
pub(crate) struct Module<'ra>(pub(crate) &'ra ModuleData<'ra>);

/// A binding by reference; two are equal if they are the same.
#[derive(Clone, Copy)]
pub(crate) struct NameBinding<'ra>(pub(crate) &'ra NameBindingData<'ra>);

macro_rules! by_address {
    ($($Ref:ident: $Data:ident;)*) => { $(
        impl<'ra> std::ops::Deref for $Ref<'ra> {
            type Target = $Data<'ra>;
            fn deref(&self) -> &$Data<'ra> { self.0 }
        }
        impl PartialEq for $Ref<'_> {
            fn eq(&self, other: &Self) -> bool { std::ptr::eq(self.0, other.0) }
        }
        impl Eq for $Ref<'_> {}
        impl std::hash::Hash for $Ref<'_> {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) { std::ptr::hash(std::ptr::from_ref(self.0).cast::<u8>(), state) }
        }
    )* };
}
pub(crate) use by_address;
by_address! { Module: ModuleData; NameBinding: NameBindingData; }

/// What kind of thing a module is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ModuleKind {
    /// `{ fn f() {} }`: a block with items in it.
    Block,
    /// A `mod`, crate, enum or trait, with its name (`None` for crate roots).
    Def(DefKind, DefId, Option<Symbol>),
}

/// The name, namespace and (for `_`) number of a member.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct BindingKey {
    /// Normalised to `macro` 2.0 hygiene.
    pub ident: Ident,
    pub ns: Namespace,
    /// Tells `_` bindings apart; 0 for all else.
    pub disambiguator: u32,
}

impl BindingKey {
    pub(crate) fn new(ident: Ident, ns: Namespace) -> Self {
        BindingKey { ident: ident.normalize_to_macros_2_0(), ns, disambiguator: 0 }
    }
}

pub(crate) type Resolutions<'ra> = RefCell<FxIndexMap<BindingKey, &'ra RefCell<NameResolution<'ra>>>>;

/// See the file's documentation.
pub(crate) struct ModuleData<'ra> {
    /// The direct parent, blocks included.
    pub parent: Option<Module<'ra>>,
    pub kind: ModuleKind,
    pub lazy_resolutions: Resolutions<'ra>,
    /// A module of another crate whose members have not been asked for yet.
    pub populate_on_access: Cell<bool>,
    /// Macro calls among its items that have not been expanded yet.
    pub unexpanded_invocations: RefCell<FxHashSet<ExpnId>>,
    /// `#[no_implicit_prelude]`
    pub no_implicit_prelude: bool,
    /// Glob imports, anywhere, that import from here.
    pub glob_importers: RefCell<Vec<Import<'ra>>>,
    /// Glob imports that stand here.
    pub globs: RefCell<Vec<Import<'ra>>>,
    /// The traits among the members, collected on demand once all imports are resolved.
    pub traits: RefCell<Option<std::rc::Rc<[(Ident, NameBinding<'ra>)]>>>,
    pub span: Span,
    /// The expansion that made it.
    pub expansion: ExpnId,
    /// Numbers for `_` bindings.
    pub underscore_disambiguator: Cell<u32>,
}

impl<'ra> ModuleData<'ra> {
    pub(crate) fn new(
        parent: Option<Module<'ra>>,
        kind: ModuleKind,
        expansion: ExpnId,
        span: Span,
        no_implicit_prelude: bool,
    ) -> Self {
        let is_foreign = match kind {
            ModuleKind::Def(_, def_id, _) => !def_id.is_local(),
            ModuleKind::Block => false,
        };
        ModuleData {
            parent,
            kind,
            lazy_resolutions: RefCell::default(),
            populate_on_access: Cell::new(is_foreign),
            unexpanded_invocations: RefCell::default(),
            no_implicit_prelude,
            glob_importers: RefCell::default(),
            globs: RefCell::default(),
            traits: RefCell::new(None),
            span,
            expansion,
            underscore_disambiguator: Cell::new(0),
        }
    }

    pub(crate) fn res(&self) -> Option<Res> {
        match self.kind {
            ModuleKind::Def(kind, def_id, _) => Some(Res::Def(kind, def_id)),
            ModuleKind::Block => None,
        }
    }

    pub(crate) fn opt_def_id(&self) -> Option<DefId> {
        match self.kind {
            ModuleKind::Def(_, def_id, _) => Some(def_id),
            ModuleKind::Block => None,
        }
    }

    #[track_caller]
    pub(crate) fn def_id(&self) -> DefId {
        self.opt_def_id().expect("a block is no definition")
    }

    pub(crate) fn name(&self) -> Option<Symbol> {
        match self.kind {
            ModuleKind::Def(_, _, name) => name,
            ModuleKind::Block => None,
        }
    }

    /// `mod` or crate, not an enum, trait or block.
    pub(crate) fn is_normal(&self) -> bool {
        matches!(self.kind, ModuleKind::Def(DefKind::Mod, ..))
    }

    pub(crate) fn is_trait(&self) -> bool {
        matches!(self.kind, ModuleKind::Def(DefKind::Trait, ..))
    }

    pub(crate) fn is_local(&self) -> bool {
        match self.kind {
            ModuleKind::Def(_, def_id, _) => def_id.is_local(),
            ModuleKind::Block => true,
        }
    }
}

impl<'ra> Module<'ra> {
    /// The module itself, or for an enum or trait the one it stands in: where names in it are looked up.
    pub(crate) fn nearest_item_scope(self) -> Module<'ra> {
        match self.kind {
            ModuleKind::Def(DefKind::Enum | DefKind::Trait, ..) => self.parent.expect("enums and traits have parents"),
            _ => self,
        }
    }

    /// The `mod` or crate that this is or stands in.
    pub(crate) fn nearest_parent_mod(self) -> Module<'ra> {
        let mut module = self;
        while !module.is_normal() {
            module = module.parent.expect("the crate root is a normal module");
        }
        module
    }

    pub(crate) fn nearest_parent_mod_def_id(self) -> DefId {
        self.nearest_parent_mod().def_id()
    }

    pub(crate) fn is_ancestor_of(self, mut other: Module<'ra>) -> bool {
        while self != other {
            match other.parent {
                Some(parent) => other = parent,
                None => return false,
            }
        }
        true
    }
}

impl fmt::Debug for Module<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.res())
    }
}

/// What is known of one name of a module.
#[derive(Default)]
pub(crate) struct NameResolution<'ra> {
    /// Single imports that may bind it.
    pub single_imports: Vec<Import<'ra>>,
    /// An item or a single import.
    pub non_glob_binding: Option<NameBinding<'ra>>,
    /// Through a glob import.
    pub glob_binding: Option<NameBinding<'ra>>,
}

impl<'ra> NameResolution<'ra> {
    /// The binding, if no other can come to replace it.
    pub(crate) fn binding(&self) -> Option<NameBinding<'ra>> {
        self.best_binding().filter(|binding| !binding.is_glob_import() || self.single_imports.is_empty())
    }

    pub(crate) fn best_binding(&self) -> Option<NameBinding<'ra>> {
        self.non_glob_binding.or(self.glob_binding)
    }
}

/// Why two candidates for one name conflict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AmbiguityKind {
    BuiltinAttr,
    DeriveHelper,
    MacroRulesVsModularized,
    GlobVsOuter,
    GlobVsGlob,
    GlobVsExpanded,
    MoreExpandedVsOuter,
}

impl AmbiguityKind {
    pub(crate) fn descr(self) -> &'static str {
        match self {
            AmbiguityKind::BuiltinAttr => "a name conflict with a builtin attribute",
            AmbiguityKind::DeriveHelper => "a name conflict with a derive helper attribute",
            AmbiguityKind::MacroRulesVsModularized => {
                "a conflict between a `macro_rules` name and a non-`macro_rules` name from another module"
            }
            AmbiguityKind::GlobVsOuter => {
                "a conflict between a name from a glob import and an outer scope during import or macro resolution"
            }
            AmbiguityKind::GlobVsGlob => "multiple glob imports of a name in the same module",
            AmbiguityKind::GlobVsExpanded => {
                "a conflict between a name from a glob import and a macro-expanded name in the same module during import \
                 or macro resolution"
            }
            AmbiguityKind::MoreExpandedVsOuter => {
                "a conflict between a macro-expanded name and a less macro-expanded name from outer scope during import or \
                 macro resolution"
            }
        }
    }
}

/// A name's meaning in a place.
pub(crate) struct NameBindingData<'ra> {
    pub kind: NameBindingKind<'ra>,
    /// Another glob import that binds the same name to something else.
    pub ambiguity: Option<(NameBinding<'ra>, AmbiguityKind)>,
    /// The ambiguity is only worth a warning.
    pub warn_ambiguity: bool,
    pub expansion: ExpnId,
    pub span: Span,
    pub vis: Visibility<DefId>,
}

/// What a binding binds.
#[derive(Clone, Copy)]
pub(crate) enum NameBindingKind<'ra> {
    Res(Res),
    Module(Module<'ra>),
    Import { binding: NameBinding<'ra>, import: Import<'ra> },
}

impl<'ra> NameBindingData<'ra> {
    /// The module it names, if any.
    pub(crate) fn module(&self) -> Option<Module<'ra>> {
        match self.kind {
            NameBindingKind::Module(module) => Some(module),
            NameBindingKind::Import { binding, .. } => binding.module(),
            NameBindingKind::Res(_) => None,
        }
    }

    pub(crate) fn res(&self) -> Res {
        match self.kind {
            NameBindingKind::Res(res) => res,
            NameBindingKind::Module(module) => module.res().expect("blocks are not bound to names"),
            NameBindingKind::Import { binding, .. } => binding.res(),
        }
    }

    pub(crate) fn is_ambiguity_recursive(&self) -> bool {
        self.ambiguity.is_some()
            || match self.kind {
                NameBindingKind::Import { binding, .. } => binding.is_ambiguity_recursive(),
                _ => false,
            }
    }

    pub(crate) fn warn_ambiguity_recursive(&self) -> bool {
        self.warn_ambiguity
            || match self.kind {
                NameBindingKind::Import { binding, .. } => binding.warn_ambiguity_recursive(),
                _ => false,
            }
    }

    pub(crate) fn is_possibly_imported_variant(&self) -> bool {
        match self.kind {
            NameBindingKind::Import { binding, .. } => binding.is_possibly_imported_variant(),
            NameBindingKind::Res(HirRes::Def(DefKind::Variant | DefKind::Ctor(hir::def::CtorOf::Variant, ..), _)) => {
                true
            }
            _ => false,
        }
    }

    pub(crate) fn is_extern_crate(&self) -> bool {
        match self.kind {
            NameBindingKind::Import { import, .. } => matches!(import.kind, ImportKind::ExternCrate { .. }),
            NameBindingKind::Module(module) => module.opt_def_id().is_some_and(|id| id.is_crate_root()),
            NameBindingKind::Res(_) => false,
        }
    }

    pub(crate) fn is_import(&self) -> bool {
        matches!(self.kind, NameBindingKind::Import { .. })
    }

    /// An import in the source, not the binding that `#[macro_export]` makes.
    pub(crate) fn is_import_user_facing(&self) -> bool {
        matches!(self.kind, NameBindingKind::Import { import, .. } if !matches!(import.kind, ImportKind::MacroExport))
    }

    pub(crate) fn is_glob_import(&self) -> bool {
        matches!(self.kind, NameBindingKind::Import { import, .. } if import.is_glob())
    }

    pub(crate) fn is_assoc_item(&self) -> bool {
        matches!(self.res(), HirRes::Def(DefKind::AssocConst | DefKind::AssocFn | DefKind::AssocTy, _))
    }

    /// Whether no unresolved macro can replace it.
    pub(crate) fn determined(&self) -> bool {
        match self.kind {
            NameBindingKind::Import { binding, import } if import.is_glob() => {
                import.parent_scope.module.unexpanded_invocations.borrow().is_empty() && binding.determined()
            }
            _ => true,
        }
    }

    /// Whether it may be a macro-expanded name that comes into being later than `self` was looked up:
    /// `binding` shadows from outside what an expansion made.
    pub(crate) fn may_appear_after(&self, invoc_parent_expansion: ExpnId, binding: NameBinding<'_>) -> bool {
        let self_parent = self.expansion;
        let other_parent = binding.expansion;
        let certainly_before_other_or_simultaneously = other_parent.is_descendant_of(self_parent);
        let certainly_before_invoc_or_simultaneously = invoc_parent_expansion.is_descendant_of(self_parent);
        !(certainly_before_other_or_simultaneously || certainly_before_invoc_or_simultaneously)
    }
}

impl fmt::Debug for NameBinding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {:?}", self.res(), self.span)
    }
}

/// Whether a name is one that only the compiler makes.
pub(crate) fn is_underscore(ident: Ident) -> bool {
    ident.name == kw::Underscore
}
