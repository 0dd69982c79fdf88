//! Query tables, keys, and the stack by which cycles are found.

use std::cell::{Ref, RefCell};
use std::fmt;
use std::hash::{BuildHasher, Hash};

use rustc_hash::FxHashMap;
use span::def_id::{CrateNum, DefId, LOCAL_CRATE, LocalDefId};
use span::{FxBuildHasher, Span};

use crate::TyCtxt;

/// The key of a provider for the local crate as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct LocalCrate;

/// What identifies a running query on the stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActiveKey {
    Def(DefId),
    /// The hash of the key, and the definition it is about, if it is about one.
    Hash(u64, Option<DefId>),
}

/// A query's key.
pub trait Key: Copy + Eq + Hash + fmt::Debug {
    /// The form of the key that local providers take.
    type Local: Copy;
    /// The table of values of this key.
    type Cache<V: Clone>: Cache<Self, V>;
    /// The key in its local form, if it is of the local crate.
    fn as_local_key(&self) -> Option<Self::Local>;
    /// The definition, for messages and places.
    fn def_id(&self) -> Option<DefId> {
        None
    }
    /// What a key that is more than a definition is about.
    fn about(&self) -> Option<DefId> {
        None
    }
    /// Identifies the key on the stack.
    fn active(&self) -> ActiveKey {
        match self.def_id() {
            Some(d) => ActiveKey::Def(d),
            None => ActiveKey::Hash(FxBuildHasher.hash_one(self), self.about()),
        }
    }
}

/// A table of values.
pub trait Cache<K, V: Clone>: Default {
    fn get(&self, key: &K) -> Option<V>;
    fn set(&self, key: K, value: V);
}

/// Dense for local definitions, hashed for others.
pub struct DefIdCache<V> {
    local: RefCell<Vec<Option<V>>>,
    foreign: RefCell<FxHashMap<DefId, V>>,
}

impl<V> Default for DefIdCache<V> {
    fn default() -> Self {
        DefIdCache { local: RefCell::default(), foreign: RefCell::default() }
    }
}

impl<V: Clone> Cache<DefId, V> for DefIdCache<V> {
    #[inline]
    fn get(&self, key: &DefId) -> Option<V> {
        match key.as_local() {
            Some(_) => self.local.borrow().get(key.index.as_usize()).cloned().flatten(),
            None => self.foreign.borrow().get(key).cloned(),
        }
    }
    fn set(&self, key: DefId, value: V) {
        if key.is_local() {
            let mut table = self.local.borrow_mut();
            let i = key.index.as_usize();
            if table.len() <= i {
                table.resize(i + 1, None);
            }
            table[i] = Some(value);
        } else {
            self.foreign.borrow_mut().insert(key, value);
        }
    }
}

/// Dense by local definition.
pub struct LocalDefIdCache<V>(DefIdCache<V>);

impl<V> Default for LocalDefIdCache<V> {
    fn default() -> Self {
        LocalDefIdCache(DefIdCache::default())
    }
}

impl<V: Clone> Cache<LocalDefId, V> for LocalDefIdCache<V> {
    #[inline]
    fn get(&self, key: &LocalDefId) -> Option<V> {
        self.0.get(&key.to_def_id())
    }
    fn set(&self, key: LocalDefId, value: V) {
        self.0.set(key.to_def_id(), value);
    }
}

/// A hash map.
pub struct HashCache<K, V>(RefCell<FxHashMap<K, V>>);

impl<K, V> Default for HashCache<K, V> {
    fn default() -> Self {
        HashCache(RefCell::default())
    }
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> for HashCache<K, V> {
    fn get(&self, key: &K) -> Option<V> {
        self.0.borrow().get(key).cloned()
    }
    fn set(&self, key: K, value: V) {
        self.0.borrow_mut().insert(key, value);
    }
}

impl Key for DefId {
    type Local = LocalDefId;
    type Cache<V: Clone> = DefIdCache<V>;
    fn as_local_key(&self) -> Option<LocalDefId> {
        self.as_local()
    }
    fn def_id(&self) -> Option<DefId> {
        Some(*self)
    }
}

impl Key for LocalDefId {
    type Local = LocalDefId;
    type Cache<V: Clone> = LocalDefIdCache<V>;
    fn as_local_key(&self) -> Option<LocalDefId> {
        Some(*self)
    }
    fn def_id(&self) -> Option<DefId> {
        Some(self.to_def_id())
    }
}

impl Key for CrateNum {
    type Local = LocalCrate;
    type Cache<V: Clone> = HashCache<CrateNum, V>;
    fn as_local_key(&self) -> Option<LocalCrate> {
        (*self == LOCAL_CRATE).then_some(LocalCrate)
    }
}

macro_rules! crate_keys {
    ($($t:ty),* $(,)?) => { $(
        impl Key for (CrateNum, $t) {
            type Local = (LocalCrate, $t);
            type Cache<V: Clone> = HashCache<(CrateNum, $t), V>;
            fn as_local_key(&self) -> Option<(LocalCrate, $t)> {
                (self.0 == LOCAL_CRATE).then_some((LocalCrate, self.1))
            }
        }
    )* };
}
crate_keys! { DefId, ty::SimplifiedType }

macro_rules! plain_keys {
    ($($t:ty),* $(,)?) => { $(
        #[allow(unused_lifetimes)]
        impl<'tcx> Key for $t {
            type Local = $t;
            type Cache<V: Clone> = HashCache<$t, V>;
            fn as_local_key(&self) -> Option<$t> { Some(*self) }
        }
    )* };
}
plain_keys! {
    (),
    (DefId, DefId),
    span::Symbol,
    (span::Symbol, u32, u32),
    ty::SimplifiedType,
    ty::Ty<'tcx>,
    ty::TraitRef<'tcx>,
    ty::Instance<'tcx>,
    ty::InstanceKind<'tcx>,
    ty::GenericArg<'tcx>,
    ty::PseudoCanonicalInput<'tcx, ty::Ty<'tcx>>,
    ty::PseudoCanonicalInput<'tcx, ty::TraitRef<'tcx>>,
    ty::PseudoCanonicalInput<'tcx, ty::GenericArg<'tcx>>,
    ty::PseudoCanonicalInput<'tcx, (DefId, ty::GenericArgsRef<'tcx>)>,
    ty::PseudoCanonicalInput<'tcx, (ty::layout::ValidityRequirement, ty::Ty<'tcx>)>,
    (ty::Ty<'tcx>, Option<ty::PolyExistentialTraitRef<'tcx>>),
    (DefId, ty::GenericArgsRef<'tcx>),
    (DefId, ty::FieldIdx),
    ty::PseudoCanonicalInput<'tcx, (ty::PolyFnSig<'tcx>, &'tcx ty::List<ty::Ty<'tcx>>)>,
    ty::PseudoCanonicalInput<'tcx, (ty::Instance<'tcx>, &'tcx ty::List<ty::Ty<'tcx>>)>,
    (mir::ConstValue, ty::Ty<'tcx>),
    (ty::Ty<'tcx>, ty::Ty<'tcx>),
    ty::Value<'tcx>,
}

