//! [`UniversalRegions`]: the regions of a body that come from outside: `'static`, the lifetime parameters of its item
//! and of items around it, those of its signature, and the region of the call itself (the "function body").
//!
//! They are the first region variables of the body, in this order:
//! - `'static`,
//! - *external* regions: for closures, each region in their type and the parameters of the enclosing function; the
//!   closure's creator decides what they are, so requirements on them are handed on ([`mir::ClosureRegionRequirements`]),
//! - *local* free regions: the parameters of the item itself, late-bound ones included; the last is the body's own.

use mir::Body;
use query::TyCtxt;
use span::FxIndexMap;
use span::def_id::{DefId, LocalDefId};
use trait_solve::infer::NllRegionVariableOrigin;
use ty::fold::TypeFoldable;
use ty::{
    Binder, BoundRegion, BoundRegionKind, BoundVar, BoundVariableKind, GenericArg, GenericArgsRef, INNERMOST,
    InlineConstArgs, LateParamRegion, LateParamRegionKind, List, Region, RegionKind, RegionVid, Ty, TyKind,
};

use crate::BorrowckInferCtxt;

const FR: NllRegionVariableOrigin = NllRegionVariableOrigin::FreeRegion;

/// The universal regions of a body.
#[derive(Debug)]
pub(crate) struct UniversalRegions<'tcx> {
    indices: UniversalRegionIndices<'tcx>,
    pub(crate) fr_static: RegionVid,
    /// Outlived by all other universal regions.
    pub(crate) fr_fn_body: RegionVid,
    first_local_index: usize,
    num_universals: usize,
    pub(crate) defining_ty: DefiningTy<'tcx>,
    /// The return type, not normalised.
    pub(crate) unnormalized_output_ty: Ty<'tcx>,
    pub(crate) unnormalized_input_tys: &'tcx [Ty<'tcx>],
    pub(crate) yield_ty: Option<Ty<'tcx>>,
    pub(crate) resume_ty: Option<Ty<'tcx>>,
}

