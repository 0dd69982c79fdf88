//! Variances of generic parameters, as a fixpoint over the crate (rustc-dev-guide, "Variance of type and lifetime
//! parameters"; Taming the Wildcards, Altidor, Huang, Smaragdakis, PLDI 2011).

use std::convert::Infallible;
use std::ops::ControlFlow;

use hir::LangItem;
use hir::def::DefKind;
use query::{Providers, TyCtxt};
use rustc_hash::FxHashMap;
use span::FxIndexMap;
use span::def_id::{DefId, LocalDefId};
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitor};
use ty::{
    AliasTyKind, ClauseKind, Const, ConstKind, ExistentialPredicate, GenericArg, GenericArgsRef, PolyFnSig, Region,
    RegionKind, Term, Ty, TyKind, Variance,
};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.variances_of = variances_of;
    providers.crate_variances = crate_variances;
}

fn variances_of<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> &'tcx [Variance] {
    match tcx.def_kind(def_id) {
        DefKind::Fn | DefKind::AssocFn | DefKind::Struct | DefKind::Enum | DefKind::Union | DefKind::Ctor(..) => {
            let key = match tcx.def_kind(def_id) {
                DefKind::Ctor(..) => tcx.adt_of_variant(def_id.to_def_id()).did(),
                _ => def_id.to_def_id(),
            };
            tcx.crate_variances(()).get(&key).copied().unwrap_or(&[])
        }
        DefKind::OpaqueTy => opaque_variances(tcx, def_id),
        _ => {
            let n = tcx.generics_of(def_id.to_def_id()).count();
            tcx.arena().alloc_from_iter(std::iter::repeat_n(Variance::Invariant, n))
        }
    }
}

/// An opaque type is bivariant in its parents' lifetimes, which it captures only by its own duplicates.
fn opaque_variances<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> &'tcx [Variance] {
    let generics = tcx.generics_of(def_id.to_def_id());
    let parent_count = generics.parent_count;
    let args = tcx.identity_args_for(def_id);
    let mut variances: Vec<Variance> = args
        .iter()
        .enumerate()
        .map(|(i, arg)| {
            if i < parent_count && matches!(arg, GenericArg::Lifetime(_)) {
                Variance::Bivariant
            } else {
                Variance::Invariant
            }
        })
        .collect();
    // A lifetime of the parent counts if a bound names it: `T::Item` in a bound may stand for `<T as Trait<'a>>::Item`.
    let mut named = NamedLifetimes { tcx, opaque: def_id.to_def_id(), variances: &mut variances };
    for (bound, _) in tcx.explicit_item_bounds(def_id.to_def_id()).skip_binder() {
        let _ = match bound.kind().skip_binder() {
            ClauseKind::Trait(t) => named.visit_all(&t.trait_ref.args[1..]),
            ClauseKind::HostEffect(t) => named.visit_all(&t.trait_ref.args[1..]),
            ClauseKind::Projection(p) => {
                named.visit_all(&p.projection_term.args[1..]);
                p.term.visit_with(&mut named)
            }
            ClauseKind::TypeOutlives(o) => o.1.visit_with(&mut named),
            _ => bound.visit_with(&mut named),
        };
    }
    tcx.arena().alloc_from_iter(variances)
}

/// Makes the lifetimes of what it visits count.
struct NamedLifetimes<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    opaque: DefId,
    variances: &'a mut [Variance],
}

impl<'tcx> NamedLifetimes<'_, 'tcx> {
    fn visit_all(&mut self, args: &[GenericArg<'tcx>]) -> ControlFlow<Infallible> {
        args.iter().try_for_each(|a| a.visit_with(self))
    }
}

