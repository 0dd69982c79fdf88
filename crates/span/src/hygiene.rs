//! Macro hygiene: syntax contexts as chains of expansion marks.
//!
//! The algorithm is that of "Macros that work together" (Flatt, Culpepper, Darais, Findler, 2012, sets of
//! scopes' predecessor: marks) in rustc's form: a [`SyntaxContext`] is a list of `(ExpnId, Transparency)`
//! marks; a name is resolved in its context with transparent marks removed (`normalize_*`).
//!
//! `macro_rules! m { ($e:expr) => { let x = 1; $e } }`: the `x` written in the macro gets a semi-opaque mark of
//! the call's expansion, the tokens of `$e` do not, so they are different variables.

use std::rc::Rc;

use macros::{Decodable, Encodable};
use rustc_hash::FxHashMap;

use crate::def_id::{CrateNum, DefId, LOCAL_CRATE};
use crate::symbol::{Symbol, kw};
use crate::{DUMMY_SP, Edition, Span, with_session_globals};

crate::newtype_index! { @no_codec
    /// One macro expansion (or desugaring) of the session; 0 is the root, what stands in source files.
    pub struct ExpnId = "expn";
}

/// A chain of expansion marks; 0 is the empty chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SyntaxContext(u32);

/// How far a mark hides the names it is on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum Transparency {
    /// Resolved at the call site (`proc_macro::Span::call_site`).
    Transparent,
    /// `macro_rules!`: local variables and labels and `$crate` at the definition, all else at the call.
    SemiOpaque,
    /// `macro` 2.0: all at the definition.
    Opaque,
}

/// The three calling forms of macros.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum MacroKind {
    /// `m!(..)`
    Bang,
    /// `#[m]`
    Attr,
    /// `#[derive(m)]`
    Derive,
}

impl MacroKind {
    /// As diagnostics name it.
    pub fn descr(self) -> &'static str {
        match self {
            MacroKind::Bang => "macro",
            MacroKind::Attr => "attribute macro",
            MacroKind::Derive => "derive macro",
        }
    }
    /// The article that goes with [`MacroKind::descr`].
    pub fn article(self) -> &'static str {
        match self {
            MacroKind::Attr => "an",
            _ => "a",
        }
    }
    /// As "expected ..." messages name it.
    pub fn descr_expected(self) -> &'static str {
        match self {
            MacroKind::Attr => "attribute",
            _ => self.descr(),
        }
    }
}

/// Passes that make syntax of their own, outside of any macro.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum AstPass {
    /// `extern crate std` and the prelude import.
    StdImports,
    /// `#[test]` harness.
    TestHarness,
    /// The test harness's main.
    ProcMacroHarness,
}

/// What a piece of HIR was before lowering.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum DesugaringKind {
    /// `if`/`while` conditions turned into temporaries' scopes.
    CondTemporary,
    /// `e?`
    QuestionMark,
    /// `try { }`
    TryBlock,
    /// `impl Trait` in return position.
    OpaqueTy,
    /// `async`
    Async,
    /// `e.await`
    Await,
    /// `for pat in e { }`
    ForLoop,
    /// `while cond { }`
    WhileLoop,
    /// `pat: ty` bounds of associated types.
    BoundModifier,
    /// `contract` attributes.
    Contract,
    /// Range patterns' hidden parts.
    PatTyRange,
    /// `format_args!` literal lowering.
    FormatLiteral,
    /// `a..b` range expressions.
    RangeExpr,
}

impl DesugaringKind {
    /// As diagnostics name it ("desugaring of ..").
    pub fn descr(self) -> &'static str {
        match self {
            DesugaringKind::CondTemporary => "`if` or `while` condition",
            DesugaringKind::Async => "`async` block or function",
            DesugaringKind::Await => "`await` expression",
            DesugaringKind::QuestionMark => "operator `?`",
            DesugaringKind::TryBlock => "`try` block",
            DesugaringKind::OpaqueTy => "`impl Trait`",
            DesugaringKind::ForLoop => "`for` loop",
            DesugaringKind::WhileLoop => "`while` loop",
            DesugaringKind::BoundModifier => "trait bound modifier",
            DesugaringKind::Contract => "contract check",
            DesugaringKind::PatTyRange => "pattern type",
            DesugaringKind::FormatLiteral => "formatting string",
            DesugaringKind::RangeExpr => "range expression",
        }
    }
}

