//! `-Zunpretty=thir-tree`.

use std::fmt::Write;

use super::*;

/// A body as a tree of expressions, types after each.
pub fn thir_tree<'tcx>(thir: &Thir<'tcx>, root: ExprId) -> String {
    thir_tree_with_spans(thir, root).0
}

/// A body as a tree, with the spans of expressions and patterns by start and end in the text.
pub fn thir_tree_with_spans<'tcx>(thir: &Thir<'tcx>, root: ExprId) -> (String, Vec<(usize, usize, span::Span)>) {
    let mut p = Printer { thir, out: String::new(), spans: Vec::new() };
    p.line(0, "params: [");
    for param in &thir.params {
        p.line(1, "Param {");
        p.line(2, &format!("ty: {}", param.ty));
        match &param.pat {
            Some(pat) => p.pat(pat, 2),
            None => p.line(2, "param: None"),
        }
        p.line(1, "}");
    }
    p.line(0, "]");
    p.line(0, "body:");
    p.expr(root, 1);
    (p.out, p.spans)
}

struct Printer<'a, 'tcx> {
    thir: &'a Thir<'tcx>,
    out: String,
    spans: Vec<(usize, usize, span::Span)>,
}

impl<'tcx> Printer<'_, 'tcx> {
    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.out, "{:indent$}{text}", "", indent = depth * 4);
    }

    fn expr(&mut self, id: ExprId, depth: usize) {
        let thir = self.thir;
        let expr = &thir[id];
        let start = self.out.len();
        self.line(depth, "Expr {");
        self.line(depth + 1, &format!("ty: {}", expr.ty));
        self.line(depth + 1, &format!("temp_lifetime: {:?}", expr.temp_lifetime.temp_lifetime));
        self.line(depth + 1, &format!("span: {:?}", expr.span));
        let head = head(&expr.kind);
        self.line(depth + 1, &format!("kind: {head} {{"));
        visit::for_each_operand(&expr.kind, |e| self.expr(e, depth + 2));
        match &expr.kind {
            ExprKind::Let { pat, .. } => self.pat(pat, depth + 2),
            ExprKind::Match { arms, .. } => {
                for arm in arms {
                    self.arm(*arm, depth + 2);
                }
            }
            ExprKind::Block { block } => self.block(*block, depth + 2),
            _ => {}
        }
        self.line(depth + 1, "}");
        self.line(depth, "}");
        self.spans.push((start + depth * 4, self.out.len() - 1, expr.span));
    }

    fn block(&mut self, id: BlockId, depth: usize) {
        let thir = self.thir;
        let block = &thir[id];
        self.line(depth, "Block {");
        self.line(depth + 1, &format!("region_scope: {:?}", block.region_scope));
        self.line(depth + 1, &format!("safety_mode: {:?}", block.safety_mode));
        for stmt in &block.stmts {
            match &thir[*stmt].kind {
                StmtKind::Expr { expr, .. } => self.expr(*expr, depth + 1),
                StmtKind::Let { pattern, initializer, else_block, .. } => {
                    self.line(depth + 1, "Let {");
                    self.pat(pattern, depth + 2);
                    if let Some(init) = initializer {
                        self.expr(*init, depth + 2);
                    }
                    if let Some(els) = else_block {
                        self.block(*els, depth + 2);
                    }
                    self.line(depth + 1, "}");
                }
            }
        }
        if let Some(e) = block.expr {
            self.expr(e, depth + 1);
        }
        self.line(depth, "}");
    }

    fn arm(&mut self, id: ArmId, depth: usize) {
        let thir = self.thir;
        let arm = &thir[id];
        self.line(depth, "Arm {");
        self.pat(&arm.pattern, depth + 1);
        if let Some(guard) = arm.guard {
            self.expr(guard, depth + 1);
        }
        self.expr(arm.body, depth + 1);
        self.line(depth, "}");
    }

    fn pat(&mut self, pat: &Pat<'tcx>, depth: usize) {
        let text = match &pat.kind {
            PatKind::Binding { name, mode, .. } => format!("Binding {}{name}", mode.prefix_str()),
            PatKind::Variant { adt_def, variant_index, .. } => {
                format!("Variant {}", adt_def.variant(*variant_index).name)
            }
            PatKind::Constant { value } => format!("Constant {:?}", value.valtree),
            PatKind::Range(range) => format!("Range {:?} {} {:?}", range.lo, range.end, range.hi),
            PatKind::Missing => "Missing".into(),
            PatKind::Wild => "Wild".into(),
            PatKind::AscribeUserType { .. } => "AscribeUserType".into(),
            PatKind::Leaf { .. } => "Leaf".into(),
            PatKind::Deref { .. } => "Deref".into(),
            PatKind::DerefPattern { .. } => "DerefPattern".into(),
            PatKind::ExpandedConstant { .. } => "ExpandedConstant".into(),
            PatKind::Slice { .. } => "Slice".into(),
            PatKind::Array { .. } => "Array".into(),
            PatKind::Or { .. } => "Or".into(),
            PatKind::Never => "Never".into(),
            PatKind::Error(_) => "Error".into(),
        };
        let start = self.out.len();
        self.line(depth, &format!("Pat {{ ty: {}, kind: {text} }}", pat.ty));
        self.spans.push((start + depth * 4, self.out.len() - 1, pat.span));
        for p in pat.subpatterns() {
            self.pat(p, depth + 1);
        }
    }
}

fn head(kind: &ExprKind<'_>) -> String {
    match kind {
        ExprKind::Scope { region_scope, .. } => format!("Scope {region_scope:?}"),
        ExprKind::Binary { op, .. } => format!("Binary {op:?}"),
        ExprKind::AssignOp { op, .. } => format!("AssignOp {op:?}"),
        ExprKind::LogicalOp { op, .. } => format!("LogicalOp {op:?}"),
        ExprKind::Unary { op, .. } => format!("Unary {op:?}"),
        ExprKind::Literal { lit, neg } => format!("Literal {}{lit:?}", if *neg { "-" } else { "" }),
        ExprKind::NonHirLiteral { lit, .. } => format!("NonHirLiteral {lit:?}"),
        ExprKind::VarRef { id } => format!("VarRef {:?}", id.0),
        ExprKind::UpvarRef { var_hir_id, .. } => format!("UpvarRef {:?}", var_hir_id.0),
        ExprKind::Borrow { borrow_kind, .. } => format!("Borrow {borrow_kind:?}"),
        ExprKind::RawBorrow { mutability, .. } => format!("RawBorrow {mutability:?}"),
        ExprKind::Field { name, .. } => format!("Field {}", name.as_u32()),
        ExprKind::PointerCoercion { cast, .. } => format!("PointerCoercion {cast:?}"),
        ExprKind::NamedConst { def_id, .. } => format!("NamedConst {}", ty::print::def_path_str(*def_id)),
        ExprKind::StaticRef { def_id } | ExprKind::ThreadLocalRef(def_id) => {
            format!("StaticRef {}", ty::print::def_path_str(*def_id))
        }
        ExprKind::Adt(adt) => format!("Adt {}", adt.adt_def.variant(adt.variant_index).name),
        ExprKind::Break { label, .. } => format!("Break {label:?}"),
        ExprKind::Continue { label } => format!("Continue {label:?}"),
        other => {
            // The rest is named by its variant alone.
            let text = format!("{other:?}");
            text.split([' ', '(', '{']).next().unwrap_or_default().to_string()
        }
    }
}
