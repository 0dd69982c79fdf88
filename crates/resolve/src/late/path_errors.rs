//! The error for a path that means nothing, or something else than is needed where it stands; with what may have been
//! meant.

use ast::visit::FnKind;
use ast::{Expr, ExprKind};
use diagnostics::codes::*;
use diagnostics::{Applicability, Diag, ErrCode};
use hir::PrimTy;
use hir::def::{CtorKind, DefKind, MacroKinds, Namespace, Namespace::*, Res as HirRes};
use span::{Ident, Span, Symbol, kw};

use super::LateResolver;
use super::path_source::PathSource;
use crate::errors::{ImportSuggestion, TypoSuggestion};
use crate::import::ModuleOrUniformRoot;
use crate::module::Res;
use crate::path::{PathResult, Segment};
use crate::report::edit_distance::find_best_match_for_name;

struct BaseError {
    msg: String,
    fallback_label: String,
    span: Span,
    span_label: Option<(Span, &'static str)>,
    suggestion: Option<(Span, &'static str, String)>,
    module: Option<span::def_id::DefId>,
}

/// An associated item or field of `Self` of the wanted name.
enum AssocSuggestion {
    Field(Span),
    MethodWithSelf,
    AssocFn,
    AssocConst,
    AssocType,
}

impl<'ast, 'ra, 'tcx> LateResolver<'_, 'ast, 'ra, 'tcx> {
    pub(super) fn smart_resolve_report_errors(
        &mut self,
        path: &[Segment],
        following_seg: Option<&Segment>,
        span: Span,
        source: PathSource<'_>,
        res: Option<Res>,
    ) -> (Diag<'tcx>, Vec<ImportSuggestion>) {
        let base = self.base_error(path, span, source, res);
        let code: ErrCode = source.error_code(res.is_some());
        let mut diag = self.r.dcx().struct_span_err(base.span, base.msg.clone());
        diag.code(code);
        if let Some((span, label)) = base.span_label {
            diag.span_label(span, label);
        }
        if let Some((span, msg, text)) = &base.suggestion {
            diag.span_suggestion_verbose(*span, *msg, text.clone(), Applicability::MaybeIncorrect);
        }
        if self.explain_self_ty(&mut diag, source, path, span) || self.explain_self_value(&mut diag, source, path, span)
        {
            return (diag, Vec::new());
        }
        let (found, candidates) =
            self.try_lookup_name_relaxed(&mut diag, source, path, following_seg, span, res, &base);
        if found {
            return (diag, candidates);
        }
        if self.suggest_typo(&mut diag, source, path, following_seg) {
            diag.span_label(base.span, base.fallback_label.clone());
        }
        self.special_cases(&mut diag, source, path);
        if let Some(module) = base.module {
            let name = path.last().expect("paths have segments").ident.name;
            self.r.find_cfg_stripped(&mut diag, name, module);
        }
        (diag, candidates)
    }

    fn base_error(&mut self, path: &[Segment], span: Span, source: PathSource<'_>, res: Option<Res>) -> BaseError {
        let mut expected = source.descr_expected();
        let path_str = Segment::names_to_string(path);
        let ident = path.last().expect("paths have segments").ident;
        if let Some(res) = res {
            let span_label = match res {
                HirRes::Def(DefKind::TyParam, def_id) => Some((self.r.def_span(def_id), "found this type parameter")),
                _ => None,
            };
            return BaseError {
                msg: format!("expected {expected}, found {} `{path_str}`", self.r.res_descr(res)),
                fallback_label: format!("not a {expected}"),
                span,
                span_label,
                suggestion: None,
                module: None,
            };
        }
        let mut module = None;
        let (mod_prefix, mod_str) = if path.len() == 1 {
            (String::new(), "this scope".to_string())
        } else if path.len() == 2 && path[0].ident.name == kw::PathRoot {
            if self.r.session().edition().at_least_rust_2018() {
                expected = "crate";
                (String::new(), "the list of imported crates".to_string())
            } else {
                module = Some(span::def_id::CRATE_DEF_ID.to_def_id());
                (String::new(), "the crate root".to_string())
            }
        } else if path.len() == 2 && path[0].ident.name == kw::Crate {
            module = Some(span::def_id::CRATE_DEF_ID.to_def_id());
            (String::new(), "the crate root".to_string())
        } else {
            let mod_path = &path[..path.len() - 1];
            let mod_res = match self.resolve_path(mod_path, Some(TypeNS), None) {
                PathResult::Module(ModuleOrUniformRoot::Module(module)) => module.res(),
                _ => None,
            };
            module = mod_res.and_then(|res| res.mod_def_id());
            let prefix = mod_res.map_or_else(String::new, |res| format!("{} ", res.descr()));
            (prefix, format!("`{}`", Segment::names_to_string(mod_path)))
        };
        let lower = ident.as_str().to_lowercase();
        let suggestion = if lower == "true" || lower == "false" {
            Some((ident.span, "you may want to use a bool value instead", lower))
        } else if ident.as_str() == "printf" {
            Some((ident.span, "you may have meant to use the `print` macro", "print!".to_string()))
        } else {
            None
        };
        let fallback_label = if path_str == "async" && expected.starts_with("struct") {
            "`async` blocks are only allowed in Rust 2018 or later".to_string()
        } else {
            format!("not found in {mod_str}")
        };
        let module = module.or_else(|| (path.len() == 1).then(|| self.parent_scope.module.nearest_parent_mod_def_id()));
        BaseError {
            msg: format!("cannot find {expected} `{ident}` in {mod_prefix}{mod_str}"),
            fallback_label,
            span: ident.span,
            span_label: None,
            suggestion,
            module,
        }
    }

    /// `Self` where there is none.
    fn explain_self_ty(&mut self, diag: &mut Diag<'_>, source: PathSource<'_>, path: &[Segment], span: Span) -> bool {
        let is_self = path.len() == 1 && path[0].ident.name == kw::SelfUpper && source.namespace() == TypeNS;
        if !is_self {
            return false;
        }
        diag.code(E0411).span_label(span, "`Self` is only available in impls, traits, and type definitions");
        if let Some(item) = self.diag.current_item
            && let Some(ident) = item.kind.ident()
        {
            let label = format!("`Self` not allowed in {} {}", item.kind.article(), item.kind.descr());
            diag.span_label(ident.span, label);
        }
        true
    }

    /// `self` where there is none.
    fn explain_self_value(
        &mut self,
        diag: &mut Diag<'_>,
        source: PathSource<'_>,
        path: &[Segment],
        span: Span,
    ) -> bool {
        let is_self = path.len() == 1 && path[0].ident.name == kw::SelfLower && source.namespace() == ValueNS;
        if !is_self {
            return false;
        }
        let label = match source {
            PathSource::Pat => "`self` value is a keyword and may not be bound to variables or shadowed",
            _ => "`self` value is a keyword only available in methods with a `self` parameter",
        };
        diag.code(E0424).span_label(span, label);
        let is_assoc_fn = self.self_type_is_available();
        if let Some((kind, fn_span)) = self.diag.current_function {
            if kind.decl().has_self() {
                diag.span_label(
                    fn_span,
                    "this function has a `self` parameter, but a macro invocation can only access identifiers it receives \
                     from parameters",
                );
            } else {
                let doesnt = if is_assoc_fn {
                    let first = kind.decl().inputs.first();
                    let (at, text) = match (first, kind.ident()) {
                        (Some(param), _) => (param.span.shrink_to_lo(), "&self, "),
                        (None, Some(ident)) => {
                            let after =
                                self.r.session().source_map().span_through_char(fn_span.with_lo(ident.span.hi()), '(');
                            (after.shrink_to_hi(), "&self")
                        }
                        (None, None) => (fn_span, "&self"),
                    };
                    diag.span_suggestion_verbose(
                        at,
                        "add a `self` receiver parameter to make the associated `fn` a method",
                        text,
                        Applicability::MaybeIncorrect,
                    );
                    "doesn't"
                } else {
                    "can't"
                };
                if let Some(ident) = kind.ident() {
                    diag.span_label(ident.span, format!("this function {doesnt} have a `self` parameter"));
                }
            }
        } else if let Some(item) = self.diag.current_item
            && let Some(ident) = item.kind.ident()
        {
            let label = format!("`self` not allowed in {} {}", item.kind.article(), item.kind.descr());
            diag.span_label(ident.span, label);
        }
        true
    }

    fn self_type_is_available(&mut self) -> bool {
        self.resolve_ident(Ident::with_dummy_span(kw::SelfUpper), TypeNS, None).is_some()
    }

    fn self_value_is_available(&mut self, span: Span) -> bool {
        let ident = Ident::new(kw::SelfLower, span);
        self.resolve_ident(ident, ValueNS, None).is_some()
    }

    /// Looks for the name elsewhere: in other modules, in `Self`, among similar names. Whether that explains enough.
    fn try_lookup_name_relaxed(
        &mut self,
        diag: &mut Diag<'_>,
        source: PathSource<'_>,
        path: &[Segment],
        following_seg: Option<&Segment>,
        span: Span,
        res: Option<Res>,
        base: &BaseError,
    ) -> (bool, Vec<ImportSuggestion>) {
        let ident = path.last().expect("paths have segments").ident;
        let ns = source.namespace();
        let path_str = Segment::names_to_string(path);
        let actual = res.and_then(|res| res.opt_def_id());
        let mut candidates: Vec<ImportSuggestion> = self
            .r
            .lookup_import_candidates(ident, ns, &self.parent_scope, |res| source.is_expected(res))
            .into_iter()
            .filter(|candidate| actual.is_none() || candidate.did != actual)
            .collect();
        let is_intrinsic = |candidate: &ImportSuggestion| {
            let segments = &candidate.path.segments;
            segments.len() > 1 && segments[1].ident.as_str() == "intrinsics"
        };
        if candidates.iter().any(|candidate| !is_intrinsic(candidate)) {
            candidates.retain(|candidate| !is_intrinsic(candidate));
        }
        if candidates.is_empty() && matches!(source, PathSource::Type) {
            self.suggest_enum_of_variant(diag, ident, ns, span, res);
        }
        if let [segment] = path
            && self.self_type_is_available()
            && let Some(candidate) = self.lookup_assoc_candidate(ident, ns, source)
        {
            let self_available = self.self_value_is_available(segment.ident.span);
            let at = span.shrink_to_lo();
            match candidate {
                AssocSuggestion::Field(field_span) => {
                    if self_available {
                        let pre = match source {
                            PathSource::Expr(Some(Expr { kind: ExprKind::Struct(se), .. }))
                                if se.fields.iter().any(|f| f.is_shorthand && f.ident == segment.ident) =>
                            {
                                format!("{path_str}: ")
                            }
                            _ => String::new(),
                        };
                        let msg = "you might have meant to use the available field";
                        diag.span_suggestion_verbose(at, msg, format!("{pre}self."), Applicability::MaybeIncorrect);
                    } else {
                        diag.span_label(field_span, "a field by that name exists in `Self`");
                    }
                }
                AssocSuggestion::MethodWithSelf if self_available => {
                    let msg = if source.is_call() {
                        "you might have meant to call the method"
                    } else {
                        "you might have meant to refer to the method"
                    };
                    diag.span_suggestion_verbose(at, msg, "self.", Applicability::MaybeIncorrect);
                }
                other => {
                    let action = match other {
                        AssocSuggestion::MethodWithSelf if source.is_call() => "call the method",
                        AssocSuggestion::MethodWithSelf => "refer to the method",
                        AssocSuggestion::AssocFn if source.is_call() => "call the associated function",
                        AssocSuggestion::AssocFn => "refer to the associated function",
                        AssocSuggestion::AssocConst => "use the associated `const`",
                        AssocSuggestion::AssocType => "use the associated type",
                        AssocSuggestion::Field(_) => "use the available field",
                    };
                    let msg = format!("you might have meant to {action}");
                    diag.span_suggestion_verbose(at, msg, "Self::", Applicability::MaybeIncorrect);
                }
            }
            if let Some(typo) = self.lookup_typo_candidate(path, following_seg, source) {
                self.r.add_typo_suggestion(diag, typo, ident.span);
            }
            return (true, candidates);
        }
        if let Some(res) = res
            && self.context_dependent_help(diag, span, source, res, &path_str, &base.fallback_label)
        {
            return (true, candidates);
        }
        if let Some(rib) = &self.last_block_rib
            && let [segment] = path
        {
            let available = rib.bindings.iter().find(|(name, res)| {
                matches!(res, HirRes::Local(_))
                    && name.name == segment.ident.name
                    && name.span.ctxt() == segment.ident.span.ctxt()
            });
            if let Some((name, _)) = available {
                let msg = format!("the binding `{path_str}` is available in a different scope in the same function");
                diag.span_help(name.span, msg);
                return (true, candidates);
            }
        }
        (false, candidates)
    }

    fn suggest_enum_of_variant(
        &mut self,
        diag: &mut Diag<'_>,
        ident: Ident,
        ns: Namespace,
        span: Span,
        res: Option<Res>,
    ) {
        let variants = self.r.lookup_import_candidates(ident, ns, &self.parent_scope, |res| {
            matches!(res, HirRes::Def(DefKind::Variant, _))
        });
        let mut paths: Vec<(String, String)> = variants
            .into_iter()
            .map(|candidate| {
                let names: Vec<Symbol> = candidate.path.segments.iter().map(|s| s.ident.name).collect();
                let to_string = |names: &[Symbol]| crate::path::names_to_string(names.iter().copied());
                (to_string(&names), to_string(&names[..names.len().saturating_sub(1)]))
            })
            .filter(|(_, path)| !path.starts_with("std::prelude::") && !path.is_empty())
            .collect();
        paths.sort();
        if paths.is_empty() {
            return;
        }
        let preamble = if res.is_none() {
            let others = match paths.len() {
                1 => String::new(),
                2 => " and 1 other".to_string(),
                n => format!(" and {n} others"),
            };
            format!("there is an enum variant `{}`{others}; ", paths[0].0)
        } else {
            String::new()
        };
        let msg = format!("{preamble}try using the variant's enum");
        let suggestions: Vec<String> = paths.into_iter().map(|(_, path)| path).collect();
        diag.span_suggestions(span, msg, suggestions, Applicability::MachineApplicable);
    }

    /// A field, method or other associated item of the impl's type or trait.
    fn lookup_assoc_candidate(
        &mut self,
        ident: Ident,
        ns: Namespace,
        source: PathSource<'_>,
    ) -> Option<AssocSuggestion> {
        // A field of the type, for names of values.
        if ns == ValueNS
            && !source.is_call()
            && matches!(source, PathSource::Expr(_))
            && let Some(self_ty) = self.diag.current_self_type
            && let Some(HirRes::Def(DefKind::Struct | DefKind::Union, did)) =
                self.r.partial_res_map.get(&self_ty.id).and_then(|res| res.full_res())
            && let Some(fields) = self.r.field_names.get(&did)
            && let Some(field) = fields.iter().find(|field| field.name == ident.name)
        {
            return Some(AssocSuggestion::Field(field.span));
        }
        if let Some(items) = self.diag.current_impl_items {
            for item in items {
                let Some(name) = item.kind.ident() else { continue };
                if name.name != ident.name {
                    continue;
                }
                return match &item.kind {
                    ast::AssocItemKind::Const(_) if ns == ValueNS => Some(AssocSuggestion::AssocConst),
                    ast::AssocItemKind::Fn(func) if ns == ValueNS => Some(if func.sig.decl.has_self() {
                        AssocSuggestion::MethodWithSelf
                    } else {
                        AssocSuggestion::AssocFn
                    }),
                    ast::AssocItemKind::Type(_) if ns == TypeNS => Some(AssocSuggestion::AssocType),
                    _ => continue,
                };
            }
        }
        // Items of the impl's trait.
        if let Some((module, _)) = self.current_trait_ref {
            let mut found = None;
            self.r.for_each_child(module, |_, name, item_ns, binding| {
                if name.name == ident.name && item_ns == ns && found.is_none() {
                    found = Some(binding.res());
                }
            });
            return match found? {
                HirRes::Def(DefKind::AssocFn, def_id) => Some(if self.r.assoc_fn_has_self(def_id) {
                    AssocSuggestion::MethodWithSelf
                } else {
                    AssocSuggestion::AssocFn
                }),
                HirRes::Def(DefKind::AssocConst, _) => Some(AssocSuggestion::AssocConst),
                HirRes::Def(DefKind::AssocTy, _) => Some(AssocSuggestion::AssocType),
                _ => None,
            };
        }
        None
    }

    /// Names like the last one of the path.
    fn lookup_typo_candidate(
        &mut self,
        path: &[Segment],
        following_seg: Option<&Segment>,
        source: PathSource<'_>,
    ) -> Option<TypoSuggestion> {
        let ns = source.namespace();
        let mut names: Vec<TypoSuggestion> = Vec::new();
        let ident = path.last().expect("paths have segments").ident;
        let wanted = |res: Res| source.is_expected(res);
        if let [segment] = path {
            let ctxt = segment.ident.span.ctxt();
            let ribs = if ns == ValueNS { &self.value_ribs } else { &self.type_ribs };
            let mut modules = Vec::new();
            for rib in ribs.iter().rev() {
                for (name, &res) in &rib.bindings {
                    // Names of other macro calls cannot be used.
                    if wanted(res) && name.span.ctxt() == ctxt {
                        names.push(TypoSuggestion::typo_from_ident(*name, res));
                    }
                }
                if let crate::rib::RibKind::MacroDefinition(def) = rib.kind
                    && def == self.r.macro_def(ctxt)
                {
                    break;
                }
                match rib.kind {
                    crate::rib::RibKind::Block(Some(module)) => modules.push(module),
                    crate::rib::RibKind::Module(module) => {
                        modules.push(module);
                        break;
                    }
                    _ => {}
                }
            }
            for module in &modules {
                self.r.add_module_candidates(*module, &mut names, &wanted, Some(ctxt));
            }
            let use_prelude = modules.last().is_none_or(|module| !module.no_implicit_prelude);
            if use_prelude {
                if ns == TypeNS {
                    let crates: Vec<Symbol> = self.r.extern_prelude.keys().copied().collect();
                    for name in crates {
                        let res = HirRes::Def(DefKind::Mod, span::def_id::CRATE_DEF_ID.to_def_id());
                        if wanted(res) {
                            names.push(TypoSuggestion::typo_from_name(name, res));
                        }
                    }
                }
                if let Some(prelude) = self.r.prelude {
                    self.r.add_module_candidates(prelude, &mut names, &wanted, None);
                }
            }
            if ns == TypeNS && wanted(HirRes::PrimTy(PrimTy::Bool)) {
                names.extend(
                    PrimTy::ALL.iter().map(|ty| TypoSuggestion::typo_from_name(ty.name(), HirRes::PrimTy(*ty))),
                );
            }
        } else {
            let prefix = &path[..path.len() - 1];
            if let PathResult::Module(ModuleOrUniformRoot::Module(module)) =
                self.resolve_path(prefix, Some(TypeNS), None)
            {
                self.r.add_module_candidates(module, &mut names, &wanted, None);
            }
        }
        if let Some(following) = following_seg {
            // `Vecc::new`: the name must have what follows.
            names.retain(|suggestion| match suggestion.res {
                HirRes::Def(DefKind::Struct | DefKind::Enum | DefKind::Union, _) => true,
                HirRes::Def(DefKind::Mod, def_id) => match self.r.get_module(def_id) {
                    Some(module) => {
                        let mut has = false;
                        self.r.for_each_child(module, |_, name, _, _| has |= name.name == following.ident.name);
                        has
                    }
                    None => false,
                },
                _ => true,
            });
        }
        names.sort_by(|a, b| a.candidate.as_str().cmp(b.candidate.as_str()));
        names.dedup_by(|a, b| a.candidate == b.candidate);
        let symbols: Vec<Symbol> = names.iter().map(|n| n.candidate).collect();
        let best = find_best_match_for_name(&symbols, ident.name, None)?;
        if best == ident.name {
            return None;
        }
        names.into_iter().find(|n| n.candidate == best)
    }

    /// Suggests a similar name; whether the plain label is wanted.
    fn suggest_typo(
        &mut self,
        diag: &mut Diag<'_>,
        source: PathSource<'_>,
        path: &[Segment],
        following_seg: Option<&Segment>,
    ) -> bool {
        let ident = path.last().expect("paths have segments").ident;
        let mut fallback = match self.lookup_typo_candidate(path, following_seg, source) {
            Some(typo) => !self.r.add_typo_suggestion(diag, typo, ident.span),
            None => true,
        };
        // `x = 1;` for `let x = 1;`
        if let Some(Expr { kind: ExprKind::Assign(lhs, ..), .. }) = self.diag.in_assignment
            && let ExprKind::Path(None, _) = lhs.kind
            && !ident.span.from_expansion()
            && lhs.span.contains(ident.span)
        {
            diag.span_suggestion_verbose(
                ident.span.shrink_to_lo(),
                "you might have meant to introduce a new binding",
                "let ",
                Applicability::MaybeIncorrect,
            );
            fallback = false;
        }
        fallback
    }

    fn special_cases(&mut self, diag: &mut Diag<'_>, source: PathSource<'_>, path: &[Segment]) {
        if let PathSource::Type = source
            && let [segment] = path
        {
            let name = segment.ident.as_str();
            // A type that looks like a parameter.
            let looks_generic = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_uppercase());
            if looks_generic {
                self.suggest_type_parameter(diag, segment.ident);
            }
        }
    }

