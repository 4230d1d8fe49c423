#!/usr/bin/env bash
# Look-ups, acts and the screen over a real sshd: an account of its own, and keys with a forced command, set up as "Over
# SSH" in docs/administration.md says, from that page's own lines. Needs root (or sudo), OpenSSH's server and client, useradd and runuser.
#
#   tests/over_ssh.sh           set up, try every door, clean up: says what is wrong, and ends with 1 if anything is
#   tests/over_ssh.sh --stay    set up a school of 1,000, with a line of 300 ms there and back beside the straight one; say how to
#                               get in; wait for Enter; clean up
#
# Whatever happens it takes away again what it made: the account, its folder, and every process of it.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

die() {
  echo "over_ssh: $*" >&2
  exit 1
}

stay=
if [[ ${1-} == --stay ]]; then
  stay=yes
  shift
fi

# First, as whoever we are: build the program, and the tests that need a terminal.
if [[ ${1-} != --built ]]; then
  cargo build --locked --quiet || exit 1
  tests=$(cargo test --locked --quiet --no-run --test over_ssh --message-format=json | sed -n 's/.*"executable":"\([^"]*\/over_ssh-[^"]*\)".*/\1/p')
  [[ -x $tests ]] || die "the tests of the terminal were not built"
  as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "root is needed, to make an account and to run an sshd: run it as root, or install sudo"
    as_root=(sudo)
  fi
  exec "${as_root[@]}" bash "$0" ${stay:+--stay} --built "${PROGRAM-${CARGO_TARGET_DIR-target}/debug/firstbell}" "$tests"
fi
built=$2
tests=$3
sshd=$(PATH=$PATH:/usr/sbin command -v sshd) || die "there is no sshd: install OpenSSH's server (Debian: apt-get install openssh-server)"
for tool in ssh ssh-keygen ssh-agent ssh-add sftp scp useradd userdel runuser; do
  PATH=$PATH:/usr/sbin command -v $tool >/dev/null || die "$tool is needed, and is not here"
done
export PATH=$PATH:/usr/sbin

# --- What is made, and taken away again -----------------------------------------------------------------------------------------

account=fbtest$$
# Not under /tmp: sshd trusts no key that lies where everybody may write.
room=$(mktemp -d /var/lib/firstbell-over-ssh.XXXXXX) || die "/var/lib cannot be written"
chmod 755 "$room"
home=$room/home
keys=$room/firstbell_keys
program=$room/bin/firstbell
db=$home/school.db
server= agent= relay= made_run=

# The processes of the account: all of them are ours, for so is the account.
theirs() {
  ps -o pid= -u "$account" 2>/dev/null
}

