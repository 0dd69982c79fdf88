//! [`Body`]: the MIR of a function, constant, static, or promoted.

use std::ops::{Index, IndexMut};

use macros::{Decodable, Encodable, TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use rustc_index::IndexVec;
use rustc_index::bit_set::BitMatrix;
use span::def_id::DefId;
use span::{DUMMY_SP, FxIndexMap, Span, Spanned, Symbol};
use ty::{
    CanonicalUserTypeAnnotation, ErrorGuaranteed, FieldIdx, Instance, InstanceKind, Mutability, RegionVid, Ty,
    VariantIdx,
};

use crate::{
    BasicBlock, BasicBlockData, BasicBlocks, ClearCrossCrate, ConstOperand, Local, LocalDecl, LocalKind, Location,
    Place, PlaceElem, ProjectionElem, Statement, Terminator,
};

/// How far a body has come. Each phase forbids or requires constructs: see `validate.rs`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum MirPhase {
    /// From building on.
    Built,
    /// While the borrow checker's constructs are there.
    Analysis(AnalysisPhase),
    /// Drops are elaborated; what happens is what is written.
    Runtime(RuntimePhase),
}

/// Phases before drop elaboration.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum AnalysisPhase {
    Initial,
    /// Without false edges, fake reads, ascriptions.
    PostCleanup,
}

/// Phases after drop elaboration.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum RuntimePhase {
    Initial,
    /// Coroutines are state machines, boxes are looked through.
    PostCleanup,
    Optimized,
}

impl MirPhase {
    /// As in dump names and the printed comment.
    pub fn name(self) -> &'static str {
        match self {
            MirPhase::Built => "built",
            MirPhase::Analysis(AnalysisPhase::Initial) => "analysis",
            MirPhase::Analysis(AnalysisPhase::PostCleanup) => "analysis-post-cleanup",
            MirPhase::Runtime(RuntimePhase::Initial) => "runtime",
            MirPhase::Runtime(RuntimePhase::PostCleanup) => "runtime-post-cleanup",
            MirPhase::Runtime(RuntimePhase::Optimized) => "runtime-optimized",
        }
    }
    pub fn is_runtime(self) -> bool {
        matches!(self, MirPhase::Runtime(_))
    }
}

span::newtype_index! {
    /// A constant that was moved out of a body to get a `'static` place.
    pub struct Promoted = "promoted#";
}
span::newtype_index! {
    /// A lexical scope of a body.
    pub struct SourceScope = "scope";
}
span::newtype_index! {
    /// A type the user wrote in a body.
    pub struct UserTypeAnnotationIndex = "UserType";
}
span::newtype_index! {
    /// A variable that lives across a suspension point of a coroutine.
    pub struct CoroutineSavedLocal = "_s";
}
ty::trivially_traversable!(Promoted, SourceScope, UserTypeAnnotationIndex, CoroutineSavedLocal, SourceInfo, MirPhase);

/// The scope of the whole body.
pub const OUTERMOST_SOURCE_SCOPE: SourceScope = SourceScope::ZERO;

/// What a body is of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct MirSource<'tcx> {
    pub instance: InstanceKind<'tcx>,
    pub promoted: Option<Promoted>,
}

impl<'tcx> MirSource<'tcx> {
    pub fn item(def_id: DefId) -> Self {
        MirSource { instance: InstanceKind::Item(def_id), promoted: None }
    }
    pub fn from_instance(instance: InstanceKind<'tcx>) -> Self {
        MirSource { instance, promoted: None }
    }
    pub fn def_id(&self) -> DefId {
        self.instance.def_id()
    }
}

/// What a coroutine's body has besides.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct CoroutineInfo<'tcx> {
    pub yield_ty: Option<Ty<'tcx>>,
    pub resume_ty: Option<Ty<'tcx>>,
    /// `drop_in_place` of the coroutine; set by coroutine lowering.
    pub coroutine_drop: Option<Box<Body<'tcx>>>,
    /// Of an async closure's coroutine: the body that owns the closure's captures, for `AsyncFnOnce`.
    pub by_move_body: Option<Box<Body<'tcx>>>,
    pub coroutine_layout: Option<CoroutineLayout<'tcx>>,
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub coroutine_kind: hir::CoroutineKind,
}

