#!/usr/bin/env bash
# How long figures and reports take in a cold process, beside a query in sqlite3 that answers the same from the same file: medians in ms.
#
#   tests/speed.sh BINARY [PUPILS...]
#
# Makes demo schools of so many pupils (300, 1200 and 12000), of one school year and of six, and asks both in turn, RUNS times (15), of
# dates up to the evening before. Every answer of sqlite3 is checked first: the same rows, with the same sessions possible and blanks. Ends
# with 1 if one differs. Wants sqlite3, and a machine that does nothing else.
set -uo pipefail
export LC_ALL=C
binary=$(realpath "$1") || exit 2
shift
sizes=("${@:-300}")
(($#)) || sizes=(300 1200 12000)
runs=${RUNS:-15}
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT
export HOME="$place" XDG_CONFIG_HOME="$place" XDG_DATA_HOME="$place"
last=2026-11-23
now=2026-11-24T08:00
bad=0

# The school days of these dates.
days() {
    cat <<SQL
WITH RECURSIVE
day(date) AS (SELECT '$1' UNION ALL SELECT date(date, '+1 day') FROM day WHERE date < '$2'),
school AS MATERIALIZED (
  SELECT date FROM day WHERE strftime('%w', date) BETWEEN '1' AND '5'
    AND EXISTS (SELECT 1 FROM term WHERE day.date BETWEEN first_day AND last_day)
    AND date NOT IN (SELECT date FROM closed_day)),
SQL
}

# Split by what a pupil is: the marks by code, and the sessions that were due.
counted_by_pupil() {
    cat <<SQL
stay AS MATERIALIZED (
  SELECT first_day AS since, last_day AS until,
         (SELECT 2 * count(*) FROM school WHERE date >= p.first_day AND (p.last_day IS NULL OR date <= p.last_day)) AS sessions
  FROM pupil p GROUP BY 1, 2),
counts(at, code, marks, minutes) AS (
  SELECT $3, m.code, count(*), sum(m.minutes)
  FROM mark m JOIN pupil p ON p.id = m.pupil LEFT JOIN tutor_group g ON g.id = p.tutor_group
  WHERE m.date BETWEEN '$1' AND '$2' AND m.code IS NOT NULL GROUP BY 1, 2),
due(at, sessions) AS (
  SELECT $3, sum(s.sessions) FROM pupil p
  JOIN stay s ON s.since = p.first_day AND s.until IS p.last_day LEFT JOIN tutor_group g ON g.id = p.tutor_group
  GROUP BY 1),
SQL
}

# The same by week, of those pupils: by date first.
counted_by_week() {
    cat <<SQL
counts(at, code, marks, minutes) AS (
  SELECT date(date, 'weekday 0', '-6 days'), code, sum(marks), sum(minutes) FROM
    (SELECT m.date, m.code, count(*) AS marks, sum(m.minutes) AS minutes FROM mark m JOIN pupil p ON p.id = m.pupil
     WHERE m.date BETWEEN '$1' AND '$2' AND m.code IS NOT NULL AND $3 GROUP BY 1, 2)
  GROUP BY 1, 2),
due(at, sessions) AS (
  SELECT date(s.date, 'weekday 0', '-6 days'), sum(2 * n.pupils) FROM school s
  JOIN (SELECT p.first_day, p.last_day, count(*) AS pupils FROM pupil p WHERE $3 GROUP BY 1, 2) n
    ON n.first_day <= s.date AND (n.last_day IS NULL OR s.date <= n.last_day)
  GROUP BY 1),
SQL
}

# A row a part, with the same fields as firstbell's.
rows() {
    cat <<'SQL'
part AS (
  SELECT at, sum(marks) AS marks,
         sum(marks) FILTER (WHERE code IN ('/', '\', 'L', 'B', 'K', 'P', 'V', 'W', 'J')) AS attended,
         sum(marks) FILTER (WHERE code IN ('C', 'C1', 'C2', 'E', 'I', 'J1', 'M', 'R', 'S', 'T', 'H', 'F')) AS authorised,
         sum(marks) FILTER (WHERE code IN ('G', 'N', 'O', 'U')) AS unauthorised,
         sum(marks) FILTER (WHERE code = 'L') AS before, sum(marks) FILTER (WHERE code = 'U') AS after,
         sum(minutes) FILTER (WHERE code IN ('L', 'U')) AS minutes
  FROM counts GROUP BY at)
SELECT due.at, ifnull(attended, 0) + ifnull(authorised, 0) + ifnull(unauthorised, 0), ifnull(attended, 0), ifnull(authorised, 0),
       ifnull(unauthorised, 0), ifnull(before, 0) + ifnull(after, 0), ifnull(before, 0), ifnull(after, 0), ifnull(minutes, 0),
       due.sessions - ifnull(marks, 0)
FROM due LEFT JOIN part ON part.at IS due.at WHERE due.sessions > 0 ORDER BY 1;
SQL
}

milliseconds() {
    local start=$EPOCHREALTIME
    "$@" >"$place/answer" 2>"$place/err" || { cat "$place/err" >&2; exit 3; }
    local end=$EPOCHREALTIME
    echo $(((${end/./} - ${start/./}) / 10))
}

ask_firstbell() { "$binary" --db "$db" --now "$now" "$@"; }
ask_sqlite() { sqlite3 -readonly "$db" <"$place/question.sql"; }

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] / 100 }'; }

# The sessions possible and the blanks of an answer, and how many rows it has.
of_firstbell() {
    sqlite3 :memory: "SELECT count(*), total(json_extract(value, '\$.possible')), total(json_extract(value, '\$.blanks'))
                      FROM json_each(readfile('$place/answer'), '\$.rows')"
}
of_sqlite() { awk -F'|' '{ possible += $2; blanks += $10 } END { printf "%d|%.1f|%.1f\n", NR, possible, blanks }' "$place/answer"; }

say() { printf '%7s %5s  %-28s %10s %10s %6s\n' "$@"; }

# One question, put to both in turn.
beside() {
    local name=$1 ours theirs
    shift
    ask_firstbell "$@" >"$place/answer" || exit 3
    ours=$(of_firstbell)
    ask_sqlite >"$place/answer" || exit 3
    theirs=$(of_sqlite)
    if [[ $ours != "$theirs" ]]; then
        echo "$name: firstbell counts $ours, sqlite3 $theirs" >&2
        bad=1
    fi
    : >"$place/ours"
    : >"$place/theirs"
    for _ in $(seq "$runs"); do
        milliseconds ask_firstbell "$@" >>"$place/ours"
        milliseconds ask_sqlite >>"$place/theirs"
    done
    ours=$(median <"$place/ours") theirs=$(median <"$place/theirs")
    say "$pupils" "$years" "$name" "$ours" "$theirs" "$(awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%.2f", a / b }')"
}

by_pupils() {
    { days "$2" "$last"; counted_by_pupil "$2" "$last" "$4"; rows; } >"$place/question.sql"
    beside "$1" figures --by "$3" --from "$2" --to "$last" --json
}

by_weeks() {
    local name=$1 from=$2 whose=$3
    shift 3
    { days "$from" "$last"; counted_by_week "$from" "$last" "$whose"; rows; } >"$place/question.sql"
    beside "$name" figures --by week --from "$from" --to "$last" --json "$@"
}

# What sqlite3 has no answer to.
alone() {
    local name=$1
    shift
    : >"$place/ours"
    for _ in $(seq "$runs"); do milliseconds ask_firstbell "$@" >>"$place/ours"; done
    say "$pupils" "$years" "$name" "$(median <"$place/ours")" - -
}

say pupils years question firstbell sqlite3 ratio
for pupils in "${sizes[@]}"; do
    for years in 1 6; do
        db="$place/school.db"
        rm -f "$db"*
        "$binary" --db "$db" demo --create-only --pupils "$pupils" --years "$years" --seed 1 >/dev/null || exit 3
        begins=$(sqlite3 "$db" 'SELECT min(date) FROM mark')
        one=$(sqlite3 "$db" 'SELECT admission_no FROM pupil WHERE last_day IS NULL ORDER BY id LIMIT 1 OFFSET 100')
        by_pupils "week by group" 2026-11-17 group g.name
        by_pupils "year by school" 2026-08-01 school "''"
        by_pupils "year by year" 2026-08-01 year "ifnull(p.year, g.year)"
        by_pupils "year by pupil" 2026-08-01 pupil p.id
        by_weeks "everything by week" "$begins" true
        by_weeks "a pupil's year by week" 2026-08-01 "p.admission_no = '$one'" --pupil "$one"
        alone "report weekly" report weekly --to "$last"
        alone "report governors" report governors --to "$last"
        alone "triggers" triggers --json
    done
done
exit $bad
