//! Shims that call a function with a receiver of another form.

use mir::{
    BasicBlock, Body, BorrowKind, CallSource, Const, ConstOperand, Local, LocalDecl, MutBorrowKind, Operand, Place,
    Rvalue, SourceInfo, TerminatorKind, UnwindAction, UnwindTerminateReason,
};
use query::TyCtxt;
use rustc_index::IndexVec;
use span::Spanned;
use span::def_id::DefId;
use ty::{ExternAbi, FieldIdx, InstanceKind, Ty};

use super::{assign, block, local_decls_for_sig, new_body};

/// What the callee gets as its receiver, of the shim's first argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Adjustment {
    /// The argument.
    Identity,
    /// What it refers to.
    DerefRef,
    DerefMutRef,
    /// What it points to: an unsized receiver.
    DerefMutPtr,
    /// A reference to it; it is dropped afterwards.
    RefMut,
}

/// What is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CallKind<'tcx> {
    /// The receiver, of this type.
    Indirect(Ty<'tcx>),
    /// The function, with the shim's own arguments.
    Direct(DefId),
}

pub(super) fn build_call_shim<'tcx>(
    tcx: TyCtxt<'tcx>,
    instance: InstanceKind<'tcx>,
    adjustment: Option<Adjustment>,
    call_kind: CallKind<'tcx>,
) -> Body<'tcx> {
    let cx = tcx.interner();
    let def_id = instance.def_id();
    let span = tcx.def_span(def_id);
    let source_info = SourceInfo::outermost(span);
    let erased = tcx.lifetimes().re_erased;
    // The shim of a fn pointer is made for its type; the other bodies are instantiated where they are used.
    let mut untuple_args = None;
    let sig = match instance {
        InstanceKind::FnPtrShim(_, ty) => {
            let callee_sig = tcx.fn_sig_of_ty(ty).expect("a function type");
            let inputs = tcx.instantiate_bound_regions_with_erased(callee_sig).inputs();
            untuple_args = Some(inputs);
            tcx.fn_sig(def_id).instantiate(cx, tcx.mk_args(&[ty.into(), tcx.mk_tup(inputs).into()]))
        }
        _ => tcx.fn_sig(def_id).instantiate_identity(),
    };
    let mut sig = tcx.instantiate_bound_regions_with_erased(sig);
    let mut tys: Vec<Ty<'tcx>> = sig.inputs_and_output.iter().collect();
    if let (CallKind::Indirect(fn_ty), Some(adjustment)) = (call_kind, adjustment) {
        tys[0] = match adjustment {
            Adjustment::Identity | Adjustment::RefMut => fn_ty,
            Adjustment::DerefRef => tcx.mk_imm_ref(erased, fn_ty),
            Adjustment::DerefMutRef => tcx.mk_mut_ref(erased, fn_ty),
            Adjustment::DerefMutPtr => tcx.mk_mut_ptr(fn_ty),
        };
    }
    if let InstanceKind::VTableShim(_) = instance {
        tys[0] = tcx.mk_mut_ptr(tys[0]);
    }
    sig.inputs_and_output = tcx.mk_type_list(&tys);

    let mut decls = local_decls_for_sig(&sig, span);
    let receiver_place = Place::from(Local::from_u32(1));
    let mut statements = Vec::new();
    let receiver = adjustment.map(|a| match a {
        Adjustment::Identity => Operand::Move(receiver_place),
        Adjustment::DerefRef | Adjustment::DerefMutRef => Operand::Copy(receiver_place.deref(cx)),
        Adjustment::DerefMutPtr => Operand::Move(receiver_place.deref(cx)),
        Adjustment::RefMut => {
            let reference = decls.push(LocalDecl::new(tcx.mk_mut_ref(erased, sig.inputs()[0]), span).immutable());
            let borrow = Rvalue::Ref(erased, BorrowKind::Mut { kind: MutBorrowKind::Default }, receiver_place);
            statements.push(assign(source_info, reference.into(), borrow));
            Operand::Move(reference.into())
        }
    });
    let (func, mut args) = match (call_kind, receiver) {
        (CallKind::Indirect(_), receiver) => (receiver.expect("the function to be called"), Vec::new()),
        (CallKind::Direct(callee), receiver) => {
            let ty = tcx.type_of(callee).instantiate_identity();
            let callee = ConstOperand { span, user_ty: None, const_: Const::zero_sized(ty) };
            (Operand::Constant(Box::new(callee)), receiver.into_iter().collect())
        }
    };
    let n = sig.inputs().len();
    let first = usize::from(adjustment.is_some());
    let end = n - usize::from(untuple_args.is_some());
    args.extend((first..end).map(|i| Operand::Move(Place::from(Local::from_usize(1 + i)))));
    if let Some(tys) = untuple_args {
        let tuple = Place::from(Local::from_usize(n));
        args.extend(tys.iter().enumerate().map(|(i, ty)| Operand::Move(tuple.field(FieldIdx::from_usize(i), *ty, cx))));
    }

    let drops_receiver = adjustment == Some(Adjustment::RefMut);
    let bb = BasicBlock::from_u32;
    let mut blocks = IndexVec::new();
    let call = TerminatorKind::Call {
        func,
        args: args.into_iter().map(|node| Spanned { node, span }).collect(),
        destination: Place::return_place(),
        target: Some(bb(1)),
        unwind: if drops_receiver { UnwindAction::Cleanup(bb(3)) } else { UnwindAction::Continue },
        call_source: CallSource::Misc,
        fn_span: span,
    };
    blocks.push(block(source_info, statements, call, false));
    let drop = |target, unwind| TerminatorKind::Drop { place: receiver_place, target, unwind, replace: false };
    if drops_receiver {
        blocks.push(block(source_info, Vec::new(), drop(bb(2), UnwindAction::Continue), false));
    }
    blocks.push(block(source_info, Vec::new(), TerminatorKind::Return, false));
    if drops_receiver {
        let terminate = UnwindAction::Terminate(UnwindTerminateReason::InCleanup);
        blocks.push(block(source_info, Vec::new(), drop(bb(4), terminate), true));
        blocks.push(block(source_info, Vec::new(), TerminatorKind::UnwindResume, true));
    }
    let mut body = new_body(instance, blocks, decls, n, span);
    if sig.abi == ExternAbi::RustCall {
        body.spread_arg = Some(Local::from_usize(n));
    }
    body
}