clean_up() {
  trap - EXIT
  local pid
  for pid in $relay $agent $server $(theirs); do
    kill "$pid" 2>/dev/null
  done
  for _ in {1..20}; do
    [[ -z $(theirs) ]] && break
    sleep 0.05
  done
  for pid in $(theirs); do
    kill -9 "$pid" 2>/dev/null
  done
  [[ -n $server ]] && wait "$server" 2>/dev/null
  id "$account" >/dev/null 2>&1 && userdel "$account" 2>/dev/null
  [[ -n $made_run ]] && rmdir /run/sshd 2>/dev/null
  rm -rf "$room"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# --- Set up, by the page's own lines --------------------------------------------------------------------------------------------

# block KIND PLACE: that block of "Over SSH", with our own account and folders in the place of the page's.
block() {
  awk -v kind="$1" -v place="$2" '
    /^## / { here = $0 == "## Over SSH" }
    here && $0 == "```" kind && ++found == place { inside = 1; next }
    $0 == "```" { inside = 0 }
    inside' docs/administration.md |
    sed -e 's#/usr/local/bin target/dist/firstbell#@bin@ @built@#; s#/usr/local/bin/firstbell#@program@#g' \
      -e 's#/srv/firstbell#@home@#g; s#/etc/ssh/firstbell_keys#@keys@#g' \
      -e "s#\\bfirstbell\\b#$account#g" \
      -e "s#@bin@#$room/bin#; s#@built@#$room/built/firstbell#; s#@program@#$program#g; s#@home@#$home#g; s#@keys@#$keys#g"
}

mkdir "$room/bin" "$room/built" && cp "$built" "$room/built/firstbell" || die "$built cannot be copied"
eval "$(block sh 1)" >/dev/null || die "the account, the program and the file could not be made as the page says"
[[ -f $db && $(type -t fb) == function ]] || die "the page's first block made no file"

# The same, with a made-up school in the file.
rm -f "$db" "$db"-*
fb demo --create-only --pupils "$([[ $stay ]] && echo 1000 || echo 300)" --years 1 >/dev/null || die "no school could be made up"
staff=$(block toml 1)
# In the place of the made-up school's own.
settings=$(fb settings | awk '/^\[\[staff\]\]$/ { staff = 1 } /^$/ { staff = 0 } !staff && !/^staff = /') || die "the settings are not printed"
fb settings - <<<"$staff"$'\n'"$settings" >/dev/null || die "the page's staff were refused"

# A key for each of the staff, by the page's line.
line=$(block text 1 | head -n 1)
[[ $line == restrict,pty,command=* ]] || die "the page's line of firstbell_keys is not found"
logins=$(sed -n 's/.*login = "\([^"]*\)".*/\1/p' <<<"$staff")
for login in $logins; do
  ssh-keygen -q -t ed25519 -N '' -C "$login" -f "$room/$login" || die "no key could be made"
  echo "${line/--as jsmith\" ssh-ed25519 */--as $login\"} $(<"$room/$login.pub")"
done >"$keys"
chmod 644 "$keys"

# An sshd of our own, less careful than it should be: it lets our own variables in.
ssh-keygen -q -t ed25519 -N '' -f "$room/host_key" || die "no host key could be made"
block text 2 >"$room/match.conf"
cat >"$room/sshd_config" <<END
HostKey $room/host_key
PidFile none
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 100
AcceptEnv LANG LC_* FIRSTBELL_*
Subsystem sftp $(find /usr/lib/openssh /usr/libexec /usr/lib/ssh -name sftp-server 2>/dev/null | head -n 1)
Include $room/match.conf
END
[[ -d /run/sshd ]] || { mkdir -p -m 755 /run/sshd && made_run=yes; }
"$sshd" -t -f "$room/sshd_config" || die "sshd does not take the page's settings"
for _ in {1..20}; do
  port=$((20000 + RANDOM % 20000))
  "$sshd" -D -e -f "$room/sshd_config" -o ListenAddress=127.0.0.1 -p $port 2>"$room/sshd.log" &
  server=$!
  for _ in {1..40}; do
    (: >/dev/tcp/127.0.0.1/$port) 2>/dev/null && kill -0 $server 2>/dev/null && break 2
    kill -0 $server 2>/dev/null || break
    sleep 0.05
  done
  wait $server 2>/dev/null
  server=
done
[[ -n $server ]] || die "sshd does not start: $(cat "$room/sshd.log")"

cat >"$room/config" <<END
IgnoreUnknown ObscureKeystrokeTiming
Host $(echo $logins)
  HostName 127.0.0.1
  Port $port
  User $account
  HostKeyAlias firstbell
  UserKnownHostsFile $room/known_hosts
  StrictHostKeyChecking yes
  IdentityFile $room/%n
  IdentitiesOnly yes
  IdentityAgent none
  BatchMode yes
  ConnectTimeout 10
  LogLevel ERROR
  ObscureKeystrokeTiming no
END
echo "firstbell $(cut -d' ' -f1,2 "$room/host_key.pub")" >"$room/known_hosts"

# What the tests of the terminal are told.
export OVER_SSH_CONFIG=$room/config OVER_SSH_PORT=$port OVER_SSH_ACCOUNT=$account OVER_SSH_PROGRAM=$program OVER_SSH_DB=$db
export TERM=xterm-256color

if [[ $stay ]]; then
  OVER_SSH_RELAY=$((port + 1)) "$tests" --exact slow_line::a_line_by_hand --nocapture >"$room/relay.log" 2>&1 &
  relay=$!
  echo "ssh -F $room/config jsmith                 the screen; also: $(echo $logins)"
  echo "ssh -F $room/config -p $((port + 1)) jsmith        the same over 300 ms; bytes are counted in $room/relay.log"
  echo "runuser -u $account -- $program --db $db sql '...'    the file, as its owner"
  read -r -p "Enter ends it. "
  exit
fi

# --- The doors ------------------------------------------------------------------------------------------------------------------

tried=0 wrong=0

# ask KEY WORDS...: what the key is answered without a terminal, in $out, $err and $code; $options are ssh's own.
options=()
ask() {
  asked="${options[*]} $*"
  # Behind "--", else ssh takes our options for its own.
  local words=("${@:2}")
  out=$(timeout 20 ssh -F "$room/config" "${options[@]}" "$1" ${words:+-- "${words[@]}"} </dev/null 2>"$room/err")
  code=$?
  err=$(<"$room/err")
}

wrong() {
  wrong=$((wrong + 1))
  printf 'WRONG: %s: %s\n  exit code %s\n  out: %.600s\n  err: %.600s\n' "$asked" "$1" "$code" "$out" "$err" >&2
}

# ends CODE [TEXT...]: how the last question ended, and what its answer holds, whether said or complained of.
ends() {
  tried=$((tried + 1))
  [[ $code == "$1" ]] || wrong "it should end with $1"
  shift
  local text
  for text; do
    [[ $out$'\n'$err == *"$text"* ]] || wrong "“$text” is not said"
  done
}

# hides WHAT PATTERN: nothing that the pattern finds is in the last answer.
hides() {
  tried=$((tried + 1))
  grep -Eiq -- "$2" <<<"$out$err" && wrong "it shows $1"
}

# refused [TEXT...]: the last question was refused, by one sentence of ours, with nothing else.
refused() {
  tried=$((tried + 1))
  [[ $code == 1 || $code == 2 ]] || wrong "it should be refused"
  [[ -z $out || $out == '{'*'"refused"'* ]] || wrong "something was answered"
  hides "what a shell answers" 'uid=[0-9]|root:x:0'
  ends "$code" "$@"
}

# one QUESTION: the file's own answer to it.
one() {
  fb sql "$1" | tail -n +2
}

acts() {
  one "select count(*) from act"
}

# same AS WHAT: the journal holds as many acts as before.
same() {
  tried=$((tried + 1))
  [[ $(acts) == "$1" ]] || wrong "$2"
}

phones=$(one "select distinct phone from contact where phone is not null" | sed 's/[^0-9 ]//g' | paste -sd'|')
[[ $phones == *07700* ]] || die "the made-up school has no numbers to look for"

# Somebody with a flag, by their admission number; and two whom nothing speaks of yet.
IFS='|' read -r pupil full form < <(one "select p.admission_no || '|' || p.surname || ', ' || p.forename || '|' || g.name
  from pupil p join tutor_group g on g.id = p.tutor_group where p.flags like '%MED%' order by p.id limit 1")
[[ -n $form ]] || die "the made-up school has nobody to ask for"
{ read -r late_one; read -r late_two; } < <(one "select admission_no from pupil where id not in (select pupil from evidence) order by id desc limit 2")
[[ -n $late_two ]] || die "the made-up school has nobody who could be late"

echo "== two keys, two names"
ask jsmith late "$late_one" --reason bus
ends 0 "gate"
ask gate late "$late_two" --reason bus
ends 0 ", bus"
tried=$((tried + 1))
asked="the journal's last two acts"
out=$(one "select who || '/' || post || '/' || desk from act order by id desc limit 2" | sed 's/, process [0-9]*$//')
[[ $out == "K Bell/gate desk/gate@$(uname -n) no terminal"$'\n'"J Smith/attendance officer/jsmith@$(uname -n) no terminal" ]] || wrong "they are signed otherwise"
ask jsmith undo
ends 0
options=(-o SendEnv='FIRSTBELL_*')
export FIRSTBELL_OFFICER="The Head, head" FIRSTBELL_DB=/etc/passwd FIRSTBELL_AS=aroy
ask gate late "$late_one"
ends 0
ask gate settings
refused "is for an admin"
unset FIRSTBELL_OFFICER FIRSTBELL_DB FIRSTBELL_AS
options=()
asked="an act with FIRSTBELL_OFFICER sent along"
out=$(one "select who || '/' || post from act order by id desc limit 1")
[[ $out == "K Bell/gate desk" ]] || wrong "it is signed otherwise"

echo "== what the gate sees"
for ask in "who $pupil" "who $pupil --json" "firstbell who $pupil"; do
  ask gate $ask
  ends 0 "${full%%,*}" "$form"
  hides "a number" "$phones"
  hides "a flag" '\bMED\b|flags?\b[^,]*[A-Z]{2,3}|"flags":\["|medical'
  hides "the history of marks" 'amendments this|last four weeks|attendance [0-9]|"four_weeks":\[\{|"amendments":\[\{'
done
for ask in lates "lates --json" fire "fire --json" "who a" "who a --json" "late $late_one"; do
  ask gate $ask
  hides "a number" "$phones"
  hides "a flag" '\b(MED|EHC|CIN|CLA|SEN|FSM)\b|flags [A-Z]|"flags":\["'
done
for ask in unexplained unmarked handover numbers tape checks amendments\ $pupil "list" settings watch; do
  ask gate $ask
  tried=$((tried + 1))
  [[ $code == 1 || $code == 2 ]] || wrong "it should be refused"
  hides "a number" "$phones"
done
ask jsmith who "$pupil"
ends 0 "$full" "$form"
hides "a number" "$phones"
ask jsmith who "$pupil" --numbers
ends 0 "$full"
grep -Eq "$phones" <<<"$out" || wrong "an officer who asks for them is shown no number"
ask gate who "$pupil" --numbers
hides "a number" "$phones"

echo "== codes"
before=$(acts)
# ssh makes one line of its words: what belongs together is quoted in it.
ask gate "mark $pupil I --reason 'mother rang'"
ends 1 "this login is a gate's"
ask jsmith "mark $pupil K --reason 'said so'"
ends 1 "code K is for a lead: this login is an officer's"
ask jsmith "mark $pupil K --reason 'said so' --json"
ends 1 '"refused":"not-allowed"'
ask head late "$pupil"
ends 1 "this login is a reader's"
same "$before" "something refused is in the journal"
ask jsmith "mark $pupil M --reason 'dentist, card seen'"
ends 0 "$full"
same $((before + 1)) "what was allowed is not in the journal"

echo "== casework"
# Who may not see a case is told so, nothing of it is shown, and nothing is put down.
before=$(acts)
for words in "case" "case show $pupil" "case open $pupil --owner x --why y" "chronology $pupil" "letter" "letter suggest" \
  "letter make concern-1 --suggested" "letter print 1" "letter sent 1 --by post" "pack $pupil --for panel" "impact" \
  "case referral $pupil" "case add visit $pupil --purpose letter --due-back 15:00" "triggers" "figures --by pupil" "report governors"; do
  for login in gate head; do
    # A reader has the figures, and of a case the stage.
    [[ $login == head && $words =~ ^(figures|report|triggers|case$) ]] && continue
    ask $login $words
    tried=$((tried + 1))
    [[ $code == 1 || $code == 2 ]] || wrong "it should be refused"
    hides "a number" "$phones"
    hides "a stage or an owner" 'owner|J Smith|stage [0-9a-z]'
  done
done
same "$before" "something refused is in the journal"

# A visit by one desk is seen at the other: out, overdue, back.
ask jsmith "case open $pupil --why 'letters had no answer'"
ends 0 "$full"
ask jsmith "case add visit $pupil --purpose persistent --second 'A Roy' --left 09:00 --due-back 09:02 --words 'dog in the yard'"
ends 0 "$full"
ask aroy case
ends 0 "$full" "overdue" "back from the home visit"
ask aroy visits
ends 0 "$full" "OVERDUE" "J Smith" "A Roy"
hides "an address" '[A-Z]{1,2}[0-9]{1,2} [0-9][A-Z]{2}'
for login in gate head; do
  ask $login visits
  tried=$((tried + 1))
  [[ $code == 1 ]] || wrong "it should be refused"
  hides "a visit" "$full|J Smith"
done
ask aroy handover
ends 0 "back from the home visit"
ask head case
ends 0 "$full"
hides "more of a case than its stage" 'J Smith|no answer|visit|dog'
ask gate handover
hides "a visit" "home visit|$full"
ask aroy "case end visit $pupil seen-well --seen --spoken-to --met mother --follow-up 'call on Monday' --in-cpoms"
ends 0 "$full"
ask jsmith visits
ends 0 "$full" "back" "child seen well"
ask jsmith case
ends 0 "$full"
hides "a visit that is over" "back from the home visit"
ask jsmith chronology "$pupil"
ends 0 "J Smith" "A Roy" "home visit"

echo "== no shell"
before=$(acts)
marker=$home/marker
for words in sh 'sh -c id' bash /bin/sh 'who smi; id' '$(id)' '`id`' "lates; touch $marker" "lates && touch $marker" \
  "lates | tee $marker" "lates > $marker" $'lates\ntouch '"$marker" 'env' 'cat /etc/passwd' '-c id' 'firstbell; sh' '-- sh' '!sh'; do
  ask jsmith "$words"
  refused
done
# A name like any other: whom it finds is no matter.
ask jsmith who '$(touch marker; id)'
hides "what a shell answers" 'uid=[0-9]'
for words in '--as aroy who a' 'who a --as aroy' 'who a --as=aroy' '--db /etc/passwd who a' '--db=/etc/passwd who a' 'lates --now 2026-11-24T09:20'; do
  ask gate "$words"
  refused "cannot be asked for over this line"
done
for words in 'settings --edit' 'settings /etc/passwd' 'import /etc/passwd' "backup $marker" 'sql "select 1"' "init --name X" "demo --create-only" \
  "sql \"attach '$marker' as x\""; do
  ask aroy "$words"
  refused
done
ask aroy settings
ends 0 'login = "jsmith"'
ask jsmith settings
refused "is for an admin"
for words in "sftp -q -b /dev/null" "scp -q -O README.md" "scp -q -s README.md"; do
  asked="$words"
  case $words in
    sftp*) out=$(echo "put README.md marker" | timeout 20 sftp -q -F "$room/config" -b - jsmith 2>"$room/err") ;;
    *) out=$(timeout 20 $words -F "$room/config" jsmith:marker 2>"$room/err") ;;
  esac
  code=$? err=$(<"$room/err")
  tried=$((tried + 1))
  ((code)) || wrong "it should be refused"
