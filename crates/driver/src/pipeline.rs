//! The whole compiler, stage by stage.

use std::cell::Cell;
use std::rc::Rc;

use diagnostics::{DiagInner, DiagSink, ErrorGuaranteed};
use hir::definitions::Definitions;
use query::{ExternProviders, Providers, TyCtxt};
use session::{ColorConfig, CrateType, ErrorFormat, FileError, FileSystem, Options, OutputType, Session, Target};
use span::def_id::StableCrateId;
use span::{FileName, Symbol};

use crate::hover::{self, HoverText};
use crate::stages::{self, StageText};
use crate::{backend, emit, outputs, report};

/// A file to be written by the shell.
#[derive(Clone, Debug)]
pub struct OutputFile {
    pub path: String,
    pub bytes: Vec<u8>,
    /// What it is; see [`crate::outputs::artifact_message`].
    pub kind: OutputType,
    /// Whether it is to be executable.
    pub executable: bool,
}

/// What a compilation came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Whether there were errors.
    pub failed: bool,
    /// What goes to standard output (`-Zunpretty`, `--emit ..=-`).
    pub stdout: String,
    pub files: Vec<OutputFile>,
    /// What `-Zstages` asks for, in the order of the stages.
    pub stages: Vec<StageText>,
    /// What `-Zhover` asks for.
    pub hover: Option<HoverText>,
    /// What the executable is made of.
    pub link_map: Option<linker::LinkMap>,
    /// Rendered diagnostics that were not streamed, in order.
    pub diagnostics: Vec<String>,
    /// Time of each phase is taken by the shell's clock through `on_phase`.
    pub phases: Vec<&'static str>,
}

