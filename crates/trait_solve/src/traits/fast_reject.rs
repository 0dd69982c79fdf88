//! Quick looks: whether two types can be equal at all, and the outer shape of a type for finding impls.

use ::query::TyCtxt;
use ty::visit::TypeVisitableExt;
use ty::{Const, ConstKind, GenericArg, GenericArgsRef, InferTy, SimplifiedType, Ty, TyKind};

/// What generic parameters are in the type looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TreatParams {
    /// Something to be instantiated: in impl headers.
    InstantiateWithInfer,
    /// Something of its own: in goals.
    AsRigid,
}

/// The outer shape of a type, if it has one.
pub fn simplify_type<'tcx>(_tcx: TyCtxt<'tcx>, ty: Ty<'tcx>, treat: TreatParams) -> Option<SimplifiedType> {
    Some(match *ty.kind() {
        TyKind::Bool => SimplifiedType::Bool,
        TyKind::Char => SimplifiedType::Char,
        TyKind::Int(i) => SimplifiedType::Int(i),
        TyKind::Uint(u) => SimplifiedType::Uint(u),
        TyKind::Float(f) => SimplifiedType::Float(f),
        TyKind::Adt(def, _) => SimplifiedType::Adt(def.did()),
        TyKind::Str => SimplifiedType::Str,
        TyKind::Array(..) => SimplifiedType::Array,
        TyKind::Slice(..) => SimplifiedType::Slice,
        TyKind::Pat(t, _) => return simplify_type(_tcx, t, treat),
        TyKind::RawPtr(_, m) => SimplifiedType::Ptr(m),
        TyKind::Dynamic(preds, _) => match preds.principal_def_id() {
            Some(d) if !_tcx.trait_def(d).is_marker => SimplifiedType::Trait(d),
            _ => SimplifiedType::MarkerTraitObject,
        },
        TyKind::Ref(_, _, m) => SimplifiedType::Ref(m),
        TyKind::FnDef(d, _) | TyKind::Closure(d, _) | TyKind::CoroutineClosure(d, _) => SimplifiedType::Closure(d),
        TyKind::Coroutine(d, _) => SimplifiedType::Coroutine(d),
        TyKind::CoroutineWitness(d, _) => SimplifiedType::CoroutineWitness(d),
        TyKind::Never => SimplifiedType::Never,
        TyKind::Tuple(tys) => SimplifiedType::Tuple(tys.len()),
        TyKind::FnPtr(sig) => SimplifiedType::Function(sig.skip_binder().inputs().len()),
        TyKind::UnsafeBinder(_) => SimplifiedType::UnsafeBinder,
        TyKind::Placeholder(_) => SimplifiedType::Placeholder,
        TyKind::Param(_) => match treat {
            TreatParams::AsRigid => SimplifiedType::Placeholder,
            TreatParams::InstantiateWithInfer => return None,
        },
        TyKind::Alias(..) => match treat {
            TreatParams::AsRigid if !ty.has_non_region_infer() => SimplifiedType::Placeholder,
            _ => return None,
        },
        TyKind::Foreign(d) => SimplifiedType::Foreign(d),
        TyKind::Error(_) => SimplifiedType::Error,
        TyKind::Bound(..) | TyKind::Infer(_) => return None,
    })
}

/// Rejects pairs of types that can never be equal.
#[derive(Clone, Copy)]
pub struct DeepRejectCtxt<'tcx> {
    _tcx: TyCtxt<'tcx>,
    /// Parameters on the left are to be instantiated.
    lhs_infer: bool,
    /// Parameters on the right are to be instantiated.
    rhs_infer: bool,
}

