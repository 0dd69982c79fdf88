//! Bodies that are not built from expressions: of constructors, and where there was an error.

use hir::def::DefKind;
use mir::{
    AggregateKind, BasicBlockData, Body, LocalDecl, MirSource, Operand, Place, Rvalue, SourceInfo, SourceScopeData,
    SourceScopeLocalData, Statement, StatementKind, Terminator, TerminatorKind,
};
use query::TyCtxt;
use rustc_index::IndexVec;
use span::ErrorGuaranteed;
use span::def_id::{DefId, LocalDefId};
use ty::{FieldIdx, Ty, TyKind};

use crate::thir::cx::typeck_of;

fn outermost_scope<'tcx>(tcx: TyCtxt<'tcx>, span: span::Span, def: Option<LocalDefId>) -> SourceScopeData<'tcx> {
    let local_data = match def {
        Some(def) => mir::ClearCrossCrate::Set(SourceScopeLocalData { lint_root: tcx.local_def_id_to_hir_id(def) }),
        None => mir::ClearCrossCrate::Clear,
    };
    SourceScopeData { span, parent_scope: None, inlined: None, inlined_parent_scope: None, local_data }
}

/// The body of a tuple struct's or variant's constructor.
pub fn build_adt_ctor<'tcx>(tcx: TyCtxt<'tcx>, ctor_id: DefId) -> Body<'tcx> {
    let span = tcx.def_span(ctor_id);
    let source_info = SourceInfo::outermost(span);
    // Its only arguments are the type's parameters.
    let sig = tcx.erase_regions(tcx.fn_sig(ctor_id).instantiate_identity().skip_binder());
    let adt_def = tcx.adt_of_variant(ctor_id);
    let TyKind::Adt(_, args) = *sig.output().kind() else { panic!("a constructor of {}", sig.output()) };
    let variant_index = adt_def.variant_index_with_ctor_id(ctor_id);
    let mut local_decls = IndexVec::new();
    local_decls.push(LocalDecl::with_source_info(sig.output(), source_info));
    let mut operands: IndexVec<FieldIdx, _> = IndexVec::new();
    for ty in sig.inputs() {
        let local = local_decls.push(LocalDecl::with_source_info(*ty, source_info).immutable());
        operands.push(Operand::Move(Place::from(local)));
    }
    let kind = AggregateKind::Adt(adt_def.did(), variant_index, args, None, None);
    let assign = StatementKind::Assign(Box::new((Place::return_place(), Rvalue::Aggregate(Box::new(kind), operands))));
    let block = BasicBlockData::new_stmts(
        vec![Statement::new(source_info, assign)],
        Some(Terminator { source_info, kind: TerminatorKind::Return }),
        false,
    );
    let n = sig.inputs().len();
    let scopes = IndexVec::from_raw(vec![outermost_scope(tcx, span, None)]);
    let source = MirSource::item(ctor_id);
    let mut body = Body::new(
        source,
        IndexVec::from_raw(vec![block]),
        scopes,
        local_decls,
        IndexVec::new(),
        n,
        vec![],
        span,
        None,
        None,
    );
    body.set_required_consts(Vec::new());
    body.set_mentioned_items(Vec::new());
    body
}

/// A body with the right signature that does nothing: an error was reported.
pub(super) fn construct_error<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId, guar: ErrorGuaranteed) -> Body<'tcx> {
    let span = tcx.def_span(def.to_def_id());
    let hir_id = tcx.local_def_id_to_hir_id(def);
    let error = Ty::new_error(tcx.interner(), guar);
    let mut coroutine = None;
    let (inputs, output): (Vec<Ty<'tcx>>, Ty<'tcx>) = match tcx.def_kind(def) {
        DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(..) => {
            let sig =
                tcx.liberate_late_bound_regions(def.to_def_id(), tcx.fn_sig(def.to_def_id()).instantiate_identity());
            (sig.inputs().to_vec(), sig.output())
        }
        DefKind::Closure => {
            let closure_ty = typeck_of(tcx, def).node_type_opt(hir_id).unwrap_or(error);
            match *closure_ty.kind() {
                TyKind::Closure(_, args) => {
                    let args = args.as_closure();
                    let sig = tcx.liberate_late_bound_regions(def.to_def_id(), args.sig());
                    let kind = args.kind_ty().to_opt_closure_kind().unwrap_or(ty::closure::ClosureKind::FnOnce);
                    let env = tcx.closure_env_ty(closure_ty, kind, tcx.lifetimes().re_erased);
                    let params = match *sig.inputs()[0].kind() {
                        TyKind::Tuple(tys) => tys.to_vec(),
                        _ => vec![],
                    };
                    ([env].into_iter().chain(params).collect(), sig.output())
                }
                TyKind::Coroutine(_, args) => {
                    coroutine = super::coroutine_info(tcx, def);
                    let args = args.as_coroutine();
                    (vec![closure_ty, args.resume_ty()], args.return_ty())
                }
                TyKind::CoroutineClosure(_, args) => {
                    let args = args.as_coroutine_closure();
                    let sig = tcx.liberate_late_bound_regions(def.to_def_id(), args.sig());
                    let kind = args.kind_ty().to_opt_closure_kind().unwrap_or(ty::closure::ClosureKind::FnOnce);
                    let env = tcx.closure_env_ty(closure_ty, kind, tcx.lifetimes().re_erased);
                    let params = match *sig.tupled_inputs_ty.kind() {
                        TyKind::Tuple(tys) => tys.to_vec(),
                        _ => vec![],
                    };
                    let coroutine = tcx.coroutine_for_closure(def);
                    let output = args.to_coroutine(*tcx, sig, coroutine, kind, tcx.lifetimes().re_erased);
                    ([env].into_iter().chain(params).collect(), output)
                }
                _ => (vec![error], error),
            }
        }
        DefKind::Const | DefKind::AssocConst | DefKind::AnonConst | DefKind::InlineConst | DefKind::Static { .. } => {
            (vec![], tcx.type_of(def.to_def_id()).instantiate_identity())
        }
        _ => (vec![], error),
    };
    let source_info = SourceInfo::outermost(span);
    let local_decls: IndexVec<mir::Local, _> =
        [output].iter().chain(&inputs).map(|ty| LocalDecl::with_source_info(*ty, source_info)).collect();
    let block = BasicBlockData::new(Some(Terminator { source_info, kind: TerminatorKind::Unreachable }), false);
    let scopes = IndexVec::from_raw(vec![outermost_scope(tcx, span, Some(def))]);
    Body::new(
        MirSource::item(def.to_def_id()),
        IndexVec::from_raw(vec![block]),
        scopes,
        local_decls,
        IndexVec::new(),
        inputs.len(),
        vec![],
        span,
        coroutine,
        Some(guar),
    )
}
