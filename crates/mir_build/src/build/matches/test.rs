//! Tests: which one a pattern needs, which outcome other patterns go with, and the code that performs it.

use std::cmp::Ordering;

use mir::interpret::Scalar;
use mir::{
    BasicBlock, BinOp, CallSource, Const, ConstValue, FakeReadCause, Operand, Place, Rvalue, SourceInfo, SwitchTargets,
    TerminatorKind, UnwindAction,
};
use query::PlaceTyExt;
use span::{FxIndexMap, Span, Spanned};
use ty::{AdtDef, Mutability, Ty, TyKind, Value, VariantIdx};

use super::pair::{Candidate, MatchPair, TestCase};
use crate::build::Builder;
use crate::thir::PatRange;

/// A test of a place.
pub(super) struct Test<'tcx> {
    pub span: Span,
    pub kind: TestKind<'tcx>,
}

pub(super) enum TestKind<'tcx> {
    /// On the discriminant of an enum.
    Switch {
        adt_def: AdtDef<'tcx>,
    },
    /// On an integer or `char`.
    SwitchInt,
    /// On a `bool`.
    If,
    /// Equality with a value: strings, floats, pointers.
    Eq {
        value: Value<'tcx>,
    },
    Range(PatRange<'tcx>),
    /// Of a slice's length: equal, or greater or equal.
    Len {
        len: u64,
        op: BinOp,
    },
    /// Calls `deref` or `deref_mut`; always succeeds.
    Deref {
        temp: Place<'tcx>,
        mutability: Mutability,
    },
    /// The place cannot hold a value.
    Never,
}

/// An outcome.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum TestBranch<'tcx> {
    Success,
    Constant(Value<'tcx>),
    Variant(VariantIdx),
    Failure,
}

fn is_switch_ty(ty: Ty<'_>) -> bool {
    ty.is_integral() || ty.is_char()
}