/// The states of a coroutine and what lives in each.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct CoroutineLayout<'tcx> {
    pub field_tys: IndexVec<CoroutineSavedLocal, CoroutineSavedTy<'tcx>>,
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub field_names: IndexVec<CoroutineSavedLocal, Option<Symbol>>,
    /// The saved variables of each state; the first three are start, returned, panicked.
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub variant_fields: IndexVec<VariantIdx, IndexVec<FieldIdx, CoroutineSavedLocal>>,
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub variant_source_info: IndexVec<VariantIdx, SourceInfo>,
    /// Which saved variables live at the same time.
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub storage_conflicts: StorageConflicts,
}

/// A symmetric relation between saved locals, with a codec.
#[derive(Clone, Debug)]
pub struct StorageConflicts(pub BitMatrix<CoroutineSavedLocal, CoroutineSavedLocal>);

impl<E: span::codec::Encoder> span::codec::Encodable<E> for StorageConflicts {
    fn encode(&self, e: &mut E) {
        let n = self.0.rows().count();
        e.emit_usize(n);
        for row in self.0.rows() {
            self.0.iter(row).collect::<Vec<_>>().encode(e);
        }
    }
}
impl<D: span::codec::Decoder> span::codec::Decodable<D> for StorageConflicts {
    fn decode(d: &mut D) -> Self {
        let n = d.read_usize();
        let mut m = BitMatrix::new(n, n);
        for row in 0..n {
            let columns: Vec<CoroutineSavedLocal> = span::codec::Decodable::decode(d);
            for c in columns {
                m.insert(CoroutineSavedLocal::from_usize(row), c);
            }
        }
        StorageConflicts(m)
    }
}

/// A saved variable's type.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct CoroutineSavedTy<'tcx> {
    pub ty: Ty<'tcx>,
    pub source_info: SourceInfo,
    /// Whether auto traits do not look at it: it is moved out of, or static.
    pub ignore_for_traits: bool,
}

/// What code generation must visit even where optimisation removed the use, so that errors do not depend on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum MentionedItem<'tcx> {
    /// A function item or closure type that is called or reified.
    Fn(Ty<'tcx>),
    Drop(Ty<'tcx>),
    UnsizeCast {
        source_ty: Ty<'tcx>,
        target_ty: Ty<'tcx>,
    },
    Closure(Ty<'tcx>),
}

/// A body.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct Body<'tcx> {
    pub basic_blocks: BasicBlocks<'tcx>,
    pub phase: MirPhase,
    pub source: MirSource<'tcx>,
    /// The first is that of the whole body.
    pub source_scopes: IndexVec<SourceScope, SourceScopeData<'tcx>>,
    pub coroutine: Option<Box<CoroutineInfo<'tcx>>>,
    /// `_0` is the return place, then `arg_count` arguments, then variables and temporaries.
    pub local_decls: IndexVec<Local, LocalDecl<'tcx>>,
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub user_type_annotations: UserTypeAnnotations<'tcx>,
    pub arg_count: usize,
    /// An argument that is a tuple and is passed as its fields (closures, `rust-call`).
    pub spread_arg: Option<Local>,
    pub var_debug_info: Vec<VarDebugInfo<'tcx>>,
    pub span: Span,
    /// Constants that must evaluate even if they are not reached; `None` before they are collected.
    pub required_consts: Option<Vec<ConstOperand<'tcx>>>,
    pub mentioned_items: Option<Vec<Spanned<MentionedItem<'tcx>>>>,
    /// Whether it may depend on generic parameters.
    pub is_polymorphic: bool,
    /// For shims and custom MIR: the phase the body starts with.
    pub injection_phase: Option<MirPhase>,
    pub tainted_by_errors: Option<ErrorGuaranteed>,
}

/// The annotations of a body; they are for borrow checking and not written to metadata.
#[derive(Clone, Debug, Default)]
pub struct UserTypeAnnotations<'tcx>(pub IndexVec<UserTypeAnnotationIndex, CanonicalUserTypeAnnotation<'tcx>>);

