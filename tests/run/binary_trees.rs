// args: 12
// Allocation stress: builds, walks and drops many perfect binary trees of boxes.
// Argument: maximum depth.
const DEFAULT_DEPTH: u32 = 16;

struct Tree {
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

impl Tree {
    fn build(depth: u32) -> Tree {
        if depth == 0 {
            Tree { left: None, right: None }
        } else {
            Tree {
                left: Some(Box::new(Tree::build(depth - 1))),
                right: Some(Box::new(Tree::build(depth - 1))),
            }
        }
    }

    fn nodes(&self) -> u32 {
        let mut n = 1;
        if let Some(l) = &self.left {
            n += l.nodes();
        }
        if let Some(r) = &self.right {
            n += r.nodes();
        }
        n
    }
}

fn main() {
    let max = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(DEFAULT_DEPTH);
    const MIN: u32 = 4;
    println!("stretch tree of depth {}\t check: {}", max + 1, Tree::build(max + 1).nodes());
    let long_lived = Tree::build(max);
    for depth in (MIN..=max).step_by(2) {
        let count = 1u32 << (max - depth + MIN);
        let check: u32 = (0..count).map(|_| Tree::build(depth).nodes()).sum();
        println!("{count}\t trees of depth {depth}\t check: {check}");
    }
    println!("long lived tree of depth {max}\t check: {}", long_lived.nodes());
}
