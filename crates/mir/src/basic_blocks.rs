//! The control-flow graph: [`BasicBlocks`], with what is derived from its shape cached until it changes.

use std::cell::OnceCell;
use std::ops::Deref;

use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use rustc_index::IndexVec;
use smallvec::SmallVec;
use span::FxHashMap;
use span::codec::{Decodable, Encodable};
use ty::codec::{TyDecoder, TyEncoder};
use ty::fold::{TypeFoldable, TypeFolder};
use ty::visit::{TypeVisitable, TypeVisitor};

use crate::dominators::Dominators;
use crate::{Statement, Terminator, TerminatorKind, traversal};

span::newtype_index! {
    /// A basic block of a body.
    pub struct BasicBlock = "bb";
}
ty::trivially_traversable!(BasicBlock);

/// Where bodies start.
pub const START_BLOCK: BasicBlock = BasicBlock::ZERO;

/// Statements and a terminator.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct BasicBlockData<'tcx> {
    pub statements: Vec<Statement<'tcx>>,
    /// `None` only while the body is being built or changed.
    pub terminator: Option<Terminator<'tcx>>,
    /// Whether it is reached by unwinding only.
    pub is_cleanup: bool,
}

impl<'tcx> BasicBlockData<'tcx> {
    pub fn new(terminator: Option<Terminator<'tcx>>, is_cleanup: bool) -> Self {
        BasicBlockData { statements: Vec::new(), terminator, is_cleanup }
    }
    pub fn new_stmts(statements: Vec<Statement<'tcx>>, terminator: Option<Terminator<'tcx>>, is_cleanup: bool) -> Self {
        BasicBlockData { statements, terminator, is_cleanup }
    }
    /// The terminator; panics if there is none yet.
    #[inline]
    #[track_caller]
    pub fn terminator(&self) -> &Terminator<'tcx> {
        self.terminator.as_ref().expect("invalid terminator state")
    }
    #[inline]
    #[track_caller]
    pub fn terminator_mut(&mut self) -> &mut Terminator<'tcx> {
        self.terminator.as_mut().expect("invalid terminator state")
    }
    /// Whether there is nothing in it but `unreachable`.
    pub fn is_empty_unreachable(&self) -> bool {
        self.statements.is_empty() && matches!(self.terminator().kind, TerminatorKind::Unreachable)
    }
}

/// A point of a body: before the statement of this index, or before the terminator (index = number of statements).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    pub block: BasicBlock,
    pub statement_index: usize,
}

impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}[{}]", self.block, self.statement_index)
    }
}

impl Location {
    pub const START: Location = Location { block: START_BLOCK, statement_index: 0 };
    /// The next point of the block; invalid after a terminator.
    #[inline]
    pub fn successor_within_block(self) -> Location {
        Location { block: self.block, statement_index: self.statement_index + 1 }
    }
    /// Whether some path leads from `self` to `other`.
    pub fn is_predecessor_of<'tcx>(self, other: Location, body: &crate::Body<'tcx>) -> bool {
        if self.block == other.block && self.statement_index < other.statement_index {
            return true;
        }
        let predecessors = body.basic_blocks.predecessors();
        let mut queue: Vec<BasicBlock> = predecessors[other.block].to_vec();
        let mut visited = span::FxHashSet::default();
        while let Some(block) = queue.pop() {
            if !visited.insert(block) {
                continue;
            }
            queue.extend(predecessors[block].iter().copied());
            if self.block == block {
                return true;
            }
        }
        false
    }
    /// Whether every path from the start to `other` passes `self`.
    #[inline]
    pub fn dominates(self, other: Location, dominators: &Dominators) -> bool {
        if self.block == other.block {
            self.statement_index <= other.statement_index
        } else {
            dominators.dominates(self.block, other.block)
        }
    }
}

/// Per block, the blocks with an edge to it.
pub type Predecessors = IndexVec<BasicBlock, SmallVec<[BasicBlock; 4]>>;

/// The value by which a `SwitchInt` chooses an edge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SwitchTargetValue {
    Normal(u128),
    Otherwise,
}

/// Per edge of a `SwitchInt` from one block to another, the values.
pub type SwitchSources = FxHashMap<(BasicBlock, BasicBlock), SmallVec<[SwitchTargetValue; 1]>>;

