//! What is not allowed at compile time, and how that is said.

use diagnostics::codes::{E0015, E0492, E0493, E0658, E0764};
use diagnostics::{Applicability, Diag, MultiSpan};
use hir::{ConstContext, LangItem};
use mir::CallSource;
use span::def_id::DefId;
use span::{DesugaringKind, Span, Symbol};
use ty::{GenericArgsRef, Ty, TyKind};

use super::ConstCx;

/// A call of something that is not const.
#[derive(Clone, Copy)]
pub(super) struct Call<'tcx> {
    pub callee: DefId,
    pub args: GenericArgsRef<'tcx>,
    pub span: Span,
    pub source: CallSource,
}

/// An operation that is not allowed.
#[derive(Clone, Copy)]
pub(super) enum Op<'tcx> {
    FnCallIndirect,
    /// Allowed with `const_trait_impl`.
    ConditionallyConstCall(Call<'tcx>),
    FnCallNonConst(Call<'tcx>),
    CallUnstable {
        def_id: DefId,
        feature: Symbol,
    },
    IntrinsicNonConst(Symbol),
    IntrinsicUnstable {
        name: Symbol,
        feature: Symbol,
    },
    Coroutine(hir::CoroutineKind),
    InlineAsm,
    LiveDrop {
        dropped_at: Span,
        ty: Ty<'tcx>,
        non_const: bool,
    },
    EscapingCellBorrow,
    EscapingMutBorrow,
    PanicNonStr,
    RawPtrComparison,
    RawPtrToIntCast,
    ThreadLocalAccess,
}

/// Whether a feature allows an operation.
pub(super) enum Status {
    Unstable(Symbol),
    Forbidden,
}

/// Whether an error is said beside others.
pub(super) enum Importance {
    Primary,
    /// It mostly follows from another.
    Secondary,
}

impl<'tcx> Op<'tcx> {
    pub fn status(&self) -> Status {
        let gate = |s: &str| Status::Unstable(Symbol::intern(s));
        match self {
            Op::ConditionallyConstCall(_) => gate("const_trait_impl"),
            Op::CallUnstable { feature, .. } | Op::IntrinsicUnstable { feature, .. } => Status::Unstable(*feature),
            Op::LiveDrop { non_const: false, .. } => gate("const_destruct"),
            Op::Coroutine(kind) if is_async_block(*kind) => gate("const_async_blocks"),
            _ => Status::Forbidden,
        }
    }
    pub fn importance(&self) -> Importance {
        match self {
            Op::EscapingCellBorrow | Op::EscapingMutBorrow => Importance::Secondary,
            _ => Importance::Primary,
        }
    }
    pub fn build<'cx>(&self, cx: &ConstCx<'_, 'tcx>, span: Span) -> Diag<'cx>
    where
        'tcx: 'cx,
    {
        let dcx = cx.tcx.dcx();
        let kind = cx.kind_name();
        match *self {
            Op::FnCallIndirect => dcx.struct_span_err(span, format!("function pointer calls are not allowed in {kind}s")),
            Op::ConditionallyConstCall(call) => {
                let mut diag = call_error(cx, call, "conditionally");
                diag.code(E0658);
                session::add_feature_diagnostics(&mut diag, cx.tcx.sess(), Symbol::intern("const_trait_impl"));
                diag
            }
            Op::FnCallNonConst(call) => {
                let mut diag = call_error(cx, call, "non");
                if let Some(ConstContext::Static(_)) = cx.const_kind {
                    diag.note("consider wrapping this expression in `std::sync::LazyLock::new(|| ...)`");
                }
                diag
            }
            Op::CallUnstable { def_id, feature } => {
                let path = cx.tcx.def_path_str(def_id);
                let what = if cx.tcx.is_trait(def_id) { "trait" } else { "fn" };
                let mut diag = dcx.struct_span_err(span, format!("`{path}` is not yet stable as a const {what}"));
                if cx.tcx.sess().is_nightly_build() {
                    diag.help(format!("add `#![feature({feature})]` to the crate attributes to enable"));
                }
                diag
            }
            Op::IntrinsicNonConst(name) => {
                dcx.struct_span_err(span, format!("cannot call non-const intrinsic `{name}` in {kind}s")).with_code(E0015)
            }
            Op::IntrinsicUnstable { name, feature } => {
                let mut diag = dcx.struct_span_err(span, format!("`{name}` is not yet stable as a const intrinsic"));
                diag.help(format!("add `#![feature({feature})]` to the crate attributes to enable"));
                diag
            }
            Op::Coroutine(k) => {
                let msg = format!("{} are not allowed in {kind}s", plural(k));
                if is_async_block(k) {
                    session::feature_err(cx.tcx.sess(), Symbol::intern("const_async_blocks"), span, msg)
                } else {
                    dcx.struct_span_err(span, msg)
                }
            }
            Op::InlineAsm => {
                dcx.struct_span_err(span, format!("inline assembly is not allowed in {kind}s")).with_code(E0015)
            }
            Op::LiveDrop { dropped_at, ty, non_const } => {
                let mut diag = dcx
                    .struct_span_err(span, format!("destructor of `{ty}` cannot be evaluated at compile-time"))
                    .with_code(E0493);
                diag.span_label(span, format!("the destructor for this type cannot be evaluated in {kind}s"));
                if !dropped_at.is_dummy() {
                    diag.span_label(dropped_at, "value is dropped here");
                }
                if !non_const {
                    diag.code(E0658);
                    session::add_feature_diagnostics(&mut diag, cx.tcx.sess(), Symbol::intern("const_destruct"));
                }
                diag
            }
            Op::EscapingCellBorrow => escaping(
                dcx.struct_span_err(
                    span,
                    "interior mutable shared borrows of temporaries that have their lifetime extended until the end of \
                     the program are not allowed",
                )
                .with_code(E0492),
                span,
                "this borrow of an interior mutable value refers to such a temporary",
            ),
            Op::EscapingMutBorrow => escaping(
                dcx.struct_span_err(
                    span,
                    "mutable borrows of temporaries that have their lifetime extended until the end of the program are \
                     not allowed",
                )
                .with_code(E0764),
                span,
                "this mutable borrow refers to such a temporary",
            ),
            Op::PanicNonStr => {
                dcx.struct_span_err(span, "argument to `panic!()` in a const context must have type `&str`")
            }
            Op::RawPtrComparison => dcx
                .struct_span_err(span, "pointers cannot be reliably compared during const eval")
                .with_note("see issue #53020 <https://github.com/rust-lang/rust/issues/53020> for more information"),
            Op::RawPtrToIntCast => dcx
                .struct_span_err(span, "pointers cannot be cast to integers during const eval")
                .with_note("at compile-time, pointers do not have an integer value")
                .with_note(
                    "avoiding this restriction via `transmute`, `union`, or raw pointers leads to compile-time undefined \
                     behavior",
                ),
            Op::ThreadLocalAccess => dcx
                .struct_span_err(span, "thread-local statics cannot be accessed at compile-time")
                .with_code(diagnostics::ErrCode(625)),
        }
    }
}

fn escaping<'a>(mut diag: Diag<'a>, span: Span, label: &str) -> Diag<'a> {
    diag.span_label(span, label);
    diag.note("temporaries in constants and statics can have their lifetime extended until the end of the program");
    diag.note("to avoid accidentally creating global mutable state, such temporaries must be immutable");
    diag.help(
        "if you really want global mutable state, try replacing the temporary by an interior mutable `static` or a \
         `static mut`",
    );
    diag
}

