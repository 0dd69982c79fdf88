//! Errors of regions: "lifetime may not live long enough", E0521, E0621, E0309/E0310, higher-ranked errors.

use diagnostics::{Applicability, Diag};
use mir::{ConstraintCategory, ReturnConstraint};
use span::{FxIndexSet, Span};
use trait_solve::infer::NllRegionVariableOrigin;
use ty::{LateParamRegionKind, Region, RegionKind, RegionVid, Ty, TyKind};

use super::explain_borrow::category_description;
use super::region_name::{RegionName, RegionNameSource, contains_region};
use crate::check::MirBorrowckCtxt;
use crate::region_infer::values::RegionElement;
use crate::region_infer::{BlameConstraint, RegionErrorKind, TypeTest};
use crate::type_check::UniverseInfo;

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn report_region_errors(&mut self, errors: Vec<RegionErrorKind<'tcx>>) {
        let mut suggestion = OutlivesSuggestion::default();
        let mut seen_bound: FxIndexSet<(Span, String)> = FxIndexSet::default();
        for error in errors {
            match error {
                RegionErrorKind::TypeTest(test) => self.report_type_test(test),
                RegionErrorKind::BoundUniversalRegion { longer_fr, error_element, placeholder } => {
                    self.report_bound_region(longer_fr, error_element, placeholder, &mut seen_bound);
                }
                RegionErrorKind::Region { longer_fr, shorter_fr, is_reported } => {
                    if is_reported {
                        self.report_region_error(longer_fr, shorter_fr, &mut suggestion);
                    } else {
                        suggestion.constraints.push((longer_fr, shorter_fr));
                    }
                }
            }
        }
        self.add_outlives_suggestion(suggestion);
    }

    // --- `T: 'a`.

    fn report_type_test(&mut self, test: TypeTest<'tcx>) {
        let tcx = self.tcx;
        let ty = test.generic_kind.to_ty(*tcx);
        let ty = self.name_regions(ty);
        let span = test.span;
        let text = self.ty_for_message(ty);
        let labeled = match test.generic_kind {
            trait_solve::infer::GenericKind::Param(_) => format!("the parameter type `{text}`"),
            trait_solve::infer::GenericKind::Placeholder(_) => format!("the placeholder type `{text}`"),
            trait_solve::infer::GenericKind::Alias(ty::AliasTyKind::Opaque, _) => {
                format!("the opaque type `{text}`")
            }
            trait_solve::infer::GenericKind::Alias(..) => format!("the associated type `{text}`"),
        };
        let lower = self.regioncx.to_error_region(test.lower_bound).or_else(|| {
            let upper = self.to_error_region_vid(test.lower_bound)?;
            self.regioncx.definitions[upper].external_name
        });
        let msg = format!("{labeled} may not live long enough");
        let Some(lower) = lower else {
            let mut err = self.dcx().struct_span_err(span, format!("`{text}` does not live long enough"));
            err.sort_span = span;
            self.buffer_error(err);
            return;
        };
        let (code, name) = match lower.kind() {
            RegionKind::ReStatic => (310, Some("'static".to_owned())),
            _ if self.is_named(lower) => (309, Some(lower.to_string())),
            _ => (311, None),
        };
        let mut err = self.struct_err(code, span, msg);
        match &name {
            Some(name) => {
                if name == "'static" {
                    err.span_label(span, format!("{labeled} must be valid for the static lifetime..."));
                } else {
                    let def = self.span_of_region(lower);
                    err.span_label(
                        def,
                        format!("{labeled} must be valid for the lifetime `{name}` as defined here..."),
                    );
                }
            }
            None => {
                let def = self.span_of_region(lower);
                err.span_label(def, format!("{labeled} must be valid for the anonymous lifetime defined here..."));
            }
        }
        err.span_label(span, format!("...so that the type `{text}` will meet its required lifetime bounds"));
        if let Some(name) = &name {
            self.suggest_explicit_bound(&mut err, test.generic_kind, name);
        }
        self.buffer_error(err);
    }
    fn suggest_explicit_bound(&self, err: &mut Diag<'_>, kind: trait_solve::infer::GenericKind<'tcx>, name: &str) {
        let trait_solve::infer::GenericKind::Param(p) = kind else { return };
        let root = self.tcx.typeck_root_def_id(self.def.to_def_id());
        let generics = self.tcx.generics_of(root);
        if p.index == 0 && generics.has_self {
            return;
        }
        let def = self.tcx.type_param_def(generics, p);
        let Some(local) = def.def_id.as_local() else { return };
        let span = self.tcx.def_span(def.def_id);
        let last_bound = self.tcx.hir_get_generics(self.tcx.local_parent(local)).and_then(|g| {
            g.predicates.iter().find_map(|pred| match pred.kind {
                hir::WherePredicateKind::BoundPredicate(b)
                    if !matches!(def.kind, ty::GenericParamDefKind::Type { synthetic: true, .. })
                        && is_path_to(b.bounded_ty, def.def_id) =>
                {
                    b.bounds.last().map(|b| b.span())
                }
                _ => None,
            })
        });
        let (at, text) = match last_bound {
            Some(last) => (last.shrink_to_hi(), format!(" + {name}")),
            None => (span.shrink_to_hi(), format!(": {name}")),
        };
        err.span_suggestion_verbose(
            at,
            "consider adding an explicit lifetime bound",
            text,
            Applicability::MaybeIncorrect,
        );
    }
    /// Where a named or anonymous region is declared.
    fn span_of_region(&self, r: Region<'tcx>) -> Span {
        let root = self.tcx.typeck_root_def_id(self.def.to_def_id());
        match r.kind() {
            RegionKind::ReEarlyParam(p) => self.region_def_span(root, p.index),
            RegionKind::ReLateParam(p) => match p.kind {
                LateParamRegionKind::Named(d) => self.tcx.def_span(d),
                _ => {
                    let vid = self.regioncx.universal_regions().to_region_vid(r);
                    match self.var_name_and_span_for_region(vid) {
                        Some((_, span)) => span,
                        None => self.tcx.def_span(self.def.to_def_id()),
                    }
                }
            },
            _ => self.tcx.def_span(self.def.to_def_id()),
        }
    }
    /// Regions by the names that the signature has for them.
    pub(crate) fn name_regions<T: ty::TypeFoldable<'tcx>>(&self, value: T) -> T {
        self.tcx.fold_regions(value, |r, _| match r.kind() {
            RegionKind::ReVar(vid) => self.regioncx.to_error_region(vid).unwrap_or(r),
            _ => r,
        })
    }

    // --- Placeholders.

    fn report_bound_region(
        &mut self,
        longer_fr: RegionVid,
        element: RegionElement,
        placeholder: ty::PlaceholderRegion,
        seen: &mut FxIndexSet<(Span, String)>,
    ) {
        // The region that the placeholder contains.
        let error_vid = match element {
            RegionElement::Location(l) => self.regioncx.find_sub_region_live_at(longer_fr, l),
            RegionElement::RootUniversalRegion(r) => r,
            RegionElement::PlaceholderRegion(p) => self
                .regioncx
                .definitions
                .indices()
                .find(|&v| self.regioncx.is_placeholder(v) == Some(p))
                .unwrap_or(longer_fr),
        };
        let (blame, _) =
            self.regioncx.best_blame_constraint(longer_fr, NllRegionVariableOrigin::Placeholder(placeholder), |r| {
                r == error_vid
            });
        let info = self.regioncx.universe_info(placeholder.universe);
        let span = if blame.span.is_dummy() { info.map_or(self.body.span, |(_, s)| s) } else { blame.span };
        let mut err = match info {
            Some((UniverseInfo::RelateTys { expected, found }, _)) => {
                let (e, f) = (self.ty_for_message(expected), self.ty_for_message(found));
                let mut err = self.struct_err(308, span, "mismatched types");
                err.span_label(span, "one type is more general than the other");
                if e != f {
                    err.note_expected_found(type_word(expected), &e, &f);
                } else {
                    err.note_expected_found(type_word(expected), &e, &f);
                }
                err
            }
            Some((UniverseInfo::Predicate(p), _)) => self.not_general_enough(span, p),
            _ => self.dcx().struct_span_err(span, "higher-ranked lifetime error"),
        };
        if let Some(p) = blame.predicate_span
            && matches!(info, Some((UniverseInfo::Predicate(_), _)))
        {
            let _ = p;
        }
        err.sort_span = span;
        if seen.insert((span, err.message.clone())) {
            self.buffer_error(err);
        } else {
            err.cancel();
        }
    }
    fn not_general_enough(&self, span: Span, p: ty::Predicate<'tcx>) -> Diag<'a> {
        use ty::{ClauseKind, PredicateKind};
        let tcx = self.tcx;
        let kind = p.kind().skip_binder();
        let trait_ref = match kind {
            PredicateKind::Clause(ClauseKind::Trait(t)) => t.trait_ref,
            PredicateKind::Clause(ClauseKind::Projection(proj)) => tcx.projection_trait_ref(proj.projection_term),
            _ => return tcx.dcx().struct_span_err(span, "higher-ranked lifetime error"),
        };
        let trait_name = tcx.item_name(trait_ref.def_id);
        let mut err =
            tcx.dcx().struct_span_err(span, format!("implementation of `{trait_name}` is not general enough"));
        err.span_label(span, format!("implementation of `{trait_name}` is not general enough"));
        let self_ty = trait_ref.self_ty();
        let own = ty::print::def_path_str_with_args(trait_ref.def_id, &trait_ref.args[1..]);
        let _ = own;
        let shown = self.ty_for_message(self_ty);
        if self_ty.is_closure() {
            let args = trait_ref.args.types().nth(1).map(|t| self.ty_for_message(t)).unwrap_or_default();
            let args = args.trim_start_matches('(').trim_end_matches(')').trim_end_matches(',').to_owned();
            err.note(format!(
                "closure with signature `fn({args})` must implement `{trait_name}<({args},)>`, for any lifetime `'0`..."
            ));
            err.note(format!("...but it actually implements `{trait_name}`, for some specific lifetime `'1`"));
        } else {
            let full = self.tcx.def_path_str(trait_ref.def_id);
            let _ = full;
            err.note(format!("`{trait_name}` would have to be implemented for the type `{shown}`"));
            err.note(format!(
                "...but `{trait_name}` is actually implemented for the type `{shown}`, for some specific lifetime `'1`"
            ));
        }
        err
    }

    // --- `'a: 'b`.

    fn report_region_error(&mut self, fr: RegionVid, outlived: RegionVid, suggestion: &mut OutlivesSuggestion) {
        let (blame, _) = self.regioncx.best_blame_constraint(fr, NllRegionVariableOrigin::FreeRegion, |r| {
            self.regioncx.provides_universal_region(r, fr, outlived)
        });
        if let Some(err) = self.try_report_named_anon_conflict(blame.span, outlived, fr) {
            self.buffer_error(err);
            return;
        }
        let universal = self.regioncx.universal_regions();
        let fr_is_local = universal.is_local_free_region(fr);
        let outlived_is_local = universal.is_local_free_region(outlived);
        let err = match (blame.category, fr_is_local, outlived_is_local) {
            (ConstraintCategory::Return(kind), true, false) if self.is_closure_fn_mut(fr) => {
                self.report_fnmut_error(blame, outlived, kind)
            }
            (_, true, false) => self.report_escaping_data_error(blame, fr, outlived),
            _ => Some(self.report_general_error(blame, fr, outlived, outlived_is_local)),
        };
        let err = match err {
            Some(e) => e,
            None => self.report_general_error(blame, fr, outlived, outlived_is_local),
        };
        let mut err = err;
        err.sort_span = blame.span;
        suggestion.constraints.push((fr, outlived));
        suggestion.intermediate(self, fr, outlived, &mut err);
        self.buffer_error(err);
    }
    /// Whether the region is that of an `FnMut` closure's environment.
    fn is_closure_fn_mut(&self, fr: RegionVid) -> bool {
        let Some(r) = self.regioncx.to_error_region(fr) else { return false };
        if let RegionKind::ReLateParam(p) = r.kind()
            && p.kind == LateParamRegionKind::ClosureEnv
            && let crate::universal_regions::DefiningTy::Closure(_, args) =
                self.regioncx.universal_regions().defining_ty
        {
            return args.as_closure().kind() == ty::closure::ClosureKind::FnMut;
        }
        false
    }

    fn report_fnmut_error(
        &self,
        blame: BlameConstraint<'tcx>,
        outlived: RegionVid,
        kind: ReturnConstraint,
    ) -> Option<Diag<'a>> {
        let span = blame.span;
        let mut err = self.tcx.dcx().struct_span_err(span, "captured variable cannot escape `FnMut` closure body");
        let output = self.regioncx.universal_regions().unnormalized_output_ty;
        let label = if output.walk().any(|a| a.as_type().is_some_and(|t| t.is_closure())) {
            "returns a closure that contains a reference to a captured variable, which then escapes the closure body"
        } else {
            "returns a reference to a captured variable which escapes the closure body"
        };
        err.span_label(span, label);
        if let ReturnConstraint::ClosureUpvar(field) = kind
            && let Some(upvar) = self.upvars.get(field.as_usize())
        {
            err.span_label(self.tcx.hir_span(upvar.get_root_variable()), "variable defined here");
            let path = super::spans::path_span(self.tcx, upvar, self.def.to_def_id());
            err.span_label(path, "variable captured here");
        }
        if let Some(s) = self.give_region_a_name(outlived).and_then(|n| n.span()) {
            err.span_label(s, "inferred to be a `FnMut` closure");
        }
        err.note("`FnMut` closures only have access to their captured variables while they are executing...");
        err.note("...therefore, they cannot allow references to captured variables to escape");
        Some(err)
    }

    fn report_escaping_data_error(
        &self,
        blame: BlameConstraint<'tcx>,
        fr: RegionVid,
        outlived: RegionVid,
    ) -> Option<Diag<'a>> {
        let span = blame.span;
        let fr_var = self.var_name_and_span_for_region(fr);
        let outlived_var = self.var_name_and_span_for_region(outlived);
        let defining = self.regioncx.universal_regions().defining_ty;
        let escapes_from = self.tcx.def_descr(defining.def_id());
        if (fr_var.is_none() && outlived_var.is_none())
            || (blame.category == ConstraintCategory::Assignment && defining.is_fn_def())
            || !matches!(
                blame.category,
                ConstraintCategory::CallArgument(_) | ConstraintCategory::Assignment | ConstraintCategory::Yield
            )
            || defining.is_const()
        {
            return None;
        }
        let mut err = self.struct_err(521, span, format!("borrowed data escapes outside of {escapes_from}"));
        if let Some((Some(name), s)) = outlived_var {
            err.span_label(s, format!("`{name}` declared here, outside of the {escapes_from} body"));
        }
        if let Some((Some(name), s)) = fr_var {
            err.span_label(s, format!("`{name}` is a reference that is only valid in the {escapes_from} body"));
            err.span_label(span, format!("`{name}` escapes the {escapes_from} body here"));
        }
        if self.regioncx.to_error_region(fr).is_some() && self.regioncx.to_error_region(outlived).is_some() {
            let fr_name = self.give_region_a_name(fr)?;
            fr_name.highlight(&mut err);
            let outlived_name = self.give_region_a_name(outlived)?;
            outlived_name.highlight(&mut err);
            err.span_label(
                span,
                format!(
                    "{}requires that `{fr_name}` must outlive `{outlived_name}`",
                    category_description(blame.category)
                ),
            );
        }
        Some(err)
    }

    fn report_general_error(
        &self,
        blame: BlameConstraint<'tcx>,
        fr: RegionVid,
        outlived: RegionVid,
        outlived_is_local: bool,
    ) -> Diag<'a> {
        let span = blame.span;
        let mut err = self.tcx.dcx().struct_span_err(span, "lifetime may not live long enough");
        let name = |cx: &Self, r| {
            cx.give_region_a_name(r)
                .unwrap_or_else(|| RegionName { name: "'unknown".to_owned(), source: RegionNameSource::Static })
        };
        let fr_name = name(self, fr);
        fr_name.highlight(&mut err);
        let outlived_name = name(self, outlived);
        outlived_name.highlight(&mut err);
        match blame.category {
            ConstraintCategory::Return(_) if outlived_is_local => {
                let what = self.tcx.def_descr(self.def.to_def_id());
                err.span_label(
                    span,
                    format!(
                        "{what} was supposed to return data with lifetime `{outlived_name}` but it is returning data with lifetime `{fr_name}`"
                    ),
                );
            }
            c => {
                err.span_label(
                    span,
                    format!("{}requires that `{fr_name}` must outlive `{outlived_name}`", category_description(c)),
                );
            }
        }
        err
    }

    /// Whether the user wrote a name for it.
    fn is_named(&self, r: Region<'tcx>) -> bool {
        match r.kind() {
            RegionKind::ReEarlyParam(p) => p.is_named(),
            RegionKind::ReLateParam(p) => match p.kind {
                LateParamRegionKind::Named(d) => {
                    let n = self.tcx.item_name(d);
                    n != span::kw::UnderscoreLifetime && !n.is_empty()
                }
                _ => false,
            },
            RegionKind::ReStatic => true,
            _ => false,
        }
    }

    /// E0621: one region has a name, the other is that of a parameter's reference.
    fn try_report_named_anon_conflict(&self, span: Span, sub: RegionVid, sup: RegionVid) -> Option<Diag<'a>> {
        let tcx = self.tcx;
        let (sub_r, sup_r) = (self.regioncx.to_error_region(sub)?, self.regioncx.to_error_region(sup)?);
        let is_anon = |r: Region<'tcx>| match r.kind() {
            RegionKind::ReLateParam(p) => p.kind != LateParamRegionKind::ClosureEnv && !self.is_named(r),
            RegionKind::ReEarlyParam(_) => false,
            _ => false,
        };
        let (named, anon) = if self.is_named(sub_r) && is_anon(sup_r) {
            (sub_r, sup)
        } else if self.is_named(sup_r) && is_anon(sub_r) {
            (sup_r, sub)
        } else {
            return None;
        };
        if named.is_static() || !self.regioncx.universal_regions().defining_ty.is_fn_def() {
            return None;
        }
        let index = self.argument_index_for_region(anon)?;
        let universal = self.regioncx.universal_regions();
        // In the return type it is what elision made of the parameter: then that is not where to name it.
        if contains_region(self, universal.unnormalized_output_ty, anon) {
            return None;
        }
        let decl = tcx.hir_fn_decl_by_hir_id(tcx.local_def_id_to_hir_id(self.def))?;
        if index == 0 && decl.implicit_self.has_implicit_self() {
            return None;
        }
        // A trait's signature decides what an impl may write.
        if tcx.trait_impl_of_assoc(self.def.to_def_id()).is_some() {
            return None;
        }
        let hir_ty = decl.inputs.get(index)?;
        let (name, _) = self.argument_name_and_span(index);
        let what = match &name {
            Some(n) => format!("the type of `{n}`"),
            None => "parameter type".to_owned(),
        };
        let mut err = self.struct_err(621, span, format!("explicit lifetime required in {what}"));
        err.span_label(span, format!("lifetime `{named}` required"));
        let ty = universal.unnormalized_input_tys[index];
        let text = tcx
            .fold_regions(ty, |r, _| match universal.try_region_vid(r) {
                Some(v) if v == anon => named,
                Some(v) => self.regioncx.definitions[v].external_name.unwrap_or(r),
                None => r,
            })
            .to_string();
        err.span_suggestion_verbose(
            hir_ty.span,
            format!("add explicit lifetime `{named}` to {what}"),
            text,
            Applicability::Unspecified,
        );
        Some(err)
    }

    fn add_outlives_suggestion(&mut self, s: OutlivesSuggestion) {
        // One bound is a help of its error; several are one help.
        let mut bounds: FxIndexSet<(String, String)> = FxIndexSet::default();
        for (fr, outlived) in s.constraints {
            let (Some(a), Some(b)) = (self.give_region_a_name(fr), self.give_region_a_name(outlived)) else { continue };
            if suggestable(&a) && suggestable(&b) && a.name != "'static" {
                bounds.insert((a.name, b.name));
            }
        }
        if bounds.len() < 2 {
            return;
        }
        let mut parts: Vec<String> = Vec::new();
        let mut done: FxIndexSet<(String, String)> = FxIndexSet::default();
        let mut by_longer: span::FxIndexMap<String, Vec<String>> = span::FxIndexMap::default();
        for (a, b) in &bounds {
            if done.contains(&(a.clone(), b.clone())) {
                continue;
            }
            if b == "'static" {
                parts.push(format!("replace `{a}` with `'static`"));
            } else if bounds.contains(&(b.clone(), a.clone())) {
                done.insert((b.clone(), a.clone()));
                parts.push(format!("`{a}` and `{b}` must be the same: replace one with the other"));
            } else {
                by_longer.entry(a.clone()).or_default().push(b.clone());
            }
        }
        for (a, bs) in by_longer {
            parts.push(format!("add bound `{a}: {}`", bs.join(" + ")));
        }
        if let [one] = &parts[..] {
            let text = match one.strip_prefix("add bound ") {
                Some(bound) => format!("consider adding the following bound: {bound}"),
                None => one.clone(),
            };
            // As a help of the last error.
            if let Some(last) = self.buffered_diags.last_mut() {
                last.diag.help(text);
            }
            return;
        }
        let mut diag = diagnostics::Diag::new(
            self.tcx.dcx(),
            diagnostics::Level::Help,
            "the following changes may resolve your lifetime errors",
        );
        for p in &parts {
            diag.help(p.clone());
        }
        diag.sort_span = self.body.span.shrink_to_hi();
        diag.cancel();
        if let Some(last) = self.buffered_diags.last_mut() {
            last.diag.help("the following changes may resolve your lifetime errors");
            for p in parts {
                last.diag.help(p);
            }
        }
    }
}

