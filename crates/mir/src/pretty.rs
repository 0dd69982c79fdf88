//! The text form of bodies, as `--emit=mir` and `-Zunpretty=mir` write it.

use std::fmt::{self, Write};

use span::FxIndexMap;
use ty::Mutability;

use crate::{BasicBlock, Body, Local, OUTERMOST_SOURCE_SCOPE, SourceScope, VarDebugInfoContents};

/// What introduces a body's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BodyHead {
    /// `fn name(args) -> T`; closures too
    Fn,
    /// `const name: T =`
    Const,
    Static(Mutability),
    /// A body that is not an item of its own, e.g. an inline constant.
    Other,
}

/// Writes a body; `path` is its name.
pub fn write_mir_fn(w: &mut dyn Write, body: &Body<'_>, head: BodyHead, path: &str) -> fmt::Result {
    write_head(w, body, head, path)?;
    write_scope_tree(w, body, &scope_tree(body), OUTERMOST_SOURCE_SCOPE, 1)?;
    writeln!(w)?;
    for bb in body.basic_blocks.indices() {
        write_basic_block(w, bb, body)?;
        if bb.as_usize() + 1 != body.basic_blocks.len() {
            writeln!(w)?;
        }
    }
    writeln!(w, "}}")
}

/// A body as a string.
pub fn body_to_string(body: &Body<'_>, head: BodyHead, path: &str) -> String {
    let mut out = String::new();
    write_mir_fn(&mut out, body, head, path).expect("writing to a string");
    out
}

fn write_head(w: &mut dyn Write, body: &Body<'_>, head: BodyHead, path: &str) -> fmt::Result {
    let promoted = body.source.promoted;
    match (head, promoted) {
        (_, Some(_)) | (BodyHead::Const, None) => write!(w, "const ")?,
        (BodyHead::Static(Mutability::Not), None) => write!(w, "static ")?,
        (BodyHead::Static(Mutability::Mut), None) => write!(w, "static mut ")?,
        (BodyHead::Fn, None) => write!(w, "fn ")?,
        (BodyHead::Other, None) => {}
    }
    write!(w, "{path}")?;
    if let Some(p) = promoted {
        write!(w, "::promoted[{}]", p.as_u32())?;
    }
    if head == BodyHead::Fn && promoted.is_none() {
        write!(w, "(")?;
        for (i, arg) in body.args_iter().enumerate() {
            if i != 0 {
                write!(w, ", ")?;
            }
            write!(w, "{arg:?}: {}", body.local_decls[arg].ty)?;
        }
        write!(w, ") -> {}", body.return_ty())?;
    } else {
        write!(w, ": {} =", body.return_ty())?;
    }
    if let Some(yield_ty) = body.yield_ty() {
        writeln!(w)?;
        writeln!(w, "yields {yield_ty}")?;
    }
    write!(w, " ")?;
    writeln!(w, "{{")
}

fn scope_tree(body: &Body<'_>) -> FxIndexMap<SourceScope, Vec<SourceScope>> {
    let mut tree: FxIndexMap<SourceScope, Vec<SourceScope>> = FxIndexMap::default();
    for (scope, data) in body.source_scopes.iter_enumerated() {
        if let Some(parent) = data.parent_scope {
            tree.entry(parent).or_default().push(scope);
        }
    }
    tree
}

fn write_scope_tree(
    w: &mut dyn Write,
    body: &Body<'_>,
    tree: &FxIndexMap<SourceScope, Vec<SourceScope>>,
    parent: SourceScope,
    depth: usize,
) -> fmt::Result {
    let pad = depth * 4;
    for info in &body.var_debug_info {
        if info.source_info.scope != parent {
            continue;
        }
        write!(w, "{:pad$}debug {}", "", info.name)?;
        if let Some(fragment) = &info.composite {
            for elem in &fragment.projection {
                if let crate::ProjectionElem::Field(f, _) = elem {
                    write!(w, ".{}", f.as_usize())?;
                }
            }
        }
        match &info.value {
            VarDebugInfoContents::Place(p) => writeln!(w, " => {p:?};")?,
            VarDebugInfoContents::Const(c) => writeln!(w, " => {c};")?,
        }
    }
    for (local, decl) in body.local_decls.iter_enumerated() {
        let is_arg = (1..=body.arg_count).contains(&local.as_usize());
        if is_arg || decl.source_info.scope != parent {
            continue;
        }
        write!(w, "{:pad$}let {}{local:?}: {}", "", if decl.mutability.is_mut() { "mut " } else { "" }, decl.ty)?;
        if let Some(user_ty) = &decl.user_ty {
            for proj in user_ty.projections() {
                write!(w, " as {proj:?}")?;
            }
        }
        writeln!(w, ";")?;
    }
    for &child in tree.get(&parent).map_or(&[][..], |c| c) {
        let data = &body.source_scopes[child];
        let special = match data.inlined {
            Some((callee, _)) => {
                format!(" (inlined {})", ty::print::value_path_str_with_args(callee.def_id(), callee.args))
            }
            None => String::new(),
        };
        writeln!(w, "{:pad$}scope {}{special} {{", "", child.as_u32())?;
        write_scope_tree(w, body, tree, child, depth + 1)?;
        writeln!(w, "{:pad$}}}", "")?;
    }
    Ok(())
}

fn write_basic_block(w: &mut dyn Write, bb: BasicBlock, body: &Body<'_>) -> fmt::Result {
    let data = &body[bb];
    writeln!(w, "    {bb:?}{}: {{", if data.is_cleanup { " (cleanup)" } else { "" })?;
    for stmt in &data.statements {
        writeln!(w, "        {stmt:?};")?;
    }
    match &data.terminator {
        Some(term) => writeln!(w, "        {term:?};")?,
        None => writeln!(w, "        <no terminator>;")?,
    }
    writeln!(w, "    }}")
}

/// The name of a local as the user wrote it.
pub fn local_name(body: &Body<'_>, local: Local) -> Option<span::Symbol> {
    body.var_debug_info.iter().find_map(|info| match &info.value {
        VarDebugInfoContents::Place(p) if p.as_local() == Some(local) => Some(info.name),
        _ => None,
    })
}
