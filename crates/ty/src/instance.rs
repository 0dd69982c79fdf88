//! Instances: definitions with arguments, ready for code generation.

use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::def_id::DefId;

use crate::{GenericArgsRef, List, Ty};

/// A function or static to be generated: its kind and arguments (erased, normalised, without parameters once
/// monomorphic).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct Instance<'tcx> {
    pub def: InstanceKind<'tcx>,
    pub args: GenericArgsRef<'tcx>,
}

/// Which body an instance has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum InstanceKind<'tcx> {
    /// A function, closure, constructor, static or constant with MIR of its own.
    Item(DefId),
    /// An intrinsic, generated at the call.
    Intrinsic(DefId),
    /// A method called through a vtable, with a by-value `self`.
    VTableShim(DefId),
    /// A function as a pointer: `#[track_caller]` functions need one without the caller's location.
    ReifyShim(DefId, Option<ShimReason>),
    /// `FnOnce::call_once` for a fn pointer or function item.
    FnPtrShim(DefId, Ty<'tcx>),
    /// A call through a vtable: the method's slot.
    Virtual(DefId, usize),
    /// `FnOnce::call_once` for a closure that is `Fn` or `FnMut`.
    ClosureOnceShim {
        call_once: DefId,
        track_caller: bool,
    },
    /// `FnOnce` and `AsyncFnOnce` for an async closure that is called by reference otherwise: the coroutine owns what
    /// the closure captured. `receiver_by_ref`: for `Fn` and `FnMut`, which give the same coroutine.
    ConstructCoroutineInClosureShim {
        coroutine_closure_def_id: DefId,
        receiver_by_ref: bool,
    },
    /// The body of such a coroutine.
    CoroutineKindShim {
        coroutine_def_id: DefId,
    },
    ThreadLocalShim(DefId),
    /// `drop_in_place::<T>`; `None` if there is nothing to drop.
    DropGlue(DefId, Option<Ty<'tcx>>),
    /// `Clone::clone` of tuples, arrays and closures.
    CloneShim(DefId, Ty<'tcx>),
    /// `FnPtr::addr`
    FnPtrAddrShim(DefId, Ty<'tcx>),
}

/// Why a reify shim.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, macros::Encodable, macros::Decodable,
)]
pub enum ShimReason {
    FnPtr,
    VTable,
}

impl<'tcx> InstanceKind<'tcx> {
    /// The definition.
    pub fn def_id(self) -> DefId {
        match self {
            InstanceKind::Item(d)
            | InstanceKind::Intrinsic(d)
            | InstanceKind::VTableShim(d)
            | InstanceKind::ReifyShim(d, _)
            | InstanceKind::FnPtrShim(d, _)
            | InstanceKind::Virtual(d, _)
            | InstanceKind::ClosureOnceShim { call_once: d, .. }
            | InstanceKind::ConstructCoroutineInClosureShim { coroutine_closure_def_id: d, .. }
            | InstanceKind::CoroutineKindShim { coroutine_def_id: d }
            | InstanceKind::ThreadLocalShim(d)
            | InstanceKind::DropGlue(d, _)
            | InstanceKind::CloneShim(d, _)
            | InstanceKind::FnPtrAddrShim(d, _) => d,
        }
    }
    /// Whether MIR built for it still refers to the instance's generic parameters.
    pub fn has_polymorphic_mir_body(self) -> bool {
        !matches!(
            self,
            InstanceKind::CloneShim(..)
                | InstanceKind::ThreadLocalShim(_)
                | InstanceKind::FnPtrAddrShim(..)
                | InstanceKind::FnPtrShim(..)
                | InstanceKind::DropGlue(_, Some(_))
        )
    }
}

impl<'tcx> Instance<'tcx> {
    /// An item with arguments.
    pub fn new_raw(def_id: DefId, args: GenericArgsRef<'tcx>) -> Instance<'tcx> {
        Instance { def: InstanceKind::Item(def_id), args }
    }
    /// An item without generics.
    pub fn mono(def_id: DefId) -> Instance<'tcx> {
        Instance::new_raw(def_id, List::empty())
    }
    pub fn def_id(self) -> DefId {
        self.def.def_id()
    }
}
