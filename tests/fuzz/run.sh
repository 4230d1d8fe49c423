#!/bin/sh
# Feed the readers with files that nobody made, so many seconds each. A file that ends the program, takes more than 1 GB or 20 seconds is kept.
#
#   tests/fuzz/run.sh SECONDS [READER...]      a reader is a folder of seeds/
#
# Needs a nightly toolchain and cargo-fuzz (cargo install cargo-fuzz). What is found lies in target/fuzz/found.
set -eu
cd "$(dirname "$0")/../.."
seconds=$1
shift
[ $# -gt 0 ] || set -- $(ls tests/fuzz/seeds)
out=$PWD/target/fuzz
mkdir -p "$out/found"
for reader in "$@"; do
    case $reader in
    workbook | opendocument) target=$reader ;;
    *) target=file ;;
    esac
    mkdir -p "$out/corpus/$reader"
    cp -r "tests/fuzz/seeds/$reader/." "$out/corpus/$reader"
    cargo +nightly fuzz run --fuzz-dir tests/fuzz --target-dir "$out/build" "$target" "$out/corpus/$reader" -- \
        -max_total_time="$seconds" -rss_limit_mb=1024 -timeout=20 -max_len=20000 -dict=tests/fuzz/words.txt \
        -artifact_prefix="$out/found/$reader-" -print_final_stats=1 2>&1 | tail -n 12 | sed "s/^/$reader: /"
done
