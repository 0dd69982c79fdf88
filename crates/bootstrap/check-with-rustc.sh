#!/bin/bash
# Builds the bootstrap library with rustc and compares programs built on it with the same programs
# on the real library.
#
# usage: check-with-rustc.sh [build | program.rs ...]     (all of tests/*.rs by default)
set -u
here=$(cd "$(dirname "$0")" && pwd)
out=${BOOT_OUT:-/tmp/boot}
target=x86_64-unknown-linux-musl
sysroot=$out/sysroot
lib=$sysroot/lib/rustlib/$target/lib
export RUSTC_BOOTSTRAP=1 RUSTC_ICE=0 RUST_BACKTRACE=0
mkdir -p "$lib" "$out/run"

flags=(--edition 2024 --target $target -Cpanic=abort -O -Cdebug-assertions=off --sysroot "$sysroot"
    --crate-type rlib --out-dir "$lib" --cap-lints allow)
newest() { find "$here/library/$1" -name '*.rs' -newer "$lib/lib$1.rlib" 2>/dev/null | head -1; }
changed=
for crate in core compiler_builtins alloc std; do
    [ -e "$here/library/$crate/src/lib.rs" ] || continue
    if [ -n "$changed" ] || [ ! -e "$lib/lib$crate.rlib" ] || [ -n "$(newest $crate)" ]; then
        changed=1
        rm -f "$lib/lib$crate.rlib"
        rustc "${flags[@]}" --crate-name $crate "$here/library/$crate/src/lib.rs" || exit 1
    fi
done
[ "${1:-}" = build ] && exit 0

# A program says what it reads on stdin in NAME.stdin, and its arguments in a line `// args: ...`.
compare() {
    local source=$1 name edition input args
    name=$(basename "$source" .rs)
    edition=$(sed -n 's|^// edition: *||p' "$source" | head -1)
    args=$(sed -n 's|^// args: *||p' "$source" | head -1)
    input=${source%.rs}.stdin
    [ -e "$input" ] || input=/dev/null
    local common=(--edition "${edition:-2021}" --cap-lints allow -Copt-level=${BOOT_OPT:-1}
        -Cdebug-assertions=${BOOT_DEBUG:-on} "$source")
    rustc "${common[@]}" -o "$out/run/$name.real" 2>"$out/run/$name.log" ||
        { echo "FAIL $name: does not compile on the real library"; return 1; }
    rustc "${common[@]}" --target $target --sysroot "$sysroot" -Cpanic=abort -Clinker-flavor=gcc \
        -Clink-self-contained=no -Clink-arg=-nostartfiles -Clink-arg=-nostdlib -Clink-arg=-static \
        -Crelocation-model=static \
        -o "$out/run/$name.boot" 2>"$out/run/$name.log" ||
        { echo "FAIL $name: does not compile"; grep -E '^error' -A6 "$out/run/$name.log" | head -${BOOT_LINES:-30}; return 1; }
    local kind
    for kind in real boot; do
        (cd "$out/run" && ulimit -c 0 && timeout 60 "./$name.$kind" $args <"$input" \
            >"$name.$kind.out" 2>"$name.$kind.err"; echo "exit $?" >>"$name.$kind.out")
        # The thread id of a panic differs.
        sed -i -E "s/^(thread '[^']*' \()[0-9]+/\1TID/; s|/rustc/[0-9a-f]*/library|library|" "$out/run/$name.$kind.err"
    done
    if cmp -s "$out/run/$name.real.out" "$out/run/$name.boot.out" &&
        cmp -s "$out/run/$name.real.err" "$out/run/$name.boot.err"; then
        echo "ok   $name"
    else
        echo "FAIL $name"
        diff "$out/run/$name.real.out" "$out/run/$name.boot.out" | head -${BOOT_LINES:-10}
        diff "$out/run/$name.real.err" "$out/run/$name.boot.err" | head -${BOOT_LINES:-10}
        return 1
    fi
}

status=0
[ $# -gt 0 ] || set -- "$here"/tests/*.rs
for program in "$@"; do
    compare "$program" || status=1
done
exit $status
