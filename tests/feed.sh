#!/bin/sh
# Kills `firstbell feed` while files arrive, again and again: every file is taken once, none is lost and none is half.
#
#   tests/feed.sh BINARY [KILLS]
#
# Files of one mark each arrive in bursts all the while, some renamed into place, some written there in two halves. Each round starts the command
# and ends it by kill -9 a moment later. Prints what was found; ends with 1 if anything is wrong.
set -u
binary=$1 kills=${2:-40}
place=$(mktemp -d) || exit 3
writer=
trap '[ -n "$writer" ] && kill "$writer" 2>/dev/null; rm -rf "$place"' EXIT
export FIRSTBELL_DB="$place/school.db" HOME="$place" XDG_CONFIG_HOME="$place" XDG_DATA_HOME="$place"
"$binary" init --name 'Made-up School' >/dev/null || exit 3
inbox="$place/inbox" sent="$place/sent"
mkdir "$inbox" "$sent"
{
    echo 'kind,name,from,until'
    echo 'term,All year,2025-09-01,2026-07-31'
} >"$place/calendar.csv"
{
    echo 'admission_no,surname,forename,year,tutor_group,from'
    for number in $(seq 1 200); do echo "$number,Made$number,Up,8,8AB,2025-09-01"; done
} >"$place/pupils.csv"
"$binary" import "$place/calendar.csv" "$place/pupils.csv" >/dev/null || exit 3
before=$("$binary" imports --json | grep -o '"act":' | wc -l)

# A file of one mark, which no other file holds.
arrive() {
    number=$1
    pupil=$((number % 200 + 1)) session=AM
    [ $((number / 200 % 2)) -eq 1 ] && session=PM
    # From a Monday on, five days a week.
    date=$(date -d "2026-01-12 +$((number / 400 % 5 + number / 2000 * 7)) days" +%F)
    printf 'admission_no,date,session,code\n%s,%s,%s,N\n' "$pupil" "$date" "$session" >"$sent/$number.csv"
    if [ $((number % 3)) -eq 0 ]; then
        head -c 40 "$sent/$number.csv" >"$inbox/$number.csv"
        sleep 0.05
        tail -c +41 "$sent/$number.csv" >>"$inbox/$number.csv"
    else
        cp "$sent/$number.csv" "$inbox/$number.csv.part"
        mv "$inbox/$number.csv.part" "$inbox/$number.csv"
    fi
}
(
    number=0
    while [ ! -e "$place/enough" ]; do
        arrive "$number"
        number=$((number + 1))
        # In bursts: while files arrive, those that are whole wait for them.
        if [ $((number % 15)) -eq 0 ]; then sleep 1.3; fi
    done
) &
writer=$!

half=0 midway=0
for round in $(seq 1 "$kills"); do
    "$binary" feed "$inbox" --settle 1 >"$place/said" 2>&1 &
    feed=$!
    # Every fourth round somewhere after its start; the others among the files that it takes, no two alike.
    tries=0
    until [ $((round % 4)) -eq 0 ] || grep -q 'is taken' "$place/said" || [ "$tries" -gt 400 ]; do
        sleep 0.01
        tries=$((tries + 1))
    done
    longest=0.2
    [ $((round % 4)) -eq 0 ] && longest=2
    sleep "$(awk -v seed="$round$$" -v longest="$longest" 'BEGIN { srand(seed); printf "%.3f", rand() * longest }')"
    kill -9 "$feed"
    wait "$feed" 2>/dev/null
    cat "$place/said" >>"$place/log"
    grep -q 'is taken' "$place/said" && [ -n "$(find "$inbox" -maxdepth 1 -name '*.csv')" ] && midway=$((midway + 1))
    unmoved=$("$binary" sql 'SELECT count(*) FROM fed_file WHERE moved = 0' | grep -E -o '^[0-9]+$' | head -n 1)
    half=$((half + ${unmoved:-0}))
done
touch "$place/enough"
wait "$writer"
writer=
"$binary" feed "$inbox" --settle 1 --once >>"$place/log" 2>&1
ended=$?

files=$(find "$sent" -type f | wc -l)
done=$(find "$inbox/done" -name '*.csv' | wc -l)
reports=$(find "$inbox/done" -name '*.report.txt' | wc -l)
left=$(find "$inbox" -maxdepth 1 -type f ! -name '.*' | wc -l)
refused=$(find "$inbox/refused" -type f | wc -l)
parts=$(find "$inbox" -name '*.part' | wc -l)
imports=$("$binary" imports --json | grep -o '"act":' | wc -l)
imports=$((imports - before))
marks=$("$binary" sql "SELECT count(*) FROM mark WHERE tutor = 'N'" | grep -E -o '^[0-9]+$' | head -n 1)
twice=$("$binary" sql 'SELECT count(*) FROM fed_file WHERE act IS NULL' | grep -E -o '^[0-9]+$' | head -n 1)
other=0
for file in "$sent"/*; do
    cmp -s "$file" "$inbox/done/${file##*/}" || other=$((other + 1))
done
echo "kills $kills: with files taken and others left $midway, between a commit and the end of its move $half"
echo "files $files: in done $done (with reports $reports, not the same $other), in refused $refused, left $left, unfinished $parts"
echo "imports $imports, marks $marks, taken twice $twice; the last run ended with $ended"
[ "$files" -eq "$done" ] && [ "$files" -eq "$reports" ] && [ "$files" -eq "$imports" ] && [ "$files" -eq "$marks" ] &&
    [ "$other" -eq 0 ] && [ "$refused" -eq 0 ] && [ "$left" -eq 0 ] && [ "$parts" -eq 0 ] && [ "$twice" -eq 0 ] && [ "$ended" -eq 0 ]
