//! Open drops: a value's destructor, then its parts.

use mir::{
    BasicBlock, BinOp, BorrowKind, CallSource, CastKind, Const, ConstOperand, Local, MutBorrowKind, Operand, Place,
    PlaceElem, ProjectionElem, RawPtrKind, Rvalue, SwitchTargets, TerminatorKind, UnOp,
};
use span::Spanned;
use ty::{AdtDef, FieldIdx, GenericArgsRef, Ty, TyKind, VariantDef};

use super::{DropCtxt, DropElaborator, DropFlagMode, Unwind};

/// Places that are dropped in order, with their paths if they have one.
type Fields<'tcx, P> = Vec<(Place<'tcx>, Option<P>)>;

impl<'tcx, D: DropElaborator<'tcx>> DropCtxt<'_, 'tcx, D> {
    /// The block where an open drop starts.
    pub(super) fn open_drop(&mut self) -> BasicBlock {
        let ty = self.place_ty(self.place);
        match *ty.kind() {
            TyKind::Closure(_, args) => self.open_drop_for_tuple(args.as_closure().upvar_tys()),
            TyKind::Coroutine(_, args) => self.open_drop_for_tuple(args.as_coroutine().upvar_tys()),
            TyKind::CoroutineClosure(_, args) => {
                self.open_drop_for_tuple(args.as_coroutine_closure().tupled_upvars_ty().tuple_fields())
            }
            TyKind::Tuple(fields) => self.open_drop_for_tuple(fields),
            TyKind::Adt(def, args) => self.open_drop_for_adt(def, args),
            TyKind::Array(elem, size) => self.open_drop_for_array(elem, size),
            TyKind::Slice(elem) => {
                let len = Rvalue::UnaryOp(UnOp::PtrMetadata, Operand::Copy(self.place.local.into()));
                self.drop_elements(len, elem)
            }
            _ => self.complete_drop(self.succ, self.unwind),
        }
    }

