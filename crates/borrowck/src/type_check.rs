//! The type check of MIR: types are related again, now with region variables, and each relation leaves constraints
//! `'a: 'b`, with the place and reason for which it must hold.
//!
//! [`type_check`] is the entry; statements and terminators are in `rvalue.rs` and `terminator.rs`, the signature in
//! `input_output.rs`, live variables in `liveness.rs`. Errors of types proper were reported by type checking HIR.

pub(crate) mod constraint_conversion;
pub(crate) mod free_region_relations;
mod input_output;
pub(crate) mod liveness;
mod ops;
mod place;
mod rvalue;
mod terminator;

use mir::visit::{PlaceContext, TyContext, Visitor};
use mir::{
    AnnotationSource, Body, ConstOperand, ConstraintCategory, Local, LocalDecl, LocalInfo, Location, Place, Promoted,
    RETURN_PLACE, ReturnConstraint, Rvalue, Statement, StatementKind, Terminator, UnevaluatedConst,
};
use mir_dataflow::{MaybeInitializedPlaces, MoveData};
use query::{TyCtxt, ValueTyExt};
use rustc_index::IndexSlice;
use span::{FxIndexMap, Span};
use trait_solve::infer::NllRegionVariableOrigin;
use ty::visit::TypeVisitableExt;
use ty::{ClauseKind, PlaceholderRegion, RegionVid, Ty, TyKind, UniverseIndex, UserArgs, UserTypeKind, Variance};

use crate::BorrowckInferCtxt;
use crate::constraints::OutlivesConstraintSet;
use crate::free_regions::{RegionsFor, for_each_free_region};
use crate::region_infer::TypeTest;
use crate::region_infer::values::{DenseLocationMap, LivenessValues, PlaceholderIndices};
use crate::universal_regions::{DefiningTy, UniversalRegions};
use free_region_relations::{KnownOutlives, UniversalRegionRelations};

/// Where a constraint must hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Locations {
    /// Everywhere; the place is for errors.
    All(Span),
    Single(Location),
}

impl Locations {
    pub(crate) fn span(&self, body: &Body<'_>) -> Span {
        match *self {
            Locations::All(span) => span,
            Locations::Single(l) => body.source_info(l).span,
        }
    }
}

/// What a universe was opened for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum UniverseInfo<'tcx> {
    RelateTys { expected: Ty<'tcx>, found: Ty<'tcx> },
    Predicate(ty::Predicate<'tcx>),
    Other,
}

/// All constraints of a body.
pub(crate) struct MirTypeckRegionConstraints<'tcx> {
    pub(crate) placeholder_indices: PlaceholderIndices,
    placeholder_vars: FxIndexMap<PlaceholderRegion, RegionVid>,
    pub(crate) outlives: OutlivesConstraintSet<'tcx>,
    pub(crate) liveness: LivenessValues,
    pub(crate) type_tests: Vec<TypeTest<'tcx>>,
    pub(crate) universe_causes: FxIndexMap<UniverseIndex, (UniverseInfo<'tcx>, Span)>,
}

impl<'tcx> MirTypeckRegionConstraints<'tcx> {
    /// The variable that stands for a placeholder.
    pub(crate) fn placeholder_region(&mut self, infcx: &BorrowckInferCtxt<'tcx>, p: PlaceholderRegion) -> RegionVid {
        self.placeholder_indices.insert(p);
        *self.placeholder_vars.entry(p).or_insert_with(|| {
            infcx.next_nll_region_var(NllRegionVariableOrigin::Placeholder(p), Some(p.universe)).as_var()
        })
    }
}

/// What type checking found.
pub(crate) struct MirTypeckResults<'tcx> {
    pub(crate) constraints: MirTypeckRegionConstraints<'tcx>,
    pub(crate) relations: UniversalRegionRelations,
}

