//! Errors about lifetimes.

use ast::Lifetime;
use ast::visit::LifetimeCtxt;
use diagnostics::codes::*;
use diagnostics::{Applicability, Diag};
use hir::def::MissingLifetimeKind;
use span::{ErrorGuaranteed, Ident, Span};

use super::LateResolver;
use super::lifetimes::{ElisionFailureInfo, ElisionFnParameter, LifetimeBinderKind, LifetimeRibKind, MissingLifetime};
use crate::rib::NoConstantGenericsReason;

impl LateResolver<'_, '_, '_, '_> {
    pub(super) fn report_undeclared_lifetime(
        &mut self,
        lifetime: &Lifetime,
        outer_def: Option<Ident>,
        _use_ctxt: LifetimeCtxt,
    ) -> ErrorGuaranteed {
        let span = lifetime.ident.span;
        let name = lifetime.ident.name;
        let mut diag = match outer_def {
            Some(outer) => self
                .r
                .dcx()
                .struct_span_err(span, "can't use generic parameters from outer item")
                .with_code(E0401)
                .with_span_label(span, "use of generic parameter from outer item")
                .with_span_label(outer.span, "lifetime parameter from outer item"),
            None => self
                .r
                .dcx()
                .struct_span_err(span, format!("use of undeclared lifetime name `{name}`"))
                .with_code(E0261)
                .with_span_label(span, "undeclared lifetime"),
        };
        self.suggest_introducing_lifetime(&mut diag, name.as_str(), |diag, kind, span, suggestion| {
            let msg = match kind {
                LifetimeBinderKind::FnPtrType
                | LifetimeBinderKind::PolyTrait
                | LifetimeBinderKind::WhereBound
                | LifetimeBinderKind::Closure => {
                    format!("consider making the {} lifetime-generic with a new `{name}` lifetime", kind.descr())
                }
                _ => format!("consider introducing lifetime `{name}` here"),
            };
            diag.span_suggestion_verbose(span, msg, suggestion, Applicability::MaybeIncorrect);
        });
        diag.emit()
    }

