//! Strings and slices.

fn main() {
    let s = "  Hello, Wörld! 日本語  a,b,,c  ";
    println!("{:?} {:?} {:?}", s.trim(), s.trim_start(), s.trim_end());
    println!("{:?}", s.split(',').collect::<Vec<_>>());
    println!("{:?}", s.rsplit(',').collect::<Vec<_>>());
    println!("{:?}", s.splitn(2, ',').collect::<Vec<_>>());
    println!("{:?}", s.rsplitn(2, ',').collect::<Vec<_>>());
    println!("{:?}", s.split_terminator(' ').collect::<Vec<_>>());
    println!("{:?}", s.split_inclusive(',').collect::<Vec<_>>());
    println!("{:?}", s.split_whitespace().rev().collect::<Vec<_>>());
    println!("{:?}", s.split_ascii_whitespace().collect::<Vec<_>>());
    println!("{:?}", s.split(char::is_whitespace).collect::<Vec<_>>());
    println!("{:?}", s.split(&[',', '!'][..]).collect::<Vec<_>>());
    println!("{:?}", s.split([',', '!']).rev().collect::<Vec<_>>());
    println!("{:?}", s.split("lo, ").collect::<Vec<_>>());
    println!("{:?} {:?}", s.split_once(", "), s.rsplit_once(','));
    println!("{:?} {:?} {:?}", s.find('W'), s.rfind("a"), s.find(|c: char| c > 'ÿ'));
    println!("{:?} {:?}", s.find("日本"), s.find("zzz"));
    println!("{:?}", s.char_indices().filter(|(_, c)| !c.is_ascii()).collect::<Vec<_>>());
    println!("{:?}", s.chars().rev().collect::<String>());
    println!("{:?} {:?}", s.to_uppercase(), s.to_lowercase());
    println!("{:?}", "ὈΔΥΣΣΕΎΣ Σ AΣ".to_lowercase());
    println!("{:?} {:?}", s.replace("l", "LL"), s.replacen(' ', "_", 3));
    println!("{:?} {:?}", s.starts_with("  H"), s.ends_with(char::is_whitespace));
    println!("{:?} {:?}", "xxabcxx".trim_matches('x'), "xxabcxx".trim_start_matches("xx"));
    println!("{:?} {:?}", "prefix-x".strip_prefix("prefix"), "a.rs".strip_suffix(".rs"));
    println!("{:?}", "abcabcab".matches("ab").count());
    println!("{:?}", "abcabcab".match_indices("ab").collect::<Vec<_>>());
    println!("{:?}", "aaaa".rmatch_indices("aa").collect::<Vec<_>>());
    println!("{:?}", "".split(',').collect::<Vec<_>>());
    println!("{:?}", "abc".split("").collect::<Vec<_>>());
    println!("{:?}", "l1\nl2\r\nl3\n\nl5".lines().collect::<Vec<_>>());
    println!("{:?}", "ab".repeat(3));
    println!("{:?} {:?}", "a".cmp("b"), "abc" < "abd");
    println!("{:?} {:?}", s.is_char_boundary(10), s.get(10..12));
    println!("{:?}", std::str::from_utf8(b"ab\xffcd"));
    println!("{}", std::str::from_utf8(b"ab\xe6\x97").unwrap_err());
    println!("{:?}", String::from_utf8_lossy(b"ab\xffcd\xe6\x97"));
    println!("{}", String::from_utf8(vec![0xc0, 0x80]).unwrap_err());
    println!("{:?}", s.encode_utf16().take(12).collect::<Vec<_>>());
    println!("{:?}", String::from_utf16(&[0x48, 0xd83d, 0xde00]));
    println!("{:?}", String::from_utf16(&[0xd83d]).map_err(|e| e.to_string()));
    let mut t = String::from("hello");
    t.insert(1, 'é');
    t.insert_str(0, ">>");
    t.push_str("end");
    println!("{t} {:?} {:?} {}", t.pop(), t.remove(2), t);
    t.retain(|c| c != 'l');
    t.truncate(4);
    println!("{t} {:?}", t.drain(0..1).collect::<String>());
    t.replace_range(..1, "XYZ");
    t.extend(['a', 'b']);
    t += "q";
    println!("{t} {} {:?}", t.len(), t.split_off(3));
    println!("{}", ["a", "b"].concat() + &["c", "d"].join("-"));
    println!("{}", vec!["x".to_string(), "y".to_string()].join(", "));
    println!("{:?}", "a-b_c".split(|c| c == '-' || c == '_').map(str::to_owned).collect::<Vec<String>>());
    println!("{:?}", "Hello".bytes().map(|b| b.to_ascii_uppercase() as char).collect::<String>());
    println!("{:?}", "a=1;b=2".split(';').filter_map(|kv| kv.split_once('=')).collect::<Vec<_>>());
    println!("{:?} {:?}", "ß".eq_ignore_ascii_case("SS"), "AbC".eq_ignore_ascii_case("aBc"));
    println!("{:?}", "x".parse::<i32>().unwrap_err().to_string());
    println!("{:?}", "abc".char_indices().rev().collect::<Vec<_>>());
    println!("{:?}", "日本".bytes().rev().collect::<Vec<_>>());
    println!("{:?} {:?}", "abc".chars().as_str(), "añb".chars().nth(1));

    let mut v: Vec<i32> = (0..10).map(|x| (x * 7) % 10).collect();
    println!("{:?} {:?}", v.chunks(3).collect::<Vec<_>>(), v.windows(4).last());
    println!("{:?} {:?}", v.rchunks(4).collect::<Vec<_>>(), v.chunks_exact(3).remainder());
    println!("{:?}", v.split(|x| x % 4 == 0).collect::<Vec<_>>());
    println!("{:?} {:?}", v.iter().position(|&x| x == 3), v.iter().rposition(|&x| x == 3));
    println!("{:?} {:?}", v.first(), v.split_last());
    v.rotate_left(3);
    println!("{v:?} {:?}", v.contains(&5));
    v.sort();
    println!("{v:?} {:?} {:?}", v.binary_search(&4), v.binary_search(&40));
    v.sort_by(|a, b| b.cmp(a));
    v.swap(0, 1);
    v.reverse();
    v.dedup_by_key(|x| *x / 2);
    println!("{v:?} {:?} {:?}", v.iter().max(), v.iter().min_by_key(|x| (**x - 4).abs()));
    println!("{:?}", v.drain(1..3).collect::<Vec<_>>());
    v.insert(1, 100);
    v.extend_from_slice(&[1, 2, 3]);
    println!("{:?} {:?} {:?}", v.remove(0), v.swap_remove(0), v);
    println!("{:?}", v.splice(1..2, [7, 8, 9]).collect::<Vec<_>>());
    println!("{v:?} {:?}", v.split_off(2));
    v.retain(|x| *x > 2);
    v.resize(5, -1);
    v.fill(2);
    println!("{v:?} {:?}", v.iter().copied().rev().step_by(2).collect::<Vec<_>>());
    println!("{:?}", [3, 1, 2].map(|x| x * 2));
    println!("{:?}", [[1, 2], [3, 4]].concat());
    println!("{:?}", [1, 1, 2, 3, 3].chunk_by(|a, b| a == b).collect::<Vec<_>>());
    println!("{:?}", vec![1, 2, 3, 4].extract_if(.., |x| *x % 2 == 0).collect::<Vec<_>>());
    println!("{:?}", [1, 5, 2].iter().is_sorted());
    println!("{:?}", <[i32; 3]>::try_from(&[1, 2, 3][..]));
    println!("{:?}", <[i32; 3]>::try_from(vec![1, 2]));
    let mut x = 12345u64;
    let mut rand = move || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        x
    };
    for n in [0, 1, 2, 5, 20, 21, 33, 100, 1000, 5000] {
        for m in [2, 10, 1000, u64::MAX] {
            let a: Vec<(u64, usize)> = (0..n).map(|i| (rand() % m, i)).collect();
            let mut b = a.clone();
            b.sort_by_key(|p| p.0);
            assert!(b.windows(2).all(|w| w[0] < w[1]));
            let mut c = a.clone();
            c.sort_unstable();
            assert_eq!(b, c);
            let mut d = a.clone();
            d.sort_by(|p, q| q.0.cmp(&p.0));
            assert!(d.windows(2).all(|w| w[0].0 > w[1].0 || w[0].0 == w[1].0 && w[0].1 < w[1].1));
            d.sort();
            assert_eq!(b, d);
            if n > 0 {
                let mut e = a.clone();
                assert_eq!(*e.select_nth_unstable(n / 2).1, b[n / 2]);
            }
            let mut f: Vec<String> = a.iter().map(|p| p.0.to_string()).collect();
            f.sort_by_cached_key(|s| s.len());
            assert!(f.is_sorted_by_key(|s| s.len()));
        }
    }
    let slice = &s[..];
    let end = slice.len() + 5;
    println!("{}", &slice[2..end]);
}
