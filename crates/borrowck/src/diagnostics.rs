//! Errors of borrow checking: how places are named, which use an error is about, and what is emitted in the end.

mod cloning;
mod conditions;
mod conflicts;
mod explain_borrow;
mod find_use;
mod lives_long_enough;
mod move_errors;
mod moved_expr;
mod mutability_errors;
mod opaque_errors;
mod region_errors;
pub(crate) mod region_name;
mod spans;
mod suggestions;
mod use_after_move;

use diagnostics::{Diag, ErrCode};
use mir::{Local, LocalInfo, Place, PlaceRef, ProjectionElem};
use query::PlaceTyExt;
use span::Span;
use ty::{CapturedPlace, ErrorGuaranteed, FieldIdx, Ty, TyKind, VariantIdx};

use crate::check::MirBorrowckCtxt;

pub(crate) use spans::{CallKind, UseSpans};

/// What a place is reached through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BorrowedContentSource<'tcx> {
    DerefRawPointer,
    DerefMutableRef,
    DerefSharedRef,
    OverloadedDeref(Ty<'tcx>),
    OverloadedIndex(Ty<'tcx>),
}

impl<'tcx> BorrowedContentSource<'tcx> {
    fn describe_for_unnamed_place(&self, cx: &MirBorrowckCtxt<'_, 'tcx>) -> String {
        match *self {
            BorrowedContentSource::DerefRawPointer => "a raw pointer".to_owned(),
            BorrowedContentSource::DerefSharedRef => "a shared reference".to_owned(),
            BorrowedContentSource::DerefMutableRef => "a mutable reference".to_owned(),
            BorrowedContentSource::OverloadedDeref(ty) => {
                rc_or_arc(cx, ty).map_or_else(|| format!("dereference of `{ty}`"), str::to_owned)
            }
            BorrowedContentSource::OverloadedIndex(ty) => format!("index of `{ty}`"),
        }
    }
    fn describe_for_named_place(&self) -> Option<&'static str> {
        match self {
            BorrowedContentSource::DerefRawPointer => Some("raw pointer"),
            BorrowedContentSource::DerefSharedRef => Some("shared reference"),
            BorrowedContentSource::DerefMutableRef => Some("mutable reference"),
            BorrowedContentSource::OverloadedDeref(_) | BorrowedContentSource::OverloadedIndex(_) => None,
        }
    }
    fn describe_for_immutable_place(&self, cx: &MirBorrowckCtxt<'_, 'tcx>) -> String {
        match *self {
            BorrowedContentSource::DerefRawPointer => "a `*const` pointer".to_owned(),
            BorrowedContentSource::DerefSharedRef => "a `&` reference".to_owned(),
            BorrowedContentSource::DerefMutableRef => "a mutable reference".to_owned(),
            BorrowedContentSource::OverloadedDeref(ty) => {
                rc_or_arc(cx, ty).map_or_else(|| format!("dereference of `{ty}`"), str::to_owned)
            }
            BorrowedContentSource::OverloadedIndex(ty) => format!("an index of `{ty}`"),
        }
    }
}