pub(crate) struct TypeChecker<'a, 'tcx> {
    infcx: &'a BorrowckInferCtxt<'tcx>,
    /// What is checked: the body, or a promoted constant of it.
    body: &'a Body<'tcx>,
    /// The body that locations are of.
    root_body: &'a Body<'tcx>,
    promoted: &'a IndexSlice<Promoted, Body<'tcx>>,
    universal_regions: &'a UniversalRegions<'tcx>,
    known: &'a KnownOutlives<'tcx>,
    constraints: &'a mut MirTypeckRegionConstraints<'tcx>,
    location_map: &'a DenseLocationMap,
    /// While a promoted constant is checked: all holds where it is used.
    locations_override: Option<Locations>,
}

/// Relates all types of a body.
pub(crate) fn type_check<'tcx>(
    infcx: &BorrowckInferCtxt<'tcx>,
    body: &Body<'tcx>,
    promoted: &IndexSlice<Promoted, Body<'tcx>>,
    universal_regions: &UniversalRegions<'tcx>,
    location_map: &DenseLocationMap,
    flow_inits: mir::dataflow::Results<'tcx, MaybeInitializedPlaces<'_, 'tcx>>,
    move_data: &MoveData<'tcx>,
) -> MirTypeckResults<'tcx> {
    let mut constraints = MirTypeckRegionConstraints {
        placeholder_indices: PlaceholderIndices::default(),
        placeholder_vars: FxIndexMap::default(),
        outlives: OutlivesConstraintSet::default(),
        liveness: LivenessValues::new(location_map.num_points()),
        type_tests: Vec::new(),
        universe_causes: FxIndexMap::default(),
    };
    let created = free_region_relations::create(infcx, universal_regions, body.span, |known| {
        constraint_conversion::ConstraintConversion {
            infcx,
            universal_regions,
            known,
            locations: Locations::All(body.span),
            span: body.span,
            category: ConstraintCategory::Boring,
            from_closure: false,
            constraints: &mut constraints,
        }
        .drain();
    });
    let mut checker = TypeChecker {
        infcx,
        body,
        root_body: body,
        promoted,
        universal_regions,
        known: &created.known,
        constraints: &mut constraints,
        location_map,
        locations_override: None,
    };
    checker.check_user_type_annotations();
    checker.visit_body(body);
    checker.equate_inputs_and_outputs(&created.normalized_inputs_and_output);
    liveness::generate(&mut checker, flow_inits, move_data);
    MirTypeckResults { constraints, relations: created.relations }
}