fn bits(value: &Value<'_>) -> u128 {
    value.valtree.try_to_scalar_int().map_or(0, |s| s.to_uint())
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    pub(super) fn pick_test_for_match_pair(&self, pair: &MatchPair<'tcx>) -> Test<'tcx> {
        let kind = match pair.test_case {
            TestCase::Variant { adt_def, .. } => TestKind::Switch { adt_def },
            TestCase::Constant { .. } if pair.pattern_ty.is_bool() => TestKind::If,
            TestCase::Constant { .. } if is_switch_ty(pair.pattern_ty) => TestKind::SwitchInt,
            TestCase::Constant { value } => TestKind::Eq { value },
            TestCase::Range(range) => TestKind::Range(range),
            TestCase::Slice { len, variable_length } => {
                TestKind::Len { len, op: if variable_length { BinOp::Ge } else { BinOp::Eq } }
            }
            TestCase::Deref { temp, mutability } => TestKind::Deref { temp, mutability },
            TestCase::Never => TestKind::Never,
            TestCase::Or { .. } => panic!("or-patterns are expanded before tests are picked"),
        };
        Test { span: pair.pattern_span, kind }
    }

    /// The outcome that a candidate can go with; if that decides a pair of it, the pair is replaced by its parts.
    /// `None` if the candidate may match with several outcomes.
    pub(super) fn sort_candidate(
        &self,
        place: Place<'tcx>,
        test: &Test<'tcx>,
        candidate: &mut Candidate<'tcx>,
        sorted: &FxIndexMap<TestBranch<'tcx>, Vec<&mut Candidate<'tcx>>>,
    ) -> Option<TestBranch<'tcx>> {
        let (index, pair) = candidate.match_pairs.iter().enumerate().find(|(_, p)| p.place == Some(place))?;
        let (branch, fully_matched) = match (&test.kind, &pair.test_case) {
            (TestKind::Switch { .. }, TestCase::Variant { variant_index, .. }) => {
                (TestBranch::Variant(*variant_index), true)
            }
            (TestKind::SwitchInt, TestCase::Constant { value }) if is_switch_ty(pair.pattern_ty) => {
                // A range that was sorted under failure must not hold a value with a target of its own.
                let covers = |c: &&mut Candidate<'tcx>| {
                    c.match_pairs.iter().any(|p| match &p.test_case {
                        TestCase::Range(range) if p.place == Some(place) => {
                            range.contains(value.valtree) != Some(false)
                        }
                        _ => false,
                    })
                };
                if sorted.get(&TestBranch::Failure).is_some_and(|cs| cs.iter().any(covers)) {
                    return None;
                }
                (TestBranch::Constant(*value), true)
            }
            (TestKind::SwitchInt, TestCase::Range(range)) => {
                let not_contained = sorted.keys().all(|b| match b {
                    TestBranch::Constant(v) => range.contains(v.valtree) == Some(false),
                    _ => true,
                });
                if !not_contained {
                    return None;
                }
                (TestBranch::Failure, false)
            }
            (TestKind::If, TestCase::Constant { value }) => {
                (if bits(value) == 1 { TestBranch::Success } else { TestBranch::Failure }, true)
            }
            (&TestKind::Len { len: test_len, op: BinOp::Eq }, &TestCase::Slice { len, variable_length }) => {
                match (test_len.cmp(&len), variable_length) {
                    (Ordering::Equal, false) => (TestBranch::Success, true),
                    // Another length, or a longer one.
                    (Ordering::Less, _) | (Ordering::Greater, false) => (TestBranch::Failure, false),
                    (Ordering::Equal | Ordering::Greater, true) => return None,
                }
            }
            (&TestKind::Len { len: test_len, .. }, &TestCase::Slice { len, variable_length }) => {
                match (test_len.cmp(&len), variable_length) {
                    (Ordering::Equal, true) => (TestBranch::Success, true),
                    (Ordering::Less, _) | (Ordering::Equal, false) => (TestBranch::Success, false),
                    (Ordering::Greater, false) => (TestBranch::Failure, false),
                    (Ordering::Greater, true) => return None,
                }
            }
            (TestKind::Range(test), TestCase::Range(pat)) => {
                if test == pat {
                    (TestBranch::Success, true)
                } else if test.overlaps(pat) == Some(false) {
                    (TestBranch::Failure, false)
                } else {
                    return None;
                }
            }
            (TestKind::Range(range), TestCase::Constant { value }) => {
                if range.contains(value.valtree) != Some(false) {
                    return None;
                }
                (TestBranch::Failure, false)
            }
            (TestKind::Eq { value }, TestCase::Constant { value: other }) => {
                if value == other {
                    (TestBranch::Success, true)
                } else {
                    (TestBranch::Failure, false)
                }
            }
            (TestKind::Deref { temp, .. }, TestCase::Deref { temp: other, .. }) if temp == other => {
                (TestBranch::Success, true)
            }
            (TestKind::Never, _) => (TestBranch::Success, true),
            _ => return None,
        };
        if fully_matched {
            let pair = candidate.match_pairs.remove(index);
            candidate.match_pairs.extend(pair.subpairs);
            candidate.sort_match_pairs();
        }
        Some(branch)
    }

    /// Ends `block` with the test; outcomes without a block of their own go to `otherwise_block`.
    pub(super) fn perform_test(
        &mut self,
        match_start_span: Span,
        scrutinee_span: Span,
        block: BasicBlock,
        otherwise_block: BasicBlock,
        place: Place<'tcx>,
        test: &Test<'tcx>,
        targets: &FxIndexMap<TestBranch<'tcx>, BasicBlock>,
    ) {
        let source_info = self.source_info(test.span);
        let start_info = self.source_info(match_start_span);
        let target = |branch: TestBranch<'tcx>| targets.get(&branch).copied().unwrap_or(otherwise_block);
        let (success, fail) = (target(TestBranch::Success), target(TestBranch::Failure));
        match test.kind {
            TestKind::Switch { adt_def } => {
                let discrs = self.tcx.adt_discriminants(adt_def);
                let values = discrs
                    .iter_enumerated()
                    .filter_map(|(v, d)| Some((d.val, *targets.get(&TestBranch::Variant(v))?)))
                    .collect::<Vec<_>>();
                let switch = SwitchTargets::new(values.into_iter(), otherwise_block);
                let discr = self.temp(self.tcx.repr_discr_ty(adt_def), test.span);
                let scrutinee_info = self.source_info(scrutinee_span);
                self.cfg.push_assign(block, scrutinee_info, discr, Rvalue::Discriminant(place));
                let kind = TerminatorKind::SwitchInt { discr: Operand::Move(discr), targets: switch };
                self.cfg.terminate(block, start_info, kind);
            }
            TestKind::SwitchInt => {
                let values = targets.iter().filter_map(|(b, &bb)| match b {
                    TestBranch::Constant(v) => Some((bits(v), bb)),
                    _ => None,
                });
                let switch = SwitchTargets::new(values, fail);
                let kind = TerminatorKind::SwitchInt { discr: Operand::Copy(place), targets: switch };
                self.cfg.terminate(block, start_info, kind);
            }
            TestKind::If => {
                self.cfg.terminate(block, start_info, TerminatorKind::if_(Operand::Copy(place), success, fail));
            }
            TestKind::Eq { value } => self.perform_eq(block, success, fail, source_info, place, value),
            TestKind::Range(ref range) => {
                let val = Operand::Copy(place);
                let (lo, hi) = (range.lo.as_finite(), range.hi.as_finite());
                let middle = match (lo, hi) {
                    (None, _) => block,
                    (Some(_), None) => success,
                    _ => self.cfg.start_new_block(),
                };
                if let Some(valtree) = lo {
                    let lo = self.value_operand(test.span, Value { ty: range.ty, valtree });
                    self.compare(block, middle, fail, source_info, BinOp::Le, lo, val.clone());
                }
                if let Some(valtree) = hi {
                    let hi = self.value_operand(test.span, Value { ty: range.ty, valtree });
                    let op = if range.end == hir::RangeEnd::Included { BinOp::Le } else { BinOp::Lt };
                    self.compare(middle, success, fail, source_info, op, val, hi);
                }
            }
            TestKind::Len { len, op } => {
                let actual = self.len_of_slice_or_array(block, place, test.span, source_info);
                let expected = self.int_literal(test.span, self.tcx.types().usize, len.into());
                self.compare(block, success, fail, source_info, op, actual, expected);
            }
            TestKind::Deref { temp, mutability } => {
                self.call_deref(block, success, place, mutability, temp, test.span);
            }
            TestKind::Never => {
                self.cfg.push_fake_read(block, source_info, FakeReadCause::ForMatchedPlace(None), place);
                self.cfg.terminate(block, source_info, TerminatorKind::Unreachable);
            }
        }
    }

    fn compare(
        &mut self,
        block: BasicBlock,
        success: BasicBlock,
        fail: BasicBlock,
        source_info: SourceInfo,
        op: BinOp,
        left: Operand<'tcx>,
        right: Operand<'tcx>,
    ) {
        let result = self.temp(self.tcx.types().bool, source_info.span);
        self.cfg.push_assign(block, source_info, result, Rvalue::BinaryOp(op, Box::new((left, right))));
        self.cfg.terminate(block, source_info, TerminatorKind::if_(Operand::Move(result), success, fail));
    }

    /// A pattern's value as an operand.
    fn value_operand(&self, span: Span, value: Value<'tcx>) -> Operand<'tcx> {
        let const_ = match value.valtree.try_to_scalar_int() {
            Some(int) => Const::Val(ConstValue::Scalar(Scalar::Int(int)), value.ty),
            None => Const::Ty(value.ty, ty::Const::new_value(self.tcx.interner(), value.valtree, value.ty)),
        };
        self.literal_operand(span, const_)
    }

    fn perform_eq(
        &mut self,
        block: BasicBlock,
        success: BasicBlock,
        fail: BasicBlock,
        source_info: SourceInfo,
        place: Place<'tcx>,
        value: Value<'tcx>,
    ) {
        let span = source_info.span;
        let tcx = self.tcx;
        let is_str = value.ty.is_str() || matches!(*value.ty.kind(), TyKind::Ref(_, inner, _) if inner.is_str());
        if !is_str {
            let expect = self.value_operand(span, value);
            return self.compare(block, success, fail, source_info, BinOp::Eq, expect, Operand::Copy(place));
        }
        // Strings by `<str as PartialEq>::eq`.
        let leaves = value.valtree.unwrap_branch();
        let bytes: Vec<u8> = leaves.iter().map(|b| b.try_to_scalar_int().map_or(0, |s| s.to_uint() as u8)).collect();
        let alloc_id = tcx.gcx().alloc_map.allocate_bytes_dedup(tcx.interner(), &bytes);
        let str_ty = tcx.types().str_;
        let region = tcx.lifetimes().re_erased;
        let ref_str = tcx.mk_imm_ref(region, str_ty);
        let literal = Const::Val(ConstValue::Slice { alloc_id, meta: bytes.len() as u64 }, ref_str);
        let expect = self.literal_operand(span, literal);
        let val = if place.ty(&self.local_decls, tcx).ty.is_str() {
            let temp = self.temp(ref_str, span);
            self.cfg.push_assign(block, source_info, temp, Rvalue::Ref(region, mir::BorrowKind::Shared, place));
            Operand::Move(temp)
        } else {
            Operand::Copy(place)
        };
        let eq_trait = tcx.require_lang_item(hir::LangItem::PartialEq, span);
        let items = tcx.associated_items(eq_trait);
        let method = items.in_definition_order().find(|i| i.is_fn()).map_or(eq_trait, |i| i.def_id);
        let args = tcx.mk_args(&[str_ty.into(), str_ty.into()]);
        let func = Operand::function_handle(tcx.interner(), method, args, span);
        let result = self.temp(tcx.types().bool, span);
        let eq_block = self.cfg.start_new_block();
        let kind = TerminatorKind::Call {
            func,
            args: Box::new([
                Spanned { node: val, span: span::DUMMY_SP },
                Spanned { node: expect, span: span::DUMMY_SP },
            ]),
            destination: result,
            target: Some(eq_block),
            unwind: UnwindAction::Continue,
            call_source: CallSource::MatchCmp,
            fn_span: span,
        };
        self.cfg.terminate(block, source_info, kind);
        self.diverge_from(block);
        self.cfg.terminate(eq_block, source_info, TerminatorKind::if_(Operand::Move(result), success, fail));
    }

    /// `temp = Deref::deref(&place)`
    fn call_deref(
        &mut self,
        block: BasicBlock,
        target: BasicBlock,
        place: Place<'tcx>,
        mutability: Mutability,
        temp: Place<'tcx>,
        span: Span,
    ) {
        let tcx = self.tcx;
        let item = if mutability == Mutability::Mut { hir::LangItem::DerefMut } else { hir::LangItem::Deref };
        let trait_id = tcx.require_lang_item(item, span);
        let items = tcx.associated_items(trait_id);
        let method = items.in_definition_order().find(|i| i.is_fn()).map_or(trait_id, |i| i.def_id);
        let place_ty = place.ty(&self.local_decls, tcx).ty;
        let region = tcx.lifetimes().re_erased;
        let source_info = self.source_info(span);
        let ref_src = self.temp(tcx.mk_ref(region, place_ty, mutability), span);
        let borrow = match mutability {
            Mutability::Not => mir::BorrowKind::Shared,
            Mutability::Mut => mir::BorrowKind::Mut { kind: mir::MutBorrowKind::Default },
        };
        self.cfg.push_assign(block, source_info, ref_src, Rvalue::Ref(region, borrow, place));
        let func = Operand::function_handle(tcx.interner(), method, tcx.mk_args(&[place_ty.into()]), span);
        let kind = TerminatorKind::Call {
            func,
            args: Box::new([Spanned { node: Operand::Move(ref_src), span }]),
            destination: temp,
            target: Some(target),
            unwind: UnwindAction::Continue,
            call_source: CallSource::Misc,
            fn_span: span,
        };
        self.cfg.terminate(block, source_info, kind);
        self.diverge_from(block);
    }
}
