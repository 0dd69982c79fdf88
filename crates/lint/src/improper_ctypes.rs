//! `improper_ctypes` and `improper_ctypes_definitions`: types in signatures of other languages that these do not have.

use hir::{ForeignItemId, ForeignItemKind};
use session::lint::{IMPROPER_CTYPES, IMPROPER_CTYPES_DEFINITIONS};
use span::{FxHashSet, Span};
use ty::{AdtDef, AliasTyKind, ExternAbi, GenericArgsRef, Ty, TyKind, TypeVisitableExt, VariantDef};

use crate::late::LateContext;

/// What is wrong with a type.
struct Unsafe<'tcx> {
    ty: Ty<'tcx>,
    reason: String,
    help: Option<String>,
}

enum Verdict<'tcx> {
    Safe,
    /// Only `PhantomData`.
    Phantom(Ty<'tcx>),
    Unsafe(Unsafe<'tcx>),
}

fn is_internal(abi: ExternAbi) -> bool {
    abi.is_rustic_abi() || matches!(abi, ExternAbi::Unadjusted)
}

pub(crate) fn check_foreign_mod<'tcx>(cx: &LateContext<'tcx>, abi: ExternAbi, items: &[ForeignItemId]) {
    if is_internal(abi) {
        return;
    }
    for id in items {
        let item = cx.tcx.hir_foreign_item(*id);
        match item.kind {
            ForeignItemKind::Fn(sig, ..) => {
                Check { cx, hir_id: item.hir_id(), is_definition: false, seen: FxHashSet::default() }
                    .signature(item.owner_id.def_id, sig.decl);
            }
            ForeignItemKind::Static(ty, ..) => {
                let of = cx.tcx.type_of(item.owner_id.def_id).instantiate_identity();
                Check { cx, hir_id: item.hir_id(), is_definition: false, seen: FxHashSet::default() }
                    .check(ty.span, of, true, false);
            }
            ForeignItemKind::Type => {}
        }
    }
}

pub(crate) fn check_fn_definition<'tcx>(cx: &LateContext<'tcx>, item: &hir::Item<'tcx>) {
    let hir::ItemKind::Fn { sig, .. } = item.kind else { return };
    if is_internal(sig.header.abi) {
        return;
    }
    Check { cx, hir_id: item.hir_id(), is_definition: true, seen: FxHashSet::default() }
        .signature(item.owner_id.def_id, sig.decl);
}

struct Check<'a, 'tcx> {
    cx: &'a LateContext<'tcx>,
    hir_id: hir::HirId,
    is_definition: bool,
    seen: FxHashSet<Ty<'tcx>>,
}

