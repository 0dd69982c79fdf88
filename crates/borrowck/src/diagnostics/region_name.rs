//! Names for regions in errors: those that the source gives, or `'1`, `'2`, .. with a label that says what is meant.

use std::fmt;

use diagnostics::Diag;
use span::{FxIndexMap, Span};
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitor};
use ty::{LateParamRegionKind, Region, RegionKind, RegionVid, Ty, TyKind};

use crate::check::MirBorrowckCtxt;
use crate::universal_regions::DefiningTy;

/// The names that were given.
#[derive(Default)]
pub(crate) struct RegionNames {
    names: FxIndexMap<RegionVid, RegionName>,
    counter: usize,
}

/// A name and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RegionName {
    pub(crate) name: String,
    pub(crate) source: RegionNameSource,
}

/// Where a name comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum RegionNameSource {
    /// A parameter, declared there.
    Named(Span),
    Static,
    /// The environment of a closure.
    FreeEnvRegion(Span, String),
    AnonRegionFromArgument(Highlight),
    AnonRegionFromUpvar(String, Span),
    AnonRegionFromOutput(Highlight, &'static str),
    AnonRegionFromImplSignature(Span),
}

/// How the place of an anonymous region is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Highlight {
    /// The `&` of a reference type.
    MatchedHirTy(Span),
    /// `'_` or a path without lifetimes.
    MatchedAdt(Span),
    /// The whole type, printed with the name.
    CannotMatch(Span, String),
}

impl fmt::Display for RegionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl RegionName {
    pub(crate) fn statik() -> RegionName {
        RegionName { name: "'static".to_owned(), source: RegionNameSource::Static }
    }
    /// Adds the label that says what the name means.
    pub(crate) fn highlight(&self, err: &mut Diag<'_>) {
        let name = &self.name;
        let (span, label) = match &self.source {
            RegionNameSource::Named(span) => (*span, format!("lifetime `{name}` defined here")),
            RegionNameSource::Static => return,
            RegionNameSource::FreeEnvRegion(span, note) => {
                err.span_label(*span, format!("lifetime `{name}` represents this closure's body"));
                err.note(note.clone());
                return;
            }
            RegionNameSource::AnonRegionFromArgument(Highlight::CannotMatch(span, ty)) => {
                (*span, format!("has type `{ty}`"))
            }
            RegionNameSource::AnonRegionFromOutput(Highlight::CannotMatch(span, ty), what) => {
                (*span, format!("return type{what} is {ty}"))
            }
            RegionNameSource::AnonRegionFromArgument(Highlight::MatchedHirTy(span))
            | RegionNameSource::AnonRegionFromOutput(Highlight::MatchedHirTy(span), _) => {
                (*span, format!("let's call the lifetime of this reference `{name}`"))
            }
            RegionNameSource::AnonRegionFromArgument(Highlight::MatchedAdt(span))
            | RegionNameSource::AnonRegionFromOutput(Highlight::MatchedAdt(span), _) => {
                (*span, format!("let's call this `{name}`"))
            }
            RegionNameSource::AnonRegionFromUpvar(upvar, span) => {
                (*span, format!("lifetime `{name}` appears in the type of `{upvar}`"))
            }
            RegionNameSource::AnonRegionFromImplSignature(span) => {
                (*span, format!("lifetime `{name}` appears in the `impl`'s header"))
            }
        };
        if !span.is_dummy() && !err.has_label(span, &label) {
            err.span_label(span, label);
        }
    }
    /// Where the name's region stands.
    pub(crate) fn span(&self) -> Option<Span> {
        match &self.source {
            RegionNameSource::Static => None,
            RegionNameSource::Named(span)
            | RegionNameSource::FreeEnvRegion(span, _)
            | RegionNameSource::AnonRegionFromUpvar(_, span)
            | RegionNameSource::AnonRegionFromImplSignature(span) => Some(*span),
            RegionNameSource::AnonRegionFromArgument(h) | RegionNameSource::AnonRegionFromOutput(h, _) => match h {
                Highlight::MatchedHirTy(span) | Highlight::MatchedAdt(span) | Highlight::CannotMatch(span, _) => {
                    Some(*span)
                }
            },
        }
    }
}

