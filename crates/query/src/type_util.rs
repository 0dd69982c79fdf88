//! Questions about types that need queries.

use hir::def::{DefKind, Res};
use span::def_id::{DefId, LocalDefId};
use ty::{
    AdtDef, AliasTerm, AliasTermKind, AssocItem, EarlyBinder, FieldDef, GenericArg, GenericArgsRef, GenericParamDef,
    GenericParamDefKind, Generics, ImplPolarity, Instance, InstanceKind, ParamEnv, RegionKind, TraitRef, Ty, TyKind,
    TypingEnv, TypingMode, VariantDef,
};

use crate::{IntoQueryParam, TyCtxt};

impl<'tcx> TyCtxt<'tcx> {
    /// The type of a field with arguments for the ADT's parameters.
    pub fn field_ty(self, field: &FieldDef, args: GenericArgsRef<'tcx>) -> Ty<'tcx> {
        self.type_of(field.did).instantiate(self.interner(), args)
    }
    /// The identity arguments of a definition: each parameter for itself.
    pub fn identity_args_for(self, def_id: impl IntoQueryParam<DefId>) -> GenericArgsRef<'tcx> {
        self.args_for_item(def_id.into_query_param(), |param, _| self.mk_param_from_def(param))
    }
    /// A parameter as an argument.
    pub fn mk_param_from_def(self, param: &GenericParamDef) -> GenericArg<'tcx> {
        match param.kind {
            GenericParamDefKind::Lifetime => self
                .mk_region(RegionKind::ReEarlyParam(ty::EarlyParamRegion { index: param.index, name: param.name }))
                .into(),
            GenericParamDefKind::Type { .. } => self.mk_param(param.index, param.name).into(),
            GenericParamDefKind::Const { .. } => {
                self.mk_const(ty::ConstKind::Param(ty::ParamConst { index: param.index, name: param.name })).into()
            }
        }
    }
    /// Arguments for a definition's parameters, the parent's first; the function sees those made before.
    pub fn args_for_item(
        self,
        def_id: DefId,
        mut mk: impl FnMut(&GenericParamDef, &[GenericArg<'tcx>]) -> GenericArg<'tcx>,
    ) -> GenericArgsRef<'tcx> {
        let generics = self.generics_of(def_id);
        let mut args = Vec::with_capacity(generics.count());
        self.fill_item(&mut args, generics, &mut mk);
        self.mk_args(&args)
    }
    fn fill_item(
        self,
        args: &mut Vec<GenericArg<'tcx>>,
        generics: &'tcx Generics,
        mk: &mut impl FnMut(&GenericParamDef, &[GenericArg<'tcx>]) -> GenericArg<'tcx>,
    ) {
        if let Some(parent) = generics.parent {
            self.fill_item(args, self.generics_of(parent), mk);
        }
        for param in &generics.own_params {
            let arg = mk(param, args);
            debug_assert_eq!(param.index as usize, args.len());
            args.push(arg);
        }
    }
    /// `args` of the parent, extended for a child definition.
    pub fn extend_args(
        self,
        args: &[GenericArg<'tcx>],
        def_id: DefId,
        mut mk: impl FnMut(&GenericParamDef, &[GenericArg<'tcx>]) -> GenericArg<'tcx>,
    ) -> GenericArgsRef<'tcx> {
        self.args_for_item(def_id, |p, done| args.get(p.index as usize).copied().unwrap_or_else(|| mk(p, done)))
    }
    /// The parameter with an index, in a definition's generics or its parents'.
    pub fn param_at(self, mut generics: &'tcx Generics, index: u32) -> &'tcx GenericParamDef {
        while (index as usize) < generics.parent_count {
            generics = self.generics_of(generics.parent.expect("a parent with parameters"));
        }
        &generics.own_params[index as usize - generics.parent_count]
    }
    /// The definition of a type parameter.
    pub fn type_param_def(self, generics: &'tcx Generics, param: ty::ParamTy) -> &'tcx GenericParamDef {
        self.param_at(generics, param.index)
    }
    /// The parameter's index by its definition.
    pub fn param_def_id_to_index(self, mut generics: &'tcx Generics, def_id: DefId) -> Option<u32> {
        loop {
            if let Some(&i) = generics.param_def_id_to_index.get(&def_id) {
                return Some(i);
            }
            generics = self.generics_of(generics.parent?);
        }
    }
    /// Whether a definition or its parents have type or const parameters.
    pub fn requires_monomorphization(self, def_id: DefId) -> bool {
        let generics = self.generics_of(def_id);
        generics.own_requires_monomorphization() || generics.parent.is_some_and(|p| self.requires_monomorphization(p))
    }
    /// All predicates with arguments, the parent's included: flattened.
    pub fn all_predicates_of(self, def_id: DefId) -> Vec<(ty::Clause<'tcx>, span::Span)> {
        let preds = self.predicates_of(def_id);
        let mut out = preds.parent.map_or_else(Vec::new, |p| self.all_predicates_of(p));
        out.extend_from_slice(preds.predicates);
        out
    }
    /// The variant a resolved path or constructor names.
    #[track_caller]
    pub fn expect_variant_res(self, res: Res) -> &'tcx VariantDef {
        match res {
            Res::Def(DefKind::Variant, did) => self.adt_def(self.parent(did)).variant_with_id(did),
            Res::Def(DefKind::Struct | DefKind::Union, did) => self.adt_def(did).non_enum_variant(),
            Res::Def(DefKind::Ctor(hir::def::CtorOf::Variant, _), ctor) => {
                let variant = self.parent(ctor);
                self.adt_def(self.parent(variant)).variant_with_id(variant)
            }
            Res::Def(DefKind::Ctor(hir::def::CtorOf::Struct, _), ctor) => {
                self.adt_def(self.parent(ctor)).non_enum_variant()
            }
            res => panic!("expected a variant, found {res:?}"),
        }
    }
    /// The ADT a constructor or variant belongs to.
    pub fn adt_of_variant(self, variant: DefId) -> AdtDef<'tcx> {
        match self.def_kind(variant) {
            DefKind::Variant => self.adt_def(self.parent(variant)),
            DefKind::Ctor(..) => self.adt_of_variant(self.parent(variant)),
            _ => self.adt_def(variant),
        }
    }

    // --- Associated items ---
    pub fn opt_associated_item(self, def_id: DefId) -> Option<AssocItem> {
        self.def_kind(def_id).is_assoc().then(|| self.associated_item(def_id))
    }
    /// The trait a definition is an item of.
    pub fn trait_of_assoc(self, def_id: DefId) -> Option<DefId> {
        let parent = self.def_kind(def_id).is_assoc().then(|| self.parent(def_id))?;
        matches!(self.def_kind(parent), DefKind::Trait | DefKind::TraitAlias).then_some(parent)
    }
    /// The impl a definition is an item of.
    pub fn impl_of_assoc(self, def_id: DefId) -> Option<DefId> {
        let parent = self.def_kind(def_id).is_assoc().then(|| self.parent(def_id))?;
        matches!(self.def_kind(parent), DefKind::Impl { .. }).then_some(parent)
    }
    /// The inherent impl a definition is an item of.
    pub fn inherent_impl_of_assoc(self, def_id: DefId) -> Option<DefId> {
        self.impl_of_assoc(def_id).filter(|&i| self.impl_trait_header(i).is_none())
    }
    /// The trait impl a definition is an item of.
    pub fn trait_impl_of_assoc(self, def_id: DefId) -> Option<DefId> {
        self.impl_of_assoc(def_id).filter(|&i| self.impl_trait_header(i).is_some())
    }
    /// The trait reference of an impl, if it is of a trait.
    pub fn impl_opt_trait_ref(self, def_id: impl IntoQueryParam<DefId>) -> Option<EarlyBinder<TraitRef<'tcx>>> {
        self.impl_trait_header(def_id.into_query_param()).map(|h| h.trait_ref)
    }
    #[track_caller]
    pub fn impl_trait_ref(self, def_id: impl IntoQueryParam<DefId>) -> EarlyBinder<TraitRef<'tcx>> {
        self.impl_opt_trait_ref(def_id).expect("an impl of a trait")
    }
    pub fn impl_opt_trait_id(self, def_id: impl IntoQueryParam<DefId>) -> Option<DefId> {
        self.impl_opt_trait_ref(def_id).map(|t| t.skip_binder().def_id)
    }
    pub fn impl_polarity(self, def_id: impl IntoQueryParam<DefId>) -> ImplPolarity {
        self.impl_trait_header(def_id.into_query_param()).map_or(ImplPolarity::Positive, |h| h.polarity)
    }
    /// Says what the type of a constant's body is, where its use knows better than itself.
    pub fn feed_type_of(self, def_id: span::def_id::LocalDefId, ty: Ty<'tcx>) {
        use crate::plumbing::Cache;
        let cache = &self.gcx().tables.type_of;
        let key = def_id.to_def_id();
        if Cache::<DefId, EarlyBinder<Ty<'tcx>>>::get(cache, &key).is_none() {
            Cache::<DefId, EarlyBinder<Ty<'tcx>>>::set(cache, key, EarlyBinder::bind(ty));
        }
    }
    /// The provided (default) methods of a trait.
    pub fn provided_trait_methods(self, trait_id: DefId) -> impl Iterator<Item = &'tcx AssocItem> {
        self.associated_items(trait_id).in_definition_order().filter(|i| i.is_fn() && i.has_value)
    }
    pub fn trait_is_auto(self, trait_id: DefId) -> bool {
        self.trait_def(trait_id).has_auto_impl
    }
    pub fn trait_is_coinductive(self, trait_id: DefId) -> bool {
        self.trait_def(trait_id).is_coinductive
    }
    pub fn trait_is_alias(self, trait_id: DefId) -> bool {
        self.def_kind(trait_id) == DefKind::TraitAlias
    }
    /// The kind of an alias.
    pub fn alias_term_kind(self, alias: AliasTerm<'tcx>) -> AliasTermKind {
        let kind = self.def_kind(alias.def_id);
        let inherent = matches!(kind, DefKind::AssocTy | DefKind::AssocConst)
            && self.inherent_impl_of_assoc(alias.def_id).is_some();
        AliasTerm::kind_of(kind, inherent)
    }
    /// The trait of a projection, and its own arguments.
    pub fn trait_ref_and_own_args_of(
        self,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
    ) -> (TraitRef<'tcx>, &'tcx [GenericArg<'tcx>]) {
        let trait_id = self.parent(def_id);
        let n = self.generics_of(trait_id).count();
        (TraitRef::new_from_args(trait_id, args.truncate_to(self.interner(), n)), &args[n..])
    }
    /// The trait reference of a projection.
    pub fn projection_trait_ref(self, alias: AliasTerm<'tcx>) -> TraitRef<'tcx> {
        self.trait_ref_and_own_args_of(alias.def_id, alias.args).0
    }

    // --- Closures ---
    pub fn closure_base_def_id(self, def_id: DefId) -> DefId {
        self.typeck_root_def_id(def_id)
    }
    /// The type of a closure's `self` as its body sees it: `&closure`, `&mut closure` or `closure`.
    pub fn closure_env_ty(
        self,
        closure_ty: Ty<'tcx>,
        kind: ty::closure::ClosureKind,
        env_region: ty::Region<'tcx>,
    ) -> Ty<'tcx> {
        match kind {
            ty::closure::ClosureKind::Fn => self.mk_imm_ref(env_region, closure_ty),
            ty::closure::ClosureKind::FnMut => self.mk_mut_ref(env_region, closure_ty),
            ty::closure::ClosureKind::FnOnce => closure_ty,
        }
    }
    /// As [`TyCtxt::fn_trait_kind_from_def_id`], of the traits of async closures.
    pub fn async_fn_trait_kind_from_def_id(self, id: DefId) -> Option<ty::closure::ClosureKind> {
        use ty::closure::ClosureKind;
        match self.as_lang_item(id)? {
            hir::LangItem::AsyncFn => Some(ClosureKind::Fn),
            hir::LangItem::AsyncFnMut => Some(ClosureKind::FnMut),
            hir::LangItem::AsyncFnOnce => Some(ClosureKind::FnOnce),
            _ => None,
        }
    }
    pub fn fn_trait_kind_from_def_id(self, id: DefId) -> Option<ty::closure::ClosureKind> {
        use ty::closure::ClosureKind;
        let lang = self.lang_items();
        if Some(id) == lang.fn_trait() {
            Some(ClosureKind::Fn)
        } else if Some(id) == lang.fn_mut_trait() {
            Some(ClosureKind::FnMut)
        } else if Some(id) == lang.fn_once_trait() {
            Some(ClosureKind::FnOnce)
        } else {
            None
        }
    }
    pub fn is_fn_trait(self, id: DefId) -> bool {
        self.fn_trait_kind_from_def_id(id).is_some()
    }
    /// The signature of a function type: of items with arguments, of pointers.
    pub fn fn_sig_of_ty(self, ty: Ty<'tcx>) -> Option<ty::PolyFnSig<'tcx>> {
        match *ty.kind() {
            TyKind::FnDef(d, args) => Some(self.fn_sig(d).instantiate(self.interner(), args)),
            TyKind::FnPtr(sig) => Some(sig),
            _ => None,
        }
    }
    /// Late-bound regions of a signature as free regions of its definition.
    pub fn liberate_late_bound_regions<T: ty::TypeFoldable<'tcx>>(self, scope: DefId, value: ty::Binder<'tcx, T>) -> T {
        self.instantiate_bound_regions(value, |br| {
            let kind = match br.kind {
                ty::BoundRegionKind::Anon => ty::LateParamRegionKind::Anon(br.var.as_u32()),
                ty::BoundRegionKind::NamedAnon(s) => ty::LateParamRegionKind::NamedAnon(br.var.as_u32(), s),
                ty::BoundRegionKind::Named(d) => ty::LateParamRegionKind::Named(d),
                ty::BoundRegionKind::ClosureEnv => ty::LateParamRegionKind::ClosureEnv,
            };
            self.mk_region(RegionKind::ReLateParam(ty::LateParamRegion { scope, kind }))
        })
    }

    // --- Environments ---
    pub fn typing_env_post_analysis(self, def_id: impl IntoQueryParam<DefId>) -> TypingEnv<'tcx> {
        TypingEnv { typing_mode: TypingMode::PostAnalysis, param_env: self.param_env(def_id.into_query_param()) }
    }
    pub fn typing_env_non_body_analysis(self, def_id: impl IntoQueryParam<DefId>) -> TypingEnv<'tcx> {
        TypingEnv { typing_mode: TypingMode::non_body_analysis(), param_env: self.param_env(def_id.into_query_param()) }
    }
    /// Of a body, with the opaque types it defines.
    pub fn typing_mode_of_body(self, def_id: LocalDefId) -> TypingMode<'tcx> {
        TypingMode::Analysis { defining_opaque_types: self.opaque_types_defined_by(def_id) }
    }
    pub fn type_is_copy_modulo_regions(self, env: TypingEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        match *ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::RawPtr(..)
            | TyKind::FnPtr(_)
            | TyKind::FnDef(..)
            | TyKind::Error(_) => true,
            TyKind::Ref(_, _, m) => m == ty::Mutability::Not,
            TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) | TyKind::Foreign(_) => false,
            _ => self.is_copy_raw(env.as_query_input(self.erase_regions(ty))),
        }
    }
    pub fn type_is_sized(self, env: TypingEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        ty.is_trivially_sized() || self.is_sized_raw(env.as_query_input(self.erase_regions(ty)))
    }
    pub fn type_is_freeze(self, env: TypingEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        match *ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::Str
            | TyKind::Ref(..)
            | TyKind::RawPtr(..)
            | TyKind::FnPtr(_)
            | TyKind::FnDef(..)
            | TyKind::Error(_) => true,
            TyKind::Tuple(tys) => tys.iter().all(|t| self.type_is_freeze(env, t)),
            TyKind::Array(t, _) | TyKind::Slice(t) => self.type_is_freeze(env, t),
            _ => self.is_freeze_raw(env.as_query_input(self.erase_regions(ty))),
        }
    }
    pub fn type_needs_drop(self, env: TypingEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        match *ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::Str
            | TyKind::Ref(..)
            | TyKind::RawPtr(..)
            | TyKind::FnPtr(_)
            | TyKind::FnDef(..)
            | TyKind::Foreign(_)
            | TyKind::Error(_) => false,
            TyKind::Dynamic(..) => true,
            TyKind::Tuple(tys) => tys.iter().any(|t| self.type_needs_drop(env, t)),
            TyKind::Slice(t) => self.type_needs_drop(env, t),
            TyKind::Array(t, len) => len.try_to_target_usize() != Some(0) && self.type_needs_drop(env, t),
            _ => self.needs_drop_raw(env.as_query_input(self.erase_regions(ty))),
        }
    }
    /// The tail of nested structs and tuples that decides on unsizing, with a function for projections.
    pub fn struct_tail_raw(self, mut ty: Ty<'tcx>, mut normalize: impl FnMut(Ty<'tcx>) -> Ty<'tcx>) -> Ty<'tcx> {
        for _ in 0..256 {
            match *ty.kind() {
                TyKind::Adt(def, args) if def.is_struct() => match def.non_enum_variant().fields.iter().next_back() {
                    Some(f) => ty = normalize(self.field_ty(f, args)),
                    None => break,
                },
                TyKind::Tuple(tys) => match tys.last() {
                    Some(&t) => ty = t,
                    None => break,
                },
                TyKind::Pat(inner, _) => ty = inner,
                TyKind::Alias(..) => {
                    let normalized = normalize(ty);
                    if normalized == ty {
                        return ty;
                    }
                    ty = normalized;
                }
                _ => break,
            }
        }
        ty
    }
    /// As [`TyCtxt::struct_tail_raw`] for code generation.
    pub fn struct_tail_for_codegen(self, ty: Ty<'tcx>, env: TypingEnv<'tcx>) -> Ty<'tcx> {
        self.struct_tail_raw(ty, |t| self.normalize_erasing_regions(env, t))
    }
    /// The tails of two types that unsize to one another, down to where they differ in shape.
    pub fn struct_lockstep_tails_for_codegen(
        self,
        source: Ty<'tcx>,
        target: Ty<'tcx>,
        env: TypingEnv<'tcx>,
    ) -> (Ty<'tcx>, Ty<'tcx>) {
        let (mut a, mut b) = (source, target);
        loop {
            match (a.kind(), b.kind()) {
                (&TyKind::Adt(da, aa), &TyKind::Adt(db, ab)) if da == db && da.is_struct() => {
                    let Some(f) = da.non_enum_variant().fields.iter().next_back() else { return (a, b) };
                    a = self.normalize_erasing_regions(env, self.field_ty(f, aa));
                    b = self.normalize_erasing_regions(env, self.field_ty(f, ab));
                }
                (&TyKind::Tuple(ta), &TyKind::Tuple(tb)) if ta.len() == tb.len() && !ta.is_empty() => {
                    a = ta[ta.len() - 1];
                    b = tb[tb.len() - 1];
                }
                _ => return (a, b),
            }
        }
    }
    /// Normalises every alias in a value, which is known to succeed, and erases regions.
    pub fn normalize_erasing_regions<T: ty::TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(
        self,
        env: TypingEnv<'tcx>,
        value: T,
    ) -> T {
        self.try_normalize_erasing_regions(env, value).unwrap_or_else(|v| v)
    }
    /// As [`TyCtxt::normalize_erasing_regions`]; where an alias does not normalise the value is returned with it.
    pub fn try_normalize_erasing_regions<T: ty::TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(
        self,
        env: TypingEnv<'tcx>,
        value: T,
    ) -> Result<T, T> {
        use ty::visit::TypeVisitableExt;
        let value = self.erase_regions(value);
        if !value.has_aliases() {
            return Ok(value);
        }
        let mut folder = NormalizeErasing { tcx: self, env, failed: false };
        let value = value.fold_with(&mut folder);
        if folder.failed { Err(value) } else { Ok(value) }
    }
    /// Instantiates and normalises: the form in which code generation sees generic values.
    pub fn instantiate_and_normalize_erasing_regions<T: ty::TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(
        self,
        args: GenericArgsRef<'tcx>,
        env: TypingEnv<'tcx>,
        value: EarlyBinder<T>,
    ) -> T {
        let value = value.instantiate(self.interner(), args);
        self.normalize_erasing_regions(env, value)
    }

    // --- Instances ---
    /// The body of an instance, before instantiation.
    pub fn instance_mir(self, instance: InstanceKind<'tcx>) -> &'tcx mir::Body<'tcx> {
        match instance {
            InstanceKind::Item(def) => match self.def_kind(def) {
                DefKind::Const
                | DefKind::Static { .. }
                | DefKind::AssocConst
                | DefKind::AnonConst
                | DefKind::InlineConst => self.mir_for_ctfe(def),
                _ => self.optimized_mir(def),
            },
            InstanceKind::CoroutineKindShim { coroutine_def_id } => {
                let body = self.optimized_mir(coroutine_def_id);
                body.coroutine_by_move_body().unwrap_or(body)
            }
            _ => self.mir_shims(instance),
        }
    }
    /// Finds what a path to `def_id` with arguments runs: through impls for trait items.
    pub fn resolve_instance(
        self,
        env: TypingEnv<'tcx>,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
    ) -> Result<Option<Instance<'tcx>>, ty::ErrorGuaranteed> {
        let args = self.erase_regions(args);
        self.resolve_instance_raw(env.as_query_input((def_id, args)))
    }
    /// As [`TyCtxt::resolve_instance`] where it must be known.
    #[track_caller]
    pub fn expect_resolve_instance(
        self,
        env: TypingEnv<'tcx>,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
    ) -> Instance<'tcx> {
        match self.resolve_instance(env, def_id, args) {
            Ok(Some(i)) => i,
            other => panic!("cannot resolve {}: {other:?}", self.value_path_str_with_args(def_id, args)),
        }
    }
    /// The drop glue of a type.
    pub fn resolve_drop_in_place(self, ty: Ty<'tcx>) -> Instance<'tcx> {
        let def_id = self.require_lang_item(hir::LangItem::DropInPlace, span::DUMMY_SP);
        let args = self.mk_args(&[ty.into()]);
        self.expect_resolve_instance(TypingEnv::fully_monomorphized(), def_id, args)
    }
    /// The type of an instance as a function item or closure.
    pub fn instance_ty(self, instance: Instance<'tcx>, env: TypingEnv<'tcx>) -> Ty<'tcx> {
        let ty = self.type_of(instance.def_id());
        self.instantiate_and_normalize_erasing_regions(instance.args, env, ty)
    }
    /// The intrinsic's name, if a definition is one.
    pub fn intrinsic(self, def_id: impl IntoQueryParam<DefId>) -> Option<span::Symbol> {
        let def_id = def_id.into_query_param();
        matches!(self.def_kind(def_id), DefKind::Fn | DefKind::AssocFn)
            .then(|| self.intrinsic_raw(def_id))
            .flatten()
            .map(|(n, _)| n)
    }
    /// Whether a function can be run at compile time.
    pub fn is_const_fn(self, def_id: DefId) -> bool {
        matches!(self.def_kind(def_id), DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(..) | DefKind::Closure)
            && self.constness(def_id) == hir::Constness::Const
    }
    /// Whether a definition is generic over what its caller passes as location.
    pub fn body_requires_caller_location(self, def_id: DefId) -> bool {
        matches!(self.def_kind(def_id), DefKind::Fn | DefKind::AssocFn | DefKind::Closure)
            && self.codegen_fn_attrs(def_id).track_caller
    }
    /// `core::panic::Location<'static>`
    pub fn caller_location_ty(self) -> Ty<'tcx> {
        let location = self.require_lang_item(hir::LangItem::PanicLocation, span::DUMMY_SP);
        let args = self.mk_args(&[self.lifetimes().re_static.into()]);
        self.type_of(location).instantiate(self.interner(), args)
    }
    /// The empty environment; named for readability.
    pub fn empty_param_env(self) -> ParamEnv<'tcx> {
        ParamEnv::empty()
    }
}

struct NormalizeErasing<'tcx> {
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    failed: bool,
}

impl<'tcx> NormalizeErasing<'tcx> {
    fn arg(&mut self, arg: GenericArg<'tcx>) -> GenericArg<'tcx> {
        match self.tcx.normalize_generic_arg_erasing_regions(self.env.as_query_input(arg)) {
            Ok(a) => a,
            Err(_) => {
                self.failed = true;
                arg
            }
        }
    }
}

impl<'tcx> ty::TypeFolder<'tcx> for NormalizeErasing<'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        use ty::visit::TypeVisitableExt;
        if t.has_aliases() { self.arg(t.into()).expect_ty() } else { t }
    }
    fn fold_const(&mut self, c: ty::Const<'tcx>) -> ty::Const<'tcx> {
        use ty::visit::TypeVisitableExt;
        if c.has_aliases() { self.arg(c.into()).expect_const() } else { c }
    }
}