impl<'tcx> TypeVisitor<'tcx> for NamedLifetimes<'_, 'tcx> {
    type Break = Infallible;
    fn visit_region(&mut self, r: Region<'tcx>) -> ControlFlow<Infallible> {
        if let RegionKind::ReEarlyParam(p) = r.kind()
            && let Some(variance) = self.variances.get_mut(p.index as usize)
        {
            *variance = Variance::Invariant;
        }
        ControlFlow::Continue(())
    }
    fn visit_ty(&mut self, t: Ty<'tcx>) -> ControlFlow<Infallible> {
        match *t.kind() {
            // What another opaque type does not capture does not count; this one may occur in its own bounds.
            TyKind::Alias(AliasTyKind::Opaque, alias) if alias.def_id == self.opaque => ControlFlow::Continue(()),
            TyKind::Alias(AliasTyKind::Opaque, alias) => {
                let inner = self.tcx.variances_of(alias.def_id);
                for (i, a) in alias.args.iter().enumerate() {
                    if inner.get(i) != Some(&Variance::Bivariant) {
                        a.visit_with(self)?;
                    }
                }
                ControlFlow::Continue(())
            }
            _ => t.super_visit_with(self),
        }
    }
}

fn crate_variances<'tcx>(tcx: TyCtxt<'tcx>, (): ()) -> &'tcx FxIndexMap<DefId, &'tcx [Variance]> {
    let items: Vec<LocalDefId> = tcx
        .iter_local_def_id()
        .filter(|d| {
            matches!(
                tcx.def_kind(*d),
                DefKind::Struct | DefKind::Enum | DefKind::Union | DefKind::Fn | DefKind::AssocFn
            )
        })
        .collect();
    // What has no fields of its own to tell by.
    let fixed = |d: DefId| {
        if tcx.is_lang_item(d, LangItem::PhantomData) {
            Variance::Covariant
        } else if tcx.is_lang_item(d, LangItem::UnsafeCell) {
            Variance::Invariant
        } else {
            Variance::Bivariant
        }
    };
    let mut cx = Cx {
        tcx,
        current: items
            .iter()
            .map(|d| (d.to_def_id(), vec![fixed(d.to_def_id()); tcx.generics_of(d.to_def_id()).count()]))
            .collect(),
        item: span::def_id::CRATE_DEF_ID.to_def_id(),
        changed: true,
    };
    while cx.changed {
        cx.changed = false;
        for item in &items {
            cx.item = item.to_def_id();
            match tcx.def_kind(*item) {
                DefKind::Fn | DefKind::AssocFn => {
                    cx.add_sig(tcx.fn_sig(item.to_def_id()).instantiate_identity(), Variance::Covariant);
                }
                _ => {
                    for field in tcx.adt_def(item.to_def_id()).all_fields() {
                        let ty = tcx.type_of(field.did).instantiate_identity();
                        cx.add_ty(ty, Variance::Covariant);
                    }
                }
            }
        }
    }
    let mut out = FxIndexMap::default();
    for item in &items {
        let mut v = cx.current.remove(&item.to_def_id()).unwrap_or_default();
        if matches!(tcx.def_kind(*item), DefKind::Fn | DefKind::AssocFn) {
            // A function item's type holds no values of its parameters: unused ones are still told apart.
            for x in &mut v {
                if *x == Variance::Bivariant {
                    *x = Variance::Invariant;
                }
            }
        }
        // Const parameters are invariant always.
        for (i, arg) in tcx.identity_args_for(*item).iter().enumerate() {
            if matches!(arg, GenericArg::Const(_)) {
                v[i] = Variance::Invariant;
            }
        }
        out.insert(item.to_def_id(), tcx.arena().alloc_slice(&v));
    }
    tcx.arena().alloc(out)
}

struct Cx<'tcx> {
    tcx: TyCtxt<'tcx>,
    current: FxHashMap<DefId, Vec<Variance>>,
    item: DefId,
    changed: bool,
}

