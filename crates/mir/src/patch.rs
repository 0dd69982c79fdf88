//! [`MirPatch`]: changes to a body that are collected first and applied at once.

use rustc_index::IndexVec;
use span::{FxHashMap, Span};
use ty::Ty;

use crate::{
    BasicBlock, BasicBlockData, Body, Local, LocalDecl, LocalInfo, Location, Place, Rvalue, SourceInfo, Statement,
    StatementKind, Terminator, TerminatorKind, UnwindTerminateReason,
};

/// New blocks, statements, locals and terminators of a body.
pub struct MirPatch<'tcx> {
    term_patch_map: FxHashMap<BasicBlock, TerminatorKind<'tcx>>,
    new_blocks: Vec<BasicBlockData<'tcx>>,
    new_statements: Vec<(Location, StatementKind<'tcx>)>,
    new_locals: Vec<LocalDecl<'tcx>>,
    resume_block: Option<BasicBlock>,
    unreachable_cleanup_block: Option<BasicBlock>,
    terminate_block: Option<(BasicBlock, UnwindTerminateReason)>,
    first_new_block: usize,
    next_local: usize,
    body_span: Span,
}

impl<'tcx> MirPatch<'tcx> {
    pub fn new(body: &Body<'tcx>) -> Self {
        let mut patch = MirPatch {
            term_patch_map: Default::default(),
            new_blocks: Vec::new(),
            new_statements: Vec::new(),
            new_locals: Vec::new(),
            resume_block: None,
            unreachable_cleanup_block: None,
            terminate_block: None,
            first_new_block: body.basic_blocks.len(),
            next_local: body.local_decls.len(),
            body_span: body.span,
        };
        for (bb, block) in body.basic_blocks.iter_enumerated() {
            if !block.is_cleanup || !block.statements.is_empty() {
                continue;
            }
            match block.terminator().kind {
                TerminatorKind::UnwindResume => patch.resume_block = Some(bb),
                TerminatorKind::Unreachable => patch.unreachable_cleanup_block = Some(bb),
                TerminatorKind::UnwindTerminate(reason) => patch.terminate_block = Some((bb, reason)),
                _ => {}
            }
        }
        patch
    }
    /// A cleanup block that goes on unwinding.
    pub fn resume_block(&mut self) -> BasicBlock {
        if let Some(bb) = self.resume_block {
            return bb;
        }
        let bb = self.new_end_block(TerminatorKind::UnwindResume);
        self.resume_block = Some(bb);
        bb
    }
    /// A cleanup block that cannot be reached.
    pub fn unreachable_cleanup_block(&mut self) -> BasicBlock {
        if let Some(bb) = self.unreachable_cleanup_block {
            return bb;
        }
        let bb = self.new_end_block(TerminatorKind::Unreachable);
        self.unreachable_cleanup_block = Some(bb);
        bb
    }
    /// A cleanup block that aborts.
    pub fn terminate_block(&mut self, reason: UnwindTerminateReason) -> BasicBlock {
        if let Some((bb, r)) = self.terminate_block {
            if r == reason {
                return bb;
            }
        }
        let bb = self.new_end_block(TerminatorKind::UnwindTerminate(reason));
        self.terminate_block = Some((bb, reason));
        bb
    }
    fn new_end_block(&mut self, kind: TerminatorKind<'tcx>) -> BasicBlock {
        let source_info = SourceInfo::outermost(self.body_span);
        self.new_block(BasicBlockData::new(Some(Terminator { source_info, kind }), true))
    }
    pub fn is_term_patched(&self, bb: BasicBlock) -> bool {
        self.term_patch_map.contains_key(&bb)
    }
    /// The point of a block's terminator.
    pub fn terminator_loc(&self, body: &Body<'tcx>, bb: BasicBlock) -> Location {
        Location { block: bb, statement_index: self.block(body, bb).statements.len() }
    }
    /// A block, old or new.
    pub fn block<'a>(&'a self, body: &'a Body<'tcx>, bb: BasicBlock) -> &'a BasicBlockData<'tcx> {
        match bb.as_usize().checked_sub(self.first_new_block) {
            Some(new) => &self.new_blocks[new],
            None => &body[bb],
        }
    }
    pub fn new_local_with_info(&mut self, ty: Ty<'tcx>, span: Span, info: LocalInfo<'tcx>) -> Local {
        let mut decl = LocalDecl::new(ty, span);
        *decl.local_info.as_mut().unwrap_crate_local() = Box::new(info);
        self.new_locals.push(decl);
        self.next_local += 1;
        Local::from_usize(self.next_local - 1)
    }
    pub fn new_temp(&mut self, ty: Ty<'tcx>, span: Span) -> Local {
        self.new_locals.push(LocalDecl::new(ty, span));
        self.next_local += 1;
        Local::from_usize(self.next_local - 1)
    }
    /// The type of a local that the patch adds.
    pub fn local_ty(&self, body: &Body<'tcx>, local: Local) -> Ty<'tcx> {
        match local.as_usize().checked_sub(body.local_decls.len()) {
            Some(new) => self.new_locals[new].ty,
            None => body.local_decls[local].ty,
        }
    }
    pub fn new_block(&mut self, data: BasicBlockData<'tcx>) -> BasicBlock {
        self.new_blocks.push(data);
        BasicBlock::from_usize(self.first_new_block + self.new_blocks.len() - 1)
    }
    /// Replaces the terminator of a block; the last replacement counts.
    pub fn patch_terminator(&mut self, bb: BasicBlock, new: TerminatorKind<'tcx>) {
        match bb.as_usize().checked_sub(self.first_new_block) {
            Some(i) => self.new_blocks[i].terminator_mut().kind = new,
            None => {
                self.term_patch_map.insert(bb, new);
            }
        }
    }
    /// Adds a statement before the one at `loc`.
    pub fn add_statement(&mut self, loc: Location, stmt: StatementKind<'tcx>) {
        self.new_statements.push((loc, stmt));
    }
    pub fn add_assign(&mut self, loc: Location, place: Place<'tcx>, rv: Rvalue<'tcx>) {
        self.add_statement(loc, StatementKind::Assign(Box::new((place, rv))));
    }
    /// Where a point of the body or patch is in the source.
    pub fn source_info_for_location(&self, body: &Body<'tcx>, loc: Location) -> SourceInfo {
        let data = self.block(body, loc.block);
        match data.statements.get(loc.statement_index) {
            Some(stmt) => stmt.source_info,
            None => data.terminator().source_info,
        }
    }
    /// Makes the changes.
    pub fn apply(self, body: &mut Body<'tcx>) {
        body.local_decls.extend(self.new_locals);
        let changes_cfg = !self.new_blocks.is_empty() || !self.term_patch_map.is_empty();
        let blocks: &mut IndexVec<BasicBlock, _> =
            if changes_cfg { body.basic_blocks.as_mut() } else { body.basic_blocks.as_mut_preserves_cfg() };
        blocks.extend(self.new_blocks);
        let mut terms: Vec<_> = self.term_patch_map.into_iter().collect();
        terms.sort_by_key(|t| t.0);
        for (bb, kind) in terms {
            blocks[bb].terminator_mut().kind = kind;
        }
        let mut stmts = self.new_statements;
        stmts.sort_by_key(|s| s.0);
        // From the end, block by block, so that indices stay right and each block is rebuilt once.
        let mut rest = &mut stmts[..];
        while let Some(first) = rest.first() {
            let bb = first.0.block;
            let n = rest.iter().take_while(|s| s.0.block == bb).count();
            let (here, after) = rest.split_at_mut(n);
            rest = after;
            let block = &mut blocks[bb];
            let old = std::mem::take(&mut block.statements);
            let term_info = block.terminator().source_info;
            let mut new = Vec::with_capacity(old.len() + n);
            let mut added = here.iter_mut().peekable();
            let mut take = |at: usize, info: SourceInfo, new: &mut Vec<Statement<'tcx>>| {
                while let Some((_, kind)) = added.next_if(|s| s.0.statement_index <= at) {
                    new.push(Statement::new(info, std::mem::replace(kind, StatementKind::Nop)));
                }
            };
            for (i, stmt) in old.into_iter().enumerate() {
                take(i, stmt.source_info, &mut new);
                new.push(stmt);
            }
            take(usize::MAX, term_info, &mut new);
            block.statements = new;
        }
    }
}