impl<'tcx> std::ops::Deref for UserTypeAnnotations<'tcx> {
    type Target = IndexVec<UserTypeAnnotationIndex, CanonicalUserTypeAnnotation<'tcx>>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
impl std::ops::DerefMut for UserTypeAnnotations<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
impl<E: span::codec::Encoder> span::codec::Encodable<E> for UserTypeAnnotations<'_> {
    fn encode(&self, _: &mut E) {}
}
impl<D: span::codec::Decoder> span::codec::Decodable<D> for UserTypeAnnotations<'_> {
    fn decode(_: &mut D) -> Self {
        UserTypeAnnotations::default()
    }
}

impl<'tcx> Body<'tcx> {
    pub fn new(
        source: MirSource<'tcx>,
        basic_blocks: IndexVec<BasicBlock, BasicBlockData<'tcx>>,
        source_scopes: IndexVec<SourceScope, SourceScopeData<'tcx>>,
        local_decls: IndexVec<Local, LocalDecl<'tcx>>,
        user_type_annotations: IndexVec<UserTypeAnnotationIndex, CanonicalUserTypeAnnotation<'tcx>>,
        arg_count: usize,
        var_debug_info: Vec<VarDebugInfo<'tcx>>,
        span: Span,
        coroutine: Option<Box<CoroutineInfo<'tcx>>>,
        tainted_by_errors: Option<ErrorGuaranteed>,
    ) -> Self {
        assert!(local_decls.len() > arg_count, "a body declares its return place and arguments");
        let mut body = Body {
            basic_blocks: BasicBlocks::new(basic_blocks),
            phase: MirPhase::Built,
            source,
            source_scopes,
            coroutine,
            local_decls,
            user_type_annotations: UserTypeAnnotations(user_type_annotations),
            arg_count,
            spread_arg: None,
            var_debug_info,
            span,
            required_consts: None,
            mentioned_items: None,
            is_polymorphic: false,
            injection_phase: None,
            tainted_by_errors,
        };
        body.is_polymorphic = ty::visit::TypeVisitableExt::has_non_region_param(&body);
        body
    }
    /// A body of blocks alone, for tests of graph algorithms.
    pub fn new_cfg_only(
        basic_blocks: IndexVec<BasicBlock, BasicBlockData<'tcx>>,
        local_decls: IndexVec<Local, LocalDecl<'tcx>>,
    ) -> Self {
        Body {
            basic_blocks: BasicBlocks::new(basic_blocks),
            phase: MirPhase::Built,
            source: MirSource::item(span::def_id::CRATE_DEF_ID.to_def_id()),
            source_scopes: IndexVec::new(),
            coroutine: None,
            local_decls,
            user_type_annotations: UserTypeAnnotations::default(),
            arg_count: 0,
            spread_arg: None,
            var_debug_info: Vec::new(),
            span: DUMMY_SP,
            required_consts: None,
            mentioned_items: None,
            is_polymorphic: false,
            injection_phase: None,
            tainted_by_errors: None,
        }
    }
    #[inline]
    pub fn basic_blocks_mut(&mut self) -> &mut IndexVec<BasicBlock, BasicBlockData<'tcx>> {
        self.basic_blocks.as_mut()
    }
    pub fn local_kind(&self, local: Local) -> LocalKind {
        let index = local.as_usize();
        if index == 0 {
            LocalKind::ReturnPointer
        } else if index <= self.arg_count {
            LocalKind::Arg
        } else {
            LocalKind::Temp
        }
    }
    pub fn mut_vars_iter(&self) -> impl Iterator<Item = Local> + '_ {
        (self.arg_count + 1..self.local_decls.len()).map(Local::from_usize).filter(|&l| {
            let decl = &self.local_decls[l];
            decl.is_user_variable() && decl.mutability == Mutability::Mut
        })
    }
    pub fn args_iter(&self) -> impl DoubleEndedIterator<Item = Local> + ExactSizeIterator + use<> {
        (1..self.arg_count + 1).map(Local::from_usize)
    }
    pub fn vars_and_temps_iter(&self) -> impl DoubleEndedIterator<Item = Local> + ExactSizeIterator + use<> {
        (self.arg_count + 1..self.local_decls.len()).map(Local::from_usize)
    }
    /// Where a point is in the source.
    pub fn source_info(&self, location: Location) -> &SourceInfo {
        let block = &self[location.block];
        match block.statements.get(location.statement_index) {
            Some(stmt) => &stmt.source_info,
            None => &block.terminator().source_info,
        }
    }
    #[inline]
    pub fn return_ty(&self) -> Ty<'tcx> {
        self.local_decls[crate::RETURN_PLACE].ty
    }
    pub fn terminator_loc(&self, bb: BasicBlock) -> Location {
        Location { block: bb, statement_index: self[bb].statements.len() }
    }
    /// The statement or terminator at a point.
    pub fn stmt_at(&self, location: Location) -> Result<&Statement<'tcx>, &Terminator<'tcx>> {
        let block = &self[location.block];
        match block.statements.get(location.statement_index) {
            Some(stmt) => Ok(stmt),
            None => Err(block.terminator()),
        }
    }
    pub fn yield_ty(&self) -> Option<Ty<'tcx>> {
        self.coroutine.as_ref().and_then(|c| c.yield_ty)
    }
    pub fn resume_ty(&self) -> Option<Ty<'tcx>> {
        self.coroutine.as_ref().and_then(|c| c.resume_ty)
    }
    pub fn coroutine_kind(&self) -> Option<hir::CoroutineKind> {
        self.coroutine.as_ref().map(|c| c.coroutine_kind)
    }
    pub fn coroutine_layout_raw(&self) -> Option<&CoroutineLayout<'tcx>> {
        self.coroutine.as_ref().and_then(|c| c.coroutine_layout.as_ref())
    }
    pub fn coroutine_by_move_body(&self) -> Option<&Body<'tcx>> {
        self.coroutine.as_ref().and_then(|c| c.by_move_body.as_deref())
    }
    pub fn coroutine_drop(&self) -> Option<&Body<'tcx>> {
        self.coroutine.as_ref().and_then(|c| c.coroutine_drop.as_deref())
    }
    pub fn set_required_consts(&mut self, required: Vec<ConstOperand<'tcx>>) {
        self.required_consts = Some(required);
    }
    pub fn required_consts(&self) -> &[ConstOperand<'tcx>] {
        self.required_consts.as_deref().unwrap_or(&[])
    }
    pub fn set_mentioned_items(&mut self, mentioned: Vec<Spanned<MentionedItem<'tcx>>>) {
        self.mentioned_items = Some(mentioned);
    }
    pub fn mentioned_items(&self) -> &[Spanned<MentionedItem<'tcx>>] {
        self.mentioned_items.as_deref().unwrap_or(&[])
    }
}