/// What made an expansion.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum ExpnKind {
    /// No expansion: the source text.
    Root,
    /// A macro of this kind and name.
    Macro(MacroKind, Symbol),
    /// A compiler pass.
    AstPass(AstPass),
    /// A desugaring in AST lowering.
    Desugaring(DesugaringKind),
}

impl ExpnKind {
    /// As diagnostics name it.
    pub fn descr(&self) -> String {
        match *self {
            ExpnKind::Root => kw::PathRoot.to_string(),
            ExpnKind::Macro(MacroKind::Bang, name) => format!("{name}!"),
            ExpnKind::Macro(MacroKind::Attr, name) => format!("#[{name}]"),
            ExpnKind::Macro(MacroKind::Derive, name) => format!("#[derive({name})]"),
            ExpnKind::AstPass(_) => "standard library imports".to_string(),
            ExpnKind::Desugaring(kind) => format!("desugaring of {}", kind.descr()),
        }
    }
}

/// What is known of one expansion.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct ExpnData {
    /// What was expanded.
    pub kind: ExpnKind,
    /// The expansion that produced the call (lexically, of the macro's tokens).
    pub parent: ExpnId,
    /// The call.
    pub call_site: Span,
    /// The macro's definition; dummy for built-in ones.
    pub def_site: Span,
    /// The edition of the crate that defines the macro.
    pub edition: Edition,
    /// The macro's definition.
    pub macro_def_id: Option<DefId>,
    /// The normal module in which the macro was defined.
    pub parent_module: Option<DefId>,
    /// `#[allow_internal_unstable(..)]`: features its expansion may use.
    pub allow_internal_unstable: Option<Rc<[Symbol]>>,
    /// `#[allow_internal_unsafe]`
    pub allow_internal_unsafe: bool,
    /// `#[macro_export(local_inner_macros)]`
    pub local_inner_macros: bool,
    /// `#[collapse_debuginfo]`
    pub collapse_debuginfo: bool,
    /// Whether errors inside do not name the macro: it is one of the library's well-known ones.
    pub hide_backtrace: bool,
}

impl ExpnData {
    /// Data of an expansion with nothing special about it.
    pub fn default(kind: ExpnKind, call_site: Span, edition: Edition, macro_def_id: Option<DefId>) -> ExpnData {
        ExpnData {
            kind,
            parent: ExpnId::root(),
            call_site,
            def_site: DUMMY_SP,
            edition,
            macro_def_id,
            parent_module: None,
            allow_internal_unstable: None,
            allow_internal_unsafe: false,
            local_inner_macros: false,
            collapse_debuginfo: false,
            hide_backtrace: false,
        }
    }
    /// Whether this is the root expansion.
    pub fn is_root(&self) -> bool {
        matches!(self.kind, ExpnKind::Root)
    }
}

#[derive(Clone, Copy)]
struct SyntaxContextData {
    outer_expn: ExpnId,
    outer_transparency: Transparency,
    parent: SyntaxContext,
    /// This chain without its transparent and semi-opaque marks.
    opaque: SyntaxContext,
    /// This chain without its transparent marks.
    opaque_and_semiopaque: SyntaxContext,
    /// What `$crate` with this context is printed as.
    dollar_crate_name: Symbol,
}

pub(crate) struct HygieneData {
    expns: Vec<Option<Rc<ExpnData>>>,
    contexts: Vec<SyntaxContextData>,
    marks: FxHashMap<(SyntaxContext, ExpnId, Transparency), SyntaxContext>,
    /// How many contexts, from the start, have been given their `$crate` names.
    dollar_crates_named: usize,
}

impl HygieneData {
    pub(crate) fn new(edition: Edition) -> Self {
        let root = ExpnData::default(ExpnKind::Root, DUMMY_SP, edition, None);
        HygieneData {
            expns: vec![Some(Rc::new(root))],
            contexts: vec![SyntaxContextData {
                outer_expn: ExpnId::root(),
                outer_transparency: Transparency::Opaque,
                parent: SyntaxContext::root(),
                opaque: SyntaxContext::root(),
                opaque_and_semiopaque: SyntaxContext::root(),
                dollar_crate_name: kw::DollarCrate,
            }],
            marks: FxHashMap::default(),
            dollar_crates_named: 0,
        }
    }

    fn with<R>(f: impl FnOnce(&mut HygieneData) -> R) -> R {
        with_session_globals(|g| f(&mut g.hygiene.borrow_mut()))
    }

