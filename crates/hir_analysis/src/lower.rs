//! Lowering HIR types, paths, bounds and signatures.
//!
//! Lifetimes are resolved already (`hir::LifetimeKind::Param`); what remains is how to refer to one: by De Bruijn index
//! inside the binder that introduces it, as a free late-bound region inside the function, or as an early-bound parameter.
//! [`LoweringBinders`] is the stack of binders that are being lowered.

mod arg_count;
mod args;
mod assoc;
mod bounds;
mod consts;
mod diagnostics;
mod dynamic;
mod path;
mod region;
mod restrictions;
mod sig;
mod ty;
mod unconstrained;

use std::cell::{Cell, RefCell};

use ::diagnostics::{DiagCtxt, ErrorGuaranteed};
use ::ty::{Clause, Const, GenericArgsRef, GenericParamDef, PolyTraitRef, Region, Ty};
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use span::{Ident, Span};

pub use args::GenericArgsError;
pub use assoc::AssocPathResult;
pub use assoc::{instantiate_super_clause, instantiate_supertrait};
pub use bounds::{Bounds, PredicateFilter};

/// The binders that enclose what is being lowered, innermost last.
#[derive(Default, Debug)]
pub struct LoweringBinders {
    scopes: RefCell<Vec<Vec<LocalDefId>>>,
}

/// Why a region is asked for where none is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RegionInferReason {
    /// `&T` and paths with elided lifetimes.
    Elided,
    /// `dyn Trait` without a lifetime whose default is not given by the context.
    ObjectLifetimeDefault,
    /// A generic parameter left out.
    Param,
}

