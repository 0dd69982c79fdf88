//! Behaviour of macros, from fixture to expanded text. The loop of crate `resolve` is not at hand: calls are expanded one by
//! one, by name, until none is left.

use std::cell::RefCell;
use std::rc::Rc;

use ast::mut_visit::{self, MutVisitor};
use ast::{Crate, Expr, ExprKind, ItemKind, NodeId, P, Path};
use session::{MemoryFileSystem, Options, Session, Target};
use smallvec::SmallVec;
use span::{Edition, ExpnId, FileName, FxHashMap, Symbol};

use crate::base::{
    Annotatable, AstFragment, AstFragmentKind, ExpandResult, ExpansionCx, ExpansionData, Indeterminate, ModuleData,
    ResolverExpand, SyntaxExtension, SyntaxExtensionKind,
};

mod builtin;
mod cfg;
mod derive;
mod mbe;

/// Macros by name, the latest definition of each.
#[derive(Default)]
struct Macros(RefCell<FxHashMap<Symbol, SyntaxExtension>>);

impl Macros {
    fn get(&self, path: &Path) -> Option<SyntaxExtension> {
        let name = path.segments.last()?.ident.name;
        if let Some(ext) = self.0.borrow().get(&name) {
            return Some(ext.clone());
        }
        let kind = crate::builtin::lookup(name)?;
        Some(SyntaxExtension::default(kind, Edition::Edition2021))
    }

    fn define(&self, sess: &Session, item: &ast::Item, ident: span::Ident, def: &ast::MacroDef) {
        let id = NodeId::from_u32(1);
        let edition = sess.edition();
        let compiled = crate::mbe::compile_declarative_macro(sess, def, ident, &item.attrs, item.span, id, edition);
        self.0.borrow_mut().insert(ident.name, compiled.ext);
    }
}

struct TestResolver<'a> {
    sess: &'a Session,
    macros: &'a Macros,
    derives_copy: bool,
}

impl ResolverExpand for TestResolver<'_> {
    fn fully_expand_expr(&mut self, _: &ExpansionData, mut expr: P<Expr>, _: bool) -> Result<P<Expr>, Indeterminate> {
        Expander { sess: self.sess, macros: self.macros, depth: 0 }.visit_expr(&mut expr);
        Ok(expr)
    }
    fn cfg_accessible(&mut self, _: ExpnId, path: &Path) -> Result<bool, Indeterminate> {
        Ok(path.segments.len() == 1)
    }
    fn has_derive_copy(&self, _: ExpnId) -> bool {
        self.derives_copy
    }
    fn record_macro_rule_usage(&mut self, _: NodeId, _: usize) {}
}

/// A loop of sorts.
struct Expander<'a> {
    sess: &'a Session,
    macros: &'a Macros,
    depth: usize,
}

impl Expander<'_> {
    fn expand(&mut self, kind: AstFragmentKind, span: span::Span, mac: &ast::MacCall) -> Option<AstFragment> {
        let ext = self.macros.get(&mac.path)?;
        if self.depth > 127 {
            self.sess.dcx.span_err(span, "recursion limit reached");
            return Some(crate::base::dummy_fragment(self.sess, kind, span));
        }
        let name = mac.path.segments.last()?.ident.name;
        let data = ext.expn_data(span.ctxt().outer_expn(), span, span::MacroKind::Bang, name, None, None);
        let expansion = ExpansionData {
            id: ExpnId::fresh(data),
            depth: self.depth,
            module: Rc::new(ModuleData { mod_path: vec![span::Ident::from_str("krate")], ..ModuleData::default() }),
            lint_node_id: ast::CRATE_NODE_ID,
            is_trailing_mac: false,
        };
        let mut resolver = TestResolver { sess: self.sess, macros: self.macros, derives_copy: false };
        let mut cx = ExpansionCx::new(self.sess, &mut resolver, expansion);
        match ext.expand_bang(&mut cx, kind, span, mac) {
            ExpandResult::Ready(fragment) => Some(fragment),
            ExpandResult::Retry => None,
        }
    }
}

