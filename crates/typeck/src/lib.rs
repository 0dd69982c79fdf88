//! Type checking of bodies: the `typeck` query.
//!
//! [`typeck`] sets up a [`FnCtxt`] over a [`typeck_root_ctxt::TypeckRootCtxt`] (an inference context, pending
//! obligations, deferred checks), checks the body top down with expectations (`expr.rs`, `pat.rs`), then does fallback,
//! casts, closure captures, and writes the results (`writeback.rs`). Names and structure are rustc_hir_typeck's.
//!
//! Invariant: an error type says that an error was reported; nothing more is reported because of it.

mod autoderef;
mod callee;
mod cast;
mod check;
mod closure;
mod coercion;
mod coroutines;
mod demand;
mod diverges;
mod expectation;
mod expr;
mod expr_use_visitor;
mod fallback;
mod fn_ctxt;
mod gather_locals;
mod intrinsicck;
mod mem_categorization;
mod method;
mod needs;
mod op;
mod pat;
mod place_op;
mod typeck_root_ctxt;
mod upvar;
mod writeback;

pub use coroutines::{check_coroutine_obligations, check_coroutine_recursion};
use hir::def::DefKind;
use hir::{ExprKind, HirId, Node};
use query::TyCtxt;
use span::FxIndexSet;
use span::def_id::{DefId, LocalDefId};
use trait_solve::traits::{ObligationCauseCode, WellFormedLoc};
use ty::visit::TypeVisitableExt;
use ty::{EarlyBinder, Ty, TypeckResults};

use check::check_fn;
use fn_ctxt::FnCtxt;
use needs::Needs;
use typeck_root_ctxt::TypeckRootCtxt;

/// Sets the queries of this crate.
pub fn provide(providers: &mut query::Providers<'_>) {
    providers.typeck = typeck;
    providers.used_trait_imports = used_trait_imports;
    providers.type_of_opaque = type_of_opaque;
}

/// The type that an `impl Trait` hides: what the body that it stands in the signature of found.
fn type_of_opaque<'tcx>(tcx: TyCtxt<'tcx>, opaque: LocalDefId) -> EarlyBinder<Ty<'tcx>> {
    let cx = *tcx;
    let def_id = opaque.to_def_id();
    let error = |message: &'static str| {
        EarlyBinder::bind(Ty::new_error(cx, tcx.dcx().span_delayed_bug(tcx.def_span(def_id), message)))
    };
    let owner = match tcx.opaque_ty_origin(def_id) {
        hir::OpaqueTyOrigin::FnReturn { parent, .. } | hir::OpaqueTyOrigin::AsyncFn { parent, .. } => parent,
        hir::OpaqueTyOrigin::TyAlias { parent, .. } => return type_of_alias_opaque(tcx, opaque, parent),
    };
    let Some(owner) = owner.as_local() else {
        return error("the hidden type of another crate's opaque type is in its metadata");
    };
    if tcx.hir_node_by_def_id(owner).body_id().is_none() {
        return error("the opaque type of a function without a body");
    }
    let results = tcx.typeck(owner);
    if let Some(hidden) = results.hidden_types.get(&opaque) {
        return EarlyBinder::bind(hidden.ty);
    }
    match results.tainted_by_errors {
        Some(guar) => EarlyBinder::bind(Ty::new_error(cx, guar)),
        // The body never returns.
        None if tcx.def_span(def_id).at_least_rust_2024() => EarlyBinder::bind(tcx.types().never),
        None => EarlyBinder::bind(tcx.mk_unit()),
    }
}

/// The type that an `impl Trait` in a type alias or associated type hides: all items that `#[define_opaque]` it agree on it.
fn type_of_alias_opaque<'tcx>(tcx: TyCtxt<'tcx>, opaque: LocalDefId, alias: DefId) -> EarlyBinder<Ty<'tcx>> {
    let mut found: Option<ty::OpaqueHiddenType<'tcx>> = None;
    for owner in tcx.hir_body_owners() {
        if !tcx.opaque_types_defined_by(owner).contains(&opaque.to_def_id()) {
            continue;
        }
        let results = tcx.typeck(owner);
        match (results.hidden_types.get(&opaque), found) {
            (Some(hidden), None) => found = Some(*hidden),
            (Some(hidden), Some(prev)) if hidden.ty != prev.ty && !(hidden.ty, prev.ty).references_error() => {
                tcx.dcx()
                    .struct_span_err(hidden.span, "concrete type differs from previous defining opaque type use")
                    .with_span_label(hidden.span, format!("expected `{}`, got `{}`", prev.ty, hidden.ty))
                    .with_span_note(prev.span, "previous use here")
                    .emit();
            }
            (Some(_), Some(_)) => {}
            (None, _) => {
                if let Some(guar) = results.tainted_by_errors {
                    found = found.or(Some(ty::OpaqueHiddenType {
                        span: tcx.def_span(opaque.to_def_id()),
                        ty: Ty::new_error(*tcx, guar),
                    }));
                }
            }
        }
    }
    if let Some(hidden) = found {
        return EarlyBinder::bind(hidden.ty);
    }
    let name = tcx.item_name(alias);
    let what = if tcx.def_kind(alias) == DefKind::TyAlias { "crate" } else { "impl" };
    let guar = tcx
        .dcx()
        .struct_span_err(tcx.def_span(opaque.to_def_id()), "unconstrained opaque type")
        .with_note(format!("`{name}` must be used in combination with a concrete type within the same {what}"))
        .emit();
    EarlyBinder::bind(Ty::new_error(*tcx, guar))
}

