//! Errors at a single name.

use diagnostics::Applicability;
use diagnostics::codes::*;
use hir::def::{DefKind, Res as HirRes};
use span::{ErrorGuaranteed, Span};

use crate::Resolver;
use crate::errors::{ForwardBanReason, ResolutionError, VisResolutionError};
use crate::path::{Suggestion, path_names_to_string};
use crate::rib::HasGenericParams;

fn suggest(diag: &mut diagnostics::Diag<'_>, suggestion: Option<Suggestion>) {
    if let Some((parts, msg, applicability)) = suggestion {
        if parts.is_empty() {
            diag.help(msg);
        } else {
            diag.multipart_suggestion(msg, parts, applicability);
        }
    }
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn report_error(&mut self, span: Span, error: ResolutionError<'ra>) {
        self.emit_resolution_error(span, error);
    }

    fn emit_resolution_error(&mut self, span: Span, error: ResolutionError<'ra>) -> ErrorGuaranteed {
        let dcx = self.dcx();
        match error {
            ResolutionError::GenericParamsFromOuterItem { outer_res, has_generic_params, kind, name } => {
                let mut diag = dcx.struct_span_err(span, "can't use generic parameters from outer item");
                diag.code(E0401).span_label(span, "use of generic parameter from outer item");
                match outer_res {
                    HirRes::SelfTyParam { .. } | HirRes::SelfTyAlias { .. } => {
                        diag.span.span_labels.clear();
                        diag.primary_message("can't use `Self` from outer item");
                        diag.span_label(span, "use of `Self` from outer item");
                        if let HirRes::SelfTyAlias { alias_to, .. } = outer_res {
                            let def = self.session().source_map().guess_head_span(self.def_span(alias_to));
                            diag.span_label(def, "`Self` type implicitly declared here, by this `impl`");
                        }
                        return diag.emit();
                    }
                    HirRes::Def(DefKind::TyParam, def_id) => {
                        diag.span_label(self.def_span(def_id), "type parameter from outer item");
                    }
                    HirRes::Def(DefKind::ConstParam, def_id) => {
                        diag.span_label(self.def_span(def_id), "const parameter from outer item");
                    }
                    _ => {}
                }
                if let Some((item, descr)) = self.current_item {
                    diag.span_label(item.span, format!("generic parameter used in this inner {descr}"));
                }
                match kind {
                    DefKind::Static { .. } | DefKind::Const => {
                        let descr = if matches!(kind, DefKind::Const) { "const" } else { "static" };
                        diag.note(format!("a `{descr}` is a separate item from the item that contains it"));
                    }
                    _ => {
                        diag.note(
                            "nested items are independent from their parent item for everything except for privacy and \
                             name resolution",
                        );
                    }
                }
                if let HasGenericParams::Yes(generics) = has_generic_params
                    && !generics.is_dummy()
                {
                    let (at, text) = if generics.is_empty() {
                        (generics, format!("<{name}>"))
                    } else {
                        let lo = span::BytePos(generics.lo().0 + 1);
                        (span::Span::new(lo, lo, generics.ctxt()), format!("{name}, "))
                    };
                    diag.span_suggestion_verbose(
                        at,
                        "try introducing a local generic parameter here",
                        text,
                        Applicability::MaybeIncorrect,
                    );
                }
                diag.emit()
            }
            ResolutionError::NameAlreadyUsedInParameterList(name, first) => dcx
                .struct_span_err(
                    span,
                    format!(
                        "the name `{name}` is already used for a generic parameter in this item's generic parameters"
                    ),
                )
                .with_code(E0403)
                .with_span_label(first, format!("first use of `{name}`"))
                .with_span_label(span, "already used")
                .emit(),
            ResolutionError::MethodNotMemberOfTrait(name, trait_, candidate) => {
                self.not_member_of_trait(span, "method", E0407, name, trait_, candidate)
            }
            ResolutionError::TypeNotMemberOfTrait(name, trait_, candidate) => {
                self.not_member_of_trait(span, "type", E0437, name, trait_, candidate)
            }
            ResolutionError::ConstNotMemberOfTrait(name, trait_, candidate) => {
                self.not_member_of_trait(span, "const", E0438, name, trait_, candidate)
            }
            ResolutionError::VariableNotBoundInPattern(error) => {
                let name = error.name;
                let mut diag = dcx
                    .struct_span_err(error.target.clone(), format!("variable `{name}` is not bound in all patterns"));
                diag.code(E0408);
                for target in &error.target {
                    diag.span_label(*target, format!("pattern doesn't bind `{name}`"));
                }
                for origin in &error.origin {
                    diag.span_label(*origin, "variable not in all patterns");
                }
                if error.could_be_path {
                    diag.help(format!(
                        "if you meant to match on a variant or a `const` item, consider making the path in the pattern \
                         qualified: `path::to::ModOrType::{name}`"
                    ));
                }
                diag.emit()
            }
            ResolutionError::VariableBoundWithDifferentMode(name, first) => dcx
                .struct_span_err(
                    span,
                    format!("variable `{name}` is bound inconsistently across alternatives separated by `|`"),
                )
                .with_code(E0409)
                .with_span_label(span, "bound in different ways")
                .with_span_label(first, "first binding")
                .emit(),
            ResolutionError::IdentifierBoundMoreThanOnceInParameterList(name) => dcx
                .struct_span_err(span, format!("identifier `{name}` is bound more than once in this parameter list"))
                .with_code(E0415)
                .with_span_label(span, "used as parameter more than once")
                .emit(),
            ResolutionError::IdentifierBoundMoreThanOnceInSamePattern(name) => dcx
                .struct_span_err(span, format!("identifier `{name}` is bound more than once in the same pattern"))
                .with_code(E0416)
                .with_span_label(span, "used in a pattern more than once")
                .emit(),
            ResolutionError::UndeclaredLabel { name, suggestion, .. } => {
                let mut diag = dcx.struct_span_err(span, format!("use of undeclared label `{name}`"));
                diag.code(E0426).span_label(span, format!("undeclared label `{name}`"));
                suggest(&mut diag, suggestion);
                diag.emit()
            }
            ResolutionError::UnreachableLabel { name, definition_span, suggestion } => {
                let mut diag = dcx.struct_span_err(span, format!("use of unreachable label `{name}`"));
                diag.code(E0767)
                    .span_label(span, format!("unreachable label `{name}`"))
                    .span_label(definition_span, "unreachable label defined here")
                    .note("labels are unreachable through functions, closures, async blocks and modules");
                suggest(&mut diag, suggestion);
                diag.emit()
            }
            ResolutionError::SelfImportsOnlyWithin { span_with_rename } => dcx
                .struct_span_err(span, "`self` imports are only allowed within a { } list")
                .with_code(E0429)
                .with_span_suggestion_verbose(
                    span,
                    "consider importing the module directly",
                    "",
                    Applicability::MachineApplicable,
                )
                .with_multipart_suggestion(
                    "alternatively, use the multi-path `use` syntax to import `self`",
                    vec![
                        (span_with_rename.shrink_to_lo(), "{".to_string()),
                        (span_with_rename.shrink_to_hi(), "}".to_string()),
                    ],
                    Applicability::MachineApplicable,
                )
                .emit(),
            ResolutionError::FailedToResolve(failure) => self.emit_path_failure(*failure),
            ResolutionError::CannotCaptureDynamicEnvironmentInFnItem => dcx
                .struct_span_err(span, "can't capture dynamic environment in a fn item")
                .with_code(E0434)
                .with_help("use the `|| { ... }` closure form instead")
                .emit(),
            ResolutionError::AttemptToUseNonConstantValueInConstant { ident, item } => {
                let mut diag = dcx.struct_span_err(span, "attempt to use a non-constant value in a constant");
                diag.code(E0435);
                let (ident, new, old) = match item {
                    Some((item, kind)) => (item, "let", kind.as_str()),
                    None => (ident, "const", "let"),
                };
                match self.keyword_before(ident.span, old) {
                    Some(keyword) => {
                        diag.span_label(span, "non-constant value");
                        let mut parts = vec![(keyword, format!("{new} "))];
                        if item.is_none() && !self.text_continues(ident.span, ':') {
                            parts.push((ident.span.shrink_to_hi(), ": /* Type */".to_string()));
                        }
                        let msg = format!("consider using `{new}` instead of `{old}`");
                        diag.multipart_suggestion(msg, parts, Applicability::HasPlaceholders);
                    }
                    None if ident.span.is_dummy() => {
                        diag.span_label(span, "non-constant value");
                    }
                    None => {
                        diag.span_label(ident.span, format!("this would need to be a `{new}`"));
                    }
                }
                diag.emit()
            }
            ResolutionError::BindingShadowsSomethingUnacceptable {
                shadowing_entity,
                name,
                participle,
                article,
                shadowed_entity,
                shadowed_binding_span,
            } => {
                let mut diag =
                    dcx.struct_span_err(span, format!("{shadowing_entity}s cannot shadow {shadowed_entity}s"));
                diag.code(E0530);
                diag.span_label(span, format!("cannot be named the same as {article} {shadowed_entity}"));
                if let Some(shadowed) = shadowed_binding_span {
                    diag.span_label(shadowed, format!("the {shadowed_entity} `{name}` is {participle} here"));
                }
                diag.emit()
            }
            ResolutionError::ForwardDeclaredGenericParam(name, reason) => {
                let descr = reason.descr();
                dcx.struct_span_err(span, format!("{descr} cannot reference parameters before they are declared"))
                    .with_code(E0128)
                    .with_span_label(span, format!("cannot reference `{name}` before it is declared"))
                    .emit()
            }
            ResolutionError::ForwardDeclaredSelf(reason) => match reason {
                ForwardBanReason::Default => dcx
                    .struct_span_err(span, "generic parameters cannot use `Self` in their defaults")
                    .with_code(E0735)
                    .with_span_label(span, "`Self` in generic parameter default")
                    .emit(),
            },
            ResolutionError::ParamInTyOfConstParam { name } => dcx
                .struct_span_err(span, "the type of const parameters must not depend on other generic parameters")
                .with_code(E0770)
                .with_span_label(span, format!("the type must not depend on the parameter `{name}`"))
                .emit(),
            ResolutionError::ParamInNonTrivialAnonConst { name, is_const } => {
                let mut diag = dcx.struct_span_err(span, "generic parameters may not be used in const operations");
                diag.span_label(span, format!("cannot perform const operation using `{name}`"));
                if is_const {
                    diag.help(format!("const parameters may only be used as standalone arguments here, i.e. `{name}`"));
                } else {
                    diag.note("type parameters may not be used in const expressions");
                }
                if self.session().is_nightly_build() {
                    diag.help("add `#![feature(generic_const_exprs)]` to allow generic const expressions");
                }
                diag.emit()
            }
            ResolutionError::ParamInEnumDiscriminant { name, is_const } => {
                let mut diag =
                    dcx.struct_span_err(span, "generic parameters may not be used in enum discriminant values");
                diag.span_label(span, format!("cannot perform const operation using `{name}`"));
                if !is_const {
                    diag.note("type parameters may not be used in enum discriminant values");
                }
                diag.emit()
            }
            ResolutionError::TraitImplMismatch { name, kind, code, trait_path, trait_item_span } => dcx
                .struct_span_err(
                    span,
                    format!("item `{name}` is an associated {kind}, which doesn't match its trait `{trait_path}`"),
                )
                .with_code(code)
                .with_span_label(span, "does not match trait")
                .with_span_label(trait_item_span, "item in trait")
                .emit(),
            ResolutionError::TraitImplDuplicate { name, trait_item_span, old_span } => dcx
                .struct_span_err(span, format!("duplicate definitions with name `{name}`:"))
                .with_code(E0201)
                .with_span_label(old_span, "previous definition here")
                .with_span_label(trait_item_span, "item in trait")
                .with_span_label(span, "duplicate definition")
                .emit(),
            ResolutionError::InvalidAsmSym => dcx
                .struct_span_err(span, "invalid `sym` operand")
                .with_span_label(span, "is a local variable")
                .with_help("`sym` operands must refer to either a function or a static")
                .emit(),
        }
    }

    /// `let ` and the like on the line before a name, up to the name.
    fn keyword_before(&self, name: Span, keyword: &str) -> Option<Span> {
        if name.is_dummy() || name.from_expansion() {
            return None;
        }
        let loc = self.session().source_map().lookup_char_pos(name.lo())?;
        let line = loc.file.get_line(loc.line - 1)?;
        let before: String = line.chars().take(loc.col.0).collect();
        let at = before.rfind(&format!("{keyword} "))?;
        let len = u32::try_from(before.len() - at).ok()?;
        Some(name.with_lo(span::BytePos(name.lo().0 - len)).with_hi(name.lo()))
    }

    /// Whether the next character after a span that is not white space is this one.
    fn text_continues(&self, span: Span, wanted: char) -> bool {
        let Some(loc) = self.session().source_map().lookup_char_pos(span.hi()) else { return false };
        let Some(line) = loc.file.get_line(loc.line - 1) else { return false };
        line.chars().skip(loc.col.0).find(|c| !c.is_whitespace()) == Some(wanted)
    }

    fn not_member_of_trait(
        &self,
        span: Span,
        what: &str,
        code: diagnostics::ErrCode,
        name: span::Ident,
        trait_: String,
        candidate: Option<span::Symbol>,
    ) -> ErrorGuaranteed {
        let mut diag = self.dcx().struct_span_err(span, format!("{what} `{name}` is not a member of trait `{trait_}`"));
        diag.code(code).span_label(span, format!("not a member of trait `{trait_}`"));
        if let Some(candidate) = candidate {
            let what = if what == "method" { "associated function" } else { &format!("associated {what}") };
            diag.span_suggestion(
                name.span,
                format!("there is an {what} with a similar name"),
                candidate.to_string(),
                Applicability::MaybeIncorrect,
            );
        }
        diag.emit()
    }

    pub(crate) fn report_vis_error(&mut self, error: VisResolutionError<'ra>) -> ErrorGuaranteed {
        let dcx = self.dcx();
        match error {
            VisResolutionError::Relative2018(span, path) => {
                let text = path_names_to_string(&path);
                dcx.struct_span_err(
                    path.span,
                    "relative paths are not supported in visibilities in 2018 edition or later",
                )
                .with_span_suggestion(span, "try", format!("crate::{text}"), Applicability::MaybeIncorrect)
                .emit()
            }
            VisResolutionError::AncestorOnly(span) => dcx
                .struct_span_err(span, "visibilities can only be restricted to ancestor modules")
                .with_code(E0742)
                .emit(),
            VisResolutionError::FailedToResolve(failure) => self.emit_path_failure(*failure),
            VisResolutionError::ExpectedFound(span, path, res) => dcx
                .struct_span_err(span, format!("expected module, found {} `{path}`", res.descr()))
                .with_code(E0577)
                .with_span_label(span, "not a module")
                .emit(),
            VisResolutionError::Indeterminate(span) => {
                dcx.struct_span_err(span, "cannot determine resolution for the visibility").with_code(E0578).emit()
            }
            VisResolutionError::ModuleOnly(span) => {
                dcx.struct_span_err(span, "visibility must resolve to a module").emit()
            }
        }
    }
}
