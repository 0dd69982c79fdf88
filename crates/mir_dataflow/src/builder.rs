//! Builds [`MoveData`] in one walk over the body.

use mir::{
    Body, InlineAsmOperand, Location, NonDivergingIntrinsic, Operand, Place, PlaceRef, ProjectionElem, ProjectionKind,
    Rvalue, Statement, StatementKind, Terminator, TerminatorKind,
};
use query::{PlaceTyExt, TyCtxt};
use rustc_index::IndexVec;
use ty::{Ty, TyKind};

use crate::move_paths::*;

enum MovePathResult<'tcx> {
    Path(MovePathIndex),
    /// A field of a union: the union's path.
    Union(MovePathIndex),
    Error(IllegalMoveOriginKind<'tcx>),
    /// Not looked at, by the filter.
    Filtered,
}

struct Builder<'a, 'tcx, F> {
    body: &'a Body<'tcx>,
    loc: Location,
    tcx: TyCtxt<'tcx>,
    data: MoveData<'tcx>,
    filter: F,
}

pub(crate) fn gather_moves<'tcx>(
    body: &Body<'tcx>,
    tcx: TyCtxt<'tcx>,
    filter: impl Fn(Ty<'tcx>) -> bool,
) -> MoveData<'tcx> {
    let mut b = Builder {
        body,
        loc: Location::START,
        tcx,
        data: MoveData {
            move_paths: IndexVec::new(),
            moves: IndexVec::new(),
            loc_map: LocationMap::new(body),
            path_map: IndexVec::new(),
            rev_lookup: MovePathLookup { locals: IndexVec::new(), projections: Default::default() },
            inits: IndexVec::new(),
            init_loc_map: LocationMap::new(body),
            init_path_map: IndexVec::new(),
            move_errors: Vec::new(),
        },
        filter,
    };
    for (local, decl) in body.local_decls.iter_enumerated() {
        let path = (b.filter)(decl.ty).then(|| b.new_move_path(None, local.into()));
        b.data.rev_lookup.locals.push(path);
    }
    for arg in body.args_iter() {
        if let Some(path) = b.data.rev_lookup.find_local(arg) {
            let init = b.data.inits.push(Init { path, kind: InitKind::Deep, location: InitLocation::Argument(arg) });
            b.data.init_path_map[path].push(init);
        }
    }
    for (bb, block) in body.basic_blocks.iter_enumerated() {
        for (i, stmt) in block.statements.iter().enumerate() {
            b.loc = Location { block: bb, statement_index: i };
            b.gather_statement(stmt);
        }
        b.loc = Location { block: bb, statement_index: block.statements.len() };
        b.gather_terminator(block.terminator());
    }
    b.data
}

impl<'tcx, F: Fn(Ty<'tcx>) -> bool> Builder<'_, 'tcx, F> {
    fn new_move_path(&mut self, parent: Option<MovePathIndex>, place: Place<'tcx>) -> MovePathIndex {
        let data = &mut self.data;
        let path = data.move_paths.push(MovePath { next_sibling: None, first_child: None, parent, place });
        if let Some(parent) = parent {
            let first = data.move_paths[parent].first_child.replace(path);
            data.move_paths[path].next_sibling = first;
        }
        data.path_map.push(Default::default());
        data.init_path_map.push(Default::default());
        path
    }

    fn add_move_path(
        &mut self,
        base: MovePathIndex,
        elem: mir::PlaceElem<'tcx>,
        place: PlaceRef<'tcx>,
    ) -> MovePathIndex {
        let key = (base, ProjectionKind::from(elem));
        if let Some(&path) = self.data.rev_lookup.projections.get(&key) {
            return path;
        }
        let place = place.project_deeper(&[elem], self.tcx.interner());
        let path = self.new_move_path(Some(base), place);
        self.data.rev_lookup.projections.insert(key, path);
        path
    }

