//! Why something must hold, for diagnostics.

use std::rc::Rc;

use hir::{HirId, MatchSource};
use span::def_id::{CRATE_DEF_ID, DefId, LocalDefId};
use span::{DUMMY_SP, Span, Symbol};
use ty::{PolyTraitPredicate, Predicate, Region, Ty};

/// Why, and where.
#[derive(Clone)]
pub struct ObligationCause<'tcx> {
    pub span: Span,
    /// The item whose signature or body needs it.
    pub body_id: LocalDefId,
    code: ObligationCauseCodeHandle<'tcx>,
}

/// A shared [`ObligationCauseCode`]; none is `Misc`.
#[derive(Clone, Default)]
pub struct ObligationCauseCodeHandle<'tcx> {
    code: Option<Rc<ObligationCauseCode<'tcx>>>,
}

impl<'tcx> std::ops::Deref for ObligationCauseCodeHandle<'tcx> {
    type Target = ObligationCauseCode<'tcx>;
    fn deref(&self) -> &ObligationCauseCode<'tcx> {
        self.code.as_deref().unwrap_or(&ObligationCauseCode::Misc)
    }
}
impl std::fmt::Debug for ObligationCauseCodeHandle<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}
impl std::fmt::Debug for ObligationCause<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.code)
    }
}

impl<'tcx> ObligationCause<'tcx> {
    pub fn new(span: Span, body_id: LocalDefId, code: ObligationCauseCode<'tcx>) -> ObligationCause<'tcx> {
        ObligationCause { span, body_id, code: code.into() }
    }
    /// No special reason.
    pub fn misc(span: Span, body_id: LocalDefId) -> ObligationCause<'tcx> {
        Self::new(span, body_id, ObligationCauseCode::Misc)
    }
    /// No reason and no place.
    pub fn dummy() -> ObligationCause<'tcx> {
        Self::dummy_with_span(DUMMY_SP)
    }
    /// No reason.
    pub fn dummy_with_span(span: Span) -> ObligationCause<'tcx> {
        ObligationCause { span, body_id: CRATE_DEF_ID, code: ObligationCauseCodeHandle::default() }
    }
    pub fn code(&self) -> &ObligationCauseCode<'tcx> {
        &self.code
    }
    pub fn code_handle(&self) -> ObligationCauseCodeHandle<'tcx> {
        self.code.clone()
    }
    /// Changes the reason.
    pub fn map_code(&mut self, f: impl FnOnce(ObligationCauseCodeHandle<'tcx>) -> ObligationCauseCode<'tcx>) {
        self.code = f(std::mem::take(&mut self.code)).into();
    }
    /// With another reason.
    pub fn with_code(mut self, code: ObligationCauseCode<'tcx>) -> Self {
        self.code = code.into();
        self
    }
    /// Because of `parent_trait_pred`, which needs it.
    pub fn derived_cause(
        mut self,
        parent_trait_pred: PolyTraitPredicate<'tcx>,
        variant: impl FnOnce(DerivedCause<'tcx>) -> ObligationCauseCode<'tcx>,
    ) -> ObligationCause<'tcx> {
        let parent_code = std::mem::take(&mut self.code);
        self.code = variant(DerivedCause { parent_trait_pred, parent_code }).into();
        self
    }
    /// Because the type must be well-formed.
    pub fn to_constraint_category(&self) -> ObligationCauseCodeHandle<'tcx> {
        self.code.clone()
    }
}

impl<'tcx> From<ObligationCauseCode<'tcx>> for ObligationCauseCodeHandle<'tcx> {
    fn from(code: ObligationCauseCode<'tcx>) -> Self {
        ObligationCauseCodeHandle {
            code: if matches!(code, ObligationCauseCode::Misc) { None } else { Some(Rc::new(code)) },
        }
    }
}

