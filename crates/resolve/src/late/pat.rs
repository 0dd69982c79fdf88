//! Patterns: which names they bind and which they refer to, and that the alternatives of an or-pattern agree.

use ast::visit::{self, Visitor};
use ast::{BindingMode, NodeId, Pat, PatKind};
use hir::def::{CtorKind, DefKind, Namespace::*, PartialRes, Res as HirRes};
use span::{FxIndexMap, Ident, Span};

use super::LateResolver;
use super::path_source::PathSource;
use crate::errors::{BindingError, ResolutionError};
use crate::ident::LexicalScopeBinding;
use crate::module::Res;
use crate::path::Used;
use crate::rib::RibKind;

/// Where a pattern stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PatternSource {
    Match,
    Let,
    For,
    FnParam,
}

impl PatternSource {
    fn descr(self) -> &'static str {
        match self {
            PatternSource::Match => "match binding",
            PatternSource::Let => "let binding",
            PatternSource::For => "for binding",
            PatternSource::FnParam => "function parameter",
        }
    }
}

/// Whether names must differ (`(a, b)`) or be the same (`a | b`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PatBoundCtx {
    Product,
    Or,
}

/// The names bound so far, innermost context last.
pub(super) type Bindings = Vec<(PatBoundCtx, FxIndexMap<Ident, Res>)>;

#[derive(Clone, Copy)]
struct BindingInfo {
    span: Span,
    annotation: BindingMode,
}

type BindingMap = FxIndexMap<Ident, BindingInfo>;

impl<'ast, 'ra> LateResolver<'_, 'ast, 'ra, '_> {
    pub(super) fn resolve_pattern_top(&mut self, pat: &'ast Pat, source: PatternSource) {
        let mut bindings = vec![(PatBoundCtx::Product, FxIndexMap::default())];
        self.resolve_pattern(pat, source, &mut bindings);
        self.apply_pattern_bindings(bindings);
    }

    /// Enters the names of a pattern in the innermost scope.
    pub(super) fn apply_pattern_bindings(&mut self, bindings: Bindings) {
        let rib = &mut self.value_ribs.last_mut().expect("patterns stand in scopes").bindings;
        for (_, names) in bindings {
            rib.extend(names);
        }
    }

    pub(super) fn resolve_pattern(&mut self, pat: &'ast Pat, source: PatternSource, bindings: &mut Bindings) {
        // Expressions and types in it do not see its names.
        PatParts { late: self }.visit_pat(pat);
        self.resolve_pattern_inner(pat, source, bindings);
        self.check_consistent_bindings(pat);
    }

    fn resolve_pattern_inner(&mut self, pat: &'ast Pat, source: PatternSource, bindings: &mut Bindings) {
        match &pat.kind {
            PatKind::Ident(mode, ident, sub) => {
                let res = self.try_resolve_as_non_binding(source, *mode, *ident, sub.is_some());
                let res = res.unwrap_or_else(|| self.fresh_binding(*ident, pat.id, source, bindings));
                self.r.record_partial_res(pat.id, PartialRes::new(res));
                self.r.pat_span_map.insert(pat.id, pat.span);
                if let Some(sub) = sub {
                    self.resolve_pattern_inner(sub, source, bindings);
                }
            }
            PatKind::TupleStruct(qself, path, subs) => {
                self.smart_resolve_path(pat.id, qself, path, PathSource::TupleStruct(pat.span, subs));
                for sub in subs {
                    self.resolve_pattern_inner(sub, source, bindings);
                }
            }
            PatKind::Path(qself, path) => {
                self.smart_resolve_path(pat.id, qself, path, PathSource::Pat);
            }
            PatKind::Struct(qself, path, fields, _) => {
                self.smart_resolve_path(pat.id, qself, path, PathSource::Struct);
                for field in fields {
                    self.resolve_pattern_inner(&field.pat, source, bindings);
                }
            }
            PatKind::Or(alternatives) => {
                // Each alternative may bind what the others bind.
                bindings.push((PatBoundCtx::Or, FxIndexMap::default()));
                for alternative in alternatives {
                    bindings.push((PatBoundCtx::Product, FxIndexMap::default()));
                    self.resolve_pattern_inner(alternative, source, bindings);
                    let (_, names) = bindings.pop().expect("just pushed");
                    bindings.last_mut().expect("just pushed").1.extend(names);
                }
                let (_, names) = bindings.pop().expect("just pushed");
                bindings.last_mut().expect("the pattern's own").1.extend(names);
            }
            PatKind::Guard(sub, guard) => {
                bindings.push((PatBoundCtx::Product, FxIndexMap::default()));
                self.resolve_pattern_inner(sub, source, bindings);
                let (_, names) = bindings.pop().expect("just pushed");
                self.with_rib(ValueNS, RibKind::Normal, |this| {
                    this.value_ribs.last_mut().expect("just pushed").bindings.extend(names.clone());
                    this.resolve_expr(guard, None);
                });
                bindings.last_mut().expect("the pattern's own").1.extend(names);
            }
            PatKind::Tuple(subs) | PatKind::Slice(subs) => {
                for sub in subs {
                    self.resolve_pattern_inner(sub, source, bindings);
                }
            }
            PatKind::Box(sub) | PatKind::Deref(sub) | PatKind::Ref(sub, ..) | PatKind::Paren(sub) => {
                self.resolve_pattern_inner(sub, source, bindings);
            }
            PatKind::Missing
            | PatKind::Wild
            | PatKind::Expr(_)
            | PatKind::Range(..)
            | PatKind::Rest
            | PatKind::Never
            | PatKind::MacCall(_)
            | PatKind::Err(_) => {}
        }
    }

