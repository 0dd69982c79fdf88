//! Making variables, and asking what is known of them.

use span::Span;
use span::def_id::DefId;
use ty::{
    Const, ConstKind, ConstVid, FloatVid, GenericArg, GenericArgsRef, GenericParamDef, GenericParamDefKind, InferConst,
    InferTy, IntVid, Region, RegionKind, RegionVid, Ty, TyKind, TyVid, UniverseIndex,
};

use super::InferCtxt;
use super::origin::{FloatVarValue, IntVarValue, RegionVariableOrigin, TypeVariableOrigin};
use super::unify::VarValue;

impl<'tcx> InferCtxt<'tcx> {
    /// A type variable.
    pub fn next_ty_var(&self, span: Span) -> Ty<'tcx> {
        self.next_ty_var_with_origin(TypeVariableOrigin { span, param_def_id: None })
    }
    /// A type variable that remembers which parameter it stands for.
    pub fn next_ty_var_with_origin(&self, origin: TypeVariableOrigin) -> Ty<'tcx> {
        let vid = self.next_ty_vid_in_universe(origin, self.universe());
        self.tcx.mk_ty_var(vid)
    }
    /// The number of a new type variable.
    pub fn next_ty_vid(&self, span: Span) -> TyVid {
        let origin = TypeVariableOrigin { span, param_def_id: None };
        self.next_ty_vid_in_universe(origin, self.universe())
    }
    pub(crate) fn next_ty_vid_in_universe(&self, origin: TypeVariableOrigin, universe: UniverseIndex) -> TyVid {
        let mut inner = self.inner.borrow_mut();
        inner.type_origins.push(origin);
        inner.types.new_key(VarValue::Unknown(universe)).0
    }
    /// A type variable of a universe.
    pub fn next_ty_var_in_universe(&self, span: Span, universe: UniverseIndex) -> Ty<'tcx> {
        let origin = TypeVariableOrigin { span, param_def_id: None };
        let vid = self.next_ty_vid_in_universe(origin, universe);
        self.tcx.mk_ty_var(vid)
    }
    /// The variable of an integer literal.
    pub fn next_int_var(&self) -> Ty<'tcx> {
        let vid = self.inner.borrow_mut().ints.new_key(IntVarValue::Unknown).0;
        self.tcx.mk_int_var(vid)
    }
    /// The variable of a float literal.
    pub fn next_float_var(&self, span: Span) -> Ty<'tcx> {
        let mut inner = self.inner.borrow_mut();
        inner.float_origins.push(span);
        let vid = inner.floats.new_key(FloatVarValue::Unknown).0;
        self.tcx.mk_float_var(vid)
    }
    /// A const variable.
    pub fn next_const_var(&self, span: Span) -> Const<'tcx> {
        self.next_const_var_in_universe(span, self.universe())
    }
    /// A const variable of a universe.
    pub fn next_const_var_in_universe(&self, span: Span, universe: UniverseIndex) -> Const<'tcx> {
        self.new_const_var(TypeVariableOrigin { span, param_def_id: None }, universe)
    }
    fn new_const_var(&self, origin: TypeVariableOrigin, universe: UniverseIndex) -> Const<'tcx> {
        let mut inner = self.inner.borrow_mut();
        inner.const_origins.push(origin);
        let vid = inner.consts.new_key(VarValue::Unknown(universe)).0;
        self.tcx.mk_const(ConstKind::Infer(InferConst::Var(vid)))
    }
    /// A region variable.
    pub fn next_region_var(&self, origin: RegionVariableOrigin) -> Region<'tcx> {
        self.next_region_var_in_universe(origin, self.universe())
    }
    /// A region variable of a universe.
    pub fn next_region_var_in_universe(&self, origin: RegionVariableOrigin, universe: UniverseIndex) -> Region<'tcx> {
        if !self.considering_regions {
            // Nobody will look at it: type checking ignores regions, and only the universe of a placeholder counts.
            return self.tcx.lifetimes().re_erased;
        }
        let vid = self.inner.borrow_mut().regions.new_region_var(universe, origin);
        self.tcx.mk_re_var(vid)
    }
    /// A region variable that borrow checking knows.
    pub fn next_nll_region_var(
        &self,
        origin: super::NllRegionVariableOrigin,
        universe: Option<UniverseIndex>,
    ) -> Region<'tcx> {
        let universe = universe.unwrap_or_else(|| self.universe());
        self.next_region_var_in_universe(RegionVariableOrigin::Nll(origin), universe)
    }
    /// The number of region variables.
    pub fn num_region_vars(&self) -> usize {
        self.inner.borrow().regions.var_infos.len()
    }
    /// What was said when the region variable was made.
    pub fn region_var_origin(&self, vid: RegionVid) -> RegionVariableOrigin {
        self.inner.borrow().regions.var_infos[vid].origin
    }
    pub fn universe_of_region(&self, r: Region<'tcx>) -> UniverseIndex {
        match r.kind() {
            RegionKind::ReVar(vid) => self.inner.borrow().regions.var_infos[vid].universe,
            RegionKind::RePlaceholder(p) => p.universe,
            _ => UniverseIndex::ROOT,
        }
    }
    /// A variable for a generic parameter.
    pub fn var_for_def(&self, span: Span, param: &GenericParamDef) -> GenericArg<'tcx> {
        match param.kind {
            GenericParamDefKind::Lifetime => {
                self.next_region_var(RegionVariableOrigin::RegionParameterDefinition(span, param.name)).into()
            }
            GenericParamDefKind::Type { .. } => {
                self.next_ty_var_with_origin(TypeVariableOrigin { span, param_def_id: Some(param.def_id) }).into()
            }
            GenericParamDefKind::Const { .. } => {
                let origin = TypeVariableOrigin { span, param_def_id: Some(param.def_id) };
                self.new_const_var(origin, self.universe()).into()
            }
        }
    }
    /// Variables for all parameters of a definition.
    pub fn fresh_args_for_item(&self, span: Span, def_id: DefId) -> GenericArgsRef<'tcx> {
        self.extend_args_for_item(span, def_id, &[])
    }
    /// These arguments, and variables for the other parameters of a definition.
    pub fn extend_args_for_item(&self, span: Span, def_id: DefId, first: &[GenericArg<'tcx>]) -> GenericArgsRef<'tcx> {
        let mut args = first.to_vec();
        self.push_fresh_args(span, def_id, &mut args);
        self.tcx.mk_args(&args)
    }
    fn push_fresh_args(&self, span: Span, def_id: DefId, args: &mut Vec<GenericArg<'tcx>>) {
        let generics = self.tcx.generics_of(def_id);
        if let Some(parent) = generics.parent {
            if args.len() < generics.parent_count {
                self.push_fresh_args(span, parent, args);
            }
        }
        for param in &generics.own_params {
            if (param.index as usize) < args.len() {
                continue;
            }
            args.push(self.var_for_def(span, param));
        }
    }

    // --- What is known.

    /// The type that a variable stands for, if known; other types as they are. Goes one step into the type.
    #[inline]
    pub fn shallow_resolve(&self, ty: Ty<'tcx>) -> Ty<'tcx> {
        match *ty.kind() {
            TyKind::Infer(v) => self.fold_infer_ty(v).unwrap_or(ty),
            _ => ty,
        }
    }
    fn fold_infer_ty(&self, v: InferTy) -> Option<Ty<'tcx>> {
        match v {
            InferTy::TyVar(vid) => {
                let known = self.inner.borrow_mut().types.probe_value(vid).known();
                known.map(|t| self.shallow_resolve(t))
            }
            InferTy::IntVar(vid) => match self.inner.borrow_mut().ints.probe_value(vid) {
                IntVarValue::Unknown => None,
                IntVarValue::IntType(i) => Some(self.tcx.mk_mach_int(i)),
                IntVarValue::UintType(u) => Some(self.tcx.mk_mach_uint(u)),
            },
            InferTy::FloatVar(vid) => match self.inner.borrow_mut().floats.probe_value(vid) {
                FloatVarValue::Unknown => None,
                FloatVarValue::Known(f) => Some(self.tcx.mk_mach_float(f)),
            },
            InferTy::FreshTy(_) | InferTy::FreshIntTy(_) | InferTy::FreshFloatTy(_) => None,
        }
    }
    /// As [`InferCtxt::shallow_resolve`] for constants.
    pub fn shallow_resolve_const(&self, ct: Const<'tcx>) -> Const<'tcx> {
        match ct.kind() {
            ConstKind::Infer(InferConst::Var(vid)) => {
                let known = self.inner.borrow_mut().consts.probe_value(vid).known();
                known.map_or(ct, |c| self.shallow_resolve_const(c))
            }
            _ => ct,
        }
    }
    /// As [`InferCtxt::shallow_resolve`] for either.
    pub fn shallow_resolve_term(&self, t: ty::Term<'tcx>) -> ty::Term<'tcx> {
        match t {
            ty::Term::Ty(t) => self.shallow_resolve(t).into(),
            ty::Term::Const(c) => self.shallow_resolve_const(c).into(),
        }
    }
    /// The variable that stands for all that were unified with this one.
    pub fn root_var(&self, vid: TyVid) -> TyVid {
        self.inner.borrow_mut().types.find(vid).0
    }
    pub fn sub_unification_table_root_var(&self, vid: TyVid) -> TyVid {
        self.root_var(vid)
    }
    pub fn root_const_var(&self, vid: ConstVid) -> ConstVid {
        self.inner.borrow_mut().consts.find(vid).0
    }
    pub fn opportunistic_resolve_int_var(&self, vid: IntVid) -> Ty<'tcx> {
        let mut inner = self.inner.borrow_mut();
        match inner.ints.probe_value(vid) {
            IntVarValue::IntType(i) => self.tcx.mk_mach_int(i),
            IntVarValue::UintType(u) => self.tcx.mk_mach_uint(u),
            IntVarValue::Unknown => {
                let root = inner.ints.find(vid).0;
                self.tcx.mk_int_var(root)
            }
        }
    }
    pub fn opportunistic_resolve_float_var(&self, vid: FloatVid) -> Ty<'tcx> {
        let mut inner = self.inner.borrow_mut();
        match inner.floats.probe_value(vid) {
            FloatVarValue::Known(f) => self.tcx.mk_mach_float(f),
            FloatVarValue::Unknown => {
                let root = inner.floats.find(vid).0;
                self.tcx.mk_float_var(root)
            }
        }
    }
    /// What is known of a type variable: a type, or the universe it is of.
    pub fn probe_ty_var(&self, vid: TyVid) -> Result<Ty<'tcx>, UniverseIndex> {
        match self.inner.borrow_mut().types.probe_value(vid) {
            VarValue::Known(t) => Ok(t),
            VarValue::Unknown(u) => Err(u),
        }
    }
    /// As [`InferCtxt::probe_ty_var`] for constants.
    pub fn probe_const_var(&self, vid: ConstVid) -> Result<Const<'tcx>, UniverseIndex> {
        match self.inner.borrow_mut().consts.probe_value(vid) {
            VarValue::Known(c) => Ok(c),
            VarValue::Unknown(u) => Err(u),
        }
    }
    /// Where a type variable comes from.
    pub fn type_var_origin(&self, ty: Ty<'tcx>) -> Option<TypeVariableOrigin> {
        match *ty.kind() {
            TyKind::Infer(InferTy::TyVar(vid)) => {
                let root = self.root_var(vid);
                Some(self.inner.borrow().type_origins[root])
            }
            _ => None,
        }
    }
    /// As [`InferCtxt::type_var_origin`], by number, without going to the root.
    pub fn type_vid_origin(&self, vid: TyVid) -> TypeVariableOrigin {
        self.inner.borrow().type_origins[vid]
    }
    /// The variables without a value: types, then integers, then floats.
    pub fn unresolved_variables(&self) -> Vec<Ty<'tcx>> {
        let mut inner = self.inner.borrow_mut();
        let mut vars = Vec::new();
        for i in 0..inner.types.len() {
            let vid = TyVid::from_usize(i);
            if inner.types.probe_value(vid).known().is_none() {
                vars.push(self.tcx.mk_ty_var(vid));
            }
        }
        for i in 0..inner.ints.len() {
            let vid = IntVid::from_usize(i);
            if inner.ints.probe_value(vid) == IntVarValue::Unknown {
                vars.push(self.tcx.mk_int_var(vid));
            }
        }
        for i in 0..inner.floats.len() {
            let vid = FloatVid::from_usize(i);
            if inner.floats.probe_value(vid) == FloatVarValue::Unknown {
                vars.push(self.tcx.mk_float_var(vid));
            }
        }
        vars
    }
    /// The number of type variables.
    pub fn num_ty_vars(&self) -> usize {
        self.inner.borrow().type_origins.len()
    }
    /// The numbers of variables: of types, integers, floats, constants.
    pub(crate) fn num_vars(&self) -> (usize, usize, usize, usize) {
        let inner = self.inner.borrow();
        (inner.type_origins.len(), inner.ints.len(), inner.floats.len(), inner.const_origins.len())
    }
    /// Where a float literal's variable comes from.
    pub fn float_var_origin(&self, vid: FloatVid) -> Span {
        self.inner.borrow().float_origins[vid.as_usize()]
    }
    /// Where a const variable comes from.
    pub fn const_var_origin(&self, vid: ConstVid) -> Option<TypeVariableOrigin> {
        let root = self.root_const_var(vid);
        self.inner.borrow().const_origins.get(root.as_usize()).copied()
    }
    /// Whether the type is an unknown integer (`true`) or float literal's.
    pub fn type_is_numeric_var(&self, ty: Ty<'tcx>) -> bool {
        matches!(self.shallow_resolve(ty).kind(), TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_)))
    }
}