macro_rules! placed_keys {
    ($($t:ty, |$k:ident| $about:expr;)*) => { $(
        impl Key for $t {
            type Local = $t;
            type Cache<V: Clone> = HashCache<$t, V>;
            fn as_local_key(&self) -> Option<$t> { Some(*self) }
            fn about(&self) -> Option<DefId> {
                let $k = self;
                Some($about)
            }
        }
    )* };
}
placed_keys! {
    (LocalDefId, DefId), |k| k.1;
    (LocalDefId, DefId, span::Ident), |k| k.1;
    (DefId, span::Ident), |k| k.0;
}

impl<'tcx> Key for ty::PseudoCanonicalInput<'tcx, mir::interpret::GlobalId<'tcx>> {
    type Local = Self;
    type Cache<V: Clone> = HashCache<Self, V>;
    fn as_local_key(&self) -> Option<Self> {
        Some(*self)
    }
    fn about(&self) -> Option<DefId> {
        Some(self.value.instance.def_id())
    }
}

/// Converts to a query's key.
pub trait IntoQueryParam<K> {
    fn into_query_param(self) -> K;
}

impl<K> IntoQueryParam<K> for K {
    #[inline]
    fn into_query_param(self) -> K {
        self
    }
}

impl IntoQueryParam<DefId> for LocalDefId {
    #[inline]
    fn into_query_param(self) -> DefId {
        self.to_def_id()
    }
}

impl IntoQueryParam<DefId> for hir::OwnerId {
    #[inline]
    fn into_query_param(self) -> DefId {
        self.to_def_id()
    }
}

impl IntoQueryParam<LocalDefId> for hir::OwnerId {
    #[inline]
    fn into_query_param(self) -> LocalDefId {
        self.def_id
    }
}

/// A query that is being computed.
#[derive(Clone, Copy)]
pub struct ActiveQuery {
    /// The query's name.
    pub name: &'static str,
    /// What it does, in the form "computing type of".
    pub desc: &'static str,
    pub key: ActiveKey,
}

/// Computes a query that is not in its table: pushes it on the stack, and looks for a cycle first.
#[inline(never)]
pub(crate) fn execute<'tcx, K: Key, V: Clone>(
    tcx: TyCtxt<'tcx>,
    name: &'static str,
    desc: &'static str,
    key: K,
    cache: &K::Cache<V>,
    compute: impl FnOnce() -> V,
    on_cycle: impl FnOnce(&[ActiveQuery]) -> V,
) -> V {
    let active = ActiveQuery { name, desc, key: key.active() };
    let found = {
        let stack = tcx.gcx().active_queries.borrow();
        stack.iter().rposition(|q| std::ptr::eq(q.name, name) && q.key == active.key)
    };
    if let Some(start) = found {
        let cycle: Vec<ActiveQuery> = tcx.gcx().active_queries.borrow()[start..].to_vec();
        return on_cycle(&cycle);
    }
    tcx.gcx().active_queries.borrow_mut().push(active);
    let value = compute();
    tcx.gcx().active_queries.borrow_mut().pop();
    // A query may have been answered by a cycle inside it; the first answer stays.
    if let Some(v) = cache.get(&key) {
        return v;
    }
    cache.set(key, value.clone());
    value
}

/// The place of a query's key.
pub(crate) fn active_span(tcx: TyCtxt<'_>, q: &ActiveQuery) -> Span {
    match q.key {
        ActiveKey::Def(d) => tcx.def_span_or_dummy(d),
        ActiveKey::Hash(_, Some(d)) => tcx.def_span_or_dummy(d),
        ActiveKey::Hash(_, None) => span::DUMMY_SP,
    }
}

/// A value that is taken by the stage after it.
#[derive(Debug)]
pub struct Steal<T> {
    value: RefCell<Option<T>>,
}

impl<T> Steal<T> {
    pub fn new(value: T) -> Self {
        Steal { value: RefCell::new(Some(value)) }
    }
    /// Borrows the value; panics if it was taken.
    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        Ref::map(self.value.borrow(), |v| v.as_ref().expect("attempted to read from a stolen value"))
    }
    /// Takes the value; panics if it was taken.
    #[track_caller]
    pub fn steal(&self) -> T {
        self.value.borrow_mut().take().expect("attempted to steal a stolen value")
    }
    pub fn is_stolen(&self) -> bool {
        self.value.borrow().is_none()
    }
}
