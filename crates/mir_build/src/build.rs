//! MIR from THIR. `scope.rs` knows what is dropped when; `expr/` builds expressions by what is wanted of them (into a
//! place, as a place, as an operand, as an rvalue, as a statement); `matches/` compiles patterns; `block.rs` blocks.
//!
//! Invariant: values are dropped through scheduled drops only; whatever can unwind calls `diverge_from`.

mod block;
mod cfg;
mod drop_tree;
mod expr;
mod finish;
mod matches;
mod misc;
mod scope;

use hir::HirId;
use hir::def::DefKind;
use mir::{
    BasicBlock, BindingForm, BlockTailInfo, Body, ClearCrossCrate, CoroutineInfo, Local, LocalDecl, LocalInfo,
    Mutability, Place, PlaceElem, ProjectionElem, START_BLOCK, SourceInfo, SourceScope, SourceScopeData,
    SourceScopeLocalData, TerminatorKind, UserTypeAnnotationIndex, VarBindingForm, VarBindingIntroduction,
    VarDebugInfo, VarDebugInfoContents,
};
use query::{Steal, TyCtxt};
use rustc_index::IndexVec;
use span::def_id::{DefId, LocalDefId};
use span::{FxHashMap, Span, Symbol, sym};
use ty::{
    CanonicalUserTypeAnnotation, CapturedPlace, ExternAbi, FieldIdx, Ty, TyKind, TypingEnv, TypingMode, UpvarCapture,
};

use crate::region::{Scope as RegionScope, ScopeData};
use crate::thir::cx::{take_thir, typeck_of};
use crate::thir::{BodyTy, ExprId, LintLevel, LocalVarId, Param, PatKind, Thir};
use cfg::{BlockAnd, BlockAndExtension, Cfg};
use drop_tree::DropKind;
use matches::{GuardFrame, LocalsForNode};
use scope::Scopes;

pub use finish::build_adt_ctor;

/// Query `mir_built`.
pub fn mir_built<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> &'tcx Steal<Body<'tcx>> {
    let body = mir_build(tcx, def);
    if cfg!(debug_assertions) {
        tcx.validate_mir(&body, "built");
    }
    tcx.arena().alloc(Steal::new(body))
}

fn mir_build<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> Body<'tcx> {
    if let hir::Node::Ctor(_) = tcx.hir_node_by_def_id(def) {
        return finish::build_adt_ctor(tcx, def.to_def_id());
    }
    let checked = tcx.check_match(def);
    let thir = take_thir(tcx, def);
    let thir = match (checked, thir) {
        (Ok(()), Ok(thir)) => thir,
        (Err(guar), _) | (_, Err(guar)) => return finish::construct_error(tcx, def, guar),
    };
    let (thir, expr) = (&thir.0, thir.1);
    match thir.body_type {
        BodyTy::Fn(sig) => construct_fn(tcx, def, thir, expr, sig),
        BodyTy::Const(ty) | BodyTy::GlobalAsm(ty) => construct_const(tcx, def, thir, expr, ty),
    }
}

/// Where in a block an expression stands.
#[derive(Clone, Copy, Debug)]
enum BlockFrame {
    /// In a statement.
    Statement { ignores_expr_result: bool },
    /// In the tail expression.
    TailExpr { info: BlockTailInfo },
    /// An operand of something.
    SubExpr,
}

#[derive(Default)]
struct BlockContext(Vec<BlockFrame>);

impl BlockContext {
    fn push(&mut self, frame: BlockFrame) {
        self.0.push(frame);
    }
    fn pop(&mut self) -> Option<BlockFrame> {
        self.0.pop()
    }
    /// The outermost tail expression that the current expression ends.
    fn currently_in_block_tail(&self) -> Option<BlockTailInfo> {
        let mut found = None;
        for frame in self.0.iter().rev() {
            match frame {
                BlockFrame::SubExpr => continue,
                BlockFrame::Statement { .. } => break,
                BlockFrame::TailExpr { info } => {
                    found = Some(*info);
                    break;
                }
            }
        }
        found
    }
    /// Whether the value of a tail expression here goes nowhere.
    fn currently_ignores_tail_results(&self) -> bool {
        match self.0.last() {
            // The tail of a function's body is its result.
            None | Some(BlockFrame::SubExpr) => false,
            Some(
                BlockFrame::TailExpr { info: BlockTailInfo { tail_result_is_ignored: ignored, .. } }
                | BlockFrame::Statement { ignores_expr_result: ignored },
            ) => *ignored,
        }
    }
}

