//! Resolution of paths in bodies and signatures, in the namespaces that fit their use.

use ast::{NodeId, P, Path, QSelf};
use hir::PrimTy;
use hir::def::{DefKind, Namespace, Namespace::*, PartialRes, Res as HirRes};
use span::def_id::CRATE_DEF_ID;
use span::{Ident, Span, sym};

use super::LateResolver;
use super::path_source::{AliasPossibility, PathSource};
use crate::errors::{ResolutionError, UseError};
use crate::ident::LateNames;
use crate::import::ModuleOrUniformRoot;
use crate::path::{Finalize, Ignore, PathFailure, PathResult, Segment};

/// Whether the result is the path's own, or that of a part of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordPartialRes {
    Yes,
    No,
}

impl<'ast, 'ra> LateResolver<'_, 'ast, 'ra, '_> {
    /// Resolves a path and records its meaning for node `id`.
    pub(super) fn smart_resolve_path(
        &mut self,
        id: NodeId,
        qself: &Option<P<QSelf>>,
        path: &Path,
        source: PathSource<'_>,
    ) -> PartialRes {
        let segments = Segment::from_path(path);
        let finalize = Finalize::new(id, path.span);
        self.smart_resolve_path_fragment(qself, &segments, source, finalize, RecordPartialRes::Yes)
    }

    pub(super) fn smart_resolve_path_fragment(
        &mut self,
        qself: &Option<P<QSelf>>,
        path: &[Segment],
        source: PathSource<'_>,
        finalize: Finalize,
        record: RecordPartialRes,
    ) -> PartialRes {
        let ns = source.namespace();
        let Finalize { node_id, path_span, .. } = finalize;
        let partial_res = match self.resolve_qpath_anywhere(qself, path, ns, source, finalize) {
            Ok(Some(partial_res)) if partial_res.full_res().is_some() => {
                let res = partial_res.expect_full_res();
                if source.is_expected(res) || res == HirRes::Err {
                    partial_res
                } else {
                    self.report_path_error(path, path_span, source, Some(res))
                }
            }
            Ok(Some(partial_res)) if source.defer_to_typeck() => {
                // `T::A`, `<T>::A`: type checking finds the rest.
                if ns == ValueNS {
                    let name = path.last().expect("paths have segments").ident;
                    let traits = self.traits_in_scope(name, ns);
                    self.r.trait_map.insert(node_id, traits);
                }
                self.note_primitive_with_std_module(path, ns, path_span);
                partial_res
            }
            Err(failure) => {
                self.report_failed_prefix(path, path_span, source, failure);
                PartialRes::new(HirRes::Err)
            }
            Ok(_) => self.report_path_error(path, path_span, source, None),
        };
        if record == RecordPartialRes::Yes {
            self.r.record_partial_res(node_id, partial_res);
            self.resolve_elided_lifetimes_in_path(partial_res, path, source, path_span);
        }
        partial_res
    }

    /// `str::from_utf8` for `std::str::from_utf8`.
    fn note_primitive_with_std_module(&mut self, path: &[Segment], ns: Namespace, path_span: Span) {
        if PrimTy::from_name(path[0].ident.name).is_none() {
            return;
        }
        let mut std_path = vec![Segment::from_ident(Ident::with_dummy_span(sym::std))];
        std_path.extend(path);
        for segment in &mut std_path {
            segment.id = None;
        }
        if let PathResult::Module(_) | PathResult::NonModule(_) =
            self.r.maybe_resolve_path(&std_path, Some(ns), &self.parent_scope, None)
        {
            let item_span = path.last().map_or(path_span, |segment| segment.ident.span);
            self.r.confused_type_with_std_module.insert(item_span, path_span);
            self.r.confused_type_with_std_module.insert(path_span, path_span);
        }
    }