impl<'tcx> DeepRejectCtxt<'tcx> {
    /// A goal on the left, an impl's header on the right.
    pub fn relate_rigid_infer(tcx: TyCtxt<'tcx>) -> Self {
        DeepRejectCtxt { _tcx: tcx, lhs_infer: false, rhs_infer: true }
    }
    /// Two types of the same environment.
    pub fn relate_rigid_rigid(tcx: TyCtxt<'tcx>) -> Self {
        DeepRejectCtxt { _tcx: tcx, lhs_infer: false, rhs_infer: false }
    }
    /// Two impl headers.
    pub fn relate_infer_infer(tcx: TyCtxt<'tcx>) -> Self {
        DeepRejectCtxt { _tcx: tcx, lhs_infer: true, rhs_infer: true }
    }
    pub fn args_may_unify(self, a: GenericArgsRef<'tcx>, b: GenericArgsRef<'tcx>) -> bool {
        self.args(a, b, 8)
    }
    pub fn types_may_unify(self, a: Ty<'tcx>, b: Ty<'tcx>) -> bool {
        self.types(a, b, 8)
    }
    fn args(self, a: GenericArgsRef<'tcx>, b: GenericArgsRef<'tcx>, depth: u32) -> bool {
        a == b
            || a.iter().zip(b.iter()).all(|(x, y)| match (x, y) {
                (GenericArg::Type(x), GenericArg::Type(y)) => self.types(x, y, depth),
                (GenericArg::Const(x), GenericArg::Const(y)) => self.consts(x, y),
                (GenericArg::Lifetime(_), GenericArg::Lifetime(_)) => true,
                _ => false,
            })
    }
    fn types(self, a: Ty<'tcx>, b: Ty<'tcx>, depth: u32) -> bool {
        if depth == 0 || a == b {
            return true;
        }
        let depth = depth - 1;
        match *b.kind() {
            TyKind::Param(q) => {
                if self.rhs_infer {
                    return true;
                }
                return match *a.kind() {
                    TyKind::Param(p) => self.lhs_infer || p.index == q.index,
                    TyKind::Infer(InferTy::TyVar(_)) | TyKind::Alias(..) | TyKind::Error(_) => true,
                    _ => false,
                };
            }
            TyKind::Infer(InferTy::TyVar(_))
            | TyKind::Infer(InferTy::FreshTy(_))
            | TyKind::Alias(..)
            | TyKind::Error(_)
            | TyKind::Bound(..) => return true,
            _ => {}
        }
        match *a.kind() {
            TyKind::Param(_) => self.lhs_infer,
            TyKind::Infer(InferTy::IntVar(_) | InferTy::FreshIntTy(_)) => b.is_integral(),
            TyKind::Infer(InferTy::FloatVar(_) | InferTy::FreshFloatTy(_)) => b.is_floating_point(),
            TyKind::Infer(_) | TyKind::Alias(..) | TyKind::Error(_) | TyKind::Bound(..) => true,
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Str
            | TyKind::Never
            | TyKind::Foreign(_) => match *b.kind() {
                TyKind::Infer(InferTy::IntVar(_)) => a.is_integral(),
                TyKind::Infer(InferTy::FloatVar(_)) => a.is_floating_point(),
                _ => false,
            },
            TyKind::Placeholder(p) => matches!(*b.kind(), TyKind::Placeholder(q) if p == q),
            TyKind::Adt(d, x) => {
                matches!(*b.kind(), TyKind::Adt(e, y) if d == e && self.args(x, y, depth))
            }
            TyKind::Slice(x) => {
                matches!(*b.kind(), TyKind::Slice(y) if self.types(x, y, depth))
            }
            TyKind::Array(x, n) => matches!(*b.kind(), TyKind::Array(y, k)
                if self.types(x, y, depth) && self.consts(n, k)),
            TyKind::Tuple(x) => matches!(*b.kind(), TyKind::Tuple(y) if x.len() == y.len()
                && x.iter().zip(y.iter()).all(|(x, y)| self.types(x, y, depth))),
            TyKind::RawPtr(x, m) => matches!(*b.kind(), TyKind::RawPtr(y, n)
                if m == n && self.types(x, y, depth)),
            TyKind::Ref(_, x, m) => matches!(*b.kind(), TyKind::Ref(_, y, n)
                if m == n && self.types(x, y, depth)),
            TyKind::Dynamic(p, _) => matches!(*b.kind(), TyKind::Dynamic(q, _)
                if p.principal_def_id() == q.principal_def_id()),
            TyKind::FnPtr(s) => matches!(*b.kind(), TyKind::FnPtr(t) if {
                let (s, t) = (s.skip_binder(), t.skip_binder());
                s.safety == t.safety
                    && s.abi == t.abi
                    && s.c_variadic == t.c_variadic
                    && s.inputs_and_output.len() == t.inputs_and_output.len()
                    && s.inputs_and_output.iter().zip(t.inputs_and_output.iter())
                        .all(|(x, y)| self.types(x, y, depth))
            }),
            TyKind::FnDef(d, x) => {
                matches!(*b.kind(), TyKind::FnDef(e, y) if d == e && self.args(x, y, depth))
            }
            TyKind::Closure(d, x) => {
                matches!(*b.kind(), TyKind::Closure(e, y) if d == e && self.args(x, y, depth))
            }
            TyKind::CoroutineClosure(d, x) => matches!(*b.kind(),
                TyKind::CoroutineClosure(e, y) if d == e && self.args(x, y, depth)),
            TyKind::Coroutine(d, x) => {
                matches!(*b.kind(), TyKind::Coroutine(e, y) if d == e && self.args(x, y, depth))
            }
            TyKind::CoroutineWitness(d, _) => {
                matches!(*b.kind(), TyKind::CoroutineWitness(e, _) if d == e)
            }
            TyKind::Pat(x, _) => matches!(*b.kind(), TyKind::Pat(y, _) if self.types(x, y, depth)),
            TyKind::UnsafeBinder(_) => matches!(*b.kind(), TyKind::UnsafeBinder(_)),
        }
    }
    fn consts(self, a: Const<'tcx>, b: Const<'tcx>) -> bool {
        let open = |c: Const<'tcx>, infer: bool| match c.kind() {
            ConstKind::Param(_) => infer,
            ConstKind::Infer(_) | ConstKind::Unevaluated(_) | ConstKind::Error(_) | ConstKind::Bound(..) => true,
            ConstKind::Value(_) | ConstKind::Placeholder(_) => false,
        };
        if a == b || open(a, self.lhs_infer) || open(b, self.rhs_infer) {
            return true;
        }
        match (a.kind(), b.kind()) {
            (ConstKind::Value(x), ConstKind::Value(y)) => x.valtree == y.valtree,
            (ConstKind::Param(x), ConstKind::Param(y)) => x.index == y.index,
            _ => false,
        }
    }
}
