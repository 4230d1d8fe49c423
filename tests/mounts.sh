#!/usr/bin/env bash
# Disks and rights as they should not be: read-only and full disks, files that may not be written, in a scratch folder. What is wanted
# in an emergency is answered all the same, and nothing is half written. Needs root (or sudo), mount and runuser; says so where it
# cannot run, and is then no failure.
#
#   tests/mounts.sh     set up, try everything, clean up: says what is wrong, and ends with 1 if anything is
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

skip() {
  echo "mounts: NOT TRIED: $*" >&2
  exit 0
}
die() {
  echo "mounts: $*" >&2
  exit 1
}

# First, as whoever we are: build the program.
if [[ ${1-} != --built ]]; then
  cargo build --locked --quiet || exit 1
  as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || skip "root is needed, to mount: run it as root, or install sudo"
    as_root=(sudo -n)
  fi
  exec "${as_root[@]}" bash "$0" --built "${PROGRAM-${CARGO_TARGET_DIR-target}/debug/firstbell}"
fi
for tool in mount umount runuser; do
  command -v $tool >/dev/null || skip "$tool is not here"
done

room=$(mktemp -d /var/tmp/firstbell-mounts.XXXXXX) || die "/var/tmp cannot be written"
holder=
clean_up() {
  trap - EXIT
  [[ -n $holder ]] && kill -9 "$holder" 2>/dev/null
  local place
  for place in "$room"/*/; do
    mountpoint -q "$place" && umount -l "$place"
  done
  rm -rf "$room"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP
chmod 755 "$room"
program=$room/firstbell
cp "$2" "$program" && chmod 755 "$program" || die "$2 cannot be copied"
mkdir "$room/disk" "$room/small" "$room/rights"
mount -t tmpfs -o size=64m,mode=755 firstbell "$room/disk" 2>/dev/null || skip "nothing can be mounted here"
mount -t tmpfs -o size=16m,mode=755 firstbell "$room/small" || skip "nothing can be mounted here"

tried=0 wrong=0
# ask USER WORDS...: what the program answers about $db.
ask() {
  asked="$*"
  out=$(timeout 60 runuser -u "$1" -- env HOME="$room" FIRSTBELL_OFFICER="S Marsh, office" "$program" --db "$db" "${@:2}" </dev/null 2>"$room/err")
  code=$?
  err=$(<"$room/err")
}
# ends CODE [TEXT...]: how the last question ended, and what was said.
ends() {
  tried=$((tried + 1))
  local text says=
  [[ $code == "$1" ]] || says="it should end with $1"
  for text in "${@:2}"; do
    [[ $out$'\n'$err == *"$text"* ]] || says+="; “$text” is not said"
  done
  [[ -z $says ]] || wrong "$says"
}
wrong() {
  wrong=$((wrong + 1))
  printf 'WRONG: %s: %s: %s\n  exit code %s\n  out: %.400s\n  err: %.400s\n' "$here" "$asked" "$1" "$code" "$out" "$err" >&2
}
# beside: what lies in the file's folder but for SQLite's own, which a desk that finds no room for it leaves empty.
beside() {
  ls -A "$(dirname "$db")" | grep -v -e '-wal$' -e '-shm$'
}
# answered USER WHY: the lists are all there, nothing is made beside the file, and an act is refused, saying why.
answered() {
  local before
  before=$(beside)
  ask "$1" fire
  ends 0 "Harrington High: fire list" "to account for in the whole school"
  ask "$1" lates
  ends 0 "Lates: "
  ask "$1" unmarked
  ends 0 "egister"
  ask "$1" who "$plain"
  ends 0 "$plain"
  ask "$1" late "$plain"
  ends 3 "$2"
  [[ $err != *"not known"* ]] || wrong "it is known that it was not saved"
  ask "$1" who "$vulnerable"
  ends 3 "1 pupil." "$2"
  [[ $out != *ontact* ]] || wrong "a card was shown without putting that down"
  [[ $(beside) == "$before" ]] || wrong "something was made beside the file"
}
# one QUESTION: the file's own answer.
one() {
  "$program" --db "$db" sql "$1" | tail -n +2
}
school() {
  "$program" --db "$db" demo --create-only --pupils 60 --years 1 >/dev/null || die "no school could be made up"
}

here="a disk that is read only"
db=$room/disk/school.db
school
plain=$(one "select admission_no from pupil where flags = '' order by id limit 1")
vulnerable=$(one "select admission_no from pupil where flags like '%YOT%' or flags like '%CIN%' or flags like '%CP%' order by id limit 1")
[[ -n $plain && -n $vulnerable ]] || die "the made-up school has nobody to ask for"
mount -o remount,ro "$room/disk"
answered root "cannot be written"
mount -o remount,rw "$room/disk"

here="the same after a desk was killed: its last acts are not in the file itself yet"
"$program" --db "$db" sql "with recursive n(x) as (select count(*) from pupil union all select x + 1 from n) select count(*) from n" >/dev/null 2>&1 &
holder=$!
for _ in {1..200}; do
  [[ -s $room/disk/school.db-shm ]] && break
  sleep 0.05
done
late=$(one "select admission_no from pupil where id not in (select pupil from evidence) order by id desc limit 1")
ask root late "$late" --reason "the last act"
ends 0
kill -9 "$holder" && wait "$holder" 2>/dev/null
holder=
[[ -s $room/disk/school.db-wal ]] || die "the killed desk left nothing"
rm "$room/disk/school.db-shm"
mount -o remount,ro "$room/disk"
answered root "cannot be written"
ask root lates
ends 0 "the last act"
mount -o remount,rw "$room/disk"

here="a full disk"
db=$room/small/school.db
school
head -c 32m /dev/zero >"$room/small/filler" 2>/dev/null
answered root "is full"
ask root backup "$room/small/copy.db"
ends 3 "is full"
ask root init --name Other
ends 3 "exists already"
tried=$((tried + 1))
[[ $(beside) == filler$'\n'school.db ]] || wrong "something was left on it: $(beside)"
: >"$room/small/filler"
ask root late "$late" --reason "room again"
ends 0

here="a disk that fills up while desks are at work"
head -c 32m /dev/zero >"$room/small/filler" 2>/dev/null
truncate -s -200K "$room/small/filler"
"$program" --db "$db" sql "with recursive n(x) as (select count(*) from pupil union all select x + 1 from n) select count(*) from n" >/dev/null 2>&1 &
holder=$!
done_before=$(one "select count(*) from act")
count=0
for ((turn = 0; turn < 200; turn++)); do
  ask root watch add "$plain" --reason "turn $turn"
  ((code == 0)) || break
  count=$((count + 1))
  ask root undo
  ((code == 0)) || break
  count=$((count + 1))
done
ends 3 "is full"
[[ $err != *"not known"* ]] || wrong "it is known that it was not saved"
ask root fire
ends 0 "to account for in the whole school"
kill -9 "$holder" 2>/dev/null
wait "$holder" 2>/dev/null
holder=
: >"$room/small/filler"
tried=$((tried + 1))
asked="the acts in the file" out=$(($(one "select count(*) from act") - done_before)) code= err=
[[ $out == "$count" ]] || wrong "$count were said to be done"
asked="the file" out=$(one "select integrity_check from pragma_integrity_check")
[[ $out == ok ]] || wrong "it is not whole"

here="a file and a folder that may not be written"
db=$room/rights/school.db
school
chown -R nobody "$room/rights"
chmod 444 "$db"
chmod 555 "$room/rights"
answered nobody "cannot be written"
chmod 000 "$db"
ask nobody fire
ends 3 "permission denied"

((wrong == 0)) || die "$wrong of $tried things tried are wrong"
echo "mounts: $tried things tried, all as they should be"