done
# A forwarding either way, and a tunnel. The one that listens here opens nothing: its first connection is turned away.
asked="-W to another port"
out=$(timeout 20 ssh -F "$room/config" -W "127.0.0.1:$port" jsmith </dev/null 2>"$room/err")
code=$? err=$(<"$room/err")
tried=$((tried + 1))
[[ $code != 0 && $err == *"forwarding failed"* && $out != SSH-* ]] || wrong "it should be refused"
options=(-o ExitOnForwardFailure=yes -N -R "0:127.0.0.1:$port")
ask jsmith
tried=$((tried + 1))
[[ $code == 255 && $err == *forward* ]] || wrong "it should be refused"
options=(-o ExitOnForwardFailure=yes -N -R "$marker:127.0.0.1:$port")
ask jsmith
tried=$((tried + 1))
[[ $code == 255 ]] || wrong "it should be refused"
# An agent and an X display are offered, and not taken: sshd says what the key may.
eval "$(ssh-agent -s)" >/dev/null && agent=$SSH_AGENT_PID
ssh-add -q "$room/jsmith" || wrong "no agent to offer"
options=(-v -A -X -o IdentityAgent="$SSH_AUTH_SOCK")
ask jsmith lates
options=()
ends 0 "Lates"
tried=$((tried + 1))
out=$(sed -n 's/.*key options: //p' <<<"$err" | sort -u | tr -d '\r')
[[ $out == "command pty" ]] || wrong "the key may more than it should"
asked="every door" out=$(find "$home" -name 'marker*' -o -name README.md) code= err=
tried=$((tried + 1))
[[ -z $out && ! -e marker ]] || wrong "a file was left behind"
same "$before" "something refused is in the journal"