/// A captured variable of the closure that is built.
struct Capture<'tcx> {
    captured_place: CapturedPlace<'tcx>,
    /// The closure's field, behind its reference if it is one.
    use_place: Place<'tcx>,
    mutability: Mutability,
}

/// Builds one body.
struct Builder<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    typing_env: TypingEnv<'tcx>,
    thir: &'a Thir<'tcx>,
    cfg: Cfg<'tcx>,
    def_id: LocalDefId,
    hir_id: HirId,
    parent_module: DefId,
    check_overflow: bool,
    fn_span: Span,
    arg_count: usize,
    coroutine: Option<Box<CoroutineInfo<'tcx>>>,
    scopes: Scopes<'tcx>,
    block_context: BlockContext,
    source_scopes: IndexVec<SourceScope, SourceScopeData<'tcx>>,
    source_scope: SourceScope,
    /// The guards that are being built, innermost last.
    guard_context: Vec<GuardFrame>,
    /// Temporaries that several alternatives of an arm share, by expression.
    fixed_temps: FxHashMap<ExprId, Local>,
    fixed_temps_scope: Option<RegionScope>,
    var_indices: FxHashMap<LocalVarId, LocalsForNode>,
    local_decls: IndexVec<Local, LocalDecl<'tcx>>,
    user_types: IndexVec<UserTypeAnnotationIndex, CanonicalUserTypeAnnotation<'tcx>>,
    upvars: Vec<Capture<'tcx>>,
    unit_temp: Option<Place<'tcx>>,
    var_debug_info: Vec<VarDebugInfo<'tcx>>,
    /// An error on the way: the body must not be used.
    tainted: Option<span::ErrorGuaranteed>,
}

fn construct_fn<'tcx>(
    tcx: TyCtxt<'tcx>,
    def: LocalDefId,
    thir: &Thir<'tcx>,
    expr: ExprId,
    sig: ty::FnSig<'tcx>,
) -> Body<'tcx> {
    let hir_body = tcx.hir_body_owned_by(def);
    let span = tcx.def_span(def.to_def_id());
    let span_with_body = span.with_hi(hir_body.value.span.hi().max(span.hi()));
    let span_with_body = if hir_body.value.span.ctxt() == span.ctxt() { span_with_body } else { span };
    let mut abi = sig.abi;
    // A closure's body has its parameters apart.
    if tcx.def_kind(def) == DefKind::Closure {
        abi = ExternAbi::Rust;
    }
    let coroutine = coroutine_info(tcx, def);
    let n = thir.params.len();
    let mut b = Builder::new(tcx, thir, def, span_with_body, n, sig.output(), return_span(tcx, def, span), coroutine);
    let local_id = hir_body.value.hir_id.local_id;
    let call_site = RegionScope { local_id, data: ScopeData::CallSite };
    let args_scope = RegionScope { local_id, data: ScopeData::Arguments };
    let source_info = b.source_info(span);
    let _ = b.in_scope((call_site, source_info), LintLevel::Inherited, |b| {
        let fn_end = span_with_body.shrink_to_hi();
        let return_block = b
            .in_breakable_scope(None, Place::return_place(), fn_end, |b| {
                Some(b.in_scope((args_scope, source_info), LintLevel::Inherited, |b| {
                    b.args_and_body(START_BLOCK, args_scope, expr)
                }))
            })
            .into_block();
        let source_info = b.source_info(fn_end);
        b.cfg.terminate(return_block, source_info, TerminatorKind::Return);
        b.build_drop_trees();
        return_block.unit()
    });
    let mut body = b.finish();
    body.spread_arg = (abi == ExternAbi::RustCall).then(|| Local::from_usize(n));
    body
}

fn return_span(tcx: TyCtxt<'_>, def: LocalDefId, fn_span: Span) -> Span {
    tcx.hir_node_by_def_id(def).fn_decl().map_or(fn_span, |d| d.output.span())
}

fn coroutine_info<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> Option<Box<CoroutineInfo<'tcx>>> {
    let kind = tcx.coroutine_kind(def.to_def_id())?;
    let ty = typeck_of(tcx, def).node_type(tcx.local_def_id_to_hir_id(def));
    let TyKind::Coroutine(_, args) = *ty.kind() else { return None };
    let args = args.as_coroutine();
    Some(Box::new(CoroutineInfo {
        yield_ty: Some(args.yield_ty()),
        resume_ty: Some(args.resume_ty()),
        coroutine_drop: None,
        by_move_body: None,
        coroutine_layout: None,
        coroutine_kind: kind,
    }))
}

