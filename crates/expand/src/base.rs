//! The interface between the expansion loop (crate `resolve`) and the macros: what a macro is, what it is given, what it yields.
//!
//! The loop resolves a call's path to a [`SyntaxExtension`], makes an [`ExpansionCx`] and calls one of
//! [`SyntaxExtension::expand_bang`], [`SyntaxExtension::expand_attr`] or [`SyntaxExtension::expand_derive`]. The result is an
//! [`AstFragment`] (or annotated nodes) that may contain macro calls again.

use std::rc::Rc;

use ast::tokenstream::TokenStream;
use ast::visit::AssocCtxt;
use ast::{
    Arm, AssocItem, Attribute, Crate, Expr, ExprField, FieldDef, ForeignItem, GenericParam, Item, MetaItem, NodeId, P,
    Param, Pat, PatField, Path, Stmt, Ty, Variant, WherePredicate,
};
use session::Session;
use smallvec::SmallVec;
use span::{DUMMY_SP, Edition, ErrorGuaranteed, ExpnData, ExpnId, ExpnKind, MacroKind, Span, Symbol};

pub use crate::fragment::{AstFragment, AstFragmentKind};
pub use crate::invoke::dummy_fragment;
use crate::mbe::MacroRulesMacroExpander;

/// A result, or the request to be asked again once more names are resolved.
#[derive(Debug)]
pub enum ExpandResult<T> {
    Ready(T),
    Retry,
}

impl<T> ExpandResult<T> {
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> ExpandResult<U> {
        match self {
            ExpandResult::Ready(t) => ExpandResult::Ready(f(t)),
            ExpandResult::Retry => ExpandResult::Retry,
        }
    }
}

/// A name that cannot be resolved yet, but may be later.
#[derive(Clone, Copy, Debug)]
pub struct Indeterminate;

/// What macros ask of the expansion loop.
pub trait ResolverExpand {
    /// Expands all macro calls in `expr` at once (`format_args!(concat!(..))`). With `force` unresolved macros are errors
    /// rather than [`Indeterminate`]; the loop sets [`ExpansionCx::force_mode`] when it makes no progress otherwise.
    fn fully_expand_expr(
        &mut self,
        expansion: &ExpansionData,
        expr: P<Expr>,
        force: bool,
    ) -> Result<P<Expr>, Indeterminate>;

    /// Whether `path` names something: `#[cfg_accessible(path)]`.
    fn cfg_accessible(&mut self, expn: ExpnId, path: &Path) -> Result<bool, Indeterminate>;

    /// Does the derive container that invokes `expn` also derive `Copy`? (Then `Clone` is shallow.)
    fn has_derive_copy(&self, expn: ExpnId) -> bool;

    /// A rule of a local `macro_rules!` was used (for `unused_macro_rules`).
    fn record_macro_rule_usage(&mut self, macro_node: NodeId, rule: usize);
}

/// Where an expansion stands.
#[derive(Clone, Debug)]
pub struct ExpansionData {
    pub id: ExpnId,
    /// How many expansions it is nested in.
    pub depth: usize,
    pub module: Rc<ModuleData>,
    /// The node that lints are reported at.
    pub lint_node_id: NodeId,
    /// Is the invocation the trailing expression of a block?
    pub is_trailing_mac: bool,
}

/// The module an expansion stands in.
#[derive(Clone, Debug, Default)]
pub struct ModuleData {
    /// Crate name first; for `module_path!`.
    pub mod_path: Vec<span::Ident>,
    /// The files that the path passed through, for circular `mod` errors.
    pub file_path_stack: Vec<String>,
    /// The directory of `mod x;` files (without the part that inline modules add).
    pub dir_path: String,
}

/// What a built-in macro is given.
pub struct ExpansionCx<'a> {
    pub sess: &'a Session,
    pub resolver: &'a mut dyn ResolverExpand,
    pub current_expansion: ExpansionData,
    /// Unresolved names are errors now.
    pub force_mode: bool,
    /// The derive is listed in `#[derive_const]`.
    pub(crate) derive_const: bool,
    /// The notes of `trace_macros!`, by the outermost call.
    pub traces: Vec<(Span, String)>,
    /// `trace_macros!(true)` is on; the loop keeps it from call to call.
    pub trace_macros: bool,
}

impl<'a> ExpansionCx<'a> {
    pub fn new(sess: &'a Session, resolver: &'a mut dyn ResolverExpand, current_expansion: ExpansionData) -> Self {
        ExpansionCx {
            sess,
            resolver,
            current_expansion,
            force_mode: false,
            derive_const: false,
            traces: Vec::new(),
            trace_macros: false,
        }
    }

