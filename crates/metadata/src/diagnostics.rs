//! Why a crate was not loaded, in rustc's words.

use diagnostics::codes::{E0460, E0461, E0463, E0464, E0519, E0786};
use diagnostics::{Diag, ErrorGuaranteed};
use span::{Span, Symbol};

use crate::store::CStore;

/// Why no crate was loaded.
pub(crate) enum CrateError {
    /// Nothing by that name.
    NotFound(Symbol),
    /// A dependency of `by`, which is not there.
    DependencyNotFound { name: String, by: String },
    /// `--extern name=path` leads nowhere.
    ExternLocation { name: Symbol, path: String, is_file: bool },
    /// The path of an `--extern` has no library's file name.
    ExternFileName { name: Symbol, path: String },
    /// Several different crates by that name.
    Multiple { name: Symbol, paths: Vec<String> },
    /// Other targets' crates only.
    Target { name: Symbol, wanted: String, found: Vec<(String, String)> },
    /// A dependency of `by` is there, but was compiled again since.
    Newer { name: String, by: String, found: Vec<(String, String)> },
    /// Files that are no metadata of this compiler.
    Invalid { name: Symbol, paths: Vec<String> },
    /// The crate being compiled under its own name and metadata.
    Itself(String),
}

impl CrateError {
    /// As an error about what crate `by` at `path` depends on.
    pub(crate) fn of_dependency(self, by: &str, path: &str) -> CrateError {
        match self {
            CrateError::NotFound(name) => CrateError::DependencyNotFound { name: name.to_string(), by: by.to_owned() },
            CrateError::Newer { name, mut found, .. } => {
                found.push((by.to_owned(), path.to_owned()));
                CrateError::Newer { name, by: by.to_owned(), found }
            }
            other => other,
        }
    }

    /// Reports it where the crate is asked for.
    pub(crate) fn report(self, store: &CStore, span: Span) -> ErrorGuaranteed {
        let dcx = &store.sess.dcx;
        let err = |msg: String, code| {
            let mut err = dcx.struct_span_err(span, msg);
            err.code(code);
            err
        };
        let versions = |list: &[(String, String)], what: &str| {
            let lines = list.iter().map(|(c, p)| format!("crate `{c}`{what}: {p}"));
            format!("the following crate versions were found:\n{}", lines.collect::<Vec<_>>().join("\n"))
        };
        match self {
            CrateError::NotFound(name) => missing(store, span, err(format!("can't find crate for `{name}`"), E0463), name),
            CrateError::DependencyNotFound { name, by } => {
                let msg = format!("can't find crate for `{name}` which `{by}` depends on");
                missing(store, span, err(msg, E0463), Symbol::intern(&name))
            }
            CrateError::ExternLocation { name, path, is_file } => {
                let what = if is_file { "is not a file" } else { "does not exist" };
                dcx.span_err(span, format!("extern location for {name} {what}: {path}"));
                missing(store, span, err(format!("can't find crate for `{name}`"), E0463), name)
            }
            CrateError::ExternFileName { name, path } => {
                dcx.struct_span_err(span, format!("extern location for {name} is of an unknown type: {path}"))
                    .with_help("file name should be lib*.rlib or lib*.so")
                    .emit();
                missing(store, span, err(format!("can't find crate for `{name}`"), E0463), name)
            }
            CrateError::Multiple { name, paths } => {
                let mut err = err(format!("multiple candidates for `rmeta` dependency `{name}` found"), E0464);
                for (i, path) in paths.iter().enumerate() {
                    err.note(format!("candidate #{}: {path}", i + 1));
                }
                err.emit()
            }
            CrateError::Target { name, wanted, found } => {
                let mut err = err(format!("couldn't find crate `{name}` with expected target triple {wanted}"), E0461);
                let lines = found.iter().map(|(triple, p)| format!("crate `{name}`, target triple {triple}: {p}"));
                let lines = lines.collect::<Vec<_>>().join("\n");
                err.note(format!("the following crate versions were found:\n{lines}"));
                err.emit()
            }
            CrateError::Newer { name, by, found } => {
                let mut err =
                    err(format!("found possibly newer version of crate `{name}` which `{by}` depends on"), E0460);
                err.note("perhaps that crate needs to be recompiled?");
                err.note(versions(&found, ""));
                err.emit()
            }
            CrateError::Invalid { name, paths } => {
                let mut err = err(format!("found invalid metadata files for crate `{name}`"), E0786);
                for path in paths {
                    err.note(format!("invalid metadata version found: {path}"));
                }
                err.emit()
            }
            CrateError::Itself(name) => err(
                format!(
                    "the current crate is indistinguishable from one of its dependencies: same crate-name `{name}` and same `-C metadata` arguments, so this will result in symbol conflicts between the two"
                ),
                E0519,
            )
            .emit(),
        }
    }
}

fn missing(store: &CStore, span: Span, mut err: Diag<'_>, name: Symbol) -> ErrorGuaranteed {
    if matches!(name.as_str(), "std" | "core" | "alloc") {
        let triple = &store.sess.opts.target_triple;
        err.note(format!("the `{triple}` target may not be installed"));
    }
    if !span.is_dummy() {
        err.span_label(span, "can't find crate");
    }
    err.emit()
}