impl<'tcx> Check<'_, 'tcx> {
    fn signature(&mut self, def: span::def_id::LocalDefId, decl: &hir::FnDecl<'tcx>) {
        let sig = self.cx.tcx.fn_sig(def).instantiate_identity().skip_binder();
        for (ty, hir_ty) in sig.inputs().iter().zip(decl.inputs) {
            self.check(hir_ty.span, *ty, false, false);
        }
        if let hir::FnRetTy::Return(ret) = decl.output {
            self.check(ret.span, sig.output(), false, true);
        }
    }

    fn check(&mut self, span: Span, ty: Ty<'tcx>, is_static: bool, is_return: bool) {
        let env = self.cx.tcx.typing_env_non_body_analysis(self.hir_id.owner.to_def_id());
        let ty = if ty.has_param() || ty.has_escaping_bound_vars() {
            ty
        } else {
            self.cx.tcx.try_normalize_erasing_regions(env, ty).unwrap_or(ty)
        };
        if ty.references_error() {
            return;
        }
        if is_return && ty.is_unit() {
            return;
        }
        if !is_static && ty.is_array() {
            self.report(
                span,
                Unsafe {
                    ty,
                    reason: "passing raw arrays by value is not FFI-safe".to_owned(),
                    help: Some("consider passing a pointer to the array".to_owned()),
                },
            );
            return;
        }
        self.seen.clear();
        match self.verdict(ty) {
            Verdict::Safe => {}
            Verdict::Phantom(ty) => {
                let bad = Unsafe { ty, reason: "composed only of `PhantomData`".to_owned(), help: None };
                self.report(span, bad);
            }
            Verdict::Unsafe(bad) => self.report(span, bad),
        }
    }

    fn report(&self, span: Span, bad: Unsafe<'tcx>) {
        let (lint, what) =
            if self.is_definition { (&IMPROPER_CTYPES_DEFINITIONS, "fn") } else { (&IMPROPER_CTYPES, "block") };
        let ty = bad.ty;
        let msg = format!("`extern` {what} uses type `{ty}`, which is not FFI-safe");
        self.cx.lint(lint, self.hir_id, span, msg, |d| {
            d.span_label(span, "not FFI-safe");
            if let Some(help) = bad.help {
                d.help(help);
            }
            d.note(bad.reason);
            if let TyKind::Adt(def, _) = ty.kind() {
                if def.did().is_local() {
                    d.span_note(self.cx.tcx.def_span(def.did()), "the type is defined here");
                }
            }
        });
    }

    fn bad(&self, ty: Ty<'tcx>, reason: &str, help: Option<&str>) -> Verdict<'tcx> {
        Verdict::Unsafe(Unsafe { ty, reason: reason.to_owned(), help: help.map(str::to_owned) })
    }

    fn verdict(&mut self, ty: Ty<'tcx>) -> Verdict<'tcx> {
        let tcx = self.cx.tcx;
        if !self.seen.insert(ty) {
            return Verdict::Safe;
        }
        let env = tcx.typing_env_non_body_analysis(self.hir_id.owner.to_def_id());
        match *ty.kind() {
            TyKind::Adt(def, args) => {
                if let Some(inner) = ty.boxed_ty() {
                    if tcx.type_is_sized(env, inner) {
                        // As a function's own pointer, it is one; in declarations it is not to be freed by others.
                        return if self.is_definition { Verdict::Safe } else { self.verdict(inner) };
                    }
                    return self.bad(ty, "box cannot be represented as a single pointer", None);
                }
                if def.is_phantom_data() {
                    return Verdict::Phantom(ty);
                }
                match def.adt_kind() {
                    ty::AdtKind::Struct | ty::AdtKind::Union => {
                        let kind = def.descr();
                        if matches!(self.cx.diagnostic_name(def.did()), Some("cstring_type" | "cstr_type")) {
                            return self.bad(
                                ty,
                                "`CStr`/`CString` do not have a guaranteed layout",
                                Some("consider passing a `*const std::ffi::c_char` instead, and use `CStr::as_ptr()`"),
                            );
                        }
                        if !def.repr().c() && !def.repr().transparent() {
                            return self.bad(
                                ty,
                                &format!("this {kind} has unspecified layout"),
                                Some(&format!(
                                    "consider adding a `#[repr(C)]` or `#[repr(transparent)]` attribute to this {kind}"
                                )),
                            );
                        }
                        let variant = def.non_enum_variant();
                        if variant.fields.is_empty() {
                            return self.bad(
                                ty,
                                &format!("this {kind} has no fields"),
                                Some(&format!("consider adding a member to this {kind}")),
                            );
                        }
                        if variant.is_field_list_non_exhaustive() && !def.did().is_local() {
                            return self.bad(ty, &format!("this {kind} is non-exhaustive"), None);
                        }
                        self.fields(ty, def, variant, args)
                    }
                    ty::AdtKind::Enum => {
                        if def.variants().is_empty() {
                            return Verdict::Safe;
                        }
                        if !def.repr().c() && !def.repr().transparent() && def.repr().int.is_none() {
                            if let Some(payload) = self.nullable(def, args) {
                                return self.verdict(payload);
                            }
                            return self.bad(
                                ty,
                                "enum has no representation hint",
                                Some(
                                    "consider adding a `#[repr(C)]`, `#[repr(transparent)]`, or integer `#[repr(...)]` attribute to this enum",
                                ),
                            );
                        }
                        for variant in def.variants() {
                            if variant.is_field_list_non_exhaustive() && !def.did().is_local() {
                                return self.bad(ty, "this enum has non-exhaustive variants", None);
                            }
                            match self.fields(ty, def, variant, args) {
                                Verdict::Unsafe(bad) => return Verdict::Unsafe(bad),
                                Verdict::Safe | Verdict::Phantom(_) => {}
                            }
                        }
                        Verdict::Safe
                    }
                }
            }
            TyKind::Char => self.bad(
                ty,
                "the `char` type has no C equivalent",
                Some("consider using `u32` or `libc::wchar_t` instead"),
            ),
            TyKind::Pat(base, _) => self.verdict(base),
            TyKind::Slice(_) => {
                self.bad(ty, "slices have no C equivalent", Some("consider using a raw pointer instead"))
            }
            TyKind::Dynamic(..) => self.bad(ty, "trait objects have no C equivalent", None),
            TyKind::Str => self.bad(
                ty,
                "string slices have no C equivalent",
                Some("consider using `*const u8` and a length instead"),
            ),
            TyKind::Tuple(_) => self.bad(ty, "tuples have unspecified layout", Some("consider using a struct instead")),
            TyKind::RawPtr(inner, _) | TyKind::Ref(_, inner, _)
                if self.is_definition && tcx.type_is_sized(env, inner) =>
            {
                Verdict::Safe
            }
            // An opaque pointer, with a type to tell it apart.
            TyKind::RawPtr(inner, _) if matches!(inner.kind(), TyKind::Tuple(tys) if tys.is_empty()) => Verdict::Safe,
            TyKind::RawPtr(inner, _) | TyKind::Ref(_, inner, _) => self.verdict(inner),
            TyKind::Array(inner, _) => self.verdict(inner),
            TyKind::FnPtr(sig) => {
                let sig = sig.skip_binder();
                if is_internal(sig.abi) {
                    return self.bad(
                        ty,
                        "this function pointer has Rust-specific calling convention",
                        Some("consider using an `extern fn(...) -> ...` function pointer instead"),
                    );
                }
                for arg in sig.inputs() {
                    match self.verdict(*arg) {
                        Verdict::Safe => {}
                        other => return other,
                    }
                }
                if sig.output().is_unit() { Verdict::Safe } else { self.verdict(sig.output()) }
            }
            TyKind::Alias(AliasTyKind::Opaque, _) => self.bad(ty, "opaque types have no C equivalent", None),
            _ => Verdict::Safe,
        }
    }

    fn fields(
        &mut self,
        ty: Ty<'tcx>,
        def: AdtDef<'tcx>,
        variant: &VariantDef,
        args: GenericArgsRef<'tcx>,
    ) -> Verdict<'tcx> {
        let tcx = self.cx.tcx;
        let mut all_phantom = !variant.fields.is_empty();
        for field in &variant.fields {
            let field_ty = tcx.field_ty(field, args);
            if def.repr().transparent() && field_ty.is_unit() {
                continue;
            }
            match self.verdict(field_ty) {
                Verdict::Safe => all_phantom = false,
                Verdict::Phantom(_) => {}
                Verdict::Unsafe(bad) => return Verdict::Unsafe(bad),
            }
        }
        if all_phantom && !def.is_enum() { Verdict::Phantom(ty) } else { Verdict::Safe }
    }

    /// `Option<&T>` and its like: the type that is never null.
    fn nullable(&self, def: AdtDef<'tcx>, args: GenericArgsRef<'tcx>) -> Option<Ty<'tcx>> {
        let variants: Vec<&VariantDef> = def.variants().iter().collect();
        let [a, b] = variants[..] else { return None };
        let field = match (&a.fields.len(), &b.fields.len()) {
            (0, 1) => b.fields.iter().next()?,
            (1, 0) => a.fields.iter().next()?,
            _ => return None,
        };
        let ty = self.cx.tcx.field_ty(field, args);
        self.is_non_null(ty).then_some(ty)
    }

    fn is_non_null(&self, ty: Ty<'tcx>) -> bool {
        let tcx = self.cx.tcx;
        match *ty.kind() {
            TyKind::FnPtr(_) | TyKind::Ref(..) => true,
            TyKind::Adt(def, _) if def.is_box() => true,
            TyKind::Adt(def, args) => {
                if tcx.has_attr(def.did(), span::sym::rustc_nonnull_optimization_guaranteed) {
                    return true;
                }
                def.repr().transparent()
                    && !def.is_union()
                    && def.variants().iter().any(|v| v.fields.iter().any(|f| self.is_non_null(tcx.field_ty(f, args))))
            }
            _ => false,
        }
    }
}