    /// The call of the current expansion.
    pub fn call_site(&self) -> Span {
        self.current_expansion.id.expn_data().call_site
    }

    /// `sp` with the hygiene of the place where the macro is defined.
    pub fn with_def_site_ctxt(&self, sp: Span) -> Span {
        sp.with_def_site_ctxt(self.current_expansion.id)
    }

    /// `sp` with the hygiene of the call.
    pub fn with_call_site_ctxt(&self, sp: Span) -> Span {
        sp.with_call_site_ctxt(self.current_expansion.id)
    }

    /// `sp` with the hygiene of `macro_rules!`.
    pub fn with_mixed_site_ctxt(&self, sp: Span) -> Span {
        sp.with_mixed_site_ctxt(self.current_expansion.id)
    }

    /// Keeps a note for `trace_macros!`.
    pub fn trace(&mut self, sp: Span, message: String) {
        let outermost = sp.macro_backtrace().last().map_or(sp, |data| data.call_site);
        self.traces.push((outermost, message));
    }

    /// The outermost call that led here, `include!` aside.
    pub fn expansion_cause(&self) -> Option<Span> {
        expansion_cause(self.current_expansion.id)
    }
}

/// The outermost macro call that `expn` came from; calls inside an `include!`d file count as outermost.
pub fn expansion_cause(mut expn: ExpnId) -> Option<Span> {
    let mut last = None;
    loop {
        if expn == ExpnId::root() {
            return last;
        }
        let data = expn.expn_data();
        if matches!(data.kind, ExpnKind::Macro(MacroKind::Bang, name) if name == span::sym::include) {
            return last;
        }
        expn = data.call_site.ctxt().outer_expn();
        last = Some(data.call_site);
    }
}

/// A macro: what its name resolves to.
#[derive(Clone)]
pub struct SyntaxExtension {
    pub kind: SyntaxExtensionKind,
    /// Of the definition.
    pub span: Span,
    /// `#[allow_internal_unstable(..)]`
    pub allow_internal_unstable: Option<Rc<[Symbol]>>,
    pub allow_internal_unsafe: bool,
    /// `#[macro_export(local_inner_macros)]`
    pub local_inner_macros: bool,
    pub collapse_debuginfo: bool,
    /// It is a diagnostic item: errors inside do not name it.
    pub hide_backtrace: bool,
    pub stability: Option<Stability>,
    pub deprecation: Option<Deprecation>,
    /// Of a derive: the attributes it gives meaning to.
    pub helper_attrs: Vec<Symbol>,
    /// Of the defining crate.
    pub edition: Edition,
    /// `#[rustc_builtin_macro(name)]`; without a name, that of the macro.
    pub builtin_name: Option<Symbol>,
    /// The local definition's node, for usage lints; `DUMMY_NODE_ID` for others.
    pub node_id: NodeId,
}

/// `#[stable]` / `#[unstable]` of a macro.
#[derive(Clone, Copy, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub struct Stability {
    pub feature: Symbol,
    pub level: StabilityLevel,
}

/// Whether something is stable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum StabilityLevel {
    Stable,
    Unstable { reason: Option<Symbol>, issue: Option<u32> },
}

/// `#[deprecated]` of a macro.
#[derive(Clone, Copy, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub struct Deprecation {
    pub since: Option<Symbol>,
    pub note: Option<Symbol>,
    pub suggestion: Option<Symbol>,
}

