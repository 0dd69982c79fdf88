//! An LRU cache as a doubly linked list of `Rc<RefCell<Node>>` with weak back links, and one over indices.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::rc::{Rc, Weak};

type Link<K, V> = Option<Rc<RefCell<Node<K, V>>>>;

struct Node<K, V> {
    key: K,
    value: V,
    next: Link<K, V>,
    prev: Option<Weak<RefCell<Node<K, V>>>>,
}

struct Lru<K, V> {
    map: HashMap<K, Rc<RefCell<Node<K, V>>>>,
    head: Link<K, V>,
    tail: Link<K, V>,
    capacity: usize,
    hits: Cell<u32>,
    misses: Cell<u32>,
}

impl<K: Eq + Hash + Clone + Debug, V: Clone> Lru<K, V> {
    fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "a cache holds something");
        Lru { map: HashMap::with_capacity(capacity), head: None, tail: None, capacity, hits: Cell::new(0), misses: Cell::new(0) }
    }
    fn unlink(&mut self, node: &Rc<RefCell<Node<K, V>>>) {
        let (prev, next) = {
            let mut n = node.borrow_mut();
            (n.prev.take().and_then(|w| w.upgrade()), n.next.take())
        };
        match &prev {
            Some(p) => p.borrow_mut().next = next.clone(),
            None => self.head = next.clone(),
        }
        match &next {
            Some(n) => n.borrow_mut().prev = prev.as_ref().map(Rc::downgrade),
            None => self.tail = prev,
        }
    }
    fn push_front(&mut self, node: Rc<RefCell<Node<K, V>>>) {
        if let Some(old) = self.head.take() {
            old.borrow_mut().prev = Some(Rc::downgrade(&node));
            node.borrow_mut().next = Some(old);
        } else {
            self.tail = Some(node.clone());
        }
        self.head = Some(node);
    }
    fn get<Q: ?Sized + Eq + Hash>(&mut self, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
    {
        let Some(node) = self.map.get(key).cloned() else {
            self.misses.set(self.misses.get() + 1);
            return None;
        };
        self.hits.set(self.hits.get() + 1);
        self.unlink(&node);
        self.push_front(Rc::clone(&node));
        let value = node.borrow().value.clone();
        Some(value)
    }
    fn put(&mut self, key: K, value: V) -> Option<(K, V)> {
        if let Some(node) = self.map.get(&key).cloned() {
            node.borrow_mut().value = value;
            self.unlink(&node);
            self.push_front(node);
            return None;
        }
        let mut evicted = None;
        if self.map.len() == self.capacity {
            let last = self.tail.clone().expect("a full cache has a tail");
            self.unlink(&last);
            self.map.remove(&last.borrow().key);
            evicted = Some((last.borrow().key.clone(), last.borrow().value.clone()));
        }
        let node = Rc::new(RefCell::new(Node { key: key.clone(), value, next: None, prev: None }));
        self.map.insert(key, node.clone());
        self.push_front(node);
        evicted
    }
    fn keys(&self) -> Vec<K> {
        let mut keys = vec![];
        let mut at = self.head.clone();
        while let Some(node) = at {
            keys.push(node.borrow().key.clone());
            at = node.borrow().next.clone();
        }
        keys
    }
}

impl<K, V> Drop for Lru<K, V> {
    fn drop(&mut self) {
        // The chain is unlinked by hand, or dropping would recurse.
        let mut at = self.head.take();
        let mut count = 0;
        while let Some(node) = at {
            at = node.borrow_mut().next.take();
            count += 1;
        }
        println!("dropped {count} nodes ({} hits, {} misses)", self.hits.get(), self.misses.get());
    }
}

struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn main() {
    let mut cache: Lru<String, i32> = Lru::new(3);
    for (i, word) in "one two three one four two five one".split(' ').enumerate() {
        match cache.get(word) {
            Some(v) => println!("{word}: hit {v}"),
            None => {
                let evicted = cache.put(word.to_string(), i as i32);
                println!("{word}: miss, evicts {evicted:?}");
            }
        }
        println!("  {:?}", cache.keys());
    }
    cache.put("one".into(), 100);
    println!("{:?} {:?}", cache.get("one"), cache.get("nope"));
    drop(cache);

    let mut noisy = Lru::new(1);
    let a = Rc::new(Noisy("a"));
    noisy.put(1u8, a.clone());
    println!("{}", Rc::strong_count(&a));
    noisy.put(2u8, Rc::new(Noisy("b")));
    println!("{} {:?}", Rc::strong_count(&a), noisy.keys());
    let weak = Rc::downgrade(&a);
    println!("{}", weak.upgrade().is_some());
    drop(a);
    println!("{}", weak.upgrade().is_none());
}
