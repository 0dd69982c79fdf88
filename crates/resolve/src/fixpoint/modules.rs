//! Modules in files of their own: where `mod x;` is looked for, and reading it.
//!
//! `mod x;` in `a/b.rs` is `a/b/x.rs` or `a/b/x/mod.rs`; in `a/mod.rs` or the root file it is `a/x.rs` or `a/x/mod.rs`;
//! `#[path = "p"]` is relative to the directory of the file (and, within inline modules, of their names).

use ast::{AttrVec, Attribute, Inline, Item, ModKind, ModSpans, P};
use diagnostics::codes::*;
use session::{FileError, Session};
use span::{ErrorGuaranteed, Ident, Span, sym};
use thin_vec::ThinVec;

use super::{DirOwnership, Expander};

/// The directory part of a path, without the last `/`.
pub(super) fn parent_dir(path: &str) -> &str {
    path.rfind('/').map_or("", |i| if i == 0 { "/" } else { &path[..i] })
}

fn join(dir: &str, name: &str) -> String {
    if dir.is_empty() || name.starts_with('/') {
        return name.to_string();
    }
    if dir.ends_with('/') { format!("{dir}{name}") } else { format!("{dir}/{name}") }
}

/// Where a module's own modules are looked for.
pub(super) struct ModuleContext {
    pub file_path: Option<String>,
    pub dir_path: String,
    pub dir_ownership: DirOwnership,
}

/// A module's file.
struct ModulePath {
    file_path: String,
    dir_ownership: DirOwnership,
}

enum ModError {
    CircularInclusion(Vec<String>),
    ModInBlock(Option<Ident>),
    FileNotFound(Ident, String, String),
    MultipleCandidates(Ident, String, String),
}

/// Determines a module's directory; reads it from its file if it has one.
pub(super) fn enter_module(
    cx: &mut Expander<'_, '_, '_>,
    ident: Ident,
    span: Span,
    mod_kind: &mut ModKind,
    attrs: &mut AttrVec,
) -> ModuleContext {
    let session = cx.r.session();
    let module = cx.place.data.module.clone();
    let ownership = cx.place.dir_ownership;
    match mod_kind {
        ModKind::Loaded(_, inline, _) => {
            let from_attr = path_from_attr(attrs, &module.dir_path);
            match inline {
                Inline::Yes => {
                    if let Some(dir_path) = from_attr {
                        // Of an inline module `#[path]` is the directory.
                        let dir_ownership = DirOwnership::Owned { relative: None };
                        return ModuleContext { file_path: None, dir_path, dir_ownership };
                    }
                    let mut dir_path = module.dir_path.clone();
                    let mut dir_ownership = ownership;
                    if let DirOwnership::Owned { relative } = &mut dir_ownership
                        && let Some(ident) = relative.take()
                    {
                        dir_path = join(&dir_path, ident.as_str());
                    }
                    dir_path = join(&dir_path, ident.as_str());
                    ModuleContext { file_path: None, dir_path, dir_ownership }
                }
                Inline::No { .. } => match mod_file_path(session, ident, attrs, &module.dir_path, ownership) {
                    Ok(path) => ModuleContext {
                        dir_path: parent_dir(&path.file_path).to_string(),
                        file_path: Some(path.file_path),
                        dir_ownership: path.dir_ownership,
                    },
                    Err(_) => ModuleContext { file_path: None, dir_path: String::new(), dir_ownership: ownership },
                },
            }
        }
        ModKind::Unloaded => {
            let found =
                mod_file_path(session, ident, attrs, &module.dir_path, ownership).and_then(|path| {
                    match module.file_path_stack.iter().position(|file| *file == path.file_path) {
                        Some(start) => {
                            let mut cycle = module.file_path_stack[start..].to_vec();
                            cycle.push(path.file_path);
                            Err(ModError::CircularInclusion(cycle))
                        }
                        None => Ok(path),
                    }
                });
            match found {
                Ok(path) => {
                    let (items, spans, had_parse_error) = parse_file(session, &path.file_path, span, attrs);
                    *mod_kind = ModKind::Loaded(items, Inline::No { had_parse_error }, spans);
                    ModuleContext {
                        dir_path: parent_dir(&path.file_path).to_string(),
                        file_path: Some(path.file_path),
                        dir_ownership: path.dir_ownership,
                    }
                }
                Err(error) => {
                    let guar = report_mod_error(session, error, span);
                    let spans = ModSpans { inner_span: span, inject_use_span: span };
                    *mod_kind = ModKind::Loaded(ThinVec::new(), Inline::No { had_parse_error: Err(guar) }, spans);
                    ModuleContext { file_path: None, dir_path: String::new(), dir_ownership: ownership }
                }
            }
        }
    }
}

