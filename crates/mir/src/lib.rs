//! MIR: bodies as control-flow graphs over places, and the values and memory that constants are made of.
//!
//! Rustc's vocabulary. Start with [`Body`] (`body.rs`), then statements and terminators (`syntax.rs`), [`Place`]
//! (`place.rs`), [`Const`] (`consts.rs`), and memory (`interpret.rs`). `visit.rs` walks bodies, `pretty.rs` prints
//! them as rustc does, `validate.rs` checks what each [`MirPhase`] promises, `dataflow.rs` solves gen/kill problems.
//!
//! Invariant: data only, no queries. What needs `TyCtxt` (the types of places) is in `query::mir_ext`.

extern crate self as mir;

mod basic_blocks;
mod body;
mod consts;
pub mod dataflow;
mod fmt;
pub mod interpret;
mod local;
pub mod mono;
mod patch;
mod place;
pub mod pretty;
mod syntax;
mod terminator;
pub mod traversal;
pub mod validate;
pub mod visit;

mod dominators;

pub use basic_blocks::{
    BasicBlock, BasicBlockData, BasicBlocks, Location, Predecessors, START_BLOCK, SwitchTargetValue,
};
pub use body::{
    AnalysisPhase, AnnotationSource, Body, BorrowCheckResult, ClosureOutlivesRequirement, ClosureOutlivesSubject,
    ClosureRegionRequirements, ConstQualifs, ConstraintCategory, CoroutineInfo, CoroutineLayout, CoroutineSavedLocal,
    CoroutineSavedTy, MentionedItem, MirPhase, MirSource, OUTERMOST_SOURCE_SCOPE, OrdTy, ProjectionKind, Promoted,
    ReturnConstraint, RuntimePhase, SourceInfo, SourceScope, SourceScopeData, SourceScopeLocalData, StorageConflicts,
    UserTypeAnnotationIndex, UserTypeAnnotations, UserTypeProjection, UserTypeProjections, VarDebugInfo,
    VarDebugInfoContents, VarDebugInfoFragment,
};
pub use consts::{Const, ConstOperand, ConstValue, UnevaluatedConst};
pub use dominators::{Dominators, dominators};
pub use fmt::{MirPrinter, fmt_const_value, with_mir_printer};
pub use local::{
    BindingForm, BlockTailInfo, ClearCrossCrate, ImplicitSelfKind, LocalDecl, LocalInfo, LocalKind, VarBindingForm,
    VarBindingIntroduction,
};
pub use patch::MirPatch;
pub use place::{Place, PlaceIndex, PlaceRef};
pub use syntax::{
    AggregateKind, AsmReg, BinOp, BorrowKind, CallSource, CastKind, CoercionSource, CopyNonOverlapping, FakeBorrowKind,
    FakeReadCause, InlineAsmMacro, InlineAsmOperand, MutBorrowKind, NonDivergingIntrinsic, Operand, RawPtrKind,
    RuntimeChecks, Rvalue, Statement, StatementKind, UnOp,
};
pub use terminator::{
    AsmOptions, AsmTemplate, AssertKind, AssertMessage, CallReturnPlaces, SuccessorsIter, SwitchTargets, Terminator,
    TerminatorEdges, TerminatorKind, UnwindAction, UnwindTerminateReason,
};
pub use ty::Mutability;
pub use ty::place::{Local, PlaceElem, ProjectionElem, RETURN_PLACE};
