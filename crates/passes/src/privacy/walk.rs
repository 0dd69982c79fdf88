//! Walking over the definitions that types, traits and bounds mention.

use std::ops::ControlFlow;

use hir::def::DefKind;
use query::TyCtxt;
use span::FxIndexSet;
use span::def_id::DefId;
use ty::{
    AliasTyKind, Clause, ClauseKind, Const, ConstKind, GenericArg, TraitRef, Ty, TyKind, TypeSuperVisitable,
    TypeVisitable, TypeVisitor,
};

/// Told of each definition, with what it is called and how it is shown.
pub(crate) trait DefIdVisitor<'tcx> {
    /// Only the outermost definitions: no generic arguments.
    const SHALLOW: bool = false;

    fn tcx(&self) -> TyCtxt<'tcx>;
    fn visit_def_id(&mut self, def_id: DefId, kind: &str, descr: &dyn std::fmt::Display) -> ControlFlow<()>;
    /// Whether projections are passed over.
    fn skips_assoc_tys(&self) -> bool {
        false
    }
    fn visit<T: TypeVisitable<'tcx>>(&mut self, value: T) -> ControlFlow<()>
    where
        Self: Sized,
    {
        value.visit_with(&mut Skeleton { visitor: self, seen_opaque: FxIndexSet::default() })
    }
    fn visit_trait(&mut self, trait_ref: TraitRef<'tcx>) -> ControlFlow<()>
    where
        Self: Sized,
    {
        Skeleton { visitor: self, seen_opaque: FxIndexSet::default() }.trait_ref(trait_ref)
    }
    fn visit_clauses(&mut self, clauses: &[(Clause<'tcx>, span::Span)]) -> ControlFlow<()>
    where
        Self: Sized,
    {
        Skeleton { visitor: self, seen_opaque: FxIndexSet::default() }.clauses(clauses)
    }
}

struct Skeleton<'v, V> {
    visitor: &'v mut V,
    seen_opaque: FxIndexSet<DefId>,
}

/// `Trait<A>` without `<Self as ..>`.
struct TraitPath<'tcx>(TyCtxt<'tcx>, TraitRef<'tcx>);

impl std::fmt::Display for TraitPath<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.item_name(self.1.def_id).as_str())?;
        let args: Vec<String> = self.1.args.iter().skip(1).map(|a| a.to_string()).collect();
        if args.is_empty() { Ok(()) } else { write!(f, "<{}>", args.join(", ")) }
    }
}