impl MutVisitor for Expander<'_> {
    fn visit_expr(&mut self, expr: &mut Expr) {
        let depth = self.depth;
        while let ExprKind::MacCall(mac) = &expr.kind {
            let mac = mac.clone();
            match self.expand(AstFragmentKind::Expr, expr.span, &mac) {
                Some(fragment) => *expr = *fragment.make_expr(),
                None => break,
            }
            self.depth += 1;
        }
        mut_visit::walk_expr(self, expr);
        self.depth = depth;
    }

    fn flat_map_item(&mut self, mut item: P<ast::Item>) -> SmallVec<[P<ast::Item>; 1]> {
        if let ItemKind::MacCall(mac) = &item.kind
            && let Some(fragment) = self.expand(AstFragmentKind::Items, item.span, &mac.clone())
        {
            self.depth += 1;
            let items = fragment.make_items().into_iter().flat_map(|item| self.flat_map_item(item)).collect();
            self.depth -= 1;
            return items;
        }
        if let ItemKind::MacroDef(ident, def) = &item.kind {
            self.macros.define(self.sess, &item, *ident, def);
        }
        mut_visit::walk_item(self, &mut item);
        SmallVec::from_elem(item, 1)
    }

    fn flat_map_stmt(&mut self, stmt: ast::Stmt) -> SmallVec<[ast::Stmt; 1]> {
        if let ast::StmtKind::MacCall(mac) = &stmt.kind
            && let Some(fragment) = self.expand(AstFragmentKind::Stmts, stmt.span, &mac.mac.clone())
        {
            self.depth += 1;
            let mut stmts: SmallVec<[ast::Stmt; 1]> =
                fragment.make_stmts().into_iter().flat_map(|stmt| self.flat_map_stmt(stmt)).collect();
            if mac.style == ast::MacStmtStyle::Semicolon
                && let Some(last) = stmts.pop()
            {
                stmts.push(last.add_trailing_semicolon());
            }
            self.depth -= 1;
            return stmts;
        }
        mut_visit::walk_flat_map_stmt(self, stmt)
    }

    fn visit_ty(&mut self, ty: &mut ast::Ty) {
        if let ast::TyKind::MacCall(mac) = &ty.kind
            && let Some(fragment) = self.expand(AstFragmentKind::Ty, ty.span, &mac.clone())
        {
            *ty = *fragment.make_ty();
        }
        mut_visit::walk_ty(self, ty);
    }

    fn visit_pat(&mut self, pat: &mut ast::Pat) {
        if let ast::PatKind::MacCall(mac) = &pat.kind
            && let Some(fragment) = self.expand(AstFragmentKind::Pat, pat.span, &mac.clone())
        {
            *pat = *fragment.make_pat();
        }
        mut_visit::walk_pat(self, pat);
    }
}

/// Runs `f` in a session on a parsed fixture.
fn with_crate<R>(
    fixture: &str,
    edition: Edition,
    options: impl FnOnce(&mut Options),
    f: impl FnOnce(&Session, Crate) -> R,
) -> R {
    span::create_session_globals_then(edition, || {
        let mut opts = Options { edition, ..Options::default() };
        options(&mut opts);
        let target = Target::from_triple("x86_64-unknown-linux-musl").expect("a known target");
        let mut files = MemoryFileSystem::new();
        files.insert("src/other.txt", b"some \"text\"".to_vec());
        files.insert("src/exprs.in", b"1 + 2".to_vec());
        let sess = Session::new(opts, target, Rc::new(files));
        let file = sess.source_map.new_source_file(FileName::Real("src/main.rs".to_string()), fixture.to_string());
        match parser::parse_crate_from_source(&sess, &file) {
            Ok(krate) => f(&sess, krate),
            Err(_) => panic!("{:#?}", messages(&sess)),
        }
    })
}

/// Errors and buffered lints: line, message, notes.
fn messages(sess: &Session) -> Vec<String> {
    let lints = sess.buffered_lints.borrow().iter().map(|lint| (*lint.diag).clone()).collect::<Vec<_>>();
    let show = |diag: &diagnostics::DiagInner| {
        let line = diag
            .span
            .primary_span()
            .and_then(|span| sess.source_map.lookup_char_pos(span.lo()))
            .map_or(0, |loc| loc.line);
        let mut text = format!("{line}: {}", diag.message);
        if let Some(code) = diag.code {
            text.push_str(&format!(" [{code}]"));
        }
        for child in &diag.children {
            text.push_str(&format!("\n  {}: {}", child.level.to_str(), child.message));
        }
        text
    };
    sess.dcx.emitted().iter().chain(&lints).map(show).collect()
}

