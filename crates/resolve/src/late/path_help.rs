//! What is said when a path means something else than is needed where it stands: a struct for a value, an enum for one
//! of its variants, a macro without its `!`.

use ast::{Expr, ExprKind};
use diagnostics::{Applicability, Diag, MultiSpan};
use hir::def::{CtorKind, CtorOf, DefKind, MacroKinds, Namespace::*, Res as HirRes};
use hir::resolutions::Visibility;
use span::def_id::DefId;
use span::{FxHashSet, Ident, Span, Symbol};

use super::LateResolver;
use super::path_source::PathSource;
use crate::Resolver;
use crate::module::Res;
use crate::path::names_to_string;

/// The name, definition and visibility of another crate's field.
type Field = (Symbol, DefId, Visibility<DefId>);

/// A constructor of an enum's variant, and the path to it.
struct VariantCtor {
    path: String,
    name: Symbol,
    def_id: DefId,
    kind: CtorKind,
}

impl<'tcx> Resolver<'_, 'tcx> {
    /// The fields of a struct, union or variant, as far as they are known.
    pub(crate) fn field_idents(&self, def_id: DefId) -> Option<Vec<Ident>> {
        if def_id.is_local() {
            return self.field_names.get(&def_id).cloned();
        }
        let (fields, _) = self.foreign_variant(def_id)?;
        Some(fields.into_iter().map(|(name, did, _)| Ident::new(name, self.def_span(did))).collect())
    }

    /// Another crate's struct, union or variant: its fields and constructor.
    fn foreign_variant(&self, def_id: DefId) -> Option<(Vec<Field>, Option<(CtorKind, DefId)>)> {
        let variant = match self.def_kind(def_id) {
            DefKind::Struct | DefKind::Union => self.tcx.adt_def(def_id).non_enum_variant(),
            DefKind::Variant => self.tcx.adt_def(self.parent(def_id)).variant_with_id(def_id),
            _ => return None,
        };
        Some((variant.fields.iter().map(|field| (field.name, field.did, field.vis)).collect(), variant.ctor))
    }

    /// The constructor of a tuple or unit struct, where it can be seen from, and its fields.
    pub(crate) fn struct_ctor(&self, def_id: DefId) -> Option<(Res, Visibility<DefId>, Vec<Visibility<DefId>>)> {
        if def_id.is_local() {
            return self.struct_constructors.get(&def_id).cloned();
        }
        let (fields, ctor) = self.foreign_variant(def_id)?;
        let (kind, ctor) = ctor?;
        let fields = fields.into_iter().map(|(_, _, vis)| vis).collect();
        Some((HirRes::Def(DefKind::Ctor(CtorOf::Struct, kind), ctor), self.tcx.visibility(ctor), fields))
    }
}