/// What is checked, its arguments with region variables.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DefiningTy<'tcx> {
    Closure(DefId, GenericArgsRef<'tcx>),
    Coroutine(DefId, GenericArgsRef<'tcx>),
    CoroutineClosure(DefId, GenericArgsRef<'tcx>),
    FnDef(DefId, GenericArgsRef<'tcx>),
    Const(DefId, GenericArgsRef<'tcx>),
    InlineConst(DefId, GenericArgsRef<'tcx>),
}

impl<'tcx> DefiningTy<'tcx> {
    /// The types of the captures.
    pub(crate) fn upvar_tys(self) -> &'tcx List<Ty<'tcx>> {
        match self {
            DefiningTy::Closure(_, args) => args.as_closure().upvar_tys(),
            DefiningTy::Coroutine(_, args) => args.as_coroutine().upvar_tys(),
            DefiningTy::CoroutineClosure(_, args) => match *args.as_coroutine_closure().tupled_upvars_ty().kind() {
                TyKind::Tuple(tys) => tys,
                _ => List::empty(),
            },
            DefiningTy::FnDef(..) | DefiningTy::Const(..) | DefiningTy::InlineConst(..) => List::empty(),
        }
    }
    /// How many arguments of the body are not parameters: the closure itself.
    pub(crate) fn implicit_inputs(self) -> usize {
        match self {
            DefiningTy::Closure(..) | DefiningTy::Coroutine(..) | DefiningTy::CoroutineClosure(..) => 1,
            DefiningTy::FnDef(..) | DefiningTy::Const(..) | DefiningTy::InlineConst(..) => 0,
        }
    }
    pub(crate) fn is_fn_def(self) -> bool {
        matches!(self, DefiningTy::FnDef(..))
    }
    pub(crate) fn is_const(self) -> bool {
        matches!(self, DefiningTy::Const(..) | DefiningTy::InlineConst(..))
    }
    pub(crate) fn def_id(self) -> DefId {
        match self {
            DefiningTy::Closure(d, _)
            | DefiningTy::Coroutine(d, _)
            | DefiningTy::CoroutineClosure(d, _)
            | DefiningTy::FnDef(d, _)
            | DefiningTy::Const(d, _)
            | DefiningTy::InlineConst(d, _) => d,
        }
    }
    pub(crate) fn args(self) -> GenericArgsRef<'tcx> {
        match self {
            DefiningTy::Closure(_, a)
            | DefiningTy::Coroutine(_, a)
            | DefiningTy::CoroutineClosure(_, a)
            | DefiningTy::FnDef(_, a)
            | DefiningTy::Const(_, a)
            | DefiningTy::InlineConst(_, a) => a,
        }
    }
}

/// From named regions to their variables.
#[derive(Debug)]
struct UniversalRegionIndices<'tcx> {
    indices: FxIndexMap<Region<'tcx>, RegionVid>,
    fr_static: RegionVid,
}

impl<'tcx> UniversalRegions<'tcx> {
    /// Makes the region variables; they must be the first of the context.
    pub(crate) fn new(infcx: &BorrowckInferCtxt<'tcx>, mir_def: LocalDefId, body: &Body<'tcx>) -> Self {
        UniversalRegionsBuilder { infcx, mir_def }.build(body)
    }
    pub(crate) fn is_universal_region(&self, r: RegionVid) -> bool {
        r.as_usize() < self.num_universals
    }
    pub(crate) fn universal_regions_iter(&self) -> impl DoubleEndedIterator<Item = RegionVid> + use<> {
        (0..self.num_universals).map(RegionVid::from_usize)
    }
    pub(crate) fn is_local_free_region(&self, r: RegionVid) -> bool {
        (self.first_local_index..self.num_universals).contains(&r.as_usize())
    }
    pub(crate) fn len(&self) -> usize {
        self.num_universals
    }
    /// The number of regions that a closure's creator knows, `'static` included.
    pub(crate) fn num_global_and_external_regions(&self) -> usize {
        self.first_local_index
    }
    /// The named regions and their variables.
    pub(crate) fn named_universal_regions_iter(&self) -> impl Iterator<Item = (Region<'tcx>, RegionVid)> + '_ {
        self.indices.indices.iter().map(|(&r, &v)| (r, v))
    }
    /// The variable of a region; none for regions that do not matter.
    pub(crate) fn try_region_vid(&self, r: Region<'tcx>) -> Option<RegionVid> {
        match r.kind() {
            RegionKind::ReVar(vid) => Some(vid),
            RegionKind::ReStatic | RegionKind::ReError(_) => Some(self.fr_static),
            RegionKind::ReErased | RegionKind::ReBound(..) | RegionKind::RePlaceholder(_) => None,
            RegionKind::ReEarlyParam(_) | RegionKind::ReLateParam(_) => self.indices.indices.get(&r).copied(),
        }
    }
    /// The variable of a region that must have one.
    pub(crate) fn to_region_vid(&self, r: Region<'tcx>) -> RegionVid {
        self.try_region_vid(r).unwrap_or(self.fr_static)
    }
    /// Replaces named regions by their variables.
    pub(crate) fn fold_to_region_vids<T: TypeFoldable<'tcx>>(&self, tcx: TyCtxt<'tcx>, value: T) -> T {
        self.indices.fold_to_region_vids(tcx, value)
    }
}

impl<'tcx> UniversalRegionIndices<'tcx> {
    fn fold_to_region_vids<T: TypeFoldable<'tcx>>(&self, tcx: TyCtxt<'tcx>, value: T) -> T {
        tcx.fold_regions(value, |r, _| match r.kind() {
            RegionKind::ReVar(_) | RegionKind::RePlaceholder(_) | RegionKind::ReErased | RegionKind::ReBound(..) => r,
            RegionKind::ReError(_) => tcx.mk_re_var(self.fr_static),
            _ => tcx.mk_re_var(self.indices.get(&r).copied().unwrap_or(self.fr_static)),
        })
    }
}

struct UniversalRegionsBuilder<'a, 'tcx> {
    infcx: &'a BorrowckInferCtxt<'tcx>,
    mir_def: LocalDefId,
}

impl<'tcx> UniversalRegionsBuilder<'_, 'tcx> {
    fn build(self, body: &Body<'tcx>) -> UniversalRegions<'tcx> {
        let (infcx, tcx) = (self.infcx, self.infcx.tcx);
        let fresh = || infcx.next_nll_region_var(FR, None).as_var();
        let fr_static = fresh();
        let defining_ty = self.defining_ty();
        let mut indices = self.compute_indices(fr_static, defining_ty);
        let is_root = !tcx.is_typeck_child(self.mir_def.to_def_id());
        let first_local_index = if is_root {
            1
        } else {
            for r in late_bound_regions_in_recursive_scope(tcx, tcx.local_parent(self.mir_def)) {
                indices.indices.entry(r).or_insert_with(fresh);
            }
            infcx.num_region_vars()
        };
        // Early-bound parameters of a function stand among the externals in the order of creation, though they are its
        // own: with nothing around a function, all but `'static` is local.
        let bound = self.compute_inputs_and_output(&indices, defining_ty);
        let scope = self.mir_def.to_def_id();
        for (i, kind) in bound.bound_vars().iter().enumerate() {
            if let BoundVariableKind::Region(kind) = kind {
                let r = liberated(tcx, scope, BoundVar::from_usize(i), kind);
                indices.indices.entry(r).or_insert_with(fresh);
            }
        }
        let inputs_and_output = tcx.instantiate_bound_regions(bound, |br| {
            let r = liberated(tcx, scope, br.var, br.kind);
            tcx.mk_re_var(*indices.indices.entry(r).or_insert_with(fresh))
        });
        let (&unnormalized_output_ty, mut inputs) = inputs_and_output.split_last().expect("a body returns a type");
        // The body of a C-variadic function has one more argument than its signature.
        if let DefiningTy::FnDef(def_id, _) = defining_ty
            && tcx.fn_sig(def_id).skip_binder().c_variadic()
            && body.arg_count > inputs.len()
        {
            let local = mir::Local::from_usize(body.arg_count);
            let va_list = tcx.fold_regions(body.local_decls[local].ty, |_, _| infcx.next_nll_region_var(FR, None));
            let with: Vec<Ty<'tcx>> = inputs.iter().copied().chain([va_list]).collect();
            inputs = tcx.mk_type_list(&with);
        }
        let fr_fn_body = fresh();
        let (resume_ty, yield_ty) = match defining_ty {
            DefiningTy::Coroutine(_, args) => {
                let c = args.as_coroutine();
                (Some(c.resume_ty()), Some(c.yield_ty()))
            }
            _ => (None, None),
        };
        UniversalRegions {
            indices,
            fr_static,
            fr_fn_body,
            first_local_index,
            num_universals: infcx.num_region_vars(),
            defining_ty,
            unnormalized_output_ty,
            unnormalized_input_tys: inputs,
            yield_ty,
            resume_ty,
        }
    }

    fn replace_free<T: TypeFoldable<'tcx>>(&self, value: T) -> T {
        self.infcx.tcx.fold_regions(value, |_, _| self.infcx.next_nll_region_var(FR, None))
    }

    fn defining_ty(&self) -> DefiningTy<'tcx> {
        let tcx = self.infcx.tcx;
        let def_id = self.mir_def.to_def_id();
        match tcx.hir_body_owner_kind(def_id) {
            hir::BodyOwnerKind::Closure | hir::BodyOwnerKind::Fn => {
                let ty = self.replace_free(tcx.type_of(def_id).instantiate_identity());
                match *ty.kind() {
                    TyKind::Closure(d, args) => DefiningTy::Closure(d, args),
                    TyKind::Coroutine(d, args) => DefiningTy::Coroutine(d, args),
                    TyKind::CoroutineClosure(d, args) => DefiningTy::CoroutineClosure(d, args),
                    TyKind::FnDef(d, args) => DefiningTy::FnDef(d, args),
                    _ => DefiningTy::FnDef(def_id, self.replace_free(tcx.identity_args_for(def_id))),
                }
            }
            hir::BodyOwnerKind::Const { .. } | hir::BodyOwnerKind::Static(_) | hir::BodyOwnerKind::GlobalAsm => {
                let root = tcx.typeck_root_def_id(def_id);
                let identity = tcx.identity_args_for(root);
                if tcx.def_kind(def_id) == hir::def::DefKind::InlineConst {
                    let ty = tcx.typeck(self.mir_def).node_type(tcx.local_def_id_to_hir_id(self.mir_def));
                    let args = InlineConstArgs::new(*tcx, identity, ty).args;
                    DefiningTy::InlineConst(def_id, self.replace_free(args))
                } else {
                    DefiningTy::Const(def_id, self.replace_free(identity))
                }
            }
        }
    }

    fn compute_indices(&self, fr_static: RegionVid, defining_ty: DefiningTy<'tcx>) -> UniversalRegionIndices<'tcx> {
        let tcx = self.infcx.tcx;
        let root = tcx.typeck_root_def_id(self.mir_def.to_def_id());
        let regions = |args: GenericArgsRef<'tcx>| args.iter().filter_map(GenericArg::as_region).collect::<Vec<_>>();
        let identity = regions(tcx.identity_args_for(root));
        let vars = regions(defining_ty.args());
        let mut indices = FxIndexMap::default();
        indices.insert(tcx.lifetimes().re_static, fr_static);
        for (r, v) in identity.into_iter().zip(vars) {
            indices.insert(r, v.as_var());
        }
        UniversalRegionIndices { indices, fr_static }
    }

    fn compute_inputs_and_output(
        &self,
        indices: &UniversalRegionIndices<'tcx>,
        defining_ty: DefiningTy<'tcx>,
    ) -> Binder<'tcx, &'tcx List<Ty<'tcx>>> {
        let tcx = self.infcx.tcx;
        let none = |tys: &[Ty<'tcx>]| Binder::bind_with_vars(tcx.mk_type_list(tys), List::empty());
        let with_env = |vars: &'tcx List<BoundVariableKind>| {
            let mut vars: Vec<BoundVariableKind> = vars.iter().collect();
            vars.push(BoundVariableKind::Region(BoundRegionKind::ClosureEnv));
            let br = BoundRegion { var: BoundVar::from_usize(vars.len() - 1), kind: BoundRegionKind::ClosureEnv };
            (tcx.mk_bound_variable_kinds(&vars), tcx.mk_region(RegionKind::ReBound(INNERMOST, br)))
        };
        match defining_ty {
            DefiningTy::Closure(def_id, args) => {
                let sig = args.as_closure().sig();
                let (vars, env_region) = with_env(sig.bound_vars());
                let closure_ty = tcx.mk_closure(def_id, args);
                let env_ty = tcx.closure_env_ty(closure_ty, args.as_closure().kind(), env_region);
                let sig = sig.skip_binder();
                let inputs = sig.inputs().first().map_or(List::empty(), |t| match *t.kind() {
                    TyKind::Tuple(tys) => tys,
                    _ => List::empty(),
                });
                let tys: Vec<_> = [env_ty].into_iter().chain(inputs.iter()).chain([sig.output()]).collect();
                Binder::bind_with_vars(tcx.mk_type_list(&tys), vars)
            }
            DefiningTy::Coroutine(def_id, args) => {
                let c = args.as_coroutine();
                let ty = tcx.mk_ty(TyKind::Coroutine(def_id, args));
                none(&[ty, c.resume_ty(), c.return_ty()])
            }
            DefiningTy::CoroutineClosure(def_id, args) => {
                let parts = args.as_coroutine_closure();
                let sig = parts.sig();
                let (vars, env_region) = with_env(sig.bound_vars());
                let closure_ty = tcx.mk_ty(TyKind::CoroutineClosure(def_id, args));
                let env_ty = tcx.closure_env_ty(closure_ty, parts.kind(), env_region);
                let sig = sig.skip_binder();
                let inputs = match *sig.tupled_inputs_ty.kind() {
                    TyKind::Tuple(tys) => tys,
                    _ => List::empty(),
                };
                let coroutine = tcx.coroutine_for_closure(def_id);
                let output = parts.to_coroutine(*tcx, sig, coroutine, parts.kind(), env_region);
                let tys: Vec<_> = [env_ty].into_iter().chain(inputs.iter()).chain([output]).collect();
                Binder::bind_with_vars(tcx.mk_type_list(&tys), vars)
            }
            DefiningTy::FnDef(def_id, _) => {
                let sig = tcx.fn_sig(def_id).instantiate_identity();
                let sig = indices.fold_to_region_vids(tcx, sig);
                sig.map_bound(|s| s.inputs_and_output)
            }
            DefiningTy::Const(def_id, _) => {
                let ty = tcx.type_of(def_id).instantiate_identity();
                none(&[indices.fold_to_region_vids(tcx, ty)])
            }
            DefiningTy::InlineConst(_, args) => none(&[args.as_inline_const().ty()]),
        }
    }
}