/// The bounds that would make errors go.
#[derive(Default)]
struct OutlivesSuggestion {
    constraints: Vec<(RegionVid, RegionVid)>,
}

impl OutlivesSuggestion {
    /// "consider adding the following bound"
    fn intermediate<'tcx>(
        &self,
        cx: &MirBorrowckCtxt<'_, 'tcx>,
        fr: RegionVid,
        outlived: RegionVid,
        err: &mut Diag<'_>,
    ) {
        let (Some(a), Some(b)) = (cx.give_region_a_name(fr), cx.give_region_a_name(outlived)) else { return };
        if suggestable(&a) && suggestable(&b) && a.name != "'static" && b.name != "'static" {
            err.help(format!("consider adding the following bound: `{}: {}`", a.name, b.name));
        }
    }
}

fn suggestable(name: &RegionName) -> bool {
    matches!(name.source, RegionNameSource::Named(_) | RegionNameSource::Static)
}

fn type_word(ty: Ty<'_>) -> &'static str {
    match ty.kind() {
        TyKind::FnPtr(_) => "fn pointer",
        TyKind::Ref(..) => "reference",
        TyKind::Dynamic(..) => "trait object",
        TyKind::Adt(def, _) if def.is_enum() => "enum",
        TyKind::Adt(def, _) if def.is_struct() => "struct",
        _ => "type",
    }
}

fn is_path_to(ty: &hir::Ty<'_>, def: span::def_id::DefId) -> bool {
    matches!(ty.kind, hir::TyKind::Path(hir::QPath::Resolved(None, path)) if path.res.opt_def_id() == Some(def))
}