echo "== no terminal"
ask jsmith firstbell who "$pupil"
ends 0 "$full"
tried=$((tried + 1))
[[ $(grep -c . <<<"$out") -lt 70 && $out != *$'\e'* && -z $err ]] || wrong "it is no card"
ask jsmith who nobody-is-called-this
ends 1 "no pupil is called"
tried=$((tried + 1))
[[ -z $out && $(grep -c . <<<"$err") == 1 ]] || wrong "it is not one line"
ask jsmith
ends 2 "the screen needs a terminal"
tried=$((tried + 1))
[[ -z $out && $(grep -c . <<<"$err") == 1 && $err != *$'\e'* ]] || wrong "it is not one sentence"

echo "== other users of the host"
asked="the file and its folder" out=$(stat -c '%a %U' "$home" "$db") err= code=0
tried=$((tried + 1))
[[ $out == "700 $account"$'\n'"600 $account" ]] || wrong "others may read it"
# as USER WORDS...: what another user of the host is answered.
as() {
  asked="$*"
  out=$(runuser -u "$1" -- "$program" --db "${file-$db}" "${@:2}" </dev/null 2>"$room/err")
  code=$? err=$(<"$room/err")
}
as nobody who "$pupil"
tried=$((tried + 1))
[[ $code == 3 && -z $out && $err != *"$full"* ]] || wrong "it should not be opened"
as nobody --as aroy who "$pupil"
tried=$((tried + 1))
[[ $code != 0 && -z $out ]] || wrong "it should not be opened"
# Root reads anything, and is still nobody's colleague.
as root --as aroy who "$pupil"
refused "only the account that owns the school's file may say who somebody is"
# A file that somebody was careless with.
file=$room/careless/school.db
mkdir -m 777 "$room/careless" && cp "$db" "$file" && chmod 666 "$file"
as nobody --as aroy settings
refused "only the account that owns the school's file may say who somebody is"
as nobody settings
refused "not among the school's staff"
ln -s "$file" "$room/careless/link.db" && chown -h nobody "$room/careless/link.db"
file=$room/careless/link.db
as nobody --as aroy settings
refused
unset file

echo "== the terminal"
"$tests" --test-threads=4 --show-output || wrong=$((wrong + 1))

echo "== nothing is left"
asked="processes of the account" out=$(theirs) err= code=
for _ in {1..20}; do
  [[ -z $out ]] && break
  sleep 0.1
  out=$(ps -o pid=,args= -u "$account")
done
[[ -z $out ]] || wrong "they are still there"
asked="the file" out=$(one "select integrity_check from pragma_integrity_check")
[[ $out == ok ]] || wrong "it is not whole"

((wrong == 0)) || die "$wrong of $tried things tried over SSH are wrong"
echo "over_ssh: $tried things tried, all as they should be"
