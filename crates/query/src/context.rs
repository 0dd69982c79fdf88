//! [`TyCtxt`] and the inputs of a compilation.

use std::any::TypeId;
use std::cell::{OnceCell, RefCell};
use std::ops::Deref;

use hir::def::DefKind;
use hir::definitions::Definitions;
use hir::resolutions::ResolverGlobalCtxt;
use rustc_hash::FxHashMap;
use session::Session;
use span::def_id::{CRATE_DEF_ID, CrateNum, DefId, LOCAL_CRATE, LocalDefId};
use span::{ExpnId, Span, Symbol};
use ty::Interner;

use crate::plumbing::ActiveQuery;
use crate::{CrateStore, ExternProviders, Providers, QueryTables};

/// Everything known of a compilation. `Copy`; dereferences to [`Interner`] for making types.
#[derive(Clone, Copy)]
pub struct TyCtxt<'tcx> {
    gcx: &'tcx GlobalCtxt<'tcx>,
}

/// What a [`TyCtxt`] refers to.
pub struct GlobalCtxt<'tcx> {
    interner: Interner<'tcx>,
    /// The session.
    pub sess: &'tcx Session,
    /// The crates this one depends on.
    pub cstore: &'tcx dyn CrateStore,
    pub(crate) definitions: RefCell<Definitions>,
    pub(crate) inputs: Inputs<'tcx>,
    pub(crate) providers: Providers<'tcx>,
    pub(crate) extern_providers: ExternProviders<'tcx>,
    pub(crate) tables: QueryTables<'tcx>,
    pub(crate) active_queries: RefCell<Vec<ActiveQuery>>,
    /// Constant memory, functions and vtables by number.
    pub alloc_map: mir::interpret::AllocMap<'tcx>,
    slots: RefCell<FxHashMap<&'static str, *const ()>>,
}

/// What the front half hands over, each set once.
#[derive(Default)]
pub struct Inputs<'tcx> {
    pub(crate) hir_crate: OnceCell<&'tcx hir::Crate<'tcx>>,
    pub(crate) resolutions: OnceCell<&'tcx ResolverGlobalCtxt>,
    pub(crate) crate_types: OnceCell<Vec<session::CrateType>>,
}

impl<'tcx> Deref for TyCtxt<'tcx> {
    type Target = Interner<'tcx>;
    #[inline]
    fn deref(&self) -> &Interner<'tcx> {
        &self.gcx.interner
    }
}