impl<'tcx> Index<BasicBlock> for Body<'tcx> {
    type Output = BasicBlockData<'tcx>;
    #[inline]
    fn index(&self, index: BasicBlock) -> &BasicBlockData<'tcx> {
        &self.basic_blocks[index]
    }
}
impl<'tcx> IndexMut<BasicBlock> for Body<'tcx> {
    #[inline]
    fn index_mut(&mut self, index: BasicBlock) -> &mut BasicBlockData<'tcx> {
        &mut self.basic_blocks.as_mut()[index]
    }
}

/// A span and the scope it is in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct SourceInfo {
    pub span: Span,
    pub scope: SourceScope,
}

impl SourceInfo {
    pub fn outermost(span: Span) -> Self {
        SourceInfo { span, scope: OUTERMOST_SOURCE_SCOPE }
    }
}

/// A scope.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct SourceScopeData<'tcx> {
    pub span: Span,
    pub parent_scope: Option<SourceScope>,
    /// For the root scope of an inlined body: the callee and the call's span.
    pub inlined: Option<(Instance<'tcx>, Span)>,
    /// The nearest enclosing scope that has `inlined`.
    pub inlined_parent_scope: Option<SourceScope>,
    pub local_data: ClearCrossCrate<SourceScopeLocalData>,
}

