//! Rvalues: operands fit the aggregate, cast or borrow that they are part of.

use hir::LangItem;
use mir::{
    AggregateKind, BinOp, CastKind, CoercionSource, ConstraintCategory, Location, Operand, OrdTy, Place,
    ProjectionElem, Rvalue,
};
use query::{PlaceTyExt, ValueTyExt};
use ty::adjustment::PointerCoercion;
use ty::visit::TypeVisitableExt;
use ty::{FieldIdx, Mutability, Region, Safety, Ty, TyKind};

use super::TypeChecker;
use crate::constraints::OutlivesConstraint;

impl<'tcx> TypeChecker<'_, 'tcx> {
    pub(super) fn check_rvalue(&mut self, rvalue: &Rvalue<'tcx>, location: Location) {
        let tcx = self.tcx();
        match rvalue {
            Rvalue::Aggregate(kind, operands) => self.check_aggregate(kind, operands, location),
            Rvalue::Repeat(operand, len) => {
                // Moved, a value can be there only once.
                if let Operand::Move(place) = operand
                    && len.try_to_target_usize().is_none_or(|n| n > 1)
                    && let Some(copy) = tcx.lang_items().copy_trait()
                {
                    let ty = place.ty(self.body, tcx).ty;
                    if ty.has_erasable_regions() {
                        let trait_ref = ty::TraitRef::new(*tcx, copy, [ty]);
                        self.prove_trait_ref(trait_ref, self.at(location), ConstraintCategory::CopyBound);
                    }
                }
            }
            Rvalue::Ref(region, _, place) => self.add_reborrow_constraint(location, *region, *place),
            Rvalue::Cast(kind, operand, ty) => self.check_cast(*kind, operand, *ty, location),
            Rvalue::BinaryOp(BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge, operands) => {
                let left = operands.0.ty(self.body, tcx);
                let right = operands.1.ty(self.body, tcx);
                if matches!(left.kind(), TyKind::FnPtr(..) | TyKind::RawPtr(..) | TyKind::FnDef(..))
                    && (left.has_erasable_regions() || right.has_erasable_regions())
                    && left != right
                {
                    let common = self.infcx.next_ty_var(self.body.source_info(location).span);
                    let locations = self.at(location);
                    self.sub_types(left, common, locations, ConstraintCategory::Boring);
                    self.sub_types(right, common, locations, ConstraintCategory::Boring);
                }
            }
            _ => {}
        }
    }

    fn check_aggregate(
        &mut self,
        kind: &AggregateKind<'tcx>,
        operands: &rustc_index::IndexSlice<FieldIdx, Operand<'tcx>>,
        location: Location,
    ) {
        let tcx = self.tcx();
        let locations = self.at(location);
        match *kind {
            AggregateKind::Adt(def_id, _, args, _, _) => self.prove_bounds_of(def_id, args, locations),
            AggregateKind::Closure(def_id, args)
            | AggregateKind::Coroutine(def_id, args)
            | AggregateKind::CoroutineClosure(def_id, args) => {
                if let Some(local) = def_id.as_local() {
                    self.apply_closure(local, args, location);
                }
            }
            // The type of a tuple is that of its operands.
            AggregateKind::Tuple | AggregateKind::RawPtr(..) => return,
            AggregateKind::Array(_) => {}
        }
        for (i, operand) in operands.iter_enumerated() {
            let field_ty = match *kind {
                AggregateKind::Adt(def_id, variant, args, _, active) => {
                    let variant = tcx.adt_def(def_id).variant(variant);
                    tcx.field_ty(&variant.fields[active.unwrap_or(i)], args)
                }
                AggregateKind::Closure(_, args) => args.as_closure().upvar_tys()[i.as_usize()],
                AggregateKind::Coroutine(_, args) => args.as_coroutine().upvar_tys()[i.as_usize()],
                AggregateKind::CoroutineClosure(_, args) => {
                    args.as_coroutine_closure().tupled_upvars_ty().tuple_fields()[i.as_usize()]
                }
                AggregateKind::Array(ty) => ty,
                AggregateKind::Tuple | AggregateKind::RawPtr(..) => continue,
            };
            let operand_ty = operand.ty(self.body, tcx);
            if !field_ty.has_erasable_regions() && !operand_ty.has_erasable_regions() && !field_ty.has_opaque_types() {
                continue;
            }
            let field_ty = self.normalize(field_ty, location);
            let operand_ty = self.normalize(operand_ty, location);
            self.sub_types(operand_ty, field_ty, locations, ConstraintCategory::Boring);
        }
    }

    fn check_cast(&mut self, kind: CastKind, operand: &Operand<'tcx>, ty: Ty<'tcx>, location: Location) {
        let tcx = self.tcx();
        let locations = self.at(location);
        let from = operand.ty(self.body, tcx);
        let cast = |implicit: bool, unsize_to| ConstraintCategory::Cast {
            is_raw_ptr_dyn_type_cast: false,
            unsize_to,
            is_implicit_coercion: implicit,
        };
        match kind {
            CastKind::PointerCoercion(coercion, source) => {
                let implicit = source == CoercionSource::Implicit;
                match coercion {
                    PointerCoercion::ReifyFnPointer => {
                        let Some(sig) = tcx.fn_sig_of_ty(from) else { return };
                        let sig = self.normalize(sig, location);
                        let sig = match *ty.kind() {
                            // A safe target feature or `unsafe fn` target takes the safety of the pointer.
                            TyKind::FnPtr(to) => sig.map_bound(|mut s| {
                                s.safety = to.safety();
                                s
                            }),
                            _ => sig,
                        };
                        let ptr = tcx.mk_fn_ptr(sig);
                        self.sub_types(ptr, ty, locations, cast(implicit, None));
                    }
                    PointerCoercion::ClosureFnPointer(is_unsafe) => {
                        let TyKind::Closure(_, args) = *from.kind() else { return };
                        let sig = args.as_closure().sig().map_bound(|s| {
                            let inputs: Vec<Ty<'tcx>> = match s.inputs().first().map(|t| t.kind()) {
                                Some(TyKind::Tuple(tys)) => tys.iter().collect(),
                                _ => Vec::new(),
                            };
                            let safety = if is_unsafe { Safety::Unsafe } else { Safety::Safe };
                            tcx.mk_fn_sig(inputs.iter().copied(), s.output(), false, safety, ty::ExternAbi::Rust)
                        });
                        let sig = self.normalize(sig, location);
                        let ptr = tcx.mk_fn_ptr(sig);
                        self.sub_types(ptr, ty, locations, cast(implicit, None));
                    }
                    PointerCoercion::UnsafeFnPointer => {
                        let TyKind::FnPtr(sig) = *from.kind() else { return };
                        let ptr = tcx.mk_fn_ptr(sig.map_bound(|mut s| {
                            s.safety = Safety::Unsafe;
                            s
                        }));
                        self.sub_types(ptr, ty, locations, cast(implicit, None));
                    }
                    PointerCoercion::Unsize => {
                        let Some(coerce) = tcx.lang_items().get(LangItem::CoerceUnsized) else { return };
                        if !from.has_erasable_regions() && !ty.has_erasable_regions() {
                            return;
                        }
                        let unsize_to = tcx.erase_regions(ty);
                        let trait_ref = ty::TraitRef::new(*tcx, coerce, [from, ty]);
                        self.prove_trait_ref(trait_ref, locations, cast(implicit, Some(OrdTy(unsize_to))));
                    }
                    PointerCoercion::MutToConstPointer => {
                        if let (Some(a), Some(b)) = (from.builtin_deref(true), ty.builtin_deref(true)) {
                            self.sub_types(a, b, locations, cast(implicit, None));
                        }
                    }
                    PointerCoercion::ArrayToPointer => {
                        let elem = from.builtin_deref(true).and_then(Ty::builtin_index);
                        if let (Some(a), Some(b)) = (elem, ty.builtin_deref(true)) {
                            self.sub_types(a, b, locations, cast(implicit, None));
                        }
                    }
                }
            }
            CastKind::PtrToPtr => self.check_ptr_cast(from, ty, location),
            CastKind::Subtype => self.sub_types(from, ty, locations, cast(true, None)),
            CastKind::PointerExposeProvenance
            | CastKind::PointerWithExposedProvenance
            | CastKind::IntToInt
            | CastKind::FloatToInt
            | CastKind::FloatToFloat
            | CastKind::IntToFloat
            | CastKind::FnPtrToPtr
            | CastKind::Transmute => {}
        }
    }

    /// `*const dyn A<'a>` as `*const dyn A<'b>`: the arguments of the trait must be equal; the bound may grow.
    fn check_ptr_cast(&mut self, from: Ty<'tcx>, to: Ty<'tcx>, location: Location) {
        let tcx = self.tcx();
        let (Some(src), Some(dst)) = (from.builtin_deref(true), to.builtin_deref(true)) else { return };
        let tail = |t: Ty<'tcx>| tcx.struct_tail_raw(t, |t| t);
        let (src, dst) = (tail(src), tail(dst));
        let (TyKind::Dynamic(a, a_bound), TyKind::Dynamic(b, b_bound)) = (*src.kind(), *dst.kind()) else { return };
        let principal = |p: ty::PolyExistentialPredicates<'tcx>| {
            p.iter().any(|p| matches!(p.skip_binder(), ty::ExistentialPredicate::Trait(_)))
        };
        let not_auto =
            |p: &ty::PolyExistentialPredicate<'tcx>| !matches!(p.skip_binder(), ty::ExistentialPredicate::AutoTrait(_));
        if !principal(a) || !principal(b) {
            return;
        }
        let keep = |p: ty::PolyExistentialPredicates<'tcx>| {
            let v: Vec<_> = p.iter().filter(not_auto).collect();
            tcx.mk_poly_existential_predicates(&v)
        };
        let static_ = tcx.lifetimes().re_static;
        let x = tcx.mk_dynamic(keep(a), static_);
        let y = tcx.mk_dynamic(keep(b), static_);
        let category =
            ConstraintCategory::Cast { is_raw_ptr_dyn_type_cast: true, unsize_to: None, is_implicit_coercion: false };
        self.eq_types(x, y, self.at(location), category);
        // The bound of the trait object may only shrink.
        if let (Some(a), Some(b)) =
            (self.universal_regions.try_region_vid(a_bound), self.universal_regions.try_region_vid(b_bound))
        {
            let locations = self.at(location);
            let span = self.span_of(locations);
            self.constraints.outlives.push(OutlivesConstraint {
                sup: a,
                sub: b,
                locations,
                span,
                category,
                from_closure: false,
            });
        }
    }

    /// `&'r *p`: while the borrow is used, what `p` points to must be borrowed.
    fn add_reborrow_constraint(&mut self, location: Location, region: Region<'tcx>, place: Place<'tcx>) {
        let tcx = self.tcx();
        let locations = self.at(location);
        let span = self.span_of(locations);
        for (base, elem) in place.iter_projections().rev() {
            if elem != ProjectionElem::Deref {
                continue;
            }
            match *base.ty(self.body, tcx).ty.kind() {
                TyKind::Ref(ref_region, _, mutbl) => {
                    if let (Some(sup), Some(sub)) = (
                        self.universal_regions.try_region_vid(ref_region),
                        self.universal_regions.try_region_vid(region),
                    ) {
                        self.constraints.outlives.push(OutlivesConstraint {
                            sup,
                            sub,
                            locations,
                            span,
                            category: ConstraintCategory::Boring,
                            from_closure: false,
                        });
                    }
                    // What a shared reference points to may not change while it exists, whoever holds it.
                    if mutbl == Mutability::Not {
                        return;
                    }
                }
                TyKind::RawPtr(..) => return,
                _ => {}
            }
        }
    }
}
