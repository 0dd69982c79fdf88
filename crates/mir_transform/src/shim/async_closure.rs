//! Calling an async closure once: its coroutine gets what the closure has.

use mir::{AggregateKind, Body, Local, Operand, Place, Rvalue};
use query::TyCtxt;
use rustc_index::IndexVec;
use span::def_id::DefId;
use ty::closure::ClosureKind;
use ty::{FieldIdx, FnSig, InstanceKind, Ty, TyKind};

use super::{local_decls_for_sig, straight_body};

/// `receiver_by_ref`: by `Fn` and `FnMut`, which a closure has that lends nothing of its own; what it captured is copied.
pub(super) fn build_shim<'tcx>(
    tcx: TyCtxt<'tcx>,
    instance: InstanceKind<'tcx>,
    closure: DefId,
    receiver_by_ref: bool,
) -> Body<'tcx> {
    let cx = tcx.interner();
    let span = tcx.def_span(closure);
    let closure_ty = tcx.type_of(closure).instantiate_identity();
    let TyKind::CoroutineClosure(_, args) = *closure_ty.kind() else { panic!("{closure:?} is no async closure") };
    let args = args.as_coroutine_closure();
    let erased = tcx.lifetimes().re_erased;
    let parts = tcx.instantiate_bound_regions_with_erased(args.sig());
    let coroutine = tcx.coroutine_for_closure(closure);
    let output = args.to_coroutine(cx, parts, coroutine, ClosureKind::FnOnce, erased);
    let TyKind::Coroutine(_, coroutine_args) = *output.kind() else { panic!("an async closure gives a coroutine") };
    let self_place = Place::from(Local::from_u32(1));
    let (self_ty, self_place) = match receiver_by_ref {
        true => (tcx.mk_mut_ref(erased, closure_ty), self_place.deref(cx)),
        false => (closure_ty, self_place),
    };
    let inputs = parts.tupled_inputs_ty.tuple_fields();
    let all: Vec<Ty<'tcx>> = std::iter::once(self_ty).chain(inputs.iter()).chain([output]).collect();
    let sig = FnSig {
        inputs_and_output: tcx.mk_type_list(&all),
        c_variadic: false,
        safety: hir::Safety::Safe,
        abi: ty::ExternAbi::Rust,
    };
    let mut fields: IndexVec<FieldIdx, Operand<'tcx>> =
        (0..inputs.len()).map(|i| Operand::Move(Local::from_usize(i + 2).into())).collect();
    for (i, ty) in args.upvar_tys().iter().enumerate() {
        let place = self_place.field(FieldIdx::from_usize(i), ty, cx);
        fields.push(if receiver_by_ref { Operand::Copy(place) } else { Operand::Move(place) });
    }
    let kind = AggregateKind::Coroutine(coroutine, coroutine_args);
    straight_body(instance, local_decls_for_sig(&sig, span), span, Rvalue::Aggregate(Box::new(kind), fields))
}