/// What lints want to know of a scope.
#[derive(Clone, Copy, Debug)]
pub struct SourceScopeLocalData {
    /// The node whose lint levels hold.
    pub lint_root: hir::HirId,
}

impl SourceScope {
    /// The node whose lint levels hold, if the body is of this crate.
    pub fn lint_root(self, scopes: &IndexVec<SourceScope, SourceScopeData<'_>>) -> Option<hir::HirId> {
        let mut data = &scopes[self];
        while let Some((_, _)) = data.inlined {
            data = &scopes[data.parent_scope?];
        }
        match &data.local_data {
            ClearCrossCrate::Set(data) => Some(data.lint_root),
            ClearCrossCrate::Clear => None,
        }
    }
    /// The callee that the scope was inlined from.
    pub fn inlined_instance<'tcx>(
        self,
        scopes: &IndexVec<SourceScope, SourceScopeData<'tcx>>,
    ) -> Option<Instance<'tcx>> {
        let data = &scopes[self];
        match data.inlined {
            Some((callee, _)) => Some(callee),
            None => scopes[data.inlined_parent_scope?].inlined.map(|(callee, _)| callee),
        }
    }
}

/// A user variable as debuggers and pretty printing name it.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct VarDebugInfo<'tcx> {
    pub name: Symbol,
    pub source_info: SourceInfo,
    /// For variables that were split in parts.
    pub composite: Option<Box<VarDebugInfoFragment<'tcx>>>,
    pub value: VarDebugInfoContents<'tcx>,
    /// The parameter's number, from 1.
    pub argument_index: Option<u32>,
}

/// A part of a variable.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct VarDebugInfoFragment<'tcx> {
    pub ty: Ty<'tcx>,
    pub projection: Vec<PlaceElem<'tcx>>,
}