    fn fresh_binding(&mut self, ident: Ident, id: NodeId, source: PatternSource, bindings: &mut Bindings) -> Res {
        let ident = ident.normalize_to_macro_rules();
        let bound_twice =
            bindings.iter().any(|(ctx, names)| *ctx == PatBoundCtx::Product && names.contains_key(&ident));
        if bound_twice {
            let error = if source == PatternSource::FnParam {
                ResolutionError::IdentifierBoundMoreThanOnceInParameterList(ident)
            } else {
                ResolutionError::IdentifierBoundMoreThanOnceInSamePattern(ident)
            };
            self.report_error(ident.span, error);
        }
        // `A(a) | B(a)`: one variable, that of the first alternative.
        let of_other_alternative = bindings
            .iter()
            .find_map(|(ctx, names)| if *ctx == PatBoundCtx::Or { names.get(&ident).copied() } else { None });
        let res = of_other_alternative.unwrap_or(HirRes::Local(id));
        bindings.last_mut().expect("there is always one").1.insert(ident, res);
        res
    }

    /// What a plain name in a pattern refers to, unless it binds a variable.
    fn try_resolve_as_non_binding(
        &mut self,
        source: PatternSource,
        mode: BindingMode,
        ident: Ident,
        has_sub: bool,
    ) -> Option<Res> {
        let is_ambiguous_syntax = !has_sub && mode == BindingMode::NONE;
        let found = self.resolve_ident(ident, ValueNS, None)?;
        let (res, binding) = match found {
            LexicalScopeBinding::Item(binding) if is_ambiguous_syntax && binding.is_ambiguity_recursive() => {
                self.r.record_use(ident, binding, Used::Other);
                return None;
            }
            LexicalScopeBinding::Item(binding) => (binding.res(), Some(binding)),
            LexicalScopeBinding::Res(res) => (res, None),
        };
        match res {
            HirRes::SelfCtor(_)
            | HirRes::Def(
                DefKind::Ctor(_, CtorKind::Const) | DefKind::Const | DefKind::AssocConst | DefKind::ConstParam,
                _,
            ) if is_ambiguous_syntax => {
                if let Some(binding) = binding {
                    self.r.record_use(ident, binding, Used::Other);
                }
                Some(res)
            }
            HirRes::Def(DefKind::Ctor(..) | DefKind::Const | DefKind::AssocConst | DefKind::Static { .. }, _) => {
                // `ref C`, `C @ p`, or a static: a binding that would shadow it.
                let (participle, span) = match binding {
                    Some(binding) => (if binding.is_import() { "imported" } else { "defined" }, Some(binding.span)),
                    None => ("defined", self.r.opt_span(res)),
                };
                self.report_error(
                    ident.span,
                    ResolutionError::BindingShadowsSomethingUnacceptable {
                        shadowing_entity: source.descr(),
                        name: ident.name,
                        participle,
                        article: res.article(),
                        shadowed_entity: res.descr(),
                        shadowed_binding_span: span,
                    },
                );
                None
            }
            HirRes::Def(DefKind::ConstParam, def_id) => {
                let span = self.r.def_span(def_id);
                self.report_error(
                    ident.span,
                    ResolutionError::BindingShadowsSomethingUnacceptable {
                        shadowing_entity: source.descr(),
                        name: ident.name,
                        participle: "defined",
                        article: res.article(),
                        shadowed_entity: res.descr(),
                        shadowed_binding_span: Some(span),
                    },
                );
                None
            }
            // Functions, variables: shadowed.
            _ => None,
        }
    }

    fn is_base_res_local(&self, id: NodeId) -> bool {
        self.r.partial_res_map.get(&id).is_some_and(|res| matches!(res.base_res(), HirRes::Local(_)))
    }

    fn check_consistent_bindings(&mut self, pat: &'ast Pat) {
        let mut finder = OrPatFinder { found: false };
        finder.visit_pat(pat);
        if finder.found {
            let _ = self.compute_binding_map(pat);
        }
    }

    /// The names that a pattern binds, once each or-pattern in it is checked; `None` for one that never matches.
    fn compute_binding_map(&mut self, pat: &'ast Pat) -> Option<BindingMap> {
        let mut map = BindingMap::default();
        let mut is_never = false;
        self.collect_binding_map(pat, &mut map, &mut is_never);
        (!is_never).then_some(map)
    }