/// Who lowers types: an item or a body.
pub trait HirTyLowerer<'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx>;
    fn dcx(&self) -> &'tcx DiagCtxt {
        self.tcx().dcx()
    }
    /// The item whose generics are in scope.
    fn item_def_id(&self) -> LocalDefId;
    /// The binders being lowered.
    fn binders(&self) -> &LoweringBinders;
    /// A region that is not written. In items there is none to infer: an error value.
    fn re_infer(&self, span: Span, reason: RegionInferReason) -> Region<'tcx>;
    /// The type `_`, or of a parameter left out.
    fn ty_infer(&self, param: Option<&GenericParamDef>, span: Span) -> Ty<'tcx>;
    /// The constant `_`, or of a parameter left out.
    fn ct_infer(&self, param: Option<&GenericParamDef>, span: Span) -> Const<'tcx>;
    /// The bounds on a type parameter of an item in scope, as far as they mention a trait with `assoc`.
    fn probe_ty_param_bounds(&self, span: Span, def_id: LocalDefId, assoc: Ident) -> &'tcx [(Clause<'tcx>, Span)];
    /// `T::Assoc` by way of a trait reference under a binder: bodies instantiate it, items report an error if it is not
    /// without bound variables.
    fn lower_assoc_item_path(
        &self,
        span: Span,
        item_def_id: DefId,
        item_segment: &hir::PathSegment<'tcx>,
        poly_trait_ref: PolyTraitRef<'tcx>,
    ) -> Result<(DefId, GenericArgsRef<'tcx>), ErrorGuaranteed>;
    /// The ADT whose variants `T::Variant` may name: bodies normalise.
    fn probe_adt(&self, span: Span, ty: Ty<'tcx>) -> Option<::ty::AdtDef<'tcx>>;
    /// Tells of the type that was lowered for a node; bodies keep it.
    fn record_ty(&self, hir_id: hir::HirId, ty: Ty<'tcx>, span: Span);
    /// Tells of an error in what is lowered; items whose types have errors are errors themselves.
    fn taint(&self, _guar: ErrorGuaranteed) {}
    /// Whether `_` may be written for types.
    fn allow_infer(&self) -> bool;
    /// This, as an object.
    fn lowerer(&self) -> &dyn HirTyLowerer<'tcx>;
}

/// Lowers types in an item.
pub struct ItemCtxt<'tcx> {
    tcx: TyCtxt<'tcx>,
    item_def_id: LocalDefId,
    binders: LoweringBinders,
    tainted_by_errors: Cell<Option<ErrorGuaranteed>>,
}

impl<'tcx> ItemCtxt<'tcx> {
    /// For an item.
    pub fn new(tcx: TyCtxt<'tcx>, item_def_id: LocalDefId) -> ItemCtxt<'tcx> {
        ItemCtxt { tcx, item_def_id, binders: LoweringBinders::default(), tainted_by_errors: Cell::new(None) }
    }
    /// Lowers a type.
    pub fn lower_ty(&self, hir_ty: &hir::Ty<'tcx>) -> Ty<'tcx> {
        self.lowerer().lower_ty(hir_ty)
    }
    /// Whether an error was reported while lowering.
    pub fn check_tainted_by_errors(&self) -> Result<(), ErrorGuaranteed> {
        self.tainted_by_errors.get().map_or(Ok(()), Err)
    }
}

impl<'tcx> HirTyLowerer<'tcx> for ItemCtxt<'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.tcx
    }
    fn item_def_id(&self) -> LocalDefId {
        self.item_def_id
    }
    fn binders(&self) -> &LoweringBinders {
        &self.binders
    }
    fn re_infer(&self, span: Span, reason: RegionInferReason) -> Region<'tcx> {
        let guar = match reason {
            RegionInferReason::ObjectLifetimeDefault => self
                .dcx()
                .struct_span_err(
                    span,
                    "the lifetime bound for this object type cannot be deduced from context; please supply an explicit bound",
                )
                .with_code(::diagnostics::codes::E0228)
                .emit(),
            _ => self.dcx().span_delayed_bug(span, "unelided lifetime in signature"),
        };
        self.tcx.mk_region(::ty::RegionKind::ReError(guar))
    }
    fn ty_infer(&self, _param: Option<&GenericParamDef>, span: Span) -> Ty<'tcx> {
        let guar = diagnostics::placeholder_not_allowed(self.tcx, self.item_def_id, span);
        self.tainted_by_errors.set(Some(guar));
        Ty::new_error(self.tcx.interner(), guar)
    }
    fn ct_infer(&self, _param: Option<&GenericParamDef>, span: Span) -> Const<'tcx> {
        let guar = diagnostics::placeholder_not_allowed(self.tcx, self.item_def_id, span);
        self.tainted_by_errors.set(Some(guar));
        Const::new_error(self.tcx.interner(), guar)
    }
    fn probe_ty_param_bounds(&self, _: Span, def_id: LocalDefId, assoc: Ident) -> &'tcx [(Clause<'tcx>, Span)] {
        self.tcx.type_param_predicates((self.item_def_id, def_id.to_def_id(), assoc)).skip_binder()
    }
    fn lower_assoc_item_path(
        &self,
        span: Span,
        item_def_id: DefId,
        item_segment: &hir::PathSegment<'tcx>,
        poly_trait_ref: PolyTraitRef<'tcx>,
    ) -> Result<(DefId, GenericArgsRef<'tcx>), ErrorGuaranteed> {
        match poly_trait_ref.no_bound_vars() {
            Some(trait_ref) => {
                let args =
                    self.lowerer().lower_generic_args_of_assoc_item(span, item_def_id, item_segment, trait_ref.args);
                Ok((item_def_id, args))
            }
            None => Err(diagnostics::assoc_ty_of_higher_ranked(self.tcx, span, item_def_id)),
        }
    }
    fn probe_adt(&self, _: Span, ty: Ty<'tcx>) -> Option<::ty::AdtDef<'tcx>> {
        ty.ty_adt_def()
    }
    fn record_ty(&self, _: hir::HirId, _: Ty<'tcx>, _: Span) {}
    fn taint(&self, guar: ErrorGuaranteed) {
        self.tainted_by_errors.set(Some(guar));
    }
    fn allow_infer(&self) -> bool {
        false
    }
    fn lowerer(&self) -> &dyn HirTyLowerer<'tcx> {
        self
    }
}