fn parse_file(
    session: &Session,
    file_path: &str,
    span: Span,
    attrs: &mut AttrVec,
) -> (ThinVec<P<Item>>, ModSpans, Result<(), ErrorGuaranteed>) {
    let empty = ModSpans { inner_span: span, inject_use_span: span };
    let text = match session.fs.read_to_string(file_path) {
        Ok(text) => text,
        Err(error) => {
            let why = match error {
                FileError::NotFound => "No such file or directory (os error 2)".to_string(),
                FileError::InvalidUtf8(_) => "stream did not contain valid UTF-8".to_string(),
                FileError::Other(why) => why,
            };
            let guar = session.dcx().span_err(span, format!("couldn't read `{file_path}`: {why}"));
            return (ThinVec::new(), empty, Err(guar));
        }
    };
    let errors_before = session.dcx().err_count();
    let file = session.source_map().new_source_file(span::FileName::Real(file_path.to_string()), text);
    let (mod_attrs, items, spans) = match parser::parse_item_mod(session, &file) {
        Ok(parsed) => parsed,
        Err(guar) => return (ThinVec::new(), empty, Err(guar)),
    };
    attrs.extend(mod_attrs);
    let had_error = match session.dcx().has_errors() {
        Some(guar) if session.dcx().err_count() > errors_before => Err(guar),
        _ => Ok(()),
    };
    (items, spans, had_error)
}

fn mod_file_path(
    session: &Session,
    ident: Ident,
    attrs: &[Attribute],
    dir_path: &str,
    dir_ownership: DirOwnership,
) -> Result<ModulePath, ModError> {
    if let Some(file_path) = path_from_attr(attrs, dir_path) {
        // As if it were a `mod.rs`.
        return Ok(ModulePath { file_path, dir_ownership: DirOwnership::Owned { relative: None } });
    }
    let relative = match dir_ownership {
        DirOwnership::Owned { relative } => relative,
        DirOwnership::UnownedViaBlock => None,
    };
    let result = default_submod_path(session, ident, relative, dir_path);
    match dir_ownership {
        DirOwnership::Owned { .. } => result,
        DirOwnership::UnownedViaBlock => Err(ModError::ModInBlock(result.is_ok().then_some(ident))),
    }
}

fn path_from_attr(attrs: &[Attribute], dir_path: &str) -> Option<String> {
    let path = ast::attr::find_by_name(attrs, sym::path)?.value_str()?;
    Some(join(dir_path, path.as_str()))
}

fn default_submod_path(
    session: &Session,
    ident: Ident,
    relative: Option<Ident>,
    dir_path: &str,
) -> Result<ModulePath, ModError> {
    let dir = match relative {
        Some(relative) => join(dir_path, relative.name.as_str()),
        None => dir_path.to_string(),
    };
    let default_path = join(&dir, &format!("{}.rs", ident.name));
    let secondary_path = join(&dir, &format!("{}/mod.rs", ident.name));
    match (session.fs.exists(&default_path), session.fs.exists(&secondary_path)) {
        (true, false) => {
            Ok(ModulePath { file_path: default_path, dir_ownership: DirOwnership::Owned { relative: Some(ident) } })
        }
        (false, true) => {
            Ok(ModulePath { file_path: secondary_path, dir_ownership: DirOwnership::Owned { relative: None } })
        }
        (false, false) => Err(ModError::FileNotFound(ident, default_path, secondary_path)),
        (true, true) => Err(ModError::MultipleCandidates(ident, default_path, secondary_path)),
    }
}

fn report_mod_error(session: &Session, error: ModError, span: Span) -> ErrorGuaranteed {
    let dcx = session.dcx();
    match error {
        ModError::CircularInclusion(paths) => dcx.span_err(span, format!("circular modules: {}", paths.join(" -> "))),
        ModError::ModInBlock(ident) => {
            let msg = "cannot declare a file module inside a block unless it has a path attribute";
            let mut diag = dcx.struct_span_err(span, msg);
            if let Some(ident) = ident {
                diag.span_note(span, format!("maybe `use` the module `{ident}` instead of redeclaring it"));
            }
            diag.emit()
        }
        ModError::FileNotFound(name, default_path, secondary_path) => {
            let mut diag = dcx.struct_span_err(span, format!("file not found for module `{name}`"));
            diag.code(E0583);
            diag.help(format!("to create the module `{name}`, create file \"{default_path}\" or \"{secondary_path}\""));
            diag.note(
                "if there is a `mod ".to_string()
                    + name.as_str()
                    + "` elsewhere in the crate already, import it with `use crate::...` instead",
            );
            diag.emit()
        }
        ModError::MultipleCandidates(name, default_path, secondary_path) => {
            let msg = format!("file for module `{name}` found at both \"{default_path}\" and \"{secondary_path}\"");
            dcx.struct_span_err(span, msg)
                .with_code(E0584)
                .with_help("delete or rename one of them to remove the ambiguity")
                .emit()
        }
    }
}