    /// The path of a place, made if need be; an error if the place cannot be moved from.
    fn move_path_for(&mut self, place: Place<'tcx>) -> MovePathResult<'tcx> {
        let Some(mut base) = self.data.rev_lookup.find_local(place.local) else { return MovePathResult::Filtered };
        let mut union_path = None;
        for (place_ref, elem) in place.iter_projections() {
            let place_ty = place_ref.ty(self.body, self.tcx);
            match elem {
                ProjectionElem::Deref => match *place_ty.ty.kind() {
                    TyKind::Ref(..) | TyKind::RawPtr(..) => {
                        return MovePathResult::Error(IllegalMoveOriginKind::BorrowedContent {
                            target_place: place_ref.project_deeper(&[elem], self.tcx.interner()),
                        });
                    }
                    _ => {}
                },
                ProjectionElem::Field(..) => {
                    if let TyKind::Adt(def, _) = *place_ty.ty.kind() {
                        if self.tcx.adt_destructor(def.did()).is_some() && !def.is_box() {
                            return MovePathResult::Error(IllegalMoveOriginKind::InteriorOfTypeWithDestructor {
                                container_ty: place_ty.ty,
                            });
                        }
                        if def.is_union() {
                            union_path.get_or_insert(base);
                        }
                    }
                }
                ProjectionElem::ConstantIndex { .. } | ProjectionElem::Subslice { .. } => {
                    if let TyKind::Slice(_) = place_ty.ty.kind() {
                        return MovePathResult::Error(IllegalMoveOriginKind::InteriorOfSliceOrArray {
                            ty: place_ty.ty,
                            is_index: false,
                        });
                    }
                }
                ProjectionElem::Index(_) => {
                    return MovePathResult::Error(IllegalMoveOriginKind::InteriorOfSliceOrArray {
                        ty: place_ty.ty,
                        is_index: true,
                    });
                }
                ProjectionElem::Downcast(..)
                | ProjectionElem::OpaqueCast(_)
                | ProjectionElem::UnwrapUnsafeBinder(_) => {}
            }
            if !(self.filter)(place_ty.projection_ty(self.tcx, elem).ty) {
                return MovePathResult::Filtered;
            }
            if union_path.is_none() {
                base = self.add_move_path(base, elem, place_ref);
            }
        }
        match union_path {
            Some(path) => MovePathResult::Union(path),
            None => MovePathResult::Path(base),
        }
    }

    fn create_move_path(&mut self, place: Place<'tcx>) {
        // An assignment needs no right to move.
        let _ = self.move_path_for(place);
    }

    fn gather_statement(&mut self, stmt: &Statement<'tcx>) {
        match &stmt.kind {
            StatementKind::Assign(assign) => {
                let (place, rvalue) = &**assign;
                self.create_move_path(*place);
                self.gather_init(place.as_ref(), InitKind::Deep);
                self.gather_rvalue(rvalue);
            }
            StatementKind::FakeRead(read) => self.create_move_path(read.1),
            StatementKind::StorageDead(local) => {
                if !self.body.local_decls[*local].is_deref_temp() {
                    self.gather_move((*local).into());
                }
            }
            StatementKind::Intrinsic(intrinsic) => match &**intrinsic {
                NonDivergingIntrinsic::Assume(op) => self.gather_operand(op),
                NonDivergingIntrinsic::CopyNonOverlapping(c) => {
                    self.gather_operand(&c.src);
                    self.gather_operand(&c.dst);
                    self.gather_operand(&c.count);
                }
            },
            StatementKind::SetDiscriminant { .. }
            | StatementKind::StorageLive(_)
            | StatementKind::PlaceMention(_)
            | StatementKind::AscribeUserType(..)
            | StatementKind::ConstEvalCounter
            | StatementKind::Nop
            | StatementKind::BackwardIncompatibleDropHint { .. } => {}
        }
    }

    fn gather_rvalue(&mut self, rvalue: &Rvalue<'tcx>) {
        match rvalue {
            Rvalue::Use(op)
            | Rvalue::Repeat(op, _)
            | Rvalue::Cast(_, op, _)
            | Rvalue::UnaryOp(_, op)
            | Rvalue::WrapUnsafeBinder(op, _) => self.gather_operand(op),
            Rvalue::BinaryOp(_, operands) => {
                self.gather_operand(&operands.0);
                self.gather_operand(&operands.1);
            }
            Rvalue::Aggregate(_, operands) => {
                for op in operands {
                    self.gather_operand(op);
                }
            }
            Rvalue::CopyForDeref(_)
            | Rvalue::ThreadLocalRef(_)
            | Rvalue::Ref(..)
            | Rvalue::RawPtr(..)
            | Rvalue::Discriminant(_) => {}
        }
    }

    fn gather_terminator(&mut self, term: &Terminator<'tcx>) {
        match &term.kind {
            TerminatorKind::Goto { .. }
            | TerminatorKind::FalseEdge { .. }
            | TerminatorKind::FalseUnwind { .. }
            | TerminatorKind::Return
            | TerminatorKind::UnwindResume
            | TerminatorKind::UnwindTerminate(_)
            | TerminatorKind::CoroutineDrop
            | TerminatorKind::Unreachable => {}
            // A drop makes its place uninitialised but is no move: what cannot be moved from can be dropped.
            TerminatorKind::Drop { .. } => {}
            TerminatorKind::Assert { cond, .. } => self.gather_operand(cond),
            TerminatorKind::SwitchInt { discr, .. } => self.gather_operand(discr),
            TerminatorKind::Yield { value, resume_arg, .. } => {
                self.gather_operand(value);
                self.create_move_path(*resume_arg);
                self.gather_init(resume_arg.as_ref(), InitKind::Deep);
            }
            TerminatorKind::Call { func, args, destination, target, .. } => {
                self.gather_operand(func);
                for arg in args {
                    self.gather_operand(&arg.node);
                }
                if target.is_some() {
                    self.create_move_path(*destination);
                    self.gather_init(destination.as_ref(), InitKind::NonPanicPathOnly);
                }
            }
            TerminatorKind::TailCall { func, args, .. } => {
                self.gather_operand(func);
                for arg in args {
                    self.gather_operand(&arg.node);
                }
            }
            TerminatorKind::InlineAsm { operands, .. } => {
                for op in operands {
                    match op {
                        InlineAsmOperand::In { value, .. } => self.gather_operand(value),
                        InlineAsmOperand::Out { place: Some(place), .. } => self.gather_asm_out(*place),
                        InlineAsmOperand::InOut { in_value, out_place, .. } => {
                            self.gather_operand(in_value);
                            if let Some(place) = *out_place {
                                self.gather_asm_out(place);
                            }
                        }
                        InlineAsmOperand::Out { place: None, .. }
                        | InlineAsmOperand::Const { .. }
                        | InlineAsmOperand::SymFn { .. }
                        | InlineAsmOperand::SymStatic { .. }
                        | InlineAsmOperand::Label { .. } => {}
                    }
                }
            }
        }
    }

    fn gather_asm_out(&mut self, place: Place<'tcx>) {
        self.create_move_path(place);
        self.gather_init(place.as_ref(), InitKind::Deep);
    }

    fn gather_operand(&mut self, operand: &Operand<'tcx>) {
        if let Operand::Move(place) = *operand {
            self.gather_move(place);
        }
    }

    fn gather_move(&mut self, place: Place<'tcx>) {
        // A moved part of an array is each of its elements moved, so that they meet moves by index.
        if let [base @ .., ProjectionElem::Subslice { from, to, from_end: false }] = place.projection.as_slice() {
            let base_place = PlaceRef { local: place.local, projection: base }.to_place(self.tcx.interner());
            let base_path = match self.move_path_for(base_place) {
                MovePathResult::Path(path) => path,
                MovePathResult::Union(path) => return self.record_move(path),
                MovePathResult::Error(kind) => return self.record_error(place, kind),
                MovePathResult::Filtered => return,
            };
            let base_ty = base_place.ty(self.body, self.tcx).ty;
            if let TyKind::Array(elem_ty, size) = *base_ty.kind() {
                if !(self.filter)(elem_ty) {
                    return;
                }
                let len = size.try_to_target_usize().unwrap_or(*to);
                for offset in *from..*to {
                    let elem = ProjectionElem::ConstantIndex { offset, min_length: len, from_end: false };
                    let path = self.add_move_path(base_path, elem, base_place.as_ref());
                    self.record_move(path);
                }
                return;
            }
        }
        match self.move_path_for(place) {
            MovePathResult::Path(path) | MovePathResult::Union(path) => self.record_move(path),
            MovePathResult::Error(kind) => self.record_error(place, kind),
            MovePathResult::Filtered => {}
        }
    }

    fn record_error(&mut self, place: Place<'tcx>, kind: IllegalMoveOriginKind<'tcx>) {
        self.data.move_errors.push(MoveError { location: self.loc, place, kind });
    }

    fn record_move(&mut self, path: MovePathIndex) {
        let move_out = self.data.moves.push(MoveOut { path, source: self.loc });
        self.data.path_map[path].push(move_out);
        self.data.loc_map[self.loc].push(move_out);
    }

    fn gather_init(&mut self, place: PlaceRef<'tcx>, kind: InitKind) {
        let mut place = place;
        // A union is initialised by each of its fields.
        if let Some((base, _)) = place.last_projection() {
            if base.ty(self.body, self.tcx).ty.is_union() {
                place = base;
            }
        }
        if let LookupResult::Exact(path) = self.data.rev_lookup.find(place) {
            let init = self.data.inits.push(Init { location: InitLocation::Statement(self.loc), path, kind });
            self.data.init_path_map[path].push(init);
            self.data.init_loc_map[self.loc].push(init);
        }
    }
}