    fn suggest_type_parameter(&self, diag: &mut Diag<'_>, ident: Ident) {
        let generics = match self.diag.current_function {
            Some((FnKind::Fn(_, _, func), _)) => Some(&func.generics),
            _ => self.diag.current_item.and_then(|item| item.kind.generics()),
        };
        let Some(generics) = generics else { return };
        if generics.span.from_expansion() {
            return;
        }
        let (at, text) = match generics.params.last() {
            Some(last) => (last.span().shrink_to_hi(), format!(", {ident}")),
            None => (generics.span, format!("<{ident}>")),
        };
        diag.span_suggestion_verbose(at, "you might be missing a type parameter", text, Applicability::MaybeIncorrect);
    }

    /// Something of this name exists, but is something else.
    fn context_dependent_help(
        &mut self,
        diag: &mut Diag<'_>,
        span: Span,
        source: PathSource<'_>,
        res: Res,
        path_str: &str,
        fallback_label: &str,
    ) -> bool {
        let ns = source.namespace();
        match (res, source) {
            (HirRes::Def(DefKind::Macro(kinds), _), _) if kinds.contains(MacroKinds::BANG) => {
                if let PathSource::Expr(_) = source {
                    diag.span_suggestion_verbose(
                        span.shrink_to_hi(),
                        "use `!` to invoke the macro",
                        "!",
                        Applicability::MaybeIncorrect,
                    );
                    if path_str == "try" && span.edition().is_rust_2015() {
                        diag.note("if you want the `try` keyword, you need Rust 2018 or later");
                    }
                }
                diag.span_label(span, fallback_label.to_string());
            }
            (HirRes::Def(DefKind::TyAlias, _), PathSource::Trait(_)) => {
                diag.span_label(span, "type aliases cannot be used as traits");
            }
            (HirRes::Def(DefKind::Mod, _), PathSource::Expr(Some(parent))) => match &parent.kind {
                ExprKind::Field(_, ident) => {
                    diag.span_suggestion_verbose(
                        span.between(ident.span),
                        "use the path separator to refer to an item",
                        "::",
                        Applicability::MaybeIncorrect,
                    );
                }
                ExprKind::MethodCall(call) => {
                    diag.span_suggestion_verbose(
                        span.between(call.seg.ident.span),
                        "use the path separator to refer to an item",
                        "::",
                        Applicability::MaybeIncorrect,
                    );
                }
                _ => return false,
            },
            (HirRes::Def(DefKind::Struct, def_id), _) if ns == ValueNS => {
                self.explain_struct_as_value(diag, span, source, def_id, path_str, fallback_label);
            }
            (HirRes::Def(DefKind::Union | DefKind::Variant, def_id), _) if ns == ValueNS => {
                self.bad_struct_syntax(diag, span, source, def_id, path_str, fallback_label);
            }
            (HirRes::Def(DefKind::Enum, _), _) if ns == ValueNS => {
                diag.span_label(span, fallback_label.to_string());
            }
            (HirRes::Def(DefKind::Ctor(_, CtorKind::Const), def_id), PathSource::TupleStruct(..)) if ns == ValueNS => {
                let def = self.r.def_span(def_id);
                diag.span_label(def, format!("`{path_str}` defined here"));
                let PathSource::TupleStruct(whole) = source else { return false };
                diag.span_suggestion(
                    whole,
                    "use this syntax instead",
                    path_str.to_string(),
                    Applicability::HasPlaceholders,
                );
            }
            (HirRes::Def(DefKind::Ctor(_, CtorKind::Fn), def_id), PathSource::Pat | PathSource::Struct)
                if ns == ValueNS =>
            {
                let def = self.r.def_span(def_id);
                diag.span_label(def, format!("`{path_str}` defined here"));
                let fields = self.ctor_fields(def_id);
                let holes = vec!["_"; fields].join(", ");
                diag.span_suggestion(
                    span,
                    "use the tuple variant pattern syntax instead",
                    format!("{path_str}({holes})"),
                    Applicability::HasPlaceholders,
                );
            }
            (HirRes::SelfTyParam { .. } | HirRes::SelfTyAlias { .. }, _) if ns == ValueNS => {
                diag.span_label(span, fallback_label.to_string());
                diag.note("can't use `Self` as a constructor, you must use the implemented struct");
            }
            (HirRes::Def(DefKind::TyAlias | DefKind::AssocTy, _), _) if ns == ValueNS => {
                diag.note("can't use a type alias as a constructor");
            }
            _ => return false,
        }
        true
    }

