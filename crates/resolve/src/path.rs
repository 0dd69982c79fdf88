//! Resolution of paths: `a::b::c`, segment by segment, each in the module that the one before it names.

use ast::NodeId;
use hir::def::{DefKind, Namespace, Namespace::*, PartialRes, Res as HirRes};
use span::{ErrorGuaranteed, Ident, Span, Symbol, kw};

use crate::Resolver;
use crate::ident::{LateNames, LexicalScopeBinding};
use crate::import::{Import, ModuleOrUniformRoot};
use crate::macro_scope::ParentScope;
use crate::module::{Module, NameBinding, Res};

/// Whether a name that was not found may still come into being.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Determinacy {
    Determined,
    Undetermined,
}

impl Determinacy {
    pub(crate) fn determined(determined: bool) -> Determinacy {
        if determined { Determinacy::Determined } else { Determinacy::Undetermined }
    }
}

/// A name in a path, and what is known of its generic arguments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub ident: Ident,
    pub id: Option<NodeId>,
    pub has_generic_args: bool,
    pub has_lifetime_args: bool,
    pub args_span: Span,
}

impl Segment {
    pub(crate) fn from_ident(ident: Ident) -> Segment {
        Segment { ident, id: None, has_generic_args: false, has_lifetime_args: false, args_span: span::DUMMY_SP }
    }

    pub(crate) fn from_path(path: &ast::Path) -> Vec<Segment> {
        path.segments.iter().map(Segment::from).collect()
    }

    pub(crate) fn names_to_string(segments: &[Segment]) -> String {
        names_to_string(segments.iter().map(|s| s.ident.name))
    }
}

impl From<&ast::PathSegment> for Segment {
    fn from(segment: &ast::PathSegment) -> Segment {
        let has_lifetime_args = match segment.args.as_deref() {
            Some(ast::GenericArgs::AngleBracketed(args)) => {
                args.args.iter().any(|arg| matches!(arg, ast::AngleBracketedArg::Arg(ast::GenericArg::Lifetime(_))))
            }
            _ => false,
        };
        Segment {
            ident: segment.ident,
            id: Some(segment.id),
            has_generic_args: segment.args.is_some(),
            has_lifetime_args,
            args_span: segment.args.as_ref().map_or(span::DUMMY_SP, |args| args.span()),
        }
    }
}

/// `a::b::c`, with `::` first for global paths.
pub(crate) fn names_to_string(names: impl IntoIterator<Item = Symbol>) -> String {
    let mut result = String::new();
    let names: Vec<Symbol> = names.into_iter().collect();
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            result.push_str("::");
        }
        if *name == kw::PathRoot {
            continue;
        }
        let raw = name.can_be_raw() && Ident::with_dummy_span(*name).is_raw_guess();
        if raw {
            result.push_str("r#");
        }
        result.push_str(name.as_str());
    }
    if names.len() == 1 && names[0] == kw::PathRoot {
        result.push_str("::");
    }
    result
}

/// A path as the user wrote it, without arguments.
pub(crate) fn path_names_to_string(path: &ast::Path) -> String {
    names_to_string(path.segments.iter().map(|s| s.ident.name))
}

/// That a name is looked up for good: errors are reported and uses recorded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finalize {
    /// Where lints about it are reported.
    pub node_id: NodeId,
    pub path_span: Span,
    /// The span of the whole `use` item, for imports.
    pub root_span: Span,
    /// Report what is private rather than treat it as not found.
    pub report_private: bool,
    pub used: Used,
}

/// How a name is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Used {
    Scope,
    Other,
}

impl Finalize {
    pub(crate) fn new(node_id: NodeId, path_span: Span) -> Finalize {
        Finalize::with_root_span(node_id, path_span, path_span)
    }
    pub(crate) fn with_root_span(node_id: NodeId, path_span: Span, root_span: Span) -> Finalize {
        Finalize { node_id, path_span, root_span, report_private: true, used: Used::Other }
    }
}

