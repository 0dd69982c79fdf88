//! The parameters that a type or trait reference determines, and impls with others (E0207).
//!
//! `impl<T> Trait for Vec<T>` determines `T`; `impl<T> Trait for <T as Other>::Assoc` does not, since many `T` may have
//! the same associated type. A bound `<U as Iterator>::Item == T` with a determined `U` determines `T`.

use diagnostics::codes::*;
use query::TyCtxt;
use span::FxHashSet;
use span::Span;
use span::def_id::LocalDefId;
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitor};
use ty::{Clause, ClauseKind, Const, ConstKind, GenericParamDefKind, Region, RegionKind, TraitRef, Ty, TyKind};

use super::CheckResult;

/// The index of a parameter.
pub(crate) type Parameter = u32;

struct Collect {
    found: Vec<Parameter>,
    include_nonconstraining: bool,
}

impl<'tcx> TypeVisitor<'tcx> for Collect {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        match *t.kind() {
            TyKind::Alias(..) if !self.include_nonconstraining => return std::ops::ControlFlow::Continue(()),
            TyKind::Param(p) => self.found.push(p.index),
            _ => {}
        }
        t.super_visit_with(self)
    }
    fn visit_region(&mut self, r: Region<'tcx>) -> std::ops::ControlFlow<()> {
        if let RegionKind::ReEarlyParam(p) = r.kind() {
            self.found.push(p.index);
        }
        std::ops::ControlFlow::Continue(())
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> std::ops::ControlFlow<()> {
        match c.kind() {
            ConstKind::Unevaluated(_) if !self.include_nonconstraining => return std::ops::ControlFlow::Continue(()),
            ConstKind::Param(p) => self.found.push(p.index),
            _ => {}
        }
        c.super_visit_with(self)
    }
}

/// The parameters a value mentions; without `include_nonconstraining`, only those it determines.
pub(crate) fn parameters_for<'tcx>(value: &impl TypeVisitable<'tcx>, include_nonconstraining: bool) -> Vec<Parameter> {
    let mut c = Collect { found: Vec::new(), include_nonconstraining };
    let _ = value.visit_with(&mut c);
    c.found
}

/// Those that an impl's header determines.
pub(crate) fn parameters_for_impl<'tcx>(self_ty: Ty<'tcx>, trait_ref: Option<TraitRef<'tcx>>) -> FxHashSet<Parameter> {
    match trait_ref {
        Some(t) => parameters_for(&t, false),
        None => parameters_for(&self_ty, false),
    }
    .into_iter()
    .collect()
}

/// Adds those that projection bounds determine, until nothing changes.
pub(crate) fn identify_constrained<'tcx>(
    tcx: TyCtxt<'tcx>,
    predicates: &[(Clause<'tcx>, Span)],
    impl_trait_ref: Option<TraitRef<'tcx>>,
    input: &mut FxHashSet<Parameter>,
) {
    loop {
        let mut changed = false;
        for (clause, _) in predicates {
            let ClauseKind::Projection(p) = clause.kind().skip_binder() else { continue };
            // `impl Trait for T where <T as Trait>::Assoc == U` says nothing of `U`.
            if let Some(t) = impl_trait_ref {
                let own = tcx.opt_parent(p.projection_term.def_id) == Some(t.def_id);
                if own && p.projection_term.args.iter().take(t.args.len()).eq(t.args.iter()) {
                    continue;
                }
            }
            let inputs = parameters_for(&p.projection_term, true);
            if !inputs.iter().all(|i| input.contains(i)) {
                continue;
            }
            for out in parameters_for(&p.term, false) {
                changed |= input.insert(out);
            }
        }
        if !changed {
            return;
        }
    }
}

/// Reports parameters of an impl that nothing determines.
pub(crate) fn check_impl_params(tcx: TyCtxt<'_>, imp: LocalDefId) -> CheckResult {
    use ty::visit::TypeVisitableExt;
    let self_ty = tcx.type_of(imp.to_def_id()).instantiate_identity();
    self_ty.error_reported()?;
    let trait_ref = tcx.impl_opt_trait_ref(imp.to_def_id()).map(|t| t.instantiate_identity());
    if let Some(t) = trait_ref {
        t.error_reported()?;
    }
    // A trait that was not found.
    if trait_ref.is_none() && tcx.def_kind(imp) == (hir::def::DefKind::Impl { of_trait: true }) {
        return Ok(());
    }
    let generics = tcx.generics_of(imp.to_def_id());
    let mut input = parameters_for_impl(self_ty, trait_ref);
    identify_constrained(tcx, tcx.predicates_of(imp.to_def_id()).predicates, trait_ref, &mut input);
    let mut res = Ok(());
    let mut in_assoc_types = None;
    for param in &generics.own_params {
        if input.contains(&param.index) {
            continue;
        }
        let what = match param.kind {
            GenericParamDefKind::Lifetime => {
                let used = in_assoc_types.get_or_insert_with(|| lifetimes_in_assoc_types(tcx, imp));
                if !used.contains(&param.index) {
                    continue;
                }
                "lifetime parameter"
            }
            GenericParamDefKind::Type { .. } => "type parameter",
            GenericParamDefKind::Const { .. } => "const parameter",
        };
        let span = tcx.def_span(param.def_id);
        let mut err = tcx
            .dcx()
            .struct_span_err(
                span,
                format!("the {what} `{}` is not constrained by the impl trait, self type, or predicates", param.name),
            )
            .with_code(E0207)
            .with_span_label(span, format!("unconstrained {what}"));
        if what == "const parameter" {
            err.note("expressions using a const parameter must map each value to a distinct output value");
            err.note("proving the result of expressions other than the parameter are unique is not supported");
        }
        res = Err(err.emit());
    }
    res
}

/// A lifetime that is not determined does harm only where an associated type mentions it.
fn lifetimes_in_assoc_types(tcx: TyCtxt<'_>, imp: LocalDefId) -> FxHashSet<Parameter> {
    tcx.associated_items(imp.to_def_id())
        .in_definition_order()
        .filter(|i| i.is_type() && i.has_value)
        .flat_map(|i| parameters_for(&tcx.type_of(i.def_id).instantiate_identity(), true))
        .collect()
}
