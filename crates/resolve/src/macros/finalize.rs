//! The final look-up of all macro paths, and the errors for those that mean nothing.

use hir::def::{DefKind, MacroKinds, Namespace::*, NonMacroAttrKind, Res as HirRes};
use span::{ExpnId, FxHashSet, Ident, MacroKind, Span, Symbol, SyntaxContext};

use crate::Resolver;
use crate::errors::{ResolutionError, TypoSuggestion};
use crate::ident::{ScopeSet, res_macro_kinds};
use crate::macro_scope::{MacroRulesScope, MacroRulesScopeRef, ParentScope};
use crate::macros::{MultiSegmentMacro, SingleSegmentMacro};
use crate::module::{Module, Res};
use crate::path::{Finalize, Ignore, PathResult, Segment, Used};
use crate::report::edit_distance::find_best_match_for_name;
use crate::scopes::Scope;

/// All that the meaning of a macro's name depends on.
#[derive(PartialEq, Eq, Hash)]
struct Use<'ra> {
    name: Symbol,
    ctxt: SyntaxContext,
    kind: MacroKind,
    module: Module<'ra>,
    expansion: ExpnId,
    macro_rules: MacroRulesScopeRef<'ra>,
    derives: *const ast::Path,
}

impl<'ra> Use<'ra> {
    fn new(ident: Ident, kind: MacroKind, scope: &ParentScope<'ra>) -> Use<'ra> {
        let ParentScope { module, expansion, macro_rules, derives } = *scope;
        Use {
            name: ident.name,
            ctxt: ident.span.ctxt(),
            kind,
            module,
            expansion,
            macro_rules,
            derives: derives.as_ptr(),
        }
    }
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn finalize_macro_resolutions(&mut self) {
        for resolution in std::mem::take(&mut self.multi_segment_macro_resolutions) {
            self.finalize_macro_path(resolution);
        }
        // `assert!`, `#[inline]` and the like come by the thousand: what was no error in a place is none there again.
        let mut clean = FxHashSet::default();
        for SingleSegmentMacro { ident, kind, parent_scope, initial_binding } in
            std::mem::take(&mut self.single_segment_macro_resolutions)
        {
            let this_use = (Use::new(ident, kind, &parent_scope), initial_binding);
            if clean.contains(&this_use) {
                continue;
            }
            let errors = self.ambiguity_errors.len() + self.privacy_errors.len();
            let finalize = Finalize::new(ast::CRATE_NODE_ID, ident.span);
            let found = self.early_resolve_ident_in_lexical_scope(
                ident,
                ScopeSet::Macro(kind),
                &parent_scope,
                Some(finalize),
                true,
                Ignore::default(),
            );
            match found {
                Ok(binding) => {
                    let initial = initial_binding.map(|initial| {
                        self.record_use(ident, initial, Used::Other);
                        initial.res()
                    });
                    self.check_macro_consistency(
                        &[Segment::from_ident(ident)],
                        ident.span,
                        kind,
                        initial,
                        binding.res(),
                    );
                    if errors == self.ambiguity_errors.len() + self.privacy_errors.len()
                        && initial == Some(binding.res())
                        && matches!(initial, Some(HirRes::Def(..)))
                    {
                        clean.insert(this_use);
                    }
                    if binding.res() == HirRes::NonMacroAttr(NonMacroAttrKind::DeriveHelperCompat) {
                        let msg = "derive helper attribute is used before it is introduced".to_string();
                        let lint = &session::lint::LEGACY_DERIVE_HELPERS;
                        self.buffer_lint(lint, ast::CRATE_NODE_ID, ident.span, msg, |diag| {
                            diag.span_label(binding.span, "the attribute is introduced here");
                        });
                    }
                }
                Err(_) => {
                    let expected = kind.descr_expected();
                    let msg = format!("cannot find {expected} `{ident}` in this scope");
                    let mut diag = self.dcx().struct_span_err(ident.span, msg);
                    self.unresolved_macro_suggestions(&mut diag, kind, &parent_scope, ident);
                    diag.emit();
                }
            }
        }
        let mut clean = FxHashSet::default();
        for (ident, parent_scope) in std::mem::take(&mut self.builtin_attrs) {
            let key = Use::new(ident, MacroKind::Attr, &parent_scope);
            if clean.contains(&key) {
                continue;
            }
            let errors = self.ambiguity_errors.len() + self.privacy_errors.len();
            let finalize = Finalize::new(ast::CRATE_NODE_ID, ident.span);
            let _ = self.early_resolve_ident_in_lexical_scope(
                ident,
                ScopeSet::Macro(MacroKind::Attr),
                &parent_scope,
                Some(finalize),
                true,
                Ignore::default(),
            );
            if errors == self.ambiguity_errors.len() + self.privacy_errors.len() {
                clean.insert(key);
            }
        }
    }

    fn finalize_macro_path(&mut self, resolution: MultiSegmentMacro<'ra>) {
        let MultiSegmentMacro { mut path, path_span, kind, parent_scope, initial_res } = resolution;
        for segment in &mut path {
            segment.id = None;
        }
        let finalize = Finalize::new(ast::CRATE_NODE_ID, path_span);
        match self.resolve_path(&path, Some(MacroNS), &parent_scope, Some(finalize), Ignore::default()) {
            PathResult::NonModule(partial) if partial.full_res().is_some() => {
                self.check_macro_consistency(&path, path_span, kind, initial_res, partial.expect_full_res());
            }
            PathResult::Failed(mut failure) => {
                // Maybe a function was called with `!`.
                if let PathResult::NonModule(partial) =
                    self.maybe_resolve_path(&path, Some(ValueNS), &parent_scope, None)
                    && partial.unresolved_segments() == 0
                {
                    let exclamation = self.session().source_map().next_point(failure.span);
                    let name = Segment::names_to_string(&path);
                    let descr = partial.base_res().descr();
                    failure.suggestion = Some((
                        vec![(exclamation, String::new())],
                        format!("{name} is not a macro, but a {descr}, try to remove `!`"),
                        diagnostics::Applicability::MaybeIncorrect,
                    ));
                }
                let span = failure.span;
                self.report_error(span, ResolutionError::FailedToResolve(failure));
            }
            PathResult::NonModule(_) => {
                let label = format!("partially resolved path in {} {}", kind.article(), kind.descr());
                let mut diag = self.dcx().struct_span_err(path_span, format!("failed to resolve: {label}"));
                diag.code(diagnostics::codes::E0433).span_label(path_span, label);
                diag.emit();
            }
            PathResult::Module(_) | PathResult::Indeterminate => {}
        }
    }

    fn check_macro_consistency(
        &mut self,
        path: &[Segment],
        span: Span,
        kind: MacroKind,
        initial_res: Option<Res>,
        res: Res,
    ) {
        match initial_res {
            Some(initial) => {
                // A changed meaning has an ambiguity error of its own.
                let _ = initial == res;
            }
            None if res != HirRes::Err && self.privacy_errors.is_empty() => {
                let path = Segment::names_to_string(path);
                self.dcx()
                    .struct_span_err(span, format!("cannot determine resolution for the {} `{path}`", kind.descr()))
                    .with_note("import resolution is stuck, try simplifying macro imports")
                    .emit();
            }
            None => {}
        }
    }

    /// What may have been meant by an unknown macro.
    fn unresolved_macro_suggestions(
        &mut self,
        diag: &mut diagnostics::Diag<'_>,
        kind: MacroKind,
        parent_scope: &ParentScope<'ra>,
        ident: Ident,
    ) {
        let wanted = MacroKinds::from(kind);
        let mut candidates: Vec<TypoSuggestion> = Vec::new();
        let ctxt = ident.span.ctxt();
        let is_wanted = |res: Res| res_macro_kinds(res).is_some_and(|kinds| kinds.intersects(wanted));
        self.visit_scopes(ScopeSet::Macro(kind), parent_scope, ctxt, |this, scope, use_prelude, _| {
            match scope {
                Scope::DeriveHelpers(expn) => {
                    for (helper, binding) in this.helper_attrs.get(&expn).into_iter().flatten() {
                        if is_wanted(binding.res()) {
                            candidates.push(TypoSuggestion::typo_from_ident(*helper, binding.res()));
                        }
                    }
                }
                Scope::MacroRules(scope) => {
                    if let MacroRulesScope::Binding(binding) = scope.get()
                        && is_wanted(binding.binding.res())
                    {
                        candidates.push(TypoSuggestion::typo_from_ident(binding.ident, binding.binding.res()));
                    }
                }
                Scope::Module(module) => this.add_module_candidates(module, &mut candidates, &is_wanted, None),
                Scope::MacroUsePrelude => {
                    for (name, binding) in &this.macro_use_prelude {
                        if is_wanted(binding.res()) {
                            candidates.push(TypoSuggestion::typo_from_name(*name, binding.res()));
                        }
                    }
                }
                Scope::BuiltinAttrs => {
                    let res = HirRes::NonMacroAttr(NonMacroAttrKind::Builtin(span::kw::Empty));
                    if is_wanted(res) {
                        let names = crate::builtin_attrs::names().filter(|n| !n.starts_with("rustc"));
                        candidates.extend(names.map(|n| TypoSuggestion::typo_from_name(span::Symbol::intern(n), res)));
                    }
                }
                Scope::StdLibPrelude => {
                    if let Some(prelude) = this.prelude {
                        let mut found = Vec::new();
                        this.add_module_candidates(prelude, &mut found, &is_wanted, None);
                        found.retain(|f| use_prelude || this.is_builtin_macro(f.res));
                        candidates.append(&mut found);
                    }
                }
                Scope::DeriveHelpersCompat
                | Scope::CrateRoot
                | Scope::ExternPrelude
                | Scope::ToolPrelude
                | Scope::BuiltinTypes => {}
            }
            None::<()>
        });
        candidates.sort_by(|a, b| a.candidate.as_str().cmp(b.candidate.as_str()));
        candidates.dedup_by(|a, b| a.candidate == b.candidate);
        let names: Vec<_> = candidates.iter().map(|c| c.candidate).collect();
        if let Some(best) = find_best_match_for_name(&names, ident.name, None)
            && best != ident.name
            && let Some(candidate) = candidates.into_iter().find(|c| c.candidate == best)
        {
            self.add_typo_suggestion(diag, candidate, ident.span);
        }
        let imports = self.lookup_import_candidates(
            ident,
            MacroNS,
            parent_scope,
            |res| matches!(res, HirRes::Def(DefKind::Macro(kinds), _) if kinds.intersects(wanted)),
        );
        self.show_candidates_for_macro(diag, parent_scope, &imports);

        // Macros of this name that are defined later in the text, or of another kind.
        if self.macro_names.contains(&ident.normalize_to_macros_2_0()) {
            diag.help("have you added the `#[macro_use]` on the module/import?");
            return;
        }
        if ident.name == span::kw::Default && kind == MacroKind::Derive {
            return;
        }
        for ns in [MacroNS, TypeNS, ValueNS] {
            let found = self.early_resolve_ident_in_lexical_scope(
                ident,
                ScopeSet::All(ns),
                parent_scope,
                None,
                false,
                Ignore::default(),
            );
            let Ok(binding) = found else { continue };
            let descr = match binding.res() {
                HirRes::NonMacroAttr(NonMacroAttrKind::Builtin(..)) => "a built-in attribute".to_string(),
                HirRes::NonMacroAttr(kind) => format!("{} {}", kind.article(), kind.descr()),
                res @ HirRes::Def(DefKind::Macro(kinds), _) if kinds == MacroKinds::BANG => {
                    format!("{} {}", "a function-like", res.descr())
                }
                res @ HirRes::Def(DefKind::Macro(kinds), _) if kinds == MacroKinds::ATTR => {
                    let _ = res;
                    format!("an attribute: `#[{ident}]`")
                }
                HirRes::Def(DefKind::Macro(kinds), _) if kinds == MacroKinds::DERIVE => {
                    format!("a derive macro: `#[derive({ident})]`")
                }
                HirRes::Err => continue,
                // "`x` is in scope, but it is a module, not a macro".
                res => format!("{} {}, not {} {}", res.article(), res.descr(), kind.article(), kind.descr_expected()),
            };
            match Self::import_of(binding) {
                Some(import) if !import.span.is_dummy() => {
                    diag.span_note(import.span, format!("`{ident}` is imported here, but it is {descr}"));
                    import.used.set(true);
                }
                _ => {
                    diag.note(format!("`{ident}` is in scope, but it is {descr}"));
                }
            }
            return;
        }
    }
}
