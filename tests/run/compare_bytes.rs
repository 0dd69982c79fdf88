//! Comparison of byte strings of all lengths, against a comparison byte by byte.

use std::cmp::Ordering;

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }
}

fn slowly(a: &[u8], b: &[u8]) -> Ordering {
    for i in 0..a.len().min(b.len()) {
        if a[i] != b[i] {
            return if a[i] < b[i] { Ordering::Less } else { Ordering::Greater };
        }
    }
    a.len().cmp(&b.len())
}

fn main() {
    let mut random = Random(7);
    let mut seen = [0u32; 3];
    for round in 0..20_000 {
        let len = random.below(40);
        let a: Vec<u8> = (0..len).map(|_| random.below(3) as u8 * 120).collect();
        let mut b = a.clone();
        for _ in 0..random.below(3).min(len) {
            let i = random.below(len);
            b[i] = random.below(256) as u8;
        }
        b.truncate(len - random.below(2).min(len));
        let expected = slowly(&a, &b);
        seen[(expected as i8 + 1) as usize] += 1;
        assert_eq!(a.cmp(&b), expected, "round {round}: {a:?} {b:?}");
        assert_eq!(a == b, expected == Ordering::Equal, "round {round}: {a:?} {b:?}");
    }
    println!("{seen:?}");
    let mut words = vec!["zebra", "apple", "applesauce", "", "zeb", "äpfel", "apples", "Zebra"];
    words.sort();
    println!("{words:?}");
}