    fn expn_data(&self, id: ExpnId) -> &Rc<ExpnData> {
        self.expns[id.as_usize()].as_ref().expect("the expansion's data is set")
    }

    fn ctxt(&self, c: SyntaxContext) -> &SyntaxContextData {
        &self.contexts[c.0 as usize]
    }

    fn is_descendant_of(&self, mut expn: ExpnId, ancestor: ExpnId) -> bool {
        loop {
            if expn == ancestor {
                return true;
            }
            if expn == ExpnId::root() {
                return false;
            }
            expn = self.expn_data(expn).parent;
        }
    }

    fn remove_mark(&self, c: &mut SyntaxContext) -> (ExpnId, Transparency) {
        let data = self.ctxt(*c);
        *c = data.parent;
        (data.outer_expn, data.outer_transparency)
    }

    fn marks(&self, mut c: SyntaxContext) -> Vec<(ExpnId, Transparency)> {
        let mut marks = Vec::new();
        while !c.is_root() {
            marks.push(self.remove_mark(&mut c));
        }
        marks.reverse();
        marks
    }

    fn adjust(&self, c: &mut SyntaxContext, expn: ExpnId) -> Option<ExpnId> {
        let mut scope = None;
        while !self.is_descendant_of(expn, self.ctxt(*c).outer_expn) {
            scope = Some(self.remove_mark(c).0);
        }
        scope
    }

    /// Adds a mark to a context, giving `macro` 2.0 and `macro_rules!` expansions inside one another the
    /// context of the macro's own definition first.
    fn apply_mark(&mut self, c: SyntaxContext, expn: ExpnId, transparency: Transparency) -> SyntaxContext {
        if transparency == Transparency::Opaque || expn == ExpnId::root() {
            return self.apply_mark_internal(c, expn, transparency);
        }
        let call_site_ctxt = self.expn_data(expn).call_site.ctxt();
        let mut call_site_ctxt = if transparency == Transparency::SemiOpaque {
            self.ctxt(call_site_ctxt).opaque
        } else {
            self.ctxt(call_site_ctxt).opaque_and_semiopaque
        };
        if call_site_ctxt.is_root() {
            return self.apply_mark_internal(c, expn, transparency);
        }
        // The macro was called inside another macro's opaque expansion: its tokens are resolved as if they
        // stood there, so the call's marks come first.
        for (mark, t) in self.marks(c) {
            call_site_ctxt = self.apply_mark_internal(call_site_ctxt, mark, t);
        }
        self.apply_mark_internal(call_site_ctxt, expn, transparency)
    }

    fn apply_mark_internal(&mut self, c: SyntaxContext, expn: ExpnId, transparency: Transparency) -> SyntaxContext {
        let old = *self.ctxt(c);
        let mut opaque = old.opaque;
        let mut semi = old.opaque_and_semiopaque;
        if transparency >= Transparency::Opaque {
            opaque = self.intern(opaque, expn, transparency, |this, new| {
                let d = &mut this.contexts[new.0 as usize];
                d.opaque = new;
                d.opaque_and_semiopaque = new;
            });
        }
        if transparency >= Transparency::SemiOpaque {
            semi = self.intern(semi, expn, transparency, |this, new| {
                let d = &mut this.contexts[new.0 as usize];
                d.opaque = opaque;
                d.opaque_and_semiopaque = new;
            });
        }
        self.intern(c, expn, transparency, |this, new| {
            let d = &mut this.contexts[new.0 as usize];
            d.opaque = opaque;
            d.opaque_and_semiopaque = semi;
        })
    }

    fn intern(
        &mut self,
        parent: SyntaxContext,
        expn: ExpnId,
        transparency: Transparency,
        init: impl FnOnce(&mut Self, SyntaxContext),
    ) -> SyntaxContext {
        if let Some(&c) = self.marks.get(&(parent, expn, transparency)) {
            return c;
        }
        let new = SyntaxContext(self.contexts.len() as u32);
        self.contexts.push(SyntaxContextData {
            outer_expn: expn,
            outer_transparency: transparency,
            parent,
            opaque: new,
            opaque_and_semiopaque: new,
            dollar_crate_name: kw::DollarCrate,
        });
        self.marks.insert((parent, expn, transparency), new);
        init(self, new);
        new
    }
}

