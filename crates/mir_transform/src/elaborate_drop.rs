//! Turns one drop into what it does: the machinery that drop elaboration (with move paths) and drop glue (with none)
//! share. `elaborate_drop/open.rs` has drops of values in parts.
//!
//! A drop of a place is, by how much is known of what the place holds: *dead* (nothing there), *static* (all there: one
//! `Drop`), *conditional* (all or nothing, by a flag) or *open* (field by field). An open drop is a *ladder*: the fields
//! in order, and beside it a second ladder of cleanup blocks, so that a field whose destructor panics still has the
//! rest dropped.

mod open;

pub(crate) use open::box_pointer;

use mir::{
    BasicBlock, BasicBlockData, Body, Local, Location, MirPatch, Operand, Place, Rvalue, SourceInfo, Statement,
    StatementKind, Terminator, TerminatorKind, UnwindAction,
};
use query::TyCtxt;
use ty::{FieldIdx, Ty, TypingEnv, VariantIdx};

/// How much of a place is there to drop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DropStyle {
    Dead,
    Static,
    Conditional,
    Open,
}

/// Of a path itself, or of all its parts too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DropFlagMode {
    Shallow,
    Deep,
}

/// Where a drop goes on when it panics.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unwind {
    To(BasicBlock),
    /// It is in a cleanup block already: it aborts.
    InCleanup,
}

impl Unwind {
    pub fn is_cleanup(self) -> bool {
        self == Unwind::InCleanup
    }
    pub fn into_action(self) -> UnwindAction {
        match self {
            Unwind::To(bb) => UnwindAction::Cleanup(bb),
            Unwind::InCleanup => UnwindAction::Terminate(mir::UnwindTerminateReason::InCleanup),
        }
    }
    fn map(self, f: impl FnOnce(BasicBlock) -> BasicBlock) -> Self {
        match self {
            Unwind::To(bb) => Unwind::To(f(bb)),
            Unwind::InCleanup => Unwind::InCleanup,
        }
    }
}

/// What the user of the machinery knows of places.
pub trait DropElaborator<'tcx> {
    /// What stands for a place that is tracked apart.
    type Path: Copy + std::fmt::Debug;

    fn patch(&mut self) -> &mut MirPatch<'tcx>;
    fn patch_ref(&self) -> &MirPatch<'tcx>;
    fn body(&self) -> &Body<'tcx>;
    fn tcx(&self) -> TyCtxt<'tcx>;
    fn typing_env(&self) -> TypingEnv<'tcx>;

    fn drop_style(&self, path: Self::Path, mode: DropFlagMode) -> DropStyle;
    /// The flag that says whether the path is there.
    fn get_drop_flag(&mut self, path: Self::Path) -> Option<Operand<'tcx>>;
    /// Says at `location` that the path is gone.
    fn clear_drop_flag(&mut self, location: Location, path: Self::Path, mode: DropFlagMode);

    fn field_subpath(&self, path: Self::Path, field: FieldIdx) -> Option<Self::Path>;
    fn deref_subpath(&self, path: Self::Path) -> Option<Self::Path>;
    fn downcast_subpath(&self, path: Self::Path, variant: VariantIdx) -> Option<Self::Path>;
    fn array_subpath(&self, path: Self::Path, index: u64, size: u64) -> Option<Self::Path>;
}

/// One drop that is being elaborated.
struct DropCtxt<'a, 'tcx, D: DropElaborator<'tcx>> {
    elaborator: &'a mut D,
    source_info: SourceInfo,
    place: Place<'tcx>,
    path: D::Path,
    succ: BasicBlock,
    unwind: Unwind,
}

/// Makes the drop in block `bb`, of `place`, go on to `succ`, as a jump to what the drop really does.
pub fn elaborate_drop<'tcx, D: DropElaborator<'tcx>>(
    elaborator: &mut D,
    source_info: SourceInfo,
    place: Place<'tcx>,
    path: D::Path,
    succ: BasicBlock,
    unwind: Unwind,
    bb: BasicBlock,
) {
    DropCtxt { elaborator, source_info, place, path, succ, unwind }.elaborate_drop(bb);
}