/// A suggested change: parts, message, applicability.
pub(crate) type Suggestion = (Vec<(Span, String)>, String, diagnostics::Applicability);

/// Why a path does not lead anywhere.
#[derive(Clone, Debug)]
pub(crate) struct PathFailure<'ra> {
    pub span: Span,
    /// The error's message, without the code.
    pub message: String,
    pub label: String,
    pub suggestion: Option<Suggestion>,
    pub note: Option<String>,
    /// The last segment could not be found (else one before it).
    pub is_error_from_last_segment: bool,
    /// The module in which the failing segment was looked up.
    pub module: Option<ModuleOrUniformRoot<'ra>>,
    pub segment_name: Symbol,
    /// A module of a failed file: say nothing more.
    pub error_implied_by_parse_error: bool,
}

/// What a path leads to.
#[derive(Clone, Debug)]
pub(crate) enum PathResult<'ra> {
    Module(ModuleOrUniformRoot<'ra>),
    NonModule(PartialRes),
    Indeterminate,
    Failed(Box<PathFailure<'ra>>),
}

impl std::fmt::Debug for ModuleOrUniformRoot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ModuleOrUniformRoot::Module(m) => m.fmt(f),
            ModuleOrUniformRoot::CrateRootAndExternPrelude => f.write_str("crate root and extern prelude"),
            ModuleOrUniformRoot::ExternPrelude => f.write_str("extern prelude"),
            ModuleOrUniformRoot::CurrentScope => f.write_str("current scope"),
        }
    }
}