    /// Calls `suggest` for each binder that could have the lifetime, innermost first.
    fn suggest_introducing_lifetime(
        &self,
        diag: &mut Diag<'_>,
        name: &str,
        mut suggest: impl FnMut(&mut Diag<'_>, LifetimeBinderKind, Span, String),
    ) {
        let mut suggest_note = true;
        for rib in self.lifetime_ribs.iter().rev() {
            match rib.kind {
                LifetimeRibKind::Generics { span, kind, .. } => {
                    if span.from_expansion() || matches!(kind, LifetimeBinderKind::ConstItem) {
                        continue;
                    }
                    let higher_ranked = matches!(
                        kind,
                        LifetimeBinderKind::FnPtrType
                            | LifetimeBinderKind::PolyTrait
                            | LifetimeBinderKind::WhereBound
                            | LifetimeBinderKind::Closure
                    );
                    let (at, text) = if let Some((first, _)) = rib.bindings.first() {
                        (first.span.shrink_to_lo(), format!("{name}, "))
                    } else if higher_ranked {
                        (span, format!("for<{name}> "))
                    } else if span.is_empty() {
                        (span, format!("<{name}>"))
                    } else {
                        let lo = span::BytePos(span.lo().0 + 1);
                        (span::Span::new(lo, lo, span.ctxt()), format!("{name}, "))
                    };
                    suggest(diag, kind, at, text);
                    if higher_ranked && suggest_note {
                        suggest_note = false;
                        diag.note_once(
                            "for more information on higher-ranked polymorphism, visit \
                             https://doc.rust-lang.org/nomicon/hrtb.html",
                        );
                    }
                }
                LifetimeRibKind::Item => break,
                _ => {}
            }
        }
    }

    pub(super) fn report_lifetime_in_const_param_ty(&mut self, lifetime: &Lifetime) -> ErrorGuaranteed {
        let span = lifetime.ident.span;
        self.r
            .dcx()
            .struct_span_err(span, "the type of const parameters must not depend on other generic parameters")
            .with_code(E0770)
            .with_span_label(span, format!("the type must not depend on the parameter `{}`", lifetime.ident.name))
            .emit()
    }

    pub(super) fn report_lifetime_in_anon_const(
        &mut self,
        lifetime: &Lifetime,
        reason: NoConstantGenericsReason,
    ) -> ErrorGuaranteed {
        let span = lifetime.ident.span;
        let name = lifetime.ident.name;
        match reason {
            NoConstantGenericsReason::IsEnumDiscriminant => self
                .r
                .dcx()
                .struct_span_err(span, "generic parameters may not be used in enum discriminant values")
                .with_span_label(span, format!("cannot perform const operation using `{name}`"))
                .emit(),
            NoConstantGenericsReason::NonTrivialConstArg => {
                let mut diag =
                    self.r.dcx().struct_span_err(span, "generic parameters may not be used in const operations");
                diag.span_label(span, format!("cannot perform const operation using `{name}`"));
                diag.note("lifetime parameters may not be used in const expressions");
                if self.r.session().is_nightly_build() {
                    diag.help("add `#![feature(generic_const_exprs)]` to allow generic const expressions");
                }
                diag.emit()
            }
        }
    }

    /// `'_` or a bare `&` where it may not stand (E0637).
    pub(super) fn report_anonymous_lifetime(
        &mut self,
        lifetime: &Lifetime,
        elided: bool,
        rib_index: usize,
    ) -> ErrorGuaranteed {
        let span = lifetime.ident.span;
        if !elided {
            return self
                .r
                .dcx()
                .struct_span_err(span, "`'_` cannot be used here")
                .with_code(E0637)
                .with_span_label(span, "`'_` is a reserved lifetime name")
                .emit();
        }
        let msg = "`&` without an explicit lifetime name cannot be used here";
        let mut diag = self.r.dcx().struct_span_err(span, msg);
        diag.code(E0637).span_label(span, "explicit lifetime name needed here");
        let bound = self.lifetime_ribs[rib_index..].iter().rev().find_map(|rib| match rib.kind {
            LifetimeRibKind::Generics {
                span,
                kind: LifetimeBinderKind::PolyTrait | LifetimeBinderKind::WhereBound,
                ..
            } => Some(span),
            _ => None,
        });
        if let Some(binder) = bound {
            diag.multipart_suggestion(
                "consider introducing a higher-ranked lifetime here",
                vec![(binder.shrink_to_lo(), "for<'a> ".into()), (span.shrink_to_hi(), "'a ".into())],
                Applicability::MachineApplicable,
            );
        }
        diag.emit()
    }

    /// E0106.
    pub(super) fn report_missing_lifetimes(
        &mut self,
        lifetimes: Vec<MissingLifetime>,
        info: Option<ElisionFailureInfo>,
    ) -> ErrorGuaranteed {
        let count: usize = lifetimes.iter().map(|lt| lt.count).sum();
        let spans: Vec<Span> = lifetimes.iter().map(|lt| lt.span).collect();
        let plural = if count == 1 { "" } else { "s" };
        let mut diag = self.r.dcx().struct_span_err(spans, format!("missing lifetime specifier{plural}"));
        diag.code(E0106);
        for lt in &lifetimes {
            let what = match lt.count {
                1 => "named lifetime parameter".to_string(),
                n => format!("{n} lifetime parameters"),
            };
            diag.span_label(lt.span, format!("expected {what}"));
        }
        let in_scope = self.lifetimes_in_scope();
        let params = info.as_ref().map(|(_, params)| params.as_slice());
        if let Some(params) = params {
            self.explain_failed_elision(&mut diag, params);
        }
        let name = in_scope.first().map(|ident| ident.name.as_str().to_string());
        self.suggest_lifetime_specifiers(&mut diag, &lifetimes, info, name);
        diag.emit()
    }

    /// The named lifetimes that could be used, innermost binders first.
    fn lifetimes_in_scope(&self) -> Vec<Ident> {
        let mut found = Vec::new();
        for rib in self.lifetime_ribs.iter().rev() {
            found.extend(rib.bindings.keys().copied());
            if let LifetimeRibKind::Item = rib.kind {
                break;
            }
        }
        found
    }

    fn explain_failed_elision(&self, diag: &mut Diag<'_>, params: &[ElisionFnParameter]) {
        let mut text = String::new();
        let with_lifetimes: Vec<&ElisionFnParameter> = params.iter().filter(|p| p.lifetime_count > 0).collect();
        for (i, param) in with_lifetimes.iter().enumerate() {
            let shown = match param.ident {
                Some(ident) if !ident.name.is_empty() => format!("`{ident}`"),
                _ => format!("argument {}", param.index + 1),
            };
            match param.lifetime_count {
                1 => text.push_str(&shown),
                n => text.push_str(&format!("one of {shown}'s {n} lifetimes")),
            }
            if with_lifetimes.len() == 2 && i == 0 {
                text.push_str(" or ");
            } else if i + 2 == with_lifetimes.len() {
                text.push_str(", or ");
            } else if i + 1 != with_lifetimes.len() {
                text.push_str(", ");
            }
        }
        let help = match with_lifetimes.len() {
            0 => {
                "this function's return type contains a borrowed value, but there is no value for it to be borrowed from"
                    .to_string()
            }
            1 => format!(
                "this function's return type contains a borrowed value, but the signature does not say which {text} it is \
                 borrowed from"
            ),
            _ => format!(
                "this function's return type contains a borrowed value, but the signature does not say whether it is \
                 borrowed from {text}"
            ),
        };
        diag.help(help);
        for param in with_lifetimes {
            diag.span_label(param.span, "");
        }
    }

    fn suggest_lifetime_specifiers(
        &self,
        diag: &mut Diag<'_>,
        lifetimes: &[MissingLifetime],
        info: Option<ElisionFailureInfo>,
        existing: Option<String>,
    ) {
        let build = |lt: &MissingLifetime, name: &str| -> (Span, String) {
            match lt.kind {
                MissingLifetimeKind::Underscore => (lt.span, name.to_string()),
                MissingLifetimeKind::Ampersand => (lt.span.shrink_to_hi(), format!("{name} ")),
                MissingLifetimeKind::Comma => (lt.span.shrink_to_hi(), vec![name; lt.count].join(", ") + ", "),
                MissingLifetimeKind::Brackets => {
                    (lt.span.shrink_to_hi(), format!("<{}>", vec![name; lt.count].join(", ")))
                }
            }
        };
        let count: usize = lifetimes.iter().map(|lt| lt.count).sum();
        let plural = if count == 1 { "" } else { "s" };
        let no_borrowed_input = info.as_ref().is_some_and(|(_, params)| params.is_empty());
        match existing {
            Some(name) => {
                let parts = lifetimes.iter().map(|lt| build(lt, &name)).collect();
                diag.multipart_suggestion(
                    format!("consider using the `{name}` lifetime"),
                    parts,
                    Applicability::MaybeIncorrect,
                );
            }
            None if no_borrowed_input => {
                let parts = lifetimes.iter().map(|lt| build(lt, "'static")).collect();
                diag.multipart_suggestion(
                    format!(
                        "consider using the `'static` lifetime{plural}, but this is uncommon unless you're returning a \
                         borrowed value from a `const` or a `static`"
                    ),
                    parts,
                    Applicability::MaybeIncorrect,
                );
            }
            None => {
                let candidates = info.map(|(missing, _)| missing).unwrap_or_default();
                let mut parts: Vec<(Span, String)> =
                    candidates.iter().chain(lifetimes).map(|lt| build(lt, "'a")).collect();
                let mut done = false;
                self.suggest_introducing_lifetime_once(&mut parts, &mut done);
                if done {
                    diag.multipart_suggestion(
                        "consider introducing a named lifetime parameter",
                        parts,
                        Applicability::MaybeIncorrect,
                    );
                }
            }
        }
    }

    /// Adds the declaration of `'a` to the innermost item that can have it.
    fn suggest_introducing_lifetime_once(&self, parts: &mut Vec<(Span, String)>, done: &mut bool) {
        for rib in self.lifetime_ribs.iter().rev() {
            match rib.kind {
                LifetimeRibKind::Generics { span, kind, .. } if !span.from_expansion() => {
                    let higher_ranked = matches!(
                        kind,
                        LifetimeBinderKind::FnPtrType
                            | LifetimeBinderKind::PolyTrait
                            | LifetimeBinderKind::WhereBound
                            | LifetimeBinderKind::Closure
                    );
                    let part = if higher_ranked {
                        (span, "for<'a> ".to_string())
                    } else if span.is_empty() {
                        (span, "<'a>".to_string())
                    } else {
                        let lo = span::BytePos(span.lo().0 + 1);
                        (Span::new(lo, lo, span.ctxt()), "'a, ".to_string())
                    };
                    parts.push(part);
                    *done = true;
                    return;
                }
                LifetimeRibKind::Item => return,
                _ => {}
            }
        }
    }
}