/// Collects the fixture's macros.
fn compile_macros(sess: &Session, krate: &Crate) -> Macros {
    let macros = Macros::default();
    for item in &krate.items {
        if let ItemKind::MacroDef(ident, def) = &item.kind {
            macros.define(sess, item, *ident, def);
        }
    }
    macros
}

/// Expands all macro calls of a fixture and shows the tokens of `stringify!` of each remaining item, or the errors.
fn expand_fixture(fixture: &str, edition: Edition) -> (String, Vec<String>) {
    with_crate(
        fixture,
        edition,
        |_| {},
        |sess, mut krate| {
            let macros = compile_macros(sess, &krate);
            krate.items.retain(|item| !matches!(item.kind, ItemKind::MacroDef(..)));
            Expander { sess, macros: &macros, depth: 0 }.visit_crate(&mut krate);
            let text: Vec<String> = krate.items.iter().map(|item| ast::pretty::item_to_string(item)).collect();
            (text.join("\n"), messages(sess))
        },
    )
}

/// Expands a derive on the first item of the fixture.
fn expand_derive(fixture: &str, derive: &str, derives_copy: bool) -> (String, Vec<String>) {
    with_crate(
        fixture,
        Edition::Edition2021,
        |_| {},
        |sess, krate| {
            let name = Symbol::intern(derive);
            let Some(kind) = crate::builtin::lookup(name) else { panic!("no derive {derive}") };
            assert!(matches!(kind, SyntaxExtensionKind::Derive(_)));
            let ext = SyntaxExtension::default(kind, Edition::Edition2021);
            let item = krate.items[0].clone();
            let path = Path::from_ident(span::Ident::new(name, item.span));
            let data = ext.expn_data(ExpnId::root(), item.span, span::MacroKind::Derive, name, None, None);
            let expansion = ExpansionData {
                id: ExpnId::fresh(data),
                depth: 0,
                module: Rc::new(ModuleData::default()),
                lint_node_id: ast::CRATE_NODE_ID,
                is_trailing_mac: false,
            };
            let macros = Macros::default();
            let mut resolver = TestResolver { sess, macros: &macros, derives_copy };
            let mut cx = ExpansionCx::new(sess, &mut resolver, expansion);
            let item = Annotatable::Item(item);
            let fragment = match ext.expand_derive(&mut cx, AstFragmentKind::Items, &path, item, false) {
                ExpandResult::Ready(fragment) => fragment,
                ExpandResult::Retry => panic!("derives do not wait"),
            };
            let items = fragment.make_items();
            let text: Vec<String> = items.iter().map(|item| ast::pretty::item_to_string(item)).collect();
            (text.join("\n"), messages(sess))
        },
    )
}

/// Expands each call among the fixture's items once, to tokens.
fn expand_calls(fixture: &str, edition: Edition, features: &[&str]) -> String {
    with_crate(
        fixture,
        edition,
        |_| {},
        |sess, krate| {
            for feature in features {
                sess.features.borrow_mut().enabled.push((Symbol::intern(feature), span::DUMMY_SP));
            }
            let macros = compile_macros(sess, &krate);
            let mut out = Vec::new();
            for item in &krate.items {
                let ItemKind::MacCall(mac) = &item.kind else { continue };
                let Some(ext) = macros.get(&mac.path) else { panic!("no such macro") };
                let SyntaxExtensionKind::MacroRules(expander) = &ext.kind else { continue };
                let data =
                    ext.expn_data(ExpnId::root(), item.span, span::MacroKind::Bang, expander.name.name, None, None);
                let expansion = ExpansionData {
                    id: ExpnId::fresh(data),
                    depth: 0,
                    module: Rc::new(ModuleData::default()),
                    lint_node_id: ast::CRATE_NODE_ID,
                    is_trailing_mac: false,
                };
                let mut resolver = TestResolver { sess, macros: &macros, derives_copy: false };
                let mut cx = ExpansionCx::new(sess, &mut resolver, expansion);
                if let crate::base::MacResult::Tokens(result) =
                    expander.expand_bang(&mut cx, item.span, &mac.args.tokens)
                {
                    out.push(ast::pretty::tts_to_string(&result.tokens));
                }
            }
            out.extend(messages(sess));
            out.join("\n")
        },
    )
}
