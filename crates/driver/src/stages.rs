//! The stages as text, each piece with the source that it came from: `-Zstages=expanded,hir,thir,mir,clif,asm`.
//!
//! This is for shells that show stages side by side (the page): one run gives any of them beside the usual outputs.

use mir::{BasicBlock, Body, SourceInfo};
use query::TyCtxt;
use session::Session;
use span::def_id::LOCAL_CRATE;
use span::{FileName, Span};

use crate::pipeline::Outcome;

/// A piece of a stage's text and where it came from; all offsets in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub start: u32,
    pub end: u32,
    pub file: String,
    pub source_start: u32,
    pub source_end: u32,
}

/// A stage's text.
#[derive(Clone, Debug)]
pub struct StageText {
    /// As in `-Zstages`.
    pub name: &'static str,
    pub text: String,
    pub mappings: Vec<Mapping>,
}

/// A piece of text by its byte offsets, and its span.
pub(crate) type Mark = (usize, usize, Span);

/// Whether `-Zstages` names a stage.
pub(crate) fn wants(sess: &Session, name: &str) -> bool {
    sess.opts.z_value("stages").is_some_and(|list| list.split(',').any(|s| s == name))
}

/// Whether `-Zstages` needs code.
pub(crate) fn wants_code(sess: &Session) -> bool {
    wants(sess, "clif") || wants(sess, "asm")
}

/// Adds a stage if it is asked for.
pub(crate) fn add(
    sess: &Session,
    outcome: &mut Outcome,
    name: &'static str,
    make: impl FnOnce() -> (String, Vec<Mark>),
) {
    if !wants(sess, name) {
        return;
    }
    let (text, marks) = make();
    let mappings = marks.into_iter().filter_map(|mark| locate(sess, mark, text.len())).collect();
    outcome.stages.push(StageText { name, text, mappings });
}

/// A mark as a mapping, if its span is in the local crate's files. What macros made is shown where they were called.
fn locate(sess: &Session, (start, end, span): Mark, len: usize) -> Option<Mapping> {
    let span = span.source_callsite();
    let end = end.min(len);
    if span.is_dummy() || start >= end {
        return None;
    }
    let file = sess.source_map.lookup_source_file(span.lo())?;
    let FileName::Real(name) = &file.name else { return None };
    if file.cnum != LOCAL_CRATE || !file.contains(span.hi()) {
        return None;
    }
    let offset = |pos: span::BytePos| pos.0 - file.start_pos.0;
    let (source_start, source_end) = (offset(span.lo()), offset(span.hi()));
    Some(Mapping { start: start as u32, end: end as u32, file: name.clone(), source_start, source_end })
}

/// The THIR of all bodies.
pub(crate) fn thir(tcx: TyCtxt<'_>) -> (String, Vec<Mark>) {
    let (mut out, mut marks) = (String::new(), Vec::new());
    for owner in tcx.hir_body_owners() {
        let Ok(thir) = mir_build::thir_body(tcx, owner) else { continue };
        out += &format!("{:?}:\n", owner.to_def_id());
        let (text, inner) = mir_build::thir::print::thir_tree_with_spans(&thir.0, thir.1);
        marks.extend(inner.into_iter().map(|(start, end, span)| (start + out.len(), end + out.len(), span)));
        out += &text;
        out.push('\n');
    }
    (out, marks)
}

/// The MIR that code is made from, as `--emit=mir` has it.
pub(crate) fn mir<'tcx>(tcx: TyCtxt<'tcx>) -> (String, Vec<Mark>) {
    let (mut out, mut marks) = (String::new(), Vec::new());
    let mut add = |body: &Body<'tcx>| {
        if !out.is_empty() {
            out.push('\n');
        }
        let text = tcx.mir_to_string(body);
        mark_lines(body, &text, out.len(), &mut marks);
        out += &text;
    };
    query::with_no_trimmed_paths(|| {
        for &def in tcx.mir_keys(()) {
            add(tcx.instance_mir(ty::InstanceKind::Item(def.to_def_id())));
            for promoted in tcx.promoted_mir(def.to_def_id()) {
                add(promoted);
            }
        }
    });
    (out, marks)
}

/// Marks the lines of a body's text: those of a block are its statements, one each, and its terminator.
fn mark_lines(body: &Body<'_>, text: &str, base: usize, marks: &mut Vec<Mark>) {
    marks.push((base, base + text.trim_end().len(), body.span));
    let mut at = base;
    // The block that the line is in, and its number there.
    let mut place: Option<(BasicBlock, usize)> = None;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len();
        place = match place {
            _ if line.starts_with("    bb") => {
                let number = line["    bb".len()..].split(|c: char| !c.is_ascii_digit()).next();
                number.and_then(|n| n.parse().ok()).map(|n| (BasicBlock::from_usize(n), 0))
            }
            Some(_) if line.starts_with("    }") => None,
            Some((block, n)) if body.basic_blocks.get(block).is_some() => {
                let data = &body.basic_blocks[block];
                let info = match data.statements.get(n) {
                    Some(statement) => Some(statement.source_info),
                    None => data.terminator.as_ref().map(|t| t.source_info),
                };
                if let Some(info) = info {
                    marks.push((start, end, call_site(body, info)));
                }
                Some((block, n + 1))
            }
            other => other,
        };
    }
}

/// Where a statement is from the body's point of view: what was inlined is at its call.
fn call_site(body: &Body<'_>, info: SourceInfo) -> Span {
    let mut span = info.span;
    let mut scope = Some(info.scope);
    while let Some(data) = scope.and_then(|s| body.source_scopes.get(s)) {
        if let Some((_, site)) = data.inlined {
            span = site;
            scope = data.parent_scope;
        } else {
            scope = data.inlined_parent_scope;
        }
    }
    span
}
