//! [`JumpThreading`]: a jump to a block that branches on what is known at the jump goes where the branch will go.
//!
//! ```text
//! bb1: { _5 = Some(_3); goto bb3 }          bb1: { _5 = Some(_3); goto bb4 }
//! bb2: { _5 = None; goto bb3 }        ==>   bb2: { _5 = None; goto bb5 }
//! bb3: { _6 = discriminant(_5); switchInt(_6) -> [0: bb5, 1: bb4] }
//! ```
//! What the branching block does besides is copied. Loop heads are left alone, so that loops keep one entry.

use mir::{
    AggregateKind, BasicBlock, BasicBlockData, BinOp, Body, Local, Operand, Rvalue, Statement, StatementKind,
    Terminator, TerminatorKind, UnOp,
};
use query::TyCtxt;
use rustc_index::bit_set::DenseBitSet;
use span::FxHashMap;
use ty::{TyKind, VariantIdx};

use super::const_prop::fold_binary;
use super::ssa::SsaLocals;
use crate::pass_manager::MirPass;

pub(super) struct JumpThreading;

/// Branching blocks with more statements are not copied.
const MAX_STATEMENTS: usize = 12;
/// How many blocks back facts are looked for.
const MAX_CHAIN: usize = 6;
/// Copies made in one body.
const MAX_COPIES: usize = 400;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fact {
    Bits(u128),
    Variant(VariantIdx),
    /// The discriminant of another local: a branch on it tells the variant.
    DiscriminantOf(Local),
}

type Facts = FxHashMap<Local, Fact>;

impl<'tcx> MirPass<'tcx> for JumpThreading {
    fn name(&self) -> &'static str {
        "JumpThreading"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let switches =
            body.basic_blocks.iter().any(|b| matches!(b.terminator().kind, TerminatorKind::SwitchInt { .. }));
        if !switches {
            return;
        }
        let borrowed = SsaLocals::new(body).borrowed;
        let mut copies = 0;
        // A copy may end in a jump to the next such block.
        for _ in 0..8 {
            let found = find_opportunities(tcx, body, &borrowed, MAX_COPIES - copies);
            if found.is_empty() {
                break;
            }
            copies += found.len();
            for (pred, through, target) in found {
                let mut statements = body[through].statements.clone();
                let pred_data = &mut body[pred];
                let source_info = pred_data.terminator().source_info;
                if matches!(pred_data.terminator().kind, TerminatorKind::Goto { .. }) {
                    pred_data.statements.append(&mut statements);
                    pred_data.terminator_mut().kind = TerminatorKind::Goto { target };
                    continue;
                }
                let goto = Terminator { source_info, kind: TerminatorKind::Goto { target } };
                let is_cleanup = pred_data.is_cleanup;
                let data = BasicBlockData::new_stmts(statements, Some(goto), is_cleanup);
                let new = body.basic_blocks.as_mut().push(data);
                body[pred].terminator_mut().successors_mut(|s| {
                    if *s == through {
                        *s = new;
                    }
                });
            }
            if copies >= MAX_COPIES {
                break;
            }
        }
    }
}

/// Jumps `(from, through, to)`, at most one from each block.
fn find_opportunities<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    borrowed: &DenseBitSet<Local>,
    limit: usize,
) -> Vec<(BasicBlock, BasicBlock, BasicBlock)> {
    let mut found = Vec::new();
    let mut changed = DenseBitSet::new_empty(body.basic_blocks.len());
    let preds = body.basic_blocks.predecessors();
    let dominators = body.basic_blocks.dominators();
    let reachable = mir::traversal::reachable_as_bitset(body);
    for (through, data) in body.basic_blocks.iter_enumerated() {
        let TerminatorKind::SwitchInt { discr, targets } = &data.terminator().kind else { continue };
        if !reachable.contains(through) || data.statements.len() > MAX_STATEMENTS || changed.contains(through) {
            continue;
        }
        let Some(switched) = discr.place().and_then(|p| p.as_local()) else { continue };
        if borrowed.contains(switched) {
            continue;
        }
        let is_loop_head = preds[through].iter().any(|p| dominators.dominates(through, *p));
        if is_loop_head {
            continue;
        }
        for &pred in &preds[through] {
            if found.len() >= limit {
                return found;
            }
            if pred == through || changed.contains(pred) || !reachable.contains(pred) {
                continue;
            }
            // One edge only, of a kind that can be redirected.
            let edges = body[pred].terminator().successors().filter(|s| *s == through).count();
            let kind_ok = match &body[pred].terminator().kind {
                TerminatorKind::Goto { .. } => preds[through].len() > 1,
                TerminatorKind::SwitchInt { .. } => edges == 1,
                _ => false,
            };
            if !kind_ok {
                continue;
            }
            let mut facts = facts_at_edge(tcx, body, borrowed, pred, through);
            if facts.is_empty() {
                continue;
            }
            for stmt in &data.statements {
                apply(tcx, body, borrowed, &mut facts, stmt);
            }
            if let Some(Fact::Bits(bits)) = facts.get(&switched) {
                let target = targets.target_for_value(*bits);
                if target != through {
                    found.push((pred, through, target));
                    changed.insert(pred);
                    changed.insert(through);
                }
            }
        }
    }
    found
}