/// A function-like built-in macro.
pub type BangFn = fn(&mut ExpansionCx<'_>, Span, TokenStream) -> ExpandResult<MacResult>;
/// A built-in attribute or derive macro. The meta item is the attribute (or the derive's path).
pub type AttrFn = fn(&mut ExpansionCx<'_>, Span, &MetaItem, Annotatable) -> ExpandResult<Vec<Annotatable>>;

/// How a macro works.
#[derive(Clone)]
pub enum SyntaxExtensionKind {
    /// `macro_rules!` or `macro` 2.0: called as `m!(..)`, with attr/derive rules also as `#[m]`, `#[derive(m)]`.
    MacroRules(Rc<MacroRulesMacroExpander>),
    Bang(BangFn),
    Attr(AttrFn),
    /// A built-in derive: yields the new items only.
    Derive(AttrFn),
    /// `#[derive]` itself, `#[cfg]`, `#[cfg_attr]`: the loop handles them by name.
    NonMacroAttr,
    /// A definition that had errors.
    Dummy(ErrorGuaranteed),
}

bitflags::bitflags! {
    /// The forms in which a macro can be called.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    pub struct MacroKinds: u8 {
        const BANG = 1;
        const ATTR = 2;
        const DERIVE = 4;
    }
}

impl From<MacroKind> for MacroKinds {
    fn from(kind: MacroKind) -> Self {
        match kind {
            MacroKind::Bang => MacroKinds::BANG,
            MacroKind::Attr => MacroKinds::ATTR,
            MacroKind::Derive => MacroKinds::DERIVE,
        }
    }
}

impl MacroKinds {
    /// As diagnostics name it.
    pub fn descr(self) -> &'static str {
        match self {
            Self::BANG => MacroKind::Bang.descr(),
            Self::ATTR => MacroKind::Attr.descr(),
            Self::DERIVE => MacroKind::Derive.descr(),
            _ if self == Self::ATTR.union(Self::BANG) => "attribute/function macro",
            _ if self == Self::DERIVE.union(Self::BANG) => "derive/function macro",
            _ if self == Self::ATTR.union(Self::DERIVE) => "attribute/derive macro",
            _ => "attribute/derive/function macro",
        }
    }
}

impl SyntaxExtension {
    /// A macro of this kind with nothing special about it.
    pub fn default(kind: SyntaxExtensionKind, edition: Edition) -> SyntaxExtension {
        SyntaxExtension {
            kind,
            span: DUMMY_SP,
            allow_internal_unstable: None,
            allow_internal_unsafe: false,
            local_inner_macros: false,
            collapse_debuginfo: false,
            hide_backtrace: false,
            stability: None,
            deprecation: None,
            helper_attrs: Vec::new(),
            edition,
            builtin_name: None,
            node_id: ast::DUMMY_NODE_ID,
        }
    }

    /// A macro of this kind with what its definition's attributes say.
    pub fn from_attrs(
        sess: &Session,
        kind: SyntaxExtensionKind,
        span: Span,
        edition: Edition,
        name: Symbol,
        attrs: &[Attribute],
    ) -> SyntaxExtension {
        let mut ext = SyntaxExtension::default(kind, edition);
        ext.span = span;
        for attr in attrs {
            crate::builtin_attrs::apply_to_extension(sess, &mut ext, name, attr);
        }
        ext
    }

    /// A built-in attribute that is no macro.
    pub fn non_macro_attr(edition: Edition) -> SyntaxExtension {
        SyntaxExtension::default(SyntaxExtensionKind::NonMacroAttr, edition)
    }

    pub fn macro_kinds(&self) -> MacroKinds {
        match &self.kind {
            SyntaxExtensionKind::MacroRules(expander) => expander.kinds(),
            SyntaxExtensionKind::Bang(_) | SyntaxExtensionKind::Dummy(_) => MacroKinds::BANG,
            SyntaxExtensionKind::Attr(_) | SyntaxExtensionKind::NonMacroAttr => MacroKinds::ATTR,
            SyntaxExtensionKind::Derive(_) => MacroKinds::DERIVE,
        }
    }

    /// The data of an expansion of this macro: pass it to `ExpnId::fresh` before expanding.
    pub fn expn_data(
        &self,
        parent: ExpnId,
        call_site: Span,
        kind: MacroKind,
        name: Symbol,
        macro_def_id: Option<span::def_id::DefId>,
        parent_module: Option<span::def_id::DefId>,
    ) -> ExpnData {
        ExpnData {
            kind: ExpnKind::Macro(kind, name),
            parent,
            call_site,
            def_site: self.span,
            edition: self.edition,
            macro_def_id,
            parent_module,
            allow_internal_unstable: self.allow_internal_unstable.clone(),
            allow_internal_unsafe: self.allow_internal_unsafe,
            local_inner_macros: self.local_inner_macros,
            collapse_debuginfo: self.collapse_debuginfo,
            hide_backtrace: self.hide_backtrace,
        }
    }
}

/// What a function-like macro yields.
pub enum MacResult {
    /// Tokens, to be parsed as whatever the call stands for.
    Tokens(ParserTokens),
    Expr(P<Expr>),
    Pat(P<Pat>),
    Ty(P<Ty>),
    Items(SmallVec<[P<Item>; 1]>),
    Stmts(SmallVec<[Stmt; 1]>),
    /// Nothing, wherever the call stands: `()` for an expression.
    Empty(Span),
    /// An error was reported.
    Dummy(Span, ErrorGuaranteed),
}

