//! Six desks, each a process of its own, that write to one file and look at the day again, without rest: how long each waits for a
//! commit, whether anybody is told that the file is locked, and whether the journal holds what was acknowledged and nothing else.
//!
//! `cargo bench --bench desks` takes a minute; `-- --seconds 10 --rest 50` ten seconds, with 50 ms between two acts of a desk.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use firstbell::clock::Ticks;
use firstbell::domain::act::{Act, Amend, Chase, LogArrival, Officer, Watch};
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::{Code, CodeTable};
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingGroup, IncomingPupil, Place, PupilKey};
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::domain::school::School;
use firstbell::store::{NotDone, Store};

type Fault = Box<dyn Error>;

const DESKS: usize = 6;
const PUPILS: u32 = 1_200;
/// Tells a process of this program that it is a desk: its number, the file, seconds, and milliseconds of rest.
const DESK: &str = "FIRSTBELL_BENCH_DESK";

fn main() {
    let told = match std::env::var(DESK) {
        Ok(desk) => work(&desk),
        Err(_) => measure(),
    };
    if let Err(fault) = told {
        eprintln!("{fault}");
        std::process::exit(1);
    }
}

fn measure() -> Result<(), Fault> {
    let words: Vec<String> = std::env::args().collect();
    let asked = |name: &str| {
        let place = words.iter().position(|word| word == name)?;
        words.get(place + 1)?.parse::<u64>().ok()
    };
    // Run among the tests it is only shown to work.
    let usual = if words.iter().any(|word| word == "--bench") { 60 } else { 1 };
    let (seconds, rest) = (asked("--seconds").unwrap_or(usual), asked("--rest").unwrap_or(0));
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("school.db");
    let mut store = Store::create(&path, &School::usual()?, codes()?)?;
    store.merge(&officer("import"), now()?, &school()?, false, &mut |_, _| {})?;

    let program = std::env::current_exe()?;
    let mut desks = Vec::new();
    for turn in 0..DESKS {
        let desk = format!("{turn}|{}|{seconds}|{rest}", path.display());
        desks.push(Command::new(&program).env(DESK, desk).stdout(Stdio::piped()).spawn()?);
    }
    let (mut waits, mut done, mut refused) = (Vec::new(), BTreeSet::new(), 0_usize);
    for desk in desks {
        let said = desk.wait_with_output()?;
        let said = String::from_utf8(said.stdout)?;
        for line in said.lines() {
            let mut words = line.splitn(3, ' ');
            let (word, waited, rest) =
                (words.next(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
            waits.push(waited.parse::<u64>()?);
            match word {
                Some("done") if done.insert(rest.parse::<i64>()?) => {}
                Some("refused") => refused += 1,
                _ => return Err(format!("one desk said: {line}").into()),
            }
        }
    }
    let journal = store.ask("SELECT id FROM act WHERE kind <> 'import'")?.map_err(|refusal| refusal.to_string())?;
    let journal: BTreeSet<i64> =
        journal.rows.concat().into_iter().flatten().map(|id| id.parse()).collect::<Result<_, _>>()?;
    waits.sort_unstable();
    let at = |share: usize| waits.get((waits.len() * share / 1_000).min(waits.len().saturating_sub(1))).copied();
    let ms = |share| at(share).unwrap_or_default() as f64 / 1_000.0;
    println!("{DESKS} desks, {seconds} s, {rest} ms of rest between two acts of a desk, {PUPILS} on roll");
    println!("{} acts done, {refused} refused, none told that the file is locked", done.len());
    println!(
        "wait for a commit, ms: p50 {:.1}  p90 {:.1}  p99 {:.1}  p99.9 {:.1}  max {:.1}",
        ms(500),
        ms(900),
        ms(990),
        ms(999),
        ms(1_000)
    );
    if journal != done {
        return Err(format!("{} acts acknowledged, {} in the journal", done.len(), journal.len()).into());
    }
    println!("acknowledged = in the journal");
    Ok(())
}

/// What one desk does: act after act, each said with the microseconds it took.
fn work(desk: &str) -> Result<(), Fault> {
    let mut words = desk.split('|');
    let mut word = || words.next().ok_or("no such word");
    let (turn, path) = (word()?.parse::<u32>()?, word()?.to_owned());
    let (seconds, rest) = (word()?.parse()?, word()?.parse()?);
    let mut store = Store::open(Path::new(&path), codes()?)?;
    let who = officer(&format!("Desk {turn}"));
    let (ticks, now) = (Ticks::start(), now()?);
    let mut said = String::new();
    let mut n = 0_u32;
    while ticks.read() < Duration::from_secs(seconds) {
        let act = deed(&store, turn, n)?;
        let began = ticks.read();
        let answer = store.perform(&who, now, &act);
        let waited = (ticks.read() - began).as_micros();
        said.push_str(&match answer {
            Ok(receipt) => format!("done {waited} {}\n", receipt.act.0),
            Err(NotDone::Refused(refusal)) => format!("refused {waited} {refusal}\n"),
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => format!("fault {waited} {fault}\n"),
        });
        n += 1;
        // As a screen does: it looks at the day that its act has made before it asks for another.
        store.changed()?;
        store.day(today()?)?;
        if rest > 0 {
            std::thread::sleep(Duration::from_millis(rest));
        }
    }
    print!("{said}");
    Ok(())
}

/// Arrivals, amendments, chases and reports, on pupils that all desks share.
fn deed(store: &Store, turn: u32, n: u32) -> Result<Act, Fault> {
    let date = today()?;
    let pupil = PupilId(i64::from((n * 7 + turn * 13) % PUPILS) + 1);
    let at = SessionDate::new(date, Session::Am);
    let code = |text: &str| Code::parse(text).ok_or("no such code");
    Ok(match n % 4 {
        0 => {
            let time = NaiveTime::from_hms_opt(9, 20, 0).unwrap_or_default();
            Act::LogArrival(LogArrival { pupil, date, time, reason: Some("bus".to_owned()), instead: None })
        }
        1 => {
            let to = ["I", "M", "O", "C"].get((n / 4 % 4) as usize).copied().unwrap_or("I");
            let saw = store.revision(pupil, at)?;
            Act::Amend(Amend { pupil, at, code: code(to)?, minutes: None, reason: format!("looked into {n}"), saw })
        }
        2 => Act::Chase(Chase { group: GroupId(i64::from(turn) + 1), at, method: ChaseMethod::Phone }),
        _ => Act::Watch(Watch {
            pupil: PupilId(i64::from((n + turn * 200) % PUPILS) + 1),
            reason: "often late".to_owned(),
            until: None,
            owner: None,
            review: None,
            instead: None,
        }),
    })
}

fn school() -> Result<Incoming, Fault> {
    let place = |line| Place { file: "school.csv".to_owned(), line };
    let mut files = Incoming::default();
    for n in 0..PUPILS {
        let group = format!("{}A{}", 7 + n / 240, n / 30 % 8);
        if n % 30 == 0 {
            let group = IncomingGroup { name: group.clone(), year: None, tutor: None, room: None };
            files.groups.push((place(n.into()), group));
        }
        let pupil = IncomingPupil {
            key: PupilKey { admission_no: Some(format!("{n:06}")), ..PupilKey::default() },
            surname: format!("Made-up {n}"),
            forename: "Up".to_owned(),
            group: Some(group),
            ..IncomingPupil::default()
        };
        files.pupils.push((place(n.into()), pupil));
    }
    let date = |month, day| NaiveDate::from_ymd_opt(2026, month, day).ok_or("no such date");
    let term = IncomingDates::Term { name: "Autumn".to_owned(), from: date(9, 1)?, until: date(12, 18)? };
    files.calendar.push((place(0), term));
    Ok(files)
}

fn codes() -> Result<Arc<CodeTable>, Fault> {
    Ok(Arc::new(CodeTable::national()?))
}

fn officer(name: &str) -> Officer {
    Officer::unbound(name, "attendance officer", name)
}

fn today() -> Result<NaiveDate, Fault> {
    NaiveDate::from_ymd_opt(2026, 11, 24).ok_or_else(|| "no such date".into())
}

fn now() -> Result<DateTime<Utc>, Fault> {
    Ok(today()?.and_time(NaiveTime::from_hms_opt(9, 30, 0).unwrap_or_default()).and_utc())
}
