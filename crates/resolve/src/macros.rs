//! Resolution of macro paths: function-like calls, attributes, derives.
//!
//! While the crate is being expanded a path is looked up speculatively each time its call comes up; at the end all are
//! looked up again (`finalize.rs`), so that a macro that came into being later and changes the meaning is an error.

mod finalize;

use std::rc::Rc;

use ast::NodeId;
use expand::base::{Annotatable, SyntaxExtension};
use hir::def::{DefKind, MacroKinds, Namespace::*, NonMacroAttrKind, Res as HirRes};
use span::def_id::DefId;
use span::{Edition, ExpnId, Ident, MacroKind, Span, kw, sym};

use crate::Resolver;
use crate::ident::ScopeSet;
use crate::macro_scope::ParentScope;
use crate::module::{NameBinding, NameBindingKind, Res};
use crate::path::{Determinacy, Ignore, PathResult, Segment};

/// A macro definition.
pub(crate) struct MacroData {
    pub ext: Rc<SyntaxExtension>,
    pub rule_count: usize,
    pub macro_rules: bool,
}

/// One of the derives of a `#[derive(..)]`.
pub(crate) struct DeriveResolution {
    pub path: ast::Path,
    /// What it is on.
    pub item: Annotatable,
    pub ext: Option<Rc<SyntaxExtension>>,
    pub is_const: bool,
}

/// The state of a `#[derive(..)]` whose derives are being resolved.
pub(crate) struct DeriveData {
    pub resolutions: Vec<DeriveResolution>,
    pub helper_attrs: Vec<(usize, Ident)>,
    pub has_derive_copy: bool,
}

/// A macro path of several segments, with what it was first resolved to.
pub(crate) struct MultiSegmentMacro<'ra> {
    pub path: Vec<Segment>,
    pub path_span: Span,
    pub kind: MacroKind,
    pub parent_scope: ParentScope<'ra>,
    pub initial_res: Option<Res>,
}

/// A macro name, with what it was first resolved to.
pub(crate) struct SingleSegmentMacro<'ra> {
    pub ident: Ident,
    pub kind: MacroKind,
    pub parent_scope: ParentScope<'ra>,
    pub initial_binding: Option<NameBinding<'ra>>,
}

/// An attribute of another crate's macro, as the macro's compilation reads it.
fn to_ast_attribute(attr: &hir::Attribute) -> Option<ast::Attribute> {
    let item = attr.item()?;
    let segments = item.path.segments.iter().map(|ident| ast::PathSegment::from_ident(*ident)).collect();
    let path = ast::Path { span: item.path.span, segments };
    let args = match &item.args {
        hir::AttrArgs::Empty => ast::AttrArgs::Empty,
        hir::AttrArgs::Delimited(args) => ast::AttrArgs::Delimited(args.clone()),
        hir::AttrArgs::Eq { eq_span, expr } => {
            let lit = ast::token::Lit::new(ast::token::LitKind::Str, expr.symbol, None);
            let expr = ast::P(ast::Expr {
                id: ast::DUMMY_NODE_ID,
                kind: ast::ExprKind::Lit(lit),
                span: expr.span,
                attrs: ast::AttrVec::new(),
            });
            ast::AttrArgs::Eq { eq_span: *eq_span, expr }
        }
    };
    let item = ast::AttrItem { unsafety: ast::Safety::Default, path, args };
    Some(ast::attr::mk_attr_from_item(attr.id, item, attr.style, attr.span))
}

/// The same flags in `hir`'s type.
pub(crate) fn to_hir_kinds(kinds: expand::base::MacroKinds) -> MacroKinds {
    MacroKinds::from_bits_truncate(kinds.bits())
}