fn used_trait_imports<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> &'tcx FxIndexSet<LocalDefId> {
    &tcx.typeck(def_id).used_trait_imports
}

/// Type checks a body. Closures and inline constants have the results of the body that they stand in.
fn typeck<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> &'tcx TypeckResults<'tcx> {
    let root = tcx.typeck_root_def_id_local(def_id);
    if root != def_id {
        return tcx.typeck(root);
    }
    let id = tcx.local_def_id_to_hir_id(def_id);
    let node = tcx.hir_node_by_def_id(def_id);
    let Some(body_id) = node.body_id() else {
        let mut results = TypeckResults::new(id.owner);
        results.tainted_by_errors =
            Some(tcx.dcx().span_delayed_bug(tcx.def_span(def_id), "type check of an item without a body"));
        return tcx.arena().alloc(results);
    };
    let body = tcx.hir_body(body_id);
    let param_env = tcx.param_env(def_id);

    let root_ctxt = TypeckRootCtxt::new(tcx, def_id);
    let mut fcx = FnCtxt::new(&root_ctxt, param_env, def_id);

    if let Some(hir::FnSig { decl, .. }) = node.fn_sig() {
        check_fn_body(&mut fcx, tcx, def_id, decl, body);
    } else {
        check_const_body(&fcx, tcx, def_id, id, node, body);
    }

    fcx.check_repeat_exprs();
    fcx.type_inference_fallback();

    // Even though coercion casts provide type hints, we check casts after fallback for backwards compatibility. This
    // makes fallback a stronger type hint than a cast coercion.
    fcx.check_casts();
    fcx.select_obligations_where_possible(|_| {});

    // Closure and coroutine analysis may run after fallback because both queries may need to be resolved.
    fcx.closure_analyze(body);
    fcx.select_obligations_where_possible(|_| {});

    let deferred = std::mem::take(&mut *fcx.deferred_sized_obligations.borrow_mut());
    for (ty, span, code) in deferred {
        let ty = fcx.normalize(span, ty);
        fcx.require_type_is_sized(ty, span, code);
    }
    fcx.select_obligations_where_possible(|_| {});

    if fcx.tainted_by_errors().is_none() {
        fcx.report_ambiguity_errors();
    }
    fcx.check_asms();

    coroutines::keep_obligations(&fcx);
    let results = fcx.resolve_type_vars_in_body(body);
    if results.tainted_by_errors.is_none() {
        intrinsicck::check_transmutes(tcx, def_id, results, param_env);
    }
    results
}

fn check_fn_body<'tcx>(
    fcx: &mut FnCtxt<'_, 'tcx>,
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    decl: &'tcx hir::FnDecl<'tcx>,
    body: &'tcx hir::Body<'tcx>,
) {
    let fn_sig = tcx.fn_sig(def_id.to_def_id()).instantiate_identity();
    // Compute the function signature from point of view of inside the fn.
    let fn_sig = tcx.liberate_late_bound_regions(def_id.to_def_id(), fn_sig);
    // Normalize the input and output types one at a time, each blamed at its own place.
    let inputs_and_output: Vec<Ty<'tcx>> = fn_sig
        .inputs_and_output
        .iter()
        .enumerate()
        .map(|(idx, ty)| {
            let span = decl.inputs.get(idx).map_or_else(|| decl.output.span(), |t| t.span);
            fcx.normalize(span, ty)
        })
        .collect();
    let fn_sig = ty::FnSig { inputs_and_output: tcx.mk_type_list(&inputs_and_output), ..fn_sig };
    let unsized_params = tcx.feature(span::sym::unsized_fn_params);
    check_fn(fcx, fn_sig, None, decl, def_id, body, unsized_params);
}

fn check_const_body<'tcx>(
    fcx: &FnCtxt<'_, 'tcx>,
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    id: HirId,
    node: Node<'tcx>,
    body: &'tcx hir::Body<'tcx>,
) {
    let expected_type = match infer_type_if_missing(fcx, node, def_id) {
        Some(infer_ty) => infer_ty,
        None => tcx.type_of(def_id.to_def_id()).instantiate_identity(),
    };
    let expected_type = fcx.normalize(body.value.span, expected_type);

    let wf_code = ObligationCauseCode::WellFormed(Some(WellFormedLoc::Ty(def_id)));
    fcx.register_wf_obligation(expected_type.into(), body.value.span, wf_code);
    fcx.require_type_is_sized(expected_type, body.value.span, ObligationCauseCode::SizedConstOrStatic);
    fcx.check_expr_coercible_to_type(body.value, expected_type, None);
    fcx.write_ty(id, expected_type);
}

/// Constants in `asm!` have the type of their value.
fn infer_type_if_missing<'tcx>(fcx: &FnCtxt<'_, 'tcx>, node: Node<'tcx>, def_id: LocalDefId) -> Option<Ty<'tcx>> {
    let tcx = fcx.tcx;
    if let Node::AnonConst(_) = node {
        let id = tcx.local_def_id_to_hir_id(def_id);
        if let Node::Expr(&hir::Expr { kind: ExprKind::InlineAsm(asm), span, .. }) = tcx.parent_hir_node(id) {
            return asm.operands.iter().find_map(|(op, _)| match op {
                hir::InlineAsmOperand::Const { anon_const } if anon_const.hir_id == id => Some(fcx.next_int_var()),
                _ => {
                    let _ = span;
                    None
                }
            });
        }
    }
    None
}