impl<'tcx, V: DefIdVisitor<'tcx>> Skeleton<'_, V> {
    fn args(&mut self, args: &[GenericArg<'tcx>]) -> ControlFlow<()> {
        if V::SHALLOW {
            return ControlFlow::Continue(());
        }
        args.iter().try_for_each(|a| a.visit_with(self))
    }

    fn trait_ref(&mut self, trait_ref: TraitRef<'tcx>) -> ControlFlow<()> {
        let path = TraitPath(self.visitor.tcx(), trait_ref);
        self.visitor.visit_def_id(trait_ref.def_id, "trait", &path)?;
        self.args(trait_ref.args)
    }

    fn projection(&mut self, def_id: DefId, args: ty::GenericArgsRef<'tcx>) -> ControlFlow<()> {
        let (trait_ref, own) = self.visitor.tcx().trait_ref_and_own_args_of(def_id, args);
        self.trait_ref(trait_ref)?;
        self.args(own)
    }

    fn clauses(&mut self, clauses: &[(Clause<'tcx>, span::Span)]) -> ControlFlow<()> {
        clauses.iter().try_for_each(|(c, _)| self.clause(*c))
    }

    fn clause(&mut self, clause: Clause<'tcx>) -> ControlFlow<()> {
        match clause.kind().skip_binder() {
            ClauseKind::Trait(pred) => self.trait_ref(pred.trait_ref),
            ClauseKind::HostEffect(pred) => self.trait_ref(pred.trait_ref),
            ClauseKind::Projection(pred) => {
                pred.term.visit_with(self)?;
                self.projection(pred.projection_term.def_id, pred.projection_term.args)
            }
            ClauseKind::TypeOutlives(pred) => pred.0.visit_with(self),
            ClauseKind::RegionOutlives(_) => ControlFlow::Continue(()),
            ClauseKind::ConstArgHasType(ct, ty) => {
                ct.visit_with(self)?;
                ty.visit_with(self)
            }
            ClauseKind::ConstEvaluatable(ct) => ct.visit_with(self),
            ClauseKind::WellFormed(term) => term.visit_with(self),
        }
    }
}

impl<'tcx, V: DefIdVisitor<'tcx>> TypeVisitor<'tcx> for Skeleton<'_, V> {
    type Break = ();

    fn visit_ty(&mut self, ty: Ty<'tcx>) -> ControlFlow<()> {
        let tcx = self.visitor.tcx();
        match *ty.kind() {
            TyKind::Adt(def, _) => self.visitor.visit_def_id(def.did(), "type", &ty)?,
            TyKind::Foreign(def_id)
            | TyKind::FnDef(def_id, _)
            | TyKind::Closure(def_id, _)
            | TyKind::CoroutineClosure(def_id, _)
            | TyKind::Coroutine(def_id, _) => {
                self.visitor.visit_def_id(def_id, "type", &ty)?;
                if V::SHALLOW {
                    return ControlFlow::Continue(());
                }
                if let TyKind::FnDef(..) = ty.kind() {
                    // Nothing in the type itself says the signature.
                    tcx.fn_sig(def_id).instantiate_identity().visit_with(self)?;
                }
                // Nor, of an inherent associated function, the type that it belongs to.
                if let Some(imp) = tcx.inherent_impl_of_assoc(def_id) {
                    tcx.type_of(imp).instantiate_identity().visit_with(self)?;
                }
            }
            TyKind::Alias(kind @ (AliasTyKind::Projection | AliasTyKind::Inherent | AliasTyKind::Free), alias) => {
                if self.visitor.skips_assoc_tys() {
                    // Bounds on the projection are checked with the trait.
                    return ControlFlow::Continue(());
                }
                return match kind {
                    AliasTyKind::Projection if tcx.trait_of_assoc(alias.def_id).is_some() => {
                        self.projection(alias.def_id, alias.args)
                    }
                    AliasTyKind::Projection => ControlFlow::Continue(()),
                    _ => {
                        let what = if kind == AliasTyKind::Free { "type alias" } else { "associated type" };
                        self.visitor.visit_def_id(alias.def_id, what, &ty)?;
                        self.args(alias.args)
                    }
                };
            }
            TyKind::Dynamic(preds, _) => {
                for pred in preds.iter() {
                    let def_id = match pred.skip_binder() {
                        ty::ExistentialPredicate::Trait(t) => t.def_id,
                        ty::ExistentialPredicate::Projection(p) => tcx.parent(p.def_id),
                        ty::ExistentialPredicate::AutoTrait(def_id) => def_id,
                    };
                    let name = tcx.item_name(def_id);
                    self.visitor.visit_def_id(def_id, "trait", &name)?;
                }
            }
            TyKind::Alias(AliasTyKind::Opaque, alias) => {
                // The bounds are its interface; the hidden type is not.
                if self.seen_opaque.insert(alias.def_id) {
                    let bounds = tcx.explicit_item_bounds(alias.def_id).instantiate_identity();
                    self.clauses(bounds)?;
                }
            }
            _ => {}
        }
        if V::SHALLOW { ControlFlow::Continue(()) } else { ty.super_visit_with(self) }
    }

    fn visit_predicate(&mut self, p: ty::Predicate<'tcx>) -> ControlFlow<()> {
        match p.as_clause() {
            Some(clause) => self.clause(clause),
            None => ControlFlow::Continue(()),
        }
    }

    fn visit_const(&mut self, c: Const<'tcx>) -> ControlFlow<()> {
        let tcx = self.visitor.tcx();
        if let ConstKind::Unevaluated(uv) = c.kind() {
            // An anonymous constant's own body is checked as a body.
            if matches!(tcx.def_kind(uv.def), DefKind::AnonConst | DefKind::InlineConst) {
                return ControlFlow::Continue(());
            }
        }
        c.super_visit_with(self)
    }
}