    fn collect_binding_map(&mut self, pat: &'ast Pat, map: &mut BindingMap, is_never: &mut bool) {
        match &pat.kind {
            PatKind::Ident(annotation, ident, sub) => {
                if sub.is_some() || self.is_base_res_local(pat.id) {
                    let info = BindingInfo { span: ident.span, annotation: *annotation };
                    map.insert(*ident, info);
                }
                if let Some(sub) = sub {
                    self.collect_binding_map(sub, map, is_never);
                }
            }
            PatKind::Or(alternatives) => match self.check_or_pattern(alternatives) {
                Some(names) => map.extend(names),
                None => *is_never = true,
            },
            PatKind::Never => *is_never = true,
            PatKind::TupleStruct(_, _, subs) | PatKind::Tuple(subs) | PatKind::Slice(subs) => {
                for sub in subs {
                    self.collect_binding_map(sub, map, is_never);
                }
            }
            PatKind::Struct(_, _, fields, _) => {
                for field in fields {
                    self.collect_binding_map(&field.pat, map, is_never);
                }
            }
            PatKind::Box(sub)
            | PatKind::Deref(sub)
            | PatKind::Ref(sub, ..)
            | PatKind::Paren(sub)
            | PatKind::Guard(sub, _) => self.collect_binding_map(sub, map, is_never),
            _ => {}
        }
    }

    fn check_or_pattern(&mut self, alternatives: &'ast [Box<Pat>]) -> Option<BindingMap> {
        let maps: Vec<(BindingMap, &'ast Pat)> =
            alternatives.iter().filter_map(|pat| Some((self.compute_binding_map(pat)?, &**pat))).collect();
        let mut missing: FxIndexMap<Ident, BindingError> = FxIndexMap::default();
        let mut inconsistent: FxIndexMap<Ident, (Span, Span)> = FxIndexMap::default();
        for (outer, pat_outer) in &maps {
            for (inner, pat_inner) in &maps {
                if pat_inner.id == pat_outer.id {
                    continue;
                }
                for (&name, info) in inner {
                    match outer.get(&name) {
                        None => {
                            let error = missing.entry(name).or_insert_with(|| BindingError {
                                name,
                                origin: Vec::new(),
                                target: Vec::new(),
                                could_be_path: name.as_str().starts_with(char::is_uppercase),
                            });
                            if !error.origin.contains(&info.span) {
                                error.origin.push(info.span);
                            }
                            if !error.target.contains(&pat_outer.span) {
                                error.target.push(pat_outer.span);
                            }
                        }
                        Some(other) if other.annotation != info.annotation => {
                            inconsistent.entry(name).or_insert((info.span, other.span));
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        for (name, mut error) in missing {
            if inconsistent.contains_key(&name) {
                error.could_be_path = false;
            }
            let span = *error.origin.first().expect("the name is bound somewhere");
            self.report_error(span, ResolutionError::VariableNotBoundInPattern(error));
        }
        for (name, (span, other)) in inconsistent {
            self.report_error(span, ResolutionError::VariableBoundWithDifferentMode(name, other));
        }
        if maps.is_empty() {
            return None;
        }
        let mut all = BindingMap::default();
        for (map, _) in maps {
            all.extend(map);
        }
        Some(all)
    }
}

/// Resolves expressions, types and generic arguments in a pattern, but no names of the pattern itself.
struct PatParts<'b, 'a, 'ast, 'ra, 'tcx> {
    late: &'b mut LateResolver<'a, 'ast, 'ra, 'tcx>,
}

impl<'ast> Visitor<'ast> for PatParts<'_, '_, 'ast, '_, '_> {
    fn visit_attribute(&mut self, _: &'ast ast::Attribute) {}
    fn visit_expr(&mut self, expr: &'ast ast::Expr) {
        self.late.resolve_expr(expr, None);
    }
    fn visit_ty(&mut self, ty: &'ast ast::Ty) {
        self.late.visit_ty(ty);
    }
    fn visit_path_segment(&mut self, segment: &'ast ast::PathSegment) {
        self.late.visit_path_segment(segment);
    }
    fn visit_pat(&mut self, pat: &'ast Pat) {
        match &pat.kind {
            // The guard sees the names: resolved with the pattern.
            PatKind::Guard(sub, _) => self.visit_pat(sub),
            _ => visit::walk_pat(self, pat),
        }
    }
}

struct OrPatFinder {
    found: bool,
}

impl<'ast> Visitor<'ast> for OrPatFinder {
    fn visit_pat(&mut self, pat: &'ast Pat) {
        self.found |= matches!(pat.kind, PatKind::Or(_));
        if !self.found {
            visit::walk_pat(self, pat);
        }
    }
    fn visit_expr(&mut self, _: &'ast ast::Expr) {}
    fn visit_ty(&mut self, _: &'ast ast::Ty) {}
}