fn rc_or_arc(cx: &MirBorrowckCtxt<'_, '_>, ty: Ty<'_>) -> Option<&'static str> {
    let TyKind::Adt(def, _) = ty.kind() else { return None };
    match cx.tcx.get_diagnostic_name(def.did())?.as_str() {
        "Rc" => Some("an `Rc`"),
        "Arc" => Some("an `Arc`"),
        _ => None,
    }
}

/// How a place is described.
#[derive(Clone, Copy)]
pub(crate) struct DescribePlaceOpt {
    /// No description for parts of variants.
    pub(crate) including_downcast: bool,
    pub(crate) including_tuple_field: bool,
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn struct_err(&self, code: u16, span: Span, msg: impl Into<String>) -> Diag<'a> {
        self.tcx.dcx().struct_span_err(span, msg).with_code(ErrCode(code))
    }

    // --- Names of places.

    /// `x.y`, `*x`; none for what has no name.
    pub(crate) fn describe_place(&self, place: PlaceRef<'tcx>) -> Option<String> {
        self.describe_place_with_options(
            place,
            DescribePlaceOpt { including_downcast: false, including_tuple_field: true },
        )
    }
    /// `` `x` `` or `value`.
    pub(crate) fn describe_any_place(&self, place: PlaceRef<'tcx>) -> String {
        match self.describe_place(place) {
            Some(d) => format!("`{d}`"),
            None => "value".to_owned(),
        }
    }
    pub(crate) fn describe_place_with_options(&self, place: PlaceRef<'tcx>, opt: DescribePlaceOpt) -> Option<String> {
        let local = place.local;
        let mut autoderef_index = None;
        let mut name = self.local_name_for_diag(local);
        let mut buf = name.take().unwrap_or_default();
        let mut ok = !buf.is_empty();
        let prefix = |n: usize| PlaceRef { local, projection: &place.projection[..n] };
        for (index, elem) in place.projection.iter().enumerate() {
            match *elem {
                ProjectionElem::Deref => {
                    if index == 0 {
                        if self.body.local_decls[local].is_ref_for_guard() {
                            continue;
                        }
                        if let LocalInfo::StaticRef { def_id, .. } = self.body.local_decls[local].local_info() {
                            buf.push_str(self.tcx.item_name(*def_id).as_str());
                            ok = true;
                            continue;
                        }
                    }
                    if let Some(field) = self.is_upvar_field_projection(prefix(index + 1)) {
                        let upvar = self.upvars[field.as_usize()];
                        buf = self.captured_name(upvar);
                        ok = true;
                        if !upvar.is_by_ref() {
                            buf.insert(0, '*');
                        }
                    } else {
                        let auto = *autoderef_index.get_or_insert_with(|| {
                            place
                                .projection
                                .iter()
                                .rposition(|e| !matches!(e, ProjectionElem::Deref | ProjectionElem::Downcast(..)))
                                .map_or(0, |i| i + 1)
                        });
                        if index >= auto {
                            buf.insert(0, '*');
                        }
                    }
                }
                ProjectionElem::Downcast(..) if opt.including_downcast => return None,
                ProjectionElem::Downcast(..)
                | ProjectionElem::OpaqueCast(_)
                | ProjectionElem::UnwrapUnsafeBinder(_) => {}
                ProjectionElem::Field(field, _) => {
                    if let Some(field) = self.is_upvar_field_projection(prefix(index + 1)) {
                        buf = self.captured_name(self.upvars[field.as_usize()]);
                        ok = true;
                    } else if let Some(name) = self.describe_field(prefix(index), field, opt.including_tuple_field) {
                        buf.push('.');
                        buf.push_str(&name);
                    }
                }
                ProjectionElem::Index(index) => {
                    let name = self.local_name_for_diag(index).unwrap_or_else(|| "_".to_owned());
                    buf.push_str(&format!("[{name}]"));
                }
                ProjectionElem::ConstantIndex { .. } | ProjectionElem::Subslice { .. } => buf.push_str("[..]"),
            }
        }
        ok.then_some(buf)
    }
    fn local_name_for_diag(&self, local: Local) -> Option<String> {
        if self.body.local_decls[local].from_compiler_desugaring() {
            return None;
        }
        self.local_names.get(&local).map(|n| n.to_string())
    }
    pub(crate) fn local_name(&self, local: Local) -> Option<span::Symbol> {
        self.local_names.get(&local).copied()
    }
    /// A captured place as the user writes it.
    pub(crate) fn captured_name(&self, captured: &CapturedPlace<'tcx>) -> String {
        use ty::hir_place::ProjectionKind;
        let place = &captured.place;
        let mut out = captured.var_ident.name.to_string();
        for (i, p) in place.projections.iter().enumerate() {
            out = match p.kind {
                ProjectionKind::Deref => format!("*{out}"),
                ProjectionKind::Field(field, variant) => match place.ty_before_projection(i).kind() {
                    TyKind::Adt(def, _) => {
                        let v = def.variants().get(variant).or(def.variants().iter().next());
                        match v.and_then(|v| v.fields.get(field)) {
                            Some(f) => format!("{out}.{}", f.name),
                            None => out,
                        }
                    }
                    _ => format!("{out}.{}", field.as_usize()),
                },
                _ => out,
            };
        }
        out
    }

    /// The name of a field of a place.
    pub(crate) fn describe_field(&self, place: PlaceRef<'tcx>, field: FieldIdx, tuple: bool) -> Option<String> {
        match place.last_projection() {
            None => self.field_of_ty(self.body.local_decls[place.local].ty, field, None, tuple),
            Some((base, elem)) => match elem {
                ProjectionElem::Deref
                | ProjectionElem::Index(_)
                | ProjectionElem::ConstantIndex { .. }
                | ProjectionElem::Subslice { .. }
                | ProjectionElem::UnwrapUnsafeBinder(_) => {
                    let ty = place.ty(self.body, self.tcx).ty;
                    let _ = base;
                    self.field_of_ty(ty, field, None, tuple)
                }
                ProjectionElem::Downcast(_, variant) => {
                    self.field_of_ty(place.ty(self.body, self.tcx).ty, field, Some(variant), tuple)
                }
                ProjectionElem::Field(_, ty) | ProjectionElem::OpaqueCast(ty) => {
                    self.field_of_ty(ty, field, None, tuple)
                }
            },
        }
    }
    fn field_of_ty(&self, ty: Ty<'tcx>, field: FieldIdx, variant: Option<VariantIdx>, tuple: bool) -> Option<String> {
        match *ty.kind() {
            TyKind::Adt(def, _) if def.is_box() => self.field_of_ty(ty.boxed_ty()?, field, variant, tuple),
            TyKind::Adt(def, _) => {
                let variant = match variant {
                    Some(v) => def.variant(v),
                    None if def.is_enum() => return None,
                    None => def.non_enum_variant(),
                };
                if !tuple && variant.ctor_kind() == Some(hir::def::CtorKind::Fn) {
                    return None;
                }
                Some(variant.fields.get(field)?.name.to_string())
            }
            TyKind::Tuple(_) => Some(field.as_usize().to_string()),
            TyKind::Ref(_, ty, _) | TyKind::RawPtr(ty, _) | TyKind::Array(ty, _) | TyKind::Slice(ty) => {
                self.field_of_ty(ty, field, variant, tuple)
            }
            TyKind::Closure(def_id, _) | TyKind::Coroutine(def_id, _) => {
                let local = def_id.as_local()?;
                let captures = self.tcx.typeck(local).closure_min_captures_flattened(local).nth(field.as_usize())?;
                Some(captures.var_ident.name.to_string())
            }
            _ => None,
        }
    }

    /// What a place is behind, if it is behind something.
    pub(crate) fn borrowed_content_source(&self, deref_base: PlaceRef<'tcx>) -> BorrowedContentSource<'tcx> {
        if let Some(local) = deref_base.as_local()
            && let Some(source) = self.source_of_overloaded(local)
        {
            return source;
        }
        let base_ty = deref_base.ty(self.body, self.tcx).ty;
        match base_ty.kind() {
            TyKind::RawPtr(..) => BorrowedContentSource::DerefRawPointer,
            TyKind::Ref(_, _, ty::Mutability::Mut) => BorrowedContentSource::DerefMutableRef,
            _ => BorrowedContentSource::DerefSharedRef,
        }
    }
    /// The call of `deref` or `index` that gave a temporary.
    fn source_of_overloaded(&self, local: Local) -> Option<BorrowedContentSource<'tcx>> {
        if self.body.local_decls[local].is_user_variable() {
            return None;
        }
        for data in self.body.basic_blocks.iter() {
            let mir::TerminatorKind::Call { func, destination, call_source, .. } = &data.terminator().kind else {
                continue;
            };
            if destination.as_local() != Some(local) || call_source.from_hir_call() {
                continue;
            }
            let (def_id, args) = func.const_fn_def()?;
            let trait_id = self.tcx.trait_of_assoc(def_id)?;
            let lang = self.tcx.lang_items();
            let self_ty = args.types().next()?;
            if Some(trait_id) == lang.get(hir::LangItem::Deref) || Some(trait_id) == lang.get(hir::LangItem::DerefMut) {
                return Some(BorrowedContentSource::OverloadedDeref(self_ty));
            }
            if Some(trait_id) == lang.get(hir::LangItem::Index) || Some(trait_id) == lang.get(hir::LangItem::IndexMut) {
                return Some(BorrowedContentSource::OverloadedIndex(self_ty));
            }
            return None;
        }
        None
    }

    // --- Emission.

    /// Emits all, by place.
    pub(crate) fn emit_errors(&mut self) -> Option<ErrorGuaranteed> {
        let moves = std::mem::take(&mut self.buffered_move_errors);
        for (_, (_, diag)) in moves {
            self.buffer_error(diag);
        }
        for (_, (mut diag, count)) in std::mem::take(&mut self.buffered_mut_errors) {
            if count > 10 {
                diag.note(format!("...and {} other attempted mutable borrows", count - 10));
            }
            self.buffer_error(diag);
        }
        let mut all = std::mem::take(&mut self.buffered_diags);
        all.sort_by_key(|d| (d.span.lo(), d.span.hi()));
        for d in all {
            self.tainted = Some(d.diag.emit());
        }
        self.tainted
    }
    pub(crate) fn has_errors(&self) -> bool {
        !self.buffered_diags.is_empty()
            || !self.buffered_move_errors.is_empty()
            || !self.buffered_mut_errors.is_empty()
            || self.tainted.is_some()
    }
    /// A place as part of a message, for what was borrowed.
    pub(crate) fn place_desc(&self, place: Place<'tcx>) -> String {
        self.describe_any_place(place.as_ref())
    }
}