#[derive(Clone, Default)]
struct Cache {
    predecessors: OnceCell<Predecessors>,
    switch_sources: OnceCell<SwitchSources>,
    reverse_postorder: OnceCell<Vec<BasicBlock>>,
    dominators: OnceCell<Dominators>,
    is_cyclic: OnceCell<bool>,
}

/// The blocks of a body. Reading is by `Deref`; writing by [`BasicBlocks::as_mut`] forgets what was derived.
#[derive(Clone)]
pub struct BasicBlocks<'tcx> {
    basic_blocks: IndexVec<BasicBlock, BasicBlockData<'tcx>>,
    cache: Cache,
}

impl<'tcx> BasicBlocks<'tcx> {
    pub fn new(basic_blocks: IndexVec<BasicBlock, BasicBlockData<'tcx>>) -> Self {
        BasicBlocks { basic_blocks, cache: Cache::default() }
    }
    /// Whether some block can reach itself.
    pub fn is_cfg_cyclic(&self) -> bool {
        *self.cache.is_cyclic.get_or_init(|| traversal::is_cyclic(self))
    }
    pub fn dominators(&self) -> &Dominators {
        self.cache.dominators.get_or_init(|| crate::dominators::dominators(self))
    }
    pub fn predecessors(&self) -> &Predecessors {
        self.cache.predecessors.get_or_init(|| {
            let mut preds = IndexVec::from_elem(SmallVec::new(), &self.basic_blocks);
            for (bb, data) in self.basic_blocks.iter_enumerated() {
                if let Some(term) = &data.terminator {
                    for succ in term.successors() {
                        let list: &mut SmallVec<[BasicBlock; 4]> = &mut preds[succ];
                        list.push(bb);
                    }
                }
            }
            preds
        })
    }
    /// Blocks reachable from the start, each before its successors but for back edges.
    pub fn reverse_postorder(&self) -> &[BasicBlock] {
        self.cache.reverse_postorder.get_or_init(|| {
            let mut order: Vec<_> = traversal::postorder_from(self, START_BLOCK);
            order.reverse();
            order
        })
    }
    pub fn switch_sources(&self) -> &SwitchSources {
        self.cache.switch_sources.get_or_init(|| {
            let mut sources = SwitchSources::default();
            for (bb, data) in self.basic_blocks.iter_enumerated() {
                if let Some(Terminator { kind: TerminatorKind::SwitchInt { targets, .. }, .. }) = &data.terminator {
                    for (value, target) in targets.iter() {
                        sources.entry((target, bb)).or_default().push(SwitchTargetValue::Normal(value));
                    }
                    sources.entry((targets.otherwise(), bb)).or_default().push(SwitchTargetValue::Otherwise);
                }
            }
            sources
        })
    }
    /// The blocks to be changed in any way.
    #[inline]
    pub fn as_mut(&mut self) -> &mut IndexVec<BasicBlock, BasicBlockData<'tcx>> {
        self.cache = Cache::default();
        &mut self.basic_blocks
    }
    /// The blocks to be changed; the edges must stay as they are.
    #[inline]
    pub fn as_mut_preserves_cfg(&mut self) -> &mut IndexVec<BasicBlock, BasicBlockData<'tcx>> {
        &mut self.basic_blocks
    }
    pub fn into_inner(self) -> IndexVec<BasicBlock, BasicBlockData<'tcx>> {
        self.basic_blocks
    }
}

impl<'tcx> Deref for BasicBlocks<'tcx> {
    type Target = IndexVec<BasicBlock, BasicBlockData<'tcx>>;
    #[inline]
    fn deref(&self) -> &Self::Target {
        &self.basic_blocks
    }
}

impl std::fmt::Debug for BasicBlocks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.basic_blocks.fmt(f)
    }
}

impl<'tcx> TypeFoldable<'tcx> for BasicBlocks<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        BasicBlocks { basic_blocks: self.basic_blocks.fold_with(folder), cache: self.cache }
    }
}
impl<'tcx> TypeVisitable<'tcx> for BasicBlocks<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> std::ops::ControlFlow<V::Break> {
        self.basic_blocks.visit_with(visitor)
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for BasicBlocks<'tcx> {
    fn encode(&self, e: &mut E) {
        self.basic_blocks.encode(e);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for BasicBlocks<'tcx> {
    fn decode(d: &mut D) -> Self {
        BasicBlocks::new(Decodable::decode(d))
    }
}
