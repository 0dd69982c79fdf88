//! Structs, enums and unions.

use ast::token::{IdentIsRaw, TokenKind};
use ast::{
    AttrVec, DUMMY_NODE_ID, EnumDef, FieldDef, Generics, ItemKind, Recovered, Safety, Variant, VariantData, Visibility,
};
use diagnostics::Applicability;
use diagnostics::codes::E0585;
use span::{Ident, Span, kw, sym};
use thin_vec::ThinVec;

use crate::item::FollowedByType;
use crate::parser::{PResult, Parser};
use crate::token_type::TokenType as T;

impl<'a> Parser<'a> {
    /// `E<T> { A, B(T), C { x: T } }`, `enum` is read.
    pub(crate) fn parse_item_enum(&mut self) -> PResult<'a, ItemKind> {
        if self.token.is_keyword(kw::Struct) && self.may_recover() {
            // `enum struct`
            let span = self.prev_token.span.to(self.token.span);
            let err = self.dcx().struct_span_err(span, "`enum` and `struct` are mutually exclusive");
            if self.look_ahead(1, |t| t.is_ident()) {
                self.bump();
                self.report(err.with_span_suggestion(
                    span,
                    "replace `enum struct` with",
                    "enum",
                    Applicability::MachineApplicable,
                ));
            } else {
                return Err(err);
            }
        }
        let ident = self.parse_ident()?;
        let mut generics = self.parse_generics()?;
        generics.where_clause = self.parse_where_clause()?;
        // `enum E;`
        let (variants, _) = if self.token.kind == TokenKind::Semi && self.may_recover() {
            let span = self.token.span;
            let err = self
                .dcx()
                .struct_span_err(span, "expected `{`, found `;`")
                .with_span_label(span, "expected `{`")
                .with_help("try using `{}` instead");
            let mut err = err;
            err.primary_message("expected `{}`, found `;`");
            err.span.span_labels.clear();
            err.span_label(span, "expected `{}`");
            self.report(err);
            self.bump();
            (ThinVec::new(), crate::parser::Trailing::No)
        } else {
            let parsed = self.parse_delim_comma_seq(T::OpenBrace, T::CloseBrace, |p| p.parse_enum_variant(ident.span));
            let (variants, trailing) = parsed.map_err(|mut err| {
                err.span_label(ident.span, "while parsing this enum");
                err
            })?;
            (variants.into_iter().flatten().collect(), trailing)
        };
        Ok(ItemKind::Enum(ident, generics, EnumDef { variants }))
    }

    /// `None` for what is no variant and was reported.
    fn parse_enum_variant(&mut self, enum_span: Span) -> PResult<'a, Option<Variant>> {
        self.recover_vcs_conflict_marker();
        let attrs = self.parse_outer_attributes()?;
        self.recover_vcs_conflict_marker();
        if !attrs.is_empty()
            && self.token.kind == TokenKind::CloseBrace
            && attrs.iter().all(|attr| attr.is_doc_comment())
        {
            let span = attrs.last().expect("not empty").span;
            let err = self
                .dcx()
                .struct_span_err(span, "found a documentation comment that doesn't document anything")
                .with_code(E0585)
                .with_help("doc comments must come before what they document, if a comment was intended use `//`");
            return Err(err);
        }
        let vlo = self.token.span;
        let vis = self.parse_visibility(FollowedByType::No)?;
        if !self.recover_nested_adt_item(T::KwEnum)? {
            return Ok(None);
        }
        let ident = self.parse_field_ident("enum", vlo)?;
        if self.token.kind == TokenKind::Bang {
            let err = self.dcx().struct_span_err(self.token.span, "macros cannot expand to enum variants");
            return Err(err);
        }
        let data = if self.check(T::OpenBrace) {
            let (fields, recovered) = match self.parse_record_struct_body("struct", ident.span, false) {
                Ok(found) => found,
                Err(err) => {
                    if !self.may_recover() {
                        return Err(err);
                    }
                    let guar = self.report(err);
                    self.recover_stmt();
                    self.eat(T::CloseBrace);
                    (ThinVec::new(), Recovered::Yes(guar))
                }
            };
            VariantData::Struct { fields, recovered }
        } else if self.check(T::OpenParen) {
            VariantData::Tuple(self.parse_tuple_struct_body()?, DUMMY_NODE_ID)
        } else {
            VariantData::Unit(DUMMY_NODE_ID)
        };
        let disr_expr = if self.eat(T::Eq) { Some(self.parse_expr_anon_const()?) } else { None };
        let span = vlo.to(self.prev_token.span);
        let _ = enum_span;
        Ok(Some(Variant { ident, vis, id: DUMMY_NODE_ID, attrs, data, disr_expr, span, is_placeholder: false }))
    }

    /// `struct S<T> where ..;`, `struct S(T);`, `struct S { x: T }`; `struct` is read.
    pub(crate) fn parse_item_struct(&mut self) -> PResult<'a, ItemKind> {
        let ident = self.parse_ident()?;
        let mut generics = self.parse_generics()?;
        let vdata = if self.token.is_keyword(kw::Where) {
            generics.where_clause = self.parse_where_clause()?;
            if self.eat(T::Semi) {
                VariantData::Unit(DUMMY_NODE_ID)
            } else if self.token.kind == TokenKind::OpenParen && self.may_recover() {
                // `struct S where T: U (T);`
                let where_span = generics.where_clause.span;
                let body_lo = self.token.span;
                let fields = self.parse_tuple_struct_body()?;
                let body = body_lo.to(self.prev_token.span);
                self.expect_semi()?;
                let err = self
                    .dcx()
                    .struct_span_err(where_span, "where clauses are not allowed before tuple struct bodies")
                    .with_span_label(where_span, "unexpected where clause")
                    .with_span_label(ident.span, "while parsing this tuple struct")
                    .with_span_label(body, "the struct body");
                self.report(err);
                VariantData::Tuple(fields, DUMMY_NODE_ID)
            } else {
                let (fields, recovered) =
                    self.parse_record_struct_body("struct", ident.span, generics.where_clause.has_where_token)?;
                VariantData::Struct { fields, recovered }
            }
        } else if self.eat(T::Semi) {
            VariantData::Unit(DUMMY_NODE_ID)
        } else if self.token.kind == TokenKind::OpenBrace {
            let (fields, recovered) = self.parse_record_struct_body("struct", ident.span, false)?;
            VariantData::Struct { fields, recovered }
        } else if self.token.kind == TokenKind::OpenParen {
            let body = VariantData::Tuple(self.parse_tuple_struct_body()?, DUMMY_NODE_ID);
            generics.where_clause = self.parse_where_clause()?;
            self.expect_semi()?;
            body
        } else {
            return Err(self.unexpected_struct_body("struct", ident, &generics));
        };
        Ok(ItemKind::Struct(ident, generics, vdata))
    }

    fn unexpected_struct_body(&mut self, _what: &str, _ident: Ident, _generics: &Generics) -> diagnostics::Diag<'a> {
        let descr = crate::diagnostics::token_descr(&self.token);
        let msg = format!("expected `where`, `{{`, `(`, or `;` after struct name, found {descr}");
        let mut err = self.dcx().struct_span_err(self.token.span, msg);
        err.span_label(self.token.span, "expected `where`, `{`, `(`, or `;` after struct name");
        err
    }

    /// `union U { .. }`
    pub(crate) fn parse_item_union(&mut self) -> PResult<'a, ItemKind> {
        let ident = self.parse_ident()?;
        let mut generics = self.parse_generics()?;
        let vdata = if self.token.is_keyword(kw::Where) {
            generics.where_clause = self.parse_where_clause()?;
            let (fields, recovered) =
                self.parse_record_struct_body("union", ident.span, generics.where_clause.has_where_token)?;
            VariantData::Struct { fields, recovered }
        } else if self.token.kind == TokenKind::OpenBrace {
            let (fields, recovered) = self.parse_record_struct_body("union", ident.span, false)?;
            VariantData::Struct { fields, recovered }
        } else {
            let descr = crate::diagnostics::token_descr(&self.token);
            let msg = format!("expected `where` or `{{` after union name, found {descr}");
            let mut err = self.dcx().struct_span_err(self.token.span, msg);
            err.span_label(self.token.span, "expected `where` or `{` after union name");
            return Err(err);
        };
        Ok(ItemKind::Union(ident, generics, vdata))
    }

    /// `{ x: T, y: U }`
    pub(crate) fn parse_record_struct_body(
        &mut self,
        adt_ty: &str,
        ident_span: Span,
        parsed_where: bool,
    ) -> PResult<'a, (ThinVec<FieldDef>, Recovered)> {
        let mut fields = ThinVec::new();
        let mut recovered = Recovered::No;
        if !self.eat(T::OpenBrace) {
            let where_part = if parsed_where { "" } else { "`where`, or " };
            let descr = crate::diagnostics::token_descr(&self.token);
            let msg = format!("expected {where_part}`{{` after struct name, found {descr}");
            let mut err = self.dcx().struct_span_err(self.token.span, msg);
            err.span_label(self.token.span, format!("expected {where_part}`{{` after struct name"));
            return Err(err);
        }
        while self.token.kind != TokenKind::CloseBrace {
            match self.parse_field_def(adt_ty, ident_span) {
                Ok(field) => fields.push(field),
                Err(mut err) => {
                    self.eat_to_field_end();
                    err.span_label(ident_span, format!("while parsing this {adt_ty}"));
                    let guar = self.report(err);
                    recovered = Recovered::Yes(guar);
                    break;
                }
            }
        }
        self.expect(T::CloseBrace)?;
        Ok((fields, recovered))
    }

    fn eat_to_field_end(&mut self) {
        self.skip_to_close_brace();
    }

    /// Up to the `}` of the body, over the rest of parentheses that were begun.
    fn skip_to_close_brace(&mut self) {
        loop {
            match self.token.kind {
                TokenKind::CloseBrace | TokenKind::Eof | TokenKind::CloseInvisible(_) => return,
                kind if kind.is_open_delim() => {
                    let close = self.close_position();
                    self.seek(close + 1);
                }
                _ => self.bump(),
            }
        }
    }

    /// `(T, pub U)`
    pub(crate) fn parse_tuple_struct_body(&mut self) -> PResult<'a, ThinVec<FieldDef>> {
        self.parse_paren_comma_seq(|p| {
            let attrs = p.parse_outer_attributes()?;
            p.recover_vcs_conflict_marker();
            let lo = p.token.span;
            let vis = p.parse_visibility(FollowedByType::Yes)?;
            let safety = p.parse_unsafe_field();
            let ty = match p.parse_ty() {
                Ok(ty) => ty,
                Err(err) => return Err(err),
            };
            let default = if p.token.kind == TokenKind::Eq {
                let mut ahead = p.clone();
                ahead.bump();
                let eq = ahead.prev_token.span;
                match ahead.parse_expr_anon_const() {
                    Ok(ct) => {
                        *p = ahead;
                        p.gate(sym::default_field_values, eq.to(ct.value.span));
                        let err =
                            p.dcx().struct_span_err(ct.value.span, "default fields are not supported in tuple structs");
                        p.report(err.with_span_label(ct.value.span, "default fields are only supported on structs"));
                        None
                    }
                    Err(err) => {
                        err.cancel();
                        None
                    }
                }
            } else {
                None
            };
            Ok(FieldDef {
                span: lo.to(ty.span),
                vis,
                safety,
                ident: None,
                id: DUMMY_NODE_ID,
                ty,
                default,
                attrs,
                is_placeholder: false,
            })
        })
        .map(|(fields, _)| fields)
    }

    fn parse_unsafe_field(&mut self) -> Safety {
        if self.eat(T::KwUnsafe) {
            self.gate(sym::unsafe_fields, self.prev_token.span);
            return Safety::Unsafe(self.prev_token.span);
        }
        Safety::Default
    }

    fn parse_field_def(&mut self, adt_ty: &str, ident_span: Span) -> PResult<'a, FieldDef> {
        self.recover_vcs_conflict_marker();
        let attrs = self.parse_outer_attributes()?;
        self.recover_vcs_conflict_marker();
        let lo = self.token.span;
        let vis = self.parse_visibility(FollowedByType::No)?;
        let safety = self.parse_unsafe_field();
        self.parse_single_struct_field(adt_ty, lo, vis, safety, attrs, ident_span)
    }

    fn parse_single_struct_field(
        &mut self,
        adt_ty: &str,
        lo: Span,
        vis: Visibility,
        safety: Safety,
        attrs: AttrVec,
        ident_span: Span,
    ) -> PResult<'a, FieldDef> {
        let field = self.parse_name_and_ty(adt_ty, lo, vis, safety, attrs)?;
        match self.token.kind {
            TokenKind::Comma => self.bump(),
            TokenKind::CloseBrace => {}
            TokenKind::DocComment(..) => {
                let previous_span = self.prev_token.span;
                let span = self.token.span;
                self.bump();
                let comma_after_doc_seen = self.eat(T::Comma);
                let mut err = self
                    .dcx()
                    .struct_span_err(span, "found a documentation comment that doesn't document anything")
                    .with_code(E0585)
                    .with_help("doc comments must come before what they document, if a comment was intended use `//`");
                let mut seen_comma = comma_after_doc_seen;
                if !comma_after_doc_seen && self.token.kind == TokenKind::CloseBrace {
                    seen_comma = true;
                }
                if !seen_comma {
                    err.span_suggestion(
                        previous_span.shrink_to_hi(),
                        "missing comma here",
                        ",",
                        Applicability::MachineApplicable,
                    );
                }
                // Another may follow.
                if seen_comma || self.token.is_ident() {
                    self.report(err);
                } else {
                    return Err(err);
                }
            }
            _ => {
                let sp = self.prev_token.span.shrink_to_hi();
                let descr = crate::diagnostics::token_descr(&self.token);
                let mut err = self.dcx().struct_span_err(sp, format!("expected `,`, or `}}`, found {descr}"));
                let mut recovered = false;
                // `x: T;` and a missing comma before another field.
                if self.token.is_ident()
                    || self.token.kind == TokenKind::Pound && self.look_kind(1) == TokenKind::OpenBracket
                {
                    err.span_suggestion(sp, "try adding a comma", ",", Applicability::MachineApplicable);
                    recovered = true;
                }
                if self.token.kind == TokenKind::Semi && self.may_recover() {
                    let semi = self.token.span;
                    let mut ahead = self.clone();
                    ahead.bump();
                    if ahead.token.kind == TokenKind::CloseBrace || ahead.token.is_ident() {
                        *self = ahead;
                        err.cancel();
                        err = self.dcx().struct_span_err(semi, format!("{adt_ty} fields are separated by `,`"));
                        err.span_label(ident_span, format!("while parsing this {adt_ty}"));
                        err.span_suggestion_short(semi, "replace `;` with `,`", ",", Applicability::MachineApplicable);
                        recovered = true;
                    }
                }
                if recovered && self.may_recover() {
                    self.report(err);
                } else {
                    return Err(err);
                }
            }
        }
        Ok(field)
    }

    /// `x: T = default`
    fn parse_name_and_ty(
        &mut self,
        adt_ty: &str,
        lo: Span,
        vis: Visibility,
        safety: Safety,
        attrs: AttrVec,
    ) -> PResult<'a, FieldDef> {
        let name = self.parse_field_ident(adt_ty, lo)?;
        if self.token.kind == TokenKind::Bang
            && let Err(err) = self.unexpected::<()>()
        {
            // `m!()` among fields.
            err.cancel();
            let span = name.span.to(self.token.span);
            let mut err = self.dcx().struct_span_err(name.span, "expected `:`, found `!`");
            err.cancel();
            err = self.dcx().struct_span_err(span, "");
            err.cancel();
            self.expected.insert(T::Colon);
            return Err(self.expected_error());
        }
        self.expect_field_ty_separator()?;
        let ty = self.parse_ty()?;
        if self.token.kind == TokenKind::Colon && self.look_kind(1) != TokenKind::Colon && self.may_recover() {
            let err = self
                .dcx()
                .struct_span_err(self.token.span, "found single colon in a struct field type path")
                .with_span_suggestion_verbose(
                    self.token.span,
                    "write a path separator here",
                    "::",
                    Applicability::MaybeIncorrect,
                );
            self.report(err);
        }
        let default = if self.token.kind == TokenKind::Eq {
            self.bump();
            let eq = self.prev_token.span;
            let ct = self.parse_expr_anon_const()?;
            self.gate(sym::default_field_values, eq.to(ct.value.span));
            Some(ct)
        } else {
            None
        };
        Ok(FieldDef {
            span: lo.to(self.prev_token.span),
            ident: Some(name),
            vis,
            safety,
            id: DUMMY_NODE_ID,
            ty,
            default,
            attrs,
            is_placeholder: false,
        })
    }

    fn expect_field_ty_separator(&mut self) -> PResult<'a, ()> {
        if let Err(err) = self.expect(T::Colon) {
            let eq_typo = self.token.kind == TokenKind::Eq && self.look_ahead(1, |t| t.can_begin_type());
            let no_colon = self.token.can_begin_type() && self.token.is_ident();
            if eq_typo && self.may_recover() {
                let span = self.token.span;
                let err = err.with_span_suggestion_short(
                    span,
                    "field names and their types are separated with `:`",
                    ":",
                    Applicability::MachineApplicable,
                );
                self.report(err);
                self.bump();
                return Ok(());
            }
            let _ = no_colon;
            return Err(err);
        }
        Ok(())
    }

    /// The name of a field or variant; says what is wrong with a keyword.
    fn parse_field_ident(&mut self, adt_ty: &str, lo: Span) -> PResult<'a, Ident> {
        let Some((ident, is_raw)) = self.token.ident() else {
            if let Some(ast::token::MetaVarKind::Ident) = self.metavar() {
                return self.parse_ident();
            }
            return self.parse_ident_common(false);
        };
        if is_raw == IdentIsRaw::No && ident.is_reserved() && ident.name != kw::Underscore {
            let snapshot = self.clone();
            let err = if self.check_fn_front_matter(false) {
                let inherited = Visibility { span: span::DUMMY_SP, kind: ast::VisibilityKind::Inherited };
                let mut attempt = self.clone();
                attempt.recovery = false;
                let parsed = attempt.parse_fn(
                    &mut AttrVec::new(),
                    crate::item::FnParseMode::free(),
                    lo,
                    &inherited,
                    ast::Defaultness::Implicit,
                );
                match parsed {
                    Ok(_) => {
                        attempt.recovery = self.recovery;
                        *self = attempt;
                        let span = lo.to(self.prev_token.span);
                        let mut err = self
                            .dcx()
                            .struct_span_err(span, format!("functions are not allowed in {adt_ty} definitions"));
                        err.help("unlike in C++, Java, and C#, functions are declared in `impl` blocks");
                        err.help("see https://doc.rust-lang.org/book/ch05-03-method-syntax.html for more information");
                        err
                    }
                    Err(e) => {
                        e.cancel();
                        *self = snapshot;
                        self.expected_ident_found_err()
                    }
                }
            } else if self.eat(T::KwStruct) {
                let mut attempt = self.clone();
                attempt.recovery = false;
                match attempt.parse_item_struct() {
                    Ok(_) => {
                        attempt.recovery = self.recovery;
                        *self = attempt;
                        let span = lo.to(self.prev_token.span);
                        self.dcx()
                            .struct_span_err(span, format!("structs are not allowed in {adt_ty} definitions"))
                            .with_help("consider creating a new `struct` definition instead of nesting")
                    }
                    Err(e) => {
                        e.cancel();
                        *self = snapshot;
                        self.expected_ident_found_err()
                    }
                }
            } else {
                let mut err = self.expected_ident_found_err();
                if self.token.is_keyword(kw::Let) && self.look_ahead(1, |t| t.is_ident()) {
                    let removal = self.token.span.until(self.look_ahead(1, |t| t.span));
                    err.span_suggestion(removal, "remove this `let` keyword", "", Applicability::MachineApplicable);
                    err.note("the `let` keyword is not allowed in `struct` fields");
                    err.note("see <https://doc.rust-lang.org/book/ch05-01-defining-structs.html> for more information");
                    if self.may_recover() {
                        self.report(err);
                        self.bump();
                        return self.parse_ident_common(false);
                    }
                } else if self.may_recover()
                    && matches!(
                        self.look_kind(1),
                        TokenKind::Colon
                            | TokenKind::Comma
                            | TokenKind::CloseBrace
                            | TokenKind::OpenParen
                            | TokenKind::OpenBrace
                            | TokenKind::Eq
                    )
                {
                    // Reserved as it is, it is meant as a name.
                    self.report(err);
                    self.bump();
                    return Ok(ident);
                }
                err
            };
            return Err(err);
        }
        self.bump();
        Ok(ident)
    }

    /// `enum E { struct S { .. } }`
    fn recover_nested_adt_item(&mut self, keyword: T) -> PResult<'a, bool> {
        let is_nested =
            (self.token.is_keyword(kw::Enum) || self.token.is_keyword(kw::Struct) || self.token.is_keyword(kw::Union))
                && self.look_ahead(1, |t| t.is_ident())
                && self.may_recover();
        if !is_nested {
            return Ok(true);
        }
        let kw_token = self.token;
        let kw_str = ast::pretty::token_to_string(&kw_token);
        let item = self.parse_item()?;
        let span = kw_token.span.to(self.prev_token.span);
        let name = keyword.keyword().expect("a keyword");
        let err = self
            .dcx()
            .struct_span_err(span, format!("`{kw_str}` definition cannot be nested inside `{name}`"))
            .with_span_suggestion(
                item.map_or(span, |item| item.span),
                format!("consider creating a new `{kw_str}` definition instead of nesting"),
                "",
                Applicability::MaybeIncorrect,
            );
        self.report(err);
        Ok(false)
    }
}
