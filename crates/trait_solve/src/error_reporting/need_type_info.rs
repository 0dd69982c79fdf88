//! `type annotations needed`: E0282 and relatives.

mod source;

use diagnostics::codes::*;
use diagnostics::{Applicability, Diag};
use hir::def::DefKind;
use span::Span;
use span::def_id::{DefId, LocalDefId};
use ty::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
use ty::{ConstKind, GenericArg, GenericParamDefKind, InferConst, InferTy, Interner, ParamTy, Term, Ty, TyKind};

use source::{Source, SourceKind, find_source};

use super::TypeErrCtxt;

/// Which error it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TypeAnnotationNeeded {
    /// A type is not known.
    E0282,
    /// A trait's impl is not known.
    E0283,
    /// A projection is not known.
    E0284,
}

impl TypeAnnotationNeeded {
    fn code(self) -> ErrCode {
        match self {
            TypeAnnotationNeeded::E0282 => E0282,
            TypeAnnotationNeeded::E0283 => E0283,
            TypeAnnotationNeeded::E0284 => E0284,
        }
    }
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// The error for an unknown type or constant.
    pub fn emit_inference_failure_err(
        &self,
        body_def_id: LocalDefId,
        failure_span: Span,
        term: Term<'tcx>,
        error_code: TypeAnnotationNeeded,
        should_label_span: bool,
    ) -> Diag<'tcx> {
        let term = match term {
            Term::Ty(t) => Term::Ty(self.resolve_vars_if_possible(t)),
            Term::Const(c) => Term::Const(self.resolve_vars_if_possible(c)),
        };
        let target: GenericArg<'tcx> = term.into_arg();
        let source = self.typeck_results.and_then(|results| {
            let root = self.tcx.typeck_root_def_id(body_def_id.to_def_id()).as_local()?;
            let body = self.tcx.hir_maybe_body_owned_by(root)?;
            find_source(self.infcx, results, body, target)
        });
        match source {
            Some(source) => self.failure_at(source, failure_span, term, error_code, should_label_span),
            None => {
                let what = self.cannot_infer(term);
                self.dcx()
                    .struct_span_err(failure_span, "type annotations needed")
                    .with_code(error_code.code())
                    .with_span_label(failure_span, what)
            }
        }
    }

    /// The error at the place where a type could be written.
    fn failure_at(
        &self,
        source: Source<'tcx>,
        failure_span: Span,
        term: Term<'tcx>,
        code: TypeAnnotationNeeded,
        should_label_span: bool,
    ) -> Diag<'tcx> {
        let ty = match source.kind {
            SourceKind::LetBinding { ty, .. }
            | SourceKind::ClosureArg { ty, .. }
            | SourceKind::ClosureReturn { ty, .. } => Some(ty),
            _ => None,
        };
        let message = match ty {
            Some(ty) if ty.is_closure() => format!("type annotations needed for the closure `{}`", self.as_fn(ty)),
            Some(ty) if !ty.is_ty_or_numeric_infer() => format!("type annotations needed for `{ty}`"),
            _ => "type annotations needed".to_owned(),
        };
        let mut diag = self.dcx().struct_span_err(source.span, message).with_code(code.code());
        if should_label_span && !failure_span.overlaps(source.span) {
            diag.span_label(failure_span, "type must be known at this point");
        }
        self.suggest_source(&mut diag, source, term);
        diag
    }

    fn suggest_source(&self, diag: &mut Diag<'tcx>, source: Source<'tcx>, term: Term<'tcx>) {
        let placeholders = Applicability::HasPlaceholders;
        match source.kind {
            SourceKind::LetBinding { insert_span, name, ty } => {
                let what = match name {
                    Some(name) => format!("consider giving `{name}` an explicit type"),
                    None => "consider giving this pattern a type".to_owned(),
                };
                let what = format!("{what}{}", self.where_clause_of(ty, term));
                diag.span_suggestion_verbose(insert_span, what, format!(": {}", self.written(ty)), placeholders);
            }
            SourceKind::ClosureArg { insert_span, ty } => {
                let what = format!(
                    "consider giving this closure parameter an explicit type{}",
                    self.where_clause_of(ty, term)
                );
                diag.span_suggestion_verbose(insert_span, what, format!(": {}", self.written(ty)), placeholders);
            }
            SourceKind::GenericArg { insert_span, generics_def_id, def_id, args, param_index, have_turbofish } => {
                self.label_generic(diag, source.span, generics_def_id, def_id, param_index);
                if !have_turbofish && !args.is_empty() {
                    let text: Vec<String> = args.iter().map(|&a| self.written_arg(a)).collect();
                    let plural = if args.len() == 1 { "" } else { "s" };
                    diag.span_suggestion_verbose(
                        insert_span,
                        format!("consider specifying the generic argument{plural}"),
                        format!("::<{}>", text.join(", ")),
                        placeholders,
                    );
                }
            }
            SourceKind::FullyQualifiedMethodCall { receiver, successor, args, def_id, by_ref } => {
                let borrow = match by_ref {
                    Some(m) => m.ref_prefix_str(),
                    None => "",
                };
                let path = self.tcx.value_path_str_with_args(def_id, args);
                let (text, at) = successor;
                let parts = vec![
                    (receiver.shrink_to_lo(), format!("{path}({borrow}")),
                    (receiver.shrink_to_hi().to(at), text.to_owned()),
                ];
                let what = "try using a fully qualified path to specify the expected types";
                diag.multipart_suggestion(what, parts, placeholders);
            }
            SourceKind::ClosureReturn { ty, output, wrap } => {
                let (start, end) = match wrap {
                    Some(end) => (" { ", Some((end, " }".to_owned()))),
                    None => (" ", None),
                };
                let mut parts = vec![(output, format!(" -> {}{start}", self.written(ty)))];
                parts.extend(end);
                diag.multipart_suggestion("try giving this closure an explicit return type", parts, placeholders);
            }
        }
    }

    fn label_generic(&self, diag: &mut Diag<'tcx>, span: Span, generics: DefId, def_id: DefId, index: usize) {
        let tcx = self.tcx;
        let Some(param) = tcx.generics_of(generics).own_params.get(index) else { return };
        let what = match param.kind {
            GenericParamDefKind::Const { .. } => "cannot infer the value of the const parameter",
            _ => "cannot infer type of the type parameter",
        };
        diag.span_label(
            span,
            format!("{what} `{}` declared on the {} `{}`", param.name, tcx.def_descr(def_id), tcx.item_name(def_id)),
        );
    }

    /// `, where the type for type parameter `T` is specified`
    fn where_clause_of(&self, ty: Ty<'tcx>, term: Term<'tcx>) -> String {
        if ty.is_ty_or_numeric_infer() {
            return String::new();
        }
        match (self.param_of(term.into_arg()), term) {
            (Some(p), Term::Ty(_)) => format!(", where the type for type parameter `{}` is specified", p.name),
            (Some(p), Term::Const(_)) => {
                format!(", where the value of const parameter `{}` is specified", p.name)
            }
            (None, _) => ", where the placeholders `_` are specified".to_owned(),
        }
    }

    /// The parameter that a variable was made for.
    fn param_of(&self, arg: GenericArg<'tcx>) -> Option<ParamTy> {
        let def_id = match arg {
            GenericArg::Type(t) => self.type_var_origin(t)?.param_def_id?,
            GenericArg::Const(c) => match c.kind() {
                ConstKind::Infer(InferConst::Var(vid)) => self.const_var_origin(vid)?.param_def_id?,
                _ => return None,
            },
            GenericArg::Lifetime(_) => return None,
        };
        let name = self.tcx.item_name(def_id);
        let synthetic = name.as_str().starts_with("impl ");
        (!synthetic).then(|| ParamTy::new(u32::MAX, name))
    }

    /// A type to be written, with the names of parameters where it is not known.
    fn written(&self, ty: Ty<'tcx>) -> String {
        if ty.is_ty_or_numeric_infer() {
            return "/* Type */".to_owned();
        }
        if ty.is_closure() {
            return self.as_fn(ty);
        }
        self.with_names(ty.into())
    }
    fn written_arg(&self, arg: GenericArg<'tcx>) -> String {
        match arg {
            GenericArg::Type(ty) if ty.is_ty_infer() => self.with_names(arg),
            GenericArg::Type(ty) => self.written(ty),
            _ => self.with_names(arg),
        }
    }
    fn with_names(&self, arg: GenericArg<'tcx>) -> String {
        arg.fold_with(&mut NameUnknowns { cx: self }).to_string()
    }
    /// `fn(_, _) -> _`
    fn as_fn(&self, ty: Ty<'tcx>) -> String {
        let TyKind::Closure(_, args) = *ty.kind() else { return ty.to_string() };
        let sig = self.resolve_vars_if_possible(args.as_closure().sig()).skip_binder();
        let inputs: Vec<String> = match sig.inputs().first().map(|t| *t.kind()) {
            Some(TyKind::Tuple(tys)) => tys.iter().map(|t| t.to_string()).collect(),
            _ => Vec::new(),
        };
        let output = if sig.output().is_unit() { String::new() } else { format!(" -> {}", sig.output()) };
        format!("fn({}){output}", inputs.join(", "))
    }

    /// `cannot infer type ..`
    fn cannot_infer(&self, term: Term<'tcx>) -> String {
        let tcx = self.tcx;
        match term {
            Term::Ty(t) => {
                let var = match *t.kind() {
                    TyKind::Infer(InferTy::TyVar(_)) => Some(t),
                    _ => t.walk().filter_map(|a| a.as_type()).find(|t| t.is_ty_var()),
                };
                let param = var.and_then(|v| self.type_var_origin(v)).and_then(|o| o.param_def_id);
                match param {
                    Some(d) if tcx.def_kind(d) == DefKind::TyParam => {
                        let name = tcx.item_name(d);
                        let parent = tcx.parent(d);
                        let descr = tcx.def_descr(parent);
                        let parent_name = tcx.opt_item_name(parent).map_or_else(String::new, |n| format!(" `{n}`"));
                        format!("cannot infer type of the type parameter `{name}` declared on the {descr}{parent_name}")
                    }
                    _ if t.is_ty_var() => "cannot infer type".to_owned(),
                    _ => format!("cannot infer type for {} `{t}`", kind_word(t)),
                }
            }
            Term::Const(_) => "cannot infer the value of constant".to_owned(),
        }
    }
}

fn kind_word(t: Ty<'_>) -> &'static str {
    match t.kind() {
        TyKind::Adt(def, _) => def.descr(),
        TyKind::Ref(..) => "reference",
        TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_)) => "type",
        _ => "type",
    }
}

/// Replaces unknown types by the parameters that they were made for.
struct NameUnknowns<'a, 'b, 'tcx> {
    cx: &'b TypeErrCtxt<'a, 'tcx>,
}

impl<'tcx> TypeFolder<'tcx> for NameUnknowns<'_, '_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.cx.tcx
    }
    fn fold_ty(&mut self, ty: Ty<'tcx>) -> Ty<'tcx> {
        match self.cx.param_of(ty.into()) {
            Some(p) => self.cx.tcx.mk_ty(TyKind::Param(p)),
            None => ty.super_fold_with(self),
        }
    }
}