    /// Tries the wanted namespace, then others, so that errors can say what was found instead.
    fn resolve_qpath_anywhere(
        &mut self,
        qself: &Option<P<QSelf>>,
        path: &[Segment],
        primary_ns: Namespace,
        source: PathSource<'_>,
        finalize: Finalize,
    ) -> Result<Option<PartialRes>, Box<PathFailure<'ra>>> {
        let mut found = None;
        let namespaces = [primary_ns, TypeNS, ValueNS];
        for (i, &ns) in namespaces.iter().enumerate() {
            if i > 0 && ns == primary_ns {
                continue;
            }
            match self.resolve_qpath(qself, path, ns, source, finalize)? {
                Some(partial) if partial.unresolved_segments() == 0 || source.defer_to_typeck() => {
                    return Ok(Some(partial));
                }
                partial => found = found.or(partial),
            }
        }
        if qself.is_none() {
            // A macro without its `!`.
            let segments = path.iter().map(|s| ast::PathSegment::from_ident(s.ident)).collect();
            let path = Path { span: finalize.path_span, segments };
            for kind in [span::MacroKind::Bang, span::MacroKind::Attr] {
                if let Ok((_, res)) = self.r.resolve_macro_path(&path, kind, &self.parent_scope, false, false) {
                    return Ok(Some(PartialRes::new(res)));
                }
            }
        }
        Ok(found)
    }

    fn resolve_qpath(
        &mut self,
        qself: &Option<P<QSelf>>,
        path: &[Segment],
        ns: Namespace,
        _source: PathSource<'_>,
        finalize: Finalize,
    ) -> Result<Option<PartialRes>, Box<PathFailure<'ra>>> {
        if let Some(qself) = qself {
            if qself.position == 0 {
                // `<T>::B`: no trait to be resolved.
                let res = HirRes::Def(DefKind::Mod, CRATE_DEF_ID.to_def_id());
                return Ok(Some(PartialRes::with_unresolved_segments(res, path.len())));
            }
            // `<T as A>::B`: `A` must be a trait, `A::B` an item of it, and what follows is left to type checking.
            let trait_finalize = Finalize::new(finalize.node_id, qself.path_span);
            let trait_res = self.smart_resolve_path_fragment(
                &None,
                &path[..qself.position],
                PathSource::Trait(AliasPossibility::No),
                trait_finalize,
                RecordPartialRes::No,
            );
            if trait_res.expect_full_res() == HirRes::Err {
                return Ok(Some(trait_res));
            }
            let ns = if qself.position + 1 == path.len() { ns } else { TypeNS };
            let partial_res = self.smart_resolve_path_fragment(
                &None,
                &path[..=qself.position],
                PathSource::TraitItem(ns),
                Finalize::with_root_span(finalize.node_id, finalize.path_span, qself.path_span),
                RecordPartialRes::No,
            );
            let unresolved = partial_res.unresolved_segments() + path.len() - qself.position - 1;
            return Ok(Some(PartialRes::with_unresolved_segments(partial_res.base_res(), unresolved)));
        }
        let prim_ty = PrimTy::from_name(path[0].ident.name).filter(|_| ns == TypeNS || path.len() > 1);
        Ok(Some(match self.resolve_path(path, Some(ns), Some(finalize)) {
            PathResult::NonModule(partial_res) => partial_res,
            PathResult::Module(ModuleOrUniformRoot::Module(module)) if !module.is_normal() => {
                PartialRes::new(module.res().expect("blocks are not named"))
            }
            // `u8::MAX` is the type's constant even where a module `u8` is imported that has none, and `u8` the type.
            PathResult::Module(ModuleOrUniformRoot::Module(_)) | PathResult::Failed(_) if prim_ty.is_some() => {
                let prim_ty = prim_ty.expect("just checked");
                PartialRes::with_unresolved_segments(HirRes::PrimTy(prim_ty), path.len() - 1)
            }
            PathResult::Module(ModuleOrUniformRoot::Module(module)) => {
                PartialRes::new(module.res().expect("blocks are not named"))
            }
            PathResult::Failed(failure) if !failure.is_error_from_last_segment => return Err(failure),
            PathResult::Failed(failure) if failure.error_implied_by_parse_error => {
                self.r.dcx().span_delayed_bug(failure.span, "the module's file has syntax errors");
                PartialRes::new(HirRes::Err)
            }
            PathResult::Module(_) | PathResult::Failed(_) => return Ok(None),
            PathResult::Indeterminate => unreachable!("final look-ups are determined"),
        }))
    }

    pub(super) fn resolve_path(
        &mut self,
        path: &[Segment],
        opt_ns: Option<Namespace>,
        finalize: Option<Finalize>,
    ) -> PathResult<'ra> {
        let ribs = LateNames { value_ribs: &self.value_ribs, type_ribs: &self.type_ribs };
        self.r.resolve_path_with_ribs(path, opt_ns, &self.parent_scope, finalize, Some(&ribs), Ignore::default())
    }

    /// Reports a path that means nothing here; the report may wait for what can be imported.
    fn report_path_error(
        &mut self,
        path: &[Segment],
        path_span: Span,
        source: PathSource<'_>,
        res: Option<crate::module::Res>,
    ) -> PartialRes {
        // An empty name is what a syntax error has left.
        let is_empty = path.last().is_none_or(|segment| segment.ident.name.is_empty());
        if self.r.glob_error || is_empty {
            return PartialRes::new(HirRes::Err);
        }
        let (diag, candidates) = self.smart_resolve_report_errors(path, None, path_span, source, res);
        let suggestion = if res.is_none() { self.suggest_generic_parameter(path, source) } else { None };
        let def_id = self.parent_scope.module.nearest_parent_mod_def_id();
        self.r.use_errors.push(UseError {
            diag: diag.into_inner(),
            candidates,
            def_id,
            instead: res.is_some(),
            suggestion,
            path: path.to_vec(),
            is_call: source.is_call(),
            _marker: std::marker::PhantomData,
        });
        PartialRes::new(HirRes::Err)
    }

    /// Reports a path whose start leads nowhere. `HashMap::new()` gets the suggestions that `HashMap` gets as a type.
    fn report_failed_prefix(
        &mut self,
        path: &[Segment],
        path_span: Span,
        source: PathSource<'_>,
        failure: Box<PathFailure<'ra>>,
    ) {
        if failure.error_implied_by_parse_error || self.r.glob_error {
            self.r.dcx().span_delayed_bug(failure.span, "the module's file has syntax errors");
            return;
        }
        let Some((following, prefix)) = path.split_last().filter(|(_, prefix)| !prefix.is_empty()) else {
            let span = failure.span;
            return self.report_error(span, ResolutionError::FailedToResolve(failure));
        };
        let (mut diag, candidates) =
            self.smart_resolve_report_errors(prefix, Some(following), path_span, PathSource::Type, None);
        diag.message = failure.message.clone();
        diag.code(diagnostics::codes::E0433);
        diag.span(failure.span);
        diag.span.span_labels.clear();
        diag.children.clear();
        diag.span_label(failure.span, failure.label.clone());
        self.r.note_cfg_stripped(&mut diag, failure.module, failure.segment_name);
        if let Some(note) = failure.note {
            diag.help(note);
        }
        if let Some((parts, msg, applicability)) = failure.suggestion {
            if parts.is_empty() {
                diag.help(msg);
            } else {
                diag.multipart_suggestion(msg, parts, applicability);
            }
        }
        let def_id = self.parent_scope.module.nearest_parent_mod_def_id();
        self.r.use_errors.push(UseError {
            diag: diag.into_inner(),
            candidates,
            def_id,
            instead: false,
            suggestion: None,
            path: prefix.to_vec(),
            is_call: source.is_call(),
            _marker: std::marker::PhantomData,
        });
    }
}
