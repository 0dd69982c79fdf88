//! The parts of a type that must outlive a region for the type to.

use query::TyCtxt;
use smallvec::SmallVec;
use ty::visit::TypeVisitableExt;
use ty::{AliasTy, AliasTyKind, GenericArg, InferTy, ParamTy, PlaceholderType, Region, Ty, TyKind};

/// A part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component<'tcx> {
    Region(Region<'tcx>),
    Param(ParamTy),
    Placeholder(PlaceholderType),
    UnresolvedInferenceVariable(InferTy),
    /// An alias: by its bounds, or by its arguments.
    Alias(AliasTyKind, AliasTy<'tcx>),
    /// An alias that mentions bound regions: its own components must do.
    EscapingAlias(Vec<Component<'tcx>>),
}

/// Collects the parts of a type.
pub fn push_outlives_components<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>, out: &mut Vec<Component<'tcx>>) {
    let mut visited: SmallVec<[GenericArg<'tcx>; 8]> = SmallVec::new();
    compute(tcx, ty, out, &mut visited);
}

fn compute<'tcx>(
    tcx: TyCtxt<'tcx>,
    ty: Ty<'tcx>,
    out: &mut Vec<Component<'tcx>>,
    visited: &mut SmallVec<[GenericArg<'tcx>; 8]>,
) {
    if crate::traits::util::trivially_outlives(ty) {
        return;
    }
    if visited.contains(&ty.into()) {
        return;
    }
    visited.push(ty.into());
    match *ty.kind() {
        // A closure's captures decide.
        TyKind::Closure(_, args) => {
            compute(tcx, args.as_closure().tupled_upvars_ty(), out, visited);
        }
        TyKind::CoroutineClosure(_, args) => {
            compute(tcx, args.as_coroutine_closure().tupled_upvars_ty(), out, visited);
        }
        TyKind::Coroutine(_, args) => {
            compute(tcx, args.as_coroutine().tupled_upvars_ty(), out, visited);
            compute(tcx, args.as_coroutine().resume_ty(), out, visited);
        }
        TyKind::FnDef(_, args) => {
            // Not the lifetimes among its own arguments (rust-lang/rust#70917).
            for a in args {
                if a.as_region().is_none() {
                    arg(tcx, a, out, visited);
                }
            }
        }
        TyKind::Param(p) => out.push(Component::Param(p)),
        TyKind::Placeholder(p) => out.push(Component::Placeholder(p)),
        TyKind::Alias(kind, alias) => {
            if ty.has_escaping_bound_vars() {
                let mut inner = Vec::new();
                for a in alias.args {
                    arg(tcx, a, &mut inner, visited);
                }
                out.push(Component::EscapingAlias(inner));
            } else {
                out.push(Component::Alias(kind, alias));
            }
        }
        TyKind::Infer(v) => out.push(Component::UnresolvedInferenceVariable(v)),
        TyKind::Ref(r, t, _) => {
            region(r, out);
            compute(tcx, t, out, visited);
        }
        TyKind::Dynamic(preds, r) => {
            for p in preds {
                match p.skip_binder() {
                    ty::ExistentialPredicate::Trait(t) => {
                        for a in t.args {
                            arg(tcx, a, out, visited);
                        }
                    }
                    ty::ExistentialPredicate::Projection(p) => {
                        for a in p.args {
                            arg(tcx, a, out, visited);
                        }
                        arg(tcx, p.term.into_arg(), out, visited);
                    }
                    ty::ExistentialPredicate::AutoTrait(_) => {}
                }
            }
            region(r, out);
        }
        TyKind::Array(t, c) => {
            compute(tcx, t, out, visited);
            arg(tcx, c.into(), out, visited);
        }
        TyKind::Slice(t) | TyKind::RawPtr(t, _) | TyKind::Pat(t, _) => {
            compute(tcx, t, out, visited);
        }
        TyKind::Tuple(tys) => {
            for t in tys {
                compute(tcx, t, out, visited);
            }
        }
        TyKind::Adt(_, args) | TyKind::CoroutineWitness(_, args) => {
            for a in args {
                arg(tcx, a, out, visited);
            }
        }
        TyKind::FnPtr(sig) => {
            for t in sig.skip_binder().inputs_and_output {
                compute(tcx, t, out, visited);
            }
        }
        TyKind::UnsafeBinder(t) => compute(tcx, t.skip_binder(), out, visited),
        TyKind::Bool
        | TyKind::Char
        | TyKind::Int(_)
        | TyKind::Uint(_)
        | TyKind::Float(_)
        | TyKind::Never
        | TyKind::Str
        | TyKind::Foreign(_)
        | TyKind::Bound(..)
        | TyKind::Error(_) => {}
    }
}

fn region<'tcx>(r: Region<'tcx>, out: &mut Vec<Component<'tcx>>) {
    if !r.is_bound() {
        out.push(Component::Region(r));
    }
}

fn arg<'tcx>(
    tcx: TyCtxt<'tcx>,
    a: GenericArg<'tcx>,
    out: &mut Vec<Component<'tcx>>,
    visited: &mut SmallVec<[GenericArg<'tcx>; 8]>,
) {
    match a {
        GenericArg::Type(t) => compute(tcx, t, out, visited),
        GenericArg::Lifetime(r) => region(r, out),
        GenericArg::Const(c) => {
            if let ty::ConstKind::Unevaluated(uv) = c.kind() {
                for a in uv.args {
                    arg(tcx, a, out, visited);
                }
            }
        }
    }
}

/// The parts of an alias by its arguments.
pub fn alias_components<'tcx>(tcx: TyCtxt<'tcx>, alias: AliasTy<'tcx>, out: &mut Vec<Component<'tcx>>) {
    let mut visited = SmallVec::new();
    for a in alias.args {
        arg(tcx, a, out, &mut visited);
    }
}