/// What is known on the edge between two blocks, from the blocks that must have run right before.
fn facts_at_edge<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    borrowed: &DenseBitSet<Local>,
    pred: BasicBlock,
    to: BasicBlock,
) -> Facts {
    let preds = body.basic_blocks.predecessors();
    let mut chain = vec![to, pred];
    while chain.len() < MAX_CHAIN {
        let last = chain[chain.len() - 1];
        match preds[last][..] {
            [one] if last != mir::START_BLOCK && !chain.contains(&one) => chain.push(one),
            _ => break,
        }
    }
    let mut facts = Facts::default();
    for pair in chain.windows(2).rev() {
        let (next, block) = (pair[0], pair[1]);
        for stmt in &body[block].statements {
            apply(tcx, body, borrowed, &mut facts, stmt);
        }
        let term = body[block].terminator();
        match &term.kind {
            TerminatorKind::SwitchInt { discr, targets } => {
                let mut values = targets.iter().filter(|(_, t)| *t == next);
                if targets.otherwise() == next {
                    // Of a `bool`, what is not 0 is 1.
                    if let (Some((value, other, _)), Some(local)) =
                        (targets.as_static_if(), discr.place().and_then(|p| p.as_local()))
                    {
                        if other != next && body.local_decls[local].ty.is_bool() && !borrowed.contains(local) {
                            facts.insert(local, Fact::Bits(1 - value.min(1)));
                        }
                    }
                    continue;
                }
                let (Some((value, _)), None) = (values.next(), values.next()) else { continue };
                let Some(local) = discr.place().and_then(|p| p.as_local()) else { continue };
                if borrowed.contains(local) {
                    continue;
                }
                if let Some(Fact::DiscriminantOf(of)) = facts.get(&local).copied() {
                    if let Some(variant) = variant_of(tcx, body, of, value) {
                        facts.insert(of, Fact::Variant(variant));
                    }
                }
                facts.insert(local, Fact::Bits(value));
            }
            TerminatorKind::Call { destination, .. } => {
                if !destination.is_indirect_first_projection() {
                    kill(&mut facts, destination.local);
                }
            }
            TerminatorKind::InlineAsm { .. } => facts.clear(),
            _ => {}
        }
    }
    facts
}

fn variant_of<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, local: Local, bits: u128) -> Option<VariantIdx> {
    let TyKind::Adt(def, _) = *body.local_decls[local].ty.kind() else { return None };
    tcx.adt_discriminants(def).iter_enumerated().find(|(_, d)| d.val == bits).map(|(v, _)| v)
}

fn kill(facts: &mut Facts, local: Local) {
    facts.remove(&local);
    facts.retain(|_, f| *f != Fact::DiscriminantOf(local));
}

fn apply<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    borrowed: &DenseBitSet<Local>,
    facts: &mut Facts,
    stmt: &Statement<'tcx>,
) {
    let assign = match &stmt.kind {
        StatementKind::Assign(assign) => assign,
        StatementKind::SetDiscriminant { place, variant_index } => {
            kill(facts, place.local);
            if place.projection.is_empty() && !borrowed.contains(place.local) {
                facts.insert(place.local, Fact::Variant(*variant_index));
            }
            return;
        }
        // Markers and writes through pointers, which facts are not about.
        _ => return,
    };
    let (place, rvalue) = &**assign;
    if place.is_indirect_first_projection() {
        return;
    }
    // A field of a known variant may be written without a change of the variant.
    let in_variant = place.projection.len() > 1 && matches!(facts.get(&place.local), Some(Fact::Variant(_)));
    let fact = evaluate(tcx, body, facts, rvalue);
    if !in_variant {
        kill(facts, place.local);
    }
    if let (Some(local), Some(fact)) = (place.as_local(), fact) {
        if !borrowed.contains(local) {
            facts.insert(local, fact);
        }
    }
}

fn evaluate<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, facts: &Facts, rvalue: &Rvalue<'tcx>) -> Option<Fact> {
    let bits_of = |op: &Operand<'tcx>| match op {
        Operand::Constant(c) => c.const_.try_to_bits(),
        Operand::Copy(p) | Operand::Move(p) => match facts.get(&p.as_local()?) {
            Some(Fact::Bits(bits)) => Some(*bits),
            _ => None,
        },
        Operand::RuntimeChecks(_) => None,
    };
    match rvalue {
        Rvalue::Use(Operand::Constant(c)) => c.const_.try_to_bits().map(Fact::Bits),
        Rvalue::Use(Operand::Copy(p) | Operand::Move(p)) => facts.get(&p.as_local()?).copied(),
        Rvalue::Aggregate(kind, _) => match **kind {
            AggregateKind::Adt(did, variant, ..) if tcx.adt_def(did).is_enum() => Some(Fact::Variant(variant)),
            _ => None,
        },
        Rvalue::Discriminant(place) => {
            let local = place.as_local()?;
            let TyKind::Adt(def, _) = *body.local_decls[local].ty.kind() else { return None };
            if !def.is_enum() {
                return None;
            }
            match facts.get(&local) {
                Some(Fact::Variant(v)) => Some(Fact::Bits(tcx.discriminant_for_variant(def, *v).val)),
                _ => Some(Fact::DiscriminantOf(local)),
            }
        }
        Rvalue::UnaryOp(UnOp::Not, op) if query::ValueTyExt::ty(op, body, tcx).is_bool() => {
            bits_of(op).map(|b| Fact::Bits(b ^ 1))
        }
        Rvalue::BinaryOp(op @ (BinOp::Eq | BinOp::Ne | BinOp::BitAnd | BinOp::BitOr | BinOp::Lt | BinOp::Gt), ops) => {
            let (lty, rty) = (query::ValueTyExt::ty(&ops.0, body, tcx), query::ValueTyExt::ty(&ops.1, body, tcx));
            fold_binary(*op, lty, bits_of(&ops.0)?, rty, bits_of(&ops.1)?).map(Fact::Bits)
        }
        _ => None,
    }
}
