//! What code generation is to emit: [`MonoItem`]s, spread over [`CodegenUnit`]s.
//!
//! Made by crate `monomorphize`, read by `codegen`.

use span::def_id::{DefId, LocalDefId};
use span::{FxIndexMap, Symbol};
use ty::Instance;

/// Something that gets code or data of its own in an object.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MonoItem<'tcx> {
    Fn(Instance<'tcx>),
    Static(DefId),
    GlobalAsm(LocalDefId),
}

impl MonoItem<'_> {
    pub fn def_id(&self) -> DefId {
        match *self {
            MonoItem::Fn(instance) => instance.def_id(),
            MonoItem::Static(def_id) => def_id,
            MonoItem::GlobalAsm(def_id) => def_id.to_def_id(),
        }
    }
    /// Whether it is a function (an instance).
    pub fn is_fn(&self) -> bool {
        matches!(self, MonoItem::Fn(_))
    }
}

/// How a symbol is defined, in ELF's terms.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Linkage {
    /// Global; two of it are an error of the linker.
    External,
    /// Global and weak: the first one wins.
    Weak,
    /// Local to its object.
    Internal,
    /// An undefined reference that may stay null.
    ExternalWeak,
}

/// Who sees a global symbol.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Visibility {
    Default,
    /// Only this executable or shared object.
    Hidden,
}

/// How an item is to be emitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MonoItemData {
    pub linkage: Linkage,
    pub visibility: Visibility,
    /// Whether each codegen unit that uses it has its own copy.
    pub inlined: bool,
    /// In MIR statements and terminators; for balancing units.
    pub size_estimate: usize,
}

/// What goes into one object.
#[derive(Clone, Debug)]
pub struct CodegenUnit<'tcx> {
    pub name: Symbol,
    /// In the order in which they are to be emitted.
    pub items: FxIndexMap<MonoItem<'tcx>, MonoItemData>,
}

impl CodegenUnit<'_> {
    pub fn size_estimate(&self) -> usize {
        self.items.values().map(|d| d.size_estimate).sum()
    }
}
