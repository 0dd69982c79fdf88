//! Resolution of fixtures: what is reported, and what names come to mean.

mod errors;
mod expansion;
mod meaning;

use std::fmt::Write;
use std::rc::Rc;

use hir::definitions::{DefKey, DefPath, Definitions};
use query::{CrateStore, ExternProviders, Providers, TyCtxt};
use session::{MemoryFileSystem, Options, Session, Target};
use span::def_id::{CrateNum, DefId, DefPathHash, StableCrateId};
use span::{Edition, FileName, Span, Symbol};

use crate::ResolverOutputs;

struct NoCrates<'a>(&'a Session);

impl CrateStore for NoCrates<'_> {
    fn as_any(&self) -> &dyn std::any::Any {
        unreachable!("nobody asks")
    }
    fn crates(&self) -> Vec<CrateNum> {
        Vec::new()
    }
    fn crate_name(&self, _: CrateNum) -> Symbol {
        unreachable!("there are no crates")
    }
    fn stable_crate_id(&self, _: CrateNum) -> StableCrateId {
        unreachable!("there are no crates")
    }
    fn stable_crate_id_to_crate_num(&self, _: StableCrateId) -> Option<CrateNum> {
        None
    }
    fn def_key(&self, _: DefId) -> DefKey {
        unreachable!("there are no crates")
    }
    fn def_path(&self, _: DefId) -> DefPath {
        unreachable!("there are no crates")
    }
    fn def_path_hash(&self, _: DefId) -> DefPathHash {
        unreachable!("there are no crates")
    }
    fn def_path_hash_to_def_id(&self, _: DefPathHash) -> Option<DefId> {
        None
    }
    fn load_crate(&self, name: Symbol, span: Span) -> Result<CrateNum, diagnostics::ErrorGuaranteed> {
        Err(self.0.dcx().span_err(span, format!("can't find crate for `{name}`")))
    }
    fn maybe_load_crate(&self, _: Symbol) -> Option<CrateNum> {
        None
    }
}

/// What came of a fixture.
struct Resolved<'a> {
    sess: &'a Session,
    tcx: TyCtxt<'a>,
    krate: ast::Crate,
    outputs: ResolverOutputs,
}

/// Resolves `files`, of which the first is the root; attributes for a crate without a library are put before it, on a
/// line of their own that is not counted.
fn resolve(edition: Edition, files: &[(&str, &str)], f: impl FnOnce(Resolved<'_>)) {
    span::create_session_globals_then(edition, || {
        let mut fs = MemoryFileSystem::new();
        for (name, text) in files {
            fs.insert(*name, text.as_bytes());
        }
        let mut opts = Options { edition, input: files[0].0.to_string(), ..Options::default() };
        opts.env.push(("RUSTC_BOOTSTRAP".to_string(), "1".to_string()));
        let target = Target::from_triple("x86_64-unknown-linux-musl").expect("a known target");
        let sess = Session::new(opts, target, Rc::new(fs));
        let features = "no_core, rustc_attrs, lang_items, decl_macro, auto_traits, min_specialization";
        let text = format!("#![no_core] #![feature({features})]\n{}", files[0].1);
        let file = sess.source_map.new_source_file(FileName::Real(files[0].0.to_string()), text);
        let krate = parser::parse_crate_from_source(&sess, &file).expect("a fixture that parses");
        let arena = ty::Arena::default();
        let store = NoCrates(&sess);
        let definitions = Definitions::new(StableCrateId(1));
        let tcx = TyCtxt::new(&arena, &sess, &store, definitions, Providers::default(), ExternProviders::default());
        let (krate, outputs) = crate::resolve_crate(tcx, krate);
        f(Resolved { sess: &sess, tcx, krate, outputs });
    });
}

impl Resolved<'_> {
    fn place(&self, span: Span) -> String {
        match self.sess.source_map.lookup_char_pos(span.lo()) {
            Some(loc) => format!("{}:{}", loc.line.saturating_sub(1), loc.col.0 + 1),
            None => "nowhere".to_string(),
        }
    }

    /// The diagnostics, with labels and suggestions.
    fn diagnostics(&self) -> String {
        let mut out = String::new();
        for diag in self.sess.dcx().emitted() {
            let code = diag.code.map(|code| format!("[{code}]")).unwrap_or_default();
            let place = diag.span.primary_span().map(|span| self.place(span)).unwrap_or_default();
            writeln!(out, "{}{code} {place}: {}", diag.level.to_str(), diag.message).expect("writing to a string");
            for (span, label) in &diag.span.span_labels {
                writeln!(out, "  {}: {label}", self.place(*span)).expect("writing to a string");
            }
            for child in &diag.children {
                let at = child.span.primary_span().map(|s| format!(" {}", self.place(s))).unwrap_or_default();
                writeln!(out, "  {}{at}: {}", child.level.to_str(), child.message).expect("writing to a string");
            }
            for suggestion in &diag.suggestions {
                let texts: Vec<String> = suggestion
                    .substitutions
                    .iter()
                    .map(|s| s.parts.iter().map(|p| format!("{:?}", p.snippet)).collect::<Vec<_>>().join(" + "))
                    .collect();
                writeln!(out, "  help: {}: {}", suggestion.msg, texts.join(" | ")).expect("writing to a string");
            }
        }
        out
    }
}

/// Checks what is reported of a fixture of edition 2021.
fn check(fixture: &str, expected: expect_test::Expect) {
    check_files(Edition::Edition2021, &[("main.rs", fixture)], expected);
}

fn check_files(edition: Edition, files: &[(&str, &str)], expected: expect_test::Expect) {
    resolve(edition, files, |resolved| expected.assert_eq(&resolved.diagnostics()));
}

/// Checks that nothing is reported.
fn check_ok(fixture: &str) {
    resolve(Edition::Edition2021, &[("main.rs", fixture)], |resolved| assert_eq!(resolved.diagnostics(), ""));
}
