//! The orphan rules (Reference, "Orphan rules"; RFC 2451).
//!
//! `impl<P..> Trait<T1..Tn> for T0` is allowed if the trait is local, or some `Ti` is a local type and no
//! parameter stands uncovered in a `Tj` with `j < i`. `&`, `Box` and `Pin` do not cover (`#[fundamental]`).

use query::TyCtxt;
use span::FxIndexSet;
use span::def_id::DefId;
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitor};
use ty::{AliasTyKind, TraitRef, Ty, TyKind};

/// Whether the type is `Self`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IsFirstInputType {
    No,
    Yes,
}

/// Parameters that stand before the first local type.
#[derive(Clone, Debug)]
pub struct UncoveredTyParams<'tcx> {
    pub uncovered: FxIndexSet<Ty<'tcx>>,
    pub local_ty: Option<Ty<'tcx>>,
}

/// Why an impl is an orphan.
#[derive(Clone, Debug)]
pub enum OrphanCheckErr<'tcx> {
    /// No type is local.
    NonLocalInputType(Vec<(Ty<'tcx>, IsFirstInputType)>),
    UncoveredTyParams(UncoveredTyParams<'tcx>),
}

/// Which crate is asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InCrate {
    /// This one.
    Local,
    /// One that depends on this one: everything not known may be its own.
    Remote,
}

/// Whether the trait is local or `#[fundamental]`.
pub fn trait_ref_is_local_or_fundamental<'tcx>(tcx: TyCtxt<'tcx>, trait_ref: TraitRef<'tcx>) -> bool {
    trait_ref.def_id.is_local() || tcx.trait_def(trait_ref.def_id).is_fundamental
}

/// The orphan check of an impl's trait reference in this crate.
pub fn orphan_check_trait_ref<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_ref: TraitRef<'tcx>,
    lazily_normalize: impl FnMut(Ty<'tcx>) -> Ty<'tcx>,
) -> Result<(), OrphanCheckErr<'tcx>> {
    orphan_check_in(tcx, trait_ref, InCrate::Local, lazily_normalize)
}

pub(crate) fn orphan_check_in<'tcx>(
    _tcx: TyCtxt<'tcx>,
    trait_ref: TraitRef<'tcx>,
    in_crate: InCrate,
    lazily_normalize: impl FnMut(Ty<'tcx>) -> Ty<'tcx>,
) -> Result<(), OrphanCheckErr<'tcx>> {
    let mut c = Checker {
        in_crate,
        in_self_ty: true,
        normalize: lazily_normalize,
        non_local: Vec::new(),
        uncovered: Vec::new(),
        search_first_local: false,
    };
    for t in trait_ref.args.types() {
        match c.ty(t) {
            Found::Local => return Ok(()),
            Found::UncoveredParam(p) => {
                // A local type after it does not help, but is worth naming.
                let mut uncovered = FxIndexSet::default();
                uncovered.insert(p);
                let local_ty = trait_ref.args.types().find(|&t| {
                    let mut s = Checker {
                        in_crate,
                        in_self_ty: true,
                        normalize: |t| t,
                        non_local: Vec::new(),
                        uncovered: Vec::new(),
                        search_first_local: true,
                    };
                    matches!(s.ty(t), Found::Local)
                });
                return Err(OrphanCheckErr::UncoveredTyParams(UncoveredTyParams { uncovered, local_ty }));
            }
            Found::NotLocal => {}
        }
        c.in_self_ty = false;
    }
    Err(OrphanCheckErr::NonLocalInputType(c.non_local))
}

enum Found<'tcx> {
    Local,
    UncoveredParam(Ty<'tcx>),
    NotLocal,
}

struct Checker<'tcx, F> {
    in_crate: InCrate,
    in_self_ty: bool,
    normalize: F,
    non_local: Vec<(Ty<'tcx>, IsFirstInputType)>,
    uncovered: Vec<Ty<'tcx>>,
    search_first_local: bool,
}