/// A bound region of a signature as a free region of its item.
fn liberated<'tcx>(tcx: TyCtxt<'tcx>, scope: DefId, var: BoundVar, kind: BoundRegionKind) -> Region<'tcx> {
    let kind = match kind {
        BoundRegionKind::Anon => LateParamRegionKind::Anon(var.as_u32()),
        BoundRegionKind::NamedAnon(s) => LateParamRegionKind::NamedAnon(var.as_u32(), s),
        BoundRegionKind::Named(d) => LateParamRegionKind::Named(d),
        BoundRegionKind::ClosureEnv => LateParamRegionKind::ClosureEnv,
    };
    tcx.mk_region(RegionKind::ReLateParam(LateParamRegion { scope, kind }))
}

/// The late-bound regions that a nested body sees: those of its typeck root and of closures in between that have names.
pub(crate) fn late_bound_regions_in_recursive_scope<'tcx>(tcx: TyCtxt<'tcx>, mut def: LocalDefId) -> Vec<Region<'tcx>> {
    let mut out = Vec::new();
    loop {
        let id = def.to_def_id();
        let vars = match tcx.def_kind(id) {
            hir::def::DefKind::Fn | hir::def::DefKind::AssocFn => tcx.fn_sig(id).skip_binder().bound_vars(),
            hir::def::DefKind::Closure => match *tcx.type_of(id).skip_binder().kind() {
                TyKind::Closure(_, args) => args.as_closure().sig().bound_vars(),
                TyKind::CoroutineClosure(_, args) => args.as_coroutine_closure().sig().bound_vars(),
                _ => List::empty(),
            },
            _ => List::empty(),
        };
        let is_fn = tcx.def_kind(id) != hir::def::DefKind::Closure;
        for (i, kind) in vars.iter().enumerate() {
            if let BoundVariableKind::Region(kind) = kind
                && (is_fn || matches!(kind, BoundRegionKind::Named(_)))
            {
                out.push(liberated(tcx, id, BoundVar::from_usize(i), kind));
            }
        }
        if !tcx.is_typeck_child(id) {
            return out;
        }
        def = tcx.local_parent(def);
    }
}