impl<'a, 'tcx> TypeChecker<'a, 'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.infcx.tcx
    }
    fn at(&self, location: Location) -> Locations {
        self.locations_override.unwrap_or(Locations::Single(location))
    }
    fn everywhere(&self, span: Span) -> Locations {
        self.locations_override.unwrap_or(Locations::All(span))
    }
    fn span_of(&self, locations: Locations) -> Span {
        locations.span(self.root_body)
    }

    /// The types that the user wrote must be those that were inferred.
    fn check_user_type_annotations(&mut self) {
        for annotation in self.body.user_type_annotations.iter() {
            let span = annotation.span;
            let locations = self.everywhere(span);
            let inferred = self.normalize_at(annotation.inferred_ty, locations);
            let (user_ty, _) = self.infcx.instantiate_canonical(span, &annotation.user_ty);
            self.ascribe_user_type(inferred, user_ty.kind, locations, span, ConstraintCategory::Boring);
        }
    }
    fn ascribe_user_type(
        &mut self,
        mir_ty: Ty<'tcx>,
        user_ty: UserTypeKind<'tcx>,
        locations: Locations,
        span: Span,
        category: ConstraintCategory<'tcx>,
    ) {
        let tcx = self.tcx();
        match user_ty {
            UserTypeKind::Ty(ty) => {
                let ty = self.normalize_at(ty, locations);
                self.relate_types(mir_ty, Variance::Invariant, ty, locations, category);
                self.prove_wf([mir_ty], locations);
            }
            UserTypeKind::TypeOf(def_id, UserArgs { args, user_self_ty }) => {
                let ty = tcx.type_of(def_id).instantiate(*tcx, args);
                let ty = self.normalize_at(ty, locations);
                self.relate_types(mir_ty, Variance::Invariant, ty, locations, category);
                self.prove_bounds_of(def_id, args, locations);
                if let Some(user_self) = user_self_ty {
                    let impl_self = tcx.type_of(user_self.impl_def_id).instantiate(*tcx, args);
                    let impl_self = self.normalize_at(impl_self, locations);
                    let self_ty = self.normalize_at(user_self.self_ty, locations);
                    self.relate_types(self_ty, Variance::Invariant, impl_self, locations, category);
                    self.prove_wf([impl_self], locations);
                }
                self.prove_wf([ty], locations);
            }
        }
        let _ = span;
    }
    /// A place has a part of a type that the user wrote.
    fn relate_type_and_user_type(
        &mut self,
        a: Ty<'tcx>,
        v: Variance,
        user_ty: &mir::UserTypeProjection,
        locations: Locations,
        category: ConstraintCategory<'tcx>,
    ) {
        let Some(annotation) = self.body.user_type_annotations.get(user_ty.base) else { return };
        let mut current = query::PlaceTy::from_ty(annotation.inferred_ty);
        for &proj in &user_ty.projs {
            if current.ty.is_impl_trait() {
                return;
            }
            let Some(next) = self.project_user_type(current, proj, locations) else { return };
            current = next;
        }
        self.relate_types(current.ty, v.xform(Variance::Contravariant), a, locations, category);
    }

    /// The reason of an assignment, by what is assigned.
    fn assignment_category(&self, place: Place<'tcx>, temporaries_are_usage: bool) -> ConstraintCategory<'tcx> {
        let tcx = self.tcx();
        match place.as_local() {
            Some(RETURN_PLACE) if self.locations_override.is_some() => ConstraintCategory::Boring,
            Some(RETURN_PLACE) => match self.universal_regions.defining_ty {
                DefiningTy::Const(def_id, _) | DefiningTy::InlineConst(def_id, _) => {
                    if tcx.is_static(def_id) {
                        ConstraintCategory::UseAsStatic
                    } else {
                        ConstraintCategory::UseAsConst
                    }
                }
                _ => ConstraintCategory::Return(ReturnConstraint::Normal),
            },
            Some(l)
                if temporaries_are_usage
                    && matches!(self.body.local_decls[l].local_info(), LocalInfo::AggregateTemp) =>
            {
                ConstraintCategory::Usage
            }
            Some(l) if !self.body.local_decls[l].is_user_variable() => ConstraintCategory::Boring,
            _ => ConstraintCategory::Assignment,
        }
    }
    /// A promoted constant's body is checked as if it stood where it is used.
    fn check_promoted(&mut self, promoted: Promoted, location: Location) -> Ty<'tcx> {
        let body = &self.promoted[promoted];
        let locations = if location == Location::START { self.everywhere(self.body.span) } else { self.at(location) };
        let before = std::mem::replace(&mut self.body, body);
        let old = self.locations_override.replace(match locations {
            Locations::Single(l) => Locations::Single(l),
            Locations::All(_) => Locations::All(body.span),
        });
        self.visit_body(body);
        self.body = before;
        self.locations_override = old;
        body.return_ty()
    }
    /// All free regions of a type are live at a point.
    fn make_live_at(&mut self, value: impl ty::TypeVisitable<'tcx>, location: Location) {
        if !value.has_free_regions() {
            return;
        }
        let point = self.override_point(location);
        let (infcx, universal) = (self.infcx, self.universal_regions);
        let constraints = &mut self.constraints.liveness;
        for_each_free_region(infcx, &value, RegionsFor::Liveness, &mut |r| {
            if let Some(vid) = universal.try_region_vid(r) {
                match point {
                    Some(p) => constraints.add_point(vid, p),
                    None => constraints.add_all(vid),
                }
            }
        });
    }
    fn override_point(&self, location: Location) -> Option<crate::region_infer::values::PointIndex> {
        match self.locations_override {
            None => Some(self.location_map.point_from_location(location)),
            Some(Locations::Single(l)) => Some(self.location_map.point_from_location(l)),
            Some(Locations::All(_)) => None,
        }
    }
}

