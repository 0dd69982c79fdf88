//! Graph search: breadth first, Dijkstra with a heap, topological order, union-find, connected components.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};

#[derive(Debug, Default, Clone)]
struct Graph {
    nodes: Vec<String>,
    index: HashMap<String, usize>,
    edges: Vec<Vec<(usize, u32)>>,
}

impl Graph {
    fn node(&mut self, name: &str) -> usize {
        if let Some(&i) = self.index.get(name) {
            return i;
        }
        let i = self.nodes.len();
        self.nodes.push(name.to_owned());
        self.index.insert(name.into(), i);
        self.edges.push(Vec::new());
        i
    }
    fn edge(&mut self, from: &str, to: &str, weight: u32) -> &mut Self {
        let (a, b) = (self.node(from), self.node(to));
        self.edges[a].push((b, weight));
        self
    }
    fn parse(text: &str) -> Result<Graph, String> {
        let mut graph = Graph::default();
        for (number, line) in text.lines().enumerate().map(|(i, l)| (i + 1, l.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut parts = line.split_whitespace();
            let (Some(from), Some("->"), Some(to)) = (parts.next(), parts.next(), parts.next()) else {
                return Err(format!("line {number}: expected `a -> b weight`"));
            };
            let weight = match parts.next() {
                None => 1,
                Some(w) => w.parse().map_err(|e| format!("line {number}: {w:?}: {e}"))?,
            };
            graph.edge(from, to, weight);
        }
        Ok(graph)
    }
    fn bfs(&self, start: usize) -> Vec<Option<usize>> {
        let mut distance = vec![None; self.nodes.len()];
        let mut queue = VecDeque::from([start]);
        distance[start] = Some(0);
        while let Some(at) = queue.pop_front() {
            for &(next, _) in &self.edges[at] {
                if distance[next].is_none() {
                    distance[next] = distance[at].map(|d| d + 1);
                    queue.push_back(next);
                }
            }
        }
        distance
    }
    fn dijkstra(&self, start: usize, goal: usize) -> Option<(u32, Vec<&str>)> {
        #[derive(PartialEq, Eq)]
        struct State {
            cost: u32,
            at: usize,
        }
        impl Ord for State {
            fn cmp(&self, other: &Self) -> Ordering {
                other.cost.cmp(&self.cost).then_with(|| self.at.cmp(&other.at))
            }
        }
        impl PartialOrd for State {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
        let mut best: Vec<u32> = vec![u32::MAX; self.nodes.len()];
        let mut previous: HashMap<usize, usize> = HashMap::new();
        let mut heap = BinaryHeap::new();
        best[start] = 0;
        heap.push(State { cost: 0, at: start });
        while let Some(State { cost, at }) = heap.pop() {
            if at == goal {
                let mut path = vec![self.nodes[goal].as_str()];
                let mut at = goal;
                while let Some(&p) = previous.get(&at) {
                    path.push(self.nodes[p].as_str());
                    at = p;
                }
                path.reverse();
                return Some((cost, path));
            }
            if cost > best[at] {
                continue;
            }
            for &(next, weight) in &self.edges[at] {
                let through = cost + weight;
                if through < best[next] {
                    best[next] = through;
                    previous.insert(next, at);
                    heap.push(State { cost: through, at: next });
                }
            }
        }
        None
    }
    fn topological(&self) -> Result<Vec<&str>, BTreeSet<&str>> {
        let mut degree = vec![0; self.nodes.len()];
        for (to, _) in self.edges.iter().flatten() {
            degree[*to] += 1;
        }
        let mut ready: BinaryHeap<Reverse<(&str, usize)>> = degree
            .iter()
            .enumerate()
            .filter(|(_, d)| **d == 0)
            .map(|(i, _)| Reverse((self.nodes[i].as_str(), i)))
            .collect();
        let mut order = Vec::with_capacity(self.nodes.len());
        while let Some(Reverse((name, at))) = ready.pop() {
            order.push(name);
            for &(to, _) in &self.edges[at] {
                degree[to] -= 1;
                if degree[to] == 0 {
                    ready.push(Reverse((&self.nodes[to], to)));
                }
            }
        }
        if order.len() == self.nodes.len() {
            Ok(order)
        } else {
            let done: HashSet<&str> = order.into_iter().collect();
            Err(self.nodes.iter().map(|n| n.as_str()).filter(|n| !done.contains(n)).collect())
        }
    }
}

struct UnionFind {
    parent: Vec<usize>,
    size: Vec<usize>,
}
impl UnionFind {
    fn new(n: usize) -> Self {
        UnionFind { parent: (0..n).collect(), size: vec![1; n] }
    }
    fn find(&mut self, mut x: usize) -> usize {
        while self.parent[x] != x {
            self.parent[x] = self.parent[self.parent[x]];
            x = self.parent[x];
        }
        x
    }
    fn union(&mut self, a: usize, b: usize) -> bool {
        let (mut a, mut b) = (self.find(a), self.find(b));
        if a == b {
            return false;
        }
        if self.size[a] < self.size[b] {
            (a, b) = (b, a);
        }
        self.parent[b] = a;
        self.size[a] += self.size[b];
        true
    }
}

fn components(graph: &Graph) -> BTreeMap<usize, Vec<&str>> {
    let mut sets = UnionFind::new(graph.nodes.len());
    let mut merges = 0;
    for (a, out) in graph.edges.iter().enumerate() {
        for &(b, _) in out {
            merges += usize::from(sets.union(a, b));
        }
    }
    println!("{merges} merges");
    let mut groups: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for i in 0..graph.nodes.len() {
        groups.entry(sets.find(i)).or_default().push(&graph.nodes[i]);
    }
    groups
}

fn main() {
    let text = "
        # cities
        a -> b 4
        a -> c 2
        c -> b 1
        b -> d 5
        c -> d 8
        d -> e
        x -> y 7
    ";
    let mut graph = Graph::parse(text).unwrap();
    let a = graph.index["a"];
    for (name, d) in graph.nodes.iter().zip(graph.bfs(a)) {
        println!("{name}: {}", d.map_or("unreachable".to_string(), |d| d.to_string()));
    }
    for goal in ["e", "b", "y", "a"] {
        let goal = graph.index[goal];
        println!("{:?}", graph.dijkstra(a, goal));
    }
    println!("{:?}", graph.topological());
    for group in components(&graph).values() {
        println!("{group:?}");
    }
    graph.edge("e", "c", 1).edge("y", "z", 2);
    println!("{:?}", graph.topological());
    println!("{:?}", Graph::parse("a -> b x").map(|g| g.nodes));
    println!("{:?}", Graph::parse("a b").err());
}