fn is_async_block(kind: hir::CoroutineKind) -> bool {
    matches!(
        kind,
        hir::CoroutineKind::Coroutine(_)
            | hir::CoroutineKind::Desugared(hir::CoroutineDesugaring::Async, hir::CoroutineSource::Block)
    )
}

fn plural(kind: hir::CoroutineKind) -> String {
    match kind {
        hir::CoroutineKind::Coroutine(_) => "coroutines".into(),
        hir::CoroutineKind::Desugared(_, hir::CoroutineSource::Block) => "`async` blocks".into(),
        hir::CoroutineKind::Desugared(_, hir::CoroutineSource::Closure) => "`async` closures".into(),
        hir::CoroutineKind::Desugared(_, hir::CoroutineSource::Fn) => "`async fn` bodies".into(),
    }
}

/// The error for a call, worded by the sugar it came from.
fn call_error<'cx, 'tcx: 'cx>(cx: &ConstCx<'_, 'tcx>, call: Call<'tcx>, how: &str) -> Diag<'cx> {
    let tcx = cx.tcx;
    let dcx = tcx.dcx();
    let kind = cx.kind_name();
    let Call { callee, args, span, source } = call;
    let from_hir_call = source.from_hir_call();
    let item = tcx.opt_associated_item(callee);
    let trait_id = item.and_then(|i| match i.trait_container() {
        Some(t) => Some(t),
        None => i.impl_container().and_then(|imp| tcx.impl_opt_trait_id(imp)),
    });
    let err = |msg: String| dcx.struct_span_err(span, msg).with_code(E0015);
    let self_ty = || args.types().next().unwrap_or(tcx.types().unit);
    let mut diag = if let Some(kind_of) = desugaring(cx, callee, span) {
        match kind_of {
            Sugar::ForLoop => err(format!("cannot use `for` loop on `{}` in {kind}s", self_ty())),
            Sugar::Question => {
                // `FromResidual` is on the function's return type.
                err(format!("`?` is not allowed on `{}` in {kind}s", self_ty()))
            }
            Sugar::Await => err(format!("cannot convert `{}` into a future in {kind}s", self_ty())),
        }
    } else if trait_id.is_some_and(|t| tcx.is_fn_trait(t)) {
        let ty = self_ty();
        let mut diag = err(format!("cannot call {how}-const closure in {kind}s"));
        match *ty.kind() {
            TyKind::FnDef(def_id, _) => {
                diag.span_note(tcx.def_span(def_id), "function defined here, but it is not `const`");
            }
            TyKind::FnPtr(_) => {
                diag.note(format!("function pointers need an RFC before allowed to be called in {kind}s"));
            }
            TyKind::Closure(..) => {
                diag.note(format!("closures need an RFC before allowed to be called in {kind}s"));
            }
            _ => {}
        }
        note_trait(cx, &mut diag, ty, trait_id);
        diag
    } else if !from_hir_call && trait_id.is_some_and(|t| is_operator(cx, t)) {
        let ty = self_ty();
        let mut diag = if source == CallSource::MatchCmp {
            let mut diag = err(format!("cannot match on `{ty}` in {kind}s"));
            diag.note(format!("`{ty}` cannot be compared in compile-time, and therefore cannot be used in `match`es"));
            diag
        } else {
            let mut diag = err(format!("cannot call {how}-const operator in {kind}s"));
            suggest_deref(cx, &mut diag, args, span, trait_id);
            diag
        };
        note_trait(cx, &mut diag, ty, trait_id);
        diag
    } else if !from_hir_call && trait_id.is_some_and(|t| Some(t) == tcx.lang_items().get(LangItem::Deref)) {
        let ty = self_ty();
        let mut diag = err(format!("cannot perform {how}-const deref coercion on `{ty}` in {kind}s"));
        if let Some(target) = tcx.lang_items().get(LangItem::DerefTarget) {
            let target = tcx.mk_projection(target, tcx.mk_args(&[ty.into()]));
            let target = tcx.normalize_erasing_regions(cx.typing_env, target);
            diag.note(format!("attempting to deref into `{target}`"));
        }
        diag
    } else if is_format_machinery(cx, callee) {
        err(format!("cannot call {how}-const formatting macro in {kind}s"))
    } else {
        let descr = tcx.def_descr(callee);
        let path = tcx.value_path_str_with_args(callee, args);
        let mut diag = err(format!("cannot call {how}-const {descr} `{path}` in {kind}s"));
        note_not_const(cx, &mut diag, callee, descr);
        diag
    };
    diag.note(format!("calls in {kind}s are limited to constant functions, tuple structs and tuple variants"));
    diag
}

