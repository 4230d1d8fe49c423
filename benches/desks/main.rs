//! Six desks, each a process of its own, that write to one file and look at the day again, without rest: how long each waits for a
//! commit, whether anybody is told that the file is locked, and whether the journal holds what was acknowledged and nothing else.
//!
//! `cargo bench --bench desks` takes a minute; `-- --seconds 10 --rest 50` ten seconds, with 50 ms between two acts of a desk.

#![allow(clippy::pedantic)]

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use firstbell::clock::Ticks;
use firstbell::domain::act::{Act, Chase, LogArrival};
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::incoming::{Incoming, IncomingGroup};
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::domain::school::School;
use firstbell::store::{NotDone, Store};

#[allow(dead_code, clippy::panic, clippy::unwrap_used, reason = "the tests' own, of which this needs a part")]
#[path = "../../tests/school/mod.rs"]
mod school;

use firstbell::domain;
use school::acts::{amended, came, watched};
use school::files::{placed, pupil, term};
use school::{am, codes, date_of, november, now, officer};

type Fault = Box<dyn Error>;

const DESKS: usize = 6;
const PUPILS: u32 = 1_200;
/// Tells a process of this program that it is a desk: its number, the file, seconds, and milliseconds of rest.
const DESK: &str = "FIRSTBELL_BENCH_DESK";

fn main() {
    let done = match std::env::var(DESK) {
        Ok(desk) => work(&desk),
        Err(_) => measure(),
    };
    if let Err(fault) = done {
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
    let mut store = Store::create(&path, &School::usual()?, codes())?;
    store.merge(&officer("import"), now("09:30"), &incoming(), false, &mut |_, _| {})?;

    let program = std::env::current_exe()?;
    let mut desks = Vec::new();
    for turn in 0..DESKS {
        let desk = format!("{turn}|{}|{seconds}|{rest}", path.display());
        desks.push(Command::new(&program).env(DESK, desk).stdout(Stdio::piped()).spawn()?);
    }
    let (mut waits, mut done, mut refused) = (Vec::new(), BTreeSet::new(), 0_usize);
    for desk in desks {
        let output = desk.wait_with_output()?;
        let output = String::from_utf8(output.stdout)?;
        for line in output.lines() {
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
    let mut store = Store::open(Path::new(&path), codes())?;
    let who = officer(&format!("Desk {turn}"));
    let (ticks, now) = (Ticks::start(), now("09:30"));
    let mut output = String::new();
    let mut n = 0_u32;
    while ticks.read() < Duration::from_secs(seconds) {
        let act = act_of_turn(&store, turn, n)?;
        let began = ticks.read();
        let answer = store.perform(&who, now, &act);
        let waited = (ticks.read() - began).as_micros();
        output.push_str(&match answer {
            Ok(receipt) => format!("done {waited} {}\n", receipt.act.0),
            Err(NotDone::Refused(refusal)) => format!("refused {waited} {refusal}\n"),
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => format!("fault {waited} {fault}\n"),
        });
        n += 1;
        // As a screen does: it looks at the day that its act has made before it asks for another.
        store.changed()?;
        store.day(november(24))?;
        if rest > 0 {
            std::thread::sleep(Duration::from_millis(rest));
        }
    }
    print!("{output}");
    Ok(())
}

/// Arrivals, amendments, chases and reports, on pupils that all desks share.
fn act_of_turn(store: &Store, turn: u32, n: u32) -> Result<Act, Fault> {
    let at = am(24);
    let pupil = PupilId(i64::from((n * 7 + turn * 13) % PUPILS) + 1);
    Ok(match n % 4 {
        0 => LogArrival { reason: Some("bus".to_owned()), ..came(pupil, "09:20") }.into(),
        1 => {
            let to = ["I", "M", "O", "C"].get((n / 4 % 4) as usize).copied().unwrap_or("I");
            amended(pupil, at, to, &format!("looked into {n}"), store.revision(pupil, at)?).into()
        }
        2 => Act::Chase(Chase { group: GroupId(i64::from(turn) + 1), at, method: ChaseMethod::Phone }),
        _ => watched(PupilId(i64::from((n + turn * 200) % PUPILS) + 1), "often late").into(),
    })
}

fn incoming() -> Incoming {
    let group = |n: u32| format!("{}A{}", 7 + n / 240, n / 30 % 8);
    let row = |n: u32| pupil(n as usize, (&format!("Made-up {n}"), "Up", &group(n)));
    let groups = (0..PUPILS).step_by(30).map(|n| IncomingGroup { name: group(n), ..IncomingGroup::default() });
    let terms = [term("Autumn", date_of(2026, 9, 1), date_of(2026, 12, 18))];
    Incoming {
        groups: placed(groups),
        pupils: placed((0..PUPILS).map(row)),
        calendar: placed(terms),
        ..Incoming::default()
    }
}
