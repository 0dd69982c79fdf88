//! Huffman codes: a heap of boxed trees, bit vectors, encoding and decoding, a canonical table.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

#[derive(Debug)]
enum Tree {
    Leaf { symbol: u8, weight: u32 },
    Node { weight: u32, order: u32, children: Box<(Tree, Tree)> },
}

impl Tree {
    fn weight(&self) -> u32 {
        match *self {
            Tree::Leaf { weight, .. } | Tree::Node { weight, .. } => weight,
        }
    }
    fn order(&self) -> u32 {
        match self {
            Tree::Leaf { symbol, .. } => u32::from(*symbol),
            Tree::Node { order, .. } => 256 + order,
        }
    }
}
impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Tree {}
impl PartialOrd for Tree {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Tree {
    // The heap gives the greatest first; the lightest is to come.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.weight(), other.order()).cmp(&(self.weight(), self.order()))
    }
}

#[derive(Default, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Bits {
    bytes: Vec<u8>,
    len: usize,
}
impl Bits {
    fn push(&mut self, bit: bool) {
        if self.len % 8 == 0 {
            self.bytes.push(0);
        }
        if bit {
            *self.bytes.last_mut().unwrap() |= 0x80 >> (self.len % 8);
        }
        self.len += 1;
    }
    fn iter(&self) -> impl DoubleEndedIterator<Item = bool> + ExactSizeIterator + '_ {
        (0..self.len).map(|i| self.bytes[i / 8] & (0x80 >> (i % 8)) != 0)
    }
    fn extend(&mut self, other: &Bits) {
        other.iter().for_each(|b| self.push(b));
    }
}
impl std::fmt::Debug for Bits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for b in self.iter() {
            f.write_str(if b { "1" } else { "0" })?;
        }
        Ok(())
    }
}

struct Code {
    tree: Tree,
    table: BTreeMap<u8, Bits>,
}

impl Code {
    fn for_text(text: &[u8]) -> Option<Code> {
        let mut weights = [0u32; 256];
        for &b in text {
            weights[b as usize] += 1;
        }
        let mut heap: BinaryHeap<Tree> = (0u8..=255)
            .zip(weights)
            .filter_map(|(symbol, weight)| (weight > 0).then_some(Tree::Leaf { symbol, weight }))
            .collect();
        let mut order = 0;
        while heap.len() > 1 {
            let (a, b) = (heap.pop()?, heap.pop()?);
            order += 1;
            heap.push(Tree::Node { weight: a.weight() + b.weight(), order, children: Box::new((a, b)) });
        }
        let tree = heap.into_iter().next()?;
        let mut table = BTreeMap::new();
        fn walk(tree: &Tree, path: Bits, table: &mut BTreeMap<u8, Bits>) {
            match tree {
                Tree::Leaf { symbol, .. } => {
                    table.insert(*symbol, path);
                }
                Tree::Node { children, .. } => {
                    let (a, b) = &**children;
                    let mut left = path.clone();
                    left.push(false);
                    walk(a, left, table);
                    let mut right = path;
                    right.push(true);
                    walk(b, right, table);
                }
            }
        }
        walk(&tree, Bits::default(), &mut table);
        Some(Code { tree, table })
    }
    fn encode(&self, text: &[u8]) -> Bits {
        let mut out = Bits::default();
        for b in text {
            out.extend(&self.table[b]);
        }
        out
    }
    fn decode(&self, bits: &Bits) -> Vec<u8> {
        let mut out = Vec::new();
        let mut at = &self.tree;
        for bit in bits.iter() {
            if let Tree::Node { children, .. } = at {
                at = if bit { &children.1 } else { &children.0 };
            }
            if let Tree::Leaf { symbol, .. } = at {
                out.push(*symbol);
                at = &self.tree;
            }
        }
        out
    }
    fn canonical(&self) -> Vec<(usize, char)> {
        let mut lengths: Vec<(usize, char)> = self.table.iter().map(|(&s, b)| (b.len, s as char)).collect();
        lengths.sort_unstable();
        lengths
    }
}

fn main() {
    let text = b"she sells sea shells by the sea shore; the shells she sells are surely seashells";
    let code = Code::for_text(text).expect("text");
    for (symbol, bits) in &code.table {
        println!("{:?} {bits:?}", *symbol as char);
    }
    let bits = code.encode(text);
    println!("{} bytes -> {} bits, {} bytes", text.len(), bits.len, bits.bytes.len());
    let back = code.decode(&bits);
    println!("{} {}", back == text, String::from_utf8_lossy(&back[..9]));
    println!("{:?}", code.canonical());
    let hex: String = bits.bytes.iter().take(8).map(|b| format!("{b:02X}")).collect();
    println!("{hex} {:#010b}", bits.bytes[0]);
    let one = Code::for_text(b"aaaa").unwrap();
    println!("{:?} {}", one.table, one.encode(b"aa").len);
    println!("{}", Code::for_text(b"").is_none());
    println!("{:?}", bits.iter().rev().take(10).map(u8::from).collect::<Vec<_>>());
    println!("{:?}", code.table.values().map(|b| b.len).fold((usize::MAX, 0), |(lo, hi), n| (lo.min(n), hi.max(n))));
}
