#!/bin/sh
# What becomes of each file of a folder: a line a file, "accepted", "partly" with how many rows were refused, or "refused" with why.
#
#   tests/files.sh BINARY FOLDER [FIRST...]
#
# Each file is imported by itself into a copy of a fresh school's file, into which the FIRST ones were imported before, all together.
# Ends with 1 if the program ended in any way that it does not say it ends in.
set -u
binary=$1 folder=$2
shift 2
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT
export FIRSTBELL_DB="$place/school.db" HOME="$place" XDG_CONFIG_HOME="$place" XDG_DATA_HOME="$place"
# A year about today that is all term, so that no mark falls outside one.
year=$(date +%Y)
printf 'kind,name,from,until\nterm,All year,%s-09-01,%s-07-31\n' $((year - 1)) $year >"$place/calendar.csv"
printf 'term,All year,%s-09-01,%s-07-31\n' $year $((year + 1)) >>"$place/calendar.csv"
"$binary" init --name 'Made-up School' >"$place/out" 2>&1 || { cat "$place/out"; exit 3; }
"$binary" import "$place/calendar.csv" "$@" >"$place/out" 2>&1 || { cat "$place/out"; exit 3; }
mv "$FIRSTBELL_DB" "$place/first.db"
bad=0
find "$folder" -type f | LC_ALL=C sort >"$place/list"
while IFS= read -r file; do
    rm -f "$FIRSTBELL_DB"*
    cp "$place/first.db" "$FIRSTBELL_DB"
    mkdir "$place/one"
    cp "$file" "$place/one/"
    "$binary" import "$place/one/${file##*/}" >"$place/out" 2>"$place/err" </dev/null
    code=$?
    name=${file#"$folder"/}
    first=$(head -n 1 "$place/out")
    counts=$(grep -E '^[A-Z][a-z ]*: [0-9]+ new' "$place/out" | tr '\n' ' ')
    case $code in
    0)
        refused=$(printf '%s' "$first" | sed -n 's/.* \([0-9][0-9]*\) rows\{0,1\} refused.*/\1/p')
        if [ "${refused:-0}" -eq 0 ]; then
            printf '%s\taccepted\t%s\n' "$name" "${counts:-nothing changed}"
        else
            printf '%s\tpartly\t%s refused; %s\n' "$name" "$refused" "${counts:-nothing changed}"
        fi
        ;;
    1 | 2 | 3) printf '%s\trefused\t%s\n' "$name" "$(sed 's/^firstbell: //' "$place/err" | head -n 1)" ;;
    *)
        printf '%s\tENDED WITH %s\t%s\n' "$name" "$code" "$(tail -n 1 "$place/err")"
        bad=1
        ;;
    esac
    rm -rf "$place/one"
done <"$place/list"
exit $bad