    fn ctor_fields(&self, ctor: span::def_id::DefId) -> usize {
        let parent = self.r.parent(ctor);
        self.r.field_names.get(&parent).map_or(1, |fields| fields.len())
    }

    fn explain_struct_as_value(
        &mut self,
        diag: &mut Diag<'_>,
        span: Span,
        source: PathSource<'_>,
        def_id: span::def_id::DefId,
        path_str: &str,
        fallback_label: &str,
    ) {
        let ctor = self.r.struct_constructors.get(&def_id).cloned();
        let Some((ctor_res, ctor_vis, _)) = ctor else {
            return self.bad_struct_syntax(diag, span, source, def_id, path_str, fallback_label);
        };
        let accessible = self.r.is_accessible_from(ctor_vis, self.parent_scope.module);
        if !source.is_expected(ctor_res) || accessible {
            return self.bad_struct_syntax(diag, span, source, def_id, path_str, fallback_label);
        }
        let label = match source {
            PathSource::TupleStruct(..) => "cannot match against a tuple struct which contains private fields",
            _ => "cannot initialize a tuple struct which contains private fields",
        };
        diag.span_label(span, label);
    }

    /// A struct or variant with named fields used as a value.
    fn bad_struct_syntax(
        &mut self,
        diag: &mut Diag<'_>,
        span: Span,
        source: PathSource<'_>,
        def_id: span::def_id::DefId,
        path_str: &str,
        fallback_label: &str,
    ) {
        let def_span = self.r.def_span(def_id);
        if !def_span.is_dummy() {
            diag.span_label(def_span, format!("`{path_str}` defined here"));
        }
        let fields: Vec<String> = self
            .r
            .field_names
            .get(&def_id)
            .map(|fields| fields.iter().map(|f| f.to_string()).collect())
            .unwrap_or_default();
        let (span, descr, holder) = match source {
            PathSource::Expr(Some(parent)) if matches!(parent.kind, ExprKind::Call(..)) => {
                (parent.span, "struct literal", "val")
            }
            PathSource::TupleStruct(whole) => (whole, "struct pattern", ""),
            PathSource::Pat => (span, "struct pattern", ""),
            _ => (span, "struct literal", "val"),
        };
        if fields.is_empty() {
            diag.span_label(span, fallback_label.to_string());
            return;
        }
        let shown: Vec<String> =
            fields.iter().map(|f| if holder.is_empty() { f.clone() } else { format!("{f}: {holder}") }).collect();
        diag.span_suggestion(
            span,
            format!("use struct {} syntax instead", &descr["struct ".len()..]),
            format!("{path_str} {{ {} }}", shown.join(", ")),
            Applicability::HasPlaceholders,
        );
    }
}