impl<'tcx> Cx<'tcx> {
    fn add_param(&mut self, index: u32, variance: Variance) {
        let Some(v) = self.current.get_mut(&self.item).and_then(|v| v.get_mut(index as usize)) else { return };
        let new = v.glb(variance);
        if new != *v {
            *v = new;
            self.changed = true;
        }
    }
    fn add_region(&mut self, r: Region<'tcx>, variance: Variance) {
        if let RegionKind::ReEarlyParam(p) = r.kind() {
            self.add_param(p.index, variance);
        }
    }
    fn add_const(&mut self, c: Const<'tcx>) {
        match c.kind() {
            ConstKind::Param(p) => self.add_param(p.index, Variance::Invariant),
            ConstKind::Unevaluated(uv) => self.add_invariant_args(uv.args),
            _ => {}
        }
    }
    fn add_arg(&mut self, arg: GenericArg<'tcx>, variance: Variance) {
        match arg {
            GenericArg::Lifetime(r) => self.add_region(r, variance),
            GenericArg::Type(t) => self.add_ty(t, variance),
            GenericArg::Const(c) => self.add_const(c),
        }
    }
    fn add_invariant_args(&mut self, args: GenericArgsRef<'tcx>) {
        for a in args {
            self.add_arg(a, Variance::Invariant);
        }
    }
    fn add_sig(&mut self, sig: PolyFnSig<'tcx>, variance: Variance) {
        let sig = sig.skip_binder();
        let contra = variance.xform(Variance::Contravariant);
        for &input in sig.inputs() {
            self.add_ty(input, contra);
        }
        self.add_ty(sig.output(), variance);
    }
    fn add_ty(&mut self, ty: Ty<'tcx>, variance: Variance) {
        match *ty.kind() {
            TyKind::Ref(r, inner, m) => {
                self.add_region(r, variance);
                let v = if m == ty::Mutability::Mut { Variance::Invariant } else { variance };
                self.add_ty(inner, v);
            }
            TyKind::RawPtr(inner, m) => {
                let v = if m == ty::Mutability::Mut { Variance::Invariant } else { variance };
                self.add_ty(inner, v);
            }
            TyKind::Array(t, len) => {
                self.add_const(len);
                self.add_ty(t, variance);
            }
            TyKind::Slice(t) | TyKind::Pat(t, _) => self.add_ty(t, variance),
            TyKind::Tuple(tys) => {
                for t in tys {
                    self.add_ty(t, variance);
                }
            }
            TyKind::Adt(def, args) => {
                let local = self.current.get(&def.did()).cloned();
                for (i, arg) in args.iter().enumerate() {
                    let v = match &local {
                        Some(v) => v[i],
                        None => self.tcx.variances_of(def.did()).get(i).copied().unwrap_or(Variance::Invariant),
                    };
                    self.add_arg(arg, variance.xform(v));
                }
            }
            TyKind::Alias(AliasTyKind::Opaque, alias) => {
                for (i, arg) in alias.args.iter().enumerate() {
                    let v = self.tcx.variances_of(alias.def_id).get(i).copied().unwrap_or(Variance::Invariant);
                    self.add_arg(arg, variance.xform(v));
                }
            }
            TyKind::Alias(_, alias) => self.add_invariant_args(alias.args),
            TyKind::Dynamic(preds, r) => {
                self.add_region(r, variance);
                for p in preds {
                    match p.skip_binder() {
                        ExistentialPredicate::Trait(t) => self.add_invariant_args(t.args),
                        ExistentialPredicate::Projection(p) => {
                            self.add_invariant_args(p.args);
                            match p.term {
                                Term::Ty(t) => self.add_ty(t, Variance::Invariant),
                                Term::Const(c) => self.add_const(c),
                            }
                        }
                        ExistentialPredicate::AutoTrait(_) => {}
                    }
                }
            }
            TyKind::Param(p) => self.add_param(p.index, variance),
            TyKind::FnPtr(sig) => self.add_sig(sig, variance),
            TyKind::UnsafeBinder(inner) => self.add_ty(inner.skip_binder(), Variance::Invariant),
            TyKind::FnDef(_, args)
            | TyKind::Closure(_, args)
            | TyKind::CoroutineClosure(_, args)
            | TyKind::Coroutine(_, args)
            | TyKind::CoroutineWitness(_, args) => self.add_invariant_args(args),
            _ => {}
        }
    }
}