impl<'tcx> Visitor<'tcx> for TypeChecker<'_, 'tcx> {
    fn visit_span(&mut self, _: &Span) {}
    fn visit_var_debug_info(&mut self, _: &mir::VarDebugInfo<'tcx>) {}
    fn visit_user_type_annotation(
        &mut self,
        _: mir::UserTypeAnnotationIndex,
        _: &ty::CanonicalUserTypeAnnotation<'tcx>,
    ) {
    }

    fn visit_body(&mut self, body: &Body<'tcx>) {
        for (local, decl) in body.local_decls.iter_enumerated() {
            self.visit_local_decl(local, decl);
        }
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            self.visit_basic_block_data(bb, data);
        }
    }
    fn visit_local_decl(&mut self, _: Local, decl: &LocalDecl<'tcx>) {
        let Some(user_ty) = &decl.user_ty else { return };
        // `let ref x: T` has a local of type `&T`.
        let ty = match *decl.ty.kind() {
            TyKind::Ref(_, inner, _) if !decl.is_nonref_binding() => inner,
            _ => decl.ty,
        };
        for projection in user_ty.projections() {
            let span = self.body.user_type_annotations.get(projection.base).map_or(decl.source_info.span, |a| a.span);
            let locations = self.everywhere(span);
            let category = ConstraintCategory::TypeAnnotation(AnnotationSource::Declaration);
            self.relate_type_and_user_type(ty, Variance::Invariant, projection, locations, category);
        }
    }
    fn visit_statement(&mut self, stmt: &Statement<'tcx>, location: Location) {
        self.super_statement(stmt, location);
        match &stmt.kind {
            StatementKind::Assign(assign) => {
                let (place, rv) = &**assign;
                let category = self.assignment_category(*place, true);
                let place_ty = query::PlaceTyExt::ty(place, self.body, self.tcx()).ty;
                let place_ty = self.normalize(place_ty, location);
                let rv_ty = rv.ty(self.body, self.tcx());
                let rv_ty = self.normalize(rv_ty, location);
                self.sub_types(rv_ty, place_ty, self.at(location), category);
                if let Some(base) = rvalue_user_ty(rv) {
                    let projection = mir::UserTypeProjection::new(base);
                    let category = ConstraintCategory::TypeAnnotation(AnnotationSource::GenericArg);
                    self.relate_type_and_user_type(
                        rv_ty,
                        Variance::Invariant,
                        &projection,
                        self.at(location),
                        category,
                    );
                }
            }
            StatementKind::AscribeUserType(ascription, variance) => {
                let (place, projection) = &**ascription;
                let place_ty = query::PlaceTyExt::ty(place, self.body, self.tcx()).ty;
                let locations = self.everywhere(stmt.source_info.span);
                let category = ConstraintCategory::TypeAnnotation(AnnotationSource::Ascription);
                self.relate_type_and_user_type(place_ty, *variance, projection, locations, category);
            }
            _ => {}
        }
    }
    fn visit_rvalue(&mut self, rvalue: &Rvalue<'tcx>, location: Location) {
        self.super_rvalue(rvalue, location);
        self.check_rvalue(rvalue, location);
    }
    fn visit_terminator(&mut self, terminator: &Terminator<'tcx>, location: Location) {
        self.super_terminator(terminator, location);
        self.check_terminator(terminator, location);
    }
    // The regions that are written at a point hold there.
    fn visit_region(&mut self, region: &ty::Region<'tcx>, location: Location) {
        self.make_live_at(*region, location);
    }
    fn visit_args(&mut self, args: &ty::GenericArgsRef<'tcx>, location: Location) {
        self.make_live_at(*args, location);
    }
    fn visit_ty(&mut self, ty: &Ty<'tcx>, context: TyContext) {
        if let TyContext::Location(location) = context {
            self.make_live_at(*ty, location);
        }
    }
    fn visit_place(&mut self, place: &Place<'tcx>, context: PlaceContext, location: Location) {
        self.check_place(*place, context, location);
    }
    fn visit_const_operand(&mut self, constant: &ConstOperand<'tcx>, location: Location) {
        let tcx = self.tcx();
        let ty = constant.const_.ty();
        self.make_live_at(ty, location);
        let locations = self.at(location);
        if let Some(base) = constant.user_ty {
            let projection = mir::UserTypeProjection::new(base);
            let category = ConstraintCategory::TypeAnnotation(AnnotationSource::GenericArg);
            self.relate_type_and_user_type(ty, Variance::Invariant, &projection, locations, category);
            return;
        }
        let unevaluated = match constant.const_ {
            mir::Const::Ty(_, ct) => match ct.kind() {
                ty::ConstKind::Unevaluated(uv) => Some(UnevaluatedConst { def: uv.def, args: uv.args, promoted: None }),
                _ => None,
            },
            mir::Const::Unevaluated(uv, _) => Some(uv),
            mir::Const::Val(..) => None,
        };
        if let Some(uv) = unevaluated {
            match uv.promoted {
                Some(promoted) if promoted.as_usize() < self.promoted.len() => {
                    let promoted_ty = self.check_promoted(promoted, location);
                    self.relate_types(ty, Variance::Invariant, promoted_ty, locations, ConstraintCategory::Boring);
                }
                Some(_) => {}
                None if tcx.def_kind(uv.def) == hir::def::DefKind::InlineConst => {
                    if let Some(local) = uv.def.as_local() {
                        self.apply_closure(local, uv.args, location);
                        let inner = uv.args.as_inline_const().ty();
                        self.relate_types(ty, Variance::Invariant, inner, locations, ConstraintCategory::Boring);
                    }
                }
                None => {
                    let user = UserTypeKind::TypeOf(uv.def, UserArgs { args: uv.args, user_self_ty: None });
                    let span = self.span_of(locations);
                    self.ascribe_user_type(ty, user, locations, span, ConstraintCategory::Boring);
                }
            }
        } else if let Some(static_id) = constant.check_static_ptr(&tcx.gcx().alloc_map) {
            let static_ty = tcx.type_of(static_id).instantiate_identity();
            let static_ty = self.normalize(static_ty, location);
            if let Some(pointee) = ty.builtin_deref(true) {
                self.relate_types(pointee, Variance::Invariant, static_ty, locations, ConstraintCategory::Boring);
            }
        }
        if let TyKind::FnDef(def_id, args) = *ty.kind() {
            self.prove_bounds_of(def_id, args, locations);
            self.prove_wf(args.types(), locations);
        }
    }
}

fn rvalue_user_ty(rv: &Rvalue<'_>) -> Option<mir::UserTypeAnnotationIndex> {
    match rv {
        Rvalue::Aggregate(kind, _) => match **kind {
            mir::AggregateKind::Adt(_, _, _, user_ty, _) => user_ty,
            _ => None,
        },
        _ => None,
    }
}

/// Whether a clause can leave no region constraints.
fn is_trivial(tcx: TyCtxt<'_>, clause: ty::Clause<'_>) -> bool {
    if let ClauseKind::Trait(t) = clause.kind().skip_binder()
        && Some(t.def_id()) == tcx.lang_items().sized_trait()
    {
        return true;
    }
    !clause.has_erasable_regions()
}
