//! A generic binary search tree and an AVL tree with iterators, `IntoIterator`, `FromIterator`, `Extend`, and ordering by closures.

use std::cmp::Ordering;
use std::fmt::{self, Debug};
use std::mem;

#[derive(Clone)]
struct Node<K, V> {
    key: K,
    value: V,
    height: u8,
    left: Tree<K, V>,
    right: Tree<K, V>,
}
type Tree<K, V> = Option<Box<Node<K, V>>>;

#[derive(Clone)]
pub struct Map<K, V> {
    root: Tree<K, V>,
    len: usize,
}

fn height<K, V>(t: &Tree<K, V>) -> u8 {
    t.as_ref().map_or(0, |n| n.height)
}

impl<K: Ord, V> Node<K, V> {
    fn update(&mut self) {
        self.height = 1 + height(&self.left).max(height(&self.right));
    }
    fn balance(&self) -> i16 {
        i16::from(height(&self.left)) - i16::from(height(&self.right))
    }
    fn rotate_right(mut self: Box<Self>) -> Box<Self> {
        let mut left = self.left.take().expect("left-heavy");
        self.left = left.right.take();
        self.update();
        left.right = Some(self);
        left.update();
        left
    }
    fn rotate_left(mut self: Box<Self>) -> Box<Self> {
        let mut right = self.right.take().expect("right-heavy");
        self.right = mem::replace(&mut right.left, None);
        self.update();
        right.left = Some(self);
        right.update();
        right
    }
    fn rebalance(mut self: Box<Self>) -> Box<Self> {
        self.update();
        match self.balance() {
            2 => {
                if self.left.as_ref().is_some_and(|l| l.balance() < 0) {
                    self.left = self.left.take().map(Node::rotate_left);
                }
                self.rotate_right()
            }
            -2 => {
                if self.right.as_ref().is_some_and(|r| r.balance() > 0) {
                    self.right = self.right.take().map(|r| r.rotate_right());
                }
                self.rotate_left()
            }
            _ => self,
        }
    }
}

impl<K: Ord, V> Map<K, V> {
    pub const fn new() -> Self {
        Map { root: None, len: 0 }
    }
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        fn go<K: Ord, V>(tree: Tree<K, V>, key: K, value: V) -> (Box<Node<K, V>>, Option<V>) {
            let Some(mut node) = tree else {
                return (Box::new(Node { key, value, height: 1, left: None, right: None }), None);
            };
            let old = match key.cmp(&node.key) {
                Ordering::Equal => return { let old = mem::replace(&mut node.value, value); (node, Some(old)) },
                Ordering::Less => {
                    let (left, old) = go(node.left.take(), key, value);
                    node.left = Some(left);
                    old
                }
                Ordering::Greater => {
                    let (right, old) = go(node.right.take(), key, value);
                    node.right = Some(right);
                    old
                }
            };
            (node.rebalance(), old)
        }
        let (root, old) = go(self.root.take(), key, value);
        self.root = Some(root);
        self.len += usize::from(old.is_none());
        old
    }
    pub fn get(&self, key: &K) -> Option<&V> {
        let mut at = self.root.as_deref();
        while let Some(node) = at {
            at = match key.cmp(&node.key) {
                Ordering::Equal => return Some(&node.value),
                Ordering::Less => node.left.as_deref(),
                Ordering::Greater => node.right.as_deref(),
            };
        }
        None
    }
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let mut at = self.root.as_deref_mut();
        while let Some(node) = at {
            match key.cmp(&node.key) {
                Ordering::Equal => return Some(&mut node.value),
                Ordering::Less => at = node.left.as_deref_mut(),
                Ordering::Greater => at = node.right.as_deref_mut(),
            }
        }
        None
    }
    pub fn iter(&self) -> Iter<'_, K, V> {
        let mut iter = Iter { stack: Vec::new() };
        iter.push(&self.root);
        iter
    }
    pub fn depth(&self) -> u8 {
        height(&self.root)
    }
}

pub struct Iter<'a, K, V> {
    stack: Vec<&'a Node<K, V>>,
}
impl<'a, K, V> Iter<'a, K, V> {
    fn push(&mut self, mut tree: &'a Tree<K, V>) {
        while let Some(node) = tree {
            self.stack.push(node);
            tree = &node.left;
        }
    }
}
impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);
    fn next(&mut self) -> Option<Self::Item> {
        let node = self.stack.pop()?;
        self.push(&node.right);
        Some((&node.key, &node.value))
    }
}
impl<'a, K: Ord, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}
impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, iter: I) {
        for (k, v) in iter {
            self.insert(k, v);
        }
    }
}
impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self {
        let mut map = Map::new();
        map.extend(iter);
        map
    }
}
impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(array: [(K, V); N]) -> Self {
        array.into_iter().collect()
    }
}
impl<K: Debug + Ord, V: Debug> Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}
impl<K: Ord, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

fn main() {
    let mut map: Map<i32, String> = Map::new();
    for i in 0..100 {
        map.insert((i * 37) % 101, format!("v{i}"));
    }
    println!("{} entries, depth {}", map.len, map.depth());
    let keys: Vec<_> = map.iter().map(|(k, _)| *k).filter(|k| k % 17 == 0).collect();
    println!("{keys:?}");
    println!("{:?} {:?}", map.get(&37), map.get(&1000));
    println!("{:?}", map.insert(37, "new".into()));
    if let Some(v) = map.get_mut(&37) {
        v.push('!');
    }
    println!("{:?}", map.get(&37));
    let small: Map<_, _> = Map::from([("b", 2), ("a", 1), ("c", 3)]);
    println!("{small:?} {small:#?}");
    let sum: i32 = (&small).into_iter().map(|(_, v)| v).sum();
    println!("{sum} {}", small == small.clone());
    let (even, odd): (Vec<_>, Vec<_>) = small.iter().partition(|(_, v)| **v % 2 == 0);
    println!("{even:?} {odd:?}");
    let sorted = (1..=1000).map(|i| (i, ())).collect::<Map<_, _>>();
    println!("{}", sorted.depth());
    let longest = map.iter().max_by_key(|(_, v)| v.len()).map(|(k, v)| (*k, v.clone()));
    println!("{longest:?}");
}