enum Sugar {
    ForLoop,
    Question,
    Await,
}

fn desugaring(cx: &ConstCx<'_, '_>, callee: DefId, span: Span) -> Option<Sugar> {
    let is = |l| cx.tcx.is_lang_item(callee, l);
    match span.desugaring_kind()? {
        DesugaringKind::ForLoop if is(LangItem::IntoIterIntoIter) || is(LangItem::IteratorNext) => Some(Sugar::ForLoop),
        DesugaringKind::QuestionMark if is(LangItem::TryTraitBranch) || is(LangItem::TryTraitFromResidual) => {
            Some(Sugar::Question)
        }
        DesugaringKind::Await => Some(Sugar::Await),
        _ => None,
    }
}

fn is_operator(cx: &ConstCx<'_, '_>, trait_id: DefId) -> bool {
    use LangItem::*;
    cx.tcx.as_lang_item(trait_id).is_some_and(|l| {
        matches!(
            l,
            Add | Sub
                | Mul
                | Div
                | Rem
                | Neg
                | Not
                | BitXor
                | BitAnd
                | BitOr
                | Shl
                | Shr
                | AddAssign
                | SubAssign
                | MulAssign
                | DivAssign
                | RemAssign
                | BitXorAssign
                | BitAndAssign
                | BitOrAssign
                | ShlAssign
                | ShrAssign
                | Index
                | IndexMut
                | PartialEq
                | PartialOrd
        )
    })
}

