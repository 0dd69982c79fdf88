//! Struct patterns, `box` patterns, and the names of fields.

use super::CommaRecoveryMode;
use super::RecoverColon;
use super::RecoverComma;
use crate::parser::{PResult, Parser};
use crate::token_type::TokenType as T;
use ast::token::{self, TokenKind};
use ast::{
    AttrVec, BindingMode, ByRef, DUMMY_NODE_ID, Mutability, P, PatField, PatFieldsRest, PatKind, Path, Pinnedness,
    QSelf,
};
use diagnostics::Applicability;
use span::{Ident, Span, kw, sym};
use thin_vec::ThinVec;

impl<'a> Parser<'a> {
    /// `S { x, y: p, .. }`
    pub(crate) fn parse_pat_struct(&mut self, qself: Option<P<QSelf>>, path: Path) -> PResult<'a, PatKind> {
        self.bump();
        let (fields, rest) = match self.parse_pat_fields() {
            Ok(fields) => fields,
            Err(mut err) => {
                err.span_label(path.span, "while parsing the fields for this pattern");
                let guar = self.report(err);
                self.skip_to_close();
                (ThinVec::new(), PatFieldsRest::Recovered(guar))
            }
        };
        self.bump();
        if qself.is_some() {
            self.gate(span::Symbol::intern("more_qualified_paths"), path.span);
        }
        Ok(PatKind::Struct(qself, path, fields, rest))
    }

    pub(crate) fn parse_pat_box(&mut self) -> PResult<'a, PatKind> {
        let box_span = self.prev_token.span;
        if self.is_box_a_name() {
            // `box` where a name is meant: reserved.
            let mut err = self.dcx().struct_span_err(
                self.token.span,
                format!("expected pattern, found {}", crate::diagnostics::token_descr(&self.token)),
            );
            err.span_note(box_span, "`box` is a reserved keyword");
            err.span_suggestion_verbose(
                box_span.shrink_to_lo(),
                "escape `box` to use it as an identifier",
                "r#",
                Applicability::MaybeIncorrect,
            );
            let guar = self.report(err);
            let sub = if self.eat(T::At) { Some(self.parse_pat_no_top_alt(None)?) } else { None };
            let _ = sub;
            return Ok(PatKind::Err(guar));
        }
        let pat = self.parse_pat_with_range_pat(false, None)?;
        self.gate(sym::box_patterns, box_span.to(self.prev_token.span));
        Ok(PatKind::Box(pat))
    }

    pub(crate) fn is_box_a_name(&self) -> bool {
        matches!(
            self.token.kind,
            TokenKind::CloseParen
                | TokenKind::CloseBrace
                | TokenKind::CloseBracket
                | TokenKind::Comma
                | TokenKind::Semi
                | TokenKind::Eq
                | TokenKind::Colon
                | TokenKind::FatArrow
                | TokenKind::At
        ) || self.token.is_keyword(kw::In)
    }

    /// The fields of a struct pattern, up to `}`.
    pub(crate) fn parse_pat_fields(&mut self) -> PResult<'a, (ThinVec<PatField>, PatFieldsRest)> {
        let mut fields: ThinVec<PatField> = ThinVec::new();
        let mut etc = PatFieldsRest::None;
        let mut ate_comma = true;
        let mut first_etc_span: Option<Span> = None;
        let mut last_non_comma_dotdot_span: Option<Span> = None;
        while self.token.kind != TokenKind::CloseBrace && self.token.kind != TokenKind::Eof {
            let attrs = self.parse_outer_attributes()?;
            let lo = self.token.span;
            if !ate_comma {
                let err = if self.token.kind == TokenKind::At {
                    let mut err =
                        self.dcx().struct_span_err(self.token.span, "unexpected `@` in struct pattern".to_string());
                    err.note("struct patterns use `field: pattern` syntax to bind to fields");
                    err.help(format!(
                        "consider replacing `new_name @ {}` with `{}: new_name` if that is what you intended",
                        fields.last().map(|f| f.ident.to_string()).unwrap_or_default(),
                        fields.last().map(|f| f.ident.to_string()).unwrap_or_default()
                    ));
                    err
                } else {
                    let mut err = self.dcx().struct_span_err(self.token.span, "expected `,`");
                    err.span_label(self.token.span, "expected `,`");
                    err
                };
                return Err(err);
            }
            // `..` or `...` or `_`
            if self.is(T::DotDot) || self.is(T::DotDotDot) || self.may_recover() && self.is(T::KwUnderscore) {
                let dotdot = self.token.span;
                if !self.is(T::DotDot) {
                    let shown = ast::pretty::token_kind_to_string(self.token.kind);
                    let err = self
                        .dcx()
                        .struct_span_err(dotdot, format!("expected field pattern, found `{shown}`"))
                        .with_span_suggestion_verbose(
                            dotdot,
                            "to omit remaining fields, use `..`",
                            "..",
                            Applicability::MachineApplicable,
                        );
                    self.report(err);
                }
                self.bump();
                etc = PatFieldsRest::Rest(dotdot);
                first_etc_span.get_or_insert(dotdot);
                if self.token.kind == TokenKind::CloseBrace {
                    break;
                }
                // Something follows.
                let msg = format!("expected `}}`, found {}", crate::diagnostics::token_descr(&self.token));
                let mut err = self.dcx().struct_span_err(self.token.span, msg);
                err.span_label(dotdot, "`..` must be at the end and cannot have a trailing comma");
                if self.token.kind == TokenKind::Comma {
                    err.span_label(self.token.span, "expected `}`");
                    let comma = self.token.span;
                    self.bump();
                    if self.token.kind == TokenKind::CloseBrace {
                        err.span_suggestion_verbose(comma, "remove this comma", "", Applicability::MachineApplicable);
                        self.report(err);
                        break;
                    }
                    last_non_comma_dotdot_span = Some(dotdot);
                    self.report(err);
                    ate_comma = true;
                    continue;
                }
                err.span_label(self.token.span, "expected `}`");
                return Err(err);
            }
            let field = match self.parse_pat_field(lo, attrs) {
                Ok(field) => field,
                Err(err) => {
                    if last_non_comma_dotdot_span.is_some() {
                        err.cancel();
                        return Err(self.silent_error());
                    }
                    return Err(err);
                }
            };
            ate_comma = self.eat(T::Comma);
            fields.push(field);
        }
        Ok((fields, etc))
    }

    pub(crate) fn parse_pat_field(&mut self, lo: Span, attrs: AttrVec) -> PResult<'a, PatField> {
        let colon_ahead = self.look_kind(1) == TokenKind::Colon;
        let (sub, ident, is_shorthand) = if colon_ahead && !matches!(self.token.kind, TokenKind::Colon) {
            let ident = self.parse_field_name()?;
            self.bump();
            let pat = self.parse_pat_allow_top_guard(
                None,
                RecoverComma::No,
                RecoverColon::No,
                CommaRecoveryMode::EitherTupleOrPipe,
            )?;
            (pat, ident, false)
        } else {
            let is_box = self.eat(T::KwBox);
            if is_box && matches!(self.token.kind, TokenKind::Comma | TokenKind::CloseBrace) {
                return self.unexpected();
            }
            let box_span = self.prev_token.span;
            let boxed_span = self.token.span;
            let mutability_first = self.parse_mutability();
            let by_ref = if self.eat(T::KwRef) {
                let (pinned, mutbl) = match self.parse_pin_and_mut() {
                    Some(pin_mut) => pin_mut,
                    None => (Pinnedness::Not, self.parse_mutability()),
                };
                ByRef::Yes(pinned, mutbl)
            } else {
                ByRef::No
            };
            if mutability_first == Mutability::Mut && by_ref != ByRef::No {
                self.gate(sym::mut_ref, boxed_span.to(self.prev_token.span));
            }
            let name = self.parse_field_name()?;
            let mode = BindingMode(by_ref, mutability_first);
            let fieldpat = self.mk_pat_ident(boxed_span.to(self.prev_token.span), mode, name);
            let sub = if is_box {
                self.gate(sym::box_patterns, box_span.to(self.prev_token.span));
                self.mk_pat(lo.to(self.prev_token.span), PatKind::Box(fieldpat))
            } else {
                fieldpat
            };
            (sub, name, true)
        };
        Ok(PatField {
            ident,
            pat: sub,
            is_shorthand,
            attrs,
            id: DUMMY_NODE_ID,
            span: lo.to(self.prev_token.span),
            is_placeholder: false,
        })
    }

    /// A name or the index of a tuple field.
    pub(crate) fn parse_field_name(&mut self) -> PResult<'a, Ident> {
        if let TokenKind::Literal(token::Lit { kind: token::LitKind::Integer, symbol, suffix }) = self.token.kind {
            if let Some(suffix) = suffix {
                self.report_suffix_on_tuple_index(self.token.span, suffix);
            }
            let ident = Ident::new(symbol, self.token.span);
            self.bump();
            return Ok(ident);
        }
        self.parse_ident_common(true)
    }

    pub(crate) fn report_suffix_on_tuple_index(&mut self, span: Span, suffix: span::Symbol) {
        let err = self.dcx().struct_span_err(span, "suffixes on a tuple index are invalid");
        self.report(err.with_span_label(span, format!("invalid suffix `{suffix}`")));
    }
}