impl ExpnId {
    /// No expansion.
    #[inline]
    pub const fn root() -> ExpnId {
        ExpnId::from_u32(0)
    }
    /// An expansion whose data comes later by [`ExpnId::set_data`].
    pub fn reserve() -> ExpnId {
        HygieneData::with(|d| {
            d.expns.push(None);
            ExpnId::from_usize(d.expns.len() - 1)
        })
    }
    /// A new expansion.
    pub fn fresh(data: ExpnData) -> ExpnId {
        HygieneData::with(|d| {
            d.expns.push(Some(Rc::new(data)));
            ExpnId::from_usize(d.expns.len() - 1)
        })
    }
    /// How many expansions of macros there are.
    pub fn macro_count() -> usize {
        HygieneData::with(|d| d.expns.iter().flatten().filter(|e| matches!(e.kind, ExpnKind::Macro(..))).count())
    }
    /// Sets the data of a reserved expansion.
    pub fn set_data(self, data: ExpnData) {
        HygieneData::with(|d| d.expns[self.as_usize()] = Some(Rc::new(data)));
    }
    /// Its data; panics for a reserved expansion without data.
    pub fn expn_data(self) -> ExpnData {
        HygieneData::with(|d| (**d.expn_data(self)).clone())
    }
    /// Whether its data is set.
    pub fn has_data(self) -> bool {
        HygieneData::with(|d| d.expns[self.as_usize()].is_some())
    }
    /// Whether this expansion happened inside `ancestor`.
    pub fn is_descendant_of(self, ancestor: ExpnId) -> bool {
        HygieneData::with(|d| d.is_descendant_of(self, ancestor))
    }
    /// Whether the outermost mark of `ctxt` is this expansion or one it happened in.
    pub fn outer_expn_is_descendant_of(self, ctxt: SyntaxContext) -> bool {
        HygieneData::with(|d| d.is_descendant_of(self, d.ctxt(ctxt).outer_expn))
    }
}