impl<'tcx, F: FnMut(Ty<'tcx>) -> Ty<'tcx>> Checker<'tcx, F> {
    fn def_is_local(&self, d: DefId) -> bool {
        match self.in_crate {
            InCrate::Local => d.is_local(),
            InCrate::Remote => false,
        }
    }
    fn not_local(&mut self, t: Ty<'tcx>) -> Found<'tcx> {
        let first = if self.in_self_ty { IsFirstInputType::Yes } else { IsFirstInputType::No };
        self.non_local.push((t, first));
        Found::NotLocal
    }
    fn param(&mut self, t: Ty<'tcx>) -> Found<'tcx> {
        if self.search_first_local {
            return Found::NotLocal;
        }
        self.uncovered.push(t);
        match self.in_crate {
            InCrate::Local => Found::UncoveredParam(t),
            // A crate that depends on this one may put a type of its own in its place.
            InCrate::Remote => Found::Local,
        }
    }
    fn ty(&mut self, ty: Ty<'tcx>) -> Found<'tcx> {
        let ty = match ty.kind() {
            TyKind::Alias(..) => (self.normalize)(ty),
            _ => ty,
        };
        match *ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Str
            | TyKind::FnDef(..)
            | TyKind::FnPtr(_)
            | TyKind::Pat(..)
            | TyKind::Array(..)
            | TyKind::Slice(_)
            | TyKind::RawPtr(..)
            | TyKind::Never
            | TyKind::Tuple(_)
            | TyKind::UnsafeBinder(_) => self.not_local(ty),
            TyKind::Param(_) => self.param(ty),
            TyKind::Placeholder(_) | TyKind::Bound(..) | TyKind::Infer(_) => match self.in_crate {
                InCrate::Local => match ty.kind() {
                    TyKind::Infer(ty::InferTy::TyVar(_)) => self.param(ty),
                    _ => self.not_local(ty),
                },
                // A variable may become a type of the other crate's; numbers do not.
                InCrate::Remote => match ty.kind() {
                    TyKind::Infer(ty::InferTy::IntVar(_) | ty::InferTy::FloatVar(_)) => self.not_local(ty),
                    _ => Found::Local,
                },
            },
            TyKind::Alias(kind, _) => match kind {
                AliasTyKind::Opaque => self.not_local(ty),
                _ => match self.in_crate {
                    InCrate::Local => {
                        // Its value is not known: as a parameter if it has one.
                        if mentions_param(ty) { self.param(ty) } else { self.not_local(ty) }
                    }
                    InCrate::Remote => Found::Local,
                },
            },
            TyKind::Ref(_, t, _) => self.ty(t),
            TyKind::Adt(def, args) => {
                if self.def_is_local(def.did()) {
                    return Found::Local;
                }
                if def.is_fundamental() {
                    for t in args.types() {
                        match self.ty(t) {
                            Found::NotLocal => {}
                            found => return found,
                        }
                    }
                    return Found::NotLocal;
                }
                self.not_local(ty)
            }
            TyKind::Foreign(d) => {
                if self.def_is_local(d) {
                    Found::Local
                } else {
                    self.not_local(ty)
                }
            }
            TyKind::Dynamic(preds, _) => match preds.principal_def_id() {
                Some(d) if self.def_is_local(d) => Found::Local,
                _ => self.not_local(ty),
            },
            TyKind::Error(_) => Found::Local,
            TyKind::Closure(d, _) | TyKind::CoroutineClosure(d, _) | TyKind::Coroutine(d, _) => {
                if self.def_is_local(d) { Found::Local } else { self.not_local(ty) }
            }
            TyKind::CoroutineWitness(..) => self.not_local(ty),
        }
    }
}

fn mentions_param(ty: Ty<'_>) -> bool {
    struct Find;
    impl<'tcx> TypeVisitor<'tcx> for Find {
        type Break = ();
        fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
            match t.kind() {
                TyKind::Param(_) | TyKind::Infer(_) => std::ops::ControlFlow::Break(()),
                _ => t.super_visit_with(self),
            }
        }
    }
    ty.visit_with(&mut Find).is_break()
}