/// A function of `format_args!`'s making.
fn is_format_machinery(cx: &ConstCx<'_, '_>, callee: DefId) -> bool {
    let Some(imp) = cx.tcx.impl_of_assoc(callee) else { return false };
    match cx.tcx.type_of(imp).skip_binder().kind() {
        TyKind::Adt(def, _) => {
            [LangItem::FormatArguments, LangItem::FormatArgument].iter().any(|l| cx.tcx.is_lang_item(def.did(), *l))
        }
        _ => false,
    }
}

/// That the impl which is called is not const.
fn note_trait<'tcx>(cx: &ConstCx<'_, 'tcx>, diag: &mut Diag<'_>, self_ty: Ty<'tcx>, trait_id: Option<DefId>) {
    let (Some(trait_id), TyKind::Adt(..)) = (trait_id, self_ty.kind()) else { return };
    let impls = cx.tcx.trait_impls_of(trait_id);
    let found = impls.non_blanket_impls.iter().flat_map(|(_, v)| v.iter()).copied().find(|&imp| {
        match (cx.tcx.type_of(imp).skip_binder().kind(), self_ty.kind()) {
            (TyKind::Adt(a, _), TyKind::Adt(b, _)) => a == b,
            _ => false,
        }
    });
    if let Some(imp) = found {
        if cx.tcx.constness(imp) != hir::Constness::Const {
            diag.span_note(cx.tcx.def_span(imp), "impl defined here, but it is not `const`");
        }
    }
}

/// `a == b` of references to primitive types: compare what they point to.
fn suggest_deref<'tcx>(
    cx: &ConstCx<'_, 'tcx>,
    diag: &mut Diag<'_>,
    args: GenericArgsRef<'tcx>,
    span: Span,
    trait_id: Option<DefId>,
) {
    if trait_id.and_then(|t| cx.tcx.as_lang_item(t)) != Some(LangItem::PartialEq) {
        return;
    }
    let mut tys = args.types();
    let (Some(l), Some(r)) = (tys.next(), tys.next()) else { return };
    if l != r || !l.is_ref() || !l.peel_refs().is_primitive() {
        return;
    }
    let mut n = 0;
    let mut ty = l;
    while let TyKind::Ref(_, inner, _) = *ty.kind() {
        n += 1;
        ty = inner;
    }
    let Some(text) = cx.tcx.sess().source_map.span_to_snippet(span) else { return };
    let Some(eq) = text.find("==") else { return };
    let Some(rhs) = text[eq + 2..].find(|c: char| !c.is_whitespace()) else { return };
    let at = span::BytePos(span.lo().0 + (eq + 2 + rhs) as u32);
    let rhs_span = span.with_lo(at).with_hi(at);
    let star = "*".repeat(n);
    diag.multipart_suggestion(
        "consider dereferencing here",
        vec![(span.shrink_to_lo(), star.clone()), (rhs_span, star)],
        Applicability::MachineApplicable,
    );
}

fn note_not_const(cx: &ConstCx<'_, '_>, diag: &mut Diag<'_>, callee: DefId, descr: &str) {
    let tcx = cx.tcx;
    if let Some(item) = tcx.opt_associated_item(callee) {
        let Some(parent) = item.trait_container() else { return };
        if tcx.constness(parent) == hir::Constness::Const {
            return;
        }
        let (name, trait_name) = (tcx.item_name(callee), tcx.item_name(parent));
        let trait_descr = tcx.def_descr(parent);
        let mut at: MultiSpan = tcx.def_span(parent).into();
        at.push_span_label(tcx.def_span(callee), format!("this {descr} is not const"));
        at.push_span_label(tcx.def_span(parent), format!("this {trait_descr} is not const"));
        diag.span_note(at, format!("{descr} `{name}` is not const because {trait_descr} `{trait_name}` is not const"));
        if parent.is_local() && tcx.sess().is_nightly_build() {
            if !tcx.feature(Symbol::intern("const_trait_impl")) {
                diag.help("add `#![feature(const_trait_impl)]` to the crate attributes to enable const traits");
            }
            let trait_span = tcx.def_span(parent);
            diag.span_suggestion_verbose(
                trait_span.shrink_to_lo(),
                format!("consider making trait `{trait_name}` const"),
                "const ",
                Applicability::MaybeIncorrect,
            );
        } else if !tcx.sess().is_nightly_build() {
            diag.help("const traits are not yet supported on stable Rust");
        }
    } else if tcx.constness(callee) != hir::Constness::Const {
        diag.span_note(tcx.def_span(callee), format!("{descr} `{}` is not const", tcx.item_name(callee)));
    }
}