impl<'ast, 'ra, 'tcx> LateResolver<'_, 'ast, 'ra, 'tcx> {
    /// Something of this name exists, but is something else. Whether there was something to say about it.
    pub(super) fn context_dependent_help(
        &mut self,
        diag: &mut Diag<'_>,
        span: Span,
        source: PathSource<'_>,
        res: Res,
        path_str: &str,
        fallback_label: &str,
    ) -> bool {
        let is_value = source.namespace() == ValueNS;
        match (res, source) {
            (HirRes::Def(DefKind::Macro(kinds), _), _) if kinds.contains(MacroKinds::BANG) => {
                if let PathSource::Expr(_) | PathSource::Struct = source {
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
            (
                HirRes::Def(kind @ (DefKind::Mod | DefKind::Trait | DefKind::TyAlias), _),
                PathSource::Expr(Some(parent)),
            ) if self.suggest_path_separator(diag, parent, kind) => {}
            (HirRes::Def(DefKind::Enum, def_id), PathSource::TupleStruct(..) | PathSource::Expr(..)) => {
                self.suggest_variants(diag, source, def_id, span);
            }
            (HirRes::Def(DefKind::Struct, def_id), _) if is_value => {
                self.explain_struct_as_value(diag, span, source, def_id, path_str, fallback_label);
            }
            (HirRes::Def(DefKind::Union | DefKind::Variant, def_id), _) if is_value => {
                self.bad_struct_syntax(diag, span, source, def_id, path_str, fallback_label);
            }
            (
                HirRes::Def(DefKind::Ctor(_, CtorKind::Const), def_id),
                PathSource::Expr(_) | PathSource::TupleStruct(..) | PathSource::Pat,
            ) if is_value => {
                let span = whole_span(source, span, diag);
                diag.span_label(self.r.def_span(def_id), format!("`{path_str}` defined here"));
                let msg = "use this syntax instead";
                diag.span_suggestion(span, msg, path_str.to_string(), Applicability::MaybeIncorrect);
            }
            (HirRes::Def(DefKind::Ctor(_, CtorKind::Fn), ctor), _) if is_value => {
                let def_id = self.r.parent(ctor);
                diag.span_label(self.r.def_span(def_id), format!("`{path_str}` defined here"));
                let fields = match self.r.field_idents(def_id) {
                    Some(fields) => vec!["_"; fields.len()].join(", "),
                    None => "/* fields */".to_string(),
                };
                diag.span_suggestion(
                    span,
                    "use the tuple variant pattern syntax instead",
                    format!("{path_str}({fields})"),
                    Applicability::HasPlaceholders,
                );
            }
            (HirRes::SelfTyParam { .. } | HirRes::SelfTyAlias { .. }, _) if is_value => {
                diag.span_label(span, fallback_label.to_string());
                diag.note("can't use `Self` as a constructor, you must use the implemented struct");
            }
            (HirRes::Def(DefKind::TyAlias | DefKind::AssocTy, _), _) if is_value => {
                diag.note("can't use a type alias as a constructor");
            }
            _ => return false,
        }
        true
    }

    /// `Type.new()` for `Type::new()`; whether that is it.
    fn suggest_path_separator(&self, diag: &mut Diag<'_>, expr: &Expr, kind: DefKind) -> bool {
        const MSG: &str = "use the path separator to refer to an item";
        let (left, right) = match &expr.kind {
            ExprKind::Field(base, ident) => (base.span, ident.span),
            ExprKind::MethodCall(call) => (call.receiver.span, call.span),
            _ => return false,
        };
        if left.ctxt() == right.ctxt() {
            diag.span_suggestion_verbose(left.between(right), MSG, "::", Applicability::MaybeIncorrect);
            return true;
        }
        // The type is what a macro made.
        if let DefKind::Struct | DefKind::TyAlias = kind
            && let Some(call) = left.find_ancestor_inside(expr.span)
            && let Some(text) = self.r.session().source_map().span_to_snippet(call)
        {
            let new = format!("<{text}>::");
            diag.span_suggestion_verbose(call.until(right), MSG, new, Applicability::MaybeIncorrect);
            return true;
        }
        false
    }

    fn explain_struct_as_value(
        &mut self,
        diag: &mut Diag<'_>,
        span: Span,
        source: PathSource<'_>,
        def_id: DefId,
        path_str: &str,
        fallback_label: &str,
    ) {
        let Some((ctor, ctor_vis, field_vis)) = self.r.struct_ctor(def_id) else {
            return self.bad_struct_syntax(diag, span, source, def_id, path_str, fallback_label);
        };
        if let PathSource::Expr(Some(parent)) = source
            && matches!(parent.kind, ExprKind::Field(..) | ExprKind::MethodCall(..))
        {
            return self.bad_struct_syntax(diag, span, source, def_id, path_str, fallback_label);
        }
        if !source.is_expected(ctor) || self.r.is_accessible_from(ctor_vis, self.parent_scope.module) {
            return;
        }
        let spans: Option<Vec<Span>> = match source {
            PathSource::TupleStruct(_, subs) => {
                diag.primary_message("cannot match against a tuple struct which contains private fields");
                Some(subs.iter().map(|sub| sub.span).collect())
            }
            PathSource::Expr(Some(Expr { kind: ExprKind::Call(..), .. })) => {
                diag.primary_message("cannot initialize a tuple struct which contains private fields");
                self.r.field_idents(def_id).map(|fields| fields.iter().map(|field| field.span).collect())
            }
            _ => None,
        };
        let Some(spans) = spans.filter(|spans| !spans.is_empty() && spans.len() == field_vis.len()) else {
            diag.span_label(span, "constructor is not visible here due to private fields");
            return;
        };
        let private: Vec<Span> = field_vis
            .iter()
            .zip(&spans)
            .filter(|(vis, _)| !self.r.is_accessible_from(**vis, self.parent_scope.module))
            .map(|(_, span)| *span)
            .collect();
        if private.is_empty() {
            return;
        }
        if let Some(fields) = self.r.field_visibility_spans.get(&def_id) {
            let plural = if fields.len() == 1 { "" } else { "s" };
            diag.multipart_suggestion(
                format!("consider making the field{plural} publicly accessible"),
                fields.iter().map(|span| (*span, "pub ".to_string())).collect(),
                Applicability::MaybeIncorrect,
            );
        }
        let mut multi = MultiSpan::from(private.clone());
        for span in private {
            multi.push_span_label(span, "private field");
        }
        diag.span_note(multi, "constructor is not visible here due to private fields");
    }

    /// A struct or variant with named fields used as a value.
    fn bad_struct_syntax(
        &mut self,
        diag: &mut Diag<'_>,
        span: Span,
        source: PathSource<'_>,
        def_id: DefId,
        path_str: &str,
        fallback_label: &str,
    ) {
        match source {
            PathSource::Expr(Some(parent)) if self.suggest_path_separator(diag, parent, DefKind::Struct) => return,
            PathSource::Expr(parent)
                if parent.is_none_or(|parent| {
                    matches!(
                        parent.kind,
                        ExprKind::Path(..)
                            | ExprKind::Binary(..)
                            | ExprKind::Unary(..)
                            | ExprKind::If(..)
                            | ExprKind::While(..)
                            | ExprKind::ForLoop { .. }
                            | ExprKind::Match(..)
                    )
                }) && let Some(open) = self.look_ahead(span, '{') =>
            {
                match self.look_ahead(open, '}') {
                    Some(close) => {
                        diag.span_label(span, fallback_label.to_string());
                        diag.multipart_suggestion(
                            "surround the struct literal with parentheses",
                            vec![(span.shrink_to_lo(), "(".to_string()), (close.shrink_to_hi(), ")".to_string())],
                            Applicability::MaybeIncorrect,
                        );
                    }
                    None => {
                        let label = format!(
                            "you might want to surround a struct literal with parentheses: `({path_str} {{ /* fields */ }})`?"
                        );
                        diag.span_label(span, label);
                    }
                }
                return;
            }
            PathSource::Expr(_) | PathSource::TupleStruct(..) | PathSource::Pat => {}
            _ => {
                diag.span_label(span, fallback_label.to_string());
                return;
            }
        }
        let span = whole_span(source, span, diag);
        diag.span_label(self.r.def_span(def_id), format!("`{path_str}` defined here"));
        if self.has_private_fields(def_id) {
            return;
        }
        let fields = self.r.field_idents(def_id);
        let (tail, descr, mut applicability) = match source {
            PathSource::Pat | PathSource::TupleStruct(..) => ("", "pattern", Applicability::MachineApplicable),
            _ => (": val", "literal", Applicability::HasPlaceholders),
        };
        if let PathSource::Expr(Some(Expr { kind: ExprKind::Call(callee, args), span: call, .. })) = source
            && let (Some(first), Some(last)) = (args.first(), args.last())
            && let Some(fields) = &fields
            && fields.len() == args.len()
        {
            let mut parts = vec![(callee.span.shrink_to_hi().until(first.span), "{".to_string())];
            let named = fields.iter().zip(args.iter()).map(|(f, arg)| (arg.span.shrink_to_lo(), format!("{f}: ")));
            parts.extend(named);
            parts.push((last.span.shrink_to_hi().until(call.shrink_to_hi()), "}".to_string()));
            let msg = format!("use struct {descr} syntax instead of calling");
            diag.multipart_suggestion(msg, parts, applicability);
            return;
        }
        let text = match &fields {
            Some(fields) => {
                let old: Vec<Option<String>> = match source {
                    PathSource::TupleStruct(_, subs) => {
                        subs.iter().map(|sub| self.r.session().source_map().span_to_snippet(sub.span)).collect()
                    }
                    _ => Vec::new(),
                };
                let shown = fields.iter().enumerate().map(|(i, field)| match old.get(i) {
                    Some(Some(old)) if *old != field.to_string() => format!("{field}: {old}"),
                    Some(_) => field.to_string(),
                    None => format!("{field}{tail}"),
                });
                shown.collect::<Vec<_>>().join(", ")
            }
            None => {
                applicability = Applicability::HasPlaceholders;
                "/* fields */".to_string()
            }
        };
        let pad = if fields.as_ref().is_some_and(|fields| !fields.is_empty()) { " " } else { "" };
        diag.span_suggestion(
            span,
            format!("use struct {descr} syntax instead"),
            format!("{path_str} {{{pad}{text}{pad}}}"),
            applicability,
        );
    }

    fn has_private_fields(&self, def_id: DefId) -> bool {
        if let Some(spans) = self.r.field_visibility_spans.get(&def_id)
            && spans.is_empty()
        {
            return false;
        }
        match self.r.struct_ctor(def_id) {
            Some((_, _, fields)) => fields.iter().any(|vis| !self.r.is_accessible_from(*vis, self.parent_scope.module)),
            None => false,
        }
    }

    /// The next character that is not white space, if it is this one.
    fn look_ahead(&self, span: Span, wanted: char) -> Option<Span> {
        let source_map = self.r.session().source_map();
        let mut at = span;
        for _ in 0..50 {
            at = source_map.next_point(at);
            let text = source_map.span_to_snippet(at)?;
            if text.chars().eq([wanted]) {
                return Some(at);
            }
            if text.is_empty() || text.chars().any(|c| !c.is_whitespace()) {
                return None;
            }
        }
        None
    }

    /// An enum for one of its variants.
    fn suggest_variants(&mut self, diag: &mut Diag<'_>, source: PathSource<'_>, def_id: DefId, span: Span) {
        let Some(ctors) = self.variant_ctors(def_id) else {
            diag.note("you might have meant to use one of the enum's variants");
            return;
        };
        let (dot, only_tuples) = match source {
            PathSource::TupleStruct(..) => (None, true),
            PathSource::Expr(Some(expr)) => match &expr.kind {
                ExprKind::Call(..) => (None, true),
                ExprKind::MethodCall(call) => {
                    let name = call.seg.ident;
                    let found = ctors.iter().any(|ctor| ctor.kind == CtorKind::Fn && ctor.name == name.name);
                    (found.then(|| call.receiver.span.between(name.span)), false)
                }
                ExprKind::Field(base, name) => {
                    let found = ctors.iter().any(|ctor| ctor.name == name.name);
                    (found.then(|| base.span.between(name.span)), false)
                }
                _ => (None, false),
            },
            _ => (None, false),
        };
        if let Some(dot) = dot {
            let msg = "use the path separator to refer to a variant";
            diag.span_suggestion_verbose(dot, msg, "::", Applicability::MaybeIncorrect);
        } else if only_tuples {
            suggest_tuple_variants(diag, source, &ctors, span);
        } else {
            self.suggest_any_variant(diag, &ctors, span);
        }
        if def_id.is_local() {
            diag.span_note(self.r.def_span(def_id), "the enum is defined here");
        }
    }

    fn suggest_any_variant(&self, diag: &mut Diag<'_>, ctors: &[VariantCtor], span: Span) {
        let (holes, plain): (Vec<_>, Vec<_>) = ctors.iter().partition(|ctor| {
            ctor.kind == CtorKind::Fn
                && !self.r.field_idents(self.r.parent(ctor.def_id)).is_some_and(|fields| fields.is_empty())
        });
        let mut plain: Vec<String> = plain
            .into_iter()
            .map(|ctor| if ctor.kind == CtorKind::Fn { format!("({}())", ctor.path) } else { ctor.path.clone() })
            .collect();
        plain.sort();
        let none = plain.is_empty();
        if !none {
            let msg = match plain.len() {
                1 => "you might have meant to use the following enum variant",
                _ => "you might have meant to use one of the following enum variants",
            };
            diag.span_suggestions(span, msg, plain, Applicability::MaybeIncorrect);
        }
        let mut holes: Vec<String> = holes.into_iter().map(|ctor| format!("({}(/* fields */))", ctor.path)).collect();
        holes.sort();
        if !holes.is_empty() {
            let msg = match (none, holes.len()) {
                (true, 1) => "the following enum variant is available",
                (true, _) => "the following enum variants are available",
                (false, 1) => "alternatively, the following enum variant is available",
                (false, _) => "alternatively, the following enum variants are also available",
            };
            diag.span_suggestions(span, msg, holes, Applicability::HasPlaceholders);
        }
    }

    /// The constructors of an enum's variants, named by the first path from the root that leads to the enum.
    fn variant_ctors(&mut self, enum_id: DefId) -> Option<Vec<VariantCtor>> {
        let mut seen: FxHashSet<DefId> = FxHashSet::default();
        let mut work = vec![(self.r.graph_root, Vec::<Symbol>::new())];
        let mut found = None;
        while let Some((module, path)) = work.pop() {
            let mut inner = Vec::new();
            self.r.for_each_child(module, |r, ident, _, binding| {
                let visible = match binding.vis {
                    Visibility::Public => true,
                    Visibility::Restricted(id) => id.is_local(),
                };
                let Some(def_id) = binding.module().map(|module| module.def_id()).filter(|_| visible) else { return };
                let mut path = path.clone();
                path.push(ident.name);
                if def_id == enum_id {
                    found.get_or_insert(path);
                } else if found.is_none() && seen.insert(def_id) {
                    inner.push((r.expect_module(def_id), path));
                }
            });
            if found.is_some() {
                break;
            }
            work.extend(inner);
        }
        let path = found?;
        let module = self.r.expect_module(enum_id);
        let mut ctors = Vec::new();
        self.r.for_each_child(module, |_, ident, _, binding| {
            if let HirRes::Def(DefKind::Ctor(CtorOf::Variant, kind), def_id) = binding.res() {
                let path = names_to_string(path.iter().copied().chain([ident.name]));
                ctors.push(VariantCtor { path, name: ident.name, def_id, kind });
            }
        });
        Some(ctors)
    }
}

/// What a suggestion replaces: calls and patterns as wholes, and the error is at the same place.
fn whole_span(source: PathSource<'_>, span: Span, diag: &mut Diag<'_>) -> Span {
    match source {
        PathSource::Expr(Some(expr)) if matches!(expr.kind, ExprKind::Call(..)) => {
            diag.span(expr.span);
            expr.span
        }
        PathSource::TupleStruct(whole, _) => {
            diag.span(whole);
            whole
        }
        _ => span,
    }
}

/// `Enum(..)` for `Enum::Variant(..)`
fn suggest_tuple_variants(diag: &mut Diag<'_>, source: PathSource<'_>, ctors: &[VariantCtor], span: Span) {
    let mut tuples: Vec<String> =
        ctors.iter().filter(|ctor| ctor.kind == CtorKind::Fn).map(|ctor| ctor.path.clone()).collect();
    tuples.sort();
    let others = ctors.len() - tuples.len();
    let what = if let PathSource::TupleStruct(..) = source { "to match against" } else { "to construct" };
    if !tuples.is_empty() {
        let msg = match (others, tuples.len()) {
            (0, 1) => format!("try {what} the enum's variant"),
            _ => format!("try {what} one of the enum's variants"),
        };
        diag.span_suggestions(span, msg, tuples, Applicability::MaybeIncorrect);
    }
    if others == ctors.len() {
        diag.help(format!("the enum has no tuple variants {what}"));
    }
    match others {
        0 => {}
        1 => {
            diag.help(format!("you might have meant {what} the enum's non-tuple variant"));
        }
        _ => {
            diag.help(format!("you might have meant {what} one of the enum's non-tuple variants"));
        }
    }
}
