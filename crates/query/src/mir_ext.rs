//! Types of MIR's places, operands and rvalues, and what else of MIR needs queries.

use hir::LangItem;
use mir::{
    AggregateKind, BinOp, Body, Local, LocalDecl, Operand, Place, PlaceElem, PlaceRef, ProjectionElem, RawPtrKind,
    Rvalue, UnOp,
};
use rustc_index::IndexVec;
use span::Symbol;
use span::def_id::DefId;
use ty::{AdtDef, FieldIdx, GenericArgsRef, Mutability, ScalarInt, Ty, TyKind, VariantDiscr, VariantIdx};

use crate::TyCtxt;

/// The type of a place; after a downcast, the variant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlaceTy<'tcx> {
    pub ty: Ty<'tcx>,
    pub variant_index: Option<VariantIdx>,
}

/// What declares locals.
pub trait HasLocalDecls<'tcx> {
    fn local_decls(&self) -> &IndexVec<Local, LocalDecl<'tcx>>;
}
impl<'tcx> HasLocalDecls<'tcx> for IndexVec<Local, LocalDecl<'tcx>> {
    fn local_decls(&self) -> &IndexVec<Local, LocalDecl<'tcx>> {
        self
    }
}
impl<'tcx> HasLocalDecls<'tcx> for Body<'tcx> {
    fn local_decls(&self) -> &IndexVec<Local, LocalDecl<'tcx>> {
        &self.local_decls
    }
}

impl<'tcx> PlaceTy<'tcx> {
    pub fn from_ty(ty: Ty<'tcx>) -> Self {
        PlaceTy { ty, variant_index: None }
    }
    /// The type after a step.
    pub fn projection_ty(self, tcx: TyCtxt<'tcx>, elem: PlaceElem<'tcx>) -> PlaceTy<'tcx> {
        match elem {
            ProjectionElem::Deref => match self.ty.builtin_deref(true) {
                Some(ty) => PlaceTy::from_ty(ty),
                None => panic!("deref projection of non-dereferenceable type {}", self.ty),
            },
            ProjectionElem::Index(_) | ProjectionElem::ConstantIndex { .. } => match self.ty.builtin_index() {
                Some(ty) => PlaceTy::from_ty(ty),
                None => panic!("index projection of non-indexable type {}", self.ty),
            },
            ProjectionElem::Subslice { from, to, from_end } => PlaceTy::from_ty(match *self.ty.kind() {
                TyKind::Slice(..) => self.ty,
                TyKind::Array(inner, _) if !from_end => tcx.mk_array(inner, to - from),
                TyKind::Array(inner, size) => {
                    let size = size.try_to_target_usize().expect("expected subslice projection on fixed-size array");
                    tcx.mk_array(inner, size - from - to)
                }
                _ => panic!("cannot subslice non-array type: `{}`", self.ty),
            }),
            ProjectionElem::Downcast(_, variant) => PlaceTy { ty: self.ty, variant_index: Some(variant) },
            ProjectionElem::Field(_, ty) | ProjectionElem::OpaqueCast(ty) | ProjectionElem::UnwrapUnsafeBinder(ty) => {
                PlaceTy::from_ty(ty)
            }
        }
    }
    pub fn multi_projection_ty(self, tcx: TyCtxt<'tcx>, elems: &[PlaceElem<'tcx>]) -> PlaceTy<'tcx> {
        elems.iter().fold(self, |ty, &elem| ty.projection_ty(tcx, elem))
    }
    /// The type of a field as declared, with the type's arguments; not normalised.
    #[track_caller]
    pub fn field_ty(tcx: TyCtxt<'tcx>, self_ty: Ty<'tcx>, variant: Option<VariantIdx>, f: FieldIdx) -> Ty<'tcx> {
        if let Some(variant_index) = variant {
            match *self_ty.kind() {
                TyKind::Adt(def, args) if def.is_enum() => {
                    return tcx.field_ty(&def.variant(variant_index).fields[f], args);
                }
                TyKind::Adt(..) => {}
                TyKind::Coroutine(def_id, args) => {
                    return tcx.coroutine_state_field_ty(def_id, args, variant_index, f);
                }
                _ => panic!("can't downcast non-adt non-coroutine type: {self_ty}"),
            }
        }
        match *self_ty.kind() {
            TyKind::Adt(def, args) if !def.is_enum() => tcx.field_ty(&def.non_enum_variant().fields[f], args),
            TyKind::Closure(_, args) => args.as_closure().upvar_tys()[f.as_usize()],
            TyKind::CoroutineClosure(_, args) => {
                args.as_coroutine_closure().tupled_upvars_ty().tuple_fields()[f.as_usize()]
            }
            TyKind::Coroutine(_, args) => args.as_coroutine().upvar_tys()[f.as_usize()],
            TyKind::Tuple(tys) => tys[f.as_usize()],
            _ => panic!("can't project out of {self_ty}"),
        }
    }
}