/// What to leave out of a look-up: the binding and the import being resolved themselves.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ignore<'ra> {
    pub binding: Option<NameBinding<'ra>>,
    pub import: Option<Import<'ra>>,
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// Resolves a path as far as it is known, without reporting.
    pub(crate) fn maybe_resolve_path(
        &mut self,
        path: &[Segment],
        opt_ns: Option<Namespace>,
        parent_scope: &ParentScope<'ra>,
        ignore_import: Option<Import<'ra>>,
    ) -> PathResult<'ra> {
        let ignore = Ignore { binding: None, import: ignore_import };
        self.resolve_path_with_ribs(path, opt_ns, parent_scope, None, None, ignore)
    }

    /// Resolves a path in a module scope.
    pub(crate) fn resolve_path(
        &mut self,
        path: &[Segment],
        opt_ns: Option<Namespace>,
        parent_scope: &ParentScope<'ra>,
        finalize: Option<Finalize>,
        ignore: Ignore<'ra>,
    ) -> PathResult<'ra> {
        self.resolve_path_with_ribs(path, opt_ns, parent_scope, finalize, None, ignore)
    }

    /// Resolves a path; its first segment also in the local scopes `ribs`. `opt_ns` is the namespace of the last
    /// segment, `None` for paths to modules (imports' prefixes).
    pub(crate) fn resolve_path_with_ribs(
        &mut self,
        path: &[Segment],
        opt_ns: Option<Namespace>,
        parent_scope: &ParentScope<'ra>,
        finalize: Option<Finalize>,
        ribs: Option<&LateNames<'_, 'ra>>,
        ignore: Ignore<'ra>,
    ) -> PathResult<'ra> {
        let mut module: Option<ModuleOrUniformRoot<'ra>> = None;
        let mut module_had_parse_errors = false;
        // `self::super::super` and the like: allowed only at the start.
        let mut allow_super = true;
        let mut second_binding = None;
        let privacy_errors_before = self.privacy_errors.len();

        for (segment_idx, &Segment { ident, id, .. }) in path.iter().enumerate() {
            let record = |this: &mut Self, res: Res| {
                if finalize.is_some()
                    && let Some(id) = id
                    && !this.partial_res_map.contains_key(&id)
                {
                    this.record_partial_res(id, PartialRes::new(res));
                }
            };
            let is_last = segment_idx + 1 == path.len();
            let ns = if is_last { opt_ns.unwrap_or(TypeNS) } else { TypeNS };
            let name = ident.name;
            allow_super &= ns == TypeNS && (name == kw::SelfLower || name == kw::Super);

            if ns == TypeNS {
                if allow_super && name == kw::Super {
                    let mut ctxt = ident.span.ctxt().normalize_to_macros_2_0();
                    let self_module = match segment_idx {
                        0 => Some(self.resolve_self(&mut ctxt, parent_scope.module)),
                        _ => match module {
                            Some(ModuleOrUniformRoot::Module(module)) => Some(module),
                            _ => None,
                        },
                    };
                    if let Some(self_module) = self_module
                        && let Some(parent) = self_module.parent
                    {
                        let parent = self.resolve_self(&mut ctxt, parent);
                        module = Some(ModuleOrUniformRoot::Module(parent));
                        if let Some(res) = parent.res() {
                            record(self, res);
                        }
                        continue;
                    }
                    return PathResult::Failed(Box::new(PathFailure {
                        span: ident.span,
                        message: "too many leading `super` keywords".into(),
                        label: "there are too many leading `super` keywords".into(),
                        suggestion: None,
                        note: None,
                        is_error_from_last_segment: false,
                        module,
                        segment_name: name,
                        error_implied_by_parse_error: module_had_parse_errors,
                    }));
                }
                if segment_idx == 0 {
                    if name == kw::SelfLower {
                        let mut ctxt = ident.span.ctxt().normalize_to_macros_2_0();
                        let self_mod = self.resolve_self(&mut ctxt, parent_scope.module);
                        if let Some(res) = self_mod.res() {
                            record(self, res);
                        }
                        module = Some(ModuleOrUniformRoot::Module(self_mod));
                        continue;
                    }
                    if name == kw::PathRoot && ident.span.at_least_rust_2018() {
                        module = Some(ModuleOrUniformRoot::ExternPrelude);
                        continue;
                    }
                    if name == kw::PathRoot && self.edition_falls_back_to_extern_crates(ident) {
                        // `::a::b` from a 2015 macro in a later edition's crate.
                        module = Some(ModuleOrUniformRoot::CrateRootAndExternPrelude);
                        continue;
                    }
                    if matches!(name, kw::PathRoot | kw::Crate | kw::DollarCrate) {
                        let root = self.resolve_crate_root(ident);
                        if let Some(res) = root.res() {
                            record(self, res);
                        }
                        module = Some(ModuleOrUniformRoot::Module(root));
                        continue;
                    }
                }
            }

            // Special names are allowed only at the start.
            if ident.is_path_segment_keyword() && segment_idx != 0 {
                return PathResult::Failed(Box::new(self.misplaced_keyword(path, segment_idx, module)));
            }

            let binding = if let Some(module) = module {
                self.resolve_ident_in_module(module, ident, ns, parent_scope, finalize, ignore).map_err(|(d, _)| d)
            } else if let Some(ribs) = ribs
                && matches!(ns, TypeNS | ValueNS)
            {
                match self.resolve_ident_in_lexical_scope(ident, ns, parent_scope, finalize, ribs, ignore.binding) {
                    Some(LexicalScopeBinding::Item(binding)) => Ok(binding),
                    Some(LexicalScopeBinding::Res(res)) => {
                        record(self, res);
                        return PathResult::NonModule(PartialRes::with_unresolved_segments(res, path.len() - 1));
                    }
                    None => Err(Determinacy::Determined),
                }
            } else {
                self.early_resolve_ident_in_lexical_scope(
                    ident,
                    crate::ident::ScopeSet::All(ns),
                    parent_scope,
                    finalize,
                    finalize.is_some(),
                    ignore,
                )
            };

            match binding {
                Ok(binding) => {
                    if segment_idx == 1 {
                        second_binding = Some(binding);
                    }
                    let res = binding.res();
                    // A private enum or module that was reported: do not also report its members.
                    if finalize.is_some() {
                        for error in &mut self.privacy_errors[privacy_errors_before..] {
                            error.outermost_res = Some((res, ident));
                        }
                    }
                    let maybe_assoc = opt_ns != Some(MacroNS) && is_type_with_assoc_items(res);
                    if let Some(next_module) = binding.module() {
                        if self.mods_with_parse_errors.contains(&next_module.def_id()) {
                            module_had_parse_errors = true;
                        }
                        module = Some(ModuleOrUniformRoot::Module(next_module));
                        record(self, res);
                    } else if matches!(res, HirRes::ToolMod) && !is_last && opt_ns.is_some() {
                        if binding.is_import() {
                            self.dcx()
                                .struct_span_err(ident.span, "cannot use a tool module through an import")
                                .with_span_note(binding.span, "the tool module imported here")
                                .emit();
                        }
                        let res = HirRes::NonMacroAttr(hir::def::NonMacroAttrKind::Tool);
                        return PathResult::NonModule(PartialRes::new(res));
                    } else if matches!(res, HirRes::Err) {
                        return PathResult::NonModule(PartialRes::new(HirRes::Err));
                    } else if opt_ns.is_some() && (is_last || maybe_assoc) {
                        if let Some(finalize) = finalize {
                            self.lint_if_path_starts_with_module(finalize, path, second_binding);
                        }
                        record(self, res);
                        return PathResult::NonModule(PartialRes::with_unresolved_segments(
                            res,
                            path.len() - segment_idx - 1,
                        ));
                    } else {
                        let descr = self.res_descr(res);
                        let article = self.res_article(res);
                        return PathResult::Failed(Box::new(PathFailure {
                            span: ident.span,
                            message: format!(
                                "expected {}, found {descr} `{ident}`",
                                if is_last { "module" } else { "type" }
                            ),
                            label: format!("`{ident}` is {article} {descr}, not a module"),
                            suggestion: None,
                            note: None,
                            is_error_from_last_segment: is_last,
                            module,
                            segment_name: name,
                            error_implied_by_parse_error: module_had_parse_errors,
                        }));
                    }
                }
                Err(Determinacy::Undetermined) if finalize.is_none() => return PathResult::Indeterminate,
                Err(_) => {
                    if let Some(ModuleOrUniformRoot::Module(module)) = module
                        && opt_ns.is_some()
                        && !module.is_normal()
                        && let Some(res) = module.res()
                    {
                        // `Enum::assoc`, `Trait::assoc`: typeck looks among associated items.
                        return PathResult::NonModule(PartialRes::with_unresolved_segments(
                            res,
                            path.len() - segment_idx,
                        ));
                    }
                    let failure = match finalize {
                        None => PathFailure {
                            span: ident.span,
                            message: String::new(),
                            label: String::new(),
                            suggestion: None,
                            note: None,
                            is_error_from_last_segment: is_last,
                            module,
                            segment_name: name,
                            error_implied_by_parse_error: module_had_parse_errors,
                        },
                        Some(_) => {
                            let mut failure = self.explain_failed_segment(
                                path,
                                opt_ns,
                                parent_scope,
                                ribs,
                                ignore,
                                module,
                                segment_idx,
                            );
                            failure.error_implied_by_parse_error = module_had_parse_errors;
                            failure
                        }
                    };
                    return PathResult::Failed(Box::new(failure));
                }
            }
        }

        if let Some(finalize) = finalize {
            self.lint_if_path_starts_with_module(finalize, path, second_binding);
        }
        match module {
            Some(module) => PathResult::Module(module),
            None if path.is_empty() => PathResult::Module(ModuleOrUniformRoot::CurrentScope),
            None => unreachable!("every path of at least one segment has a module or has returned"),
        }
    }

    fn misplaced_keyword(
        &self,
        path: &[Segment],
        segment_idx: usize,
        module: Option<ModuleOrUniformRoot<'ra>>,
    ) -> PathFailure<'ra> {
        let ident = path[segment_idx].ident;
        let name_str = if ident.name == kw::PathRoot { "crate root".to_string() } else { format!("`{ident}`") };
        let (message, label) = if segment_idx == 1 && path[0].ident.name == kw::PathRoot {
            (format!("global paths cannot start with {name_str}"), "cannot start with this".to_string())
        } else {
            let msg = format!("{name_str} in paths can only be used in start position");
            (msg, "can only be used in path start position".to_string())
        };
        PathFailure {
            span: ident.span,
            message,
            label,
            suggestion: None,
            note: None,
            is_error_from_last_segment: false,
            module,
            segment_name: ident.name,
            error_implied_by_parse_error: false,
        }
    }

    /// Whether `::a` in this place means "crate root, else extern crate" (a 2015-edition path in a crate of a later
    /// edition).
    fn edition_falls_back_to_extern_crates(&self, ident: Ident) -> bool {
        ident.span.edition().is_rust_2015() && self.session().edition().at_least_rust_2018()
    }

    /// The module that a relative path starts from, by the hygiene of its first name.
    pub(crate) fn resolve_self(&mut self, ctxt: &mut span::SyntaxContext, module: Module<'ra>) -> Module<'ra> {
        let mut module = module.nearest_parent_mod();
        while module.span.ctxt().normalize_to_macros_2_0() != *ctxt {
            let parent = match module.parent {
                Some(parent) => parent,
                None => {
                    let expn = ctxt.remove_mark();
                    self.expn_def_scope(expn)
                }
            };
            module = parent.nearest_parent_mod();
        }
        module
    }

    /// The root of the crate that `crate` or `$crate` means.
    pub(crate) fn resolve_crate_root(&mut self, ident: Ident) -> Module<'ra> {
        let mut ctxt = ident.span.ctxt();
        let krate = if ident.name == kw::DollarCrate {
            ctxt.dollar_crate()
        } else {
            // `crate` in a `macro` 2.0 means the crate that defines the macro.
            ctxt = ctxt.normalize_to_macros_2_0();
            let mark = ctxt.adjust(span::ExpnId::root());
            match mark {
                Some(mark) => mark.expn_data().macro_def_id.map_or(span::def_id::LOCAL_CRATE, |id| id.krate),
                None => span::def_id::LOCAL_CRATE,
            }
        };
        self.expect_module(krate.as_def_id())
    }

    pub(crate) fn emit_path_failure(&self, failure: PathFailure<'ra>) -> ErrorGuaranteed {
        use diagnostics::codes::*;
        if failure.error_implied_by_parse_error {
            return self.dcx().span_delayed_bug(failure.span, "the module's file has syntax errors");
        }
        let mut diag = self.dcx().struct_span_err(failure.span, failure.message);
        diag.code(E0433).span_label(failure.span, failure.label);
        if let Some(note) = failure.note {
            diag.help(note);
        }
        self.note_cfg_stripped(&mut diag, failure.module, failure.segment_name);
        if let Some((parts, msg, applicability)) = failure.suggestion {
            if parts.is_empty() {
                diag.help(msg);
            } else {
                diag.multipart_suggestion(msg, parts, applicability);
            }
        }
        diag.emit()
    }
}

/// Whether `X::name` may be an associated item of `X`, which only typeck can find.
pub(crate) fn is_type_with_assoc_items(res: Res) -> bool {
    match res {
        HirRes::PrimTy(..) | HirRes::SelfTyParam { .. } | HirRes::SelfTyAlias { .. } | HirRes::Err => true,
        HirRes::Def(kind, _) => matches!(
            kind,
            DefKind::Struct
                | DefKind::Union
                | DefKind::Enum
                | DefKind::TyAlias
                | DefKind::ForeignTy
                | DefKind::TyParam
                | DefKind::Trait
                | DefKind::TraitAlias
                | DefKind::AssocTy
        ),
        _ => false,
    }
}
