//! The error for a path that means nothing, or something else than is needed where it stands; with what may have been
//! meant.

use ast::visit::FnKind;
use ast::{Expr, ExprKind};
use diagnostics::codes::*;
use diagnostics::{Applicability, Diag, ErrCode};
use hir::PrimTy;
use hir::def::{DefKind, Namespace, Namespace::*, Res as HirRes};
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
    suggestion: Option<(Span, String, String)>,
    /// What was found could be the value that a `let` is given where its type stands.
    could_be_expr: bool,
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
            diag.span_suggestion_verbose(*span, msg.clone(), text.clone(), Applicability::MaybeIncorrect);
        }
        if self.suggest_pattern_match_with_let(&mut diag, source, span) {
            diag.span_label(base.span, base.fallback_label.clone());
            return (diag, Vec::new());
        }
        self.suggest_self_for_this(&mut diag, path, span);
        if self.explain_self_ty(&mut diag, source, path, span) || self.explain_self_value(&mut diag, source, path, span)
        {
            return (diag, Vec::new());
        }
        let typo = self.lookup_typo_candidate(path, following_seg, source);
        let (found, candidates) = self.try_lookup_name_relaxed(&mut diag, source, path, span, res, &base, typo.clone());
        if found {
            return (diag, candidates);
        }
        if self.suggest_typo(&mut diag, path, typo, &base) {
            diag.span_label(base.span, base.fallback_label.clone());
        }
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
                could_be_expr: self.could_be_expr(res, span),
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
        let (span_label, suggestion) = if lower == "true" || lower == "false" {
            (None, Some((ident.span, "you may want to use a bool value instead".to_string(), lower)))
        } else if ident.as_str() == "printf" {
            (None, Some((ident.span, "you may have meant to use the `print` macro".to_string(), "print!".to_string())))
        } else if path.len() == 1 {
            self.item_of_impl(ident, source)
        } else {
            (None, None)
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
            span_label,
            suggestion,
            could_be_expr: false,
            module,
        }
    }

    fn could_be_expr(&self, res: Res, span: Span) -> bool {
        match res {
            HirRes::Def(DefKind::Fn, _) => {
                self.r.session().source_map().span_to_snippet(span).is_some_and(|text| text.ends_with(')'))
            }
            HirRes::Def(
                DefKind::Ctor(..)
                | DefKind::AssocFn
                | DefKind::Const
                | DefKind::Static { .. }
                | DefKind::AssocConst
                | DefKind::ConstParam,
                _,
            )
            | HirRes::SelfCtor(_)
            | HirRes::PrimTy(_)
            | HirRes::Local(_) => true,
            _ => false,
        }
    }

    /// An item of the inherent impl around that has the name: a label for it, or how to name it.
    fn item_of_impl(
        &self,
        ident: Ident,
        source: PathSource<'_>,
    ) -> (Option<(Span, &'static str)>, Option<(Span, String, String)>) {
        if self.current_trait_ref.is_some() {
            return (None, None);
        }
        let Some((FnKind::Fn(ast::visit::FnCtxt::Assoc(_), _, func), _)) = self.diag.current_function else {
            return (None, None);
        };
        let Some(item) = self
            .diag
            .current_impl_items
            .and_then(|items| items.iter().find(|item| item.kind.ident().is_some_and(|name| name.name == ident.name)))
        else {
            return (None, None);
        };
        let field = match source {
            PathSource::Expr(Some(Expr { kind: ExprKind::Struct(se), .. })) => {
                se.fields.iter().find(|field| field.ident.name == ident.name)
            }
            _ => None,
        };
        let pre = match field {
            Some(field) if field.is_shorthand => format!("{ident}: "),
            _ => String::new(),
        };
        let is_call = match field {
            Some(field) => matches!(field.expr.kind, ExprKind::Call(..)),
            None => source.is_call(),
        };
        let item_span = item.kind.ident().map_or(item.span, |name| name.span);
        let at = ident.span.shrink_to_lo();
        let suggest = |what: &str, prefix: &str| {
            (None, Some((at, format!("consider using the {what} on `Self`"), format!("{pre}{prefix}"))))
        };
        match &item.kind {
            ast::AssocItemKind::Fn(other) if other.sig.decl.has_self() => {
                if !func.sig.decl.has_self() || !is_call {
                    return (Some((item_span, "a method by that name is available on `Self` here")), None);
                }
                suggest("method", "self.")
            }
            ast::AssocItemKind::Fn(_) if !is_call => {
                (Some((item_span, "an associated function by that name is available on `Self` here")), None)
            }
            ast::AssocItemKind::Fn(_) => suggest("associated function", "Self::"),
            ast::AssocItemKind::Const(_) => suggest("associated constant", "Self::"),
            _ => (None, None),
        }
    }

    /// `if Some(x) = y`
    fn suggest_pattern_match_with_let(&mut self, diag: &mut Diag<'_>, source: PathSource<'_>, span: Span) -> bool {
        if let PathSource::Expr(_) = source
            && let Some(Expr { span: whole, kind: ExprKind::Assign(lhs, ..), .. }) = self.diag.in_if_condition
            && lhs.is_approximately_pattern()
            && lhs.span.contains(span)
        {
            diag.span_suggestion_verbose(
                whole.shrink_to_lo(),
                "you might have meant to use pattern matching",
                "let ",
                Applicability::MaybeIncorrect,
            );
            return true;
        }
        false
    }

    /// `this` of other languages.
    fn suggest_self_for_this(&mut self, diag: &mut Diag<'_>, path: &[Segment], span: Span) {
        let [.., last] = path else { return };
        if !matches!(last.ident.as_str(), "this" | "my") || !self.self_type_is_available() {
            return;
        }
        diag.span_suggestion_verbose(
            span,
            "you might have meant to use `self` here instead",
            "self",
            Applicability::MaybeIncorrect,
        );
        if self.self_value_is_available(path[0].ident.span) {
            return;
        }
        if let Some((kind @ FnKind::Fn(..), fn_span)) = self.diag.current_function {
            let (at, text) = self.receiver_place(kind, fn_span);
            diag.span_suggestion_verbose(
                at,
                "if you meant to use `self`, you are also missing a `self` receiver argument",
                text,
                Applicability::MaybeIncorrect,
            );
        }
    }

    /// Where a `self` parameter can be put in.
    fn receiver_place(&self, kind: FnKind<'_>, fn_span: Span) -> (Span, &'static str) {
        match (kind.decl().inputs.first(), kind.ident()) {
            (Some(param), _) => (param.span.shrink_to_lo(), "&self, "),
            (None, Some(ident)) => {
                let from = fn_span.with_lo(ident.span.hi());
                (self.r.session().source_map().span_through_char(from, '(').shrink_to_hi(), "&self")
            }
            (None, None) => (fn_span, "&self"),
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
                    let (at, text) = self.receiver_place(kind, fn_span);
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
        let found = self.resolve_ident(Ident::with_dummy_span(kw::SelfUpper), TypeNS, None);
        found.is_some_and(|binding| binding.res() != HirRes::Err)
    }

    fn self_value_is_available(&mut self, span: Span) -> bool {
        let ident = Ident::new(kw::SelfLower, span);
        self.resolve_ident(ident, ValueNS, None).is_some_and(|binding| binding.res() != HirRes::Err)
    }

    /// Looks for the name elsewhere: in other modules, in `Self`, among similar names. Whether that explains enough.
    fn try_lookup_name_relaxed(
        &mut self,
        diag: &mut Diag<'_>,
        source: PathSource<'_>,
        path: &[Segment],
        span: Span,
        res: Option<Res>,
        base: &BaseError,
        typo: Option<TypoSuggestion>,
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
            if let Some(typo) = typo {
                self.r.add_typo_suggestion(diag, typo, ident.span);
            }
            return (true, candidates);
        }
        if let Some((call, args)) = call_with_self(source) {
            let source_map = self.r.session().source_map();
            let args = args.and_then(|args| source_map.span_to_snippet(args)).unwrap_or_default();
            diag.span_suggestion(
                call,
                format!("try calling `{ident}` as a method"),
                format!("self.{path_str}({args})"),
                Applicability::MachineApplicable,
            );
            return (true, candidates);
        }
        if let Some(res) = res
            && self.context_dependent_help(diag, span, source, res, &path_str, &base.fallback_label)
        {
            if let Some(typo) = typo {
                self.r.add_typo_suggestion(diag, typo, ident.span);
            }
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
            && matches!(source, PathSource::Expr(_))
            && let Some(self_ty) = self.diag.current_self_type
            && let Some(HirRes::Def(DefKind::Struct | DefKind::Union, did)) =
                self.r.partial_res_map.get(&self_ty.id).and_then(|res| res.full_res())
            && let Some(fields) = self.r.field_names.get(&did)
            && let Some(field) = fields.iter().find(|field| field.name == ident.name)
        {
            return Some(AssocSuggestion::Field(field.span));
        }
        if let Some(items) = self.diag.current_trait_items {
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
        path: &[Segment],
        typo: Option<TypoSuggestion>,
        base: &BaseError,
    ) -> bool {
        let ident = path.last().expect("paths have segments").ident;
        let mut fallback = !typo.is_some_and(|typo| self.r.add_typo_suggestion(diag, typo, ident.span));
        if fallback
            && base.could_be_expr
            && let Some((pat, Some(ty), None)) = self.diag.current_let_binding
            && ty.contains(base.span)
        {
            diag.span_suggestion_verbose(
                pat.between(ty),
                "use `=` if you meant to assign",
                " = ",
                Applicability::MaybeIncorrect,
            );
        }
        // `x = 1;` for `let x = 1;`
        if let Some(Expr { kind: ExprKind::Assign(lhs, ..), .. }) = self.diag.in_assignment
            && let ExprKind::Path(None, left) = &lhs.kind
            && !ident.span.from_expansion()
            && self.r.session().source_map().indentation_before(ident.span).is_some_and(|before| {
                self.r
                    .session()
                    .source_map()
                    .lookup_char_pos(ident.span.lo())
                    .is_some_and(|loc| loc.col.0 == before.chars().count())
            })
        {
            let (at, text) = match left.segments.first().and_then(|s| s.ident.as_str().strip_prefix("let")) {
                Some(name) => (ident.span, format!("let {}", name.strip_prefix('_').unwrap_or(name))),
                None => (ident.span.shrink_to_lo(), "let ".to_string()),
            };
            diag.span_suggestion_verbose(
                at,
                "you might have meant to introduce a new binding",
                text,
                Applicability::MaybeIncorrect,
            );
            fallback = false;
        }
        fallback
    }

    /// The parameter that a name may have been meant to be, where there are no other ideas.
    pub(super) fn suggest_generic_parameter(
        &self,
        path: &[Segment],
        source: PathSource<'_>,
    ) -> Option<(Span, &'static str, String, Applicability)> {
        let [segment] = path else { return None };
        let (ident, span) = (segment.ident.to_string(), segment.ident.span);
        if segment.has_generic_args || matches!(segment.ident.name, kw::SelfUpper | kw::Dyn) {
            return None;
        }
        let mut chars = ident.chars();
        let short = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
        let in_args = self.diag.currently_processing_generic_args;
        if !short && !in_args {
            return None;
        }
        let item = self.diag.current_item?;
        let fits = match &item.kind {
            ast::ItemKind::Fn(func) if func.ident.name == span::sym::main => false,
            ast::ItemKind::Fn(_) | ast::ItemKind::Enum(..) | ast::ItemKind::Struct(..) | ast::ItemKind::Union(..) => {
                true
            }
            ast::ItemKind::Impl(_) => in_args,
            _ => !short,
        };
        let generics = item.kind.generics().filter(|_| fits)?;
        if span.overlaps(generics.span) {
            return None;
        }
        let (msg, new) = match source {
            PathSource::Type | PathSource::PreciseCapturingArg(TypeNS) => {
                ("you might be missing a type parameter", ident)
            }
            PathSource::Expr(_) | PathSource::PreciseCapturingArg(ValueNS) => {
                ("you might be missing a const parameter", format!("const {ident}: /* Type */"))
            }
            _ => return None,
        };
        let (at, text) = match generics.params.last() {
            Some(last) => {
                let end = match (last.bounds.last(), &last.kind) {
                    (Some(bound), _) => bound.span(),
                    (None, ast::GenericParamKind::Const { ty, default, .. }) => {
                        default.as_ref().map_or(ty.span, |default| default.value.span)
                    }
                    (None, _) => last.ident.span,
                };
                (end, format!(", {new}"))
            }
            None => (generics.span, format!("<{new}>")),
        };
        (!at.from_expansion()).then(|| (at.shrink_to_hi(), msg, text, Applicability::MaybeIncorrect))
    }
}

/// A call whose first argument is `self`, and its other arguments.
fn call_with_self(source: PathSource<'_>) -> Option<(Span, Option<Span>)> {
    let PathSource::Expr(Some(call)) = source else { return None };
    let ExprKind::Call(_, args) = &call.kind else { return None };
    let mut first = args.first()?;
    while let ExprKind::AddrOf(_, _, inner) = &first.kind {
        first = inner;
    }
    let ExprKind::Path(None, path) = &first.kind else { return None };
    if path.segments.len() != 1 || path.segments[0].ident.name != kw::SelfLower {
        return None;
    }
    let rest = match &args[1..] {
        [] => None,
        [one] => Some(one.span),
        [first, .., last] => Some(first.span.to(last.span)),
    };
    Some((call.span, rest))
}