fn construct_const<'tcx>(
    tcx: TyCtxt<'tcx>,
    def: LocalDefId,
    thir: &Thir<'tcx>,
    expr: ExprId,
    ty: Ty<'tcx>,
) -> Body<'tcx> {
    let span = tcx.def_span(def.to_def_id());
    let mut b = Builder::new(tcx, thir, def, span, 0, ty, span, None);
    let block = b.expr_into_dest(Place::return_place(), START_BLOCK, expr).into_block();
    let source_info = b.source_info(span);
    b.cfg.terminate(block, source_info, TerminatorKind::Return);
    b.build_drop_trees();
    b.finish()
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    fn new(
        tcx: TyCtxt<'tcx>,
        thir: &'a Thir<'tcx>,
        def: LocalDefId,
        span: Span,
        arg_count: usize,
        return_ty: Ty<'tcx>,
        return_span: Span,
        coroutine: Option<Box<CoroutineInfo<'tcx>>>,
    ) -> Self {
        let hir_id = tcx.local_def_id_to_hir_id(def);
        let kind = tcx.hir_body_owner_kind(def);
        let is_const = matches!(kind, hir::BodyOwnerKind::Const { .. } | hir::BodyOwnerKind::Static(_));
        // Some functions of the library check overflow if their user does.
        let check_overflow = is_const
            || tcx.sess().overflow_checks()
            || tcx.has_attr(def.to_def_id(), sym::rustc_inherit_overflow_checks);
        let mut b = Builder {
            tcx,
            typing_env: TypingEnv {
                typing_mode: TypingMode::Analysis { defining_opaque_types: tcx.opaque_types_defined_by(def) },
                param_env: tcx.param_env(def.to_def_id()),
            },
            thir,
            cfg: Cfg::default(),
            def_id: def,
            hir_id,
            parent_module: tcx.parent_module(hir_id).to_def_id(),
            check_overflow,
            fn_span: span,
            arg_count,
            coroutine,
            scopes: Scopes::new(),
            block_context: BlockContext::default(),
            source_scopes: IndexVec::new(),
            source_scope: mir::OUTERMOST_SOURCE_SCOPE,
            guard_context: Vec::new(),
            fixed_temps: Default::default(),
            fixed_temps_scope: None,
            var_indices: Default::default(),
            local_decls: IndexVec::new(),
            user_types: IndexVec::new(),
            upvars: Vec::new(),
            unit_temp: None,
            var_debug_info: Vec::new(),
            tainted: None,
        };
        assert_eq!(b.cfg.start_new_block(), START_BLOCK);
        b.source_scopes.push(SourceScopeData {
            span,
            parent_scope: None,
            inlined: None,
            inlined_parent_scope: None,
            local_data: ClearCrossCrate::Set(SourceScopeLocalData { lint_root: hir_id }),
        });
        b.local_decls.push(LocalDecl::new(return_ty, return_span));
        b
    }

    fn finish(self) -> Body<'tcx> {
        Body::new(
            mir::MirSource::item(self.def_id.to_def_id()),
            self.cfg.basic_blocks,
            self.source_scopes,
            self.local_decls,
            self.user_types,
            self.arg_count,
            self.var_debug_info,
            self.fn_span,
            self.coroutine,
            self.tainted,
        )
    }

    /// The captures, as fields of the first argument.
    fn insert_upvar_arg(&mut self) {
        if self.arg_count == 0 || self.tcx.def_kind(self.def_id) != DefKind::Closure {
            return;
        }
        let closure_arg = Local::from_u32(1);
        let mut env: Vec<PlaceElem<'tcx>> = Vec::new();
        let mut closure_ty = self.local_decls[closure_arg].ty;
        if let TyKind::Ref(_, inner, _) = *closure_ty.kind() {
            env.push(ProjectionElem::Deref);
            closure_ty = inner;
        }
        let upvar_tys = match *closure_ty.kind() {
            TyKind::Closure(_, args) => args.as_closure().upvar_tys(),
            TyKind::Coroutine(_, args) => args.as_coroutine().upvar_tys(),
            TyKind::CoroutineClosure(_, args) => match *args.as_coroutine_closure().tupled_upvars_ty().kind() {
                TyKind::Tuple(tys) => tys,
                _ => ty::List::empty(),
            },
            _ => return,
        };
        let typeck = typeck_of(self.tcx, self.def_id);
        let captures = typeck.closure_min_captures_flattened(self.def_id).zip(upvar_tys.iter());
        for (i, (captured_place, ty)) in captures.enumerate() {
            let mut projs = env.clone();
            projs.push(ProjectionElem::Field(FieldIdx::from_usize(i), ty));
            if let UpvarCapture::ByRef(_) = captured_place.info.capture_kind {
                projs.push(ProjectionElem::Deref);
            }
            let use_place = Place { local: closure_arg, projection: self.tcx.mk_place_elems(&projs) };
            self.var_debug_info.push(VarDebugInfo {
                name: capture_name(captured_place),
                source_info: SourceInfo::outermost(captured_place.var_ident.span),
                value: VarDebugInfoContents::Place(use_place),
                composite: None,
                argument_index: None,
            });
            let mutability = captured_place.mutability;
            self.upvars.push(Capture { captured_place: captured_place.clone(), use_place, mutability });
        }
    }

    fn args_and_body(&mut self, mut block: BasicBlock, args_scope: RegionScope, expr: ExprId) -> BlockAnd<()> {
        let expr_span = self.thir[expr].span;
        let thir = self.thir;
        for (i, param) in thir.params.iter().enumerate() {
            let span = param.pat.as_ref().map_or(self.fn_span, |p| p.span);
            let source_info = SourceInfo::outermost(span);
            let local = self.local_decls.push(LocalDecl::with_source_info(param.ty, source_info));
            if let Some(name) = param.pat.as_ref().and_then(|p| p.simple_ident()) {
                self.var_debug_info.push(VarDebugInfo {
                    name,
                    source_info,
                    value: VarDebugInfoContents::Place(local.into()),
                    composite: None,
                    argument_index: Some(i as u32 + 1),
                });
            }
        }
        self.insert_upvar_arg();
        let mut scope = None;
        for (i, param) in thir.params.iter().enumerate() {
            let local = Local::from_usize(i + 1);
            // Whatever the pattern leaves in the argument is dropped.
            self.schedule_drop(args_scope, local, DropKind::Value);
            let Some(pat) = &param.pat else { continue };
            let original = self.source_scope;
            match pat.kind {
                PatKind::Binding {
                    var, mode: hir::BindingMode(hir::ByRef::No, mutability), subpattern: None, ..
                } => {
                    self.declare_plain_param(local, param, mutability, pat.span);
                    self.var_indices.insert(var, LocalsForNode::One(local));
                }
                _ => {
                    scope = self.declare_bindings(scope, expr_span, pat, None, Some((Some(local.into()), pat.span)));
                    let place = expr::PlaceBuilder::from(local);
                    block = self.place_into_pattern(block, pat, place, false).into_block();
                }
            }
            self.source_scope = original;
        }
        if let Some(source_scope) = scope {
            self.source_scope = source_scope;
        }
        self.expr_into_dest(Place::return_place(), block, expr)
    }

    fn declare_plain_param(&mut self, local: Local, param: &Param<'tcx>, mutability: Mutability, span: Span) {
        let info = match param.self_kind {
            Some(kind) => BindingForm::ImplicitSelf(kind),
            None => BindingForm::Var(VarBindingForm {
                binding_mode: hir::BindingMode(hir::ByRef::No, mutability),
                opt_ty_info: param.ty_span,
                opt_match_place: Some((None, span)),
                pat_span: span,
                introductions: vec![VarBindingIntroduction { span, is_shorthand: false }],
            }),
        };
        let decl = &mut self.local_decls[local];
        decl.mutability = mutability;
        decl.source_info.scope = self.source_scope;
        decl.local_info = ClearCrossCrate::Set(Box::new(LocalInfo::User(info)));
    }
}

/// A capture's name: the variable's, and the fields'.
fn capture_name(captured: &CapturedPlace<'_>) -> Symbol {
    use ty::hir_place::ProjectionKind;
    let mut name = captured.var_ident.name.to_string();
    for (i, proj) in captured.place.projections.iter().enumerate() {
        if let ProjectionKind::Field(idx, variant) = proj.kind {
            match captured.place.ty_before_projection(i).kind() {
                TyKind::Tuple(_) => name.push_str(&format!("__{}", idx.as_u32())),
                TyKind::Adt(def, _) => {
                    let variant = if def.is_enum() { variant } else { ty::FIRST_VARIANT };
                    name.push_str(&format!("__{}", def.variant(variant).fields[idx].name));
                }
                _ => {}
            }
        }
    }
    Symbol::intern(&name)
}
