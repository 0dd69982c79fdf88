//! The graph that is being built.

use mir::{
    BasicBlock, BasicBlockData, Const, ConstOperand, FakeReadCause, Operand, Place, Rvalue, SourceInfo, Statement,
    StatementKind, Terminator, TerminatorKind,
};
use query::TyCtxt;
use rustc_index::IndexVec;

/// Blocks that may lack a terminator yet.
#[derive(Default)]
pub(super) struct Cfg<'tcx> {
    pub basic_blocks: IndexVec<BasicBlock, BasicBlockData<'tcx>>,
}

impl<'tcx> Cfg<'tcx> {
    pub fn block_data(&self, block: BasicBlock) -> &BasicBlockData<'tcx> {
        &self.basic_blocks[block]
    }
    pub fn block_data_mut(&mut self, block: BasicBlock) -> &mut BasicBlockData<'tcx> {
        &mut self.basic_blocks[block]
    }
    pub fn start_new_block(&mut self) -> BasicBlock {
        self.basic_blocks.push(BasicBlockData::new(None, false))
    }
    pub fn start_new_cleanup_block(&mut self) -> BasicBlock {
        self.basic_blocks.push(BasicBlockData::new(None, true))
    }
    pub fn push(&mut self, block: BasicBlock, statement: Statement<'tcx>) {
        self.block_data_mut(block).statements.push(statement);
    }
    pub fn push_kind(&mut self, block: BasicBlock, source_info: SourceInfo, kind: StatementKind<'tcx>) {
        self.push(block, Statement::new(source_info, kind));
    }
    pub fn push_assign(
        &mut self,
        block: BasicBlock,
        source_info: SourceInfo,
        place: Place<'tcx>,
        rvalue: Rvalue<'tcx>,
    ) {
        self.push_kind(block, source_info, StatementKind::Assign(Box::new((place, rvalue))));
    }
    pub fn push_assign_constant(
        &mut self,
        block: BasicBlock,
        source_info: SourceInfo,
        place: Place<'tcx>,
        constant: ConstOperand<'tcx>,
    ) {
        self.push_assign(block, source_info, place, Rvalue::Use(Operand::Constant(Box::new(constant))));
    }
    pub fn push_assign_unit(
        &mut self,
        block: BasicBlock,
        source_info: SourceInfo,
        place: Place<'tcx>,
        tcx: TyCtxt<'tcx>,
    ) {
        let const_ = Const::zero_sized(tcx.types().unit);
        self.push_assign_constant(
            block,
            source_info,
            place,
            ConstOperand { span: source_info.span, user_ty: None, const_ },
        );
    }
    pub fn push_fake_read(
        &mut self,
        block: BasicBlock,
        source_info: SourceInfo,
        cause: FakeReadCause,
        place: Place<'tcx>,
    ) {
        self.push_kind(block, source_info, StatementKind::FakeRead(Box::new((cause, place))));
    }
    pub fn push_place_mention(&mut self, block: BasicBlock, source_info: SourceInfo, place: Place<'tcx>) {
        self.push_kind(block, source_info, StatementKind::PlaceMention(Box::new(place)));
    }
    #[track_caller]
    pub fn terminate(&mut self, block: BasicBlock, source_info: SourceInfo, kind: TerminatorKind<'tcx>) {
        debug_assert!(
            self.block_data(block).terminator.is_none(),
            "terminate: block {block:?} already has a terminator set"
        );
        self.block_data_mut(block).terminator = Some(Terminator { source_info, kind });
    }
    /// In the `origin` block, goes to `target`.
    #[track_caller]
    pub fn goto(&mut self, origin: BasicBlock, source_info: SourceInfo, target: BasicBlock) {
        self.terminate(origin, source_info, TerminatorKind::Goto { target });
    }
}

/// The block that building goes on with, and a result.
#[must_use]
pub(super) struct BlockAnd<T>(pub BasicBlock, pub T);

impl BlockAnd<()> {
    pub fn into_block(self) -> BasicBlock {
        self.0
    }
}

impl<T> BlockAnd<T> {
    /// Moves on to the block; gives the result.
    pub fn unpack(self, block: &mut BasicBlock) -> T {
        *block = self.0;
        self.1
    }
}

/// Makes [`BlockAnd`]s.
pub(super) trait BlockAndExtension {
    fn and<T>(self, v: T) -> BlockAnd<T>;
    fn unit(self) -> BlockAnd<()>;
}

impl BlockAndExtension for BasicBlock {
    fn and<T>(self, v: T) -> BlockAnd<T> {
        BlockAnd(self, v)
    }
    fn unit(self) -> BlockAnd<()> {
        BlockAnd(self, ())
    }
}