impl SyntaxContext {
    /// The empty chain.
    #[inline]
    pub const fn root() -> SyntaxContext {
        SyntaxContext(0)
    }
    /// Whether this is the empty chain.
    #[inline]
    pub const fn is_root(self) -> bool {
        self.0 == 0
    }
    /// Its number.
    pub fn as_u32(self) -> u32 {
        self.0
    }
    /// The context with this number.
    pub fn from_u32(n: u32) -> SyntaxContext {
        SyntaxContext(n)
    }
    /// With one more mark, outermost.
    pub fn apply_mark(self, expn: ExpnId, transparency: Transparency) -> SyntaxContext {
        HygieneData::with(|d| d.apply_mark(self, expn, transparency))
    }
    /// With one more mark, without regard to the macro's own context: for rebuilding contexts from metadata.
    pub fn apply_mark_raw(self, expn: ExpnId, transparency: Transparency) -> SyntaxContext {
        HygieneData::with(|d| d.apply_mark_internal(self, expn, transparency))
    }
    /// Takes the outermost mark off and returns it.
    pub fn remove_mark(&mut self) -> ExpnId {
        HygieneData::with(|d| d.remove_mark(self).0)
    }
    /// All marks, innermost first.
    pub fn marks(self) -> Vec<(ExpnId, Transparency)> {
        HygieneData::with(|d| d.marks(self))
    }
    /// Adjusts this context for resolution in a scope created by `expn`: takes off the marks that are not
    /// ancestors of it, and returns the last one, whose macro definition's module is where to look.
    pub fn adjust(&mut self, expn: ExpnId) -> Option<ExpnId> {
        HygieneData::with(|d| d.adjust(self, expn))
    }
    /// [`SyntaxContext::normalize_to_macros_2_0`], then [`SyntaxContext::adjust`].
    pub fn normalize_to_macros_2_0_and_adjust(&mut self, expn: ExpnId) -> Option<ExpnId> {
        HygieneData::with(|d| {
            *self = d.ctxt(*self).opaque;
            d.adjust(self, expn)
        })
    }
    /// Adjusts for a name reached through a glob import with context `glob` of a module created by `expn`:
    /// `None` if the name is not visible through it.
    pub fn glob_adjust(&mut self, expn: ExpnId, glob_span: Span) -> Option<Option<ExpnId>> {
        HygieneData::with(|d| {
            let mut scope = None;
            let mut glob_ctxt = d.ctxt(glob_span.ctxt()).opaque;
            while !d.is_descendant_of(expn, d.ctxt(glob_ctxt).outer_expn) {
                scope = Some(d.remove_mark(&mut glob_ctxt).0);
                if d.remove_mark(self).0 != scope.expect("just set") {
                    return None;
                }
            }
            if d.adjust(self, expn).is_some() { None } else { Some(scope) }
        })
    }
    /// The reverse of [`SyntaxContext::glob_adjust`].
    pub fn reverse_glob_adjust(&mut self, expn: ExpnId, glob_span: Span) -> Option<Option<ExpnId>> {
        HygieneData::with(|d| {
            if d.adjust(self, expn).is_some() {
                return None;
            }
            let mut glob_ctxt = d.ctxt(glob_span.ctxt()).opaque;
            let mut marks = Vec::new();
            while !d.is_descendant_of(expn, d.ctxt(glob_ctxt).outer_expn) {
                marks.push(d.remove_mark(&mut glob_ctxt));
            }
            let scope = marks.last().map(|m| m.0);
            while let Some((mark, t)) = marks.pop() {
                *self = d.apply_mark_internal(*self, mark, t);
            }
            Some(scope)
        })
    }
    /// Whether, with opaque marks only and adjusted to `expn`, it is the same as `other`.
    pub fn hygienic_eq(self, other: SyntaxContext, expn: ExpnId) -> bool {
        HygieneData::with(|d| {
            let mut s = d.ctxt(self).opaque;
            d.adjust(&mut s, expn);
            s == d.ctxt(other).opaque
        })
    }
    /// Without transparent and semi-opaque marks: how `macro` 2.0 items are resolved.
    pub fn normalize_to_macros_2_0(self) -> SyntaxContext {
        HygieneData::with(|d| d.ctxt(self).opaque)
    }
    /// Without transparent marks: how local variables and labels are resolved.
    pub fn normalize_to_macro_rules(self) -> SyntaxContext {
        HygieneData::with(|d| d.ctxt(self).opaque_and_semiopaque)
    }
    /// The outermost mark's expansion.
    pub fn outer_expn(self) -> ExpnId {
        HygieneData::with(|d| d.ctxt(self).outer_expn)
    }
    /// The outermost mark.
    pub fn outer_mark(self) -> (ExpnId, Transparency) {
        HygieneData::with(|d| {
            let data = d.ctxt(self);
            (data.outer_expn, data.outer_transparency)
        })
    }
    /// The data of the outermost mark's expansion.
    pub fn outer_expn_data(self) -> ExpnData {
        self.outer_expn().expn_data()
    }
    /// The edition in force.
    pub fn edition(self) -> Edition {
        HygieneData::with(|d| d.expn_data(d.ctxt(self).outer_expn).edition)
    }
    /// What `$crate` in this context is printed as (`crate` or the crate's name).
    pub fn dollar_crate_name(self) -> Symbol {
        HygieneData::with(|d| d.ctxt(self).dollar_crate_name)
    }
    /// Sets the names that `$crate` tokens print as, from a function from context to name.
    pub fn update_dollar_crate_names(get_name: impl Fn(SyntaxContext) -> Symbol) {
        let pending: Vec<SyntaxContext> = HygieneData::with(|d| {
            let first = std::mem::replace(&mut d.dollar_crates_named, d.contexts.len());
            (first as u32..d.contexts.len() as u32).map(SyntaxContext).collect()
        });
        for c in pending {
            let name = get_name(c);
            HygieneData::with(|d| d.contexts[c.0 as usize].dollar_crate_name = name);
        }
    }
    /// The crate that `$crate` in this context stands for, if the marks come from macros with a definition.
    pub fn dollar_crate(self) -> CrateNum {
        HygieneData::with(|d| {
            let marks = d.marks(d.ctxt(self).opaque_and_semiopaque);
            // The innermost run of opaque marks, then of semi-opaque ones, decides (rustc's rule).
            let mut result = None;
            let mut iter = marks.iter().rev().peekable();
            while let Some(&&(mark, Transparency::Opaque)) = iter.peek() {
                result = Some(mark);
                iter.next();
            }
            for &(mark, t) in iter {
                if t == Transparency::SemiOpaque {
                    result = Some(mark);
                } else {
                    break;
                }
            }
            result.and_then(|m| d.expn_data(m).macro_def_id).map_or(LOCAL_CRATE, |id| id.krate)
        })
    }
}