impl<'tcx, D: DropElaborator<'tcx>> DropCtxt<'_, 'tcx, D> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.elaborator.tcx()
    }

    /// The type of a place of the body or the patch.
    fn place_ty(&self, place: Place<'tcx>) -> Ty<'tcx> {
        let tcx = self.tcx();
        let local_ty = self.elaborator.patch_ref().local_ty(self.elaborator.body(), place.local);
        let ty = query::PlaceTy::from_ty(local_ty).multi_projection_ty(tcx, place.projection).ty;
        self.normalize(ty)
    }

    fn normalize(&self, ty: Ty<'tcx>) -> Ty<'tcx> {
        self.tcx().normalize_erasing_regions(self.elaborator.typing_env(), ty)
    }

    fn needs_drop(&self, ty: Ty<'tcx>) -> bool {
        self.tcx().type_needs_drop(self.elaborator.typing_env(), ty)
    }

    fn elaborate_drop(&mut self, bb: BasicBlock) {
        let (succ, unwind) = (self.succ, self.unwind);
        let kind = match self.elaborator.drop_style(self.path, DropFlagMode::Deep) {
            DropStyle::Dead => TerminatorKind::Goto { target: succ },
            DropStyle::Static => {
                TerminatorKind::Drop { place: self.place, target: succ, unwind: unwind.into_action(), replace: false }
            }
            DropStyle::Conditional => TerminatorKind::Goto { target: self.complete_drop(succ, unwind) },
            DropStyle::Open => TerminatorKind::Goto { target: self.open_drop() },
        };
        self.elaborator.patch().patch_terminator(bb, kind);
    }

    /// A block that drops, elaborated.
    fn elaborated_drop_block(&mut self) -> BasicBlock {
        let block = self.drop_block(self.succ, self.unwind);
        self.elaborate_drop(block);
        block
    }

    /// A drop of all of the place, if its flag is set.
    fn complete_drop(&mut self, succ: BasicBlock, unwind: Unwind) -> BasicBlock {
        let drop_block = self.drop_block(succ, unwind);
        self.drop_flag_test_block(drop_block, succ, unwind)
    }

    /// Clears the flag on the way to `succ`. Cleanup does not look at it again.
    fn drop_flag_reset_block(&mut self, mode: DropFlagMode, succ: BasicBlock, unwind: Unwind) -> BasicBlock {
        if unwind.is_cleanup() {
            return succ;
        }
        let block = self.goto_block(succ, unwind);
        self.elaborator.clear_drop_flag(Location { block, statement_index: 0 }, self.path, mode);
        block
    }

    /// To `on_set` or `on_unset`, by whether the path is there.
    fn drop_flag_test_block(&mut self, on_set: BasicBlock, on_unset: BasicBlock, unwind: Unwind) -> BasicBlock {
        match self.elaborator.drop_style(self.path, DropFlagMode::Shallow) {
            DropStyle::Dead => on_unset,
            DropStyle::Static => on_set,
            DropStyle::Conditional | DropStyle::Open => {
                let flag = self.elaborator.get_drop_flag(self.path).expect("a path that may be gone has a flag");
                self.new_block(unwind, Vec::new(), TerminatorKind::if_(flag, on_set, on_unset))
            }
        }
    }

    fn drop_block(&mut self, target: BasicBlock, unwind: Unwind) -> BasicBlock {
        let drop = TerminatorKind::Drop { place: self.place, target, unwind: unwind.into_action(), replace: false };
        self.new_block(unwind, Vec::new(), drop)
    }

    fn goto_block(&mut self, target: BasicBlock, unwind: Unwind) -> BasicBlock {
        self.new_block(unwind, Vec::new(), TerminatorKind::Goto { target })
    }

    fn new_block(
        &mut self,
        unwind: Unwind,
        statements: Vec<Statement<'tcx>>,
        kind: TerminatorKind<'tcx>,
    ) -> BasicBlock {
        let terminator = Terminator { source_info: self.source_info, kind };
        let data = BasicBlockData::new_stmts(statements, Some(terminator), unwind.is_cleanup());
        self.elaborator.patch().new_block(data)
    }

    fn new_temp(&mut self, ty: Ty<'tcx>) -> Local {
        let span = self.source_info.span;
        self.elaborator.patch().new_temp(ty, span)
    }

    fn assign(&self, lhs: Local, rhs: Rvalue<'tcx>) -> Statement<'tcx> {
        Statement::new(self.source_info, StatementKind::Assign(Box::new((lhs.into(), rhs))))
    }
}