/// The reasons; rustc's `ObligationCauseCode`.
#[derive(Clone, Debug)]
pub enum ObligationCauseCode<'tcx> {
    Misc,
    SliceOrArrayElem,
    ArrayLen(Ty<'tcx>),
    TupleElem,
    /// A bound of an item, written there.
    WhereClause(DefId, Span),
    OpaqueTypeBound(Span, Option<LocalDefId>),
    /// As `WhereClause`, needed by a path in an expression; the index of the bound.
    WhereClauseInExpr(DefId, Span, HirId, usize),
    HostEffectInExpr(DefId, Span, HirId, usize),
    ReferenceOutlivesReferent(Ty<'tcx>),
    ObjectTypeBound(Ty<'tcx>, Region<'tcx>),
    Coercion {
        source: Ty<'tcx>,
        target: Ty<'tcx>,
    },
    AssignmentLhsSized,
    TupleInitializerSized,
    StructInitializerSized,
    VariableType(HirId),
    SizedArgumentType(Option<HirId>),
    SizedReturnType,
    SizedCallReturnType,
    SizedYieldType,
    InlineAsmSized,
    SizedClosureCapture(LocalDefId),
    SizedCoroutineInterior(LocalDefId),
    RepeatElementCopy {
        is_constable: IsConstable,
        elt_span: Span,
    },
    FieldSized {
        adt_kind: ty::AdtKind,
        span: Span,
        last: bool,
    },
    SizedConstOrStatic,
    SharedStatic,
    BuiltinDerived(DerivedCause<'tcx>),
    ImplDerived(Box<ImplDerivedCause<'tcx>>),
    WellFormedDerived(DerivedCause<'tcx>),
    ImplDerivedHost(Box<ImplDerivedHostCause<'tcx>>),
    /// An argument of a call.
    FunctionArg {
        arg_hir_id: HirId,
        call_hir_id: HirId,
        parent_code: ObligationCauseCodeHandle<'tcx>,
    },
    CompareImplItem {
        impl_item_def_id: LocalDefId,
        trait_item_def_id: DefId,
        kind: ty::AssocTag,
    },
    CheckAssociatedTypeBounds {
        impl_item_def_id: LocalDefId,
        trait_item_def_id: DefId,
    },
    ExprAssignable,
    MatchExpressionArm(Box<MatchExpressionArmCause<'tcx>>),
    Pattern {
        /// The scrutinee or initialiser.
        span: Option<Span>,
        root_ty: Ty<'tcx>,
        origin_expr: Option<HirId>,
    },
    IfExpression {
        expr_id: HirId,
        tail_defines_return_position_impl_trait: Option<LocalDefId>,
    },
    IfExpressionWithNoElse,
    MainFunctionType,
    LangFunctionType(Symbol),
    IntrinsicType,
    LetElse,
    MethodReceiver,
    ReturnNoExpression,
    ReturnValue(HirId),
    OpaqueReturnType(Option<(Ty<'tcx>, HirId)>),
    BlockTailExpression(HirId, MatchSource),
    TrivialBound,
    AwaitableExpr(HirId),
    ForLoopIterator,
    QuestionMark,
    WellFormed(Option<WellFormedLoc>),
    MatchImpl(Box<ObligationCause<'tcx>>, DefId),
    BinOp {
        lhs_hir_id: HirId,
        rhs_hir_id: Option<HirId>,
        rhs_span: Option<Span>,
        rhs_is_lit: bool,
        output_ty: Option<Ty<'tcx>>,
    },
    UnOp {
        hir_id: HirId,
    },
    AscribeUserTypeProvePredicate(Span),
    RustCall,
    AlwaysApplicableImpl,
    ConstParam(Ty<'tcx>),
    TypeAlias(ObligationCauseCodeHandle<'tcx>, Span, DefId),
    DynCompatible(Span),
}

/// Which part of a definition must be well-formed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WellFormedLoc {
    Ty(LocalDefId),
    Param { function: LocalDefId, param_idx: usize },
}

/// Needed by another trait predicate.
#[derive(Clone, Debug)]
pub struct DerivedCause<'tcx> {
    pub parent_trait_pred: PolyTraitPredicate<'tcx>,
    pub parent_code: ObligationCauseCodeHandle<'tcx>,
}

/// Needed by an impl.
#[derive(Clone, Debug)]
pub struct ImplDerivedCause<'tcx> {
    pub derived: DerivedCause<'tcx>,
    pub impl_or_alias_def_id: DefId,
    /// The index of the bound among the impl's.
    pub impl_def_predicate_index: Option<usize>,
    pub span: Span,
}

/// Needed by a const impl.
#[derive(Clone, Debug)]
pub struct ImplDerivedHostCause<'tcx> {
    pub parent: Predicate<'tcx>,
    pub parent_code: ObligationCauseCodeHandle<'tcx>,
    pub impl_def_id: DefId,
    pub span: Span,
}

/// An arm of a `match`.
#[derive(Clone, Debug)]
pub struct MatchExpressionArmCause<'tcx> {
    pub arm_block_id: Option<HirId>,
    pub arm_ty: Ty<'tcx>,
    pub arm_span: Span,
    pub prior_arm_block_id: Option<HirId>,
    pub prior_arm_ty: Ty<'tcx>,
    pub prior_arm_span: Span,
    /// The whole `match` or scrutinee.
    pub scrut_span: Span,
    pub scrut_hir_id: HirId,
    pub expr_span: Span,
    pub source: MatchSource,
    pub prior_non_diverging_arms: Vec<Span>,
    pub tail_defines_return_position_impl_trait: Option<LocalDefId>,
}

/// Whether a repeated expression could be a constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IsConstable {
    No,
    /// A call of a `const fn`.
    Fn,
    /// A constructor.
    Ctor,
}

impl<'tcx> ObligationCauseCode<'tcx> {
    /// Without the derivations: why the first obligation was there.
    pub fn peel_derives(&self) -> &Self {
        let mut code = self;
        while let Some((parent, _)) = code.parent() {
            code = parent;
        }
        code
    }
    /// The derivation's parent: what needs this.
    pub fn parent(&self) -> Option<(&Self, Option<PolyTraitPredicate<'tcx>>)> {
        match self {
            ObligationCauseCode::FunctionArg { parent_code, .. } => Some((parent_code, None)),
            ObligationCauseCode::BuiltinDerived(d) | ObligationCauseCode::WellFormedDerived(d) => {
                Some((&d.parent_code, Some(d.parent_trait_pred)))
            }
            ObligationCauseCode::ImplDerived(d) => Some((&d.derived.parent_code, Some(d.derived.parent_trait_pred))),
            ObligationCauseCode::ImplDerivedHost(d) => Some((&d.parent_code, None)),
            ObligationCauseCode::TypeAlias(h, ..) => Some((h, None)),
            _ => None,
        }
    }
    /// The first trait predicate of a chain of derivations.
    pub fn peel_derives_with_predicate(&self) -> (&Self, Option<PolyTraitPredicate<'tcx>>) {
        let mut code = self;
        let mut pred = None;
        while let Some((parent, p)) = code.parent() {
            code = parent;
            if p.is_some() {
                pred = p;
            }
        }
        (code, pred)
    }
    /// Without the argument that a call's bound was found at.
    pub fn peel_match_impls(&self) -> &Self {
        match self {
            ObligationCauseCode::MatchImpl(cause, _) => cause.code(),
            _ => self,
        }
    }
}
