//! Definitions' keys, names, parents and attributes.

use hir::Attribute;
use hir::def::DefKind;
use hir::definitions::{DefKey, DefPath};
use span::def_id::{CrateNum, DefId, DefPathHash, LOCAL_CRATE, LocalDefId, StableCrateId};
use span::{Ident, Span, Symbol};

use crate::{IntoQueryParam, TyCtxt};

impl<'tcx> TyCtxt<'tcx> {
    /// The parent and last step of a definition's path.
    pub fn def_key(self, id: impl IntoQueryParam<DefId>) -> DefKey {
        let id = id.into_query_param();
        match id.as_local() {
            Some(local) => self.definitions().def_key(local),
            None => self.cstore().def_key(id),
        }
    }
    pub fn def_path(self, id: DefId) -> DefPath {
        match id.as_local() {
            Some(local) => self.definitions().def_path(local),
            None => self.cstore().def_path(id),
        }
    }
    pub fn def_path_hash(self, id: DefId) -> DefPathHash {
        match id.as_local() {
            Some(local) => self.definitions().def_path_hash(local),
            None => self.cstore().def_path_hash(id),
        }
    }
    /// The definition of a hash; its crate must be loaded.
    pub fn def_path_hash_to_def_id(self, hash: DefPathHash) -> Option<DefId> {
        if hash.krate == self.stable_crate_id(LOCAL_CRATE) {
            self.definitions().local_def_path_hash_to_def_id(hash).map(LocalDefId::to_def_id)
        } else {
            self.cstore().def_path_hash_to_def_id(hash)
        }
    }
    pub fn stable_crate_id(self, krate: CrateNum) -> StableCrateId {
        if krate == LOCAL_CRATE { self.definitions().stable_crate_id() } else { self.cstore().stable_crate_id(krate) }
    }
    pub fn opt_parent(self, id: DefId) -> Option<DefId> {
        self.def_key(id).parent.map(|index| DefId { index, ..id })
    }
    #[track_caller]
    pub fn parent(self, id: DefId) -> DefId {
        self.opt_parent(id).unwrap_or_else(|| panic!("{id:?} has no parent"))
    }
    pub fn opt_local_parent(self, id: LocalDefId) -> Option<LocalDefId> {
        self.opt_parent(id.to_def_id()).map(DefId::expect_local)
    }
    #[track_caller]
    pub fn local_parent(self, id: impl Into<LocalDefId>) -> LocalDefId {
        self.parent(id.into().to_def_id()).expect_local()
    }
    /// Whether `descendant` is `ancestor` or lies in it.
    pub fn is_descendant_of(self, mut descendant: DefId, ancestor: DefId) -> bool {
        if descendant.krate != ancestor.krate {
            return false;
        }
        while descendant != ancestor {
            match self.opt_parent(descendant) {
                Some(p) => descendant = p,
                None => return false,
            }
        }
        true
    }
    /// The name of a definition: of constructors that of the parent, of crate roots the crate's.
    pub fn opt_item_name(self, def_id: DefId) -> Option<Symbol> {
        if def_id.is_crate_root() {
            return Some(self.crate_name(def_id.krate));
        }
        let key = self.def_key(def_id);
        match key.disambiguated_data.data {
            hir::definitions::DefPathData::Ctor => self.opt_item_name(self.parent(def_id)),
            data => data.get_opt_name(),
        }
    }
    #[track_caller]
    pub fn item_name(self, def_id: impl IntoQueryParam<DefId>) -> Symbol {
        let def_id = def_id.into_query_param();
        self.opt_item_name(def_id).unwrap_or_else(|| panic!("{def_id:?} has no name"))
    }
    /// The name with its place.
    pub fn opt_item_ident(self, def_id: DefId) -> Option<Ident> {
        let name = self.opt_item_name(def_id)?;
        Some(Ident::new(name, self.def_ident_span(def_id).unwrap_or_else(|| self.def_span(def_id))))
    }
    #[track_caller]
    pub fn item_ident(self, def_id: impl IntoQueryParam<DefId>) -> Ident {
        let def_id = def_id.into_query_param();
        self.opt_item_ident(def_id).unwrap_or_else(|| panic!("{def_id:?} has no name"))
    }
    /// As diagnostics name what a definition is: "function", "struct", ...
    pub fn def_descr(self, def_id: DefId) -> &'static str {
        self.def_kind_descr(self.def_kind(def_id), def_id)
    }
    pub fn def_kind_descr(self, kind: DefKind, def_id: DefId) -> &'static str {
        match kind {
            DefKind::AssocFn if self.associated_item(def_id).is_method() => "method",
            DefKind::Closure if self.coroutine_kind(def_id).is_some() => "coroutine",
            kind => kind.descr(def_id),
        }
    }
    pub fn def_descr_article(self, def_id: DefId) -> &'static str {
        self.def_kind_descr_article(self.def_kind(def_id), def_id)
    }
    pub fn def_kind_descr_article(self, kind: DefKind, def_id: DefId) -> &'static str {
        match kind {
            DefKind::AssocFn if self.associated_item(def_id).is_method() => "a",
            kind => kind.article(),
        }
    }
    /// The nearest enclosing definition that is type-checked as a whole: a closure's function.
    pub fn typeck_root_def_id(self, mut def_id: DefId) -> DefId {
        while self.is_typeck_child(def_id) {
            def_id = self.parent(def_id);
        }
        def_id
    }
    pub fn typeck_root_def_id_local(self, def_id: LocalDefId) -> LocalDefId {
        self.typeck_root_def_id(def_id.to_def_id()).expect_local()
    }
    /// Whether it is checked as part of its parent.
    pub fn is_typeck_child(self, def_id: DefId) -> bool {
        self.def_kind(def_id).is_typeck_child()
    }
    pub fn is_closure_like(self, def_id: DefId) -> bool {
        matches!(self.def_kind(def_id), DefKind::Closure)
    }
    pub fn is_coroutine(self, def_id: DefId) -> bool {
        self.coroutine_kind(def_id).is_some()
    }
    pub fn is_constructor(self, def_id: DefId) -> bool {
        matches!(self.def_kind(def_id), DefKind::Ctor(..))
    }
    pub fn is_trait(self, def_id: DefId) -> bool {
        self.def_kind(def_id) == DefKind::Trait
    }
    pub fn is_static(self, def_id: DefId) -> bool {
        matches!(self.def_kind(def_id), DefKind::Static { .. })
    }
    pub fn is_mutable_static(self, def_id: DefId) -> bool {
        matches!(self.def_kind(def_id), DefKind::Static { mutability: ty::Mutability::Mut, .. })
    }
    pub fn is_thread_local_static(self, def_id: DefId) -> bool {
        self.is_static(def_id) && self.has_attr(def_id, span::sym::thread_local)
    }
    /// The module a definition stands in.
    pub fn parent_module_from_def_id(self, mut id: LocalDefId) -> LocalDefId {
        while let Some(parent) = self.opt_local_parent(id) {
            id = parent;
            if self.def_kind(id) == DefKind::Mod {
                break;
            }
        }
        id
    }
    pub fn parent_module(self, id: hir::HirId) -> LocalDefId {
        let owner = id.owner;
        if id == hir::HirId::make_owner(owner.def_id) && self.def_kind(owner.def_id) == DefKind::Mod {
            return owner.def_id;
        }
        self.parent_module_from_def_id(owner.def_id)
    }

    /// The attributes of a definition with a path of one segment `name`.
    pub fn get_attrs(self, def_id: impl IntoQueryParam<DefId>, name: Symbol) -> impl Iterator<Item = &'tcx Attribute> {
        self.attrs(def_id.into_query_param()).iter().filter(move |a| a.has_name(name))
    }
    /// The first attribute of a name.
    pub fn get_attr(self, def_id: impl IntoQueryParam<DefId>, name: Symbol) -> Option<&'tcx Attribute> {
        self.get_attrs(def_id, name).next()
    }
    pub fn has_attr(self, def_id: impl IntoQueryParam<DefId>, name: Symbol) -> bool {
        self.get_attr(def_id, name).is_some()
    }
    /// The span of a local definition before lowering.
    pub fn source_span(self, def_id: LocalDefId) -> Span {
        self.definitions().source_span(def_id)
    }

    /// The struct, enum or union that a field belongs to.
    pub fn adt_item_of_field(self, field: LocalDefId) -> LocalDefId {
        let mut id = self.local_parent(field);
        while matches!(self.def_kind(id), DefKind::Variant) {
            id = self.local_parent(id);
        }
        id
    }
    /// The item whose generics are in scope at a node.
    pub fn hir_enclosing_item(self, id: hir::HirId) -> LocalDefId {
        id.owner.def_id
    }

    // --- Lang and diagnostic items ---
    pub fn lang_items(self) -> &'tcx hir::LanguageItems {
        self.get_lang_items(())
    }
    /// A lang item; an error if the library does not define it.
    pub fn require_lang_item(self, item: hir::LangItem, span: Span) -> DefId {
        self.lang_items().get(item).unwrap_or_else(|| {
            let msg = format!("requires `{}` lang_item", item.name());
            if span.is_dummy() {
                self.dcx().err(msg)
            } else {
                self.dcx().span_err(span, msg)
            };
            // Nothing can go on without it.
            std::panic::panic_any(crate::FatalError)
        })
    }
    pub fn is_lang_item(self, def_id: DefId, item: hir::LangItem) -> bool {
        self.lang_items().get(item) == Some(def_id)
    }
    pub fn as_lang_item(self, def_id: DefId) -> Option<hir::LangItem> {
        self.lang_items().from_def_id(def_id)
    }
    /// `#[rustc_diagnostic_item = "name"]`
    pub fn get_diagnostic_item(self, name: Symbol) -> Option<DefId> {
        self.all_diagnostic_items(()).get(&name).copied()
    }
    pub fn is_diagnostic_item(self, name: Symbol, def_id: DefId) -> bool {
        self.get_diagnostic_item(name) == Some(def_id)
    }
    pub fn get_diagnostic_name(self, def_id: DefId) -> Option<Symbol> {
        self.all_diagnostic_items(()).iter().find(|(_, d)| **d == def_id).map(|(n, _)| *n)
    }

    /// Whether something of a visibility may be named in a module.
    pub fn is_accessible_from(self, vis: ty::Visibility<DefId>, module: impl IntoQueryParam<DefId>) -> bool {
        match vis {
            ty::Visibility::Public => true,
            ty::Visibility::Restricted(id) => self.is_descendant_of(module.into_query_param(), id),
        }
    }
    /// Whether `a` is visible at least where `b` is.
    pub fn vis_is_at_least(self, a: ty::Visibility<DefId>, b: ty::Visibility<DefId>) -> bool {
        match b {
            ty::Visibility::Public => a.is_public(),
            ty::Visibility::Restricted(id) => self.is_accessible_from(a, id),
        }
    }
    /// Compares names with `macro` 2.0 hygiene: `use_ident` in the scope of `def_parent`'s expansion.
    pub fn hygienic_eq(self, use_ident: Ident, def_ident: Ident, def_parent: DefId) -> bool {
        use_ident.name == def_ident.name
            && use_ident.span.ctxt().hygienic_eq(def_ident.span.ctxt(), self.expn_that_defined(def_parent))
    }
    /// Adjusts a name's hygiene for looking it up in a scope.
    pub fn adjust_ident(self, mut ident: Ident, scope: DefId) -> Ident {
        let mut ctxt = ident.span.ctxt();
        ctxt.normalize_to_macros_2_0_and_adjust(self.expn_that_defined(scope));
        ident.span = ident.span.with_ctxt(ctxt);
        ident
    }
    /// As [`TyCtxt::adjust_ident`], with the module from whose view privacy is checked.
    pub fn adjust_ident_and_get_scope(self, mut ident: Ident, scope: DefId, block: hir::HirId) -> (Ident, DefId) {
        let mut ctxt = ident.span.ctxt();
        let found = ctxt.normalize_to_macros_2_0_and_adjust(self.expn_that_defined(scope));
        ident.span = ident.span.with_ctxt(ctxt);
        let module =
            found.and_then(|e| e.expn_data().parent_module).unwrap_or_else(|| self.parent_module(block).to_def_id());
        (ident, module)
    }
}