/// Whether a region occurs in a type.
pub(crate) fn contains_region<'tcx>(cx: &MirBorrowckCtxt<'_, 'tcx>, ty: Ty<'tcx>, fr: RegionVid) -> bool {
    struct Find<'b, 'a, 'tcx>(&'b MirBorrowckCtxt<'a, 'tcx>, RegionVid);
    impl<'tcx> TypeVisitor<'tcx> for Find<'_, '_, 'tcx> {
        type Break = ();
        fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
            t.super_visit_with(self)
        }
        fn visit_region(&mut self, r: Region<'tcx>) -> std::ops::ControlFlow<()> {
            if !r.is_bound() && self.0.regioncx.universal_regions().try_region_vid(r) == Some(self.1) {
                std::ops::ControlFlow::Break(())
            } else {
                std::ops::ControlFlow::Continue(())
            }
        }
    }
    ty.visit_with(&mut Find(cx, fr)).is_break()
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// A name for a universal region.
    pub(crate) fn give_region_a_name(&self, fr: RegionVid) -> Option<RegionName> {
        if let Some(name) = self.region_names.borrow().names.get(&fr) {
            return Some(name.clone());
        }
        let name = self
            .name_from_error_region(fr)
            .or_else(|| self.name_if_in_arguments(fr))
            .or_else(|| self.name_if_in_upvars(fr))
            .or_else(|| self.name_if_in_output(fr))
            .or_else(|| self.name_if_in_impl(fr))?;
        self.region_names.borrow_mut().names.insert(fr, name.clone());
        Some(name)
    }
    pub(crate) fn next_name(&self) -> String {
        let mut names = self.region_names.borrow_mut();
        names.counter += 1;
        format!("'{}", names.counter)
    }
    fn peek_name(&self) -> String {
        format!("'{}", self.region_names.borrow().counter + 1)
    }

    fn name_from_error_region(&self, fr: RegionVid) -> Option<RegionName> {
        let tcx = self.tcx;
        let region = self.regioncx.to_error_region(fr)?;
        match region.kind() {
            RegionKind::ReEarlyParam(p) if p.is_named() => {
                let root = tcx.typeck_root_def_id(self.def.to_def_id());
                let span = self.region_def_span(root, p.index);
                Some(RegionName { name: p.name.to_string(), source: RegionNameSource::Named(span) })
            }
            RegionKind::ReStatic => Some(RegionName::statik()),
            RegionKind::ReLateParam(p) => match p.kind {
                LateParamRegionKind::Named(def_id) => {
                    let name = tcx.item_name(def_id);
                    if name == span::kw::UnderscoreLifetime || name.is_empty() {
                        return None;
                    }
                    let span = tcx.def_span(def_id);
                    Some(RegionName { name: name.to_string(), source: RegionNameSource::Named(span) })
                }
                LateParamRegionKind::ClosureEnv => {
                    let DefiningTy::Closure(def_id, args) = self.regioncx.universal_regions().defining_ty else {
                        return None;
                    };
                    let span = match tcx.hir_get_if_local(def_id) {
                        Some(hir::Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(c), .. })) => c.fn_decl_span,
                        _ => tcx.def_span(def_id),
                    };
                    let kind = args.as_closure().kind();
                    let note = match kind {
                        ty::closure::ClosureKind::Fn => {
                            "closure implements `Fn`, so references to captured variables can't escape the closure"
                        }
                        ty::closure::ClosureKind::FnMut => {
                            "closure implements `FnMut`, so references to captured variables can't escape the closure"
                        }
                        ty::closure::ClosureKind::FnOnce => return None,
                    };
                    Some(RegionName {
                        name: self.next_name(),
                        source: RegionNameSource::FreeEnvRegion(span, note.to_owned()),
                    })
                }
                LateParamRegionKind::Anon(_) | LateParamRegionKind::NamedAnon(..) => None,
            },
            _ => None,
        }
    }
    /// Where the parameter of an index is declared.
    pub(crate) fn region_def_span(&self, root: span::def_id::DefId, index: u32) -> Span {
        let mut generics = self.tcx.generics_of(root);
        loop {
            if let Some(p) = generics.own_params.iter().find(|p| p.index == index) {
                return self.tcx.def_span(p.def_id);
            }
            match generics.parent {
                Some(p) => generics = self.tcx.generics_of(p),
                None => return span::DUMMY_SP,
            }
        }
    }

    /// The parameter (without the closure itself) whose type has the region.
    pub(crate) fn argument_index_for_region(&self, fr: RegionVid) -> Option<usize> {
        let universal = self.regioncx.universal_regions();
        let implicit = universal.defining_ty.implicit_inputs();
        universal.unnormalized_input_tys.iter().skip(implicit).position(|&ty| contains_region(self, ty, fr))
    }
    /// The name and place of a parameter.
    pub(crate) fn argument_name_and_span(&self, index: usize) -> (Option<String>, Span) {
        let implicit = self.regioncx.universal_regions().defining_ty.implicit_inputs();
        let local = mir::Local::from_usize(implicit + index + 1);
        let decl = &self.body.local_decls[local];
        (self.local_name(local).map(|n| n.to_string()), decl.source_info.span)
    }

    fn name_if_in_arguments(&self, fr: RegionVid) -> Option<RegionName> {
        let universal = self.regioncx.universal_regions();
        let index = self.argument_index_for_region(fr)?;
        let ty = universal.unnormalized_input_tys[universal.defining_ty.implicit_inputs() + index];
        let (_, span) = self.argument_name_and_span(index);
        let hir_ty = self.hir_decl().and_then(|d| d.inputs.get(index));
        let highlight = hir_ty
            .and_then(|h| self.highlight_if_we_can_match(fr, ty, h))
            .unwrap_or_else(|| self.highlight_if_we_cannot_match(fr, ty, span, false));
        Some(RegionName { name: self.next_name(), source: RegionNameSource::AnonRegionFromArgument(highlight) })
    }
    fn hir_decl(&self) -> Option<&'tcx hir::FnDecl<'tcx>> {
        self.tcx.hir_fn_decl_by_hir_id(self.tcx.local_def_id_to_hir_id(self.def))
    }

    fn highlight_if_we_cannot_match(&self, fr: RegionVid, ty: Ty<'tcx>, span: Span, quoted: bool) -> Highlight {
        let name = self.peek_name();
        // Other regions have no names here.
        let tcx = self.tcx;
        let target = tcx.mk_re_var(fr);
        let ty = tcx.fold_regions(ty, |r, _| match self.regioncx.universal_regions().try_region_vid(r) {
            Some(v) if v == fr => target,
            Some(v) => self.regioncx.definitions[v].external_name.unwrap_or(r),
            None => r,
        });
        let text = ty::print::with_highlighted_regions(vec![(target, name)], || ty.to_string());
        Highlight::CannotMatch(span, if quoted { text } else { text })
    }

    /// Finds the piece of a written type that a region is of.
    fn highlight_if_we_can_match(&self, fr: RegionVid, ty: Ty<'tcx>, hir_ty: &hir::Ty<'tcx>) -> Option<Highlight> {
        let universal = self.regioncx.universal_regions();
        let is_fr = |r: Region<'tcx>| !r.is_bound() && universal.try_region_vid(r) == Some(fr);
        let mut search: Vec<(Ty<'tcx>, &hir::Ty<'tcx>)> = vec![(ty, hir_ty)];
        while let Some((ty, hir_ty)) = search.pop() {
            match (*ty.kind(), &hir_ty.kind) {
                (TyKind::Ref(region, inner, _), hir::TyKind::Ref(_, mt)) => {
                    if is_fr(region) {
                        let amp = hir_ty.span.with_hi(span::BytePos(hir_ty.span.lo().0 + 1));
                        return Some(Highlight::MatchedHirTy(amp));
                    }
                    search.push((inner, mt.ty));
                }
                (TyKind::Adt(_, args), hir::TyKind::Path(hir::QPath::Resolved(None, path))) => {
                    match path.res {
                        hir::def::Res::Def(
                            hir::def::DefKind::Struct | hir::def::DefKind::Enum | hir::def::DefKind::Union,
                            _,
                        ) => {}
                        _ => continue,
                    }
                    let Some(segment) = path.segments.last() else { continue };
                    let Some(hir_args) = segment.args else {
                        if args.iter().any(|a| a.as_region().is_some_and(is_fr)) {
                            return Some(Highlight::MatchedAdt(hir_ty.span));
                        }
                        continue;
                    };
                    let lifetimes: Vec<&hir::Lifetime> = hir_args
                        .args
                        .iter()
                        .filter_map(|a| match a {
                            hir::GenericArg::Lifetime(l) => Some(*l),
                            _ => None,
                        })
                        .collect();
                    let regions: Vec<Region<'tcx>> = args.iter().filter_map(|a| a.as_region()).collect();
                    if let Some(i) = regions.iter().position(|&r| is_fr(r)) {
                        return Some(Highlight::MatchedAdt(match lifetimes.get(i) {
                            Some(l) if !l.ident.span.is_dummy() && !l.ident.span.is_empty() => l.ident.span,
                            _ => segment.ident.span,
                        }));
                    }
                    let hir_tys = hir_args.args.iter().filter_map(|a| match a {
                        hir::GenericArg::Type(t) => Some(t.as_unambig_ty()),
                        _ => None,
                    });
                    search.extend(args.types().zip(hir_tys));
                }
                (TyKind::Tuple(tys), hir::TyKind::Tup(hir_tys)) => search.extend(tys.iter().zip(hir_tys.iter())),
                (TyKind::Slice(t), hir::TyKind::Slice(h)) | (TyKind::Array(t, _), hir::TyKind::Array(h, _)) => {
                    search.push((t, h));
                }
                (TyKind::RawPtr(t, _), hir::TyKind::Ptr(mt)) => search.push((t, mt.ty)),
                _ => {}
            }
        }
        None
    }

    fn name_if_in_upvars(&self, fr: RegionVid) -> Option<RegionName> {
        let universal = self.regioncx.universal_regions();
        let index = universal.defining_ty.upvar_tys().iter().position(|ty| contains_region(self, ty, fr))?;
        let (name, span) = self.upvar_name_and_span(index)?;
        Some(RegionName { name: self.next_name(), source: RegionNameSource::AnonRegionFromUpvar(name, span) })
    }
    /// The name of a captured variable and where it is declared.
    pub(crate) fn upvar_name_and_span(&self, index: usize) -> Option<(String, Span)> {
        let upvar = self.upvars.get(index)?;
        Some((upvar.var_ident.name.to_string(), self.tcx.hir_span(upvar.get_root_variable())))
    }

    fn name_if_in_output(&self, fr: RegionVid) -> Option<RegionName> {
        let universal = self.regioncx.universal_regions();
        let ty = universal.unnormalized_output_ty;
        if !contains_region(self, ty, fr) {
            return None;
        }
        let is_closure = universal.defining_ty.implicit_inputs() > 0;
        let what = if is_closure { " of closure" } else { "" };
        let (span, hir_ty) = match self.hir_decl().map(|d| d.output) {
            Some(hir::FnRetTy::Return(t)) => (t.span, Some(t)),
            Some(hir::FnRetTy::DefaultReturn(span)) => (span, None),
            None => (self.tcx.def_span(self.def.to_def_id()), None),
        };
        let highlight = hir_ty
            .and_then(|h| self.highlight_if_we_can_match(fr, ty, h))
            .unwrap_or_else(|| self.highlight_if_we_cannot_match(fr, ty, span, true));
        Some(RegionName { name: self.next_name(), source: RegionNameSource::AnonRegionFromOutput(highlight, what) })
    }

    fn name_if_in_impl(&self, fr: RegionVid) -> Option<RegionName> {
        let RegionKind::ReEarlyParam(p) = self.regioncx.to_error_region(fr)?.kind() else { return None };
        if p.is_named() {
            return None;
        }
        let root = self.tcx.typeck_root_def_id(self.def.to_def_id());
        let span = self.region_def_span(root, p.index);
        Some(RegionName { name: self.next_name(), source: RegionNameSource::AnonRegionFromImplSignature(span) })
    }

    /// The parameter or captured variable whose type has the region: its name and place.
    pub(crate) fn var_name_and_span_for_region(&self, fr: RegionVid) -> Option<(Option<String>, Span)> {
        let universal = self.regioncx.universal_regions();
        if let Some(i) = universal.defining_ty.upvar_tys().iter().position(|ty| contains_region(self, ty, fr)) {
            return self.upvar_name_and_span(i).map(|(n, s)| (Some(n), s));
        }
        let i = self.argument_index_for_region(fr)?;
        Some(self.argument_name_and_span(i))
    }
}