/// Compiles. `emit_diagnostic` receives each rendered diagnostic as it comes.
pub fn run(
    opts: Options,
    fs: Rc<dyn FileSystem>,
    emit_diagnostic: Rc<dyn Fn(&str)>,
    on_phase: &dyn Fn(&'static str),
) -> Outcome {
    span::create_session_globals_then(opts.edition, || {
        let Some(target) = Target::from_triple(&opts.target_triple) else {
            let msg = format!(
                "error: error loading target specification: could not find specification for target {:?}\n",
                opts.target_triple
            );
            emit_diagnostic(&msg);
            return Outcome { failed: true, ..Outcome::default() };
        };
        let sess = Rc::new(Session::new(opts, target, fs.clone()));
        sess.source_map.set_loader(Rc::new(move |path| fs.read_to_string(path).ok()));
        // The sink renders with the session's source map, so it holds the session weakly.
        let most = sess.opts.z_value("most-diagnostics").and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
        let left_out = Rc::new(Cell::new(0));
        let (session, left) = (Rc::downgrade(&sess), left_out.clone());
        sess.dcx.set_sink(Box::new(Renderer {
            sess: session,
            emit: emit_diagnostic.clone(),
            room: most,
            left_out: left,
        }));
        let dropped = crate::print::dropped_crate_types(&sess.opts);
        for message in sess.opts.early_warnings.iter().cloned().chain(dropped) {
            sess.dcx.struct_warn(message).emit();
        }
        let mut outcome = Outcome::default();
        let result = compile(&sess, &mut outcome, on_phase);
        match left_out.get() {
            0 => {}
            1 => sess.dcx.note("1 more diagnostic is not shown"),
            n => sess.dcx.note(format!("{n} more diagnostics are not shown")),
        }
        finish(&sess, result.is_err(), &mut outcome);
        outcome
    })
}

struct Renderer {
    sess: std::rc::Weak<Session>,
    emit: Rc<dyn Fn(&str)>,
    /// How many more diagnostics with a place are rendered: `-Zmost-diagnostics`.
    room: usize,
    left_out: Rc<Cell<usize>>,
}

impl DiagSink for Renderer {
    fn emit(&mut self, diag: &DiagInner) {
        if diag.span.primary_span().is_some() {
            if self.room == 0 {
                self.left_out.update(|n| n + 1);
                return;
            }
            self.room -= 1;
        }
        if let Some(sess) = self.sess.upgrade() {
            (self.emit)(&render(&sess, diag));
        }
    }
}

/// One diagnostic in the format asked for.
fn render(sess: &Session, diag: &DiagInner) -> String {
    use diagnostics::render::{HumanOptions, JsonOptions, render_human, render_json, render_short};
    let opts = &sess.opts;
    let human =
        HumanOptions { color: opts.color == ColorConfig::Always, unicode: opts.unicode, width: opts.diagnostic_width };
    match opts.error_format {
        ErrorFormat::Human => render_human(diag, &sess.source_map, human),
        ErrorFormat::Short => render_short(diag, &sess.source_map),
        ErrorFormat::Json | ErrorFormat::PrettyJson => {
            let explain = |code: u16| crate::explain::explain(code).map(str::to_owned);
            let options = JsonOptions {
                short: opts.json_short,
                pretty: opts.error_format == ErrorFormat::PrettyJson,
                human: HumanOptions { color: opts.json_ansi, ..human },
            };
            render_json(diag, &sess.source_map, options, &explain) + "\n"
        }
    }
}

/// The closing lines: how many errors and warnings, and which codes `--explain` knows.
fn finish(sess: &Session, stopped: bool, outcome: &mut Outcome) {
    let dcx = &sess.dcx;
    let (errors, warnings) = (dcx.err_count(), dcx.warn_count());
    if errors == 0 {
        for (span, msg) in dcx.take_delayed_bugs() {
            diagnostics::Diag::new(dcx, diagnostics::Level::Bug, msg).with_span(span).emit();
        }
    }
    let failed = stopped || dcx.err_count() > 0;
    let plural = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let warned = match warnings {
        0 => String::new(),
        n => format!("{} emitted", plural(n, "warning")),
    };
    if errors > 0 {
        let previous = if errors == 1 { "1 previous error".to_owned() } else { format!("{errors} previous errors") };
        let and = if warnings > 0 { format!("; {warned}") } else { String::new() };
        dcx.struct_err(format!("aborting due to {previous}{and}")).emit();
    } else if warnings > 0 && !failed {
        dcx.struct_warn(warned).emit();
    }
    explained_codes(dcx);
    outcome.failed = failed;
}

/// The codes that `--explain` knows.
fn explained_codes(dcx: &diagnostics::DiagCtxt) {
    let note = |m: String| diagnostics::Diag::new(dcx, diagnostics::Level::FailureNote, m).emit();
    let codes: Vec<_> = dcx.emitted_codes().into_iter().filter(|c| crate::explain::explain(c.0).is_some()).collect();
    match codes[..] {
        [] => {}
        [one] => {
            note(format!("For more information about this error, try `rustc --explain {one}`."));
        }
        [first, ..] => {
            let list: Vec<String> = codes.iter().map(ToString::to_string).collect();
            let list =
                if list.len() > 9 { format!("{}...", list[..9].join(", ")) } else { format!("{}.", list.join(", ")) };
            note(format!("Some errors have detailed explanations: {list}"));
            note(format!("For more information about an error, try `rustc --explain {first}`."));
        }
    }
}

/// Every stage's queries.
fn providers<'tcx>() -> Providers<'tcx> {
    let mut p = Providers::default();
    // Without MIR, crates are checked only; the stages of MIR set their own.
    p.is_mir_available = |_, _| false;
    query::hir_map::provide(&mut p);
    passes::provide(&mut p);
    hir_analysis::provide(&mut p);
    trait_solve::provide(&mut p);
    typeck::provide(&mut p);
    mir_build::provide(&mut p);
    mir_transform::provide(&mut p);
    borrowck::provide(&mut p);
    monomorphize::provide(&mut p);
    const_eval::provide(&mut p);
    layout::provide(&mut p);
    lint::provide(&mut p);
    p
}

/// The stages in order. `Err` where an error leaves nothing to go on with.
fn compile(sess: &Rc<Session>, outcome: &mut Outcome, on_phase: &dyn Fn(&'static str)) -> Result<(), ErrorGuaranteed> {
    on_phase("parse_crate");
    let file = load_input(sess)?;
    let krate = parser::parse_crate_from_source(sess, &file)?;
    if sess.opts.z("parse-crate-root-only") {
        return Ok(());
    }

    check_names(sess, &krate);
    sess.check_cfg();

    on_phase("resolve_crate");
    let arena = ty::Arena::new();
    let hir_arena = hir::Arena::new();
    let store = metadata::CStore::new(sess.clone(), Vec::new());
    let crate_name = crate_name(sess, &krate);
    *sess.crate_name.borrow_mut() = Symbol::intern(&crate_name);
    let stable_crate_id = stable_crate_id(sess, &krate, &crate_name);
    store.set_local_id(stable_crate_id);
    let definitions = Definitions::new(stable_crate_id);
    let mut extern_providers = ExternProviders::default();
    metadata::provide_extern(&mut extern_providers);
    let tcx = TyCtxt::new(&arena, sess, &store, definitions, providers(), extern_providers);
    ty::print::with_def_printer(&query::TyCtxtPrinter(tcx), || {
        let (krate, outputs) = resolve::resolve_crate(tcx, krate);
        ast_passes::check_crate(sess, &krate);
        tcx.set_crate_types(crate_types_of(sess, &krate));
        let mut report = sess.opts.z("library-report").then(|| report::Report::new(tcx));
        if let Some(report) = &mut report {
            report.resolved(&outputs.ast_lowering);
        }
        if outputs::wants(&sess.opts, OutputType::DepInfo) {
            emit::dep_info(tcx, outcome);
        }
        stages::add(sess, outcome, "expanded", || ast::pretty::crate_to_string_with_spans(&krate));
        if let Some("expanded") = sess.opts.z_value("unpretty") {
            outcome.stdout += &ast::pretty::crate_to_string(&krate);
            return Ok(());
        }

        on_phase("lower_to_hir");
        tcx.set_resolutions(outputs.global_ctxt);
        let hir_crate = ast_lowering::lower_to_hir(tcx, &krate, outputs.ast_lowering, &hir_arena);
        drop(krate);
        tcx.set_hir_crate(arena.alloc(hir_crate));
        stages::add(sess, outcome, "hir", || hir::print::crate_to_string_with_spans(tcx.hir_crate()));
        if let Some("hir") = sess.opts.z_value("unpretty") {
            outcome.stdout += &emit::hir(tcx);
            return Ok(());
        }

        if let Some(place) = sess.opts.z_value("hover") {
            outcome.hover = hover::at(tcx, place);
            return Ok(());
        }
        if let Some("thir-tree") = sess.opts.z_value("unpretty") {
            outcome.stdout += &emit::thir_tree(tcx);
            return Ok(());
        }

        if let Some(mut report) = report {
            report.analyse(on_phase);
            outcome.stdout += &report.finish();
        } else {
            on_phase("analysis");
            analysis(tcx);
        }
        if let Some(guar) = sess.dcx.has_errors()
            && !sess.opts.z("metadata-with-errors")
        {
            return Err(guar);
        }
        stages::add(sess, outcome, "thir", || stages::thir(tcx));
        stages::add(sess, outcome, "mir", || stages::mir(tcx));
        if outputs::wants(&sess.opts, OutputType::Metadata) {
            on_phase("encode_metadata");
            emit::metadata(tcx, outcome);
        }
        if let Some("mir") = sess.opts.z_value("unpretty") {
            outcome.stdout += &emit::mir(tcx);
            return Ok(());
        }
        if outputs::wants(&sess.opts, OutputType::Mir) {
            emit::mir_file(tcx, outcome);
        }
        if backend::is_needed(tcx) { backend::run(tcx, &store, outcome, on_phase) } else { Ok(()) }
    })
}

/// Every check that has to be made of a crate, in rustc's order.
fn analysis(tcx: TyCtxt<'_>) {
    tcx.lang_items();
    lint::check_early(tcx);
    passes::check_crate(tcx);
    hir_analysis::check_crate(tcx);
    for owner in tcx.hir_body_owners() {
        tcx.typeck(owner);
    }
    // For work on the type checker.
    if tcx.sess().opts.z("typeck-only") {
        return;
    }
    check_constants(tcx);
    check_bodies(tcx);
    passes::check_bodies(tcx);
    // What follows would only add to errors.
    if tcx.dcx().has_errors_excluding_lint_errors().is_some() {
        return;
    }
    passes::check_late(tcx);
    lint::check_crate(tcx);
}

/// Evaluates every constant and static that can be evaluated here: errors in them do not depend on their uses.
pub(crate) fn check_constants(tcx: TyCtxt<'_>) {
    use hir::def::DefKind;
    if tcx.sess().opts.z("no-mir") {
        return;
    }
    for owner in tcx.hir_body_owners() {
        match tcx.def_kind(owner.to_def_id()) {
            DefKind::Static { .. } => {
                let _ = tcx.eval_static_initializer(owner.to_def_id());
            }
            DefKind::Const if tcx.generics_of(owner.to_def_id()).count() == 0 => {
                let instance = ty::Instance::mono(owner.to_def_id());
                let cid = mir::interpret::GlobalId { instance, promoted: None };
                let env = ty::TypingEnv::fully_monomorphized();
                let _ = tcx.eval_to_const_value_raw(env.as_query_input(cid));
            }
            _ => {}
        }
    }
}

/// What is checked of each body once all are typed: unsafety, borrows, constness.
fn check_bodies(tcx: TyCtxt<'_>) {
    // For working on what comes before MIR.
    if tcx.sess().opts.z("no-mir") {
        tcx.hir_body_owners().for_each(|owner| passes::check_body(tcx, owner));
        return;
    }
    for owner in tcx.hir_body_owners() {
        check_body(tcx, owner);
        passes::check_body(tcx, owner);
    }
    for owner in tcx.hir_body_owners() {
        if !tcx.is_typeck_child(owner.to_def_id()) {
            typeck::check_coroutine_obligations(tcx, owner);
        }
    }
    typeck::check_coroutine_recursion(tcx);
}

/// The checks of [`check_bodies`] for one of them.
pub(crate) fn check_body(tcx: TyCtxt<'_>, owner: span::def_id::LocalDefId) {
    if !tcx.is_typeck_child(owner.to_def_id()) {
        tcx.check_unsafety(owner);
    }
    tcx.mir_borrowck(owner);
    tcx.mir_promoted(owner);
    // Code generation would find these errors only in what is reachable.
    if needs_codegen(tcx.sess()) || tcx.hir_body_const_context(owner).is_some() {
        tcx.mir_drops_elaborated_and_const_checked(owner);
    }
}

fn load_input(sess: &Session) -> Result<Rc<span::SourceFile>, ErrorGuaranteed> {
    let path = sess.opts.input.as_str();
    let name = if path == "-" { FileName::Anon } else { FileName::Real(path.to_owned()) };
    let error = |msg: String| sess.dcx.err(msg);
    match sess.fs.read_to_string(path) {
        Ok(text) => Ok(sess.source_map.new_source_file(name, text)),
        Err(FileError::NotFound) => {
            Err(error(format!("couldn't read `{path}`: No such file or directory (os error 2)")))
        }
        Err(FileError::InvalidUtf8(at)) => {
            let mut err = sess.dcx.struct_err(format!("couldn't read `{path}`: stream did not contain valid UTF-8"));
            err.note(format!("byte `{at}` is not valid utf-8"));
            Err(err.emit())
        }
        Err(FileError::Other(why)) => Err(error(format!("couldn't read `{path}`: {why}"))),
    }
}

/// What the command line and the crate's attributes say differently.
fn check_names(sess: &Session, krate: &ast::Crate) {
    let named = |name| krate.attrs.iter().filter(move |a| a.has_name(name));
    let attr = named(span::sym::crate_name).next();
    if let (Some(given), Some(attr)) = (&sess.opts.crate_name, attr)
        && let (Some(name), Some(span)) = (attr.value_str(), attr.value_span())
        && name.as_str() != given
    {
        let msg = format!("`--crate-name` and `#[crate_name]` are required to match, but `{given}` != `{name}`");
        sess.dcx.span_err(span, msg);
    }
}

/// `--crate-name`, `#![crate_name]`, or the file's name.
fn crate_name(sess: &Session, krate: &ast::Crate) -> String {
    if let Some(name) = &sess.opts.crate_name {
        return name.clone();
    }
    let attr = krate.attrs.iter().find(|a| a.has_name(span::sym::crate_name)).and_then(|a| a.value_str());
    if let Some(name) = attr {
        return name.to_string();
    }
    let file = sess.opts.input.rsplit('/').next().unwrap_or_default();
    match file.strip_suffix(".rs").unwrap_or(file) {
        "" | "-" => "rust_out".to_owned(),
        stem => stem.replace('-', "_"),
    }
}

/// A crate's name and `-C metadata` as a number.
fn stable_crate_id(sess: &Session, krate: &ast::Crate, name: &str) -> StableCrateId {
    use std::hash::Hasher;
    // SipHash of bytes: the same on every host.
    let mut h = std::hash::DefaultHasher::new();
    h.write(name.as_bytes());
    h.write(&[u8::from(crate_types_of(sess, krate).contains(&CrateType::Executable))]);
    let mut metadata = sess.opts.metadata.clone();
    metadata.sort();
    metadata.dedup();
    for m in &metadata {
        h.write(&(m.len() as u64).to_le_bytes());
        h.write(m.as_bytes());
    }
    StableCrateId(h.finish())
}

/// What `--crate-type` or, without it, `#![crate_type = ..]` asks for.
fn crate_types_of(sess: &Session, krate: &ast::Crate) -> Vec<CrateType> {
    if !sess.opts.crate_types.is_empty() {
        return sess.opts.crate_types.clone();
    }
    let attrs = krate.attrs.iter().filter(|a| a.has_name(span::sym::crate_type));
    let mut types: Vec<CrateType> = attrs
        .filter_map(|a| match a.value_str()?.as_str() {
            "bin" => Some(CrateType::Executable),
            "proc-macro" => Some(CrateType::ProcMacro),
            "lib" | "rlib" | "dylib" | "cdylib" | "staticlib" => Some(CrateType::Rlib),
            _ => None,
        })
        .collect();
    types.dedup();
    if types.is_empty() { crate_types(sess) } else { types }
}

fn crate_types(sess: &Session) -> Vec<CrateType> {
    if sess.opts.crate_types.is_empty() { vec![CrateType::Executable] } else { sess.opts.crate_types.clone() }
}

/// Whether anything beyond metadata is asked for.
pub(crate) fn needs_codegen(sess: &Session) -> bool {
    let types = &sess.opts.output_types;
    types.is_empty()
        || stages::wants_code(sess)
        || types.iter().any(|(t, _)| !matches!(t, OutputType::Metadata | OutputType::DepInfo | OutputType::Mir))
}