/// The type of a MIR place.
pub trait PlaceTyExt<'tcx> {
    fn ty(&self, decls: &impl HasLocalDecls<'tcx>, tcx: TyCtxt<'tcx>) -> PlaceTy<'tcx>;
}

fn ty_from<'tcx>(
    local: Local,
    projection: &[PlaceElem<'tcx>],
    decls: &impl HasLocalDecls<'tcx>,
    tcx: TyCtxt<'tcx>,
) -> PlaceTy<'tcx> {
    PlaceTy::from_ty(decls.local_decls()[local].ty).multi_projection_ty(tcx, projection)
}
impl<'tcx> PlaceTyExt<'tcx> for Place<'tcx> {
    #[inline]
    fn ty(&self, decls: &impl HasLocalDecls<'tcx>, tcx: TyCtxt<'tcx>) -> PlaceTy<'tcx> {
        ty_from(self.local, self.projection, decls, tcx)
    }
}
impl<'tcx> PlaceTyExt<'tcx> for PlaceRef<'tcx> {
    #[inline]
    fn ty(&self, decls: &impl HasLocalDecls<'tcx>, tcx: TyCtxt<'tcx>) -> PlaceTy<'tcx> {
        ty_from(self.local, self.projection, decls, tcx)
    }
}

/// The type of a MIR operand or rvalue.
pub trait ValueTyExt<'tcx> {
    fn ty(&self, decls: &impl HasLocalDecls<'tcx>, tcx: TyCtxt<'tcx>) -> Ty<'tcx>;
}
impl<'tcx> ValueTyExt<'tcx> for Operand<'tcx> {
    fn ty(&self, decls: &impl HasLocalDecls<'tcx>, tcx: TyCtxt<'tcx>) -> Ty<'tcx> {
        match self {
            Operand::Copy(place) | Operand::Move(place) => place.ty(decls, tcx).ty,
            Operand::Constant(c) => c.const_.ty(),
            Operand::RuntimeChecks(_) => tcx.types().bool,
        }
    }
}
impl<'tcx> ValueTyExt<'tcx> for Rvalue<'tcx> {
    fn ty(&self, decls: &impl HasLocalDecls<'tcx>, tcx: TyCtxt<'tcx>) -> Ty<'tcx> {
        match *self {
            Rvalue::Use(ref op) => op.ty(decls, tcx),
            Rvalue::Repeat(ref op, count) => tcx.mk_ty(TyKind::Array(op.ty(decls, tcx), count)),
            Rvalue::ThreadLocalRef(did) => tcx.thread_local_ptr_ty(did),
            Rvalue::Ref(reg, bk, place) => tcx.mk_ref(reg, place.ty(decls, tcx).ty, bk.to_mutbl_lossy()),
            Rvalue::RawPtr(kind, place) => {
                let m = if kind == RawPtrKind::Mut { Mutability::Mut } else { Mutability::Not };
                tcx.mk_ptr(place.ty(decls, tcx).ty, m)
            }
            Rvalue::Cast(_, _, ty) | Rvalue::WrapUnsafeBinder(_, ty) => ty,
            Rvalue::BinaryOp(op, ref operands) => {
                binop_ty(tcx, op, operands.0.ty(decls, tcx), operands.1.ty(decls, tcx))
            }
            Rvalue::UnaryOp(UnOp::Not | UnOp::Neg, ref op) => op.ty(decls, tcx),
            Rvalue::UnaryOp(UnOp::PtrMetadata, ref op) => {
                let ty = op.ty(decls, tcx);
                let pointee = ty.builtin_deref(true).unwrap_or(ty);
                tcx.pointee_metadata_ty_or_projection(pointee)
            }
            Rvalue::Discriminant(ref place) => tcx.discriminant_ty(place.ty(decls, tcx).ty),
            Rvalue::Aggregate(ref kind, ref ops) => match **kind {
                AggregateKind::Array(ty) => tcx.mk_array(ty, ops.len() as u64),
                AggregateKind::Tuple => tcx.mk_tup(&ops.iter().map(|op| op.ty(decls, tcx)).collect::<Vec<_>>()),
                AggregateKind::Adt(did, _, args, _, _) => tcx.type_of(did).instantiate(tcx.interner(), args),
                AggregateKind::Closure(did, args) => tcx.mk_closure(did, args),
                AggregateKind::Coroutine(did, args) => tcx.mk_ty(TyKind::Coroutine(did, args)),
                AggregateKind::CoroutineClosure(did, args) => tcx.mk_ty(TyKind::CoroutineClosure(did, args)),
                AggregateKind::RawPtr(ty, mutability) => tcx.mk_ptr(ty, mutability),
            },
            Rvalue::CopyForDeref(ref place) => place.ty(decls, tcx).ty,
        }
    }
}