/// Where a variable is.
#[derive(Clone, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum VarDebugInfoContents<'tcx> {
    Place(Place<'tcx>),
    Const(ConstOperand<'tcx>),
}

/// Types the user wrote that hold for a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encodable, Decodable)]
pub struct UserTypeProjections {
    pub contents: Vec<UserTypeProjection>,
}

impl UserTypeProjections {
    pub fn none() -> Self {
        UserTypeProjections::default()
    }
    pub fn is_empty(&self) -> bool {
        self.contents.is_empty()
    }
    pub fn projections(&self) -> impl Iterator<Item = &UserTypeProjection> {
        self.contents.iter()
    }
}

/// A part of a type the user wrote: the binding of `let (x, _): (T, U)` has `(T, U).0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Encodable, Decodable)]
pub struct UserTypeProjection {
    pub base: UserTypeAnnotationIndex,
    pub projs: Vec<ProjectionKind>,
}
ty::trivially_traversable!(UserTypeProjection);

impl UserTypeProjection {
    pub fn new(base: UserTypeAnnotationIndex) -> Self {
        UserTypeProjection { base, projs: Vec::new() }
    }
}

/// A projection without types or locals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encodable, Decodable)]
pub enum ProjectionKind {
    Deref,
    Field(FieldIdx),
    Index,
    ConstantIndex { offset: u64, min_length: u64, from_end: bool },
    Subslice { from: u64, to: u64, from_end: bool },
    Downcast(Option<Symbol>, VariantIdx),
    OpaqueCast,
    UnwrapUnsafeBinder,
}

impl<V, T> From<ProjectionElem<V, T>> for ProjectionKind {
    fn from(elem: ProjectionElem<V, T>) -> Self {
        match elem {
            ProjectionElem::Deref => ProjectionKind::Deref,
            ProjectionElem::Field(f, _) => ProjectionKind::Field(f),
            ProjectionElem::Index(_) => ProjectionKind::Index,
            ProjectionElem::ConstantIndex { offset, min_length, from_end } => {
                ProjectionKind::ConstantIndex { offset, min_length, from_end }
            }
            ProjectionElem::Subslice { from, to, from_end } => ProjectionKind::Subslice { from, to, from_end },
            ProjectionElem::Downcast(name, v) => ProjectionKind::Downcast(name, v),
            ProjectionElem::OpaqueCast(_) => ProjectionKind::OpaqueCast,
            ProjectionElem::UnwrapUnsafeBinder(_) => ProjectionKind::UnwrapUnsafeBinder,
        }
    }
}

/// What a constant's value may hold, from its body (`mir_const_qualif`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encodable, Decodable)]
pub struct ConstQualifs {
    pub has_mut_interior: bool,
    pub needs_drop: bool,
    pub needs_non_const_drop: bool,
    pub tainted_by_errors: Option<ErrorGuaranteed>,
}

/// What borrow checking a body found (`mir_borrowck`).
#[derive(Clone, Debug, Default)]
pub struct BorrowCheckResult<'tcx> {
    /// Hidden types of opaque types with their regions.
    pub concrete_opaque_types: FxIndexMap<span::def_id::LocalDefId, ty::OpaqueHiddenType<'tcx>>,
    /// For closures: what their creator must prove.
    pub closure_requirements: Option<ClosureRegionRequirements<'tcx>>,
    pub used_mut_upvars: Vec<FieldIdx>,
    pub tainted_by_errors: Option<ErrorGuaranteed>,
}

/// Obligations of a closure on its creator's regions.
#[derive(Clone, Debug)]
pub struct ClosureRegionRequirements<'tcx> {
    /// The number of regions that come from outside, `'static` included.
    pub num_external_vids: usize,
    pub outlives_requirements: Vec<ClosureOutlivesRequirement<'tcx>>,
}

/// `subject: outlived_free_region`
#[derive(Clone, Copy, Debug)]
pub struct ClosureOutlivesRequirement<'tcx> {
    pub subject: ClosureOutlivesSubject<'tcx>,
    pub outlived_free_region: RegionVid,
    pub blame_span: Span,
    pub category: ConstraintCategory<'tcx>,
}

/// A region or type.
#[derive(Clone, Copy, Debug)]
pub enum ClosureOutlivesSubject<'tcx> {
    /// With the closure's external regions as `ReVar`.
    Ty(Ty<'tcx>),
    Region(RegionVid),
}

/// Why a region must outlive another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ConstraintCategory<'tcx> {
    Return(ReturnConstraint),
    Yield,
    UseAsConst,
    UseAsStatic,
    TypeAnnotation(AnnotationSource),
    Cast { is_raw_ptr_dyn_type_cast: bool, unsize_to: Option<OrdTy<'tcx>>, is_implicit_coercion: bool },
    CallArgument(Option<OrdTy<'tcx>>),
    CopyBound,
    SizedBound,
    Assignment,
    Usage,
    OpaqueType,
    ClosureUpvar(FieldIdx),
    Predicate(Span),
    Boring,
    BoringNoLocation,
    Internal,
    OutlivesUnnameablePlaceholder(RegionVid),
}

/// A type in a category; categories are ordered by kind, types do not count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OrdTy<'tcx>(pub Ty<'tcx>);
impl PartialOrd for OrdTy<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for OrdTy<'_> {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

/// What is returned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ReturnConstraint {
    Normal,
    ClosureUpvar(FieldIdx),
}

/// Where a type was written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AnnotationSource {
    Ascription,
    Declaration,
    OpaqueCast,
    GenericArg,
}