/// Tokens that a macro made.
pub struct ParserTokens {
    pub tokens: TokenStream,
    /// Of the call.
    pub site_span: Span,
    /// Of the macro's arm, for errors.
    pub arm_span: Span,
    /// Of the macro's name at the call.
    pub macro_ident: Option<span::Ident>,
    pub is_local: bool,
}

/// What an attribute stands on.
#[derive(Clone, Debug)]
pub enum Annotatable {
    Item(P<Item>),
    AssocItem(P<AssocItem>, AssocCtxt),
    ForeignItem(P<ForeignItem>),
    Stmt(P<Stmt>),
    Expr(P<Expr>),
    Arm(Arm),
    ExprField(ExprField),
    PatField(PatField),
    GenericParam(GenericParam),
    Param(Param),
    FieldDef(FieldDef),
    Variant(Variant),
    WherePredicate(WherePredicate),
    Crate(Crate),
}

impl Annotatable {
    pub fn span(&self) -> Span {
        match self {
            Annotatable::Item(i) => i.span,
            Annotatable::AssocItem(i, _) => i.span,
            Annotatable::ForeignItem(i) => i.span,
            Annotatable::Stmt(s) => s.span,
            Annotatable::Expr(e) => e.span,
            Annotatable::Arm(a) => a.span,
            Annotatable::ExprField(f) => f.span,
            Annotatable::PatField(f) => f.pat.span,
            Annotatable::GenericParam(p) => p.ident.span,
            Annotatable::Param(p) => p.span,
            Annotatable::FieldDef(f) => f.span,
            Annotatable::Variant(v) => v.span,
            Annotatable::WherePredicate(p) => p.span,
            Annotatable::Crate(c) => c.spans.inner_span,
        }
    }

    pub fn attrs(&self) -> &[Attribute] {
        use ast::HasAttrs;
        match self {
            Annotatable::Item(i) => &i.attrs,
            Annotatable::AssocItem(i, _) => &i.attrs,
            Annotatable::ForeignItem(i) => &i.attrs,
            Annotatable::Stmt(s) => s.attrs(),
            Annotatable::Expr(e) => &e.attrs,
            Annotatable::Arm(a) => &a.attrs,
            Annotatable::ExprField(f) => &f.attrs,
            Annotatable::PatField(f) => &f.attrs,
            Annotatable::GenericParam(p) => &p.attrs,
            Annotatable::Param(p) => &p.attrs,
            Annotatable::FieldDef(f) => &f.attrs,
            Annotatable::Variant(v) => &v.attrs,
            Annotatable::WherePredicate(p) => &p.attrs,
            Annotatable::Crate(c) => &c.attrs,
        }
    }

    pub fn visit_attrs(&mut self, f: impl FnOnce(&mut ast::AttrVec)) {
        use ast::HasAttrs;
        match self {
            Annotatable::Item(i) => f(&mut i.attrs),
            Annotatable::AssocItem(i, _) => f(&mut i.attrs),
            Annotatable::ForeignItem(i) => f(&mut i.attrs),
            Annotatable::Stmt(s) => s.visit_attrs(f),
            Annotatable::Expr(e) => f(&mut e.attrs),
            Annotatable::Arm(a) => f(&mut a.attrs),
            Annotatable::ExprField(n) => f(&mut n.attrs),
            Annotatable::PatField(n) => f(&mut n.attrs),
            Annotatable::GenericParam(p) => f(&mut p.attrs),
            Annotatable::Param(p) => f(&mut p.attrs),
            Annotatable::FieldDef(n) => f(&mut n.attrs),
            Annotatable::Variant(v) => f(&mut v.attrs),
            Annotatable::WherePredicate(p) => f(&mut p.attrs),
            Annotatable::Crate(c) => f(&mut c.attrs),
        }
    }

    /// The statement; an item becomes one. Panics on others.
    pub fn expect_stmt(self) -> Stmt {
        match self {
            Annotatable::Stmt(stmt) => *stmt,
            Annotatable::Item(item) => {
                Stmt { id: ast::DUMMY_NODE_ID, span: item.span, kind: ast::StmtKind::Item(item) }
            }
            Annotatable::Expr(expr) => {
                Stmt { id: ast::DUMMY_NODE_ID, span: expr.span, kind: ast::StmtKind::Expr(expr) }
            }
            _ => panic!("expected a statement"),
        }
    }

    /// The item; panics on others.
    pub fn expect_item(self) -> P<Item> {
        match self {
            Annotatable::Item(item) => item,
            Annotatable::Stmt(stmt) => match stmt.kind {
                ast::StmtKind::Item(item) => item,
                _ => panic!("expected an item statement"),
            },
            _ => panic!("expected an item"),
        }
    }
}