/// The type of a binary operation's result.
pub fn binop_ty<'tcx>(tcx: TyCtxt<'tcx>, op: BinOp, lhs: Ty<'tcx>, rhs: Ty<'tcx>) -> Ty<'tcx> {
    match op {
        BinOp::Eq | BinOp::Lt | BinOp::Le | BinOp::Ne | BinOp::Ge | BinOp::Gt => tcx.types().bool,
        BinOp::AddWithOverflow | BinOp::SubWithOverflow | BinOp::MulWithOverflow => {
            debug_assert_eq!(lhs, rhs);
            tcx.mk_tup(&[lhs, tcx.types().bool])
        }
        BinOp::Cmp => tcx.ty_ordering_enum(span::DUMMY_SP),
        _ => lhs,
    }
}

impl<'tcx> TyCtxt<'tcx> {
    /// `core::cmp::Ordering`
    pub fn ty_ordering_enum(self, span: span::Span) -> Ty<'tcx> {
        let did = self.require_lang_item(LangItem::OrderingEnum, span);
        self.type_of(did).skip_binder()
    }
    /// The pointer that [`Rvalue::ThreadLocalRef`] yields.
    pub fn thread_local_ptr_ty(self, def_id: DefId) -> Ty<'tcx> {
        let static_ty = self.type_of(def_id).skip_binder();
        if self.is_mutable_static(def_id) {
            self.mk_mut_ptr(static_ty)
        } else if self.is_foreign_item(def_id) {
            self.mk_imm_ptr(static_ty)
        } else {
            self.mk_imm_ref(self.lifetimes().re_erased, static_ty)
        }
    }
    /// The pointer by which a body refers to a static.
    pub fn static_ptr_ty(self, def_id: DefId, env: ty::TypingEnv<'tcx>) -> Ty<'tcx> {
        let static_ty = self.normalize_erasing_regions(env, self.type_of(def_id).skip_binder());
        if self.is_mutable_static(def_id) {
            self.mk_mut_ptr(static_ty)
        } else if self.is_foreign_item(def_id) {
            self.mk_imm_ptr(static_ty)
        } else {
            self.mk_imm_ref(self.lifetimes().re_erased, static_ty)
        }
    }
    /// The type of an enum's discriminant by its `repr`: `isize` by default.
    pub fn repr_discr_ty(self, def: AdtDef<'tcx>) -> Ty<'tcx> {
        use rustc_abi::{Integer, IntegerType};
        let t = self.types();
        match def.repr().discr_type() {
            IntegerType::Pointer(true) => t.isize,
            IntegerType::Pointer(false) => t.usize,
            IntegerType::Fixed(size, signed) => match (size, signed) {
                (Integer::I8, true) => t.i8,
                (Integer::I8, false) => t.u8,
                (Integer::I16, true) => t.i16,
                (Integer::I16, false) => t.u16,
                (Integer::I32, true) => t.i32,
                (Integer::I32, false) => t.u32,
                (Integer::I64, true) => t.i64,
                (Integer::I64, false) => t.u64,
                (Integer::I128, true) => t.i128,
                (Integer::I128, false) => t.u128,
            },
        }
    }
    /// The type of what [`Rvalue::Discriminant`] reads; a projection for generic types.
    pub fn discriminant_ty(self, ty: Ty<'tcx>) -> Ty<'tcx> {
        match *ty.kind() {
            TyKind::Adt(def, _) if def.is_enum() => self.repr_discr_ty(def),
            TyKind::Coroutine(..) => self.types().u32,
            TyKind::Param(_) | TyKind::Alias(..) | TyKind::Infer(_) => {
                let assoc = self.require_lang_item(LangItem::Discriminant, span::DUMMY_SP);
                self.mk_projection(assoc, self.mk_args(&[ty.into()]))
            }
            TyKind::Pat(inner, _) => self.discriminant_ty(inner),
            _ => self.types().u8,
        }
    }
    /// The type of a pointer's metadata by its pointee's tail; the projection `<T as Pointee>::Metadata` for generic ones.
    pub fn pointee_metadata_ty_or_projection(self, pointee: Ty<'tcx>) -> Ty<'tcx> {
        let tail = self.struct_tail_raw(pointee, |t| t);
        match *tail.kind() {
            TyKind::Str | TyKind::Slice(_) => self.types().usize,
            TyKind::Dynamic(..) => {
                let dyn_metadata = self.require_lang_item(LangItem::DynMetadata, span::DUMMY_SP);
                self.type_of(dyn_metadata).instantiate(self.interner(), self.mk_args(&[tail.into()]))
            }
            TyKind::Param(_) | TyKind::Alias(..) => {
                let assoc = self.require_lang_item(LangItem::Metadata, span::DUMMY_SP);
                self.mk_projection(assoc, self.mk_args(&[tail.into()]))
            }
            _ => self.types().unit,
        }
    }
    /// What a coroutine keeps in each state, in terms of its own parameters; `None` if it has errors.
    pub fn coroutine_layout(
        self,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
    ) -> Option<&'tcx mir::CoroutineLayout<'tcx>> {
        self.coroutine_body(def_id, args).coroutine_layout_raw()
    }
    /// Whether a coroutine is of an async closure that was called once, though it can be called by reference.
    pub fn coroutine_is_by_move(self, def_id: DefId, args: GenericArgsRef<'tcx>) -> bool {
        match *self.type_of(def_id).skip_binder().kind() {
            TyKind::Coroutine(_, own) => own.as_coroutine().kind_ty() != args.as_coroutine().kind_ty(),
            _ => false,
        }
    }
    /// The body of a coroutine, which may be the one that owns its captures.
    pub fn coroutine_body(self, def_id: DefId, args: GenericArgsRef<'tcx>) -> &'tcx Body<'tcx> {
        let body = self.optimized_mir(def_id);
        match body.coroutine_by_move_body() {
            Some(by_move) if self.coroutine_is_by_move(def_id, args) => by_move,
            _ => body,
        }
    }
    /// The type of a field of a coroutine's state.
    pub fn coroutine_state_field_ty(
        self,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
        variant: VariantIdx,
        field: FieldIdx,
    ) -> Ty<'tcx> {
        let layout = self.coroutine_layout(def_id, args).expect("a lowered coroutine");
        let saved = layout.variant_fields[variant][field];
        ty::EarlyBinder::bind(layout.field_tys[saved].ty).instantiate(self.interner(), args)
    }
    /// The discriminants of an enum's variants, sign-extended where the type is signed, as bits of its type.
    pub fn adt_discriminants(self, def: AdtDef<'tcx>) -> IndexVec<VariantIdx, Discr<'tcx>> {
        let ty = self.repr_discr_ty(def);
        let mut out: IndexVec<VariantIdx, Discr<'tcx>> = IndexVec::new();
        let mut explicit = Discr { val: 0, ty };
        let mut since = 0;
        for variant in def.variants() {
            match variant.discr {
                VariantDiscr::Explicit(did) => {
                    explicit = self.eval_explicit_discr(ty, did).unwrap_or_else(|| explicit.checked_add(since).0);
                    since = 0;
                }
                VariantDiscr::Relative(_) => {}
            }
            out.push(explicit.checked_add(since).0);
            since += 1;
        }
        out
    }
    /// The discriminant of one variant.
    pub fn discriminant_for_variant(self, def: AdtDef<'tcx>, variant: VariantIdx) -> Discr<'tcx> {
        let ty = self.repr_discr_ty(def);
        let mut index = variant.as_u32();
        let mut base = Discr { val: 0, ty };
        loop {
            match def.variant(VariantIdx::from_u32(index)).discr {
                VariantDiscr::Relative(0) => break,
                VariantDiscr::Relative(n) => index = index.saturating_sub(n),
                VariantDiscr::Explicit(did) => {
                    if let Some(d) = self.eval_explicit_discr(ty, did) {
                        base = d;
                        break;
                    }
                    if index == 0 {
                        break;
                    }
                    index -= 1;
                }
            }
        }
        base.checked_add((variant.as_u32() - index).into()).0
    }
    /// Evaluates a written discriminant; `None` if that failed (and was reported).
    pub fn eval_explicit_discr(self, repr_ty: Ty<'tcx>, expr_did: DefId) -> Option<Discr<'tcx>> {
        let instance = ty::Instance::new_raw(expr_did, self.identity_args_for(expr_did));
        let cid = mir::interpret::GlobalId { instance, promoted: None };
        let env = self.typing_env_post_analysis(expr_did);
        match self.eval_to_const_value_raw(env.as_query_input(cid)) {
            Ok(val) => val.try_to_bits().map(|val| Discr { val, ty: repr_ty }),
            Err(_) => None,
        }
    }
    /// Checks a body; a fault is a bug of ours. `when` names the pass.
    pub fn validate_mir(self, body: &Body<'tcx>, when: &str) {
        let faults = mir::validate::validate_body(body);
        if faults.is_empty() || body.tainted_by_errors.is_some() {
            return;
        }
        let msg = format!(
            "broken MIR in {:?} ({when}): {}\n{}",
            body.source.instance,
            faults.join("; "),
            self.mir_to_string(body)
        );
        diagnostics::Diag::new(self.dcx(), diagnostics::Level::Bug, msg).with_span(body.span).emit();
    }
    /// A body as text.
    pub fn mir_to_string(self, body: &Body<'tcx>) -> String {
        use hir::def::DefKind;
        use mir::pretty::BodyHead;
        let def_id = body.source.def_id();
        let head = match self.def_kind(def_id) {
            DefKind::Const | DefKind::AssocConst | DefKind::AnonConst | DefKind::InlineConst => BodyHead::Const,
            DefKind::Static { .. } => {
                BodyHead::Static(if self.is_mutable_static(def_id) { Mutability::Mut } else { Mutability::Not })
            }
            DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(..) | DefKind::Closure => BodyHead::Fn,
            _ => BodyHead::Other,
        };
        let path = self.def_path_str(def_id);
        mir::with_mir_printer(&TyCtxtMirPrinter(self), || mir::pretty::body_to_string(body, head, &path))
    }
}

/// A discriminant's value as bits of its type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Discr<'tcx> {
    /// The bits of the type's width, zero-extended.
    pub val: u128,
    pub ty: Ty<'tcx>,
}

impl<'tcx> Discr<'tcx> {
    fn size(self) -> (u64, bool) {
        (self.ty.primitive_int_bits().expect("an integer") / 8, self.ty.is_signed())
    }
    /// `n` more, and whether it wrapped.
    pub fn checked_add(self, n: u128) -> (Self, bool) {
        let (size, signed) = self.size();
        let (val, overflow) = if signed {
            let max = (u128::MAX >> (128 - size * 8 + 1)) as i128;
            let old = ty::sign_extend(self.val, size);
            let room = (max - old) as u128;
            (ty::truncate((old as u128).wrapping_add(n), size), n > room)
        } else {
            let max = u128::MAX >> (128 - size * 8);
            (ty::truncate(self.val.wrapping_add(n), size), n > max - self.val)
        };
        (Discr { val, ty: self.ty }, overflow)
    }
    pub fn wrap_incr(self) -> Self {
        self.checked_add(1).0
    }
    /// As an integer constant.
    pub fn to_scalar_int(self) -> ScalarInt {
        ScalarInt::truncate_from_uint(self.val, self.size().0).0
    }
}

/// As a number with its sign.
impl std::fmt::Display for Discr<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (size, signed) = self.size();
        if signed { write!(f, "{}", ty::sign_extend(self.val, size)) } else { write!(f, "{}", self.val) }
    }
}

/// Names for MIR's text form.
pub struct TyCtxtMirPrinter<'tcx>(pub TyCtxt<'tcx>);

impl mir::MirPrinter for TyCtxtMirPrinter<'_> {
    fn variant(&self, adt: DefId, v: VariantIdx) -> (Option<hir::def::CtorKind>, DefId, Vec<Symbol>) {
        let variant = self.0.adt_def(adt).variant(v);
        (variant.ctor_kind(), variant.def_id, variant.fields.iter().map(|f| f.name).collect())
    }
    fn upvar_names(&self, closure: DefId) -> Vec<Symbol> {
        let Some(local) = closure.as_local() else { return Vec::new() };
        let typeck = self.0.typeck(self.0.typeck_root_def_id_local(local));
        typeck.closure_min_captures_flattened(local).map(|c| c.var_ident.name).collect()
    }
    fn bytes(&self, id: mir::interpret::AllocId) -> Option<Vec<u8>> {
        let alloc = self.0.gcx().alloc_map.memory(id)?.inner();
        alloc.provenance().is_empty().then(|| alloc.bytes().to_vec())
    }
    fn slice_bytes(&self, value: mir::ConstValue) -> Option<Vec<u8>> {
        value.try_get_slice_bytes(&self.0.gcx().alloc_map).map(<[u8]>::to_vec)
    }
    fn alloc_descr(&self, id: mir::interpret::AllocId) -> Option<String> {
        match self.0.gcx().alloc_map.try_get(id)? {
            mir::interpret::GlobalAlloc::Static(did) => Some(format!("<static({did:?})>")),
            mir::interpret::GlobalAlloc::Function { instance } => {
                Some(self.0.value_path_str_with_args(instance.def_id(), instance.args))
            }
            _ => None,
        }
    }
}
