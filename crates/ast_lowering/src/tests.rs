//! From a fixture through parser and resolution to HIR as text.

use std::rc::Rc;

use expect_test::Expect;
use hir::definitions::{DefKey, DefPath, Definitions};
use query::{CrateStore, ExternProviders, Providers, TyCtxt};
use session::{MemoryFileSystem, Options, Session, Target};
use span::def_id::{CRATE_DEF_ID, CrateNum, DefId, DefPathHash, StableCrateId};
use span::{Edition, FileName, Span, Symbol};

mod coroutine;
mod expr;
mod format;
mod item;
mod node;
mod pat;
mod ty;

/// What fixtures may use without a library. It is not printed.
const PRELUDE: &str = r#"
#![feature(no_core, lang_items, rustc_attrs, intrinsics)]
#![no_core]
#[lang = "pointee_sized"] trait PointeeSized {}
#[lang = "meta_sized"] trait MetaSized: PointeeSized {}
#[lang = "sized"] trait Sized: MetaSized {}
#[lang = "copy"] trait Copy {}
#[lang = "fn_once"] trait FnOnce<Args> { #[lang = "fn_once_output"] type Output; }
#[lang = "fn_mut"] trait FnMut<Args>: FnOnce<Args> {}
#[lang = "fn"] trait Fn<Args>: FnMut<Args> {}
#[lang = "async_fn_once"] trait AsyncFnOnce<Args> {}
#[lang = "async_fn_mut"] trait AsyncFnMut<Args> {}
#[lang = "async_fn"] trait AsyncFn<Args> {}
#[lang = "future_trait"] trait Future { type Output; }
#[lang = "iterator"] trait Iterator { type Item; }
#[lang = "ResumeTy"] struct ResumeTy;
#[lang = "format_argument"] struct Argument<'a>(&'a ());
#[lang = "format_arguments"] struct Arguments<'a>(&'a ());
#[lang = "Option"] enum Option<T> { #[lang = "None"] None, #[lang = "Some"] Some(T) }
use Option::*;
#[rustc_builtin_macro] macro_rules! format_args { () => {} }
trait Tr<T = u8> {}
struct Ref<'a, T>(&'a T);
"#;

/// No other crates.
struct NoCrates;

impl CrateStore for NoCrates {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn crates(&self) -> Vec<CrateNum> {
        Vec::new()
    }
    fn crate_name(&self, _: CrateNum) -> Symbol {
        unreachable!()
    }
    fn stable_crate_id(&self, _: CrateNum) -> StableCrateId {
        unreachable!()
    }
    fn stable_crate_id_to_crate_num(&self, _: StableCrateId) -> Option<CrateNum> {
        None
    }
    fn def_key(&self, _: DefId) -> DefKey {
        unreachable!()
    }
    fn def_path(&self, _: DefId) -> DefPath {
        unreachable!()
    }
    fn def_path_hash(&self, _: DefId) -> DefPathHash {
        unreachable!()
    }
    fn def_path_hash_to_def_id(&self, _: DefPathHash) -> Option<DefId> {
        None
    }
    fn load_crate(&self, _: Symbol, _: Span) -> Result<CrateNum, diagnostics::ErrorGuaranteed> {
        unreachable!()
    }
    fn maybe_load_crate(&self, _: Symbol) -> Option<CrateNum> {
        None
    }
}

/// What a fixture was lowered to.
struct Lowered<'tcx> {
    tcx: TyCtxt<'tcx>,
    /// Where the fixture's own text begins.
    fixture_start: u32,
}

/// Lowers a fixture and gives it to `f`.
fn lower(fixture: &str, f: impl FnOnce(Lowered<'_>)) {
    span::create_session_globals_then(Edition::Edition2021, || {
        let env = vec![("RUSTC_BOOTSTRAP".to_string(), "1".to_string())];
        let opts = Options { edition: Edition::Edition2021, env, ..Options::default() };
        let target = Target::from_triple("x86_64-unknown-linux-musl").expect("a known target");
        let sess = Session::new(opts, target, Rc::new(MemoryFileSystem::new()));
        let file =
            sess.source_map.new_source_file(FileName::Real("main.rs".to_string()), format!("{PRELUDE}{fixture}"));
        let fixture_start = file.start_pos.0 + PRELUDE.len() as u32;
        let krate = parser::parse_crate_from_source(&sess, &file).expect("a fixture that parses");

        let arena = ::ty::Arena::default();
        let hir_arena = hir::Arena::new();
        let mut providers = Providers::default();
        query::hir_map::provide(&mut providers);
        let definitions = Definitions::new(StableCrateId(1));
        let tcx = TyCtxt::new(&arena, &sess, &NoCrates, definitions, providers, ExternProviders::default());
        let (krate, outputs) = resolve::resolve_crate(tcx, krate);
        tcx.set_resolutions(outputs.global_ctxt);
        let hir_crate = crate::lower_to_hir(tcx, &krate, outputs.ast_lowering, &hir_arena);
        tcx.set_hir_crate(hir_arena.alloc_crate(hir_crate));
        f(Lowered { tcx, fixture_start });
    });
}

impl Lowered<'_> {
    fn items(&self) -> String {
        let krate = self.tcx.hir_crate();
        let mut out = String::new();
        for &id in self.tcx.hir_root_module().item_ids {
            let item = krate.item(id);
            if item.span.lo().0 >= self.fixture_start {
                out.push_str(&hir::print::item_to_string(krate, item));
                out.push('\n');
            }
        }
        out
    }

    fn errors(&self) -> Vec<String> {
        let emitted = self.tcx.dcx().take_emitted();
        emitted
            .iter()
            .filter(|diag| diag.level.is_error())
            .map(|diag| {
                let code = diag.code.map_or(String::new(), |code| format!("[{code}]"));
                let text = diag
                    .span
                    .primary_span()
                    .map_or(String::new(), |span| self.tcx.sess().source_map.span_to_snippet(span).unwrap_or_default());
                format!("error{code}: {} at `{text}`", diag.message)
            })
            .collect()
    }
}

/// Lowers a fixture without errors and compares the text of its items.
fn check(fixture: &str, expect: Expect) {
    lower(fixture, |lowered| {
        assert_eq!(lowered.errors(), Vec::<String>::new());
        expect.assert_eq(&lowered.items());
    });
}

/// Compares the errors.
fn check_errors(fixture: &str, expect: Expect) {
    lower(fixture, |lowered| {
        let errors: String = lowered.errors().into_iter().map(|error| error + "\n").collect();
        expect.assert_eq(&errors);
    });
}

#[test]
fn the_crate_root_is_an_owner() {
    lower("", |lowered| {
        let info = lowered.tcx.hir_crate().owner(CRATE_DEF_ID).unwrap();
        assert!(matches!(info.node(), hir::OwnerNode::Crate(_)));
    });
}