    fn move_paths_for_fields(
        &self,
        base: Place<'tcx>,
        path: D::Path,
        variant: &'tcx VariantDef,
        args: GenericArgsRef<'tcx>,
    ) -> Fields<'tcx, D::Path> {
        let tcx = self.tcx();
        let fields = variant.fields.iter_enumerated();
        fields
            .map(|(f, field)| {
                let ty = self.normalize(tcx.field_ty(field, args));
                (base.field(f, ty, tcx.interner()), self.elaborator.field_subpath(path, f))
            })
            .collect()
    }

    /// Drops a part: by its own path, or, if it has none, as the whole is.
    fn drop_subpath(
        &mut self,
        place: Place<'tcx>,
        path: Option<D::Path>,
        succ: BasicBlock,
        unwind: Unwind,
    ) -> BasicBlock {
        let source_info = self.source_info;
        let whole = self.path;
        let mut cx =
            DropCtxt { elaborator: self.elaborator, source_info, place, path: path.unwrap_or(whole), succ, unwind };
        match path {
            Some(_) => cx.elaborated_drop_block(),
            // Whether it is there is what the flag of the whole says.
            None => cx.complete_drop(succ, unwind),
        }
    }

    /// The blocks that drop the last field, the last two, ... before `succ`; `succ` itself first.
    fn half_ladder(
        &mut self,
        unwind_ladder: &[Unwind],
        mut succ: BasicBlock,
        fields: &Fields<'tcx, D::Path>,
    ) -> Vec<BasicBlock> {
        let mut ladder = vec![succ];
        for (&(place, path), &unwind) in fields.iter().rev().zip(unwind_ladder) {
            succ = self.drop_subpath(place, path, succ, unwind);
            ladder.push(succ);
        }
        ladder
    }

    /// After the fields the whole is gone.
    fn ladder_bottom(&mut self) -> (BasicBlock, Unwind) {
        let (succ, unwind) = (self.succ, self.unwind);
        (self.drop_flag_reset_block(DropFlagMode::Shallow, succ, unwind), unwind)
    }

    /// Drops the fields in order, the rest of them when one panics; the start of both ladders.
    fn drop_ladder(
        &mut self,
        mut fields: Fields<'tcx, D::Path>,
        succ: BasicBlock,
        unwind: Unwind,
    ) -> (BasicBlock, Unwind) {
        fields.retain(|&(place, _)| self.needs_drop(self.place_ty(place)));
        let in_cleanup = vec![Unwind::InCleanup; fields.len() + 1];
        let unwind_ladder = match unwind {
            Unwind::To(target) => self.half_ladder(&in_cleanup, target, &fields).into_iter().map(Unwind::To).collect(),
            Unwind::InCleanup => in_cleanup,
        };
        let normal = self.half_ladder(&unwind_ladder, succ, &fields);
        (normal[fields.len()], unwind_ladder[fields.len()])
    }

    fn open_drop_for_tuple(&mut self, tys: &[Ty<'tcx>]) -> BasicBlock {
        let cx = self.tcx().interner();
        let fields = tys.iter().enumerate();
        let fields = fields
            .map(|(i, ty)| {
                let f = FieldIdx::from_usize(i);
                (self.place.field(f, *ty, cx), self.elaborator.field_subpath(self.path, f))
            })
            .collect();
        let (succ, unwind) = self.ladder_bottom();
        self.drop_ladder(fields, succ, unwind).0
    }

    fn open_drop_for_adt(&mut self, adt: AdtDef<'tcx>, args: GenericArgsRef<'tcx>) -> BasicBlock {
        if adt.variants().is_empty() {
            return self.new_block(self.unwind, Vec::new(), TerminatorKind::Unreachable);
        }
        let contents = if adt.is_union() || adt.is_manually_drop() {
            (self.succ, self.unwind)
        } else {
            self.open_drop_for_adt_contents(adt, args)
        };
        if adt.is_box() {
            // What is in the box goes before the box, whose destructor frees the memory.
            let succ = self.destructor_call_block(contents.0, contents.1);
            let unwind = contents.1.map(|unwind| self.destructor_call_block(unwind, Unwind::InCleanup));
            self.open_drop_for_box_contents(adt, args, succ, unwind)
        } else if self.tcx().adt_destructor(adt.did()).is_some() {
            self.destructor_call_block(contents.0, contents.1)
        } else {
            contents.0
        }
    }

    fn open_drop_for_box_contents(
        &mut self,
        adt: AdtDef<'tcx>,
        args: GenericArgsRef<'tcx>,
        succ: BasicBlock,
        unwind: Unwind,
    ) -> BasicBlock {
        let tcx = self.tcx();
        let (pointer, ptr_ty) = box_pointer(tcx, self.place, adt, args);
        let ptr_local = self.new_temp(ptr_ty);
        let interior = Place::from(ptr_local).deref(tcx.interner());
        let interior_path = self.elaborator.deref_subpath(self.path);
        let target = self.drop_subpath(interior, interior_path, succ, unwind);
        let read = self.assign(ptr_local, Rvalue::Cast(CastKind::Transmute, Operand::Copy(pointer), ptr_ty));
        self.new_block(unwind, vec![read], TerminatorKind::Goto { target })
    }

    fn open_drop_for_adt_contents(&mut self, adt: AdtDef<'tcx>, args: GenericArgsRef<'tcx>) -> (BasicBlock, Unwind) {
        let (succ, unwind) = self.ladder_bottom();
        if adt.is_enum() {
            return self.open_drop_for_variants(adt, args, succ, unwind);
        }
        let fields = self.move_paths_for_fields(self.place, self.path, adt.non_enum_variant(), args);
        self.drop_ladder(fields, succ, unwind)
    }

    /// By the discriminant, each variant's fields. Variants without a path of their own are dropped as a whole.
    fn open_drop_for_variants(
        &mut self,
        adt: AdtDef<'tcx>,
        args: GenericArgsRef<'tcx>,
        succ: BasicBlock,
        unwind: Unwind,
    ) -> (BasicBlock, Unwind) {
        let tcx = self.tcx();
        let (mut values, mut normal, mut cleanup) = (Vec::new(), Vec::new(), Vec::new());
        let mut have_otherwise = false;
        let mut otherwise_needs_drop = false;
        for (index, discr) in tcx.adt_discriminants(adt).iter_enumerated() {
            let variant = adt.variant(index);
            let Some(variant_path) = self.elaborator.downcast_subpath(self.path, index) else {
                have_otherwise = true;
                otherwise_needs_drop |=
                    variant.fields.iter().any(|f| self.needs_drop(self.normalize(tcx.field_ty(f, args))));
                continue;
            };
            let base = self.place.downcast(Some(variant.name), index, tcx.interner());
            let fields = self.move_paths_for_fields(base, variant_path, variant, args);
            values.push(discr.val);
            if let Unwind::To(target) = unwind {
                // Entered by unwinding out of the destructor only, so it is a ladder of its own.
                let in_cleanup = vec![Unwind::InCleanup; fields.len() + 1];
                let mut fields = fields.clone();
                fields.retain(|&(place, _)| self.needs_drop(self.place_ty(place)));
                let ladder = self.half_ladder(&in_cleanup, target, &fields);
                cleanup.push(ladder[fields.len()]);
            }
            normal.push(self.drop_ladder(fields, succ, unwind).0);
        }
        if !have_otherwise {
            // The last variant needs no test.
            values.pop();
        } else if otherwise_needs_drop {
            normal.push(self.drop_block(succ, unwind));
            if let Unwind::To(target) = unwind {
                cleanup.push(self.drop_block(target, Unwind::InCleanup));
            }
        } else {
            normal.push(self.goto_block(succ, unwind));
            if let Unwind::To(target) = unwind {
                cleanup.push(self.goto_block(target, Unwind::InCleanup));
            }
        }
        let start = self.adt_switch_block(adt, normal, &values, succ, unwind);
        let unwind = unwind.map(|target| self.adt_switch_block(adt, cleanup, &values, target, Unwind::InCleanup));
        (start, unwind)
    }

    fn adt_switch_block(
        &mut self,
        adt: AdtDef<'tcx>,
        blocks: Vec<BasicBlock>,
        values: &[u128],
        succ: BasicBlock,
        unwind: Unwind,
    ) -> BasicBlock {
        let otherwise = *blocks.last().expect("a variant");
        let discr = self.new_temp(self.tcx().repr_discr_ty(adt));
        let read = self.assign(discr, Rvalue::Discriminant(self.place));
        let targets = SwitchTargets::new(values.iter().copied().zip(blocks), otherwise);
        let switch = TerminatorKind::SwitchInt { discr: Operand::Move(discr.into()), targets };
        let block = self.new_block(unwind, vec![read], switch);
        self.drop_flag_test_block(block, succ, unwind)
    }

    /// Calls `Drop::drop` of the whole.
    fn destructor_call_block(&mut self, succ: BasicBlock, unwind: Unwind) -> BasicBlock {
        let tcx = self.tcx();
        let drop_trait = tcx.require_lang_item(hir::LangItem::Drop, self.source_info.span);
        let drop_fn = tcx.associated_item_def_ids(drop_trait)[0];
        let ty = self.place_ty(self.place);
        let erased = tcx.lifetimes().re_erased;
        let reference = self.new_temp(tcx.mk_mut_ref(erased, ty));
        let unit = self.new_temp(tcx.types().unit);
        let borrow = Rvalue::Ref(erased, BorrowKind::Mut { kind: MutBorrowKind::Default }, self.place);
        let borrow = self.assign(reference, borrow);
        let span = self.source_info.span;
        let call = TerminatorKind::Call {
            func: Operand::function_handle(tcx.interner(), drop_fn, tcx.mk_args(&[ty.into()]), span),
            args: Box::new([Spanned { node: Operand::Move(reference.into()), span }]),
            destination: unit.into(),
            target: Some(succ),
            unwind: unwind.into_action(),
            call_source: CallSource::Misc,
            fn_span: span,
        };
        let block = self.new_block(unwind, vec![borrow], call);
        let start = mir::Location { block, statement_index: 0 };
        self.elaborator.clear_drop_flag(start, self.path, DropFlagMode::Shallow);
        self.drop_flag_test_block(block, succ, unwind)
    }

    /// Elements that are moved apart make an array a tuple, with ranges between them; else it is a loop.
    fn open_drop_for_array(&mut self, elem: Ty<'tcx>, size: ty::Const<'tcx>) -> BasicBlock {
        let tcx = self.tcx();
        if let Some(size) = size.try_to_target_usize() {
            let mut fields: Fields<'tcx, D::Path> = Vec::new();
            let mut range_start = 0;
            let mut any = false;
            let subslice = |from: u64, to: u64| ProjectionElem::Subslice { from, to, from_end: false };
            for i in 0..size {
                let Some(path) = self.elaborator.array_subpath(self.path, i, size) else { continue };
                any = true;
                if range_start < i {
                    fields.push((self.place.project(subslice(range_start, i), tcx.interner()), None));
                }
                let at: PlaceElem<'tcx> =
                    ProjectionElem::ConstantIndex { offset: i, min_length: size, from_end: false };
                fields.push((self.place.project(at, tcx.interner()), Some(path)));
                range_start = i + 1;
            }
            if any {
                if range_start < size {
                    fields.push((self.place.project(subslice(range_start, size), tcx.interner()), None));
                }
                let (succ, unwind) = self.ladder_bottom();
                return self.drop_ladder(fields, succ, unwind).0;
            }
        }
        let len = Const::Ty(tcx.types().usize, size);
        let len = ConstOperand { span: self.source_info.span, user_ty: None, const_: len };
        self.drop_elements(Rvalue::Use(Operand::Constant(Box::new(len))), elem)
    }

    /// Drops the elements of the array or slice one after another; when one panics, the rest in a second loop.
    fn drop_elements(&mut self, len: Rvalue<'tcx>, elem: Ty<'tcx>) -> BasicBlock {
        let usize = self.tcx().types().usize;
        let (len_local, cur) = (self.new_temp(usize), self.new_temp(usize));
        let unwind = self.unwind.map(|unwind| self.drop_loop(unwind, cur, len_local, elem, Unwind::InCleanup));
        let target = self.drop_loop(self.succ, cur, len_local, elem, unwind);
        let init = vec![self.assign(len_local, len), self.assign(cur, Rvalue::Use(self.usize_const(0)))];
        let start = self.new_block(unwind, init, TerminatorKind::Goto { target });
        let reset = self.drop_flag_reset_block(DropFlagMode::Deep, start, unwind);
        self.drop_flag_test_block(reset, self.succ, unwind)
    }

    /// ```text
    /// head: done = cur == len; if done { succ } else { body }
    /// body: ptr = &raw mut place[cur]; cur = cur + 1; drop(*ptr) -> head
    /// ```
    fn drop_loop(&mut self, succ: BasicBlock, cur: Local, len: Local, elem: Ty<'tcx>, unwind: Unwind) -> BasicBlock {
        let tcx = self.tcx();
        let ptr_ty = tcx.mk_mut_ptr(elem);
        let ptr = self.new_temp(ptr_ty);
        let done = self.new_temp(tcx.types().bool);
        let element = self.place.project(ProjectionElem::Index(cur), tcx.interner());
        let one = self.usize_const(1);
        let next = Rvalue::BinaryOp(BinOp::Add, Box::new((Operand::Move(cur.into()), one)));
        let step = vec![self.assign(ptr, Rvalue::RawPtr(RawPtrKind::Mut, element)), self.assign(cur, next)];
        let body = self.new_block(unwind, step, TerminatorKind::Unreachable);
        let test = Rvalue::BinaryOp(BinOp::Eq, Box::new((Operand::Copy(cur.into()), Operand::Copy(len.into()))));
        let test = vec![self.assign(done, test)];
        let head = self.new_block(unwind, test, TerminatorKind::if_(Operand::Move(done.into()), succ, body));
        let drop = TerminatorKind::Drop {
            place: Place::from(ptr).deref(tcx.interner()),
            target: head,
            unwind: unwind.into_action(),
            replace: false,
        };
        self.elaborator.patch().patch_terminator(body, drop);
        head
    }

    fn usize_const(&self, n: u64) -> Operand<'tcx> {
        let const_ = Const::from_usize(self.tcx().interner(), n);
        Operand::Constant(Box::new(ConstOperand { span: self.source_info.span, user_ty: None, const_ }))
    }
}

/// The place of a box's non-null pointer, and the raw pointer that it is: `place.0.0`, `*const T`.
pub(crate) fn box_pointer<'tcx>(
    tcx: query::TyCtxt<'tcx>,
    place: Place<'tcx>,
    adt: AdtDef<'tcx>,
    args: GenericArgsRef<'tcx>,
) -> (Place<'tcx>, Ty<'tcx>) {
    let cx = tcx.interner();
    let first = FieldIdx::ZERO;
    let unique_ty = tcx.field_ty(&adt.non_enum_variant().fields[first], args);
    let TyKind::Adt(unique, unique_args) = *unique_ty.kind() else { panic!("`Box` is not made of `Unique`") };
    let nonnull_ty = tcx.field_ty(&unique.non_enum_variant().fields[first], unique_args);
    let pointer = place.field(first, unique_ty, cx).field(first, nonnull_ty, cx);
    (pointer, tcx.mk_imm_ptr(args.type_at(0)))
}