impl<'tcx> TyCtxt<'tcx> {
    /// Makes a context in `arena`.
    pub fn new(
        arena: &'tcx ty::Arena,
        sess: &'tcx Session,
        cstore: &'tcx dyn CrateStore,
        definitions: Definitions,
        providers: Providers<'tcx>,
        extern_providers: ExternProviders<'tcx>,
    ) -> TyCtxt<'tcx> {
        let gcx = arena.alloc(GlobalCtxt {
            interner: Interner::new(arena),
            sess,
            cstore,
            definitions: RefCell::new(definitions),
            inputs: Inputs::default(),
            providers,
            extern_providers,
            tables: QueryTables::default(),
            active_queries: RefCell::default(),
            alloc_map: mir::interpret::AllocMap::new(),
            slots: RefCell::default(),
        });
        TyCtxt { gcx }
    }
    #[inline]
    pub fn gcx(self) -> &'tcx GlobalCtxt<'tcx> {
        self.gcx
    }
    /// The interner, by value.
    #[inline]
    pub fn interner(self) -> Interner<'tcx> {
        self.gcx.interner
    }
    #[inline]
    pub fn sess(self) -> &'tcx Session {
        self.gcx.sess
    }
    /// Where errors go.
    #[inline]
    pub fn dcx(self) -> &'tcx diagnostics::DiagCtxt {
        &self.gcx.sess.dcx
    }
    #[inline]
    pub fn cstore(self) -> &'tcx dyn CrateStore {
        self.gcx.cstore
    }
    /// The definitions of the local crate.
    pub fn definitions(self) -> std::cell::Ref<'tcx, Definitions> {
        self.gcx.definitions.borrow()
    }
    /// Adds a definition to the local crate. Only resolution (and lowering, for `impl Trait` and the like) does.
    pub fn create_def(
        self,
        parent: LocalDefId,
        name: Option<Symbol>,
        kind: DefKind,
        expn: ExpnId,
        span: Span,
    ) -> LocalDefId {
        self.gcx.definitions.borrow_mut().create_def(parent, name, kind, expn, span)
    }
    /// Changes the local definitions.
    pub fn definitions_mut(self) -> std::cell::RefMut<'tcx, Definitions> {
        self.gcx.definitions.borrow_mut()
    }

    /// The lowered crate; panics before lowering.
    #[track_caller]
    pub fn hir_crate(self) -> &'tcx hir::Crate<'tcx> {
        self.gcx.inputs.hir_crate.get().expect("the crate is lowered")
    }
    /// Whether the crate has been lowered: before, local definitions have no HIR.
    pub fn has_hir(self) -> bool {
        self.gcx.inputs.hir_crate.get().is_some()
    }
    /// Sets the lowered crate.
    pub fn set_hir_crate(self, krate: &'tcx hir::Crate<'tcx>) {
        assert!(self.gcx.inputs.hir_crate.set(krate).is_ok(), "lowered twice");
    }
    /// What resolution found; panics before it is done.
    #[track_caller]
    pub fn resolutions(self) -> &'tcx ResolverGlobalCtxt {
        self.gcx.inputs.resolutions.get().expect("the crate is resolved")
    }
    /// Sets what resolution found.
    pub fn set_resolutions(self, r: ResolverGlobalCtxt) {
        let r = self.arena().alloc(r);
        assert!(self.gcx.inputs.resolutions.set(r).is_ok(), "resolved twice");
    }
    /// The kinds of output crate (`--crate-type`, `#![crate_type]`).
    pub fn crate_types(self) -> &'tcx [session::CrateType] {
        self.gcx.inputs.crate_types.get().map_or(&[session::CrateType::Executable], |v| &v[..])
    }
    pub fn set_crate_types(self, types: Vec<session::CrateType>) {
        assert!(self.gcx.inputs.crate_types.set(types).is_ok(), "crate types set twice");
    }

    /// A table of a stage's own that lives as long as the session (the solver's cache, say), made by `init` when
    /// it is first asked for. `S` names it; `T` must be the same at every use of `S`.
    pub fn slot<S: 'static, T>(self, init: impl FnOnce() -> T) -> &'tcx T {
        let name = std::any::type_name::<S>();
        let _: TypeId = TypeId::of::<S>();
        if let Some(&ptr) = self.gcx.slots.borrow().get(name) {
            // SAFETY: the pointer was made below from an arena allocation of the same `T`: one `S`, one `T`.
            return unsafe { &*ptr.cast::<T>() };
        }
        let value: &'tcx T = self.arena().alloc(init());
        self.gcx.slots.borrow_mut().insert(name, std::ptr::from_ref(value).cast());
        value
    }

    /// The local crate's name.
    pub fn local_crate_name(self) -> Symbol {
        *self.gcx.sess.crate_name.borrow()
    }
    /// A crate's name.
    pub fn crate_name(self, krate: CrateNum) -> Symbol {
        if krate == LOCAL_CRATE { self.local_crate_name() } else { self.gcx.cstore.crate_name(krate) }
    }
    /// All crates loaded, the local one left out, in the order of loading.
    pub fn crates(self) -> Vec<CrateNum> {
        self.gcx.cstore.crates()
    }
    /// All local definitions.
    pub fn iter_local_def_id(self) -> impl Iterator<Item = LocalDefId> {
        self.definitions().iter_local_def_ids()
    }
    /// Whether a language feature is enabled in the local crate.
    pub fn feature(self, feature: Symbol) -> bool {
        self.gcx.sess.feature(feature)
    }
    /// The root module.
    pub fn crate_root(self) -> LocalDefId {
        CRATE_DEF_ID
    }
    /// The place of a definition, or a dummy if it cannot be known yet.
    pub fn def_span_or_dummy(self, def_id: DefId) -> Span {
        match def_id.as_local() {
            Some(local) if !self.has_hir() => self.definitions().source_span(local),
            _ => self.def_span(def_id),
        }
    }
}