/// A macro call to be resolved.
pub(crate) struct MacroUse<'a> {
    pub path: &'a ast::Path,
    pub kind: MacroKind,
    /// An attribute `#![..]`.
    pub inner_attr: bool,
    /// Where it stands a macro may be expanded at all.
    pub supports_macro_expansion: bool,
    pub fragment_name: &'static str,
    pub node_id: NodeId,
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// Makes a macro out of its definition.
    pub(crate) fn compile_macro(
        &mut self,
        def: &ast::MacroDef,
        ident: Ident,
        attrs: &[ast::Attribute],
        span: Span,
        node_id: NodeId,
        edition: Edition,
    ) -> Rc<MacroData> {
        let compiled =
            expand::mbe::compile_declarative_macro(self.session(), def, ident, attrs, span, node_id, edition);
        let mut ext = compiled.ext;
        if let Some(name) = ext.builtin_name {
            match expand::builtin::lookup(name) {
                Some(kind) => ext.kind = kind,
                None => {
                    self.dcx().span_err(span, format!("cannot find a built-in macro with name `{ident}`"));
                }
            }
        }
        Rc::new(MacroData { ext: Rc::new(ext), rule_count: compiled.rule_count, macro_rules: def.macro_rules })
    }

    pub(crate) fn get_macro_by_def_id(&mut self, def_id: DefId) -> Rc<MacroData> {
        if let Some(data) = self.macro_map.get(&def_id) {
            return data.clone();
        }
        assert!(!def_id.is_local(), "local macros are compiled when they are defined");
        let loaded = self.tcx.load_macro(def_id);
        let attrs: Vec<ast::Attribute> = loaded.attrs.iter().filter_map(to_ast_attribute).collect();
        let data =
            self.compile_macro(&loaded.def, loaded.ident, &attrs, loaded.span, ast::DUMMY_NODE_ID, loaded.edition);
        self.macro_map.insert(def_id, data.clone());
        data
    }

    /// The macro that a name means.
    pub(crate) fn get_macro(&mut self, res: Res) -> Option<Rc<SyntaxExtension>> {
        match res {
            HirRes::Def(DefKind::Macro(_), def_id) => Some(self.get_macro_by_def_id(def_id).ext.clone()),
            HirRes::NonMacroAttr(_) => Some(self.non_macro_attr.clone()),
            _ => None,
        }
    }

    pub(crate) fn is_builtin_macro(&mut self, res: Res) -> bool {
        self.get_macro(res).is_some_and(|ext| ext.builtin_name.is_some())
    }

    pub(crate) fn dummy_ext(&self, kind: MacroKind) -> Rc<SyntaxExtension> {
        match kind {
            MacroKind::Bang => self.dummy_ext_bang.clone(),
            MacroKind::Derive => self.dummy_ext_derive.clone(),
            MacroKind::Attr => self.non_macro_attr.clone(),
        }
    }

    /// Resolves the path of a macro call, with the checks that apply at once. `Err` if it must wait.
    pub(crate) fn smart_resolve_macro_path(
        &mut self,
        call: &MacroUse<'_>,
        parent_scope: &ParentScope<'ra>,
        force: bool,
    ) -> Result<(Rc<SyntaxExtension>, Res), expand::base::Indeterminate> {
        let MacroUse { path, kind, inner_attr, supports_macro_expansion, fragment_name, node_id } = *call;
        let (ext, res) = match self.resolve_macro_path(path, kind, parent_scope, true, force) {
            Ok((Some(ext), res)) => (ext, res),
            Ok((None, res)) => (self.dummy_ext(kind), res),
            Err(Determinacy::Determined) => (self.dummy_ext(kind), HirRes::Err),
            Err(Determinacy::Undetermined) => return Err(expand::base::Indeterminate),
        };
        for segment in &path.segments {
            if let Some(args) = &segment.args {
                self.dcx().span_err(args.span(), "generic arguments in macro path");
            }
            if kind == MacroKind::Attr
                && segment.ident.as_str().starts_with("rustc")
                && !segment.ident.as_str().starts_with("rustc_doc")
                && !self.session().feature(sym::rustc_attrs)
                && !matches!(res, HirRes::NonMacroAttr(NonMacroAttrKind::Builtin(_)))
            {
                let msg = if path.segments.len() > 1 {
                    "attributes containing a segment starting with `rustc` are reserved for use by the `rustc` compiler"
                } else {
                    "attributes starting with `rustc` are reserved for use by the `rustc` compiler"
                };
                self.dcx().span_err(segment.ident.span, msg);
            }
        }
        if let HirRes::Def(_, def_id) = res
            && let Some(def_id) = def_id.as_local()
        {
            self.unused_macros.swap_remove(&def_id);
        }
        self.check_macro_stability(&ext, path, node_id);

        let kinds = to_hir_kinds(ext.macro_kinds());
        let unexpected = if !kinds.contains(kind.into()) {
            Some((kind.article(), kind.descr_expected()))
        } else if matches!(res, HirRes::Def(..)) {
            if !supports_macro_expansion { Some(("a", "non-macro attribute")) } else { None }
        } else {
            None
        };
        if let Some((article, expected)) = unexpected {
            let path_str = crate::path::path_names_to_string(path);
            let found = match res {
                HirRes::Err => return Ok((self.dummy_ext(kind), HirRes::Err)),
                _ => self.res_descr(res),
            };
            let mut diag =
                self.dcx().struct_span_err(path.span, format!("expected {expected}, found {found} `{path_str}`"));
            diag.span_label(path.span, format!("not {article} {expected}"));
            if expected == "attribute" || expected == "derive macro" {
                self.suggest_other_macro_form(&mut diag, path, kind, kinds);
            }
            diag.emit();
            return Ok((self.dummy_ext(kind), HirRes::Err));
        }
        let _ = fragment_name;
        if inner_attr && res != HirRes::Err {
            self.check_inner_attr(path, res);
        }
        if res == HirRes::NonMacroAttr(NonMacroAttrKind::Tool)
            && let [namespace, attribute, ..] = path.segments.as_slice()
            && namespace.ident.name == sym::diagnostic
        {
            self.check_diagnostic_attr(attribute.ident, node_id);
        }
        Ok((ext, res))
    }

    fn suggest_other_macro_form(
        &self,
        diag: &mut diagnostics::Diag<'_>,
        path: &ast::Path,
        kind: MacroKind,
        kinds: MacroKinds,
    ) {
        if kind == MacroKind::Derive && kinds.contains(MacroKinds::ATTR) {
            diag.span_help(path.span, "add as non-Derive macro");
        }
    }

    /// `#![attr]` of macros is unstable.
    fn check_inner_attr(&mut self, path: &ast::Path, res: Res) {
        let is_macro = match res {
            HirRes::Def(..) => true,
            HirRes::NonMacroAttr(NonMacroAttrKind::Builtin(_)) => return,
            HirRes::NonMacroAttr(NonMacroAttrKind::Tool)
                if path
                    .segments
                    .first()
                    .is_some_and(|s| s.ident.name == sym::rustfmt || s.ident.name == sym::clippy) =>
            {
                return;
            }
            HirRes::NonMacroAttr(_) => false,
            _ => return,
        };
        if self.session().feature(sym::custom_inner_attributes) {
            return;
        }
        let is_test = path.segments.last().is_some_and(|s| matches!(s.ident.name, sym::test | sym::bench));
        if is_macro && is_test {
            let msg = "inner macro attributes are unstable";
            self.buffer_lint(&session::lint::SOFT_UNSTABLE, ast::CRATE_NODE_ID, path.span, msg.to_string(), |_| {});
            return;
        }
        let msg = if is_macro { "inner macro attributes are unstable" } else { "custom inner attributes are unstable" };
        session::feature_err(self.session(), sym::custom_inner_attributes, path.span, msg).emit();
    }

    fn check_diagnostic_attr(&mut self, attribute: Ident, node_id: NodeId) {
        let known = ["on_unimplemented", "do_not_recommend", "on_const", "on_move", "on_unknown"];
        if known.contains(&attribute.as_str()) {
            return;
        }
        let names: Vec<_> = known[..2].iter().map(|n| span::Symbol::intern(n)).collect();
        let similar = crate::report::edit_distance::find_best_match_for_name(&names, attribute.name, Some(5));
        let lint = &session::lint::UNKNOWN_OR_MALFORMED_DIAGNOSTIC_ATTRIBUTES;
        self.buffer_lint(lint, node_id, attribute.span, "unknown diagnostic attribute".to_string(), |diag| {
            if let Some(name) = similar {
                diag.span_suggestion_verbose(
                    attribute.span,
                    "an attribute with a similar name exists",
                    name.to_string(),
                    diagnostics::Applicability::MachineApplicable,
                );
            }
        });
    }

    /// Resolves a macro path speculatively; `trace` remembers it for the final look-up.
    pub(crate) fn resolve_macro_path(
        &mut self,
        path: &ast::Path,
        kind: MacroKind,
        parent_scope: &ParentScope<'ra>,
        trace: bool,
        force: bool,
    ) -> Result<(Option<Rc<SyntaxExtension>>, Res), Determinacy> {
        let path_span = path.span;
        let mut path = Segment::from_path(path);
        // `#[macro_export(local_inner_macros)]`: a plain name means `$crate::name`.
        if kind == MacroKind::Bang && path.len() == 1 && path[0].ident.span.ctxt().outer_expn_data().local_inner_macros
        {
            let root = Ident::new(kw::DollarCrate, path[0].ident.span);
            path.insert(0, Segment::from_ident(root));
        }
        let res = if path.len() > 1 {
            let res = match self.maybe_resolve_path(&path, Some(MacroNS), parent_scope, None) {
                PathResult::NonModule(partial) if partial.full_res().is_some() => Ok(partial.expect_full_res()),
                PathResult::Indeterminate if !force => return Err(Determinacy::Undetermined),
                _ => Err(Determinacy::Determined),
            };
            if trace {
                self.multi_segment_macro_resolutions.push(MultiSegmentMacro {
                    path,
                    path_span,
                    kind,
                    parent_scope: *parent_scope,
                    initial_res: res.ok(),
                });
            }
            self.prohibit_imported_non_macro_attrs(None, res.ok(), path_span);
            res
        } else {
            let ident = path[0].ident;
            let binding = self.early_resolve_ident_in_lexical_scope(
                ident,
                ScopeSet::Macro(kind),
                parent_scope,
                None,
                force,
                Ignore::default(),
            );
            if let Err(Determinacy::Undetermined) = binding {
                return Err(Determinacy::Undetermined);
            }
            if trace {
                self.single_segment_macro_resolutions.push(SingleSegmentMacro {
                    ident,
                    kind,
                    parent_scope: *parent_scope,
                    initial_binding: binding.ok(),
                });
            }
            let res = binding.map(|binding| binding.res());
            self.prohibit_imported_non_macro_attrs(binding.ok(), res.ok(), path_span);
            res
        };
        let res = res?;
        Ok((self.get_macro(res), res))
    }

    fn prohibit_imported_non_macro_attrs(&mut self, binding: Option<NameBinding<'ra>>, res: Option<Res>, span: Span) {
        let Some(HirRes::NonMacroAttr(kind)) = res else { return };
        if kind != NonMacroAttrKind::Tool && binding.is_none_or(|b| b.is_import()) {
            let msg = format!("cannot use {} {} through an import", kind.article(), kind.descr());
            let mut diag = self.dcx().struct_span_err(span, msg);
            if let Some(binding) = binding {
                diag.span_note(binding.span, format!("the {} imported here", kind.descr()));
            }
            diag.emit();
        }
    }

    /// Resolves the derives of a `#[derive(..)]`: all must be known before any is expanded, since their helper attributes
    /// are in scope on the item, and `Clone` wants to know of `Copy`.
    pub(crate) fn resolve_derives(
        &mut self,
        expn_id: ExpnId,
        force: bool,
        derive_paths: impl FnOnce() -> Vec<DeriveResolution>,
    ) -> Result<(), expand::base::Indeterminate> {
        let mut data = match self.derive_data.remove(&expn_id) {
            Some(data) => data,
            None => DeriveData { resolutions: derive_paths(), helper_attrs: Vec::new(), has_derive_copy: false },
        };
        let parent_scope = self.invocation_parent_scopes[&expn_id];
        for (i, resolution) in data.resolutions.iter_mut().enumerate() {
            if resolution.ext.is_some() {
                continue;
            }
            let ext = match self.resolve_macro_path(&resolution.path, MacroKind::Derive, &parent_scope, true, force) {
                Ok((Some(ext), _)) => {
                    if !ext.helper_attrs.is_empty() {
                        let last = resolution.path.segments.last().expect("paths have segments");
                        let span = last.ident.span.normalize_to_macros_2_0();
                        data.helper_attrs.extend(ext.helper_attrs.iter().map(|name| (i, Ident::new(*name, span))));
                    }
                    data.has_derive_copy |= ext.builtin_name == Some(sym::Copy);
                    ext
                }
                Ok(_) | Err(Determinacy::Determined) => self.dummy_ext(MacroKind::Derive),
                Err(Determinacy::Undetermined) => {
                    self.derive_data.insert(expn_id, data);
                    return Err(expand::base::Indeterminate);
                }
            };
            resolution.ext = Some(ext);
        }
        data.helper_attrs.sort_by_key(|(i, _)| *i);
        let helpers = data
            .helper_attrs
            .iter()
            .map(|(_, ident)| {
                let res = HirRes::NonMacroAttr(NonMacroAttrKind::DeriveHelper);
                (*ident, self.new_pub_res_binding(res, ident.span, expn_id))
            })
            .collect();
        self.helper_attrs.insert(expn_id, helpers);
        if data.has_derive_copy || self.containers_deriving_copy.contains(&parent_scope.expansion) {
            self.containers_deriving_copy.insert(expn_id);
        }
        self.derive_data.insert(expn_id, data);
        Ok(())
    }

    /// Use of an unstable or deprecated macro.
    fn check_macro_stability(&mut self, ext: &SyntaxExtension, path: &ast::Path, node_id: NodeId) {
        use expand::base::StabilityLevel;
        let span = path.span;
        if let Some(stability) = &ext.stability
            && let StabilityLevel::Unstable { reason, issue } = &stability.level
        {
            let feature = stability.feature;
            let staged_local = self.session().feature(feature);
            if !staged_local && !span.allows_unstable(feature) && !self.is_in_staged_crate() {
                let msg = match reason {
                    Some(reason) => format!("use of unstable library feature `{feature}`: {reason}"),
                    None => format!("use of unstable library feature `{feature}`"),
                };
                let mut diag = self.dcx().struct_span_err(span, msg).with_code(diagnostics::codes::E0658);
                if let Some(issue) = issue {
                    diag.note(format!(
                        "see issue #{issue} <https://github.com/rust-lang/rust/issues/{issue}> for more information"
                    ));
                }
                if self.session().is_nightly_build() {
                    diag.help(format!("add `#![feature({feature})]` to the crate attributes to enable"));
                }
                diag.emit();
            }
        }
        if let Some(deprecation) = &ext.deprecation {
            let path = crate::path::path_names_to_string(path);
            let msg = match deprecation.note {
                Some(note) => format!("use of deprecated macro `{path}`: {note}"),
                None => format!("use of deprecated macro `{path}`"),
            };
            self.buffer_lint(&session::lint::DEPRECATED, node_id, span, msg, |_| {});
        }
    }

    /// Whether the crate is part of the standard library, whose unstable macros it may use.
    fn is_in_staged_crate(&self) -> bool {
        self.session().feature(sym::staged_api)
    }

    /// The import through which a binding came.
    pub(crate) fn import_of(binding: NameBinding<'ra>) -> Option<crate::import::Import<'ra>> {
        match binding.kind {
            NameBindingKind::Import { import, .. } => Some(import),
            _ => None,
        }
    }
}
